"""What passes from hand to hand as a way."""

from __future__ import annotations

import json
from dataclasses import replace

from geo.claims.claim import Party
from geo.claims.flow import flow
from geo.ledger.rows import rows
from tests.claims.said import claim, place, reading


def test_a_way_has_places_and_parties_by_their_part() -> None:
    sold = claim("Mill sold rifles to the Foxes.", kind="arms_flow", at=place("Mill", 1), role="supplier")
    sold = replace(sold, parties=(Party("the Foxes", "recipient", 0.8, "Those who get."),))
    way = flow(sold)
    assert way is not None
    assert [(end["place_name"], end["pointed"]) for end in way["supplier"]] == [("Mill", True)]
    assert [(end["name"], end["place_id"], end["lat"]) for end in way["recipient"]] == [("the Foxes", None, None)]
    assert way["route"] == []


def test_a_country_is_an_end_without_a_point() -> None:
    sold = claim("Sold.", kind="arms_flow", at=place("Land", 1, kind="country"), role="supplier")
    way = flow(sold)
    assert way is not None
    assert not way["supplier"][0]["pointed"]


def test_one_end_is_told_once() -> None:
    sold = claim("Sold.", kind="arms_flow", at=place("Land", 1, kind="country"), role="supplier")
    sold = replace(
        sold, parties=(Party("Landish", "supplier", 0.8, "Its rifles.", place=place("Land", 1, kind="country")),)
    )
    way = flow(sold)
    assert way is not None
    assert len(way["supplier"]) == 1


def test_nothing_passes_in_a_meeting() -> None:
    assert flow(claim()) is None
    row = rows([reading(claim().sentence.article, claim())]).claims[0]
    assert row["flow"] is None
    assert json.loads(row["disagreements"]) == []
