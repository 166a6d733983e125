"""Dates that a claim does not give itself and inherits from its neighbours, always with the reason.

A rule is a function that reads one claim among the article's claims and gives a period or None; the first of RULES that
gives one wins. Nothing is inherited by arms flows: accusations of different deliveries stand side by side without sharing
a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
"""Dated claims farther apart than this are not one series of events."""
LEAP = 3
"""Paragraphs over which a sentence refers back."""


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
            if own and claim.kind == like.kind and (planned is None or claim.planned == planned)
        ]


def redated(claims: Sequence[Claim], published: Period, docs: Mapping[Sentence, Doc] | None = None) -> list[Claim]:
    """The claims of one article, in text order, each with the best date that it or its neighbours give.

    ``docs`` are the parses of their sentences; with them a claim told in the present gets the year of publication.
    """
    own = tuple(claim.event_date.known for claim in claims)
    done = list(claims)
    for rules in RULES:
        scene = Scene(tuple(done), own, published, docs or {})
        for at, claim in enumerate(scene.claims):
            for rule in rules:
                period = rule(replace_claims(scene, done), at, claim)
                if period is not None:
                    done[at] = replace(claim, event_date=period)
                    break
    return done


def replace_claims(scene: Scene, claims: Sequence[Claim]) -> Scene:
    return replace(scene, claims=tuple(claims))


Rule = Callable[[Scene, int, Claim], Period | None]


def narrowed(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "In the past week" is the days in it for which the article dates such events."""
    wide = _days(claim)
    if wide is None or not scene.own[at] or not 2 <= (wide[1] - wide[0]).days <= 21:
        return None
    inside = [
        days for other in scene.dated(claim, planned=claim.planned) if (days := _days(other)) and _finer(days, wide)
    ]
    if len(inside) < 2 or claim.kind not in _words()["sharing"]:
        return None
    return _period(
        _hull(inside), f"{claim.event_date.because} Within it, the article dates such events", claim.event_date
    )


def gathered(scene: Scene, at: int, claim: Claim) -> Period | None:
    """A headline or caption without a date, or "the protests", means the events of that kind that the article dates."""
    if claim.event_date.known or claim.kind not in _words()["sharing"]:
        return None
    together = claim.sentence.section in ("headline", "caption") or _says(claim, "several")
    if not together or _says(claim, "another"):
        return None
    both = None if _says(claim, "several") else claim.planned
    found = [
        days for other in scene.dated(claim, planned=both) if (days := _days(other)) and (days[1] - days[0]).days <= 10
    ]
    if not found or _hull(found)[1] - _hull(found)[0] > NEAR:
        return None
    return _period(_hull(found), "The sentence gives no date; the article dates such events", None)


def only_one(scene: Scene, at: int, claim: Claim) -> Period | None:
    """The one date that the article gives for such events in the same place."""
    places = _places(claim)
    if claim.event_date.known or not places or claim.kind not in _words()["sharing"] or _says(claim, "another"):
        return None
    there = _alone(other for other in scene.dated(claim, planned=claim.planned) if places & _places(other))
    if there is None:
        return None
    return _period(there, "The sentence gives no date; the article gives one for such an event in the same place", None)


