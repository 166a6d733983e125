"""A happening: claims that are taken for one; and of each claim what tells one happening from another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from geo.claims.claim import Claim
from geo.claims.likeness import Rarity, Words
from geo.places.place import PINNED_ROLES, Place
from geo.text.period import Period

NARROW = timedelta(days=4)
"""A span of days up to which a claim's date tells one happening from another."""
WEEKS = timedelta(days=45)
"""Undated claims of one place and kind, published so close together, are taken for one story."""
SLIP = 2
"""Days by which two accounts of one happening may differ."""


Rank = tuple[date, str, int, str]


@dataclass(slots=True)
class Happening:
    """Claims put together so far: the days they share and who tells them."""

    kind: str
    place: Place | None
    first: date | None
    last: date | None
    members: list[Item] = field(default_factory=list)
    words: tuple[str, ...] = ()

    def take(self, item: Item) -> None:
        self.members.append(item)
        if item.narrow:
            self.first = min(self.first or item.first or date.max, item.first or date.max)
            self.last = max(self.last or item.last or date.min, item.last or date.min)


@dataclass(frozen=True, slots=True)
class Item:
    """One claim with what events look at; ``rank`` puts claims in the order in which they were published."""

    claim: Claim
    place: Place | None
    words: Words
    published: date
    first: date | None
    last: date | None
    narrow: bool
    rank: Rank


def item(claim: Claim, words: frozenset[str], rare: Rarity) -> Item:
    """A claim with what events look at, taken from it alone but for how rare its words are."""
    first, last = claim.event_date.first, claim.event_date.last
    article = claim.sentence.article
    published = article.published.first or date.max
    return Item(
        claim,
        scene(claim),
        Words.weighed(words, rare),
        published,
        first,
        last,
        narrow(claim.event_date),
        (published, article.id, claim.sentence.span.start, claim.id),
    )


def narrow(days: Period) -> bool:
    """Whether days are few enough to tell one happening from another."""
    return days.first is not None and days.last is not None and days.last - days.first <= NARROW


def scene(claim: Claim) -> Place | None:
    """The one place of a claim; ``None`` when it has none or several, which make a summary and not one happening."""
    found = {loc.place.id: loc.place for loc in claim.locations if loc.role in PINNED_ROLES and loc.place is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def spot(place: Place | None) -> Place | None:
    """A place narrow enough for a happening to be told by it."""
    return place if place is not None and place.kind not in {"country", "continent", "region"} else None


def alone(one: Item) -> Happening:
    """A claim by itself."""
    happening = Happening(one.claim.kind, None, None, None)
    happening.take(one)
    return happening


def settled(happening: Happening) -> Happening:
    happening.members.sort(key=lambda item: item.rank)
    return happening
