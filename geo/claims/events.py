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
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geo.claims.claim import Claim, Disagreement, Reading
from geo.claims.disagreements import disagreements
from geo.claims.gathering import here, province_joined
from geo.claims.happening import Happening, Item, alone, item, spot
from geo.claims.joining import word_joined
from geo.claims.likeness import Rarity, spoken, telling

ALONE = "Nothing else tells of it here."


@dataclass(frozen=True, slots=True)
class Event:
    """What is said of every claim of one happening: its name, why they are one, from how many independent origins, and
    what they disagree about."""

    name: str
    because: str
    origins: int
    disagreements: tuple[Disagreement, ...]


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


def rarity(claims: Sequence[Claim], words: Sequence[frozenset[str]]) -> Rarity:
    """How rare the words of claims are among the articles."""
    having: dict[str, set[str]] = defaultdict(set)
    for claim, found in zip(claims, words, strict=True):
        having[claim.sentence.article.id] |= found
    return Rarity.of(frozenset(found) for found in having.values())


def placed(claim: Claim, event: Event) -> Claim:
    return replace(claim, event=event.name, event_because=event.because, disagreements=event.disagreements)


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


def counted(claims: Iterable[Claim]) -> int:
    """How many independent sources tell these claims: the number of their origins."""
    return len({claim.origin for claim in claims if claim.origin})
