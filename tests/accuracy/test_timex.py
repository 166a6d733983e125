"""How well time expressions are found and valued on labelled news; floors that may only rise."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from geo.claims.timex import expressions

NEWS = Path(__file__).resolve().parents[3] / "shared" / "claims" / "timex_aquaint.train.jsonl"
SPANS, VALUES = 0.88, 0.855  # strict F1 of the spans; share of the found with the very value. 0.885 and 0.857 when set


@pytest.mark.skipif(not NEWS.is_file(), reason="../shared with the labelled news is not here")
def test_time_expressions_are_found_and_valued() -> None:
    hit = said = true = valued = 0
    for row in map(json.loads, NEWS.read_text(encoding="utf-8").splitlines()):
        gold = {(one["start"], one["end"]): one["value"] for one in row["timex"]}
        found = {
            (one.span.start, one.span.end): one.value
            for one in expressions(row["text"], date.fromisoformat(row["dct"][:10]))
        }
        hit += len(gold.keys() & found.keys())
        said, true = said + len(found), true + len(gold)
        valued += sum(gold[span] == found[span] for span in gold.keys() & found.keys())
    assert 2 * hit / (said + true) >= SPANS
    assert valued / hit >= VALUES
