"""A learned judge over the readable features: a weight for each, shipped in ranker.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.places import around
from geo.places.candidates import Names
from geo.places.features import OWN, SHARED, Facts, Table, own, shared, ties
from geo.places.place import Place
from geo.places.vocabulary import Vocabulary

FILE = Path(__file__).with_name("ranker.toml")
ROUNDS = 2  # looks at the whole document, each with the beliefs of the one before


DOUBTS = (
    "bias",
    "belief",  # log odds of the belief in the best candidate
    "alone",  # it has no rival, so that the belief says nothing
    "population",
    "country_share",
    "named",  # its country or a division that holds it is named
    "nearest",
    "country",  # it is a country or continent
    "variant",  # the place's own name is another
    "loose",  # it only sounds like it
    "part",  # the name only holds the place's name
)
"""What tells whether the best candidate is right at all, or the place meant is missing from the gazetteer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The belief in each candidate, summing to 1 within a group, and what each feature added to it.

    ``table`` has the features, ``parts`` what each added; one row a candidate, one column for each of ``OWN`` and
    ``SHARED``. ``best`` has the best candidate's row of each group, ``trust`` the probability that it is the place meant.
    """

    belief: Table
    table: Table
    parts: Table
    best: npt.NDArray[np.int64]
    trust: Table


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the first look (a name alone) and of the later ones (the whole document).

    ``doubts`` tell whether the best candidate is right, ``around`` whether the name lies around the place about which the
    text turns; below ``least`` a name is left without a place.
    """

    alone: Table
    whole: Table
    doubts: Table
    around: Table
    least: float

    @staticmethod
    @cache
    def shared() -> Ranker:
        """The shipped weights."""
        return Ranker.of(tomllib.loads(FILE.read_text(encoding="utf-8")))

    @staticmethod
    def of(raw: Mapping[str, Mapping[str, float]]) -> Ranker:
        """From tables of weights by feature name; a feature without a weight counts nothing."""
        return Ranker(
            alone=np.array([raw["alone"].get(name, 0.0) for name in OWN]),
            whole=np.array([raw["whole"].get(name, 0.0) for name in (*OWN, *SHARED)]),
            doubts=np.array([raw["doubts"].get(name, 0.0) for name in DOUBTS]),
            around=np.array([raw["around"].get(name, 0.0) for name in around.SIGNS]),
            least=float(raw["limits"]["least"]),
        )

    def judge(
        self, facts: Facts, home: Sequence[Place], homeland: str | None, names: Names, words: Vocabulary
    ) -> Verdict:
        """Beliefs over all candidates of a document."""
        mine = own(facts, words)
        belief = softmax(mine @ self.alone, facts)
        table, held = mine, ties(facts, home, homeland, names)
        for _ in range(ROUNDS):
            table = np.hstack([mine, shared(facts, belief, held)])
            belief = softmax(table @ self.whole, facts)
        best = favourites(belief, facts)
        trust = sigmoid(doubtful(facts, belief, table, best) @ self.doubts)
        return Verdict(belief, table, table * self.whole, best, trust)


def sigmoid(log_odds: Table) -> Table:
    """Probabilities from log odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def favourites(belief: Table, facts: Facts) -> npt.NDArray[np.int64]:
    """The row of the most believed candidate of each group."""
    ends = [*facts.starts[1:], len(facts.candidates)]
    return np.array([a + int(belief[a:b].argmax()) for a, b in zip(facts.starts, ends, strict=True)], dtype=np.int64)


def doubtful(facts: Facts, belief: Table, table: Table, best: npt.NDArray[np.int64]) -> Table:
    """The features of ``DOUBTS`` for the best candidate of each group."""
    column = {name: table[best, i] for i, name in enumerate((*OWN, *SHARED))}
    p = np.clip(belief[best], 1e-3, 1 - 1e-3)
    sizes = np.diff([*facts.starts, len(facts.candidates)])
    chosen = [facts.candidates[int(row)] for row in best]
    return np.column_stack(
        [
            np.ones(len(best)),
            np.where(sizes > 1, np.log(p / (1 - p)), 0.0),
            sizes == 1,
            column["population"],
            column["country_share"],
            np.maximum.reduce([column["country_named"], column["province_named"], column["district_named"]]),
            column["nearest"],
            [c.place.kind in ("country", "continent") for c in chosen],
            [c.how not in ("name", "demonym") for c in chosen],
            [c.how == "loose" for c in chosen],
            [c.how == "part" for c in chosen],
        ]
    ).astype(float)


def softmax(scores: Table, facts: Facts) -> Table:
    """Beliefs within each group."""
    return softmax_by(scores, facts.group, facts.starts)


def softmax_by(scores: Table, group: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]) -> Table:
    """Softmax within runs of rows: ``group`` numbers each row's run, ``starts`` is where each begins."""
    if not len(scores):
        return np.zeros(0)
    raised = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
    sums: Table = np.add.reduceat(raised, starts)[group]
    return np.asarray(raised / sums)
