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
    "protest": {"briefs": 0.86, "made-up pages": 0.94, "original articles": 0.99, "training sentences": 0.8},
    "meeting": {"briefs": 0.84, "made-up pages": 0.95, "original articles": 0.96, "training sentences": 0.96},
    "arms_flow": {"briefs": 0.9, "made-up pages": 0.9, "original articles": 0.94, "training sentences": 0.76},
}
"""Set anew on 22 November 2026: eight pages that no rule had been written on joined the made-up ones (protest had been
0.585 there), and the fit no longer leaves out the sentences before the first claim of an article. Of the training
sentences only those count that the encoder has not read, 15 to 24 claims of a kind."""


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
