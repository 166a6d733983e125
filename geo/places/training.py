"""Learn the ranker's weights: python -m geo.places.training TRAIN.jsonl ... [--folds]

Each line of a training file is a document: {"id", "text"[, "publisher" | "outlet" | "url"], "toponyms": [{"start", "end",
"geonameid", "lat", "lon"}]}. Writes ranker.toml beside this file; with --folds it writes nothing and prints what
five-fold cross-validation by document and leaving out a corpus say. The right candidate is the one with the gold's id,
else the nearest within 161 km; a name without such a candidate teaches nothing about rivals. Newton's method on the
conditional logit, ridge penalty; no chance is involved, so the same data gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.places.around import SIGNS, Turning, apart, signs, turning
from geo.places.candidates import Candidate, Group, grouped
from geo.places.context import Hint, hints
from geo.places.features import OWN, SHARED, Facts, Table, facts, km, own, points, shared, ties
from geo.places.gazetteer import Gazetteer
from geo.places.homes import Home, home_of, publisher_of
from geo.places.ranker import DOUBTS, FILE, ROUNDS, Ranker, doubtful, favourites, sigmoid, softmax_by
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

NEAR = 161.0  # km: the yardstick of the field, 100 miles
RIDGE = 2.0
LEAST = 0.15  # a name less likely placed right than this is left without a place
EXPECTED = {
    "told_division": (3.0, 60.0),
    "mistold_division": (-3.0, 60.0),
    "told_town": (2.0, 60.0),
    "mistold_town": (-2.0, 60.0),
    "dateline": (2.0, 60.0),
    "named_seat": (1.0, 20.0),
}
"""What we know before any data, and how many names it is worth: the training sets hardly say "the districts of A and B",
and a reader who is told the kind of a place expects that kind."""
FOLDS = 5
Gold = tuple[str, float, float]
"""GeoNames id, latitude, longitude."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document: its facts, its own features, the right row of each group (-1: none), and the weight of each group.

    ``golds`` are ids and points of each group's golds, ``lost`` hints and golds of the names without any candidate,
    ``unlinked`` says whether a group has a gold that its corpus knows no place for.
    """

    facts: Facts
    own: Table
    right: npt.NDArray[np.int64]
    weight: Table
    home: Home
    golds: tuple[tuple[Gold, ...], ...]
    lost: tuple[tuple[Hint, tuple[Gold, ...]], ...]
    unlinked: tuple[bool, ...]


def lesson(record: dict[str, Any], gazetteer: Gazetteer, words: Vocabulary, *, homes: bool = True) -> Lesson | None:
    """One document's lesson; ``None`` when no name of it has a candidate."""
    marks = {(t["start"], t["end"]): t for t in record["toponyms"] if 0 <= t["start"] < t["end"] <= len(record["text"])}
    spans = _apart([Span(*at) for at in sorted(marks)])
    groups = grouped(hints(record["text"], spans, words), gazetteer)
    full = [g for g in groups if g.candidates]
    golds = [_golds(g, spans, marks) for g in groups]
    lost = tuple((g.hint, gold) for g, gold in zip(groups, golds, strict=True) if not g.candidates)
    if not full:
        return None
    f = facts(full, gazetteer)
    kept = tuple(gold for g, gold in zip(groups, golds, strict=True) if g.candidates)
    right = np.array([_right(g, gold, int(f.starts[k])) for k, (g, gold) in enumerate(zip(full, kept, strict=True))])
    unlinked = tuple(any(marks[spans[m].start, spans[m].end].get("lat") is None for m in g.members) for g in full)
    weight = np.array([1 + np.log(max(1, len(gold))) for gold in kept])
    home = home_of(publisher_of(record), gazetteer) if homes else Home.unknown()
    return Lesson(f, own(f, words), right, weight, home, kept, lost, unlinked)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans without those that overlap an earlier one."""
    out: list[Span] = []
    for span in spans:
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _golds(group: Group, spans: Sequence[Span], marks: dict[tuple[int, int], Any]) -> tuple[Gold, ...]:
    """Id and point of every linked gold of a group, demonyms included."""
    found = [marks[spans[m].start, spans[m].end] for m in group.members]
    return tuple((str(t["geonameid"]), float(t["lat"]), float(t["lon"])) for t in found if t.get("lat") is not None)


def _right(group: Group, golds: Sequence[Gold], start: int) -> int:
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
    held = ties(less.facts, less.home.places, less.home.country, gazetteer)
    return np.hstack([less.own, shared(less.facts, belief, held)])


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
    return logistic(np.array(rows), np.array(right, dtype=float), np.array(weight))


def logistic(x: Table, y: Table, v: Table) -> Table:
    """Weights of a logistic regression with a small ridge; ``v`` says how much each row counts."""
    w = np.zeros(x.shape[1])
    for _ in range(25):
        p = sigmoid(x @ w)
        curve = (x * (v * p * (1 - p))[:, None]).T @ x + np.eye(len(w))
        w = w + np.linalg.solve(curve, x.T @ (v * (y - p)) - w)
    return w


def surroundings(lessons: Sequence[Lesson], ranker: Ranker, gazetteer: Gazetteer) -> Table:
    """Weights of `around.SIGNS`: when a name without a near candidate lies within 161 km of the turning point."""
    rows, right, weight = [], [], []
    for less in lessons:
        for row, golds, about, _ in stood_in(less, ranker, gazetteer):
            if golds and about is not None:
                rows.append(row)
                right.append(_close(golds[0], about.place.lat, about.place.lon))
                weight.append(1 + np.log(len(golds)))
    return logistic(np.array(rows), np.array(right, dtype=float), np.array(weight))


def stood_in(
    less: Lesson, ranker: Ranker, gazetteer: Gazetteer
) -> Iterator[tuple[list[float], tuple[Gold, ...], Turning | None, tuple[Candidate, float] | None]]:
    """Each name with its signs, golds, the turning point (None: no stand-in is asked for), best candidate and trust."""
    f = less.facts
    verdict = ranker.judge(f, less.home.places, less.home.country, gazetteer, Vocabulary.shared())
    about = turning(f, verdict.belief, verdict.best.tolist(), less.home.places)
    for k, group in enumerate(f.groups):
        best, trust = f.candidates[int(verdict.best[k])], float(verdict.trust[k])
        if about is None or not apart(best, about):
            yield [], less.golds[k], None, (best, trust)
        else:
            part, people = best.how == "part", best.place.population
            row = signs(group.hint, about, trust=trust, part=part, population=people)
            yield row, less.golds[k], about, (best, trust)
    for hint, golds in less.lost:
        row = signs(hint, about, trust=None, part=False, population=0) if about else []
        yield row, golds, about, None


def _close(gold: Gold, lat: float, lon: float) -> bool:
    return bool(km(points([gold[1:]]), points([(lat, lon)]))[0, 0] <= NEAR)


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
    place = less.facts.candidates[row].place
    return _close(less.golds[g][0], place.lat, place.lon) if less.golds[g] else None


def score(lessons: Iterable[Lesson], ranker: Ranker, gazetteer: Gazetteer) -> tuple[int, int, int]:
    """(linked golds, placed within 161 km, placed exactly), as ``geo parse`` places them."""
    linked = near = exact = 0
    for less in lessons:
        for row, golds, about, found in stood_in(less, ranker, gazetteer):
            place, trust = (found[0].place, found[1]) if found else (None, 0.0)
            if about is not None and sigmoid(np.array(row) @ ranker.around) >= max(ranker.least, trust):
                lat, lon, id = about.place.lat, about.place.lon, ""
            elif place is not None and trust >= ranker.least:
                lat, lon, id = place.lat, place.lon, str(place.id)
            else:
                lat, lon, id = -90.0, 0.0, ""
            linked += len(golds)
            exact += sum(id == gold[0] for gold in golds)
            near += sum(_close(gold, lat, lon) for gold in golds)
    return linked, near, exact


def taught(lessons: Sequence[Lesson], gazetteer: Gazetteer) -> Ranker:
    """A ranker with all its weights learned from some lessons."""
    alone, weights = learn(lessons, gazetteer)
    ranker = Ranker(alone, weights, doubt(lessons, alone, weights, gazetteer), np.zeros(len(SIGNS)), LEAST)
    return replace(ranker, around=surroundings(lessons, ranker, gazetteer))


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
    ranker = taught([less for _, *both in read for less in both], gazetteer)
    FILE.write_text(written(ranker, [p.name for p in asked.files], gazetteer.version), encoding="utf-8")
    return 0


Told = tuple[str, Lesson, Lesson]
"""A corpus' name, and a document of it with and without its publisher's home."""


def folds(read: Sequence[Told], gazetteer: Gazetteer) -> int:
    """Print five-fold cross-validation by document, and leave-one-corpus-out."""
    parts = [[i for i in range(len(read)) if i % FOLDS == fold] for fold in range(FOLDS)]
    _print("five folds", read, parts, gazetteer)
    corpora = sorted({name for name, _, _ in read})
    if len(corpora) > 1:
        parts = [[i for i, (name, _, _) in enumerate(read) if name == corpus] for corpus in corpora]
        _print("corpus left out", read, parts, gazetteer)
    return 0


def _print(how: str, read: Sequence[Told], parts: Sequence[Sequence[int]], gazetteer: Gazetteer) -> None:
    """One table: each part is placed by a ranker that learned from the others."""
    totals: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        rest = [read[i] for i in range(len(read)) if i not in set(part)]
        ranker = taught([less for _, *both in rest for less in both], gazetteer)
        for i in part:
            name, told, untold = read[i]
            for label, less in (("home told", told), ("home not told", untold)):
                got = score([less], ranker, gazetteer)
                for key in (name, "all"):
                    sums = totals.setdefault((key, label), [0, 0, 0])
                    for k in range(3):
                        sums[k] += got[k]
    for (name, label), (linked, near, exact) in sorted(totals.items()):
        shares = f"within 161 km {near / linked:.4f}  exact id {exact / linked:.4f}"
        print(f"{how:16} {name:12} {label:14} linked {linked:5}  {shares}", flush=True)


def written(ranker: Ranker, sources: Sequence[str], version: str) -> str:
    """The text of ranker.toml."""
    lines = [
        "# Weights of the place ranker: how much each feature of features.py speaks for a candidate.",
        f"# Learned by geo/places/training.py from {', '.join(sources)} with gazetteer {version}.",
        "# The same command gives the same numbers; don't edit by hand.",
        "",
        "[limits]",
        f"least = {LEAST} # probability below which a name is left without a place",
        "",
        "[alone] # a name by itself",
        *(f"{name} = {w:.4f}" for name, w in zip(OWN, ranker.alone, strict=True)),
        "",
        "[whole] # a name in its document",
        *(f"{name} = {w:.4f}" for name, w in zip((*OWN, *SHARED), ranker.whole, strict=True)),
        "",
        "[doubts] # log odds that the best candidate is the place meant",
        *(f"{name} = {w:.4f}" for name, w in zip(DOUBTS, ranker.doubts, strict=True)),
        "",
        "[around] # log odds that a name lies around the place about which the text turns",
        *(f"{name} = {w:.4f}" for name, w in zip(SIGNS, ranker.around, strict=True)),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
