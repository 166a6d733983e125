"""Which claims are of one happening."""

from __future__ import annotations

import time

from geo.claims.claim import Claim
from geo.claims.events import counted, with_events
from tests.bench_events import made
from tests.claims.said import article, claim, place, reading

MILL, TOWN = place("Mill", 1), place("Town", 2, admin1="Vale")
VALE = place("Vale", 3, kind="province")


def events(*claims: Claim) -> list[str]:
    return [r.claims[0].event for r in with_events([reading(c.sentence.article, c) for c in claims])]


WORDS = {"a": "Millers stood by the weir.", "b": "Some bakers came too.", "c": "Cold soup.", "d": "Old songs were sung."}


def told(id: str, text: str = "", **facts: object) -> Claim:
    """A claim in the article ``id``; in words of its own when none are given."""
    text = text or WORDS[id]
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


LOCK = "Deacon Brandt laid the keys of the Kestrel lock before nine hundred millers."
KEYS = "Before nine hundred millers the keys of the Kestrel lock were laid, by Deacon Brandt."


def test_the_same_rare_words_are_one_happening_where_neither_names_a_place() -> None:
    a, b = events(told("a", LOCK, day="2020-07-12"), told("b", KEYS))
    assert a == b


def test_the_same_words_on_other_days_or_at_other_places_are_other_happenings() -> None:
    found = events(
        told("a", LOCK, day="2020-07-12"),
        told("b", KEYS, day="2020-05-12"),
        told("c", LOCK, at=MILL, day="2020-07-02"),
        told("d", KEYS, at=TOWN, day="2020-07-02"),
    )
    assert len(set(found)) == 4


def test_a_day_that_differs_by_one_is_kept_as_a_disagreement() -> None:
    first, second = told("a", LOCK, day="2020-07-12", at=MILL), told("b", KEYS, day="2020-07-13", at=MILL)
    one, other = (r.claims[0] for r in with_events([reading(c.sentence.article, c) for c in (first, second)]))
    assert one.event == other.event
    assert one.disagreements == other.disagreements
    (days,) = one.disagreements
    assert (days.about, [side.value for side in days.sides]) == ("date", ["2020-07-12", "2020-07-13"])


def test_the_work_grows_with_the_number_of_claims() -> None:
    def spent(sentences: int) -> float:
        readings = made(sentences)
        begun = time.process_time()
        with_events(readings)
        return time.process_time() - begun

    spent(200)
    assert spent(8000) < 40 * max(spent(800), 0.05)
