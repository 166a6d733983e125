"""Entries to files, one entry after the other: the same entries in the same order always give the same bytes.

Rows, texts and keys go to disk as they come; in memory stay only the different keys, which the trie needs together, and a
few numbers for each place and each key of it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from geo.faults import BadInput
from geo.places.making.entry import Entry
from geo.places.names import bare, fold, romanised_countries, skeleton
from geo.places.storage import ALTERNATE, DEGREE, FIELDS, KINDS, LOOSE, ROW, write_manifest

ALTERNATE_PENALTY = 1.0
"""Steps of ten in population that a name loses for not being the place's main one."""
_DIVISIONS = ("province", "district")
_CURATED = ("country", "province", "district", "continent", "region")
"""Kinds whose further names were chosen by people, none of them lesser; cities carry names in every language."""
_REMEMBERED_TEXTS = 500_000
_WHOLE_COUNTRY = ("PCLI", "PCLD", "PCLS", "PCLF", "PCLIX", "PCL")
"""Features that are the country itself, the first that is there wins."""


def write(
    out: Path, entries: Iterable[Entry], sources: dict[str, str], further: Iterable[tuple[int, str]] = ()
) -> dict[str, Any]:
    """Writes a gazetteer of these entries into ``out``, whole or not at all, and returns its manifest.

    ``further`` are names, as good as the main one, of places by their id; those of unknown places are passed over.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        folder = Path(scratch)
        with _Draft(folder) as draft:
            for entry in entries:
                draft.add(entry)
            for id, name in further:
                draft.name(id, fold(name), False)
        facts = {"version": "", "places": draft.count, "sources": sources, **draft.finished()}
        manifest = write_manifest(folder, facts)
        sums = "".join(file["sha256"] for file in manifest["files"].values())
        facts["version"] = hashlib.sha256(sums.encode("ascii")).hexdigest()[:12]
        manifest = write_manifest(folder, facts)
        out.mkdir(exist_ok=True)
        for name in (*manifest["files"], "manifest.json"):
            shutil.move(folder / name, out / f".{name}.new")
            (out / f".{name}.new").replace(out / name)
    return manifest


def keys_of(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Every key an entry is found by, with whether it is lesser than its main name. A key may come twice."""
    loose = entry.country in romanised_countries()
    equal = entry.kind in _CURATED
    for name in (entry.name, *entry.names):
        key = fold(name)
        lesser = not equal and name != entry.name and name not in entry.chosen
        for spelling in (key, *(_without_kind(entry, key))):
            if spelling:
                yield spelling, lesser
                if loose and (sound := skeleton(spelling)):
                    yield LOOSE + sound, lesser


def _without_kind(entry: Entry, key: str) -> Iterator[str]:
    """A division is also found without the word for its kind: "Zabul Province" by "zabul"."""
    if entry.kind in _DIVISIONS:
        yield from (reading.name for reading in bare(key) if set(reading.kinds) & set(_DIVISIONS))


