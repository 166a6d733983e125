"""Fitting the weights of the kinds' signs: ``python -m geo.claims.weighing SHARED [PAGES ...]`` writes ``weights.toml``.

SHARED is the folder with the training sentences (``claims/``) and the labelled originals and briefs (``gold/``,
``briefs/``), PAGES are folders of labelled pages (``tests/gold/elsewhere``). The fit is a logistic regression with a
ridge, its sources weighed: sentences of news about the events we mean count more than those of other fields. It prints
cross-validated figures, articles held out in turn, other sources in tenths; with ``--check`` it writes no weights, with
``--report=FILE`` the figures as JSON, and ``--misses`` shows what was judged wrongly. ``--cache=FOLDER`` keeps what was
read of the sentences, the minute of parsing, for the next run.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from geo.claims import kinds as judging
from geo.claims import signs
from geo.claims.labelled import ALONE, Beliefs, Example, believed, examples, parses
from geo.claims.words import table

Array = npt.NDArray[np.float64]
RIDGE = 1.0
WEIGHTS = {"gold": 4.0, "briefs": 4.0, "pages": 4.0, "news": 1.0, "general": 0.5}
"""How much a sentence of each source counts."""
POSITIVE = 1.5
"""How much more a claim counts than a sentence without one: in the training sets claims are rarer than in news on a
conflict.
"""
ENOUGH = (0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
ENCODER = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Beliefs of the encoder that may be enough for a claim without a sign, and weights of its log-odds, that are tried.
With a weight above 1 one belief overruled three signs."""
ROUNDS = 4
"""Times that the kinds of the sentences before are guessed anew; a claim is seldom carried over more."""

SETS = {
    "original articles": (("gold",), ()),
    "briefs": (("briefs",), ()),
    "made-up pages": (("pages",), ()),
    "training sentences": (("news", "general"), ("general", "wmd_dual_use")),
    "training sentences, news": (("news",), ()),
}
"""What is reported: sources, and tiers of them that are left out."""
OURS = ("briefs", "pages")
"""Sources whose sentences are our own words and may be shown."""


def shown(items: Sequence[Example], kind: judging.Kind, docs: Mapping[str, Doc]) -> Array:
    """One row an example: 1 for each sign it shows, and a last column of ones."""
    names = [one.name for one in kind.signs]
    rows = np.zeros((len(items), len(names) + 1))
    rows[:, -1] = 1
    for row, item in zip(rows, items, strict=True):
        for one in signs.seen(docs[item.text[: judging.LONGEST]], kind.signs):
            row[names.index(one.sign.name)] = 1
    return rows


def priors(kind: judging.Kind) -> Array:
    """What each sign weighs before any sentence is seen: nothing, or its ``prior`` in kinds.toml."""
    entries = table("kinds")["kinds"][kind.name]["signs"]
    return np.array([*(float(entry.get("prior", 0.0)) for entry in entries), 0.0])


