"""Places that a claim inherits: "the meeting" of a sentence without a place is where the sentence before had it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.claim import Claim
from geo.claims.patterns import pattern
from geo.claims.words import table
from geo.places.place import PINNED_ROLES, Location
from geo.text.article import Article, Sentence
from geo.text.span import Span

REACH = 800
"""Characters back to which "the province" may refer."""
LEAP = 3
"""Paragraphs; beyond them "the meeting" may be another one."""


def inherited(article: Article, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those without a place of their own given that of the nearest earlier claim they refer back to."""
    done: list[Claim] = []
    for claim in claims:
        done.append(with_place(claim, done))
    return done


def with_place(claim: Claim, before: Sequence[Claim]) -> Claim:
    """The claim with the place it refers back to, if it does and there is one."""
    if scenes(claim):
        return claim
    claim = at_home(claim)
    if scenes(claim) or claim.kind not in table("inherit")["kinds"]:
        return claim
    words = refers(claim)
    if words is None:
        return claim
    for earlier in reversed(before):
        if claim.sentence.paragraph - earlier.sentence.paragraph > LEAP:
            break
        found = [loc for loc in scenes(earlier) if loc.role == "happened_at"]
        if (
            earlier.kind != claim.kind
            or not found
            or not compatible(claim, earlier)
            or earlier.sentence == claim.sentence
        ):
            continue
        return replace(claim, locations=(*claim.locations, *(handed_on(loc, words) for loc in found)))
    return claim


def at_home(claim: Claim) -> Claim:
    """Where residents take to the streets and no other place is named, they do so at home."""
    homes = [
        loc
        for loc in claim.locations
        if loc.role == "speaker_home" and loc.place is not None and loc.place.kind != "country"
    ]
    found = pattern("inherit", "at_home").search(claim.sentence.text)
    if (
        claim.kind not in table("inherit")["kinds_at_home"]
        or len(homes) != 1
        or found is None
        or claim.voice.speaker is not None
    ):
        return claim
    home = homes[0]
    if (
        not found.end()
        <= home.toponym.span.end - claim.sentence.span.start
        <= found.end() + len(home.toponym.span.of(claim.sentence.article.text)) + 4
    ):
        return claim
    because = "Those who took part are from there, and no other place is named."
    moved = replace(home, role="happened_at", score=round(home.score * 0.6, 3), role_because=because)
    return replace(claim, locations=tuple(moved if loc is home else loc for loc in claim.locations))


def scenes(claim: Claim) -> list[Location]:
    """The places where the claim says it happened or arrived."""
    return [loc for loc in claim.locations if loc.role in PINNED_ROLES]


def definite(
    sentence: Sentence, words: Sequence[Span], locations: Sequence[Location], located: Sequence[Location]
) -> list[Location]:
    """The place that "the province" of a sentence without a scene means: the last of that kind named before.

    ``words`` are the claim's deciding words in the sentence; ``locations`` its own places, ``located`` the article's.
    """
    if any(loc.role in PINNED_ROLES for loc in locations):
        return []
    for kind in table("inherit")["definite"]:
        found = pattern("inherit", "definite", kind).search(sentence.text)
        if found is None:
            continue
        at = sentence.span.start + found.start()
        until = bisect_right(located, at, key=lambda loc: loc.toponym.span.end)
        since = bisect_right(located, at - REACH, key=lambda loc: loc.toponym.span.end)
        near = [loc for loc in located[since:until] if loc.place is not None and loc.place.kind == kind]
        if near:
            last = max(near, key=lambda loc: loc.toponym.span.start)
            assert last.place is not None
            because = f'"{found.group()}" means {last.place.name}, the {kind} named before.'
            return [replace(last, role="happened_at", score=round(last.score * 0.7, 3), role_because=because)]
    return []


def refers(claim: Claim) -> str | None:
    """The words by which a sentence refers back: "the meeting", "Tuesday's talks", "there", "it"."""
    found = pattern("inherit", "refers", claim.kind).search(claim.sentence.text)
    return found.group().strip() if found is not None else None


def compatible(claim: Claim, earlier: Claim) -> bool:
    """Whether two claims can be of one happening as far as their dates tell."""
    a, b = claim.event_date, earlier.event_date
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return (max(a.first, b.first) - min(a.last, b.last)).days <= 3


def handed_on(location: Location, words: str) -> Location:
    name = location.place.name if location.place is not None else "the place named before"
    because = f'The sentence names no place; "{words}" refers back to {name}, named before.'
    return replace(location, score=round(location.score * 0.6, 3), role_because=because)
