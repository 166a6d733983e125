"""Fitting the weights of the kinds' signs: ``python -m geo.claims.weighing SHARED`` writes ``weights.toml`` anew.

SHARED is the folder with the training sentences (``claims/``) and the labelled originals and briefs (``gold/``,
``briefs/``). The fit is a logistic regression with a ridge, its sources weighed: sentences of news about the events we
mean count more than sentences of other fields. It prints cross-validated figures, articles held out in turn, other
sources in ten parts; with ``--check`` it writes nothing.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.claims import kinds as judging
from geo.claims import signs
from geo.claims.words import table
from geo.model.encoder import Encoder
from geo.model.grammar import Grammar
from geo.model.train.data import held_back, unspaced

Array = npt.NDArray[np.float64]
Beliefs = Mapping[str, Mapping[str, float]]
RIDGE = 1.0
WEIGHTS = {"gold": 3.0, "briefs": 3.0, "news": 1.0, "general": 0.5}
"""How much a sentence of each source counts."""
POSITIVE = 2.0
"""How much more a claim counts than a sentence without one: in the training sets claims are rarer than in news on a
conflict.
"""
ENOUGH = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
ENCODER = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2)
"""Beliefs of the encoder that may be enough for a claim without a sign, and weights of its log-odds, that are tried."""
ONE_EVENT = ("plv", "plover", "rams", "wikievents")
"""Sets that label one event a sentence: "none" there does not mean that none is told."""
OPEN = ("body", "headline", "caption")
KINDS = ("protest", "meeting", "arms_flow")


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: ``labels`` has True or False for the kinds it was read for. ``part`` is what it is held out with."""

    text: str
    labels: dict[str, bool]
    source: str
    part: str


