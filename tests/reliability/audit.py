"""What can be checked of the supply without asking anybody, and, on demand, what is known of holes.

python -m tests.reliability.audit            pins, hashes, installed files, models: no network
python -m tests.reliability.audit --online   then pip-audit over requirements.txt (install pip-audit first)
"""

from __future__ import annotations

import ast
import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from geo.faults import Fault
from geo.model.weights import SUBJECTS, WEIGHTS, verify
from geo.places.gazetteer import SHIPPED
from geo.places.storage import FILES, read_manifest
from tests.reliability.report import ROOT
from tests.reliability.shipped import PINS, data_files, pins

PROGRAM = ("app.py", "pages", "geo", "tests")
RUNS_DATA = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "jsonpickle"}
"""Modules whose files can run code when they are read."""
_PICKLE = re.compile(rb"\x80[\x02-\x05](?:\x95.{8}|[cX}\]()])", re.DOTALL)
SQUATTED = frozenset({"en-core-web-trf", "de-core-news-md", "en-core-sci-md", "passim", "citron"})
"""Names on the package index that belong to somebody else than one would think."""


def unpinned(file: Path = PINS) -> Iterator[str]:
    """Lines that would let another file in than the one that was looked at."""
    text = file.read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(r"\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host|-e|git\+|https?:)", line):
            yield f"{file.name}: another source than the reader's own: {line.strip()}"
    known = pins(file)
    names = {line.split("==")[0].split()[0] for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)}
    for name in sorted(names - {pin.name for pin in known}):
        yield f"{file.name}: {name} is not pinned to one version"
    for pin in known:
        if not pin.hashes:
            yield f"{file.name}: {pin.name} has no hash"
        if pin.name in SQUATTED:
            yield f"{file.name}: {pin.name} is not what its name says"


def changed(found: Distribution) -> Iterator[str]:
    """The files of an installed package that are not what its RECORD says."""
    for file in found.files or ():
        if file.hash is None or file.hash.mode != "sha256":
            continue
        try:
            digest = hashlib.sha256(Path(str(file.locate())).read_bytes()).digest()
        except OSError:
            yield f"{found.name}: {file} is missing"
            continue
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            yield f"{found.name}: {file} is not what was installed"


def other_versions() -> Iterator[str]:
    """Pinned packages that are installed in another version."""
    wanted: dict[str, set[str]] = {}
    for pin in pins():
        wanted.setdefault(_plain(pin.name), set()).add(pin.version)
    for found in distributions():
        name = _plain(found.name or "")
        if name in wanted and found.version not in wanted[name] and name != "setuptools":
            yield f"{name}: {found.version} is installed, {' or '.join(sorted(wanted[name]))} is pinned"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def models() -> Iterator[str]:
    """Whether the encoder and the gazetteer are the files that were shipped."""
    for check, folder in (*((verify, WEIGHTS / subject) for subject in SUBJECTS), (read_manifest, SHIPPED)):
        try:
            check(folder)
        except Fault as fault:
            yield str(fault)


def running_data(root: Path = ROOT) -> Iterator[str]:
    """Program text by which a file of data could run as a program."""
    for part in PROGRAM:
        for file in sorted([root / part] if (root / part).is_file() else (root / part).rglob("*.py")):
            for line, what in _dangers(ast.parse(file.read_text(encoding="utf-8"))):
                yield f"{file.relative_to(root)}:{line}: {what}"


def _dangers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from ((node.lineno, f"imports {name}") for name in names if name.split(".")[0] in RUNS_DATA)
        elif isinstance(node, ast.Call):
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            what = _danger(ast.unparse(node.func), [ast.unparse(value) for value in node.args], given)
            if what:
                yield node.lineno, what


def _danger(called: str, values: list[str], given: dict[str | None, str]) -> str:
    last = called.rsplit(".", 1)[-1]
    if called in ("eval", "exec", "__import__") or last in ("read_pickle", "to_pickle"):
        return f"calls {called}"
    if called in ("np.load", "numpy.load", "np.save", "numpy.save") and given.get("allow_pickle") != "False":
        return f"{called} without allow_pickle=False"
    if called == "torch.load" and given.get("weights_only") != "True":
        return "torch.load without weights_only=True"
    if called in ("yaml.load", "yaml.load_all") and given.get("Loader") not in ("yaml.BaseLoader", "yaml.SafeLoader"):
        return f"{called} with a loader that builds objects"
    if called in ("yaml.unsafe_load", "yaml.full_load", "os.system", "os.popen"):
        return f"calls {called}"
    return ""


def pickles(root: Path = ROOT) -> Iterator[str]:
    """Files of data that are, or carry, objects of Python."""
    for name in data_files():
        with (root / name).open("rb") as file:
            begin = file.read(4096)
        if name.endswith((".pkl", ".pickle", ".pt", ".pth", ".joblib", ".npz", ".h5")) or _PICKLE.match(begin):
            yield f"{name} is a pickle, or may be one"
        if begin.startswith(b"\x93NUMPY") and re.search(rb"'descr': *'[<>|]?O", begin):
            yield f"{name} is an array of objects"


def main() -> int:
    wrong = [*unpinned(), *unpinned(ROOT / "requirements-dev.txt"), *other_versions(), *models(), *running_data()]
    wrong += pickles()
    names = {_plain(pin.name) for pin in pins()}
    looked = [found for found in distributions() if _plain(found.name or "") in names]
    for found in looked:
        wrong += changed(found)
    for line in wrong:
        print(line)
    print(
        f"{len(pins())} pins, {len(looked)} installed packages, {len(FILES)} files of the gazetteer and the encoder: ",
        end="",
    )
    print(f"{len(wrong)} wrong" if wrong else "all as they were shipped")
    if "--online" in sys.argv:
        return subprocess.run([sys.executable, "-m", "pip_audit", "--require-hashes", "-r", str(PINS)]).returncode
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
