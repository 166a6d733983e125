"""Places, the names that stand for them in a text, and the link between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.text.span import Span

PlaceKind = Literal["country", "province", "district", "city", "continent", "region", "water", "land", "site"]
"""``province`` is a first-level and ``district`` a second-level division; ``city`` any populated place; ``water`` rivers,
lakes and seas; ``land`` mountains, islands, deserts, parks; ``site`` airports, bases, squares, buildings."""

Role = Literal[
    "happened_at",
    "voiced_at",
    "supplier",
    "route",
    "recipient",
    "speaker_home",
    "actor",
    "mention",
]
PINNED_ROLES: frozenset[Role] = frozenset({"happened_at", "recipient"})


WIDEST_KM = 400.0
"""A region, river or range less sure than this has no marker: half a continent is no place to put one."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text: where it stands and how sure the finder is (0..1).

    ``metonymy`` is the finder's probability that the name stands for a government or team rather than a location,
    ``None`` when nothing judged it.
    """

    span: Span
    score: float
    because: str = ""
    metonymy: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    ``id`` is the GeoNames id; below zero for the entries of our own table that GeoNames lacks. ``country`` is the ISO
    3166-1 alpha-2 code, ``admin1`` and ``admin2`` the names of the divisions it lies in. ``lat`` and ``lon`` are WGS84
    degrees, ``radius_km`` the uncertainty of taking them for the place, ``note`` what a reader must know about the entry.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    radius_km: float = 5.0
    note: str = ""

    @property
    def pointed(self) -> bool:
        """Whether a point, with its circle, can stand for the place."""
        if self.kind in ("country", "continent"):
            return False
        return self.kind == "province" or self.radius_km <= WIDEST_KM

    @property
    def geonameid(self) -> int | None:
        return self.id if self.id > 0 else None


@dataclass(frozen=True, slots=True)
class Rival:
    """A place the name could also have meant, and its score."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Location:
    """A toponym with the place it means (``None``: not resolved) and the part it plays in its sentence."""

    toponym: Toponym
    place: Place | None
    role: Role
    score: float
    rivals: tuple[Rival, ...]
    because: str
    role_because: str = ""

    @property
    def pin(self) -> bool:
        """Whether this place earns a marker: something happened or arrived there, and a point can stand for it.

        A country, a continent or a long river never does; a province is drawn as its circle.
        """
        return self.place is not None and self.role in PINNED_ROLES and self.place.pointed
