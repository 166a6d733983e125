"""Days that claims of meetings and protests share: rules by which one without a date takes that of its neighbours.

A rule reads one claim of the scene and gives a period, with the reason, or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.claims.aspect import is_pluperfect
from geo.claims.claim import Claim
from geo.claims.dates import only_date
from geo.claims.days import Days
from geo.claims.timeline import (
    NEAR,
    Scene,
    alone,
    apart,
    days_of,
    finer,
    named_places,
    next_to,
    period,
    places,
    quiet,
    says,
    shares,
    short,
    silent,
    whole,
    words,
)
from geo.text.article import Sentence
from geo.text.period import Period

LEAP = 3
"""Paragraphs over which a sentence refers back."""


def narrowed(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "In the past week" is the days in it for which the article dates such events."""
    wide = days_of(claim)
    if wide is None or not scene.own[at] or not 2 <= (wide[1] - wide[0]).days <= 21 or not shares(claim):
        return None
    inside = [days for one in scene.dated(claim, planned=claim.planned) if (days := days_of(one)) and finer(days, wide)]
    if len(inside) < 2:
        return None
    because = f"{claim.event_date.because} Within it, the article dates such events"
    return period(whole(inside), because, claim.event_date)


def gathered(scene: Scene, at: int, claim: Claim) -> Period | None:
    """A headline or caption without a date, or "the protests", means the events of that kind that the article dates.

    "These talks" are the ones told just before.
    """
    if claim.event_date.known or not shares(claim) or says(claim, "another"):
        return None
    several = says(claim, "several")
    if claim.sentence.section not in ("headline", "caption") and not several:
        return None
    dated = scene.dated(claim, planned=None if several else claim.planned)
    if says(claim, "these"):
        return _told_up_to(claim, dated)
    dated = [one for one in dated if not says(one, "before_it") and not _over_before(scene, one)] or dated
    found = [days for one in dated if (days := days_of(one)) and (days[1] - days[0]).days <= 10]
    if claim.planned and not several:
        found = found[:1]  # the news is what is told first; other plans follow
    if not found or whole(found)[1] - whole(found)[0] > NEAR:
        return None
    return period(whole(found), "The sentence gives no date; the article dates such events")


def _told_up_to(claim: Claim, dated: Sequence[Claim]) -> Period | None:
    """ "These talks": those dated in the paragraphs just before, whenever they were."""
    before = [one for one in dated if one.sentence.span.start < claim.sentence.span.start]
    near = [one for one in before if claim.sentence.paragraph - one.sentence.paragraph <= LEAP]
    found = [days for one in near if (days := days_of(one))]
    return period(whole(found), "The sentence gives no date; those told before it are of these days") if found else None


def only_one(scene: Scene, at: int, claim: Claim) -> Period | None:
    """The one date that the article gives for such events in the same place."""
    if claim.event_date.known or not named_places(claim) or not shares(claim) or says(claim, "another"):
        return None
    dated = [one for one in scene.dated(claim, planned=claim.planned) if named_places(claim) & places(one)]
    there = alone(dated) or (None if claim.planned else alone(scene.recent(dated)))
    if there is None:
        return None
    return period(there, "The sentence gives no date; the article gives one for such an event in the same place")


