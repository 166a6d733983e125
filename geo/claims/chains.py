"""Chains: what edges join, each leading to the next, and none so long that one worker could not hold it.

In a large corpus edges join happenings of ever more weeks into one chain that grows with the corpus, though hardly two of
them are one: what speaks against that is weighed pair by pair. So a chain that grows too long is made of its strongest
edges only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]

LONGEST = 500
"""Happenings of one chain, at most. A worker holds all claims of a chain at once."""


def chains(one: Numbers, other: Numbers, order: Numbers, longest: int | None = None) -> tuple[Numbers, Numbers]:
    """Of edges between numbers: every number, sorted, and the chain that it is of, which is named for one of its numbers.

    ``order`` lists the edges with the strongest first. A chain of more than ``longest`` numbers (when not given, LONGEST)
    is made anew of its edges in that order; an edge that would make a longer one joins nothing.
    """
    longest = LONGEST if longest is None else longest
    names, leaders = components(one, other)
    sizes = np.bincount(np.searchsorted(names, leaders), minlength=len(names))
    long = set(names[sizes > longest].tolist())
    if not long:
        return names, leaders
    left, right = np.searchsorted(names, one), np.searchsorted(names, other)
    affected = np.isin(leaders, list(long))
    above = np.where(affected, np.arange(len(names)), np.searchsorted(names, leaders)).tolist()
    size = [1] * len(names)
    for edge in order[affected[left[order]]].tolist():
        first, second = sorted((_top(above, int(left[edge])), _top(above, int(right[edge]))))
        if first != second and size[first] + size[second] <= longest:
            above[second] = first
            size[first] += size[second]
    return names, names[[_top(above, n) for n in range(len(names))]]


def components(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers]:
    """Of pairs of numbers: every number, sorted, and the least of those to which pairs join it."""
    names, ends = np.unique(np.concatenate([one, other]), return_inverse=True)
    left, right = ends[: len(one)], ends[len(one) :]
    leader = np.arange(len(names))
    while True:
        low = np.minimum(leader[left], leader[right])
        before = leader.copy()
        for side in (left, right):
            np.minimum.at(leader, leader[side], low)
            np.minimum.at(leader, side, low)
        while not np.array_equal(above := leader[leader], leader):
            leader = above
        if np.array_equal(before, leader):
            return names, names[leader]


def _top(above: list[int], at: int) -> int:
    while above[at] != at:
        above[at] = above[above[at]]
        at = above[at]
    return at
