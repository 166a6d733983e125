"""Dates that a text spells out: "Monday (July 13)", "12 May 2021", "2019-05-03", and lines that hold little else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geo.text.span import Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday|s)?|thu(?:rsday|rs|r)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:\b{_WEEKDAY},?\s*\(?\s*(?:the\s+)?)?\b{_MONTH}\s*{_DAY}\b(?!\s*(?:%|percent|people|km|years|:\d))(?:\)?,?\s+(?:of\s+)?{_YEAR}\b)?",
        rf"(?:\b{_WEEKDAY},?\s*\(?\s*(?:the\s+)?)?\b{_DAY}[\s-]+(?:of\s+)?{_MONTH}\b(?:\)?,?[\s-]+{_YEAR}\b)?",
        rf"\b{_YEAR}[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>[0-3]?\d)(?=T\d\d:|\b)(?![-/.]\d)",
        rf"\b(?P<a>[0-3]?\d)[-/.](?P<b>[0-3]?\d)[-/.]{_YEAR}\b",
    )
)
_NUMBERS = re.compile(r"\b([0-3]?\d)[-/.]([0-3]?\d)[-/.]((?:19|20)\d\d)\b")
_LEFTOVER = re.compile(
    r"[\d:.,|/·•()+\[\]–—-]+|\b(?:am|pm|a\.m\.|p\.m\.|gmt|utc|ist|pkt|est|edt|pst|pdt|cet|cest|bst|wat|eat|cat|sast|aft|hrs?|hours|at|on|the|of|by|and|z|t|ago)\b",
    re.IGNORECASE,
)
_MONTH_LINE = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\s*,?\s*{_YEAR}\b", re.IGNORECASE)
LONGEST_DATE_LINE = 120


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as the text states it; ``year`` or ``weekday`` is None where it is not said. Monday is 0."""

    span: Span
    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    @property
    def whole(self) -> date | None:
        """The day, when the year is said and the day exists."""
        return self.on(self.year) if self.year is not None else None

    def on(self, year: int) -> date | None:
        """This month and day in that year, None when there is no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def agrees(self) -> bool:
        """Whether the stated weekday is the calendar's; True when none is stated."""
        day = self.whole
        return day is None or self.weekday is None or day.weekday() == self.weekday


def stated_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[StatedDate]:
    """Every day of a month that the text names, in text order.

    "5/6/2019" is skipped unless one of its numbers can only be the day: countries differ in the order.
    """
    found: dict[int, StatedDate] = {}
    stop = len(text) if end is None else end
    for form in _FORMS:
        for match in form.finditer(text, start, stop):
            stated = _stated(match)
            if stated is not None and not any(stated.span.overlaps(other.span) for other in found.values()):
                found[match.start()] = stated
    yield from (found[at] for at in sorted(found))


def _stated(match: re.Match[str]) -> StatedDate | None:
    groups = match.groupdict()
    span = Span(match.start(), match.end())
    year = int(groups["year"]) if groups.get("year") else None
    if "a" in groups:
        a, b = int(groups["a"]), int(groups["b"])
        day, month = (a, b) if a > 12 else (b, a) if b > 12 else (0, 0)
        if a == b:
            day = month = a
    else:
        day = int(groups["day"])
        month = int(groups["month"]) if groups["month"].isdigit() else _month(groups["month"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is None and (groups.get("month") or "") in ("may", "march"):
        return None  # "march 12 kilometres": without its capital the word is a verb
    weekday = groups.get("weekday")
    return StatedDate(span, month, day, year, _weekday(weekday) if weekday else None)


def _month(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.casefold().rstrip(".")[:3]))


def _weekday(word: str) -> int:
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word.casefold()[:3]))


def month_name(month: int) -> str:
    return MONTHS[month - 1].capitalize()


def day_name(day: date) -> str:
    """ "3 May 2019", for the reasons that readers see."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def in_order(days: Sequence[StatedDate]) -> tuple[StatedDate, ...]:
    """Days of the year as one stretch, oldest first: the longest time without any of them lies after the last."""
    kept = {(found.month, found.day): found for found in sorted(days, key=lambda found: found.weekday is not None)}
    ordered = [kept[key] for key in sorted(kept)]
    if len(ordered) < 2:
        return tuple(ordered)
    places = [(found.on(2000) or date(2000, 3, 1)).timetuple().tm_yday for found in ordered]
    gaps = [(places[(i + 1) % len(places)] - place) % 366 for i, place in enumerate(places)]
    cut = gaps.index(max(gaps)) + 1
    return tuple(ordered[cut:] + ordered[:cut])


def placed(days: Sequence[StatedDate], year: int) -> list[date] | None:
    """The days with the last one in ``year``; None when one does not exist or falls on another weekday than stated."""
    last = days[-1]
    out: list[date] = []
    for found in days:
        day = found.on(year if (found.month, found.day) <= (last.month, last.day) else year - 1)
        if day is None or found.weekday not in (None, day.weekday()):
            return None
        out.append(day)
    return out


def either_day(text: str) -> tuple[date, date] | None:
    """The two days that "03/05/2020" can be, the earlier first; None when there is no such date in a short text."""
    for found in _NUMBERS.finditer(text[:LONGEST_DATE_LINE]):
        a, b, year = (int(part) for part in found.groups())
        if 1 <= a <= 12 and 1 <= b <= 12 and a != b:
            return date(year, min(a, b), max(a, b)), date(year, max(a, b), min(a, b))
    return None


def month_line(text: str) -> tuple[int, int] | None:
    """Year and month of a line that holds a month with its year and otherwise only labels: "Issue of March 2019"."""
    found = _MONTH_LINE.search(text) if len(text) <= LONGEST_DATE_LINE else None
    if found is None or next(stated_dates(text), None) is not None:
        return None
    rest = _LEFTOVER.sub(" ", text[: found.start()] + " " + text[found.end() :]).split()
    if any(word.casefold().rstrip(":") not in _labels() for word in rest):
        return None
    return int(found["year"]), _month(found["month"])


def is_date_line(text: str) -> bool:
    """Whether a line holds a full date and otherwise only labels, hours and a name or two."""
    if len(text) > LONGEST_DATE_LINE:
        return False
    stated = [found.span for found in stated_dates(text) if found.year is not None]
    stated += [Span(found.start(), found.end()) for found in _NUMBERS.finditer(text)]
    if not stated:
        return month_line(text) is not None
    rest = text
    for span in sorted(set(stated), reverse=True):
        rest = rest[: span.start] + " " + rest[span.end :]
    words = _LEFTOVER.sub(" ", rest).split()
    names = [word for word in words if word.casefold() not in _labels()]
    if len(names) > 9 or (len(names) > 4 and rest.rstrip().endswith((".", "!", "?"))):
        return False
    labelled = bool(words) and words[0].casefold().rstrip(":") in _labels() and len(names) <= 4
    return labelled or all(name[:1].isupper() for name in names if len(name) > 3)


@cache
def _labels() -> frozenset[str]:
    data = tomllib.loads((Path(__file__).parent / "datewords.toml").read_text(encoding="utf-8"))
    return frozenset(data["labels"])
