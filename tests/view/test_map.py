"""The map is given numbers only, and shows where most places are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geo.view.kinds import look
from geo.view.map import Dot, around, codes, drawing, features, layer
from tests.made import HOSTILE

DOT = Dot(id=-99, name=HOSTILE, lat=34.3, lon=62.2, counts=(2, 0, 1), origins=2, rim="alleged", radius_km=60.4)


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    return [leaf for part in value for leaf in leaves(part)] if isinstance(value, list) else [value]


def test_a_place_is_numbers_and_nothing_else() -> None:
    (feature,) = features([DOT])["features"]
    assert all(isinstance(leaf, int | float) for leaf in leaves(feature["properties"]))
    assert feature["properties"] == {
        "id": -99, "k": [2, 0, 1], "n": 3, "o": 2, "s": 1, "r": 60, "many": 1, "name": codes(HOSTILE),
    }  # fmt: skip
    assert feature["geometry"] == {"type": "Point", "coordinates": [62.2, 34.3]}


def test_a_name_survives_as_code_points() -> None:
    assert "".join(map(chr, codes("Dasht-e Archī کابل"))) == "Dasht-e Archī کابل"
    assert codes("a\ud800b") == [97, 98]
    assert len(codes("x" * 10_000)) == 120


def test_no_letter_of_a_hostile_name_reaches_what_folium_renders() -> None:
    drawn = drawing(around([]), [look("protest")])
    layer(features([DOT])).add_to(drawn)
    page = drawn.get_root().render()
    for part in ("{{7*7}}", "7*7", "raw", "${1}", "onerror", "alert", "\\x3c", "right to left"):
        assert part not in page, part
    assert json.dumps(codes(HOSTILE)[:5])[1:-1] in page


def test_every_address_of_the_map_is_served_from_here() -> None:
    drawn = drawing(around([]), [look("protest")])
    for _, address in (*drawn.default_js, *drawn.default_css):
        assert address.startswith("../")


REGION = [(34.0 + n / 10, 62.0 + n / 2) for n in range(12)]


@pytest.mark.parametrize(
    ("points", "inside", "outside"),
    [
        ([*REGION, (55.0, 37.0)], REGION[1:-1], [(55.0, 37.0)]),  # many places in one region and one far away
        ([(34.0, 62.0), (55.0, 37.0)], [(34.0, 62.0), (55.0, 37.0)], []),  # two: both are shown
        ([(34.0, 62.0)], [(34.0, 62.0), (35.0, 63.0)], [(40.0, 62.0)]),
        ([], [(0.0, 0.0), (50.0, 100.0)], []),
    ],
)
def test_the_first_view_is_where_most_places_are(
    points: list[tuple[float, float]], inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    (south, west), (north, east) = around(points)
    assert all(south <= lat <= north and west <= lon <= east for lat, lon in inside)
    assert not any(south <= lat <= north and west <= lon <= east for lat, lon in outside)
