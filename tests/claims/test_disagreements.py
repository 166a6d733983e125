"""What the tellers of one event do not agree about."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from geo.claims.claim import Claim
from geo.claims.disagreements import counts, disagreements
from tests.claims.said import article, claim


def told(id: str, text: str, **facts: object) -> Claim:
    published = str(facts.pop("published", "2020-07-14"))
    of = article(text, id=id, published=published)
    made = claim(text, of=of, id=f"c{id}", day=facts.pop("day", None))  # type: ignore[arg-type]
    voice = replace(made.voice, stance=facts.pop("stance", "asserted"), speaker=facts.pop("speaker", None))  # type: ignore[arg-type]
    return replace(made, origin=f"o-{id}", voice=voice, **facts)


COUNTED = [
    ("About 200 protesters stood by the weir.", [("protester", 200, 200)]),
    ("Dozens of women and 13 lorries came.", [("women", 20, 120), ("lorrie", 13, 13)]),
    ("More than 1,500 people marched for three days.", [("people", 1500, 2250)]),
    ("Nine men set out on 12 May 2020.", [("men", 9, 9)]),
    ("The mill burned for two hours.", []),
]


@pytest.mark.parametrize(("text", "wanted"), COUNTED, ids=[row[0] for row in COUNTED])
def test_what_a_sentence_counts(text: str, wanted: list[tuple[str, int, int]]) -> None:
    assert [(c.of, c.least, c.most) for c in counts(text)] == wanted


def test_counts_that_cannot_both_be_right_stand_side_by_side() -> None:
    found = disagreements([told("a", "About 200 protesters came."), told("b", "Thousands of protesters came.")])
    (number,) = found
    assert (number.about, number.what) == ("number", "protester")
    assert [(side.value, side.claims) for side in number.sides] == [
        ("About 200 protesters", ("ca",)),
        ("Thousands of protesters", ("cb",)),
    ]
    assert number.because.endswith(".")


def test_counts_that_both_can_be_right_are_no_disagreement() -> None:
    assert not disagreements([told("a", "Dozens of women came."), told("b", "Some 60 women came.")])
    assert not disagreements([told("a", "Nine men came."), told("b", "Seven lorries came.")])


def test_a_denial_stands_beside_what_it_denies() -> None:
    found = disagreements([told("a", "So it was."), told("b", "No.", stance="denied", speaker="the mayor")])
    assert [(one.about, [s.value for s in one.sides]) for one in found] == [("stance", ["said to be so", "denied"])]
    assert found[0].because == "The mayor denies what others say."


def test_copies_of_one_text_do_not_contradict_each_other() -> None:
    one, other = told("a", "About 200 protesters came."), told("b", "Thousands of protesters came.")
    assert not disagreements([one, replace(other, origin=one.origin)])


def test_a_plan_told_before_is_no_contradiction() -> None:
    before = told("a", "They will meet.", planned=True, day="2020-07-20")
    after = told("b", "They met.", day="2020-07-20", published="2020-07-21")
    off = told("c", "It was called off.", planned=True, day="2020-07-20", published="2020-07-22")
    assert not disagreements([before, after])
    assert [one.about for one in disagreements([before, after, off])] == ["plan"]


def test_a_hostile_sentence_is_counted_in_no_time() -> None:
    begun = time.process_time()
    for text in ("1" * 200_000, "12 " * 70_000, "about " * 40_000, "hundred of " * 20_000):
        list(counts(text))
    assert time.process_time() - begun < 5
