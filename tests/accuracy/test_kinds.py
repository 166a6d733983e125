"""How well the kinds of the labelled originals are told, sentence by sentence; floors that may only rise.

The shipped weights have seen these sentences among others: `python -m geo.claims.weighing SHARED --check` gives the
figures with each article held out in turn (protest 0.93, meeting 0.87, arms 0.94 by signs alone when these were set).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from geo.claims import kinds, weighing
from geo.model.grammar import Grammar

SHARED = Path(__file__).resolve().parents[3] / "shared"
FLOORS = {"protest": 0.93, "meeting": 0.88, "arms_flow": 0.94}


@cache
def judged() -> list[tuple[weighing.Example, dict[str, float]]]:
    found = list(weighing.originals(SHARED))
    docs = Grammar.shared().parse([one.text for one in found])
    beliefs = kinds.opinions([one.text for one in found])
    return [
        (one, kinds.scores(one.text, doc=doc, opinion=belief))
        for one, doc, belief in zip(found, docs, beliefs, strict=True)
    ]


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared with the labelled originals is not here")
@pytest.mark.parametrize("kind", list(FLOORS))
def test_kinds_of_the_originals(kind: str) -> None:
    said = [scores[kind] >= kinds.SURE for _, scores in judged()]
    true = [one.labels[kind] for one, _ in judged()]
    hit = sum(a and b for a, b in zip(said, true, strict=True))
    assert 2 * hit / (sum(said) + sum(true)) >= FLOORS[kind]
