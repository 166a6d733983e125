"""Times counted from an event: "two days after the vote on 12 May", "two years before the Soviet invasion".

The event's day is told right behind it, or it is one that the world remembers (``geo.text.history``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.claims import days
from geo.claims.days import Days
from geo.claims.timex_expression import TimeExpression
from geo.claims.timex_units import from_origin
from geo.text import history
from geo.text.layout import plain
from geo.text.period import Period

LONGEST_NAME = 70
"""Characters of an event's name."""
_FROM = re.compile(r"\s+(?P<dir>before|after)\s+", re.IGNORECASE)
_NAMED = re.compile(r"(?:the|a|an|its|their|his|her|that)?\s*(?:[\w'’-]+\s+){0,6}?(?:on|of|in)?\s*")
_CLAUSE = re.compile(r"[,.;:()\n]")


def anchored(text: str, found: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The expressions of ``text``, those that count from an event whose day can be told with their days."""
    return tuple(_anchored(text, found, at) for at in range(len(found)))


def _anchored(text: str, found: Sequence[TimeExpression], at: int) -> TimeExpression:
    one = found[at]
    counted = _FROM.match(text, one.span.end) if one.type == "DURATION" and not one.period.known else None
    if counted is None:
        return one
    name = _CLAUSE.split(text[counted.end() : counted.end() + LONGEST_NAME], maxsplit=1)[0]
    origin, because = _day_behind(text, counted.end(), found[at + 1 : at + 2]) or _remembered(name) or (None, "")
    if origin is None:
        return one
    try:
        told = from_origin(one.span.of(text), counted["dir"].lower() == "before", origin)
    except ValueError:
        return one  # beyond the calendar
    if told is None:
        return one
    value, meant, grain = told
    words = " ".join(f"{one.span.of(text)}{counted.group()}{name}".split())
    return replace(one, type="DATE", value=value, period=Period(*meant, f"“{words}”: {because}", one.span), grain=grain)


def _day_behind(text: str, start: int, following: Sequence[TimeExpression]) -> tuple[Days, str] | None:
    """The day that is told with the event: "after the vote on 12 May"."""
    for one in following:
        if one.period.first is None or one.period.last is None or one.span.start - start > LONGEST_NAME:
            return None
        if one.grain in ("day", "month", "year") and _NAMED.fullmatch(text[start : one.span.start]):
            return (one.period.first, one.period.last), f"counted from “{one.span.of(text)}”"
    return None


def _remembered(name: str) -> tuple[Days, str] | None:
    """The day of an event that the world remembers by its name."""
    event = history.remembered(plain(name))
    return (days.day(event.day), f"{event.name} was on {event.day}") if event is not None else None
