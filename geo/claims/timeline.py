"""One article's claims while they are dated, and what the rules of ``chronology`` ask of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from spacy.tokens import Doc

from geo.claims.claim import Claim
from geo.claims.days import Days, hull
from geo.claims.words import table
from geo.places.place import PINNED_ROLES
from geo.text.article import Sentence
from geo.text.period import Period

NEAR = timedelta(days=14)
"""Dated claims farther apart than this are not one series of events; what lies so far back is no longer the news."""
FRESH = timedelta(days=3)
"""Days before publication of a picture that shows what the article is about."""
NO_DATE = "The sentence gives no date."
"""What ``dates`` says of a sentence without any word of time."""
BESIDE_THE_POINT = ("says how long, not when", "which is when it was told", "since which nothing like it was seen")
"""Ends of its reasons for leaving out words of time that are not the event's."""
ELSEWHERE = "which belongs to other words of the sentence"
COUNTED_FROM = "it counts from an event whose date is not given"


@dataclass(frozen=True, slots=True)
class Scene:
    """One article's claims while they are dated: ``own`` are the dates that the sentences themselves give."""

    claims: tuple[Claim, ...]
    own: tuple[bool, ...]
    published: Period
    docs: Mapping[Sentence, Doc]

    def dated(self, like: Claim, *, planned: bool | None) -> list[Claim]:
        """The claims of the same kind that give their date themselves; ``planned`` None takes both sorts."""
        return [
            claim
            for claim, own in zip(self.claims, self.own, strict=True)
            if own
            and claim.kind == like.kind
            and (planned is None or claim.planned == planned)
            and self.hands_on(claim, like)
        ]

    def known(self, like: Claim, *, planned: bool) -> list[Claim]:
        """The claims of the same kind that have a date by now, from their neighbours as well."""
        return [
            claim
            for claim in self.claims
            if claim.event_date.known and claim.kind == like.kind and claim.planned == planned
        ]

    def hands_on(self, claim: Claim, like: Claim) -> bool:
        """Whether a claim's date may be handed on to another: an older picture may stand beside the news."""
        first, days = self.published.first, days_of(claim)
        if claim.sentence.section != "caption" or like.sentence.section == "caption" or first is None or days is None:
            return True
        return days[0] >= first - FRESH

    def recent(self, claims: Sequence[Claim]) -> list[Claim]:
        """Those of the dated claims that lie in the last days before publication: what the article reports."""
        first = self.published.first
        gone = [(one, told[1]) for one in claims if (told := days_of(one)) and first is not None and told[1] <= first]
        return [one for one, last in gone if first is not None and first - last <= NEAR]


def words() -> dict[str, Any]:
    """The patterns of [inheriting] in dates.toml."""
    found: dict[str, Any] = table("dates")["inheriting"]
    return found


def says(claim: Claim, what: str) -> bool:
    return re.search(words()[what], claim.sentence.text, re.I) is not None


def shares(claim: Claim) -> bool:
    """Whether its kind is one of which an article tells one event again and again."""
    return claim.kind in words()["sharing"]


def silent(claim: Claim) -> bool:
    """Whether its sentence says nothing of when: no word of time, or only lengths and the day it was told."""
    if claim.event_date.known:
        return False
    reasons = claim.event_date.because.rstrip(".").split("; ")
    return claim.event_date.because == NO_DATE or all(one.endswith(BESIDE_THE_POINT) for one in reasons)


def by_an_event(claim: Claim) -> bool:
    """Whether its sentence dates itself by an event of unknown day: "two weeks after the guns fell silent"."""
    return not claim.event_date.known and COUNTED_FROM in claim.event_date.because


def quiet(claim: Claim) -> bool:
    """As ``silent``, and also when its words of time belong to something else that it mentions."""
    reasons = claim.event_date.because.rstrip(".").split("; ")
    beside = (one.endswith(BESIDE_THE_POINT) or ELSEWHERE in one for one in reasons)
    return not claim.event_date.known and (claim.event_date.because == NO_DATE or all(beside))


def next_to(one: Sentence, other: Sentence) -> bool:
    """Whether nothing but blank stands between two sentences."""
    between = one.article.text[one.span.end : other.span.start]
    return one.span.end <= other.span.start and not between.strip()


def places(claim: Claim) -> set[int]:
    return {place.place.id for place in claim.locations if place.place is not None and place.role in PINNED_ROLES}


def named_places(claim: Claim) -> set[int]:
    """The places of the claim that its own sentence names."""
    own = (place for place in claim.locations if claim.sentence.span.contains(place.toponym.span))
    return {place.place.id for place in own if place.place is not None and place.role in PINNED_ROLES}


def apart(claim: Claim, other: Claim) -> bool:
    """Whether the claim's sentence names places, the other claim has some, and none is common to both."""
    return bool(named_places(claim) and places(other) and not named_places(claim) & places(other))


def days_of(claim: Claim) -> Days | None:
    period = claim.event_date
    return (period.first, period.last) if period.first is not None and period.last is not None else None


def alone(claims: Iterable[Claim]) -> Days | None:
    """The one date of these claims, those that speak of another time left out; None when they differ."""
    found = {days for claim in claims if not says(claim, "another") and (days := days_of(claim))}
    if len(found) != 1:
        return None
    days = found.pop()
    return days if (days[1] - days[0]).days <= 31 else None


def finer(days: Days, wide: Days) -> bool:
    return days != wide and wide[0] <= days[0] and days[1] <= wide[1] and days[0] == days[1]


def whole(found: Sequence[Days]) -> Days:
    """The shortest interval that holds all of these."""
    held = found[0]
    for days in found[1:]:
        held = hull(held, days)
    return held


def short(days: Days, longest: timedelta = timedelta(days=3)) -> bool:
    return days[1] - days[0] <= longest


def period(days: Days, because: str, own: Period | None = None) -> Period:
    """These days as inherited for this reason."""
    when = f"{days[0]}" if days[0] == days[1] else f"{days[0]} to {days[1]}"
    return Period(days[0], days[1], f"{because}: {when}.", own.words if own is not None else None)