def the_event(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "The meeting", when the article dates only one, or only one that had been held."""
    if claim.event_date.known or not shares(claim) or says(claim, "another") or not says(claim, "back"):
        return None
    if says(claim, "these"):
        return None
    dated = [one for one in _as_far_ahead(claim, scene.dated(claim, planned=claim.planned)) if not apart(claim, one)]
    there = alone(dated)
    if there is not None:
        return period(there, "The sentence gives no date; the article dates only one such event")
    held = None if claim.planned else alone(scene.recent(dated))
    return (
        period(held, "The sentence gives no date; the article dates only one such event of those days") if held else None
    )


def told_before(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "The meeting", "they", "there": the event told just before."""
    if claim.event_date.known or not shares(claim) or claim.sentence.section == "subhead":
        return None
    for other in reversed(scene.claims[:at]):
        leap = claim.sentence.paragraph - other.sentence.paragraph
        if leap > LEAP:
            return None
        if other.kind != claim.kind or other.sentence == claim.sentence or not scene.hands_on(other, claim):
            continue
        next_door = leap <= 1 and next_to(other.sentence, claim.sentence)
        if says(claim, "another") and not (next_door and says(claim, "ordinal") and not says(claim, "elsewhere")):
            return None
        if says(other, "another") and not next_door:
            continue  # "the previous round": what is told again is the one before it
        if claim.voice.stance == "denied" and not (says(claim, "back") or named_places(claim) & places(other)):
            return None  # who denies to have met does not speak of the meeting told before
        days = days_of(other)
        if apart(claim, other) or not (says(claim, "back") or next_door) or days is None:
            return None
        if claim.planned != other.planned and not (next_door and says(claim, "back")):
            continue
        if not _as_far_ahead(claim, [other]) or (_over_before(scene, other) and not _over_before(scene, claim)):
            continue  # "they had met two months before": it told what lay behind, and the tale goes on
        return period(days, "The sentence gives no date; it goes on about the event told before it")
    return None


def headed(scene: Scene, at: int, claim: Claim) -> Period | None:
    """A heading within the article is of the event told right below it."""
    if claim.event_date.known or not shares(claim) or claim.sentence.section != "subhead" or says(claim, "another"):
        return None
    below = next((one for one in scene.claims[at + 1 :] if one.sentence != claim.sentence), None)
    if below is None or below.kind != claim.kind or below.sentence.paragraph - claim.sentence.paragraph > 1:
        return None
    days = days_of(below)
    return period(days, "The heading gives no date; it stands above an event of these days") if days else None


def told_beside(scene: Scene, at: int, claim: Claim) -> Period | None:
    """ "It", "they", "the summit" open a sentence about what its neighbour tells, with the neighbour's date.

    So does a neighbour that goes on about this one: "They have sent invitations to a feast. It is due on May 28."
    """
    if not quiet(claim) or not shares(claim) or says(claim, "another"):
        return None
    order = sorted(scene.docs, key=lambda one: one.span.start)
    here = order.index(claim.sentence) if claim.sentence in scene.docs else -1
    if here > 0 and says(claim, "opening") and next_to(order[here - 1], claim.sentence):
        days = _date_in(scene, order[here - 1], planned=claim.planned)
        if days is not None:
            return period(days, "The sentence gives no date; it goes on about the one before it, which gives")
    if 0 <= here < len(order) - 1 and next_to(claim.sentence, order[here + 1]) and _opens(order[here + 1]):
        days = _date_in(scene, order[here + 1], planned=claim.planned)
        first = scene.published.first
        gone = claim.planned and days is not None and first is not None and days[1] < first  # "they held one on Sunday"
        if days is not None and not gone:
            return period(days, "The sentence gives no date; the next one goes on about it and gives")
    return None


def sole(scene: Scene, at: int, claim: Claim) -> Period | None:
    """The article dates one event of the kind and no other: a sentence that speaks of no other time is about it."""
    if not silent(claim) or not shares(claim) or says(claim, "another") or _over_before(scene, claim):
        return None
    if claim.voice.stance == "denied" or says(claim, "these"):
        return None
    told = scene.dated(claim, planned=claim.planned) or scene.known(claim, planned=claim.planned)
    dated = [one for one in _as_far_ahead(claim, told) if not says(one, "another")]
    there = alone(dated) or (None if claim.planned else alone(scene.recent(dated)))
    near = any(abs(one.sentence.paragraph - claim.sentence.paragraph) <= LEAP and not apart(claim, one) for one in dated)
    if there is None or not near or not short(there):
        return None
    return period(there, "The sentence gives no date and speaks of no other time; the article dates one such event")


def _as_far_ahead(claim: Claim, dated: Sequence[Claim]) -> list[Claim]:
    """Those of the dated claims that speak of what is to come, when the claim does; else all of them."""
    if not says(claim, "to_come"):
        return list(dated)
    return [one for one in dated if one.planned or says(one, "to_come")]


def _over_before(scene: Scene, claim: Claim) -> bool:
    """Whether its words are told as over before something else: "had met"."""
    doc, start = scene.docs.get(claim.sentence), claim.sentence.span.start
    if doc is None:
        return False
    spans = [doc.char_span(one.start - start, one.end - start, alignment_mode="expand") for one in claim.words]
    return any(span is not None and is_pluperfect(span.root) for span in spans)


def _opens(sentence: Sentence) -> bool:
    return re.search(words()["opening"], sentence.text, re.I) is not None


def _date_in(scene: Scene, sentence: Sentence, *, planned: bool) -> Days | None:
    """The only day that a sentence tells of."""
    found = only_date(sentence.text, scene.published, planned=planned, doc=scene.docs[sentence])
    if found.first is None or found.last is None or not short((found.first, found.last)):
        return None
    return found.first, found.last
