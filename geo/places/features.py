"""What speaks for and against each candidate, in numbers that a person can read.

Two tables, one row a candidate. ``own`` looks at the name and the candidate alone: how big, of which kind, whether the
words around the name tell that kind. ``shared`` looks at the whole document: the country that most names share, places
named that hold the candidate or lie near it, the publisher's home. The second needs a first guess, so the ranker asks
twice (see ranker.py). Distances are in kilometres on a sphere.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.places.candidates import Candidate, Group, Names
from geo.places.context import Hint
from geo.places.place import Place, PlaceKind
from geo.places.vocabulary import Vocabulary

Table = npt.NDArray[np.float64]
EARTH = 6371.0
TOLD = (("country", "province", "district", "region", "continent"), ("city",), ("water", "land", "site"))
BROAD = ("region", "water", "land")
KINDS: tuple[PlaceKind, ...] = ("country", "province", "district", "city", "continent", "region", "water", "land", "site")

OWN = (
    "population",  # log10 of it, over 7
    "populous",  # what goes beyond 100,000, on the same scale
    "outnumbered",  # how much less populous than the most populous rival (log10, over 7)
    "breadth",  # log10 of the reach in kilometres, over 4, of regions, waters and ranges, which nobody lives in
    "prior",  # 1 for the gazetteer's first, 1/2 for its second ...
    "own_name",  # the place's own name stands in the text, not another name of it
    "loosely",  # the name fits only by the sound of its romanisation
    "bare_name",  # the name fits when its kind word is taken off
    "people",  # the word names its people
    "part",  # the name only holds the place's name
    "alternate_people",  # population, when the name is another one of the place
    "capital",  # capital of a country
    "main_town",  # seat of a first-level division
    "part_of_town",  # a section of a populated place
    "whole_name",  # the whole surface names it, kind word included
    "told_division",  # the text says country, province, district ..., and it is one
    "mistold_division",  # the text says so and it is none
    "told_town",  # the text says city, town, village ..., and it is one
    "mistold_town",
    "told_nature",  # the text says river, mountain, airport ..., and it is one
    "mistold_nature",
    "dateline",  # a town, and the report is dated from there
    "seat",  # a city that bears the name of the province or district it lies in
    "named_seat",  # ... a first-level division: who says "Puno" means the city, who says "Puno region" the division
    "seated",  # a division in which a city of the same name lies that could be meant
    "short",  # the name in the text is an abbreviation
    "short_country",  # ... and the place a country
    *(f"is_{kind}" for kind in KINDS),  # which kind, when no word tells
)
SHARED = (
    "country_share",  # weight of the document's other names that lie in the same country
    "province_share",
    "country_named",  # its country is named
    "province_named",
    "district_named",
    "neighbours",  # names within 50 km, log
    "region",  # names within 200 km, log
    "nearest",  # closeness of the nearest name: 1 here, 1/e at 200 km
    "holds",  # named places that lie in it, log
    "world_news",  # a capital, by how many of the names are countries and capitals
    "comma",  # "Paris, Texas" and it lies in Texas
    "of",  # "Archi district of Kunduz" and it lies in Kunduz
    "listed",  # the names listed beside it can be of its kind and province
    "listed_country",  # ... or kind and country
    "namesake",  # the same name elsewhere in the document means this or something in or around it
    "home",  # closeness to the publisher's home: 1 there, 1/e at 100 km
    "home_province",
    "home_country",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A document's candidates in columns. ``group`` is each candidate's group, ``starts`` where each group begins.

    ``country``, ``province`` and ``district`` are the ids of the divisions that hold the place, or it itself where it is
    one; 0 when not known. ``point`` is on the unit sphere.
    """

    groups: Sequence[Group]
    candidates: Sequence[Candidate]
    group: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    id: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    country: npt.NDArray[np.int64]
    province: npt.NDArray[np.int64]
    district: npt.NDArray[np.int64]
    point: Table
    nation: npt.NDArray[np.str_]
    weight: Table


def facts(groups: Sequence[Group], names: Names) -> Facts:
    """The columns for all groups that have candidates (the others must be left out before)."""
    rows = [c for g in groups for c in g.candidates]
    sizes = [len(g.candidates) for g in groups]
    up = np.array([divisions(c.place, names) for c in rows], dtype=np.int64).reshape(-1, 3)
    return Facts(
        groups=groups,
        candidates=rows,
        group=np.repeat(np.arange(len(groups)), sizes),
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if groups else np.zeros(0, np.int64),
        id=np.array([c.place.id for c in rows], dtype=np.int64),
        kind=np.array([KINDS.index(c.place.kind) for c in rows], dtype=np.int64),
        country=up[:, 0],
        province=up[:, 1],
        district=up[:, 2],
        point=points([(c.place.lat, c.place.lon) for c in rows]),
        nation=np.array([c.place.country or "-" for c in rows]),
        weight=np.array([1 + math.log(len(g.members)) for g in groups]),
    )