def fitted(rows: Array, labels: Array, counts: Array, prior: Array, start: Array | None = None) -> Array:
    """Weights of a logistic regression with a ridge around ``prior`` on all but the bias (Newton's method,
    each step cut short where it would do harm).

    ``start`` are weights near the answer, from which it is found sooner.
    """
    rows, labels, counts = _once(rows, labels, counts)
    weights = (prior if start is None else start).copy()
    penalty = np.full(rows.shape[1], RIDGE)
    penalty[-1] = 1e-3

    def loss(at: Array) -> float:
        scores = rows @ at
        likely = np.logaddexp(0, scores) - labels * scores
        return float(counts @ likely + (penalty * (at - prior) ** 2).sum() / 2)

    now = loss(weights)
    for _ in range(60):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (guess - labels)) + penalty * (weights - prior)
        bend = (rows * (counts * guess * (1 - guess))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        part = 1.0  # where a few claims have a sign of their own, a whole step may lead far beyond the answer
        while (then := loss(weights - part * step)) > now and part > 1e-6:
            part /= 2
        weights, now = weights - part * step, min(now, then)
        if float(np.abs(part * step).max()) < 1e-6:
            break
    return weights


def _once(rows: Array, labels: Array, counts: Array) -> tuple[Array, Array, Array]:
    """Each different row once, its counts summed: most sentences show no sign at all."""
    unlike, which = np.unique(np.column_stack([rows, labels]), axis=0, return_inverse=True)
    summed = np.zeros(len(unlike))
    np.add.at(summed, which.ravel(), counts)
    return unlike[:, :-1], unlike[:, -1], summed


def back(items: Sequence[Example], claimed: npt.NDArray[np.bool_]) -> Array:
    """How many sentences before each in its article the kind was last claimed; NEVER where it was not."""
    found = np.full(len(items), float(judging.NEVER))
    last: dict[str, int] = {}
    for i, item in enumerate(items):
        if item.number != ALONE:
            found[i] = item.number - last.get(item.part, -judging.NEVER)
            if claimed[i]:
                last[item.part] = item.number
    return found


def reaches(kind: judging.Kind) -> Array:
    """How many sentences after a claim each sign counts; no end for signs that need none. The last is for the bias."""
    return np.array([*(float(one.after or np.inf) for one in kind.signs), np.inf])


@dataclass(frozen=True, slots=True)
class Guess:
    """What weights that were fitted without an example's part say of it, in log-odds.

    ``own``: the bias and the signs of the sentence; ``going``: what each sign adds that counts only ``reach`` sentences
    or fewer after a claim of the kind.
    """

    own: Array
    going: Array
    reach: Array

    def in_turn(self, items: Sequence[Example], heard: Array | float = 0.0) -> Array:
        """The log-odds, the claims of the sentences before guessed too; ``heard`` is what the encoder adds to each."""
        total = base = self.own + heard
        for _ in range(ROUNDS):
            distance = back(items, total >= 0)
            near = (self.going * (distance[:, None] <= self.reach)).sum(axis=1)
            # An encoder that reads the sentence alone cannot know that it goes on with something.
            total = np.where((base >= 0) | (near <= 0), base, np.maximum(base, self.own) + near)
        return total


def heard_of(items: Sequence[Example], rows: Array, labels: Array, reach: Array) -> Array:
    """The rows, with the signs that only count after a claim where there is one near enough before."""
    return rows * (back(items, labels > 0)[:, None] <= reach)


def guessed(kind: judging.Kind, items: Sequence[Example], rows: Array, labels: Array, counts: Array) -> Guess:
    """Each example by weights that were fitted without its part; the fit knows the claims of the sentences before."""
    parts = np.array([item.part for item in items])
    reach = reaches(kind)
    known = heard_of(items, rows, labels, reach)
    start = fitted(known, labels, counts, priors(kind))
    said = np.zeros_like(rows)
    for part in sorted(set(parts)):
        away = parts == part
        said[away] = rows[away] * fitted(known[~away], labels[~away], counts[~away], priors(kind), start)
    going = np.isfinite(reach)
    return Guess(said[:, ~going].sum(axis=1), said[:, going], reach[going])


def combined(kind: judging.Kind, items: Sequence[Example], guess: Guess, beliefs: Beliefs) -> tuple[float, float, Array]:
    """What the encoder's log-odds weigh beside the signs', how much belief is enough, and what both say of each example.

    The signs' weights stay as they are, fitted on many more sentences. The pair is the one with the best F1 on the
    sentences that the encoder was not trained on.
    """
    known = np.array([item.text[: judging.LONGEST] in beliefs for item in items])
    if not known.any():
        return 0.0, ENOUGH[-1], guess.in_turn(items)
    believed = [beliefs.get(item.text[: judging.LONGEST], {}).get(kind.name, 0.5) for item in items]
    heard = np.array([judging.log_odds(belief) for belief in believed])
    labels = np.array([float(item.labels[kind.name]) for item in items])
    counts = np.array([WEIGHTS[item.source] for item in items])
    doubtful = known & (guess.own < judging.log_odds(judging.SETTLED))

    def both(weight: float, enough: float) -> Array:
        added = weight * (heard - judging.log_odds(enough)) - kind.bias
        return guess.in_turn(items, np.where(doubtful, added, 0.0))

    def worth(pair: tuple[float, float]) -> float:
        return _f1(both(*pair)[known] >= 0, labels[known] > 0, counts[known])

    best = max(product(ENCODER, ENOUGH), key=worth)
    return *best, both(*best)


def _f1(said: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_], counts: Array) -> float:
    return float(2 * counts[said & true].sum() / max(1e-9, counts[said].sum() + counts[true].sum()))


