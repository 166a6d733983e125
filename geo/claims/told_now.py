"""Dates of claims that are told of the time of writing, and of deliveries that are told on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from geo.claims.aspect import is_done, is_pluperfect, is_present, is_under_way
from geo.claims.claim import Claim
from geo.claims.timeline import Scene, apart, days_of, period, quiet, says, shares, short, silent
from geo.text.period import Period

CLOCK = re.compile(
    r"^[ \t]*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[ \t]?(?:[ap]\.?m\.?|[A-Z]{2,4}))?[ \t]*$", re.MULTILINE | re.I
)
LIVE = 3
"""Lines with nothing but a time of day from which on a page is told by the clock."""
OPEN_STANCES = ("asserted", "reported")


def going_on(scene: Scene, at: int, claim: Claim) -> Period | None:
    """Told in the present and without a date, it is said of the time of publication: at least of that year."""
    published = scene.published
    if claim.event_date.known or published.first is None or published.last is None or claim.planned or shares(claim):
        return None
    if published.first.year != published.last.year or not any(is_present(token) for token in tokens(scene, claim)):
        return None
    because = f"No date is said; it is told in the present, so of the time of publication, {published.first.year}."
    return Period.iso(str(published.first.year), because)


def under_way(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "Envoys are meeting in Oslo", without a date: it was going on when it was published."""
    published = scene.published
    if not quiet(claim) or published.first is None or published.last is None or claim.planned or not shares(claim):
        return None
    told = (published.first, published.last)
    if not short(told) or not any(is_under_way(token) for token in tokens(scene, claim)):
        return None
    return period(told, "No date is said; it is told as going on, so of the time of publication")


def by_the_clock(scene: Scene, at: int, claim: Claim) -> Period | None:
    """An entry of a page that is told by the clock ("19:30") is of the day of the page."""
    published = scene.published
    if not quiet(claim) or published.first is None or published.first != published.last:
        return None
    stamps = CLOCK.findall(claim.sentence.article.text)
    if len(stamps) < LIVE or any(is_pluperfect(token) for token in tokens(scene, claim)) or not shares(claim):
        return None
    if claim.planned and not any(is_done(token) for token in tokens(scene, claim)):
        return None
    because = f"No date is said; the page is told by the clock, entry by entry (“{stamps[0].strip()}”), on the day"
    return period((published.first, published.first), because)


def in_a_row(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "In the north … In the south …": charges told in a row, place by place, are of one time."""
    if not silent(claim) or claim.planned or shares(claim) or not says(claim, "row") or not at:
        return None
    before = next((one for one in reversed(scene.claims[:at]) if one.sentence != claim.sentence), None)
    if before is None or before.kind != claim.kind or before.sentence.paragraph != claim.sentence.paragraph:
        return None
    days = days_of(before)
    if days is None or any(is_pluperfect(token) for token in tokens(scene, claim)):
        return None
    return period(days, "No date is said; it stands in one row with claims of that time")


def handed_over(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "The handover", "the rifles": an open delivery told just before, with its day."""
    if not silent(claim) or shares(claim) or claim.voice.stance not in OPEN_STANCES or not says(claim, "delivery"):
        return None
    for other in reversed(scene.claims[:at]):
        if other.kind != claim.kind or other.sentence == claim.sentence:
            continue
        days = days_of(other)
        if claim.sentence.paragraph - other.sentence.paragraph > 2 or other.voice.stance not in OPEN_STANCES:
            return None
        if days is None or not short(days, timedelta(days=7)) or apart(claim, other):
            return None
        return period(days, "The sentence gives no date; it goes on about the delivery told before it")
    return None


def tokens(scene: Scene, claim: Claim) -> list[Any]:
    """The words that decided the claim's kind, in the parse of its sentence."""
    doc, start = scene.docs.get(claim.sentence), claim.sentence.span.start
    if doc is None:
        return []
    inside = [one for one in claim.words if one.start >= start]
    spans = [doc.char_span(one.start - start, one.end - start, alignment_mode="expand") for one in inside]
    return [span.root for span in spans if span is not None]
