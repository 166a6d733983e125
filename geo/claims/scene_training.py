"""Learn the weights of scenes.toml: ``python -m geo.claims.scene_training event_location.train.jsonl [--write]``.

One line of the file is {"id", "text", "verb": [{start, end}], "locations": [{start, end}]}. Four fifths (by a hash of the
id) train, the last fifth measures; exact spans. Nothing here is needed at run time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from geo.claims.readings import Name, Use, name_at, use
from geo.claims.scenes import signs
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.places.toponyms import toponyms
from geo.text.span import Span

Example = tuple[dict[str, Any], list[Name], list[set[str]]]


def examples(lines: list[dict[str, Any]], *, given: bool) -> Iterator[Example]:
    """Every item with its candidate names and their signs; ``given`` adds the true places the finder of names misses."""
    docs = Grammar.shared().parse([item["text"] for item in lines])
    gazetteer = Gazetteer.shared()
    for item, doc in zip(lines, docs, strict=True):
        names: list[Name] = []
        told = {found.span: found.metonymy for found in toponyms(item["text"], grammar_doc=doc)}
        if given:  # learn the grammar of places, not what the finder of names misses
            missed = [Span(*gold) for gold in true_spans(item)]
            told = {s: m for s, m in told.items() if not any(s.overlaps(g) and s != g for g in missed)}
            told.update({g: told.get(g) for g in missed})
        for span in sorted(told):
            match = gazetteer.named(span.of(item["text"]))
            name = name_at(doc, span, match[0] if match else None, told[span])
            if name is not None:
                names.append(name)
        verb = (
            next((t for t in doc if t.idx <= item["verb"][0]["start"] < t.idx + len(t)), None) if item["verb"] else None
        )
        if verb is not None:
            uses: list[Use] = [use(n) for n in names]
            yield item, names, [signs(verb, n, u, names) for n, u in zip(names, uses, strict=True)]


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


def measure(data: list[Example], weights: dict[str, float], least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of exact spans."""
    hit = said = true = 0
    for item, found, rows in data:
        gold = true_spans(item)
        got = {
            (n.span.start, n.span.end)
            for n, row in zip(found, rows, strict=True)
            if 1 / (1 + np.exp(-sum(weights.get(s, 0.0) for s in row))) >= least
        }
        hit, said, true = hit + len(gold & got), said + len(got), true + len(gold)
    precision, recall = hit / max(said, 1), hit / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main(path: Path, *, write: bool) -> None:
    """Fit, print the figures on the held-back fifth, and write scenes.toml when asked."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    train = list(examples([item for item in lines if not held_back(item)], given=True))
    held = [item for item in lines if held_back(item)]
    test, ideal = list(examples(held, given=False)), list(examples(held, given=True))
    weights = fit(train)
    best = max((measure(train, weights, t)[2], t) for t in np.arange(0.2, 0.71, 0.05))[1]
    figures = measure(test, weights, float(best))
    reach = sum(len(true_spans(i) & {(n.span.start, n.span.end) for n in names}) for i, names, _ in test)
    total = sum(len(true_spans(i)) for i, _, _ in test)
    print(
        "with the true names given: precision {:.3f} recall {:.3f} f1 {:.3f}".format(
            *measure(ideal, weights, float(best))
        )
    )
    print(
        f"least {best:.2f}: precision {figures[0]:.3f} recall {figures[1]:.3f} f1 {figures[2]:.3f};"
        f" {reach} of {total} spans are candidates"
    )
    if write:
        head = (
            "# Log-odds that an event happened at a place, for each sign of geo/claims/scenes.py.\n"
            "# Learned by `python -m geo.claims.scene_training` on 7,080 English news sentences whose event verbs\n"
            "# are linked to their place (event_location, MIT licence); measured on a held-back fifth: "
            f"precision {figures[0]:.3f}, recall {figures[1]:.3f}, F1 {figures[2]:.3f}.\n"
            f"least = {best:.2f}\n\n[weights]\n"
        )
        rows = "".join(f'"{sign}" = {value}\n' for sign, value in sorted(weights.items()))
        Path(__file__).with_name("scenes.toml").write_text(head + rows, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
