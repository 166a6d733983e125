"""Learn the ranker's weights: python -m geo.places.training TRAIN.jsonl ... [--folds]

Each line of a training file is one document: {"id", "text"[, "publisher" | "outlet"], "toponyms": [{"start", "end",
"geonameid", "lat", "lon"}]}. Writes ranker.toml beside this file; with --folds it writes nothing and prints what
five-fold cross-validation by document says. The right candidate is the one with the gold's id, else the nearest within
161 km; a name without such a candidate teaches nothing about rivals. Newton's method on the conditional logit, ridge
penalty; no chance is involved, so the same data gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.places.candidates import Group, grouped
from geo.places.context import hints
from geo.places.features import OWN, SHARED, Facts, Table, facts, km, own, points, shared
from geo.places.gazetteer import Gazetteer
from geo.places.homes import Home, home_of
from geo.places.ranker import DOUBTS, FILE, ROUNDS, doubtful, favourites, softmax_by
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

NEAR = 161.0  # km: the yardstick of the field, 100 miles
RIDGE = 2.0
EXPECTED = {
    "told_division": (3.0, 60.0),
    "mistold_division": (-3.0, 60.0),
    "told_town": (2.0, 60.0),
    "mistold_town": (-2.0, 60.0),
    "dateline": (2.0, 60.0),
}
"""What we know before any data, and how many names it is worth: the training sets hardly say "the districts of A and B",
and a reader who is told the kind of a place expects that kind."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document: its facts, its own features, the right row of each group (-1: none), and the weight of each group.

    ``golds`` are ids and points of each group's golds, ``lost`` counts those without any candidate, ``unlinked`` says
    whether a group has a gold that its corpus knows no place for.
    """

    facts: Facts
    own: Table
    right: npt.NDArray[np.int64]
    weight: Table
    home: Home
    golds: tuple[tuple[tuple[str, float, float], ...], ...]
    lost: int
    unlinked: tuple[bool, ...]


def lesson(record: dict[str, Any], gazetteer: Gazetteer, words: Vocabulary, *, homes: bool = True) -> Lesson | None:
    """One document's lesson; ``None`` when no name of it has a candidate."""
    marks = {(t["start"], t["end"]): t for t in record["toponyms"] if 0 <= t["start"] < t["end"] <= len(record["text"])}
    spans = _apart([Span(*at) for at in sorted(marks)])
    groups = grouped(hints(record["text"], spans, words), gazetteer)
    full = [g for g in groups if g.candidates]
    golds = [_golds(g, spans, marks) for g in groups]
    lost = sum(len(gold) for g, gold in zip(groups, golds, strict=True) if not g.candidates)
    if not full:
        return None
    f = facts(full, gazetteer)
    kept = tuple(gold for g, gold in zip(groups, golds, strict=True) if g.candidates)
    right = np.array([_right(g, gold, int(f.starts[k])) for k, (g, gold) in enumerate(zip(full, kept, strict=True))])
    unlinked = tuple(any(marks[spans[m].start, spans[m].end].get("lat") is None for m in g.members) for g in full)
    weight = np.array([1 + np.log(max(1, len(gold))) for gold in kept])
    home = home_of(record.get("publisher") or record.get("outlet"), gazetteer) if homes else Home.unknown()
    return Lesson(f, own(f, words), right, weight, home, kept, lost, unlinked)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans without those that overlap an earlier one."""
    out: list[Span] = []
    for span in spans:
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _golds(
    group: Group, spans: Sequence[Span], marks: dict[tuple[int, int], Any]
) -> tuple[tuple[str, float, float], ...]:
    """Id and point of every linked gold of a group, demonyms included."""
    found = [marks[spans[m].start, spans[m].end] for m in group.members]
    return tuple((str(t["geonameid"]), float(t["lat"]), float(t["lon"])) for t in found if t.get("lat") is not None)


def _right(group: Group, golds: Sequence[tuple[str, float, float]], start: int) -> int:
    """The row of the right candidate of a group, -1 when none is."""
    if not golds:
        return -1
    gid, lat, lon = max(golds, key=lambda g: sum(h[0] == g[0] for h in golds))
    for k, candidate in enumerate(group.candidates):
        if str(candidate.place.id) == gid:
            return start + k
    away = km(points([(c.place.lat, c.place.lon) for c in group.candidates]), points([(lat, lon)]))[:, 0]
    best = int(away.argmin())
    return start + best if away[best] <= NEAR else -1


def fit(tables: Sequence[Table], lessons: Sequence[Lesson]) -> Table:
    """The weights that make the right candidates likeliest."""
    x, group, starts, right, weight = _stacked(tables, lessons)
    names = (*OWN, *SHARED)[: x.shape[1]]
    expected = np.array([EXPECTED.get(name, (0.0, RIDGE))[0] for name in names])
    ridge = np.array([EXPECTED.get(name, (0.0, RIDGE))[1] for name in names])
    w = expected
    for _ in range(25):
        p = softmax_by(x @ w, group, starts)
        mean = np.add.reduceat(x * p[:, None], starts, axis=0)
        slope = (weight[:, None] * (x[right] - mean)).sum(axis=0) - ridge * (w - expected)
        row = weight[group]
        curve = (x * (row * p)[:, None]).T @ x - (mean * weight[:, None]).T @ mean + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        w = w + step * min(1.0, 3.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-5:
            break
    return w


def _stacked(
    tables: Sequence[Table], lessons: Sequence[Lesson]
) -> tuple[Table, npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64], Table]:
    """All groups with a right candidate, of all lessons, in one table."""
    rows, sizes, right, weight = [], [], [], []
    at = 0
    for table, less in zip(tables, lessons, strict=True):
        ends = [*less.facts.starts[1:], len(less.facts.candidates)]
        for g, (a, b) in enumerate(zip(less.facts.starts, ends, strict=True)):
            if less.right[g] >= 0 and b - a > 1:
                rows.append(table[a:b])
                sizes.append(b - a)
                right.append(at + less.right[g] - a)
                weight.append(less.weight[g])
                at += b - a
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    return np.vstack(rows), np.repeat(np.arange(len(sizes)), sizes), starts, np.array(right), np.array(weight)


def whole(less: Lesson, belief: Table, gazetteer: Gazetteer) -> Table:
    """Both tables of a lesson side by side."""
    return np.hstack([less.own, shared(less.facts, belief, less.home.places, less.home.country, gazetteer)])


def learn(lessons: Sequence[Lesson], gazetteer: Gazetteer) -> tuple[Table, Table]:
    """Weights of the first look and of the later ones; every document is learned from with and without its home."""
    alone = fit([less.own for less in lessons], lessons)
    beliefs = [softmax_by(less.own @ alone, less.facts.group, less.facts.starts) for less in lessons]
    weights: Table | None = None
    for _ in range(ROUNDS):
        tables = [whole(less, p, gazetteer) for less, p in zip(lessons, beliefs, strict=True)]
        weights = fit(tables, lessons)
        beliefs = [
            softmax_by(t @ weights, less.facts.group, less.facts.starts) for t, less in zip(tables, lessons, strict=True)
        ]
    assert weights is not None
    return alone, weights


def doubt(lessons: Sequence[Lesson], alone: Table, weights: Table, gazetteer: Gazetteer) -> Table:
    """Weights of ``DOUBTS``: when the best candidate is within 161 km of the gold. A gold without a point is a place that
    the corpus' makers could not find, so that any place found for it counts as wrong, at half weight."""
    rows, right, weight = [], [], []
    for less in lessons:
        table, p = judged(less, alone, weights, gazetteer)
        best = favourites(p, less.facts)
        for g, row in enumerate(doubtful(less.facts, p, table, best)):
            near = _near(less, g, int(best[g]))
            if near is not None or less.unlinked[g]:
                rows.append(row)
                right.append(bool(near))
                weight.append(less.weight[g] if near is not None else 0.5)
    x, y, v = np.array(rows), np.array(right, dtype=float), np.array(weight)
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        curve = (x * (v * p * (1 - p))[:, None]).T @ x + np.eye(len(w))
        w = w + np.linalg.solve(curve, x.T @ (v * (y - p)) - w)
    return w


