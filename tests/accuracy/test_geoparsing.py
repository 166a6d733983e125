"""Floors under the geoparser, on samples of the training sets: names found, and the places they mean.

The floors lie a little under what stands today and only ever go up. The sets are not part of this project: without the
folder ``shared`` beside the repository these tests are left out. The weights saw these documents; what unseen ones give
is printed by ``python -m geo.places.training ... --folds`` and stands in the model card.
"""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from geo.model.encoder import Encoder
from geo.places.parse import parse

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLE = 12  # every so many documents one

pytestmark = pytest.mark.skipif(not (SHARED / "geoparsing").is_dir(), reason="needs ../shared/geoparsing")


def scored(corpus: str, folder: Path, *, gold_spans: bool) -> dict[str, Any]:
    """What the scorer says of a sample of one corpus."""
    lines = (SHARED / "geoparsing" / f"{corpus}.train.jsonl").read_text(encoding="utf-8").split("\n")
    sample = [line for line in lines if line.strip()][::SAMPLE]
    (folder / "gold.jsonl").write_text("\n".join(sample), encoding="utf-8")
    records = [(f"{corpus}:{n}", json.loads(line)) for n, line in enumerate(sample)]
    parsed = [json.dumps(record) for record in parse(records, gold_spans=gold_spans)]
    (folder / "parsed.jsonl").write_text("\n".join(parsed), encoding="utf-8")
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
    ("corpus", "f1", "within"), [("lgl", 0.85, 0.80), ("trnews", 0.88, 0.82), ("geowebnews", 0.75, 0.56)]
)
def test_names_are_found_and_placed_with_the_encoder(corpus: str, f1: float, within: float, tmp_path: Path) -> None:
    if Encoder.shared("places") is None:
        pytest.skip("the encoder's weights are not here")
    out = scored(corpus, tmp_path, gold_spans=False)
    assert out["detection"]["f1"] >= f1
    assert out["end_to_end"]["within_161"] >= within


@pytest.mark.parametrize(("corpus", "f1"), [("lgl", 0.70), ("trnews", 0.80), ("geowebnews", 0.68)])
def test_names_are_found_without_the_encoder_too(
    corpus: str, f1: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Encoder, "shared", staticmethod(lambda *_: None))
    assert scored(corpus, tmp_path, gold_spans=False)["detection"]["f1"] >= f1
