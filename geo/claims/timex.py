"""Time expressions: the words that say when, and the days they mean.

The constructions ("July 12-13", "late last year", "two weeks ago") are in ``timex_patterns``, their words in
``timex.toml``. What cannot be counted out ("years", "three days later" without a day to count from) is found all the same
and stays unknown, with the reason.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from geo.claims import days
from geo.claims.days import Days
from geo.claims.timex_anchors import anchored
from geo.claims.timex_expression import TimeExpression
from geo.claims.timex_frame import MONTHS, WEEKDAYS, WORDS, Frame, Match, Reader, Tense, alternatives
from geo.claims.timex_patterns import RULES
from geo.claims.timex_tense import tense_of_words, verb_tense
from geo.claims.timex_units import this_unit
from geo.text.period import Period
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

WIDEST = {"day": 45, "week": 60, "month": 400, "year": 1200, "vague": 0}
"""Longest interval, in days, worth giving for words of that grain when the publication date is itself an interval."""
LONGEST = 20_000
"""Characters of one sentence that are read; no sentence of a person is longer."""
_SOME_DAY, _OTHER_DAY = (
    date(2001, 2, 1),
    date(1903, 7, 3),
)  # stand in for an unknown day: what differs between them counts from it


def expressions(
    text: str,
    anchor: Period | date | None = None,
    *,
    told: Period | None = None,
    tense: Tense = None,
    doc: Doc | None = None,
) -> tuple[TimeExpression, ...]:
    """Every time expression of ``text``, in order, none overlapping.

    ``anchor`` is when the words were published (a day or an interval; None or unknown: only self-contained dates get
    days). ``told`` are the days last spoken of before ``text``, for "three days later" and "that day"; within it they are
    those of the last date. ``doc`` is the parse of ``text``, if there is one: it tells the tense of the verb a date
    belongs to, and a count from a year; ``tense`` stands in where it does not. Without a parse the words around a date
    tell its tense.
    """
    text = text[:LONGEST]
    out: list[TimeExpression] = []
    end, last = 0, _interval(told)
    for match, reader in sorted(_matches(text, doc), key=lambda item: (item[0].start(), -item[0].end())):
        if match.start() < end or _counted_in(match, reader, text, end):
            continue
        when = tense_at(doc, match.start(), match.end()) if doc else tense_of_words(text, match.start(), match.end())
        if _over().match(text, match.end()):
            when = "past"
        expression = _read(match, reader, _interval(anchor), last, when or tense)
        if expression is not None:
            out.append(expression)
            end = match.end()
            last = _interval(expression.period) or last
    return anchored(text, out)


def _counted_in(match: Match, reader: Reader, text: str, end: int) -> bool:
    """Whether "last year" was counted in with the month before it: "in November last year"."""
    return (
        reader is this_unit
        and match["u"].lower() == "year"
        and text[end : match.start()].strip() in ("", "of")
        and re.search(rf"\b(?:{alternatives(MONTHS)})\.?\s*(?:of\s+)?$", text[max(0, end - 12) : match.start()])
        is not None
    )


def _matches(text: str, doc: Doc | None) -> list[tuple[Match, Reader]]:
    """What any pattern finds in ``text``, doubtful words weighed."""
    return [(match, reader) for match, reader in _found(text) if not _doubtful(match, text, doc)]


@lru_cache(maxsize=100)
def _found(text: str) -> tuple[tuple[Match, Reader], ...]:
    """The same, nothing weighed; kept, for a sentence is asked for its days about twice."""
    if not _hint().search(text):
        return ()
    return tuple((match, reader) for pattern, reader in RULES for match in pattern.finditer(text))


@cache
def _hint() -> re.Pattern[str]:
    """Whether a text can hold a time expression at all: most hold none, and this is quicker than all patterns."""
    words = [*MONTHS, *WEEKDAYS]
    for table in (
        "units",
        "seasons",
        "parts_of_day",
        "references",
        "sets",
        "holidays",
        "movable_holidays",
        "easter",
        "centuries",
        "decades",
        "days_of_month",
    ):
        words += list(WORDS[table])
    words += [
        "then",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "weekend",
        "centuries",
        "ago",
        "dawn",
        "daybreak",
        "sunrise",
    ]
    return re.compile(rf"\d|\b(?:{alternatives(words)})", re.I)


def _interval(anchor: Period | date | None) -> Days | None:
    if isinstance(anchor, date):
        return anchor, anchor
    if anchor is None or anchor.first is None or anchor.last is None:
        return None
    return anchor.first, anchor.last


def _read(match: Match, reader: Reader, anchor: Days | None, told: Days | None, when: Tense) -> TimeExpression | None:
    """The expression of one match: read against both ends of the publication interval, and their hull."""
    span = Span(match.start(), match.end())
    words = " ".join(match.group().split())
    ends = anchor or (_SOME_DAY, _OTHER_DAY)
    try:
        early, late = (reader(match, Frame(day, told, when)) for day in ends)
    except ValueError:
        return None  # a day that the calendar lacks, such as June 31
    if early is None or late is None:
        return None
    value = early.value if early.value == late.value else ""
    if early.days is None or late.days is None:
        return TimeExpression(span, early.type, value, Period.unknown(f"“{words}”: {early.note}"), early.grain, when)
    if (
        anchor is not None
        and anchor[0] <= early.days[0] <= anchor[1]
        and (late.days[0] - early.days[0]).days in (365, 366)
    ):
        late = early  # a day within the time of publication, and not the same day a year on
    first, last = days.hull(early.days, late.days or early.days)
    if early.days != late.days and (anchor is None or (last - first).days > WIDEST.get(early.grain, 45)):
        known = f"known only as {anchor[0]} to {anchor[1]}" if anchor else "not known"
        period = Period.unknown(f"“{words}” counts from the day of publication, which is {known}")
        return TimeExpression(span, early.type, value, period, early.grain, when)
    return TimeExpression(
        span, early.type, value, Period(first, last, f"“{words}”: {early.note}", span), early.grain, when
    )


def tense_at(doc: Doc | None, start: int, end: int) -> Tense:
    """Past or future, when the verb above the words from ``start`` to ``end`` says so."""
    words = doc.char_span(start, end, alignment_mode="expand") if doc is not None else None
    token: Any = words.root if words is not None else None
    way = ""  # the preposition over the date: what was "pushed back to May" lies ahead
    for _ in range(12):
        if token is None:
            return None
        if token.pos_ in ("VERB", "AUX"):
            return verb_tense(token, way)
        way = way or (token.lower_ if token.pos_ == "ADP" else "")
        token = token.head if token.head.i != token.i else None
    return None


def _doubtful(match: Match, text: str, doc: Doc | None) -> bool:
    """Whether the words of ``match`` are something else: "May" the verb or name, "March" the walk, "2000" people."""
    groups = match.groupdict()
    if groups.get("bare_year") and not groups.get("y2"):
        return _is_count(match, text, doc)
    if groups.get("bare_month"):
        return _is_name(match, text)
    if groups.get("bare_weekday"):
        return bool(_patterns()["after_weekday"].match(text, match.end()))
    if groups.get("u") in ("year", "century", "decade", "month") and text[: match.start()][-5:].lower() == "half ":
        return True  # "half a year ago"
    if (groups.get("n") or " ")[0].isdigit() and (groups.get("u") or " ")[0].isupper():
        return True  # "60 Minutes", the programme
    if match.group().lower().startswith("last"):
        return _patterns()["lasting"].search(text[max(0, match.start() - 24) : match.start()]) is not None
    return False


@cache
def _over() -> re.Pattern[str]:
    """What a date's possessive names and has happened: "Wednesday's ruling"."""
    return re.compile(rf"['’]s\s+(?:[a-z-]+\s+){{0,2}}(?:{alternatives(WORDS['tense']['over'])})\b")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The surroundings that decide doubtful words; each list of ``[doubts]`` as a pattern."""
    doubts = WORDS["doubts"]
    before = {
        name: re.compile(rf"(?:{alternatives(doubts[name])})(?:\s+the)?[\s-]+$", re.I)
        for name in doubts
        if name.startswith("before")
    }
    after = {
        name: re.compile(rf"\s+(?:[a-z]+ )?(?:{alternatives(doubts[name])})\b")
        for name in doubts
        if name.startswith("after")
    }
    after["counted"] = re.compile(rf"\s+(?:{alternatives(doubts['after_count'])})\b")
    after["lasting"] = re.compile(rf"\b(?:{alternatives(doubts['lasting'])})\s+(?:only |at least |about )?$", re.I)
    after["after_weekday"] = re.compile(rf"\s+(?:{alternatives(doubts['after_weekday'])})\b")
    return {**before, **after}


def _is_count(match: Match, text: str, doc: Doc | None) -> bool:
    """Whether four digits count something instead of naming a year."""
    patterns = _patterns()
    before = text[max(0, match.start() - 24) : match.start()]
    if re.search(r"[$€£#.,]\s?$", before) and not re.search(r"(?:[a-z)]|\b(?:1\d|20)\d\d), $", before):
        return True
    if re.search(r"\b(?:in|since|during|until|till)\s+$", before, re.I) and not patterns["counted"].match(
        text, match.end()
    ):
        return False  # "in 2009 his men", not "in 2000 men"
    if (
        re.match(r"\s?%", text[match.end() :])
        or patterns["after_count"].match(text, match.end())
        or patterns["before_count"].search(before)
    ):
        return True
    if (
        match.group() != match["bare_year"]
        or patterns["before_year"].search(" " + before)
        or re.search(r"\b(?:the|its|their)\s+$", before)
    ):
        return False
    found = doc.char_span(match.start(), match.end(), alignment_mode="expand") if doc is not None else None
    if found is not None:
        return found[0].ent_type_ not in WORDS["doubts"]["year_tags"]
    return bool(re.match(r"\s+[a-z]+s\b", text[match.end() : match.end() + 30]))


def _is_name(match: Match, text: str) -> bool:
    """Whether a month that stands alone is a person's or a march's name, or the verb "may"."""
    if match.group() != match["bare_month"]:
        return False  # last May, early March
    before = " " + text[max(0, match.start() - 16) : match.start()]
    surname = re.match(r"\s+[A-Z][a-z]+", text[match.end() : match.end() + 20])
    if _patterns()["before_month_named" if surname else "before_month"].search(before):
        return False
    if surname:
        return True
    return match["bare_month"].rstrip(".") in WORDS["doubts"]["months"]
