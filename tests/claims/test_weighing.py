"""How the weights of the kinds are fitted."""

from __future__ import annotations

import numpy as np
import pytest

from geo.claims import kinds, weighing
from geo.claims.labelled import ALONE, Example


def example(part: str, number: int, claim: bool) -> Example:
    return Example("words", {"protest": claim}, "pages", part, number)


def test_a_sentence_before_any_claim_of_its_article_counts_in_the_fit() -> None:
    items = [example("a", 0, False), example("a", 5, False), example("b", 0, False), example("c", ALONE, False)]
    rows, labels = np.ones((4, 3)), np.zeros(4)
    heard = weighing.heard_of(items, rows, labels, np.array([np.inf, 2.0, np.inf]))
    assert heard.tolist() == [[1, 0, 1]] * 4


def test_a_sign_that_goes_on_counts_within_its_reach() -> None:
    items = [example("a", number, number == 0) for number in range(4)]
    heard = weighing.heard_of(items, np.ones((4, 1)), np.array([1.0, 0, 0, 0]), np.array([2.0]))
    assert heard.ravel().tolist() == [0, 1, 1, 0]


def test_equal_rows_are_fitted_once_with_the_same_weights() -> None:
    rows = np.array([[1.0, 1], [1, 1], [0, 1], [0, 1], [1, 1]])
    labels, counts = np.array([1.0, 1, 0, 0, 0]), np.array([1.0, 2, 1, 1, 0.5])
    found = weighing.fitted(rows, labels, counts, np.zeros(2))
    near = weighing.fitted(rows, labels, counts, np.zeros(2), start=found + 0.3)
    assert found == pytest.approx(near, abs=1e-5)
    assert found[0] > 0 > found[1]


def test_the_shipped_weights_are_of_the_shipped_signs() -> None:
    for kind in kinds.kinds():
        assert len(weighing.priors(kind)) == len(kind.signs) + 1 == len(weighing.reaches(kind))
