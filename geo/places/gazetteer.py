"""The places of the world by name: read-only, memory-mapped, opened in milliseconds."""

from __future__ import annotations

import mmap
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import marisa_trie
import numpy as np

from geo.faults import DamagedGazetteer
from geo.places.names import bare, fold, skeleton, unpossessed
from geo.places.place import Place, PlaceKind
from geo.places.storage import ALTERNATE, DEGREE, FIELDS, KINDS, LOOSE, ROW, read_manifest

SHIPPED = Path(__file__).with_name("data")
MOST_LOOSE = 12
"""At most so many places that only fit by their romanisation are added to those that fit by their spelling."""

MOST_MATCHES = 200
"""Of a name that more places bear (in a full GeoNames dump), the likeliest ones: nobody means the two-hundredth."""

PART_PEOPLE = 5_000
"""A city must have so many people for a word inside a longer name ("Manila Cathedral") to be taken for it."""

How = Literal["name", "alternate", "bare", "loose", "demonym", "part"]
"""By its main name, by another name of it, after a kind word was taken off, only by the sound of its romanisation, by the
word for its people, or by a part of the name."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name can mean, and how it fits. ``kinds`` is what a kind word in the name asked for."""

    place: Place
    how: How
    kinds: tuple[PlaceKind, ...] = ()

    @property
    def fits(self) -> bool:
        """False when the name says another kind ("Herat Province") than the place's."""
        return not self.kinds or self.place.kind in self.kinds


