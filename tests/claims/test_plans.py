"""Whether what a sentence names is still to come or was put off, on sentences of our own (plans.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from geo.claims.plans import planned
from geo.model.grammar import Grammar
from geo.text.span import Span

SENTENCES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("plans.toml").read_text("utf-8"))["sentence"]


def told(text: str, words: list[str], kind: str = "meeting") -> bool:
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return planned(Grammar.shared().parse([text])[0], spans, kind)


@pytest.mark.parametrize("row", SENTENCES, ids=[row["text"][:60] for row in SENTENCES])
def test_what_is_to_come_or_was_put_off_is_told_from_what_happened(row: dict[str, Any]) -> None:
    assert told(row["text"], row["words"], row["kind"]) is row["ahead"]


def test_of_two_told_side_by_side_the_one_that_happened_is_the_event() -> None:
    assert not told("The envoy met the king and will meet the queen.", ["met", "meet"])


def test_what_the_main_clause_plans_beats_what_a_clause_within_it_tells() -> None:
    assert told("Farmers, who marched in May, plan a rally in June.", ["marched", "rally"], "protest")


@pytest.mark.parametrize(
    "text",
    [
        "Rounds meant for the rebels were found in Mocha.",
        "The clan offered rifles to the town.",
        "Troops foiled a shipment.",
    ],
)
def test_words_that_tell_something_else_of_a_delivery_put_it_in_no_future(text: str) -> None:
    words = [word for word in ("Rounds", "rifles", "sale") if word in text]
    assert not told(text, words, "arms_flow")


def test_no_words_and_odd_spans_plan_nothing() -> None:
    assert not told("", [])
    assert not planned(Grammar.shared().parse(["A rally."])[0], [Span(40, 44)], "protest")
