"""Which places earn a marker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.places.place import Location, Place, PlaceKind, Role, Toponym
from geo.text.span import Span

TOWN = Place(1, "Vale", "city", "NO", "", "", 60.0, 10.0, 4000)


def at(place: Place | None, role: Role = "happened_at") -> Location:
    return Location(Toponym(Span(0, 4), 0.9), place, role, 0.9, (), "")


@pytest.mark.parametrize(
    ("kind", "radius_km", "pinned"),
    [
        ("city", 5.0, True),
        ("province", 900.0, True),
        ("region", 120.0, True),
        ("region", 1200.0, False),
        ("water", 700.0, False),
        ("country", 50.0, False),
        ("continent", 3000.0, False),
    ],
)
def test_only_a_place_that_a_point_can_stand_for_is_pinned(kind: PlaceKind, radius_km: float, pinned: bool) -> None:
    assert at(replace(TOWN, kind=kind, radius_km=radius_km)).pin is pinned


@pytest.mark.parametrize("role", ["voiced_at", "supplier", "route", "speaker_home", "actor", "mention"])
def test_only_where_something_happened_or_arrived_is_pinned(role: Role) -> None:
    assert not at(TOWN, role).pin


def test_a_name_without_a_place_is_not_pinned() -> None:
    assert not at(None).pin