class Gazetteer:
    """Every place the gazetteer knows, by name and by id. Safe to share between threads; opened from one folder."""

    def __init__(self, manifest: dict[str, Any], trie: Any, arrays: Sequence[Any], strings: mmap.mmap) -> None:
        self.manifest = manifest
        self._trie = trie
        rows, starts, postings = arrays
        self._count = len(rows)
        self._ids = np.ascontiguousarray(rows["id"]).data  # a strided column would be copied at every search
        self._table = rows
        self._rows = memoryview(rows).cast("B")
        self._starts, self._postings = memoryview(starts), memoryview(postings)
        self._strings = strings
        self.matches = lru_cache(maxsize=20_000)(self._matches)
        self._place = lru_cache(maxsize=100_000)(self._read_place)
        self._name_of = lru_cache(maxsize=50_000)(self._read_name)
        self._people = lru_cache(maxsize=20_000)(self._read_people)
        self._feature = lru_cache(maxsize=50_000)(self._read_feature)
        self._parents = lru_cache(maxsize=50_000)(self._read_parents)

    @staticmethod
    @cache
    def shared() -> Gazetteer:
        """The gazetteer that ships with the project, opened once a process."""
        return Gazetteer.open(SHIPPED)

    @staticmethod
    def open(folder: Path) -> Gazetteer:
        """The gazetteer in a folder that ``geo gazetteer build`` wrote; `DamagedGazetteer` when a file is not whole."""
        folder = Path(folder)
        manifest = read_manifest(folder)
        try:
            trie = marisa_trie.Trie()
            trie.mmap(str(folder / "names.trie"))
            files = [np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS]
            arrays = [file.view(np.ndarray) for file in files]
            with open(folder / "strings.bin", "rb") as file:
                strings = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError, RuntimeError) as error:
            raise DamagedGazetteer(folder, "the gazetteer's files cannot be opened; build it again") from error
        if arrays[0].dtype != ROW or any(array.dtype != np.dtype("<u4") for array in arrays[1:]):
            raise DamagedGazetteer(folder, "the gazetteer's files have another layout; build it again")
        return Gazetteer(manifest, trie, arrays, strings)

    @property
    def version(self) -> str:
        """A short name of exactly these data."""
        return str(self.manifest["version"])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Place]:
        return map(self._read_place, range(self._count))

    def named(self, name: str) -> list[Place]:
        """The places the name can mean, spelling variants included, the one most often meant first.

        A kind word is heeded ("Herat Province" gives the province before the city), an ending "'s" and a leading "the"
        are not. Empty when nothing fits.
        """
        return [match.place for match in self.matches(name)]

    def _matches(self, name: str) -> tuple[Match, ...]:
        """Like `named`, with how each place fits."""
        key = fold(name)
        if not key:
            return ()
        found: dict[int, Match] = {}
        self._add(found, key, ())
        if not found and (stripped := fold(unpossessed(name))) != key:
            key = stripped
            self._add(found, key, ())
        readings = [(reading.name, reading.kinds) for reading in bare(key)]
        for spelling, kinds in readings:
            self._add(found, spelling, kinds)
        self._add_loose(found, [(key, ()), *readings])
        if not readings:
            return tuple(found.values())
        return tuple(sorted(found.values(), key=lambda match: not match.fits))

    def suggested(self, name: str) -> tuple[Match, ...]:
        """`matches`, and for a name that has none, what its words suggest.

        For names that something else already took for a place: the country of a demonym ("Russian"), then the places
        inside a longer name ("Manila Cathedral", "South Venezuela"), with the capital when one is a country ("Bank of
        Japan"). Do not use it to find names in a text.
        """
        found = self.matches(name)
        people = self.demonym(name)
        if people is not None:
            found = (*found, Match(people, "demonym"))
        return found or self._inside(name)

    def _inside(self, name: str) -> tuple[Match, ...]:
        words = re.findall(r"[^\s/()-]+", unpossessed(name))[:LONGEST_INSIDE]
        for size in range(len(words) - 1, 0, -1):
            parts = [" ".join(words[start : start + size]) for start in range(len(words) - size + 1)]
            found = [place for part in parts if part[0].isupper() for place in self._part(part, size)]
            if found:
                return tuple(Match(place, "part") for place in dict.fromkeys(self._with_capitals(found)))
        return ()

    def _part(self, part: str, words: int) -> list[Place]:
        people = self.demonym(part)
        return [people] if people is not None else [match.place for match in self.matches(part) if _known(match, words)]

    def _with_capitals(self, places: Sequence[Place]) -> list[Place]:
        """An institution that bears its country's name ("Bank of Japan") is likely to sit in the capital."""
        capitals = (self.capital(place.country) for place in places if place.kind == "country")
        return sorted([*places, *filter(None, capitals)], key=lambda place: -place.population)

    def _add(self, found: dict[int, Match], key: str, kinds: tuple[PlaceKind, ...]) -> None:
        place = self._place
        for posting in self._entries(key):
            row = posting & _ROW
            if row not in found:
                how: How = "bare" if kinds else "alternate" if posting >= ALTERNATE else "name"
                found[row] = Match(place(row), how, kinds)

    def _add_loose(self, found: dict[int, Match], spellings: Sequence[tuple[str, tuple[PlaceKind, ...]]]) -> None:
        for spelling, kinds in spellings:
            sound = skeleton(spelling)
            if not sound:
                continue
            added = 0
            for posting in self._entries(LOOSE + sound):
                if added == MOST_LOOSE:
                    break
                row = posting & _ROW
                if row not in found:
                    found[row] = Match(self._place(row), "loose", kinds)
                    added += 1

    def _entries(self, key: str) -> list[int]:
        """The rows under a key, likeliest first; `ALTERNATE` is set in those that have the name as another one."""
        number = self._trie.get(key)
        if number is None:
            return []
        start, end = self._starts[number], self._starts[number + 1]
        rows: list[int] = self._postings[start : min(end, start + MOST_MATCHES)].tolist()
        return rows

    def get(self, id: int) -> Place | None:
        """The place with a GeoNames id, or with one of our own below zero."""
        row = self._row_of(id)
        return None if row is None else self._place(row)

    def _row_of(self, id: int) -> int | None:
        row = bisect_left(self._ids, id)
        return row if row < self._count and self._ids[row] == id else None

    def feature(self, place: Place) -> str:
        """GeoNames' feature code (``PPLC`` capital, ``ADM1``, ``STM`` river, ``AIRP`` ...); empty when not known here."""
        return self._feature(place.id)

    def _read_feature(self, id: int) -> str:
        row = self._row_of(id)
        return "" if row is None else str(self.manifest["features"][self._fields(row)[12]])

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The divisions and the country that hold a place, nearest first, as far as they are known."""
        return self._parents(place.id, place.country)

    def _read_parents(self, id: int, code: str) -> tuple[Place, ...]:
        row = self._row_of(id)
        if row is None:
            return ()
        first, second = self._fields(row)[4:6]
        held = [self._place(number) for number in (second, first) if number not in (-1, row)]
        country = self.country(code)
        return (*held, *([country] if country is not None and country.id != id else []))

    def nearest(self, lat: float, lon: float, count: int = 1) -> list[Place]:
        """The populated places nearest to a point, the nearest first; looks at every row, some 20 ms."""
        towns = np.flatnonzero(self._table["kind"] == KINDS.index("city"))
        lats, lons = (np.radians(self._table[axis][towns] / DEGREE) for axis in ("lat", "lon"))
        phi, lam = np.radians(lat), np.radians(lon)
        h = np.sin((lats - phi) / 2) ** 2 + np.cos(phi) * np.cos(lats) * np.sin((lons - lam) / 2) ** 2
        return [self._place(int(row)) for row in towns[np.argsort(h, kind="stable")[:count]]]

    def country(self, code: str) -> Place | None:
        """The country with an ISO 3166-1 alpha-2 code."""
        id = self.manifest["countries"].get(code)
        return None if id is None else self.get(id)

    def capital(self, code: str) -> Place | None:
        """The capital of the country with an ISO 3166-1 alpha-2 code."""
        id = self.manifest["capitals"].get(code)
        return None if id is None else self.get(id)

    def demonym(self, word: str) -> Place | None:
        """The country or continent whose people or things a word names ("Afghan", "Russians"); None when it is none."""
        return self._people(word)

    def _read_people(self, word: str) -> Place | None:
        code = _demonyms().get(fold(word))
        if code is None:
            return None
        return self.country(code) if code.isalpha() else self.get(int(code))

    def _read_place(self, row: int) -> Place:
        (id, lat, lon, people, admin1, admin2, name, note, note_length, radius, name_length, kind, _, _, country) = (
            self._fields(row)
        )
        return Place(  # in the order of its fields: told by name they take a fifth longer
            id,
            self._strings[name : name + name_length].decode("utf-8"),
            KINDS[kind],
            _code(country),
            self._name_of(admin1),
            self._name_of(admin2),
            lat / DEGREE,
            lon / DEGREE,
            people,
            radius / 10,
            self._text(note, note_length) if note_length else "",
        )

    def _fields(self, row: int) -> tuple[Any, ...]:
        return FIELDS.unpack_from(self._rows, row * FIELDS.size)

    def _read_name(self, row: int) -> str:
        if row < 0:
            return ""
        fields = self._fields(row)
        return self._text(fields[6], fields[10])

    def _text(self, start: int, length: int) -> str:
        return self._strings[start : start + length].decode("utf-8") if length else ""


@cache
def _code(country: bytes) -> str:
    """A country's code as it stands in a row, two bytes: 253 of them."""
    return country.rstrip(b"\0").decode("ascii")


_ROW = ALTERNATE - 1
_ARRAYS = ("places", "starts", "postings")
LONGEST_INSIDE = 8
"""Words of a name that are looked through for a place inside it."""


def _known(match: Match, words: int) -> bool:
    """Whether a part of a name is enough to suggest the place: two words are, one word only for a place many know."""
    if match.how not in ("name", "alternate", "bare"):
        return False
    return words > 1 or match.place.kind not in ("city", "district", "site") or match.place.population >= PART_PEOPLE


@cache
def _demonyms() -> dict[str, str]:
    with open(Path(__file__).with_name("demonyms.toml"), "rb") as file:
        table = tomllib.load(file)["demonyms"]
    return {fold(word): code for code, words in table.items() for word in words}