def judged(less: Lesson, alone: Table, weights: Table, gazetteer: Gazetteer) -> tuple[Table, Table]:
    """The features and beliefs of a lesson's candidates after all rounds."""
    f = less.facts
    p, table = softmax_by(less.own @ alone, f.group, f.starts), less.own
    for _ in range(ROUNDS):
        table = whole(less, p, gazetteer)
        p = softmax_by(table @ weights, f.group, f.starts)
    return table, p


def _near(less: Lesson, g: int, row: int) -> bool | None:
    """Whether a candidate is within 161 km of its group's gold, ``None`` without a gold."""
    if not less.golds[g]:
        return None
    _, lat, lon = less.golds[g][0]
    return bool(km(less.facts.point[row : row + 1], points([(lat, lon)]))[0, 0] <= NEAR)


def score(lessons: Iterable[Lesson], alone: Table, weights: Table, gazetteer: Gazetteer) -> tuple[int, int, int]:
    """(linked golds, placed within 161 km, placed exactly) with given weights."""
    linked = near = exact = 0
    for less in lessons:
        f = less.facts
        _, p = judged(less, alone, weights, gazetteer)
        ends = [*f.starts[1:], len(f.candidates)]
        for g, (a, b) in enumerate(zip(f.starts, ends, strict=True)):
            place = f.candidates[int(a) + int(p[a:b].argmax())].place
            for gid, lat, lon in less.golds[g]:
                linked += 1
                exact += str(place.id) == gid
                near += float(km(points([(lat, lon)]), points([(place.lat, place.lon)]))[0, 0]) <= NEAR
        linked += less.lost
    return linked, near, exact


