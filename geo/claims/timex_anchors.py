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
from geo.text.span import Span

LONGEST_NAME = 70
"""Characters of an event's name."""
_FROM = re.compile(r"\s+(?P<dir>before|after)\s+", re.IGNORECASE)
_DAY = re.compile(r"\b(?:the|a|one)\s+day\s+(?P<dir>before|after)$", re.IGNORECASE)
_NAMED = re.compile(r"\s*(?:(?:the|a|an|its|their|his|her|that)\s+)?(?:[\w'’-]+\s+){0,6}?(?:on|of|in)?\s*")
_CLAUSE = re.compile(r"[,.;:()\n]")


def anchored(text: str, found: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The expressions of ``text``, those that count from an event whose day can be told with their days.

    The day that is told with the event then belongs to the expression, and is none of its own.
    """
    out: list[TimeExpression] = []
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if out and out[-1].span.overlaps(one.span):
            continue
        out.append(_anchored(text, one, following))
    return tuple(out)


def _anchored(text: str, one: TimeExpression, following: TimeExpression | None) -> TimeExpression:
    counted = _counted(text, one)
    if one.period.known or counted is None:
        return one
    words, back, start = counted
    name = _CLAUSE.split(text[start : start + LONGEST_NAME], maxsplit=1)[0]
    behind = _day_behind(text, start, following)
    origin, because, end = behind or _remembered(name, start) or (None, "", start)
    try:
        told = from_origin(words, back, origin) if origin is not None else None
    except ValueError:
        return one  # beyond the calendar
    if told is None:
        return one
    value, meant, grain = told
    span = Span(one.span.start, end) if behind else one.span
    said = " ".join(text[one.span.start : end].split())
    return replace(
        one, span=span, type="DATE", value=value, period=Period(*meant, f"“{said}”: {because}", span), grain=grain
    )


def _counted(text: str, one: TimeExpression) -> tuple[str, bool, int] | None:
    """How long before (True) or after an event, and where the event's name begins."""
    beside = _DAY.search(one.span.of(text))
    if beside is not None:
        return "one day", beside["dir"].lower() == "before", one.span.end
    found = _FROM.match(text, one.span.end) if one.type == "DURATION" else None
    return (one.span.of(text), found["dir"].lower() == "before", found.end()) if found else None


def _day_behind(text: str, start: int, following: TimeExpression | None) -> tuple[Days, str, int] | None:
    """The day that is told with the event ("after the vote on 12 May"), and where it ends."""
    if following is None or following.period.first is None or following.period.last is None:
        return None
    between = text[start : following.span.start]
    if len(between) > LONGEST_NAME or following.grain == "vague" or not _NAMED.fullmatch(between):
        return None
    days_told = following.period.first, following.period.last
    return days_told, f"counted from “{following.span.of(text)}”", following.span.end


def _remembered(name: str, start: int) -> tuple[Days, str, int] | None:
    """The day of an event that the world remembers by its name, and where the name ends."""
    event = history.remembered(plain(name))
    return (days.day(event.day), f"{event.name} was on {event.day}", start + len(name)) if event is not None else None