def examples(shared: Path) -> list[Example]:
    """Every labelled sentence under ``shared``, those marked borderline left out."""
    return [*originals(shared), *_briefs(shared), *_sentences(shared)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def originals(shared: Path) -> Iterator[Example]:
    for row in _lines(shared / "gold" / "seed_sentences.jsonl"):
        if row["section"] in OPEN and not row["borderline"]:
            yield Example(row["sentence"], {kind: kind in row["claim_types"] for kind in KINDS}, "gold", row["seed"])


def _briefs(shared: Path) -> Iterator[Example]:
    for row in _lines(shared / "briefs" / "GOLD.jsonl"):
        if not row.get("borderline"):
            yield Example(row["sentence"], {kind: kind == row["claim_type"] for kind in KINDS}, "briefs", row["id"])


def _sentences(shared: Path) -> Iterator[Example]:
    """The training sentences. A protest by the sources' wider sense (attacks, bombings) is left out."""
    for name, kind in (("protest", "protest"), ("meeting", "meeting"), ("arms", "arms_flow")):
        for number, row in enumerate(_lines(shared / "claims" / f"{name}.train.jsonl")):
            tier = row.get("tier")
            if row["label"] is None or tier == "contentious_other":
                continue
            if (
                not row["label"]
                and str(row["source"]).strip("[']").startswith(ONE_EVENT)
                and _unmistakable(kind).search(row["text"])
            ):
                continue
            source = "general" if tier in ("general", "wmd_dual_use") or "framenet" in str(row["source"]) else "news"
            yield Example(" ".join(row["text"].split()), {kind: bool(row["label"])}, source, f"{name}{number % 10}")


def _unmistakable(kind: str) -> re.Pattern[str]:
    return re.compile(table("kinds")["kinds"][kind]["unmistakable"], re.I)


def shown(items: Sequence[Example], kind: judging.Kind) -> Array:
    """One row an example: 1 for each sign it shows, and a last column of ones."""
    names = [one.name for one in kind.signs]
    rows = np.zeros((len(items), len(names) + 1))
    rows[:, -1] = 1
    for row, doc in zip(rows, Grammar.shared().parse([item.text[: judging.LONGEST] for item in items]), strict=True):
        for one in signs.seen(doc, kind.signs):
            row[names.index(one.sign.name)] = 1
    return rows


def priors(kind: judging.Kind) -> Array:
    """What each sign weighs before any sentence is seen: nothing, or its ``prior`` in kinds.toml."""
    entries = table("kinds")["kinds"][kind.name]["signs"]
    return np.array([*(float(entry.get("prior", 0.0)) for entry in entries), 0.0])


def fitted(rows: Array, labels: Array, counts: Array, prior: Array, ridge: float = RIDGE) -> Array:
    """Weights of a logistic regression with a ridge around ``prior`` on all but the bias (Newton's method)."""
    weights = prior.copy()
    penalty = np.full(rows.shape[1], ridge)
    penalty[-1] = 1e-3
    for _ in range(30):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (guess - labels)) + penalty * (weights - prior)
        bend = (rows * (counts * guess * (1 - guess))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def _measure(name: str, guess: Array, labels: Array) -> str:
    hit = float(((guess >= 0) & (labels > 0)).sum())
    precision, recall = hit / max(1.0, float((guess >= 0).sum())), hit / max(1.0, float(labels.sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({int(labels.sum())} of {len(labels)})"


def guessed(items: Sequence[Example], rows: Array, labels: Array, counts: Array, prior: Array) -> Array:
    """The log-odds of each example by weights that were fitted without its part."""
    guess = np.zeros(len(items))
    parts = np.array([item.part for item in items])
    for part in sorted(set(parts)):
        away = parts == part
        guess[away] = rows[away] @ fitted(rows[~away], labels[~away], counts[~away], prior)
    return guess


def unread(item: Example) -> bool:
    """Whether the encoder's head was never trained on the sentence."""
    recipe = tomllib.loads((files("geo.model.train") / "recipe.toml").read_text(encoding="utf-8"))
    kept = held_back(unspaced(item.text), recipe["held_back"]["share"], recipe["seed"])
    return item.source in ("gold", "briefs") or (item.source == "news" and kept)


def believed(items: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The encoder's belief in each kind for each text it was not trained on; {} where its head is not shipped."""
    encoder = Encoder.shared()
    texts = sorted({item.text[: judging.LONGEST] for item in items if unread(item)})
    if encoder is None:
        return {}
    beliefs = encoder.kinds([unspaced(text) for text in texts])
    return {text: belief for text, belief in zip(texts, beliefs, strict=True) if belief}


def combined(kind: judging.Kind, items: Sequence[Example], apart: Array, beliefs: Beliefs) -> tuple[float, float, Array]:
    """What the encoder's log-odds weigh beside the signs', how much belief is enough, and what both say of each example.

    ``apart`` are the signs' log-odds without the bias; their weights stay as they are, fitted on many more sentences. The
    pair is the one with the best F1 on the sentences that the encoder was not trained on.
    """
    total = apart + kind.bias
    known = np.array([item.text[: judging.LONGEST] in beliefs for item in items])
    if not known.any():
        return 0.0, ENOUGH[-1], total
    believed = [beliefs.get(item.text[: judging.LONGEST], {}).get(kind.name, 0.5) for item in items]
    heard = np.array([judging.log_odds(belief) for belief in believed])
    labels = np.array([float(item.labels[kind.name]) for item in items])
    counts = np.array([WEIGHTS[item.source] for item in items])
    doubtful = known & (total < judging.log_odds(judging.SETTLED))

    def both(weight: float, enough: float) -> Array:
        return np.where(doubtful, apart + weight * (heard - judging.log_odds(enough)), total)

    def worth(pair: tuple[float, float]) -> float:
        return _f1(both(*pair)[known] >= 0, labels[known] > 0, counts[known])

    best = max(product(ENCODER, ENOUGH), key=worth)
    return *best, both(*best)


def _f1(said: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_], counts: Array) -> float:
    return float(2 * counts[said & true].sum() / max(1e-9, counts[said].sum() + counts[true].sum()))


def main(shared: Path, *, check: bool) -> None:
    found = examples(shared)
    beliefs = believed(found)
    counted = ", ".join(f"{source} {weight}" for source, weight in WEIGHTS.items())
    out = [_HEAD.format(counts=counted, positive=POSITIVE, ridge=RIDGE)]
    for kind in judging.kinds():
        items = [item for item in found if kind.name in item.labels]
        rows = shown(items, kind)
        labels = np.array([float(item.labels[kind.name]) for item in items])
        counts = np.array([WEIGHTS[item.source] for item in items]) * np.where(labels > 0, POSITIVE, 1.0)
        apart = guessed(items, rows, labels, counts, priors(kind))
        weights = fitted(rows, labels, counts, priors(kind))
        weight, enough, together = combined(replace(kind, bias=float(weights[-1])), items, apart - weights[-1], beliefs)
        _report(kind.name, items, labels, apart, together, beliefs)
        out.append(f"\n[{kind.name}]\nbias = {weights[-1]:.2f}")
        out.append(f"encoder = {{ weight = {weight:.2f}, enough = {enough} }}\n[{kind.name}.signs]")
        out += [f'"{one.name}" = {value:.2f}' for one, value in zip(kind.signs, weights[:-1], strict=True)]
    if not check:
        Path(__file__).with_name("weights.toml").write_text("\n".join(out) + "\n", encoding="utf-8")


def _report(kind: str, items: Sequence[Example], labels: Array, apart: Array, together: Array, beliefs: Beliefs) -> None:
    """Prints how well the signs alone do on each source, and signs and encoder together where it was not trained."""
    for source in WEIGHTS:
        chosen = np.array([item.source == source for item in items])
        read = chosen & np.array([item.text[: judging.LONGEST] in beliefs for item in items])
        print(_measure(f"{kind:10s} {source:8s} signs", apart[chosen], labels[chosen]))
        if read.any():
            print(_measure(f"{kind:10s} {source:8s} signs, where both", apart[read], labels[read]))
            print(_measure(f"{kind:10s} {source:8s} both", together[read], labels[read]))
    if "--misses" in sys.argv:
        for item, one, label in zip(items, together, labels, strict=True):
            if (one >= 0) != (label > 0):
                print(f"   {kind} {item.source} {'missed' if label else 'wrong'} {one:.2f} {item.text[:300]}")


_HEAD = """# What each sign of kinds.toml weighs, in log-odds. By `python -m geo.claims.weighing SHARED`, not by hand.
# Fitted on the five labelled originals, the labelled briefs and the training sentences of protest, meeting and arms
# (sources counted {counts}; a claim counted {positive} times; ridge {ridge}).
# encoder: where the signs leave doubt, its belief takes the place of the bias: weight * (log-odds of the belief less that
# of `enough`), so that `enough` of it makes even odds of a sentence without a sign. The pair has the best F1 on sentences
# that neither the encoder nor, part by part, the signs' weights had seen."""

if __name__ == "__main__":
    main(Path(sys.argv[1]), check="--check" in sys.argv)
