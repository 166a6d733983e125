"""Places that claims take from the sentences before."""

from __future__ import annotations

from dataclasses import replace

from geo.claims.inherit import inherited
from tests.claims.said import article, claim, place

FIRST, BACK, OTHER = "The ministers met in the town.", "The meeting lasted nine hours.", "Ministers like to meet."
WHOLE = article(FIRST, BACK, OTHER)


def test_a_sentence_that_refers_back_inherits_the_place_with_a_reason() -> None:
    done = inherited(WHOLE, [claim(FIRST, of=WHOLE, at=place()), claim(BACK, of=WHOLE, id="c2")])
    assert [loc.place.name for loc in done[1].locations if loc.place] == ["Sampleton"]
    assert '"The meeting" refers back' in done[1].locations[0].role_because


def test_a_sentence_that_does_not_refer_back_inherits_nothing() -> None:
    done = inherited(WHOLE, [claim(FIRST, of=WHOLE, at=place()), claim(OTHER, of=WHOLE, id="c2")])
    assert done[1].locations == ()


def test_what_passes_from_hand_to_hand_inherits_nothing() -> None:
    one, two = claim(FIRST, of=WHOLE, at=place(), kind="arms_flow"), claim(BACK, of=WHOLE, id="c2", kind="arms_flow")
    assert inherited(WHOLE, [one, two])[1].locations == ()


def test_days_that_exclude_each_other_inherit_nothing() -> None:
    one = claim(FIRST, of=WHOLE, at=place(), day="2020-07-01")
    two = claim(BACK, of=WHOLE, id="c2", day="2020-07-12")
    assert inherited(WHOLE, [one, two])[1].locations == ()


def test_another_kind_inherits_nothing() -> None:
    one, two = claim(FIRST, of=WHOLE, at=place(), kind="protest"), claim(BACK, of=WHOLE, id="c2")
    assert inherited(WHOLE, [one, replace(two, kind="meeting")])[1].locations == ()