def the_event(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "The meeting", when the article dates only one."""
    if (
        claim.event_date.known
        or claim.kind not in _words()["sharing"]
        or _says(claim, "another")
        or not _says(claim, "back")
    ):
        return None
    dated = scene.dated(claim, planned=claim.planned)
    there = _alone(
        other for other in dated if not _places(claim) or not _places(other) or _places(claim) & _places(other)
    )
    if there is None:
        return None
    return _period(there, "The sentence gives no date; the article dates only one such event", None)


def told_before(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "The meeting", "they", "there": the event told just before."""
    if claim.event_date.known or claim.kind not in _words()["sharing"]:
        return None
    for other in reversed(scene.claims[:at]):
        apart = claim.sentence.paragraph - other.sentence.paragraph
        if apart > LEAP:
            return None
        if other.kind != claim.kind or other.sentence == claim.sentence:
            continue
        next_door = apart <= 1 and _next_to(other, claim)
        if _says(claim, "another") and not (next_door and _says(claim, "ordinal") and not _says(claim, "elsewhere")):
            return None
        if _places(claim) and _places(other) and not _places(claim) & _places(other):
            return None
        days = _days(other)
        if not (_says(claim, "back") or next_door) or days is None:
            return None
        if claim.planned != other.planned and not next_door:
            continue
        return _period(days, "The sentence gives no date; it goes on about the event told before it", None)
    return None


def going_on(scene: Scene, at: int, claim: Claim) -> Period | None:
    """Told in the present and without a date, it is said of the time of publication: at least of that year."""
    doc, published = scene.docs.get(claim.sentence), scene.published
    if claim.event_date.known or doc is None or published.first is None or published.last is None or claim.planned:
        return None
    if published.first.year != published.last.year or claim.kind in _words()["sharing"] or not _present(doc, claim):
        return None
    because = f"No date is said; it is told in the present, so of the time of publication, {published.first.year}."
    return Period.iso(str(published.first.year), because)


RULES: tuple[tuple[Rule, ...], ...] = ((narrowed, gathered, only_one), (told_before, the_event, going_on))
"""Each group is applied to the whole article before the next, so that what is found early can be handed on."""


def _present(doc: Doc, claim: Claim) -> bool:
    """Whether a verb at or above the claim's deciding words stands in the present or the present perfect."""
    at = claim.sentence.span.start
    for word in claim.words:
        span = doc.char_span(word.start - at, word.end - at, alignment_mode="expand") if word.start >= at else None
        token: Any = span.root if span is not None else None
        for _ in range(6):
            if token is None:
                break
            helpers = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
            if token.tag_ in ("VBZ", "VBP") or helpers & {"is", "are", "has", "have", "been", "'ve", "’ve", "'s", "’s"}:
                return True
            if token.tag_ == "VBD" or helpers & {"was", "were", "had", "did"}:
                break
            token = token.head if token.head.i != token.i else None
    return False


def _words() -> dict[str, Any]:
    found: dict[str, Any] = table("dates")["inheriting"]
    return found


def _says(claim: Claim, what: str) -> bool:
    return re.search(_words()[what], claim.sentence.text, re.I) is not None


def _next_to(one: Claim, other: Claim) -> bool:
    """Whether nothing but blank stands between their sentences."""
    between = one.sentence.article.text[one.sentence.span.end : other.sentence.span.start]
    return one.sentence.span.end <= other.sentence.span.start and not between.strip()


def _places(claim: Claim) -> set[int]:
    return {place.place.id for place in claim.locations if place.place is not None and place.role in PINNED_ROLES}


def _days(claim: Claim) -> Days | None:
    period = claim.event_date
    return (period.first, period.last) if period.first is not None and period.last is not None else None


def _alone(claims: Iterable[Claim]) -> Days | None:
    """The one date of these claims, those that speak of another time left out; None when they differ."""
    found = {days for claim in claims if not _says(claim, "another") and (days := _days(claim))}
    if len(found) != 1:
        return None
    days = found.pop()
    return days if (days[1] - days[0]).days <= 31 else None


def _finer(days: Days, wide: Days) -> bool:
    return days != wide and wide[0] <= days[0] and days[1] <= wide[1] and days[0] == days[1]


def _hull(found: Sequence[Days]) -> Days:
    whole = found[0]
    for days in found[1:]:
        whole = hull(whole, days)
    return whole


def _period(days: Days, because: str, own: Period | None) -> Period:
    when = f"{days[0]}" if days[0] == days[1] else f"{days[0]} to {days[1]}"
    return Period(days[0], days[1], f"{because}: {when}.", own.words if own is not None else None)
