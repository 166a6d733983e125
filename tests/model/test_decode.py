"""Tags become names only along rows in which no name begins in its middle."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model.decode import BEFORE, TAGS, best_path, names


def scores(*best: str) -> np.ndarray:
    rows = np.zeros((len(best), len(TAGS)), np.float32)
    for row, tag in zip(rows, best, strict=True):
        row[TAGS.index(tag)] = 5
    return rows


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ((), []),
        (("O", "O"), []),
        (("B-toponym",), [(0, 0, False)]),
        (("B-toponym", "I-toponym", "O"), [(0, 1, False)]),
        (("B-toponym", "B-toponym"), [(0, 0, False), (1, 1, False)]),
        (("O", "B-demonym", "B-toponym", "I-toponym"), [(1, 1, True), (2, 3, False)]),
    ],
)
def test_tags_become_names(tags: tuple[str, ...], expected: list[tuple[int, int, bool]]) -> None:
    assert [(n.first, n.last, n.demonym) for n in names(scores(*tags))] == expected


def test_a_middle_without_a_beginning_is_mended() -> None:
    rows = scores("O", "I-toponym", "O")
    rows[1, TAGS.index("B-toponym")] = 4
    assert [(n.first, n.last) for n in names(rows)] == [(1, 1)]


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-4, 4, width=16), min_size=5, max_size=5), min_size=1, max_size=5))
def test_the_path_is_the_best_of_all_allowed(rows: list[list[float]]) -> None:
    logits = np.array(rows, np.float32)

    def allowed(path: tuple[int, ...]) -> bool:
        return all(before in BEFORE[tag] for before, tag in zip((0, *path), path, strict=False))

    def total(path: tuple[int, ...]) -> float:
        return sum(float(row[tag]) for row, tag in zip(logits, path, strict=True))

    paths = filter(allowed, itertools.product(range(5), repeat=len(rows)))
    found = tuple(best_path(logits))
    assert allowed(found)
    assert total(found) == pytest.approx(max(map(total, paths)), abs=1e-4)
