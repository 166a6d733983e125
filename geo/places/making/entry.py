"""One place on its way into the gazetteer, and the rules for what the sources leave unsaid."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo.places.place import PlaceKind

EARTH_KM = 6371.0
_PRIOR_OF_KIND: dict[PlaceKind, float] = {
    "country": 6.0,
    "continent": 6.0,
    "region": 2.0,
    "water": 1.5,
    "land": 1.0,
    "province": 0.5,
    "city": 0.0,
    "district": -1.0,
    "site": 1.0,
}


@dataclass(slots=True)
class Entry:
    """A place as the sources tell it.

    ``code``, ``admin1`` and ``admin2`` are codes of GeoNames (``AF``, ``AF.24``, ``AF.24.1206``); ``chosen`` are those of
    its ``names`` that count as much as its main one.
    """

    id: int
    name: str
    kind: PlaceKind
    feature: str
    country: str
    lat: float
    lon: float
    population: int = 0
    radius_km: float = 5.0
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    names: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def prior(self) -> float:
        """How often news means this place by its name, before anything is known: grows with the log of population, and of
        the reach of a sea, a region or a range."""
        capital = 1.5 if self.feature == "PPLC" else 0.0
        breadth = math.log10(self.radius_km + 1) if self.kind in ("region", "water", "land") else 0.0
        return math.log10(self.population + 1) + _PRIOR_OF_KIND[self.kind] + capital + breadth


def own_id(source: str) -> int:
    """A number below zero for a place that GeoNames lacks; the same in every build, from the words that identify it."""
    return -1 - zlib.crc32(source.encode()) % 2**30


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points."""
    (lat1, lon1), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The point in the middle of several, right across the date line too."""
    x = y = z = 0.0
    for lat, lon in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def city_radius(population: int) -> float:
    """Kilometres: 1.4 for a thousand people, 5 for a hundred thousand, 13 for a million, never above 30."""
    return round(min(30.0, 1.0 + 0.012 * math.sqrt(population)), 1)


def spread(point: tuple[float, float], towns: Iterable[tuple[float, float]], *, least: float, most: float) -> float:
    """Kilometres from ``point`` within which four of five towns of a division lie, kept between two bounds."""
    distances = sorted(km(point, town) for town in towns)
    far = distances[int(0.8 * (len(distances) - 1))] if distances else least
    return round(min(most, max(least, far)), 1)
