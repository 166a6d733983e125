"""Happenings told by words: those that are told in the same rare words are one, unless place or days speak against it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from geo.claims.chains import chains
from geo.claims.happening import SLIP, WEEKS, Happening, Item, settled, spot
from geo.claims.likeness import Rarity, likeness
from geo.places.place import Place

ALIKE = 0.22
"""Likeness of two sentences from which they tell of one happening though no place says so; at one place HERE is enough.
Set on the pairs of briefs in tests/gold/events.json: below it most pairs are of different happenings."""
HERE = 0.12
KEYS = 6
"""Rare words by which a claim is looked up."""
BLOCK = 24
"""Claims that one rare word of one kind and month brings together; a word with more tells nothing."""


Edge = tuple[float, Item, Item, list[str]]
"""How alike two claims are, the two, and the rare words in common."""


def word_joined(found: Sequence[Happening], rare: Rarity) -> list[Happening]:
    """Happenings told in the same rare words are one, the most alike first, unless place or days speak against it."""
    return joined(found, unbroken(found, list(alike([one for happening in found for one in happening.members], rare))))


def unbroken(found: Sequence[Happening], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that chains leave out which would be too long with them."""
    home = {one.claim.id: number for number, happening in enumerate(found) for one in happening.members}
    ends = np.array([(home[one.claim.id], home[other.claim.id]) for _, one, other, _ in edges], np.int64).reshape(-1, 2)
    apart = ends[:, 0] != ends[:, 1]
    edges, ends = [edge for edge, kept in zip(edges, apart, strict=True) if kept], ends[apart]
    ties, weak = np.array([tie(edge) for edge in edges], np.uint64), np.array([-edge[0] for edge in edges])
    names, chain = chains(ends[:, 0], ends[:, 1], np.lexsort((ties, weak)))
    left, right = (chain[np.searchsorted(names, ends[:, n])] for n in (0, 1))
    return [edge for edge, kept in zip(edges, left == right, strict=True) if kept]


def tie(edge: Edge) -> int:
    """Puts edges of the same likeness in an order, which no order of the claims has a part in; 64 bits."""
    ids = f"{edge[1].claim.id} {edge[2].claim.id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(ids, digest_size=8).digest(), "big")


def joined(found: Sequence[Happening], edges: Iterable[Edge]) -> list[Happening]:
    """The happenings with those put together that pairs of their claims join."""
    home: dict[str, Happening] = {one.claim.id: happening for happening in found for one in happening.members}
    for _, one, other, words in sorted(edges, key=lambda edge: (-edge[0], edge[1].rank, edge[2].rank)):
        first, second = home[one.claim.id], home[other.claim.id]
        if first is second or not reconcilable(first, second):
            continue
        if second.place is not None and (first.place is None or first.place.kind == "province"):
            first.place = second.place
        first.words = first.words or second.words or tuple(words)
        for moved in second.members:
            first.take(moved)
            home[moved.claim.id] = first
        second.members.clear()
    return [settled(happening) for happening in found if happening.members]


def alike(listed: Sequence[Item], rare: Rarity) -> Iterator[Edge]:
    """Pairs of claims that tell of one happening by their words; each pair once, in any order."""
    blocks: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for number, one in enumerate(listed):
        for key in keys(one):
            blocks[key].append(number)
    met: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= BLOCK:
            met.update((a, b) if a < b else (b, a) for n, a in enumerate(block) for b in block[:n])
    for left, right in met:
        edge = judged(listed[left], listed[right], rare)
        if edge is not None:
            yield edge


def keys(one: Item) -> Iterator[tuple[str, str, int]]:
    """Kind, rare word and month under which a claim is looked up: the month of its event or publication, and the next."""
    days = {one.published, *([one.first] if one.narrow and one.first else [])} - {date.max}
    months = {m + step for d in days for m in [d.year * 12 + d.month] for step in (0, 1)} or {0}
    for word in one.words.rare[:KEYS]:
        for month in sorted(months):
            yield one.claim.kind, word, month


def judged(one: Item, other: Item, rare: Rarity) -> Edge | None:
    """The pair, when its words tell of one happening and its days allow it."""
    if not same_days(one, other) or not compatible(spot(one.place), spot(other.place)):
        return None
    score, words = likeness(one.words, other.words, rare)
    here = one.place is not None and other.place is not None and one.place.id == other.place.id
    enough = (score >= HERE and words) if here else (score >= ALIKE and len(words) > 1)
    if not enough:
        return None
    first, second = (one, other) if one.rank <= other.rank else (other, one)
    return round(score, 6), first, second, words


def same_days(one: Item, other: Item) -> bool:
    """Whether two claims can be of the same days, with a slip of ``SLIP``."""
    if one.first and one.last and other.first and other.last:
        apart = (max(one.first, other.first) - min(one.last, other.last)).days
        vague = not (one.narrow and other.narrow) and not one.last - one.first <= WEEKS
        return apart <= SLIP and (not vague or near(one.published, other.published))
    for dated, undated in ((one, other), (other, one)):
        if dated.narrow and dated.first and dated.last and undated.published != date.max:
            ahead = dated.claim.planned or undated.claim.planned
            soon = undated.published >= dated.first - (WEEKS if ahead else timedelta(days=SLIP))
            return soon and undated.published <= dated.last + WEEKS
    return near(one.published, other.published)


def near(one: date, other: date) -> bool:
    """Whether two publications are of the same weeks."""
    return date.max not in (one, other) and abs(one - other) <= WEEKS


def reconcilable(one: Happening, other: Happening) -> bool:
    """Whether neither places nor days speak against two happenings being one."""
    if one.first and one.last and other.first and other.last:
        apart = (max(one.first, other.first) - min(one.last, other.last)).days
        if apart > SLIP:
            return False
    return compatible(one.place, other.place)


def compatible(here: Place | None, there: Place | None) -> bool:
    """Whether one happening can be at both places: the same, or one in the other, which is a province."""
    if here is None or there is None or here.id == there.id:
        return True
    inside = {here.kind, there.kind} & {"province"} and here.country == there.country
    outer, inner = (here, there) if here.kind == "province" else (there, here)
    return bool(inside) and inner.kind != "province" and inner.admin1 in {outer.name, outer.admin1}
