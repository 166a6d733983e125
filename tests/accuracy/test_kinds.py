"""How well the kinds of the labelled originals are told, sentence by sentence; floors that may only rise.

The shipped weights have seen these sentences among others. ``docs/kinds.json`` has the figures with each article held out
in turn; `python -m geo.claims.weighing SHARED tests/gold/elsewhere tests/gold/further --report=docs/kinds.json` makes it.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from geo.claims import kinds, labelled
from geo.model.grammar import Grammar

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = {"protest": 0.98, "meeting": 0.95, "arms_flow": 0.94}
HELD_OUT = {
    "protest": {"briefs": 0.87, "made-up pages": 0.9, "original articles": 0.99, "training sentences": 0.81},
    "meeting": {"briefs": 0.85, "made-up pages": 0.93, "original articles": 0.93, "training sentences": 0.92},
    "arms_flow": {"briefs": 0.91, "made-up pages": 0.92, "original articles": 0.94, "training sentences": 0.81},
}
"""Set anew on 22 November 2026: twelve harder pages, read once before, joined the made-up ones (681 sentences to 1,059;
on these the weights of before had 0.86, 0.93 and 0.90 there). Seven figures rose or stayed; meetings lost a claim in the
originals (29 claims) and one in the training sentences, of which only those count that the encoder has not read (15)."""


@cache
def judged() -> list[tuple[labelled.Example, frozenset[str]]]:
    out = []
    for _, article in groupby(labelled.originals(SHARED), key=lambda one: one.part):
        found = list(article)
        docs = Grammar.shared().parse([one.text for one in found])
        for one, said in zip(found, kinds.judge_all(docs), strict=True):
            out.append((one, frozenset(judgement.kind for judgement in said)))
    return out


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared with the labelled originals is not here")
@pytest.mark.parametrize("kind", list(FLOORS))
def test_kinds_of_the_originals(kind: str) -> None:
    said = [kind in found for _, found in judged()]
    true = [one.labels[kind] for one, _ in judged()]
    hit = sum(a and b for a, b in zip(said, true, strict=True))
    assert 2 * hit / (sum(said) + sum(true)) >= FLOORS[kind]


@pytest.mark.parametrize("kind", list(HELD_OUT))
def test_figures_with_each_article_held_out(kind: str) -> None:
    """What the method page shows was measured with the articles held out, and does not fall."""
    sets = json.loads((ROOT / "docs" / "kinds.json").read_text(encoding="utf-8"))[kind]["sets"]
    for name, floor in HELD_OUT[kind].items():
        assert sets[f"{name}, signs and encoder"]["F1"] >= floor, name