class _Draft:
    """The files of a gazetteer while entries still come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._features: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._countries: dict[str, tuple[int, int]] = {}
        self._capitals: dict[str, int] = {}
        self._keys: set[str] = set()
        self._ids, self._lesser = array("i"), array("b")  # of each key that was named
        self._priors = array("d")  # of each place
        self._divisions: tuple[list[str], dict[str, int]] = ([""], {"": 0})

    def __enter__(self) -> _Draft:
        self._rows: IO[bytes] = open(self.folder / "rows", "wb")
        self._named: IO[str] = open(self.folder / "named", "w", encoding="utf-8", newline="\n")
        self._texts = _Texts(open(self.folder / "strings.bin", "wb"))
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._rows, self._named, self._texts.file):
            file.close()

    def add(self, entry: Entry) -> None:
        """One more place; its divisions are kept by the numbers of their codes until all places are known."""
        name, name_length = self._texts.add(entry.name, 255)
        note, note_length = self._texts.add(entry.note, 65535)
        self._rows.write(
            FIELDS.pack(
                entry.id,
                round(entry.lat * DEGREE),
                round(entry.lon * DEGREE),
                min(entry.population, 2**32 - 1),
                self._division(entry.admin1),
                self._division(entry.admin2),
                name,
                note,
                note_length,
                min(65535, round(entry.radius_km * 10)),
                name_length,
                KINDS.index(entry.kind),
                self._features.setdefault(entry.feature, len(self._features)),
                max(0, min(255, round(entry.prior * 10))),
                entry.country.encode("ascii"),
            )
        )
        self.count += 1
        self._priors.append(entry.prior)
        if entry.code:
            self._codes[entry.code] = entry.id
        if entry.feature in _WHOLE_COUNTRY:
            rank = _WHOLE_COUNTRY.index(entry.feature)
            self._countries[entry.country] = min(self._countries.get(entry.country, (rank, entry.id)), (rank, entry.id))
        if entry.feature == "PPLC":
            self._capitals[entry.country] = entry.id
        for key, lesser in keys_of(entry):
            self.name(entry.id, key, lesser)

    def name(self, id: int, key: str, lesser: bool) -> None:
        """One more key of a place."""
        if key:
            self._keys.add(key)
            self._ids.append(id)
            self._lesser.append(lesser)
            self._named.write(f"{key}\n")

    def _division(self, code: str) -> int:
        codes, number = self._divisions
        if code not in number:
            number[code] = len(codes)
            codes.append(code)
        return number[code]

    def finished(self) -> dict[str, Any]:
        """Writes what needs all places at once; returns what the manifest says of it."""
        ids = self._write_rows()
        keys = self._write_names(ids)
        return {
            "keys": keys,
            "features": list(self._features),
            "countries": {code: id for code, (_, id) in sorted(self._countries.items())},
            "capitals": dict(sorted(self._capitals.items())),
        }

    def _write_rows(self) -> npt.NDArray[np.int32]:
        """``places.npy``, sorted by id, with rows in place of codes; returns the ids."""
        rows = np.fromfile(self.folder / "rows", dtype=ROW)
        self._order = np.argsort(rows["id"], kind="stable")
        rows = rows[self._order]
        ids = np.ascontiguousarray(rows["id"])
        twice = np.flatnonzero(ids[1:] == ids[:-1])
        if len(twice):
            raise BadInput(f"place {ids[twice[0]]}", "comes twice in the sources")
        held = np.array([self._codes.get(code, 0) for code in self._divisions[0]], dtype=np.int64)
        places = np.searchsorted(ids, held)
        known = (places < len(ids)) & (ids[np.minimum(places, len(ids) - 1)] == held) & (held != 0)
        row_of = np.where(known, places, -1).astype("<i4")
        for level in ("admin1", "admin2"):
            rows[level] = row_of[rows[level]]
        np.save(self.folder / "places.npy", rows, allow_pickle=False)
        return ids

    def _write_names(self, ids: npt.NDArray[np.int32]) -> int:
        """``names.trie``, ``starts.npy`` and ``postings.npy``; returns the number of keys."""
        trie = marisa_trie.Trie(sorted(self._keys))
        self._keys.clear()
        trie.save(str(self.folder / "names.trie"))
        with open(self.folder / "named", encoding="utf-8", newline="\n") as named:
            keys = np.fromiter((trie[key[:-1]] for key in named), dtype=np.uint32, count=len(self._ids))
        named_ids = np.asarray(self._ids)
        rows = np.minimum(np.searchsorted(ids, named_ids), len(ids) - 1).astype(np.uint32)
        lesser = np.asarray(self._lesser).astype(bool)
        known = ids[rows] == named_ids
        keys, rows, lesser = keys[known], rows[known], lesser[known]
        first = np.lexsort((lesser, rows, keys))  # of a key named twice for a place, the better one
        keys, rows, lesser = keys[first], rows[first], lesser[first]
        fresh = np.ones(len(keys), dtype=bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
        keys, rows, lesser = keys[fresh], rows[fresh], lesser[fresh]
        priors = np.asarray(self._priors)[self._order]
        order = np.lexsort((rows, ALTERNATE_PENALTY * lesser - priors[rows], keys))
        starts = np.zeros(len(trie) + 1, dtype="<u4")
        starts[1:] = np.cumsum(np.bincount(keys, minlength=len(trie)))
        postings = np.where(lesser[order], rows[order] | np.uint32(ALTERNATE), rows[order]).astype("<u4")
        np.save(self.folder / "starts.npy", starts, allow_pickle=False)
        np.save(self.folder / "postings.npy", postings, allow_pickle=False)
        return len(trie)


class _Texts:
    """Texts one after the other in a file; one that came lately is not written again."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self._end = 0
        self._where: dict[str, tuple[int, int]] = {}

    def add(self, text: str, longest: int) -> tuple[int, int]:
        """Where the text begins and how many bytes it has."""
        if not text:
            return 0, 0
        if text not in self._where:
            encoded = text.encode("utf-8")
            if len(encoded) > longest:
                raise BadInput(text[:60], f"a text of {len(encoded)} bytes where {longest} fit")
            if len(self._where) >= _REMEMBERED_TEXTS:
                self._where.clear()
            self._where[text] = (self._end, len(encoded))
            self.file.write(encoded)
            self._end += len(encoded)
        return self._where[text]
