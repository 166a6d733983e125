"""From scores per word to names: the likeliest row of tags in which no name begins in its middle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

TAGS = ("O", "B-toponym", "I-toponym", "B-demonym", "I-demonym")
Floats = npt.NDArray[np.float32]

BEFORE = ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (1, 2), (0, 1, 2, 3, 4), (3, 4))  # tags allowed before each tag


@dataclass(frozen=True, slots=True)
class Name:
    """Words ``first`` to ``last`` (both inside) are a name; ``score`` is its least sure word's probability."""

    first: int
    last: int
    demonym: bool
    score: float


def probabilities(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    risen = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(risen / risen.sum(-1, keepdims=True), np.float32)


def names(logits: Floats) -> Iterator[Name]:
    """The names in a text, from its words' scores (words x 5, in the order of ``TAGS``)."""
    if not len(logits):
        return
    path, chance = best_path(logits), probabilities(logits)
    start = None
    for i, tag in enumerate([*path, 0]):
        if start is not None and tag not in (2, 4):
            yield _name(path, chance, start, i - 1)
            start = None
        if tag in (1, 3):
            start = i


def _name(path: list[int], chance: Floats, first: int, last: int) -> Name:
    begin = path[first]
    rows = chance[first : last + 1]
    score = float((rows[:, begin] + rows[:, begin + 1]).min())
    return Name(first, last, begin == 3, min(1.0, score))


def best_path(logits: Floats) -> list[int]:
    """The likeliest allowed row of tags (Viterbi). Where each word's own best tag is allowed, that is it."""
    own: list[int] = logits.argmax(-1).tolist()
    if all(b in BEFORE[tag] for b, tag in zip([0, *own], own, strict=False)):
        return own
    score, back = [0.0, -1e9, -1e9, -1e9, -1e9], []
    for row in logits.tolist():
        choice = [max(before, key=score.__getitem__) for before in BEFORE]
        back.append(choice)
        score = [score[c] + x for c, x in zip(choice, row, strict=True)]
    tag = max(range(len(TAGS)), key=score.__getitem__)
    path = []
    for choice in reversed(back):
        path.append(tag)
        tag = choice[tag]
    return path[::-1]
