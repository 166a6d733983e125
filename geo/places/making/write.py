"""Entries to files: the same entries always give the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from geo.places.making.entry import Entry
from geo.places.names import bare, fold, romanised_countries, skeleton
from geo.places.storage import ALTERNATE, DEGREE, KINDS, LOOSE, ROW, write_manifest

ALTERNATE_PENALTY = 1.0
"""Steps of ten in population that a name loses for not being the place's main one."""
_DIVISIONS = ("province", "district")
_CURATED = ("country", "province", "district", "continent", "region")
"""Kinds whose further names were chosen by people, none of them lesser; cities carry names in every language."""


def write(out: Path, entries: Iterable[Entry], sources: dict[str, str]) -> dict[str, Any]:
    """Writes a gazetteer of these entries into ``out``, whole or not at all, and returns its manifest."""
    ordered = sorted(entries, key=lambda entry: entry.id)
    for before, after in pairwise(ordered):
        if before.id == after.id:
            raise ValueError(f"two places with id {after.id}: {before.name} and {after.name}")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        folder = Path(scratch)
        features = _write_rows(folder, ordered)
        keys = _write_names(folder, ordered)
        facts = {
            "version": "",
            "places": len(ordered),
            "keys": keys,
            "sources": sources,
            "features": features,
            "countries": {entry.country: entry.id for entry in ordered if entry.kind == "country"},
            "capitals": {entry.country: entry.id for entry in ordered if entry.feature == "PPLC"},
        }
        manifest = write_manifest(folder, facts)
        facts["version"] = "-".join(manifest["files"][name]["sha256"][:6] for name in ("places.npy", "names.trie"))
        manifest = write_manifest(folder, facts)
        out.mkdir(exist_ok=True)
        for file in sorted(folder.iterdir(), key=lambda path: path.name == "manifest.json"):
            shutil.copyfile(file, out / f".{file.name}.new")
            (out / f".{file.name}.new").replace(out / file.name)
    return manifest


def _write_rows(folder: Path, entries: Sequence[Entry]) -> list[str]:
    """``places.npy`` and ``strings.bin``; returns the feature codes in the order of their numbers."""
    features = sorted({entry.feature for entry in entries})
    number = {feature: place for place, feature in enumerate(features)}
    row_of = {entry.code: row for row, entry in enumerate(entries) if entry.code}
    strings = _Strings()
    rows = np.zeros(len(entries), dtype=ROW)
    for row, entry in enumerate(entries):
        name, name_length = strings.add(entry.name, 255)
        note, note_length = strings.add(entry.note, 65535)
        rows[row] = (
            entry.id,
            round(entry.lat * DEGREE),
            round(entry.lon * DEGREE),
            min(entry.population, 2**32 - 1),
            row_of.get(entry.admin1, -1),
            row_of.get(entry.admin2, -1),
            name,
            note,
            note_length,
            min(65535, round(entry.radius_km * 10)),
            name_length,
            KINDS.index(entry.kind),
            number[entry.feature],
            max(0, min(255, round(entry.prior * 10))),
            entry.country.encode("ascii"),
        )
    np.save(folder / "places.npy", rows, allow_pickle=False)
    (folder / "strings.bin").write_bytes(bytes(strings.blob))
    return features


class _Strings:
    """Texts one after the other, each different one once."""

    def __init__(self) -> None:
        self.blob = bytearray()
        self._where: dict[str, tuple[int, int]] = {"": (0, 0)}

    def add(self, text: str, longest: int) -> tuple[int, int]:
        if text not in self._where:
            encoded = text.encode("utf-8")
            if len(encoded) > longest:
                raise ValueError(f"text of {len(encoded)} bytes where {longest} fit: {text[:80]}")
            self._where[text] = (len(self.blob), len(encoded))
            self.blob += encoded
        return self._where[text]


def keys_of(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every key an entry is found by, with whether it is other than its main name. A key may come twice."""
    loose = entry.country in romanised_countries()
    equal = entry.kind in _CURATED
    for name in (entry.name, *entry.names):
        key = fold(name)
        for spelling in (key, *(_without_kind(entry, key))):
            if spelling:
                yield spelling, not equal and name != entry.name
                if loose and (sound := skeleton(spelling)):
                    yield LOOSE + sound, not equal and name != entry.name


def _without_kind(entry: Entry, key: str) -> Iterator[str]:
    """A division is also found without the word for its kind: "Zabul Province" by "zabul"."""
    if entry.kind in _DIVISIONS:
        yield from (reading.name for reading in bare(key) if set(reading.kinds) & set(_DIVISIONS))


def _write_names(folder: Path, entries: Sequence[Entry]) -> int:
    """``names.trie``, ``starts.npy`` and ``postings.npy``; returns the number of keys."""
    found: dict[str, dict[int, bool]] = {}
    for row, entry in enumerate(entries):
        for key, alternate in keys_of(entry):
            rows = found.setdefault(key, {})
            rows[row] = rows.get(row, True) and alternate
    trie = marisa_trie.Trie(sorted(found))
    trie.save(str(folder / "names.trie"))
    by_number: list[dict[int, bool]] = [{}] * len(found)
    for key, rows in found.items():
        by_number[trie[key]] = rows
    starts = np.zeros(len(found) + 1, dtype="<u4")
    starts[1:] = np.cumsum([len(rows) for rows in by_number])
    postings = np.zeros(int(starts[-1]), dtype="<u4")
    for number, rows in enumerate(by_number):
        ranked = sorted(rows, key=lambda row: (ALTERNATE_PENALTY * rows[row] - entries[row].prior, row))
        postings[starts[number] : starts[number + 1]] = [row | (ALTERNATE if rows[row] else 0) for row in ranked]
    np.save(folder / "starts.npy", starts, allow_pickle=False)
    np.save(folder / "postings.npy", postings, allow_pickle=False)
    return len(found)
