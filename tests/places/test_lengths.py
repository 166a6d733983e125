"""Names cut at other lengths, and what a word's company elsewhere in the text says of it."""

from __future__ import annotations

import numpy as np
import pytest

from geo.model.encoder import TAGS, TaggedName, Tagging
from geo.places.gazetteer import Gazetteer
from geo.places.homes import publisher_of
from geo.places.lengths import abbreviated, other_lengths
from geo.places.spots import Spot, spots
from geo.places.spotting import findings
from geo.places.vocabulary import Vocabulary
from geo.places.wording import by_company, by_edges, company
from geo.text.span import Span

GAZETTEER = Gazetteer.shared()


def others(text: str, name: str) -> set[str]:
    at = text.index(name)
    found = other_lengths(text, Span(at, at + len(name)), Gazetteer.shared(), Vocabulary.shared())
    return {span.of(text) for span in found}


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("A shop in South Boston shut.", "Boston", "South Boston"),
        ("The Fresno County jail is full.", "Fresno", "Fresno County"),
        ("She farms in Union Twp. now.", "Union", "Union Twp."),
        ("He read law at Toledo University then.", "Toledo University", "Toledo"),
        ("They met in Nairobi café district.", "Nairobi café", "Nairobi"),
        ("Rep. Ann Doe, R-N.D. voted no.", "N.D", "N.D."),
        ("Ice shut County Road 43 on Monday.", "County Road", "County Road 43"),
    ],
)
def test_a_name_is_also_weighed_longer_and_shorter(text: str, name: str, other: str) -> None:
    assert other in others(text, name)


def test_no_other_length_takes_a_small_word_or_the_end_of_a_sentence() -> None:
    assert others("In Oslo it rained.", "Oslo") == set()
    assert others("It rained in Lima.", "Lima") == set()


@pytest.mark.parametrize(
    ("name", "short"), [("Ky.", True), ("Colo", True), ("Iran", False), ("Gao", False), ("Lima", False)]
)
def test_a_dot_belongs_to_what_is_short_for_a_state(name: str, short: bool) -> None:
    assert abbreviated(Gazetteer.shared().matches(name), name) is short


@pytest.mark.parametrize(
    ("tagged", "left"),
    [
        ("Kigali\n\nTue", {"Kigali", "Tue"}),
        ("Lake Mary - Highway 9", {"Lake Mary", "Highway 9"}),
        ("KIGALI \x97", {"KIGALI"}),
        ("Chartres/", {"Chartres"}),
        ("U.S..", {"U.S."}),
        ("St. George.", {"St. George"}),
        ("the Washington D.C.", {"Washington D.C."}),
        ("Baden-Baden", {"Baden-Baden"}),
    ],
)
def test_what_the_encoder_found_ends_where_a_name_does(tagged: str, left: set[str]) -> None:
    text = f"Trucks stopped at {tagged}"
    name = TaggedName(text.index(tagged), len(text), 0.9, 0.0, demonym=False)
    empty = np.zeros(0, np.int64)
    seen = findings(text, None, Tagging((name,), (), empty, empty, np.zeros((0, len(TAGS)), np.float32)), GAZETTEER)
    assert {span.of(text) for span in seen.names} == left


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("The Oxford City Council met.", "Oxford", "body_behind"),
        ("The Oxford City Council met.", "Oxford City", "ends_in_body"),
        ("She plays for Ohio State University.", "Ohio", "body_behind"),
        ("They moved to Kansas City Tuesday.", "Kansas City", ""),
        ("They met in Oxford city hall.", "Oxford", ""),
    ],
)
def test_a_kind_word_with_a_body_behind_it_is_the_bodys(text: str, name: str, sign: str) -> None:
    span = Span(text.index(name), text.index(name) + len(name))
    edges = by_edges(text, Spot(span, len(name.split()), GAZETTEER.matches(name)), Vocabulary.shared())
    assert {key for key in ("body_behind", "ends_in_body") if edges[key]} == ({sign} if sign else set())


def test_a_name_may_begin_with_an_article_of_its_own_language() -> None:
    text = "The march set out from El Alto and went down to La Paz."
    assert "El Alto" in {spot.span.of(text) for spot in spots(text, Gazetteer.shared())}


def test_a_word_that_goes_with_surnames_is_told_from_a_place() -> None:
    text = "Georgia Stevens won. Her coach said Georgia was fast. Snow fell in Oslo, and Oslo Police closed a road."
    beside = company(text, Vocabulary.shared())
    assert by_company("Georgia", beside)["leads_names"] == 0.5
    assert by_company("Oslo", beside)["leads_names"] == 0.0
    assert by_company("Bergen", beside) == {}


def test_the_publisher_is_told_by_a_name_or_by_the_address_of_the_page() -> None:
    assert publisher_of({"publisher": "The Kabul Times", "url": "http://a.example/1"}) == "The Kabul Times"
    assert publisher_of({"publisher": None, "outlet": "", "url": "http://a.example/1"}) == "http://a.example/1"
    assert publisher_of({}) is None
