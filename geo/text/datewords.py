"""Dates that a text spells out: "Monday (July 13)", "12 May 2021", "2019-05-03", and lines that hold little else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
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
_MONTH_NAMES = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
)
_MONTH = rf"(?P<month>{_MONTH_NAMES})"
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday|s)?|thu(?:rsday|rs|r)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_DAY}(?:-{_MONTH}-|\s+(?P<month_>{_MONTH_NAMES})\s+['’])(?P<short>\d\d)\b",
        rf"(?:\b{_WEEKDAY},?\s*\(?\s*(?:the\s+)?)?\b{_MONTH}\s*{_DAY}\b(?!\s*(?:%|percent|people|km|years|:\d))(?:\)?,?\s+(?:of\s+)?{_YEAR}\b)?",
        rf"(?:\b{_WEEKDAY},?\s*\(?\s*(?:the\s+)?)?\b{_DAY}[\s-]+(?:of\s+)?{_MONTH}\b(?:\)?,?[\s-]+{_YEAR}\b)?",
        rf"(?:\b{_WEEKDAY},?\s*)?\b{_DAY}\.\s?{_MONTH}\s+{_YEAR}\b",
        rf"\b{_YEAR}[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>[0-3]?\d)(?=T\d\d:|\b)(?![-/.]\d)",
        rf"\b(?P<a>[0-3]?\d)(?P<sign>[-/.])(?P<b>[0-3]?\d)[-/.]{_YEAR}\b",
    )
)
_NUMBERS = re.compile(r"\b([0-3]?\d)[-/.]([0-3]?\d)[-/.]((?:19|20)\d\d)\b")
_LEFTOVER = re.compile(
    r"[\d:.,|/·•()+\[\]–—-]+|\b(?:am|pm|a\.m\.|p\.m\.|gmt|utc|ist|pkt|est|edt|pst|pdt|cet|cest|bst|wat|eat|cat|sast|aft|hrs?|hours|at|on|the|of|by|and|z|t|ago)\b",
    re.IGNORECASE,
)
_MONTHS = rf"{'|'.join(MONTHS)}|(?:{'|'.join(name[:3] for name in MONTHS)}|sept)\b\.?"
_MONTH_LINE = re.compile(
    rf"\b(?:(?P<first>{_MONTHS})\s*(?:[/–—-]|and|to)\s*)?(?P<month>{_MONTHS})\s*,?\s*{_YEAR}\b", re.IGNORECASE
)
_WEEKS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<first>[0-3]?\d)(?:\s+(?P<from>{_MONTH_NAMES}))?\s*(?:[-–—]|to)\s*(?P<day>[0-3]?\d)\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b(?P<from>{_MONTH_NAMES})\s+(?P<first>[0-3]?\d)\s*(?:[-–—]|to)\s*(?:{_MONTH}\s+)?(?P<day>[0-3]?\d),?\s+{_YEAR}\b",
    )
)
LONGEST_ISSUE = timedelta(days=31)
"""A line of two days farther apart tells of something else than an issue."""
_PARTS = re.compile(r"\s*[|·•;]\s*|\s+[-–—/]\s+|,\s+(?=[A-Z])")
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

    "5/6/2019" is skipped unless one of its numbers can only be the day: countries differ in the order. Those that write
    "5.6.2019" all put the day first.
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
    if groups.get("short"):
        year = (2000 if int(groups["short"]) < 70 else 1900) + int(groups["short"])
        groups["month"] = groups["month"] or groups["month_"]
    if "a" in groups:
        a, b = int(groups["a"]), int(groups["b"])
        day, month = (a, b) if a > 12 else (b, a) if b > 12 else (0, 0)
        if a == b or (groups["sign"] == "." and b <= 12):
            day, month = a, b
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


def either_day(text: str) -> tuple[date, date] | None:
    """The two days that "03/05/2020" can be, the earlier first; None when there is no such date in a short text."""
    for found in _NUMBERS.finditer(text[:LONGEST_DATE_LINE]):
        a, b, year = (int(part) for part in found.groups())
        if 1 <= a <= 12 and 1 <= b <= 12 and a != b:
            return date(year, min(a, b), max(a, b)), date(year, max(a, b), min(a, b))
    return None


def issue_line(text: str) -> tuple[date, date] | None:
    """First and last day of the week, month or season that a line gives and otherwise only labels: "Issue of March 2019".

    So do "March/April 2019", "Vol. 3, Summer 2016" and "May 2014 | Original: French", where one part of the line does. A
    season is the northern one; "winter 2016" may be the one before or after that year's summer.
    """
    if len(text) > LONGEST_DATE_LINE:
        return None
    days = week_line(text)
    if days is not None or next(stated_dates(text), None) is not None:
        return days
    for parts in ([text], _PARTS.split(text)):
        found = [days for part in parts if (days := _issue(part)) is not None]
        if len(found) == 1:
            return found[0]
    return None


def week_line(text: str) -> tuple[date, date] | None:
    """First and last day of the days that an issue covers, as weeklies print them: "14–20 March 2022"."""
    found = next((match for form in _WEEKS if (match := form.search(text[:LONGEST_DATE_LINE]))), None)
    if found is None:
        return None
    year, last_month = int(found["year"]), _month(found["month"] or found["from"])
    first_month = _month(found["from"]) if found["from"] else last_month
    try:
        last = date(year, last_month, int(found["day"]))
        first = date(year - (first_month > last_month), first_month, int(found["first"]))
    except ValueError:
        return None
    return (first, last) if timedelta(0) < last - first <= LONGEST_ISSUE else None


def _issue(text: str) -> tuple[date, date] | None:
    """The days of the month or season that is all that a part of a line says."""
    found = _MONTH_LINE.search(text) or _season_line().search(text)
    if found is None:
        return None
    rest = _LEFTOVER.sub(" ", text[: found.start()] + " " + text[found.end() :]).split()
    if any(word.casefold().rstrip(":") not in _labels() for word in rest):
        return None
    year = int(found["year"])
    if "month" in found.groupdict():
        last = _month(found["month"])
        first = _month(found["first"]) if found["first"] else last
        return _days_of_months(year - (first > last), first, year, last)
    first, last = _seasons()[(found["first"] or found["season"]).casefold()], _seasons()[found["season"].casefold()] + 2
    if last <= 12:
        return _days_of_months(year, first, year, last)
    if found["into"]:
        return _days_of_months(year, first, year + 1, last - 12)
    return _days_of_months(year - (first == last - 2), first, year + 1, last - 12)


def _days_of_months(year: int, first: int, last_year: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last of another."""
    return date(year, first, 1), date(last_year + last // 12, last % 12 + 1, 1) - timedelta(days=1)


def is_date_line(text: str) -> bool:
    """Whether a line holds a full date and otherwise only labels, hours and a name or two."""
    if len(text) > LONGEST_DATE_LINE:
        return False
    stated = [found.span for found in stated_dates(text) if found.year is not None]
    stated += [Span(found.start(), found.end()) for found in _NUMBERS.finditer(text)]
    if not stated:
        return issue_line(text) is not None
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
def _seasons() -> dict[str, int]:
    """The first month of each season of the north."""
    data = tomllib.loads((Path(__file__).parent / "datewords.toml").read_text(encoding="utf-8"))
    return dict(data["seasons"])


@cache
def _season_line() -> re.Pattern[str]:
    names = "|".join(_seasons())
    return re.compile(
        rf"(?i:\b(?:(?P<first>{names})\s*(?:[/–—-]|and|to)\s*)?(?P<season>{names})\s*,?\s*{_YEAR}(?P<into>[/–-](?:20)?\d\d)?)\b"
    )


@cache
def _labels() -> frozenset[str]:
    data = tomllib.loads((Path(__file__).parent / "datewords.toml").read_text(encoding="utf-8"))
    return frozenset(data["labels"])