def main(argv: Sequence[str]) -> int:
    args = argparse.ArgumentParser(prog="python -m geo.places.training", description="Learn the ranker's weights.")
    args.add_argument("files", nargs="+", type=Path, metavar="TRAIN.jsonl")
    args.add_argument("--folds", action="store_true", help="cross-validate and write nothing")
    asked = args.parse_args(argv)
    gazetteer, words = Gazetteer.shared(), Vocabulary.shared()
    read: list[tuple[str, Lesson, Lesson]] = []
    for path in asked.files:
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            record = json.loads(line)
            told, untold = (lesson(record, gazetteer, words, homes=homes) for homes in (True, False))
            if told and untold:
                read.append((path.name.split(".")[0], told, untold))
    if asked.folds:
        return folds(read, gazetteer)
    alone, weights = learn([less for _, *both in read for less in both], gazetteer)
    doubts = doubt([less for _, *both in read for less in both], alone, weights, gazetteer)
    FILE.write_text(written(alone, weights, doubts, [p.name for p in asked.files], gazetteer.version), encoding="utf-8")
    return 0


def folds(read: Sequence[tuple[str, Lesson, Lesson]], gazetteer: Gazetteer) -> int:
    """Print five-fold cross-validation by document, pooled and by corpus, with and without the publisher's home."""
    totals: dict[tuple[str, str], list[int]] = {}
    for fold in range(FOLDS):
        train = [x for i, x in enumerate(read) if i % FOLDS != fold]
        alone, weights = learn([less for _, *both in train for less in both], gazetteer)
        for i, (name, told, untold) in enumerate(read):
            if i % FOLDS == fold:
                for label, less in (("home told", told), ("home not told", untold)):
                    got = score([less], alone, weights, gazetteer)
                    for key in (name, "all"):
                        sums = totals.setdefault((key, label), [0, 0, 0])
                        for k in range(3):
                            sums[k] += got[k]
    for (name, label), (linked, near, exact) in sorted(totals.items()):
        print(f"{name:12} {label:14} linked {linked:5}  within 161 km {near / linked:.4f}  exact id {exact / linked:.4f}")
    return 0


def written(alone: Table, weights: Table, doubts: Table, sources: Sequence[str], version: str) -> str:
    """The text of ranker.toml."""
    lines = [
        "# Weights of the place ranker: how much each feature of features.py speaks for a candidate.",
        f"# Learned by geo/places/training.py from {', '.join(sources)} with gazetteer {version}.",
        "# The same command gives the same numbers; don't edit by hand.",
        "",
        "[limits]",
        "least = 0.15 # probability below which a name is left without a place",
        "",
        "[alone] # a name by itself",
        *(f"{name} = {w:.4f}" for name, w in zip(OWN, alone, strict=True)),
        "",
        "[whole] # a name in its document",
        *(f"{name} = {w:.4f}" for name, w in zip((*OWN, *SHARED), weights, strict=True)),
        "",
        "[doubts] # log odds that the best candidate is the place meant",
        *(f"{name} = {w:.4f}" for name, w in zip(DOUBTS, doubts, strict=True)),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
