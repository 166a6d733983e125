"""Learn the weights of spotting.py: python -m geo.places.spotting_training TRAIN.jsonl ... --encoders DIR [--folds]

The files are those of training.py; DIR is what ``geo.model.train places --folds`` wrote. Of each document the encoder is
asked that was trained without it, for of what it has seen it is surer than it will ever be again. ``--folds`` prints
cross-validation by document and writes nothing. No chance is involved.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo.model import train
from geo.model.encoder import Encoder, Tagging
from geo.model.grammar import Grammar
from geo.model.train.data import fold
from geo.places.gazetteer import Gazetteer
from geo.places.spots import Spot, spots
from geo.places.spotting import FEATURES, FILE, Finders, findings, weighed
from geo.places.toponyms import chosen

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLDS = 5
EXPECTED = {
    "told": (2.0, 100.0), "linked": (2.5, 100.0), "dateline": (3.0, 100.0), "ends_small": (-4.0, 100.0),
    "known_after": (2.5, 100.0),
}  # fmt: skip
"""What we know before any data, and how many names it is worth: the training sets have few districts, few names with
hyphens of other languages, few datelines, and few towns of most countries; and "province" in small letters tells the
kind, it is no part of the name."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document: its spots, their signs, which of them are gold, and all golds and demonyms."""

    text: str
    spots: list[Spot]
    signs: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]
    golds: frozenset[tuple[int, int]]
    folks: frozenset[tuple[int, int]]


def page(record: dict[str, Any], doc: Doc | None, tagging: Tagging | None, gazetteer: Gazetteer) -> Page:
    text = record["text"]
    seen = findings(text, doc, tagging, gazetteer)
    found = spots(text, gazetteer, seen.names)
    marks = {(t["start"], t["end"]): bool(t.get("demonym")) for t in record["toponyms"]}
    golds = frozenset(at for at, folk in marks.items() if not folk)
    right = np.array([(s.span.start, s.span.end) in golds for s in found], dtype=float)
    return Page(text, found, weighed(text, found, seen), right, golds, frozenset(marks) - golds)


def fit(pages: Sequence[Page]) -> npt.NDArray[np.float64]:
    """Logistic regression, ridge towards ``EXPECTED``."""
    x = np.vstack([p.signs for p in pages if p.spots])
    y = np.concatenate([p.right for p in pages if p.spots])
    expected = np.array([EXPECTED.get(name, (0.0, 1.0))[0] for name in FEATURES])
    ridge = np.array([EXPECTED.get(name, (0.0, 1.0))[1] for name in FEATURES])
    w = expected
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - ridge * (w - expected)
        w = w + np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
    return w


def counts(one: Page, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Names found right, found wrong, and missed."""
    chance = 1 / (1 + np.exp(-one.signs @ weights))
    names = chosen(one.text, [(s.span, float(p)) for s, p in zip(one.spots, chance, strict=True)], "")
    found = {(t.span.start, t.span.end) for t in names}
    return np.array([len(found & one.golds), len(found - one.golds - one.folks), len(one.golds - found)])


def report(finders: str, pages: Sequence[Page]) -> str:
    """Precision, recall and F1 in cross-validation by document."""
    total = np.zeros(3, dtype=np.int64)
    for left in range(FOLDS):
        weights = fit([p for i, p in enumerate(pages) if i % FOLDS != left])
        total += sum(counts(p, weights) for p in pages[left::FOLDS])
    right, wrong, missed = (int(n) for n in total)
    precision, recall = right / (right + wrong), right / (right + missed)
    f1 = 2 * precision * recall / (precision + recall)
    return f"{finders:8} {len(pages):4} documents  P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  names {right + missed}"


def main(argv: Sequence[str]) -> int:
    args = argparse.ArgumentParser(prog="python -m geo.places.spotting_training", description="Learn to spot names.")
    args.add_argument("files", nargs="+", type=Path, metavar="TRAIN.jsonl")
    args.add_argument("--encoders", required=True, type=Path, help="the folder of geo.model.train places --folds")
    args.add_argument("--folds", action="store_true", help="cross-validate and write nothing")
    asked = args.parse_args(argv)
    lines = [line for path in asked.files for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    records = [json.loads(line) for line in lines]
    tables = {}
    for finders, pages in _lessons(records, asked.encoders).items():
        if asked.folds:
            print(report(finders, pages), flush=True)
        else:
            tables[finders] = fit(pages)
    if tables:
        FILE.write_text(_written(tables), encoding="utf-8")
    return 0


def _lessons(records: Sequence[dict[str, Any]], encoders: Path) -> dict[Finders, list[Page]]:
    """The pages of each combination of finders."""
    gazetteer = Gazetteer.shared()
    texts = [record["text"] for record in records]
    docs, tagged = Grammar.shared().parse(texts), unseen(texts, encoders)
    rows = list(zip(records, docs, tagged, strict=True))
    return {
        "grammar": [page(record, doc, None, gazetteer) for record, doc, _ in rows],
        "encoder": [page(record, None, names, gazetteer) for record, _, names in rows],
        "both": [page(record, doc, names, gazetteer) for record, doc, names in rows],
    }


def parts(texts: Sequence[str]) -> list[str]:
    """Which of the encoder's folds each text belongs to: the name of the folder of the weights that never saw it."""
    recipe = tomllib.loads(Path(train.__file__).with_name("places.toml").read_text(encoding="utf-8"))
    return [str(fold(text, FOLDS, recipe["seed"])) for text in texts]


def unseen(texts: Sequence[str], encoders: Path, names: Sequence[str] | None = None) -> list[Tagging]:
    """What is said of each text by the encoder that was trained without it; ``names`` are the folders of its weights."""
    names = names or parts(texts)
    found: dict[int, Tagging] = {}
    for name in sorted(set(names)):
        mine = [i for i, part in enumerate(names) if part == name]
        taggings = Encoder.open(encoders / name).taggings([texts[i] for i in mine])
        found.update(zip(mine, taggings, strict=True))
    return [found[i] for i in range(len(texts))]


def _written(tables: dict[Finders, npt.NDArray[np.float64]]) -> str:
    lines = [
        "# Weights of spotting.py: how much each sign speaks for a place name (log odds).",
        "# Learned by geo/places/spotting_training.py on the three geoparsing training sets; of each document that",
        "# encoder was asked which was trained without it. The same command gives the same numbers.",
    ]
    for finders, weights in tables.items():
        lines += ["", f"[{finders}]", *(f"{name} = {w:.4f}" for name, w in zip(FEATURES, weights, strict=True))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
