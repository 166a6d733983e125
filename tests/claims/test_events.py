"""Which claims are of one happening."""

from __future__ import annotations

from geo.claims.claim import Claim
from geo.claims.events import counted, with_events
from tests.claims.said import article, claim, place, reading

MILL, TOWN = place("Mill", 1), place("Town", 2, admin1="Vale")
VALE = place("Vale", 3, kind="province")


def events(*claims: Claim) -> list[str]:
    return [r.claims[0].event for r in with_events([reading(c.sentence.article, c) for c in claims])]


def told(id: str, **facts: object) -> Claim:
    text = f"Teller {id} says so."
    return claim(text, of=article(text, id=id), id=f"c{id}", **facts)  # type: ignore[arg-type]


def test_same_kind_place_and_day_are_one_happening() -> None:
    a, b = events(told("a", at=MILL, day="2020-07-12"), told("b", at=MILL, day="2020-07-12"))
    assert a == b


def test_another_day_place_or_kind_is_another_happening() -> None:
    found = events(
        told("a", at=MILL, day="2020-07-12"),
        told("b", at=MILL, day="2020-07-20"),
        told("c", at=TOWN, day="2020-07-12"),
        told("d", at=MILL, day="2020-07-12", kind="protest"),
    )
    assert len(set(found)) == 4


def test_a_province_goes_with_the_one_place_in_it_on_that_day() -> None:
    a, b = events(told("a", at=TOWN, day="2020-07-12"), told("b", at=VALE, day="2020-07-12"))
    assert a == b


def test_a_year_is_too_vague_to_join_another_article() -> None:
    a, b = events(told("a", at=MILL, day="2020-07-12"), told("b", at=MILL, day="2020"))
    assert a != b


def test_claims_without_a_place_stay_by_themselves() -> None:
    a, b = events(told("a", day="2020-07-12"), told("b", day="2020-07-12"))
    assert a
    assert b
    assert a != b


def test_event_names_stay_when_articles_come_in_another_order() -> None:
    a, b = told("a", at=MILL, day="2020-07-12"), told("b", at=MILL, day="2020-07-12")
    assert events(a, b)[0] == events(b, a)[1]


def test_sources_are_counted_by_origin() -> None:
    assert counted([told("a"), told("b")]) == 0
