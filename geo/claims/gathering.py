"""Happenings told by place and days: those of one kind at one place, and a province's with the one place's in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from geo.claims.happening import WEEKS, Happening, Item, settled


def here(block: Sequence[Item]) -> list[Happening]:
    """The happenings of one kind at one place, from its claims in the order of their rank."""
    dated = by_days([one for one in block if one.narrow])
    return dated + by_story([one for one in block if not one.narrow], dated)


def by_days(items: Sequence[Item]) -> list[Happening]:
    """Claims of one kind and place whose days overlap, day after day."""
    found: list[Happening] = []
    for item in sorted(items, key=lambda i: (i.first or date.min, i.last or date.min, i.rank)):
        assert item.place is not None
        assert item.first is not None
        last = found[-1] if found else None
        if last is None or last.last is None or item.first > last.last:
            last = Happening(item.claim.kind, item.place, None, None)
            found.append(last)
        last.take(item)
    return [settled(h) for h in found]


def by_story(items: Sequence[Item], dated: Sequence[Happening]) -> list[Happening]:
    """Vague and undated claims: to the one happening that fits, else together when told in the same weeks.

    ``dated`` are happenings of one kind and place in the order of their days, which do not overlap.
    """
    firsts = [h.first or date.min for h in dated]
    homes: dict[str, dict[int, Happening]] = defaultdict(dict)
    for number, happening in enumerate(dated):
        for member in happening.members:
            homes[member.claim.sentence.article.id][number] = happening
    loose: list[Item] = []
    for one in items:
        fitting = fits(one, dated, firsts, homes.get(one.claim.sentence.article.id, {}))
        if len(fitting) == 1:
            dated[fitting[0]].take(one)
            homes[one.claim.sentence.article.id][fitting[0]] = dated[fitting[0]]
        else:
            loose.append(one)
    found: list[Happening] = []
    for one in loose:
        assert one.place is not None
        last = found[-1] if found else None
        if last is None or not same_story(last.members[-1], one):
            last = Happening(one.claim.kind, one.place, None, None)
            found.append(last)
        last.take(one)
    return found


def fits(one: Item, dated: Sequence[Happening], firsts: Sequence[date], homes: Mapping[int, Happening]) -> list[int]:
    """The numbers, at most two, of the happenings that a claim with vague days, or with none, can be of.

    ``homes`` are those that the same article tells of; for an undated claim only they count, and a claim of a longer time
    ("in 2016"), which may be any happening of that year, can be of no other.
    """
    if one.first is None or one.last is None:
        return list(homes)[:2]
    if one.last - one.first > WEEKS:
        inside = [n for n, h in homes.items() if h.first and h.last and one.first <= h.first and h.last <= one.last]
        return inside[:2]
    found: list[int] = []
    for number in range(bisect_left(firsts, one.first), len(dated)):
        last = dated[number].last
        if firsts[number] > one.last or len(found) == 2:
            break
        if last is not None and last <= one.last:
            found.append(number)
    return found


def same_story(one: Item, other: Item) -> bool:
    """Whether claims without clear days are of one story: one article, or a few weeks and days that do not exclude it."""
    if one.claim.sentence.article.id == other.claim.sentence.article.id:
        return (one.first, one.last) == (other.first, other.last) or one.first is None or other.first is None
    if date.max in (one.published, other.published) or abs(other.published - one.published) > WEEKS:
        return False
    if one.first and other.first and one.last and other.last:
        return max(one.first, other.first) <= min(one.last, other.last)
    return True


def province_joined(found: Sequence[Happening]) -> list[Happening]:
    """A province's happening goes to the only one within it on the same days."""
    blocks: dict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    for one in found:
        if (key := province(one)) is not None:
            blocks[key].append(one)
    gone: set[int] = set()
    for block in blocks.values():
        for outer, inner in within(block):
            for item in outer.members:
                inner.take(item)
            gone.add(id(outer))
    return [settled(one) for one in found if id(one) not in gone]


def province(one: Happening) -> tuple[str, str, str] | None:
    """Kind, country and province of a happening; None when it has no days or lies in none."""
    place = one.place
    if place is None or one.first is None or one.last is None:
        return None
    name = place.admin1 or (place.name if place.kind == "province" else "")
    return (one.kind, place.country, name) if name else None


def within(block: Sequence[Happening]) -> list[tuple[Happening, Happening]]:
    """Each happening of a whole province, among happenings of one kind in it, with the one place's that it belongs to."""
    inner: dict[int, list[Happening]] = defaultdict(list)
    for one in block:
        for month in months(one) if one.place is not None and one.place.kind != "province" else ():
            inner[month].append(one)
    found = []
    for one in block:
        if one.place is not None and one.place.kind == "province":
            near = {id(h): h for month in months(one) for h in inner.get(month, ()) if overlap(one, h)}
            found += [(one, only) for only in near.values() if len(near) == 1]
    return found


def months(one: Happening) -> range:
    """The months of a happening's days, counted from the year 0; none when it has no days."""
    if one.first is None or one.last is None:
        return range(0)
    return range(one.first.year * 12 + one.first.month, one.last.year * 12 + one.last.month + 1)


def overlap(one: Happening, other: Happening) -> bool:
    """Whether two happenings share a day."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return max(one.first, other.first) <= min(one.last, other.last)