def main(
    shared: Path, pages: Sequence[Path], *, check: bool, report: Path | None = None, cache: Path | None = None
) -> None:
    found = examples(shared, pages)
    beliefs, docs = believed(found, cache), parses(found, cache)
    counted = ", ".join(f"{source} {weight}" for source, weight in WEIGHTS.items())
    out = [_HEAD.format(counts=counted, positive=POSITIVE, ridge=RIDGE)]
    told: dict[str, Any] = {}
    for kind in judging.kinds():
        items = [item for item in found if kind.name in item.labels]
        rows = shown(items, kind, docs)
        labels = np.array([float(item.labels[kind.name]) for item in items])
        counts = np.array([WEIGHTS[item.source] for item in items]) * np.where(labels > 0, POSITIVE, 1.0)
        guess = guessed(kind, items, rows, labels, counts)
        weights = fitted(heard_of(items, rows, labels, reaches(kind)), labels, counts, priors(kind))
        weight, enough, together = combined(replace(kind, bias=float(weights[-1])), items, guess, beliefs)
        told[kind.name] = measured(items, labels, guess.in_turn(items), together, beliefs)
        _report(kind.name, items, labels, together, told[kind.name])
        out.append(f"\n[{kind.name}]\nbias = {weights[-1]:.2f}")
        out.append(f"encoder = {{ weight = {weight:.2f}, enough = {enough} }}\n[{kind.name}.signs]")
        out += [f'"{one.name}" = {value:.2f}' for one, value in zip(kind.signs, weights[:-1], strict=True)]
    if not check:
        Path(__file__).with_name("weights.toml").write_text("\n".join(out) + "\n", encoding="utf-8")
    if report is not None:
        report.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(items: Sequence[Example], labels: Array, apart: Array, together: Array, beliefs: Beliefs) -> dict[str, Any]:
    """Of one kind: on each set precision, recall and F1 of the signs alone and with the encoder, each sentence judged by
    weights that had not seen its article; and sentences of our own that were judged wrongly."""
    read = np.array([item.text[: judging.LONGEST] in beliefs for item in items])
    sets = {}
    for name, (source, tiers) in SETS.items():
        chosen = np.array([item.source in source and item.tier not in tiers for item in items])
        for how, guess, part in (("signs", apart, chosen), ("signs and encoder", together, chosen & read)):
            if labels[part].any():
                sets[f"{name}, {how}"] = _precise(guess[part] >= 0, labels[part] > 0)
    wrong = [
        {"text": item.text, "claimed": bool(label), "score": round(1 / (1 + math.exp(-max(-30.0, min(30.0, one)))), 2)}
        for item, one, label in zip(items, together, labels, strict=True)
        if item.source in OURS and (one >= 0) != (label > 0)
    ]
    return {"sets": sets, "wrong": wrong}


def _precise(said: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> dict[str, float]:
    hit, said_so, are = int((said & true).sum()), int(said.sum()), int(true.sum())
    precision, recall = hit / max(1, said_so), hit / max(1, are)
    f1 = 2 * hit / max(1, said_so + are)
    figures = {"precision": precision, "recall": recall, "F1": f1}
    return {name: round(value, 3) for name, value in figures.items()} | {"claims": are, "sentences": len(true)}


def _report(kind: str, items: Sequence[Example], labels: Array, together: Array, told: Mapping[str, Any]) -> None:
    """Prints how well the signs alone do on each set, and signs and encoder together where it was not trained."""
    for name, figures in told["sets"].items():
        print(f"{kind:10s} {name:50s} " + "  ".join(f"{what} {value}" for what, value in figures.items()), flush=True)
    if "--misses" in sys.argv:
        for item, one, label in zip(items, together, labels, strict=True):
            if (one >= 0) != (label > 0):
                print(f"   {kind} {item.source} {'missed' if label else 'wrong'} {one:.2f} {item.text[:300]}")


_HEAD = """# What each sign of kinds.toml weighs, in log-odds: `python -m geo.claims.weighing SHARED PAGES`, not by hand.
# Fitted on the five labelled originals, the labelled briefs and pages, and the training sentences of the three kinds
# (sources counted {counts}; a claim counted {positive} times; ridge {ridge}).
# encoder: where the signs leave doubt, its belief takes the place of the bias: weight * (log-odds of the belief less that
# of `enough`), so that `enough` of it makes even odds of a sentence without a sign. The pair has the best F1 on sentences
# that neither the encoder nor, part by part, the signs' weights had seen."""

if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    reports = [Path(argument.partition("=")[2]) for argument in sys.argv[1:] if argument.startswith("--report=")]
    caches = [Path(argument.partition("=")[2]) for argument in sys.argv[1:] if argument.startswith("--cache=")]
    main(
        given[0],
        given[1:],
        check="--check" in sys.argv,
        report=reports[0] if reports else None,
        cache=caches[0] if caches else None,
    )
