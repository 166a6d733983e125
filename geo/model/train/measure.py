"""Figures of a model folder on examples it has not seen, through the same calls the atlas uses."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.model.decode import probabilities
from geo.model.encoder import KINDS, Encoder
from geo.model.train.data import GEOPARSING, UNLABELLED, Example, Floats


def f1(hit: int, extra: int, missed: int) -> dict[str, float]:
    """Precision, recall and F1 from counts."""
    precision, recall = hit / max(1, hit + extra), hit / max(1, hit + missed)
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4), "gold": hit + missed}


def spans(encoder: Encoder, documents: Sequence[Example]) -> dict[str, Any]:
    """Exact spans by corpus and pooled, demonyms left out on both sides as in the project's scorer; speed."""
    began = time.perf_counter()
    found = encoder.toponyms([d.text for d in documents])
    took = time.perf_counter() - began
    count = {source: [0, 0, 0] for source in (*GEOPARSING, "pooled")}
    for example, tagged in zip(documents, found, strict=True):
        gold = {(n["start"], n["end"]): n["demonym"] for n in example.gold}
        want = {s for s, demonym in gold.items() if not demonym}
        got = {(n.start, n.end) for n in tagged if not n.demonym}
        for source in (example.source, "pooled"):
            count[source][0] += len(got & want)
            count[source][1] += len(got - gold.keys())
            count[source][2] += len(want - got)
    out: dict[str, Any] = {source: f1(*c) for source, c in count.items() if sum(c)}
    out["documents"], out["documents_per_second"] = len(documents), round(len(documents) / took, 1)
    return out


def reading(encoder: Encoder, examples: Sequence[Example]) -> dict[str, Any]:
    """Accuracy of the reading of the labelled names, by source; also by corpus for GeoWebNews' own classes."""
    count: dict[str, list[int]] = {}
    for example, (_, logits, _) in zip(examples, encoder.read([e.pieces for e in examples]), strict=True):
        for where, label in labelled(example):
            right = (float(logits[where].mean()) > 0) == (label > 0.5)
            tally = count.setdefault(example.source, [0, 0])
            tally[0] += right
            tally[1] += 1
    return {source: {"accuracy": round(a / b, 4), "gold": b} for source, (a, b) in count.items()}


def labelled(example: Example) -> list[tuple[npt.NDArray[np.int64], float]]:
    """The word beginnings of each name whose reading is known, with that reading."""
    known = np.flatnonzero(example.reading_weight > 0)
    out = []
    for name in example.gold:
        cut = example.pieces
        where = known[(cut.starts[known] >= name["start"]) & (cut.starts[known] < name["end"])]
        if len(where):
            out.append((where, float(example.reading[where[0]])))
    return out


def kinds(encoder: Encoder, examples: Sequence[Example], threshold: float = 0.5) -> dict[str, Any]:
    """F1 of each kind at a threshold on the calibrated probability, over the sentences whose weight is whole."""
    scores = encoder.kinds([e.text for e in examples])
    out = {}
    for k, kind in enumerate(KINDS):
        judged = [(e, s) for e, s in zip(examples, scores, strict=True) if e.kinds_weight[k] == 1]
        use = [(bool(e.kinds[k] > 0.5), bool(s[kind] >= threshold)) for e, s in judged]
        hit = sum(want and got for want, got in use)
        out[kind] = f1(hit, sum(got for _, got in use) - hit, sum(want for want, _ in use) - hit)
    return out


def calibration(encoder: Encoder, documents: Sequence[Example], sentences: Sequence[Example]) -> dict[str, Any]:
    """Temperatures or, per kind, scale and shift (Platt), by the likelihood of what was held back."""
    raw = encoder.read([e.pieces for e in sentences])
    heads = encoder.card["heads"]
    out: dict[str, Any] = {}
    if "kinds" in heads:
        out["calibration"] = {kind: _platt(*_beliefs(k, raw, sentences)) for k, kind in enumerate(KINDS)}
    if "tags" in heads:
        read = [(float(r[1][w].mean()), y) for e, r in zip(sentences, raw, strict=True) for w, y in labelled(e)]
        x, y = np.array(read, np.float64).T
        reading = min(np.arange(0.5, 6.05, 0.1), key=lambda t: _loss(x / t, y))
        out["temperature"] = {"tags": _sharpness(encoder, documents), "reading": round(float(reading), 2)}
    return out


def _beliefs(
    k: int, raw: Sequence[tuple[Floats, Floats, Floats]], sentences: Sequence[Example]
) -> npt.NDArray[np.float64]:
    """Scores and labels of one kind, of the sentences whose weight is whole."""
    rows = [(r[2][k], e.kinds[k]) for e, r in zip(sentences, raw, strict=True) if e.kinds_weight[k] == 1]
    return np.array(rows, np.float64).T


def _sharpness(encoder: Encoder, documents: Sequence[Example]) -> float:
    """The temperature at which the tags of the documents are likeliest."""
    seen = encoder.read([d.pieces for d in documents])
    logits = np.concatenate([r[0][d.tags != UNLABELLED] for d, r in zip(documents, seen, strict=True)])
    gold = np.concatenate([d.tags[d.tags != UNLABELLED] for d in documents])
    rows = np.arange(len(gold))
    surprise = lambda t: float(-np.log(probabilities(logits / t)[rows, gold] + 1e-9).mean())  # noqa: E731
    return round(float(min(np.arange(0.5, 4.05, 0.1), key=surprise)), 2)


def _loss(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> float:
    return float(np.mean(np.logaddexp(0, x) - y * x))


def _platt(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> dict[str, float]:
    """The scale and shift of the scores with the least loss (a grid: two numbers need no library)."""
    grid = [(a, b) for a in np.arange(0.2, 2.05, 0.1) for b in np.arange(-4, 4.05, 0.2)]
    scale, shift = min(grid, key=lambda ab: _loss(ab[0] * x + ab[1], y))
    return {"scale": round(float(scale), 2), "shift": round(float(shift), 2)}
