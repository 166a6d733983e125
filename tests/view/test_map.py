"""The map is given numbers only, and shows where most places are."""

from __future__ import annotations

from typing import Any

import pytest

from geo.view.kinds import look
from geo.view.map import Click, Dot, End, Way, around, clicked, codes, drawing, features, layer
from tests.made import HOSTILE

DOT = Dot(-99, HOSTILE, 34.3, 62.2, (2, 0, 1), origins=2, rim="alleged", radius_km=60.4, stances=(0, 0, 2, 1))
WAY = Way((End(2017370, HOSTILE, 60.0, 100.0, pointed=False), End(-99, "Imam Sahib", 37.18, 68.92)), 4, 2, "alleged")


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    return [leaf for part in value for leaf in leaves(part)] if isinstance(value, list) else [value]


def test_a_place_and_a_way_are_numbers_and_nothing_else() -> None:
    told = features([DOT], [WAY])
    assert all(isinstance(leaf, int | float) for leaf in leaves(told))
    assert told["places"] == [[-99, 34.3, 62.2, 2, 1, 60, [2, 0, 1], [0, 0, 2, 1], 0, codes(HOSTILE)]]
    stops = [[2017370, 60.0, 100.0, 0, codes(HOSTILE)], [-99, 37.18, 68.92, 1, codes("Imam Sahib")]]
    assert told["ways"] == [[4, 2, 1, stops]]


@pytest.mark.parametrize("words", ['{"places":[{{7*7}}],"ways":[]}', '{"places":["x"],"ways":[]}', "alert(1)", ""])
def test_the_layer_refuses_anything_but_numbers(words: str) -> None:
    with pytest.raises(ValueError, match="numbers only"):
        layer(words)


@pytest.mark.parametrize(
    ("told", "click"),
    [
        ({"stops": [7], "t": 1}, Click((7,), 1)),
        ({"stops": [7, -9], "t": 1}, Click((7, -9), 1)),
        ({"stops": ["7"], "t": 1}, None),
        ({"stops": [7.5], "t": 1}, None),
        ({"stops": [], "t": 1}, None),
        ({"stops": [7] * 99, "t": 1}, None),
        ({"stops": [7]}, None),
        ({}, None),
    ],
)
def test_what_the_browser_tells_is_not_trusted(told: dict[str, Any], click: Click | None) -> None:
    assert clicked({"last_active_drawing": {"properties": told}}) == click


@pytest.mark.parametrize("told", [None, {}, {"last_active_drawing": None}, {"last_active_drawing": "x"}, "x"])
def test_nothing_clicked_is_no_click(told: Any) -> None:
    assert clicked(told) is None


def test_a_name_survives_as_code_points() -> None:
    assert "".join(map(chr, codes("Dasht-e Archī کابل"))) == "Dasht-e Archī کابل"
    assert codes("a\ud800b") == [97, 98]
    assert len(codes("x" * 10_000)) == 120


def test_no_letter_of_a_hostile_name_reaches_what_folium_renders() -> None:
    drawn = drawing(around([]), [look("protest")])
    layer(features([DOT], [WAY])).add_to(drawn)
    page = drawn.get_root().render()
    for part in ("{{7*7}}", "7*7", "raw", "${1}", "onerror", "alert", "\\x3c", "right to left"):
        assert part not in page, part
    assert ",".join(map(str, codes(HOSTILE)[:5])) in page


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
