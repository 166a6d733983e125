"""Learn where verbs happen: ``python -m geo.claims.ground_training event_location.train.jsonl [--write]``.

One line of the file is {"id", "text", "verb": [{start, end}], "locations": [{start, end}]}. Four fifths (by a hash of the
id) train, a fifth measures, exact spans. A sixth of the
set's spans are broken (empty, or cut in the middle of a word, where offsets counted words and not characters); sentences
that have one are not trained on, and the figures are given without and with them. Nothing here is needed at run time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from geo.claims.grounds import all_signs, candidates, chosen
from geo.claims.readings import Name
from geo.model.grammar import Grammar
from geo.places.toponyms import toponyms_of

Example = tuple[dict[str, Any], list[Name], list[set[str]]]
BATCH = 200
Figures = tuple[float, float, float]


def examples(items: list[dict[str, Any]]) -> Iterator[Example]:
    """Every item with its candidates and their signs; items whose verb is no token are left out."""
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        docs = Grammar.shared().parse([item["text"] for item in batch])
        for item, doc, told in zip(batch, docs, toponyms_of([i["text"] for i in batch], grammar_docs=docs), strict=True):
            at = item["verb"][0]["start"] if item["verb"] else -1
            verb = next((t for t in doc if t.idx <= at < t.idx + len(t)), None)
            names = candidates(doc, told) if verb is not None else []
            yield item, names, [all_signs(verb, name, names) for name in names] if verb is not None else []


def true_spans(item: dict[str, Any]) -> set[tuple[int, int]]:
    """The gold spans without blanks around them."""
    out = set()
    for place in item["locations"]:
        words = item["text"][place["start"] : place["end"]]
        start = place["start"] + len(words) - len(words.lstrip())
        if words.strip():
            out.add((start, start + len(words.strip())))
    return out


def held_back(item: dict[str, Any]) -> bool:
    return int(hashlib.sha256(str(item["id"]).encode()).hexdigest(), 16) % 5 == 0


def broken(item: dict[str, Any]) -> bool:
    """Whether a gold span is empty or begins or ends within a word."""
    text = item["text"]
    for place in item["locations"]:
        start, end = place["start"], place["end"]
        if not text[start:end].strip():
            return True
        cut = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        if cut or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum()):
            return True
    return False


def fit(data: list[Example], rounds: int = 400, rate: float = 0.5, decay: float = 1e-4) -> dict[str, float]:
    """Logistic regression by gradient steps; deterministic."""
    names = sorted({s for _, _, rows in data for row in rows for s in row})
    index = {s: i for i, s in enumerate(names)}
    x = np.zeros((sum(len(rows) for _, _, rows in data), len(names)), dtype=np.float32)
    y = np.zeros(len(x), dtype=np.float32)
    at = 0
    for item, found, rows in data:
        gold = true_spans(item)
        for name, row in zip(found, rows, strict=True):
            x[at, [index[s] for s in row]] = 1
            y[at] = (name.span.start, name.span.end) in gold
            at += 1
    w = np.zeros(len(names), dtype=np.float64)
    step = np.zeros(len(names))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) / len(y) + decay * w
        step = 0.9 * step + gradient
        w -= rate * step
    return {s: round(float(v), 3) for s, v in zip(names, w, strict=True) if abs(v) >= 0.01}


def measure(data: list[Example], weights: dict[str, float], least: float | None, of: Callable[[Any], bool]) -> Figures:
    """Precision, recall and F1 of exact spans over the items that are ``of`` a sort."""
    hit = said = true = 0
    for item, names, rows in data:
        if not of(item):
            continue
        beliefs = [1 / (1 + np.exp(-sum(weights.get(sign, 0.0) for sign in row))) for row in rows]
        got = {(n.span.start, n.span.end) for n in chosen(list(zip(beliefs, names, strict=True)), least)}
        gold = true_spans(item)
        hit, said, true = hit + len(gold & got), said + len(got), true + len(gold)
    precision, recall = hit / max(said, 1), hit / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def figures(test: list[Example], weights: dict[str, float]) -> dict[str, Figures]:
    """By what is asked: where among sentences that have a place, where if anywhere, and with the broken labels too."""
    return {
        "which place, in sentences that name one": measure(
            test, weights, 0.02, lambda i: not broken(i) and bool(i["locations"])
        ),
        "which place, if any": measure(test, weights, None, lambda i: not broken(i)),
        "the same, broken labels counted": measure(test, weights, None, lambda i: True),
    }


def frequent(train: list[Example], least: int = 8) -> list[Example]:
    """The examples with the signs that at least so many candidates have."""
    count: dict[str, int] = {}
    for _, _, rows in train:
        for sign in (sign for row in rows for sign in row):
            count[sign] = count.get(sign, 0) + 1
    return [(item, names, [{s for s in row if count[s] >= least} for row in rows]) for item, names, rows in train]


def main(path: Path, *, write: bool) -> None:
    """Fit, print the figures on the held-back fifth, and write grounds_weights.toml when asked."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    train = frequent(list(examples([item for item in lines if not held_back(item) and not broken(item)])))
    test = list(examples([item for item in lines if held_back(item)]))
    weights = fit(train, rounds=900)
    found = figures(test, weights)
    told = [f"{what}: precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}" for what, (p, r, f) in found.items()]
    print("\n".join(told))
    if write:
        head = (
            "# Log-odds that a verb's event happened at a name, for each sign of geo/claims/grounds.py.\n"
            "# Learned by `python -m geo.claims.ground_training` on English news sentences whose verbs are linked to\n"
            "# their place (event_location, MIT licence). On the held-back fifth, exact spans:\n"
            + "".join(f"# - {line}\n" for line in told)
            + "\n[weights]\n"
        )
        rows = "".join(f"{json.dumps(sign)} = {value}\n" for sign, value in sorted(weights.items()))
        Path(__file__).with_name("grounds_weights.toml").write_text(head + rows, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
