"""What ships: every package that is pinned and every file of data, each with licence and source, as docs/shipped.md.

python -m tests.reliability.shipped           writes it
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from tests.reliability.report import ROOT, table

LIST = ROOT / "docs" / "shipped.md"
PINS = ROOT / "requirements.txt"
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]*?))?\s*\\?$((?:\n    --hash=\S+(?: \\)?)*)", re.M)
_SAID = tomllib.loads((Path(__file__).parent / "shipped.toml").read_text(encoding="utf-8"))
_LINKS = ("source", "source code", "repository", "homepage", "code", "github", "documentation", "project")
OURS = (".py", ".toml", ".md", ".css", ".js", ".html", ".txt", ".run")
"""Ends of the names of program files and of our own prose."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A line of requirements.txt: package, version, the systems it is for (empty: all) and how many hashes it has."""

    name: str
    version: str
    systems: str
    hashes: int


def pins(file: Path = PINS) -> list[Pin]:
    """Every pinned package, in the order of the file."""
    found = _PIN.findall(file.read_text(encoding="utf-8"))
    return [Pin(name, version, systems, hashes.count("--hash=sha256:")) for name, version, systems, hashes in found]


def licence(name: str) -> str:
    """The licence that a package's metadata names, or that we found elsewhere; "unknown" when neither does."""
    if name in _SAID["licence"]:
        return str(_SAID["licence"][name])
    told = _metadata(name)
    if told is None:
        return "unknown"
    said = told.get("License-Expression") or told.get("License") or ""
    if said and "\n" not in said and len(said) <= 80:
        return said
    kinds = [line.split(" :: ")[-1] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(kinds) or "unknown"


def source(name: str) -> str:
    """Where a package says that it comes from."""
    if name in _SAID["source"]:
        return str(_SAID["source"][name])
    told = _metadata(name)
    if told is None:
        return "unknown"
    links = dict(line.split(", ", 1) for line in told.get_all("Project-URL") or [] if ", " in line)
    named = {label.casefold(): link for label, link in links.items()}
    found = next((named[label] for label in _LINKS if label in named), None)
    return found or told.get("Home-page") or next(iter(links.values()), "unknown")


def _metadata(name: str) -> PackageMetadata | None:
    try:
        return metadata(name)
    except PackageNotFoundError:
        return None


def data_files() -> list[str]:
    """The files of the repository that are neither program nor prose."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    plain = ("LICENSE", "NOTICE", "Makefile", ".gitignore", ".ci/run", "corpus/corrections.jsonl")
    own = [kind["files"] for kind in _SAID["data"] if kind["files"].startswith("corpus/articles")]
    return [
        name
        for name in listed
        if name and name not in plain and (not name.endswith(OURS) or any(fnmatch(name, glob) for glob in own))
    ]


def kind_of(name: str) -> dict[str, Any] | None:
    """What shipped.toml says of a file of data."""
    return next((kind for kind in _SAID["data"] if fnmatch(name, kind["files"].replace("**", "*"))), None)


def listed() -> str:
    """docs/shipped.md."""
    packages = table(("package", "version", "licence", "source"), [_row(pin) for pin in pins()])
    data = table(("files", "what", "licence", "source"), list(_data()))
    return (
        "# What ships\n\n"
        "Made by `python -m tests.reliability.shipped` from requirements.txt, the packages' own metadata and\n"
        "tests/reliability/shipped.toml; a test holds that it is current. No package is copied into the repository:\n"
        "`pip install -r requirements.txt` fetches each and checks its SHA-256.\n\n"
        f"## Packages at run time\n\n{packages}\n\n"
        f"## Data in the repository\n\n{data}\n"
    )


def _row(pin: Pin) -> tuple[str, ...]:
    systems = f" ({pin.systems.strip()})" if pin.systems else ""
    return pin.name, f"{pin.version}{systems}", licence(pin.name), source(pin.name)


def _data() -> Iterator[tuple[str, ...]]:
    for kind in _SAID["data"]:
        yield f"`{kind['files']}`", kind["what"], kind["licence"], kind["source"]


def main() -> int:
    LIST.write_text(listed(), encoding="utf-8")
    print(LIST)
    return 0


if __name__ == "__main__":
    sys.exit(main())
