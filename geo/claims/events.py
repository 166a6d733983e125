"""Which claims are of one happening: the same kind, compatible places, days that overlap, the same people and things.

Precision comes first: a claim that could be of two happenings is left by itself. Claims are put together in four passes,
each over claims sorted or blocked by a key, so the work grows with their number and not with its square: narrow days at
one place; undated or vague claims with the one happening of their place that their article, or their weeks, leave
possible; a province's claims with the one place in it; and, whatever the place's name in them, claims that share rare
words (names, numbers, things) while neither days nor places speak against it. Disagreements (numbers, dates, denials)
stay in the claims and are told beside them (geo/claims/disagreements.py).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geo.claims.claim import Claim, Disagreement, Reading
from geo.claims.disagreements import disagreements
from geo.claims.likeness import Rarity, Words, likeness, spoken, telling
from geo.places.place import PINNED_ROLES, Place
from geo.text.period import Period

NARROW = timedelta(days=4)
"""A span of days up to which a claim's date tells one happening from another."""
WEEKS = timedelta(days=45)
"""Undated claims of one place and kind, published so close together, are taken for one story."""
SLIP = 2
"""Days by which two accounts of one happening may differ."""
ALIKE = 0.22
"""Likeness of two sentences from which they tell of one happening though no place says so; at one place HERE is enough.
Set on the pairs of briefs in tests/gold/events.json: below it most pairs are of different happenings."""
HERE = 0.12
ALONE = "Nothing else tells of it here."
KEYS = 6
"""Rare words by which a claim is looked up."""
BLOCK = 24
"""Claims that one rare word of one kind and month brings together; a word with more tells nothing."""


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
class Event:
    """What is said of every claim of one happening: its name, why they are one, from how many independent origins, and
    what they disagree about."""

    name: str
    because: str
    origins: int
    disagreements: tuple[Disagreement, ...]


Rank = tuple[date, str, int, str]


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


def with_events(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with every claim's event, and what its tellers disagree about; claims of one happening share it."""
    claims = [claim for reading in readings for claim in reading.claims]
    words = [telling(claim.sentence.text) for claim in claims]
    rare = rarity(claims, words)
    items = sorted((item(c, w, rare) for c, w in zip(claims, words, strict=True)), key=lambda one: one.rank)
    named: dict[str, Event] = {}
    for happening in happenings(items, rare):
        event = told(happening)
        named.update({one.claim.id: event for one in happening.members})
    return [replace(r, claims=tuple(placed(c, named[c.id]) for c in r.claims)) for r in readings]


def told(happening: Happening) -> Event:
    """The event that a happening is, with what its tellers disagree about."""
    members = happening.members
    texts = {one.claim.sentence.article.id for one in members}
    differ = disagreements([one.claim for one in members]) if len(members) > 1 else ()
    origins = len({one.claim.origin or one.claim.id for one in members})
    return Event(event_name(members[0].claim.id), shared(happening, len(texts)), origins, differ)


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


def rarity(claims: Sequence[Claim], words: Sequence[frozenset[str]]) -> Rarity:
    """How rare the words of claims are among the articles."""
    having: dict[str, set[str]] = defaultdict(set)
    for claim, found in zip(claims, words, strict=True):
        having[claim.sentence.article.id] |= found
    return Rarity.of(frozenset(found) for found in having.values())


def placed(claim: Claim, event: Event) -> Claim:
    return replace(claim, event=event.name, event_because=event.because, disagreements=event.disagreements)


def scene(claim: Claim) -> Place | None:
    """The one place of a claim; ``None`` when it has none or several, which make a summary and not one happening."""
    found = {loc.place.id: loc.place for loc in claim.locations if loc.role in PINNED_ROLES and loc.place is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def event_name(claim: str) -> str:
    """A name that stays while the happening's first teller, the claim of this id, stays."""
    return "e" + hashlib.sha256(claim.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def shared(happening: Happening, texts: int) -> str:
    """Why these claims are one event, for the reader."""
    if len(happening.members) == 1:
        return ALONE
    days = ""
    if happening.first and happening.last:
        same = happening.first == happening.last
        days = f", {happening.first.isoformat()}" + ("" if same else f" to {happening.last.isoformat()}")
    told = f"{len(happening.members)} claims in {texts} article{'s' if texts > 1 else ''}"
    where = f", {happening.place.name}" if happening.place is not None else ""
    text = happening.members[0].claim.sentence.text
    words = ", ".join(f"“{spoken(word, text)}”" for word in happening.words[:4])
    common = f"; words few others have: {words}" if words else ""
    return f"{told} tell of the same: same kind{where}{days}{common}."


def happenings(items: Sequence[Item], rare: Rarity) -> list[Happening]:
    """All happenings of these claims, every claim in one of them."""
    blocks: dict[tuple[str, int], list[Item]] = defaultdict(list)
    found: list[Happening] = []
    for one in items:
        if (at := spot(one.place)) is not None:
            blocks[one.claim.kind, at.id].append(one)
        else:
            found.append(alone(one))
    for block in blocks.values():
        found += here(block)
    return word_joined(province_joined(found), rare)


def spot(place: Place | None) -> Place | None:
    """A place narrow enough for a happening to be told by it."""
    return place if place is not None and place.kind not in {"country", "continent", "region"} else None


def here(block: Sequence[Item]) -> list[Happening]:
    """The happenings of one kind at one place, from its claims in the order of their rank."""
    dated = by_days([one for one in block if one.narrow])
    return dated + by_story([one for one in block if not one.narrow], dated)


def alone(one: Item) -> Happening:
    """A claim by itself."""
    happening = Happening(one.claim.kind, None, None, None)
    happening.take(one)
    return happening


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


def settled(happening: Happening) -> Happening:
    happening.members.sort(key=lambda item: item.rank)
    return happening


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


def word_joined(found: Sequence[Happening], rare: Rarity) -> list[Happening]:
    """Happenings told in the same rare words are one, the most alike first, unless place or days speak against it."""
    return joined(found, alike([one for happening in found for one in happening.members], rare))


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


Edge = tuple[float, Item, Item, list[str]]
"""How alike two claims are, the two, and the rare words in common."""


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
    if not same_days(one, other):
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
    here, there = one.place, other.place
    if here is None or there is None or here.id == there.id:
        return True
    inside = {here.kind, there.kind} & {"province"} and here.country == there.country
    outer, inner = (here, there) if here.kind == "province" else (there, here)
    return bool(inside) and inner.kind != "province" and inner.admin1 in {outer.name, outer.admin1}


def counted(claims: Iterable[Claim]) -> int:
    """How many independent sources tell these claims: the number of their origins."""
    return len({claim.origin for claim in claims if claim.origin})
