"""A learned judge over the readable features: a weight for each, shipped in ranker.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.places.candidates import Names
from geo.places.features import OWN, SHARED, Facts, Table, own, shared
from geo.places.place import Place
from geo.places.vocabulary import Vocabulary

FILE = Path(__file__).with_name("ranker.toml")
ROUNDS = 2  # looks at the whole document, each with the beliefs of the one before


@dataclass(frozen=True, slots=True)
class Verdict:
    """The belief in each candidate, summing to 1 within a group, and what each feature added to it.

    ``parts`` has one row a candidate and one column for each of ``OWN`` and ``SHARED``.
    """

    belief: Table
    parts: Table


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the first look (a name alone) and of the later ones (the whole document)."""

    alone: Table
    whole: Table
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
            least=float(raw["limits"]["least"]),
        )

    def judge(
        self, facts: Facts, home: Sequence[Place], homeland: str | None, names: Names, words: Vocabulary
    ) -> Verdict:
        """Beliefs over all candidates of a document."""
        mine = own(facts, words)
        belief = softmax(mine @ self.alone, facts)
        table = mine
        for _ in range(ROUNDS):
            table = np.hstack([mine, shared(facts, belief, home, homeland, names)])
            belief = softmax(table @ self.whole, facts)
        return Verdict(belief, table * self.whole)


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
