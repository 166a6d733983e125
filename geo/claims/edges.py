"""Dates that are only an edge of the event's time: "since 2005", "before June", "after they signed in February".

What lies after an edge and is told of the present runs to publication, at the precision of the edge's own words.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from geo.claims import days
from geo.claims.timex_expression import TimeExpression
from geo.claims.words import table
from geo.text.period import Period

_AHEAD_OF = re.compile(r"\b(?:ahead of|run-?up to|on the eve of|in advance of|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_EVE = re.compile(r"\bon the eve of\s+(?:the\s+)?$", re.IGNORECASE)
LONGEST_AFTER = 31
"""Days up to publication in which something told in the past can lie after a dated one and still be dated by it."""


def bounded(text: str, item: TimeExpression, published: Period) -> Period:
    """The days of ``item`` as the preposition before it bounds them: "since 2005" runs to publication, "before June" is
    unknown.
    """
    before = re.search(
        r"([A-Za-z]+)\s+(?:the\s+|around\s+|about\s+)?$", text[max(0, item.span.start - 24) : item.span.start]
    )
    word = before.group(1).lower() if before else ""
    period = item.period
    if not period.known:
        return period
    if word in table("dates")["until_now"]:
        return up_to_publication(item, f"{word} {item.span.of(text)}", period, published)
    behind = re.match(r"(?:['’]s)?\s+([a-z]+)", text[item.span.end : item.span.end + 20])
    if word in ("after", "before") and behind and behind.group(1) in table("dates")["parts_of_day"]:
        return period  # "after Friday prayers"
    if word == "by" and item.grain == "day" and item.tense == "past":
        return period  # "by Thursday morning, crowds had gathered"
    if item.grain == "day" and period.first is not None and _EVE.search(text[: item.span.start][-24:]):
        eve = period.first - timedelta(days=1)
        return Period(eve, eve, f"on the eve of {period.because}", item.span)
    if word in table("dates")["bound"] or _AHEAD_OF.search(text[max(0, item.span.start - 24) : item.span.start]):
        return Period.unknown(f"“{word} {item.span.of(text)}” gives only a bound")
    return period


def edge_word(date_token: Any, events: list[Any]) -> str | None:
    """The word that makes a date's clause or phrase an edge of the events outside it: "after", "since", "before".

    "Crowds gathered after the guards fired on Sunday": Sunday is the guards'. A date behind a noun ("after the verdict on
    Sunday") can be either's and is no edge, but it is in "before the vote on Sunday" and "after the vote of 2015".
    """
    edges = {*table("dates")["until_now"], *table("dates")["bound"]}
    token, of_noun = date_token, False
    while token.head.i != token.i:
        inside = {one.i for one in token.subtree}
        if 2 * sum(event.i in inside for event in events) > len(events):
            return None  # most of the event's words stand in the clause: the date is its own
        above = token.head.lower_
        if (
            above in ("of", "to")
            and token.head.head.lower_ in table("dates")["ahead"]
            and token.i not in {e.i for e in events}
        ):
            return "before"
        if above in edges and token.lower_ in table("dates")["parts_of_day"]:
            return None  # "before dawn on Tuesday" is of that Tuesday
        if (
            above in ("after", "before")
            and token.i != date_token.i
            and token.head.head.lower_ in table("dates")["lengths"]
        ):
            return "before"  # "in the days after the vote on 12 May": no day is told
        own = above in ("since", "before", "until", "till") or of_noun
        if token.dep_ in ("advcl", "pcomp") or (token.dep_ == "pobj" and token.i != date_token.i and own):
            marks = [one for one in token.children if one.dep_ in ("mark", "prep", "advmod") and one.i < token.i]
            marks += [token.head] if token.dep_ in ("pcomp", "pobj") else []
            found = next((str(one.lower_) for one in marks if one.lower_ in edges), None)
            if found is not None:
                return found
        of_noun = of_noun or token.lower_ == "of" or token.dep_ in ("poss", "compound", "nmod")
        token = token.head
    return None


def beyond(item: TimeExpression, text: str, edge: str, published: Period, *, present: bool) -> Period:
    """The time of an event that lies after an edge, as far as it is told; unknown before one."""
    words = f"{edge} … {item.span.of(text)}"
    if edge in table("dates")["until_now"] or (edge == "after" and present):
        return up_to_publication(item, words, item.period, published)
    first, last = item.period.first, published.last
    if edge == "after" and first is not None and last is not None and 0 <= (last - first).days <= LONGEST_AFTER:
        return up_to_publication(item, words, item.period, published)
    return Period.unknown(f"“{words}” gives only a bound")


def up_to_publication(item: TimeExpression, words: str, period: Period, published: Period) -> Period:
    """From the edge to the day, month or year of publication, whichever the edge's words are as precise as."""
    if period.first is None or published.last is None or published.last < period.first:
        return Period.unknown(f"“{words}” runs to publication, which is not known")
    grain = {"month": "the month of ", "year": "the year of "}.get(item.grain, "")
    because = f"“{words}”: from {period.first} up to {grain}publication"
    return Period(period.first, _rounded(published.last, item.grain), because, item.span)


def _rounded(last: date, grain: str) -> date:
    if grain == "month":
        return days.month(last.year, last.month)[1]
    return days.year(last.year)[1] if grain == "year" else last