def divisions(place: Place, names: Names) -> tuple[int, int, int]:
    """The ids of the country, province and district of a place, itself included, 0 where there is none."""
    ids = {"country": 0, "province": 0, "district": 0}
    for holder in (*names.parents(place), place):
        if holder.kind in ids and holder.country == place.country:
            ids[holder.kind] = holder.id
    return ids["country"], ids["province"], ids["district"]


def points(degrees: Sequence[tuple[float, float]]) -> Table:
    """Latitudes and longitudes as points on the unit sphere, one a row."""
    lat, lon = np.radians(np.array(degrees, dtype=float).reshape(-1, 2)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def km(a: Table, b: Table) -> Table:
    """Distances between all points of ``a`` and all of ``b``."""
    return EARTH * np.arccos(np.clip(a @ b.T, -1.0, 1.0))


def own(f: Facts, words: Vocabulary) -> Table:
    """The features of ``OWN``, one row a candidate."""
    table = np.zeros((len(f.candidates), len(OWN)))
    row = 0
    for group in f.groups:
        sizes = [math.log10(c.place.population + 1) for c in group.candidates]
        biggest = max(sizes)
        seats = [_seat(c.place, words) for c in group.candidates]
        seated = {division for seat in seats for division in seat}
        for candidate, size, seat in zip(group.candidates, sizes, seats, strict=True):
            table[row] = _own_row(candidate, group.hint, size, biggest, seat, seated, words)
            row += 1
    return table


def _seat(place: Place, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Country and name of the divisions that a city lies in and shares its name with."""
    if place.kind != "city":
        return ()
    plain = place.name.casefold().removesuffix(" city")
    above = (place.admin1, place.admin2)
    return tuple((place.country, division) for division in above if plain == _bare(division, words))


def _own_row(
    c: Candidate,
    hint: Hint,
    size: float,
    biggest: float,
    seat: Collection[tuple[str, str]],
    seated: Collection[tuple[str, str]],
    words: Vocabulary,
) -> list[float]:
    place = c.place
    fits = hint.kind is not None and place.kind in words.allows[hint.kind]
    told = [0.0] * 6
    if hint.kind is not None:
        told[2 * TOLD.index(next(kinds for kinds in TOLD if hint.kind in kinds)) + (not fits)] = (
            1.0 if not fits else (1.0 if hint.kind == place.kind else 0.5)
        )
    short = (hint.name.isupper() and len(hint.name.replace(".", "")) <= 3) or hint.name.endswith(".")
    return [
        size / 7,
        max(0.0, size - 5) / 7,
        (biggest - size) / 7,
        math.log10(place.radius_km + 1) / 4 * (place.kind in BROAD),
        1 / (1 + c.rank),
        float(c.how == "name"),
        float(c.how == "loose"),
        float(c.how == "bare"),
        float(c.how == "demonym"),
        float(c.how == "part"),
        size / 7 * (c.how == "alternate"),
        float(c.feature == "PPLC"),
        float(c.feature == "PPLA"),
        float(c.feature == "PPLX"),
        float(c.whole),
        *told,
        float(hint.dateline and place.kind == "city"),
        float(bool(seat)),
        float((place.country, place.admin1) in seat),
        float(hint.kind is None and place.kind in ("province", "district") and (place.country, place.name) in seated),
        float(short),
        float(short and place.kind == "country"),
        *(float(hint.kind is None and place.kind == kind) for kind in KINDS),
    ]


def _bare(division: str, words: Vocabulary) -> str:
    """A division's name without its kind word, in lower case."""
    first, _, last = division.casefold().rpartition(" ")
    return first if first and last in words.kinds else division.casefold()


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a document's candidates to each other and to the publisher's home, whatever is believed of them.

    Tables have a row and a column for each candidate: whether they bear names with one core (``rival``), lie in one
    country or one province, whether the column's is a division that holds the row's (``inside``), or one of a certain
    level (``holders``: country, province, district); and the kilometres between them. ``runs`` has the rows of each
    group, ``of`` the group of each mention, ``namesakes`` the groups of each core, ``home`` three columns of ``SHARED``.
    """

    rival: npt.NDArray[np.bool_]
    nation: npt.NDArray[np.bool_]
    province: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    holders: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
    near: Table
    closeness: Table
    runs: Sequence[slice]
    of: Mapping[int, int]
    namesakes: Mapping[str, Sequence[int]]
    home: tuple[Table, Table, Table]


def ties(f: Facts, home: Sequence[Place], homeland: str | None, names: Names) -> Ties:
    """The ties of a document's candidates; ``home`` are the places where the publisher may sit, ``homeland`` its
    country's code."""
    cores = [group.core for group in f.groups]
    namesakes: dict[str, list[int]] = {}
    for k, core in enumerate(cores):
        namesakes.setdefault(core, []).append(k)
    number = np.array([namesakes[core][0] for core in cores], dtype=np.int64)[f.group]
    near = km(f.point, f.point)
    ids = f.id[None, :]
    return Ties(
        rival=number[:, None] == number[None, :],
        nation=f.nation[:, None] == f.nation[None, :],
        province=(f.province[:, None] == f.province[None, :]) & (f.province != 0)[:, None],
        inside=_inside(f),
        holders=(
            ids == f.country[:, None],
            (ids == f.province[:, None]) & (f.id != f.province)[:, None],
            (ids == f.district[:, None]) & (f.id != f.district)[:, None],
        ),
        near=near,
        closeness=np.exp(-near / 200),
        runs=[
            slice(start, start + len(group.candidates)) for start, group in zip(f.starts.tolist(), f.groups, strict=True)
        ],
        of={m: k for k, group in enumerate(f.groups) for m in group.members},
        namesakes=namesakes,
        home=_home(f, home, homeland, names),
    )


def shared(f: Facts, p: Table, held: Ties) -> Table:
    """The features of ``SHARED`` when candidate ``j`` is believed with probability ``p[j]``."""
    n = len(f.candidates)
    other = np.where(held.rival, 0.0, p[None, :])

    def by_group(table: Table) -> Table:
        return np.maximum.reduceat(table, f.starts, axis=1) if n else np.zeros((0, 0))

    total = max(1e-9, float(f.weight.sum()))
    told = np.zeros((n, 5))
    for g, rows in enumerate(held.runs):
        _told(f, g, p, held, told[rows])
    columns = [
        by_group(other * held.nation) @ f.weight / total,
        by_group(other * held.province) @ f.weight / total,
        *((other * holder).max(axis=1) for holder in held.holders),
        np.log1p(by_group(other * (held.near < 50)).sum(axis=1)),
        np.log1p(by_group(other * (held.near < 200)).sum(axis=1)),
        (other * held.closeness).max(axis=1),
        np.log1p(by_group(other * held.inside.T).sum(axis=1)),
        _worldly(f, p),
        *told.T,
        *held.home,
    ]
    return np.column_stack(columns)


def _worldly(f: Facts, p: Table) -> Table:
    """For capitals: the weight of the document's names that are countries or capitals."""
    capital = np.array([c.feature == "PPLC" for c in f.candidates])
    grand = p * (capital | (f.kind == KINDS.index("country")))
    share = float(np.add.reduceat(grand, f.starts) @ f.weight / max(1e-9, float(f.weight.sum())))
    return np.asarray(capital * share)


def _inside(f: Facts) -> npt.NDArray[np.bool_]:
    """Whether candidate ``j`` (column) is a division that holds candidate ``i`` (row)."""
    ids = f.id[None, :]
    held = (ids == f.country[:, None]) | (ids == f.province[:, None]) | (ids == f.district[:, None])
    return np.asarray(held & (ids != f.id[:, None]))


def _told(f: Facts, g: int, p: Table, held: Ties, out: Table) -> None:
    """Writes comma, of, listed, listed_country and namesake for the candidates of group ``g``."""
    group, mine = f.groups[g], held.runs[g]
    for link, k in {(h.link, held.of.get(h.parent)) for h in group.hints if h.parent is not None}:
        if k is None or k == g:
            continue
        rows = held.runs[k]
        column = 0 if link in ("comma", "brackets") else 1
        out[:, column] = np.maximum(out[:, column], (held.inside[mine, rows] * p[rows]).max(axis=1))
    beside = {held.of[s] for h in group.hints for s in h.siblings if s in held.of} - {g}
    for k in beside:
        rows = held.runs[k]
        alike = f.kind[mine][:, None] == f.kind[rows][None, :]
        out[:, 2] += (alike * held.province[mine, rows] * p[rows]).max(axis=1) / len(beside)
        out[:, 3] += (alike * held.nation[mine, rows] * p[rows]).max(axis=1) / len(beside)
    for k in held.namesakes[group.core]:
        if k != g:
            rows = held.runs[k]
            same = f.id[mine][:, None] == f.id[rows][None, :]
            kin = same | held.inside[mine, rows] | held.inside.T[mine, rows]
            out[:, 4] = np.maximum(out[:, 4], (kin * p[rows]).max(axis=1))


def _home(f: Facts, home: Sequence[Place], homeland: str | None, names: Names) -> tuple[Table, Table, Table]:
    """home, home_province and home_country for every candidate."""
    n = len(f.candidates)
    abroad = f.nation != homeland if homeland else np.ones(n, dtype=bool)
    if not home:
        return np.zeros(n), np.zeros(n), (~abroad).astype(float)
    near = km(f.point, points([(h.lat, h.lon) for h in home])).min(axis=1)
    provinces = {divisions(h, names)[1] for h in home} - {0}
    countries = {h.country for h in home}
    return (
        np.exp(-near / 100),
        np.isin(f.province, list(provinces)).astype(float),
        (np.isin(f.nation, list(countries)) | ~abroad).astype(float),
    )
