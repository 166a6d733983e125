"""An article's places before its claims; the sentences are our own, the places real."""

from __future__ import annotations

from geo.claims.extract import capitals
from geo.places.gazetteer import Gazetteer
from geo.places.place import Location, Toponym
from geo.text.span import Span


def located(text: str, words: str, name: str) -> tuple[Location, ...]:
    country = next(place for place in Gazetteer.shared().named(name) if place.kind == "country")
    at = text.index(words)
    return (Location(Toponym(Span(at, at + len(words)), 1.0), country, "mention", 0.9, (), "given"),)


def test_a_country_s_capital_is_the_town() -> None:
    text = "Ministers met in the Kenyan capital on Monday."
    found = capitals(text, located(text, "Kenyan", "Kenya"))[0]
    assert found.place is not None
    assert (found.place.name, found.place.kind) == ("Nairobi", "city")
    assert found.because == '"Kenyan capital" is Nairobi, the capital of Kenya.'


def test_a_capital_that_is_named_or_of_something_else_stays_as_it_was() -> None:
    for text in (
        "They met in the Kenyan capital, Nairobi.",
        "They met in the Kenyan capital Nairobi.",
        "Kenyan capital of culture",
        "They met in the Kenyan capital's outskirts.",
    ):
        before = located(text, "Kenyan", "Kenya")
        assert capitals(text, before) == before
