"""Names that can lie in one province: the sentences are our own, the places real."""

from __future__ import annotations

from geo.places.gazetteer import Gazetteer
from geo.places.neighbours import by_neighbours
from geo.places.spots import spots


def near(text: str) -> dict[str, dict[str, float]]:
    found = spots(text, Gazetteer.shared())
    return {spot.span.of(text): row for spot, row in zip(found, by_neighbours(text, found), strict=True)}


def test_a_district_of_the_province_that_is_named_is_known_by_it() -> None:
    rows = near("Roads in Kunduz province were closed; Imam Sahib was cut off.")
    assert rows["Imam Sahib"]["in_named"] == 1
    assert near("Roads were closed; Imam Sahib was cut off.")["Imam Sahib"]["in_named"] == 0


def test_a_name_is_no_company_for_itself() -> None:
    rows = near("Imam Sahib was cut off. Imam Sahib has no road now.")
    assert rows["Imam Sahib"]["neighbours"] == 0


def test_towns_of_one_province_are_company_for_each_other() -> None:
    apart = near("From Nairobi he wrote to Cusco.")["Cusco"]["neighbours"]
    close = near("From Urubamba he wrote to Cusco, then to Pisac and Calca.")["Cusco"]["neighbours"]
    assert close > apart


def test_no_spots_no_rows() -> None:
    assert by_neighbours("nothing here", []) == []
