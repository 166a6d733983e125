"""Which stretches of a text can lie near each other: places of one province keep company, in the news as on the map."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from geo.places.place import Place
from geo.places.spots import Spot

Province = tuple[str, str]  # the country's code and the division's name
WIDE = ("country", "continent")
LOOKED_AT = 4  # best places of a name that count as company for others
FEW = 3  # places under a name that is as good as unique


def by_neighbours(text: str, found: Sequence[Spot]) -> list[dict[str, float]]:
    """For each spot: whether a place of its name lies in a province that the text names, the same for a name of few
    places, and how many other names (as log) can lie in one province with it."""
    provinces: defaultdict[Province, set[str]] = defaultdict(set)
    company: defaultdict[Province, set[str]] = defaultdict(set)
    names = [spot.span.of(text) for spot in found]
    for name, spot in zip(names, found, strict=True):
        for rank, place in _places(spot):
            if place.kind == "province":
                provinces[place.country, place.admin1].add(name)
            elif rank < LOOKED_AT:
                company[place.country, place.admin1].add(name)
    return [_of(name, spot, provinces, company) for name, spot in zip(names, found, strict=True)]


def _of(
    name: str, spot: Spot, provinces: Mapping[Province, set[str]], company: Mapping[Province, set[str]]
) -> dict[str, float]:
    within, most = False, 0
    for _, place in _places(spot):
        where = place.country, place.admin1
        within |= place.kind != "province" and any(_others(name, provinces.get(where, ())))
        most = max(most, sum(_others(name, company.get(where, ()))))
    few = len(spot.matches) <= FEW
    return {"in_named": float(within), "few_in_named": float(within and few), "neighbours": math.log1p(most)}


def _places(spot: Spot) -> Iterator[tuple[int, Place]]:
    """The places that bear the very name, with their rank."""
    for rank, match in enumerate(spot.matches):
        if match.how in ("name", "alternate") and match.place.kind not in WIDE:
            yield rank, match.place


def _others(name: str, names: set[str] | tuple[()]) -> Iterator[bool]:
    """True for each of the names that is neither within this one nor around it."""
    return (True for other in names if name not in other and other not in name)
