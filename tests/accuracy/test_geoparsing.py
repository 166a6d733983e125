"""Floors under the geoparser, on samples of the training sets: names found, and the places they mean.

The floors lie a little under what stands today and only ever go up. The sets are not part of this project: without the
folder ``shared`` beside the repository these tests are left out. The shipped weights saw these documents. What the
encoder of a fold says of documents that it did not see is kept in ``unseen_taggings.parquet`` and has floors of its own;
all of them are in the tables of the model card, by ``python -m tests.crossed``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from geo.model.encoder import Encoder
from geo.places.homes import publisher_of
from geo.places.parse import parse
from geo.places.parse import record as written
from geo.places.resolve import resolve
from geo.places.toponyms import toponyms_of
from tests import kept_taggings
from tests.corpora import records

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLE = 12  # every so many documents one

pytestmark = pytest.mark.skipif(not (SHARED / "geoparsing").is_dir(), reason="needs ../shared/geoparsing")


def scored(corpus: str, folder: Path, *, gold_spans: bool) -> dict[str, Any]:
    """What the scorer says of a sample of one corpus."""
    sample = list(records(SHARED / "geoparsing", [corpus]))[::SAMPLE]
    numbered = [(f"{corpus}:{n}", record) for n, record in enumerate(sample)]
    return compared(sample, list(parse(numbered, gold_spans=gold_spans)), folder, gold_spans=gold_spans)


def compared(
    gold: Sequence[dict[str, Any]], parsed: Sequence[dict[str, Any]], folder: Path, *, gold_spans: bool
) -> dict[str, Any]:
    """What the scorer says of documents and of what was found in them."""
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    (folder / "parsed.jsonl").write_text("\n".join(map(json.dumps, parsed)), encoding="utf-8")
    spec = spec_from_file_location("score_geoparsing", SHARED / "tools" / "score_geoparsing.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out: dict[str, Any] = scorer.main(str(folder / "gold.jsonl"), str(folder / "parsed.jsonl"), gold_spans=gold_spans)
    return out


@pytest.mark.parametrize(
    ("corpus", "within", "exact"), [("lgl", 0.93, 0.90), ("trnews", 0.95, 0.92), ("geowebnews", 0.85, 0.76)]
)
def test_given_names_are_placed(corpus: str, within: float, exact: float, tmp_path: Path) -> None:
    out = scored(corpus, tmp_path, gold_spans=True)
    assert out["end_to_end"]["within_161"] >= within
    assert out["end_to_end"]["exact_id"] >= exact


@pytest.mark.parametrize(
    ("corpus", "f1", "within"), [("lgl", 0.91, 0.90), ("trnews", 0.945, 0.915), ("geowebnews", 0.885, 0.77)]
)
def test_names_are_found_and_placed_with_the_encoder(corpus: str, f1: float, within: float, tmp_path: Path) -> None:
    if Encoder.shared("places") is None:
        pytest.skip("the encoder's weights are not here")
    out = scored(corpus, tmp_path, gold_spans=False)
    assert out["detection"]["f1"] >= f1
    assert out["end_to_end"]["within_161"] >= within


@pytest.mark.parametrize(
    ("corpus", "f1", "within"), [("lgl", 0.87, 0.88), ("trnews", 0.895, 0.87), ("geowebnews", 0.82, 0.74)]
)
def test_names_are_found_where_the_encoder_never_was(corpus: str, f1: float, within: float, tmp_path: Path) -> None:
    told = kept_taggings.read()
    every = records(SHARED / "geoparsing", [corpus])
    gold = [record for record in every if kept_taggings.digest(record["text"]) in told]
    assert len(gold) >= 15
    texts = [record["text"] for record in gold]
    taggings = [told[kept_taggings.digest(text)] for text in texts]
    parsed = []
    for one, names in zip(gold, toponyms_of(texts, taggings=taggings), strict=True):
        places = resolve(one["text"], names, publisher=publisher_of(one), approximate=True)
        parsed.append({"id": one["id"], "toponyms": [written(one["text"], place) for place in places]})
    out = compared(gold, parsed, tmp_path, gold_spans=False)
    assert out["detection"]["f1"] >= f1
    assert out["end_to_end"]["within_161"] >= within


@pytest.mark.parametrize(("corpus", "f1"), [("lgl", 0.77), ("trnews", 0.89), ("geowebnews", 0.75)])
def test_names_are_found_without_the_encoder_too(
    corpus: str, f1: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Encoder, "shared", staticmethod(lambda *_: None))
    assert scored(corpus, tmp_path, gold_spans=False)["detection"]["f1"] >= f1
