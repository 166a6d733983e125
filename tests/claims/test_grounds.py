"""Where a verb's event happened, in exact words; the sentences are our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.claims.grounds import candidates, grounds, trimmed
from geo.model.grammar import Grammar
from geo.places.toponyms import toponyms
from geo.text.span import Span

SET = Path(__file__).resolve().parents[3] / "shared" / "claims" / "event_location.train.jsonl"

HAPPENED = [
    ("marched", "Thousands of nurses marched in Mombasa on Monday.", ["Mombasa"]),
    ("demonstrated", "Teachers demonstrated in Lima and Arequipa on Friday.", ["Lima", "Arequipa"]),
    ("captured", "The rebels captured the village of Al-Kharzan in the north.", ["Al-Kharzan"]),
    ("said", "He said that the price of bread would rise.", []),
]  # fmt: skip


def found(verb: str, text: str) -> list[str]:
    doc = Grammar.shared().parse([text])[0]
    token = next(t for t in doc if t.text == verb)
    return [name.text for name in grounds(token, toponyms(text, grammar_doc=doc))]


@pytest.mark.parametrize(("verb", "text", "wanted"), HAPPENED, ids=[row[1] for row in HAPPENED])
def test_where_it_happened(verb: str, text: str, wanted: list[str]) -> None:
    assert found(verb, text) == wanted


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        ("in Sampleton township today", "Sampleton township", "Sampleton"),
        ("in south Vale", "south Vale", "Vale"),
        ("in South Vale", "South Vale", "South Vale"),
        ("at “Mill Hill”,", "“Mill Hill”", "Mill Hill"),
        ("in al-Marja", "al-Marja", "al-Marja"),
    ],
)
def test_a_name_is_cut_to_the_name(text: str, name: str, kept: str) -> None:
    at = text.index(name)
    assert trimmed(text, Span(at, at + len(name))).of(text) == kept


def test_a_school_or_a_crossroads_is_a_candidate_though_no_toponym() -> None:
    text = "They gathered at the Saint Brandan Grammar School near Three Ways Cross."
    names = [name.text for name in candidates(Grammar.shared().parse([text])[0], ())]
    assert "Saint Brandan Grammar School" in names
    assert "Three Ways Cross" in names


def test_hostile_text_has_no_ground_and_no_crash() -> None:
    text = "Shots rang out in \u202e\x00 {{7*7}} “’” -al-al- " + "Al-" * 300
    doc = Grammar.shared().parse([text])[0]
    for token in list(doc)[:3]:
        grounds(token, ())


@pytest.mark.skipif(not SET.exists(), reason="needs ../shared/claims")
def test_floors_on_a_sample_of_the_held_back_fifth() -> None:
    from geo.claims.ground_training import broken, examples, held_back, measure
    from geo.claims.grounds import learned

    items = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines() if line.strip()]
    sample = [item for item in items if held_back(item) and not broken(item)][::3]
    data, weights = list(examples(sample)), dict(learned())
    assert measure(data, weights, 0.02, lambda item: bool(item["locations"]))[2] >= PLACED
    assert measure(data, weights, None, lambda item: True)[2] >= IF_ANY


PLACED, IF_ANY = 0.75, 0.6
"""F1 of exact spans: in sentences that have a place, and in all."""
