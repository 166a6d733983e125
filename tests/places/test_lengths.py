"""Names cut at other lengths, and what a word's company elsewhere in the text says of it."""

from __future__ import annotations

import pytest

from geo.places.gazetteer import Gazetteer
from geo.places.homes import publisher_of
from geo.places.lengths import abbreviated, other_lengths
from geo.places.spots import spots
from geo.places.spotting import trimmed_span
from geo.places.vocabulary import Vocabulary
from geo.places.wording import by_company, company
from geo.text.span import Span


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


def test_a_name_ends_with_its_paragraph() -> None:
    text = "Trucks stop in Kigali\n\nTue 4 May"
    span = trimmed_span(text, Span(text.index("Kigali"), len(text)))
    assert span is not None
    assert span.of(text) == "Kigali"


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
