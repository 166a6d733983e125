"""The files of a gazetteer on disk: their names, the layout of a row, and the check that they are whole.

``places.npy``    one row a place, sorted by id, layout `ROW`
``names.trie``    every key of every name -> its number (marisa-trie); keys of `names.skeleton` begin with ``~``
``starts.npy``    where each key's places begin in ``postings.npy`` (one more entry than there are keys)
``postings.npy``  numbers of rows, most likely place first; the top bit marks a name that is not the place's main one
``strings.bin``   names and notes, UTF-8, found by offset and length
``manifest.json`` format, sources with versions, counts, and size and sha256 of each file above
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from struct import Struct
from typing import Any, get_args

import numpy as np

from geo.faults import DamagedGazetteer
from geo.places.place import PlaceKind

FORMAT = 1
KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
FILES = ("names.trie", "places.npy", "postings.npy", "starts.npy", "strings.bin")
LOOSE = "~"
ALTERNATE = 1 << 31
DEGREE = 100_000
"""Points are kept as whole numbers, this many to a degree (about a metre)."""
WHOLE_CHECK_BYTES = 64 * 2**20
"""Up to this size every opening compares sha256 sums (some 30 ms for what ships); above it only sizes."""

ROW = np.dtype(
    [
        ("id", "<i4"),
        ("lat", "<i4"),
        ("lon", "<i4"),
        ("population", "<u4"),
        ("admin1", "<i4"),  # row of the first-level division, -1 unknown
        ("admin2", "<i4"),
        ("name", "<u4"),  # offset in strings.bin
        ("note", "<u4"),
        ("note_length", "<u2"),
        ("radius", "<u2"),  # tenths of a kilometre
        ("name_length", "u1"),
        ("kind", "u1"),
        ("feature", "u1"),
        ("prior", "u1"),  # tenths
        ("country", "S2"),
    ]
)

FIELDS = Struct("<iiiIiiIIHHBBBB2s")
"""The same layout for reading one row: fifteen times faster than through numpy."""


def sha256_of(path: Path) -> str:
    """Hexadecimal sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """Adds format, sizes and sums to ``facts`` and writes them as the folder's manifest."""
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)} for name in FILES}
    manifest = {"format": FORMAT, "kinds": list(KINDS), **facts, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder whose files are all there and whole; `DamagedGazetteer` otherwise."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DamagedGazetteer(folder, "no gazetteer here (manifest.json is missing)") from error
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedGazetteer(path, "the gazetteer's manifest cannot be read") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or manifest.get("kinds") != list(KINDS):
        raise DamagedGazetteer(path, f"not a gazetteer of format {FORMAT}; build it again")
    files = manifest.get("files")
    if not isinstance(files, dict) or set(files) != set(FILES) or not all(map(_is_told, files.values())):
        raise DamagedGazetteer(path, "the manifest does not list the gazetteer's files")
    total = sum(facts["bytes"] for facts in files.values())
    for name, facts in files.items():
        _check(folder / name, facts, whole=total <= WHOLE_CHECK_BYTES)
    return manifest


def _is_told(facts: Any) -> bool:
    return isinstance(facts, dict) and isinstance(facts.get("bytes"), int) and isinstance(facts.get("sha256"), str)


def _check(path: Path, facts: dict[str, Any], *, whole: bool) -> None:
    try:
        size = path.stat().st_size
        if size != facts["bytes"]:
            raise DamagedGazetteer(path, f"gazetteer file damaged: {size} bytes where {facts['bytes']} should be")
        if whole and sha256_of(path) != facts["sha256"]:
            raise DamagedGazetteer(path, "gazetteer file damaged: its contents are not those that were built")
    except FileNotFoundError as error:
        raise DamagedGazetteer(path, "gazetteer file missing") from error
    except OSError as error:
        raise DamagedGazetteer(path, "gazetteer file cannot be read") from error
