"""Where a name lies that the gazetteer lacks: around the place about which the text turns.

A street, a hospital or a hamlet named in a report from New Orleans is in or near New Orleans far more often than it is
a far town of the same name. `signs` tell for each name how likely that is, by weights that training.py learns; `stand_in`
is a place with the name's own words, the turning point's coordinates and a wide radius.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.places.candidates import Candidate
from geo.places.context import Hint
from geo.places.features import KINDS, Facts, Table, km, points
from geo.places.place import Place, PlaceKind

REACH = 100.0  # km at which another name counts a third for a turning point
NEAR = 161.0  # km: a candidate closer to the turning point needs no stand-in
RADIUS = 40.0  # km: half of the names placed so in the training sets lie nearer
WIDE = ("country", "continent", "province", "region")
SMALL = ("city", "district", "site", "province")

SIGNS = (
    "bias",
    "gathered",  # share of the document's names about the turning point
    "names",  # how many there are, log
    "home",  # the publisher sits there
    "unknown",  # the gazetteer has no such name at all
    "site",  # a kind word tells a building or street ...
    "nature",  # ... or a river, mountain, park
    "division",  # ... or a division
    "doubt",  # log odds against the gazetteer's best candidate
    "part",  # that candidate is only a part of the name
    "big",  # log10 of its population, over 7
)
"""What tells whether a name lies around the turning point."""


@dataclass(frozen=True, slots=True)
class Turning:
    """The place about which a text turns; ``gathered`` is the share of its names near it, ``home`` the publisher's."""

    place: Place
    gathered: float
    names: float
    home: bool


def turning(facts: Facts, belief: Table, best: Sequence[int], home: Sequence[Place]) -> Turning | None:
    """The believed town or division with most of the names about it, or the only home of the publisher."""
    seats = [row for row in best if KINDS[int(facts.kind[row])] in SMALL and facts.candidates[row].how != "part"]
    places = [facts.candidates[row].place for row in seats] + list(home[:1] if len(home) == 1 else ())
    if not places:
        return None
    away = km(points([(p.lat, p.lon) for p in places]), facts.point)
    small = np.isin(facts.kind, [KINDS.index(kind) for kind in SMALL])
    shares = (np.exp(-away / REACH) * belief * small * facts.weight[facts.group]).sum(axis=1)
    shares[len(seats) :] += 1.0  # a home stands for one name of its own
    top = int(shares.argmax())
    place, total = places[top], float(facts.weight.sum())
    at_home = any(float(km(points([(place.lat, place.lon)]), points([(h.lat, h.lon)]))[0, 0]) < REACH for h in home)
    return Turning(place, float(shares[top]) / (total + 1), total, at_home)


def signs(hint: Hint, about: Turning, *, trust: float | None, part: bool, population: int) -> list[float]:
    """The values of ``SIGNS`` for one name; ``trust`` is None for a name without candidates."""
    p = min(0.999, max(0.001, trust if trust is not None else 0.5))
    told = hint.kind or ""
    return [
        1.0,
        about.gathered,
        float(np.log1p(about.names)),
        float(about.home),
        float(trust is None),
        float(told == "site"),
        float(told in ("water", "land", "region")),
        float(told in ("district", "province")),
        float(np.log((1 - p) / p)),
        float(part),
        float(np.log10(population + 1)) / 7,
    ]


def apart(candidate: Candidate, about: Turning) -> bool:
    """Whether a candidate lies so far from the turning point that a stand-in would say something else.

    A country, province or region that bears the whole name is never set aside: texts name them from anywhere.
    """
    place = candidate.place
    if place.kind in WIDE and candidate.how != "part":
        return False
    return float(km(points([(place.lat, place.lon)]), points([(about.place.lat, about.place.lon)]))[0, 0]) > NEAR


def stand_in(hint: Hint, about: Turning) -> Place:
    """A place of the name's own, with an id below zero, at the turning point."""
    at = about.place
    kind: PlaceKind = next((kind for kind in KINDS if kind == hint.kind), "site")
    return Place(
        id=-1 - zlib.crc32(f"around:{at.id}:{hint.name}".encode("utf-8", "replace")) % 2**30,
        name=hint.name,
        kind=kind,
        country=at.country,
        admin1=at.admin1,
        admin2=at.admin2,
        lat=at.lat,
        lon=at.lon,
        population=0,
        radius_km=max(RADIUS, at.radius_km),
        note=f"The gazetteer lacks it; the point is that of {at.name}, about which the text turns.",
    )
