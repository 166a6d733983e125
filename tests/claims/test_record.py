"""The JSON that ``python -m geo claims`` writes, and articles read from end to end."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.claims.extract import read_article
from geo.claims.record import to_record
from geo.places.place import Location, Toponym
from geo.text.article import Article
from geo.text.period import Period
from geo.text.span import Span
from tests.claims.said import article, claim, place, reading

CLAIM = {
    "start",
    "end",
    "kind",
    "stance",
    "speaker",
    "cue",
    "planned",
    "score",
    "because",
    "origin",
    "event",
    "place",
    "event_date",
}
MENTION = {"start", "end", "phrase", "geonameid", "lat", "lon", "kind", "role", "score", "because"}
HOSTILE = 'They met in Geneva on Monday. {{7*7}} {% raw %} ${1} `x` \\x3c <img src=x onerror=y> \u202e\x00\ud800 “ ” " ('


def test_a_record_has_exactly_the_fields_of_the_command() -> None:
    record = to_record(reading(article("They met."), claim(at=place(), day="2020-07-12")))
    assert set(record) == {"id", "published", "sentences", "mentions", "claims"}
    assert set(record["claims"][0]) == CLAIM
    assert set(record["claims"][0]["place"]) == {"geonameid", "name", "kind", "lat", "lon", "role", "pin"}
    assert set(record["claims"][0]["event_date"]) == {"first", "last", "because"}


def test_unknown_is_null() -> None:
    record = to_record(reading(article("They met."), claim()))["claims"][0]
    assert record["place"] is None
    assert record["event_date"] is None


def test_a_place_of_our_own_table_has_no_geonames_id() -> None:
    assert to_record(reading(article("They met."), claim(at=place(id=-7))))["claims"][0]["place"]["geonameid"] is None


def test_two_marked_places_give_two_objects_and_the_same_place_twice_gives_one() -> None:
    one = claim(at=place(id=1))
    other = Location(Toponym(Span(0, 4), 1.0), place("Otherton", 2), "happened_at", 1.0, (), "given")
    both = replace(one, locations=(*one.locations, other, *one.locations))
    assert [c["place"]["geonameid"] for c in to_record(reading(article("They met."), both))["claims"]] == [1, 2]


def test_a_country_is_shown_without_a_marker() -> None:
    record = to_record(reading(article("They met."), claim(at=place(kind="country"))))["claims"][0]
    assert record["place"]["pin"] is False


def test_an_article_is_read_from_end_to_end() -> None:
    text = (
        "Hundreds of nurses marched through Nairobi on Monday to demand better pay.\n\n"
        '"We will not go home," said Grace Otieno, one of the nurses.\n\n'
        "The protest ended in the evening.\n"
    )
    done = read_article(Article("nurses", "Nurses march in Nairobi", text, Period.iso("2020-07-14", "given")))
    record = to_record(done)
    json.dumps(record)
    first = record["claims"][0]
    assert (first["kind"], first["stance"], first["place"]["name"], first["place"]["pin"]) == (
        "protest",
        "asserted",
        "Nairobi",
        True,
    )
    assert all(set(m) == MENTION for m in record["mentions"])
    later = [c for c in record["claims"] if c["start"] > 100 and c["kind"] == "protest"]
    assert all(c["place"] is None or c["place"]["name"] == "Nairobi" for c in later)


@pytest.mark.parametrize(
    "text", [HOSTILE, "", " \n ", "“" * 300, '"' * 301 + " said he.", "he said " * 400], ids=range(6)
)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    done = read_article(Article("hostile", "{{7*7}}", text, Period.unknown("not said")))
    assert done.article.text == text
    for one in done.claims:
        assert one.sentence.span.end <= len(text)


def test_reading_the_same_article_twice_gives_the_same() -> None:
    whole = article("The ministers met in Geneva on Tuesday.", "They agreed to meet again, a spokesman said.")
    assert to_record(read_article(whole)) == to_record(read_article(whole))
