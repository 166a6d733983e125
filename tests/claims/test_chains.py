from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims.chains import chains, components


def test_whatever_pairs_join_is_one_group() -> None:
    chance = random.Random(5)
    pairs = [(chance.randrange(80), chance.randrange(80)) for _ in range(50)]
    one, other = (np.array([pair[n] for pair in pairs], np.uint64) for n in (0, 1))
    names, leaders = components(one, other)
    group = {int(name): {int(name)} for name in names}
    for left, right in pairs:
        both = group[left] | group[right]
        for each in both:
            group[each] = both
    assert {int(n): int(leader) for n, leader in zip(names, leaders, strict=True)} == {
        n: min(g) for n, g in group.items()
    }


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=80), st.integers(1, 12))
def test_no_chain_is_longer_than_it_may_be(pairs: list[tuple[int, int]], longest: int) -> None:
    one, other = (np.array([pair[n] for pair in pairs], np.uint64) for n in (0, 1))
    names, chain = chains(one, other, np.arange(len(pairs)), longest)
    assert np.array_equal(names, np.unique(np.concatenate([one, other])))
    assert np.unique(chain, return_counts=True)[1].max() <= longest
    whole, group = components(one, other)
    assert np.array_equal(names, whole)
    for each in np.unique(chain):
        assert len(np.unique(group[chain == each])) == 1, "a chain joins only what edges join"
    short = np.isin(group, [g for g, n in zip(*np.unique(group, return_counts=True), strict=True) if n <= longest])
    assert np.array_equal(chain[short], group[short]), "a chain that is short enough stays whole"


def test_a_chain_too_long_breaks_where_it_is_weakest() -> None:
    one, other = np.array([1, 2, 3, 4, 5]), np.array([2, 3, 4, 5, 6])
    order = np.array([0, 1, 4, 3, 2])  # between 3 and 4 the edge is the weakest
    names, chain = chains(one, other, order, 3)
    of = dict(zip(names.tolist(), chain.tolist(), strict=True))
    assert of[1] == of[2] == of[3] != of[4] == of[5] == of[6]


def test_the_order_of_edges_that_are_listed_makes_no_difference() -> None:
    chance = random.Random(3)
    edges = [(chance.randrange(300), chance.randrange(300), n) for n in range(400)]
    found = []
    for _ in range(2):
        chance.shuffle(edges)
        one, other, weight = (np.array(column) for column in zip(*edges, strict=True))
        names, chain = chains(one, other, np.argsort(weight), 20)
        groups: dict[int, set[int]] = {}
        for name, leader in zip(names.tolist(), chain.tolist(), strict=True):
            groups.setdefault(leader, set()).add(name)
        found.append(sorted(map(sorted, groups.values())))
    assert found[0] == found[1]
