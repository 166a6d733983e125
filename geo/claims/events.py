"""Which claims are of one happening: the same kind, compatible places, days that overlap.

Precision comes first: a claim that could be of two happenings is left by itself. Claims are put together in three passes,
each over claims sorted within their kind and place, so the work grows with their number and not with its square:
narrow days at one place; a province's claims with the one place in it; undated or vague claims with the one happening
of their place that their article, or their weeks, leave possible. Disagreements (numbers, dates, denials) stay in the
claims.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geo.claims.claim import Claim, Reading
from geo.places.place import PINNED_ROLES, Place

NARROW = timedelta(days=4)
"""A span of days up to which a claim's date tells one happening from another."""
WEEKS = timedelta(days=45)
"""Undated claims of one place and kind, published so close together, are taken for one story."""


@dataclass(slots=True)
class Happening:
    """Claims put together so far: the days they share and who tells them."""

    kind: str
    place: Place
    first: date | None
    last: date | None
    members: list[Item] = field(default_factory=list)

    def take(self, item: Item) -> None:
        self.members.append(item)
        if item.narrow:
            self.first = min(self.first or item.first or date.max, item.first or date.max)
            self.last = max(self.last or item.last or date.min, item.last or date.min)


@dataclass(frozen=True, slots=True)
class Item:
    """One claim with what events look at."""

    claim: Claim
    place: Place | None

    @property
    def first(self) -> date | None:
        return self.claim.event_date.first

    @property
    def last(self) -> date | None:
        return self.claim.event_date.last

    @property
    def narrow(self) -> bool:
        return self.first is not None and self.last is not None and self.last - self.first <= NARROW

    @property
    def published(self) -> date:
        return self.claim.sentence.article.published.first or date.max

    @property
    def rank(self) -> tuple[date, str, int, str]:
        return (self.published, self.claim.sentence.article.id, self.claim.sentence.span.start, self.claim.id)


def with_events(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with every claim's event; claims of one happening share it."""
    items = sorted((Item(c, scene(c)) for r in readings for c in r.claims), key=lambda item: item.rank)
    named: dict[str, tuple[str, str]] = {}
    for happening in happenings(items):
        name = event_name(happening.members[0])
        texts = {item.claim.sentence.article.id for item in happening.members}
        because = shared(happening, len(texts))
        named.update({item.claim.id: (name, because) for item in happening.members})
    return [replace(r, claims=tuple(placed(c, named) for c in r.claims)) for r in readings]


def placed(claim: Claim, named: dict[str, tuple[str, str]]) -> Claim:
    name, because = named.get(claim.id, ("", ""))
    return replace(
        claim, event=name or event_name(Item(claim, None)), event_because=because or "Nothing else tells of it here."
    )


def scene(claim: Claim) -> Place | None:
    """The one place of a claim; ``None`` when it has none or several, which make a summary and not one happening."""
    found = {loc.place.id: loc.place for loc in claim.locations if loc.role in PINNED_ROLES and loc.place is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def event_name(item: Item) -> str:
    """A name that stays while the happening's first teller stays."""
    return "e" + hashlib.sha256(item.claim.id.encode()).hexdigest()[:12]


def shared(happening: Happening, texts: int) -> str:
    """Why these claims are one event, for the reader."""
    if len(happening.members) == 1:
        return "Nothing else tells of it here."
    days = ""
    if happening.first and happening.last:
        same = happening.first == happening.last
        days = f", {happening.first.isoformat()}" + ("" if same else f" to {happening.last.isoformat()}")
    told = f"{len(happening.members)} claims in {texts} article{'s' if texts > 1 else ''}"
    return f"{told} tell of the same: same kind, {happening.place.name}{days}."


def happenings(items: Sequence[Item]) -> list[Happening]:
    """All happenings of claims with one place; claims without stay by themselves."""
    blocks: dict[tuple[str, int], list[Item]] = defaultdict(list)
    for item in items:
        if item.place is not None and item.place.kind not in {"country", "continent", "region"}:
            blocks[item.claim.kind, item.place.id].append(item)
    found: list[Happening] = []
    for block in blocks.values():
        dated = by_days([item for item in block if item.narrow])
        found += dated + by_story([item for item in block if not item.narrow], dated)
    return province_joined(found)


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
    """Vague and undated claims: to the one happening that fits, else together when told in the same weeks."""
    loose: list[Item] = []
    for item in items:
        fitting = [h for h in dated if fits(item, h)]
        if len(fitting) == 1:
            fitting[0].take(item)
        else:
            loose.append(item)
    found: list[Happening] = []
    for item in loose:
        assert item.place is not None
        last = found[-1] if found else None
        if last is None or not same_story(last.members[-1], item):
            last = Happening(item.claim.kind, item.place, None, None)
            found.append(last)
        last.take(item)
    return found


def fits(item: Item, happening: Happening) -> bool:
    """Whether a claim with vague days, or with none but in the same article, can be of this happening."""
    home = any(member.claim.sentence.article.id == item.claim.sentence.article.id for member in happening.members)
    if item.first is None or item.last is None:
        return home
    if happening.first is None or happening.last is None or (item.last - item.first > WEEKS and not home):
        return False  # "in 2016" may be any happening of that year
    return item.first <= happening.first and happening.last <= item.last


def same_story(one: Item, other: Item) -> bool:
    """Whether claims without clear days are of one story: one article, or a few weeks and days that do not exclude it."""
    if one.claim.sentence.article.id == other.claim.sentence.article.id:
        return (one.first, one.last) == (other.first, other.last) or one.first is None or other.first is None
    if date.max in (one.published, other.published) or abs(other.published - one.published) > WEEKS:
        return False
    if one.first and other.first and one.last and other.last:
        return max(one.first, other.first) <= min(one.last, other.last)
    return True


def settled(happening: Happening) -> Happening:
    happening.members.sort(key=lambda item: item.rank)
    return happening


def province_joined(found: Sequence[Happening]) -> list[Happening]:
    """A province's happening goes to the only one within it on the same days."""
    inner: dict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    for one in found:
        if one.place.kind != "province" and one.place.admin1:
            inner[one.kind, one.place.country, one.place.admin1].append(one)
    kept: list[Happening] = []
    for one in found:
        names = {one.place.name, one.place.admin1}
        near = [
            h for name in sorted(names) for h in inner.get((one.kind, one.place.country, name), ()) if overlap(one, h)
        ]
        if one.place.kind == "province" and len(near) == 1:
            for item in one.members:
                near[0].take(item)
        else:
            kept.append(one)
    return [settled(h) for h in kept]


def overlap(one: Happening, other: Happening) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return max(one.first, other.first) <= min(one.last, other.last)


def counted(claims: Iterable[Claim]) -> int:
    """How many independent sources tell these claims: the number of their origins."""
    return len({claim.origin for claim in claims if claim.origin})
