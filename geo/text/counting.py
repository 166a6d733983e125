"""Years that a text counts: "17 years ago", "the 25th anniversary", "in 2015"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_YEAR = re.compile(r"(?:19|20)\d\d(?![\d,.]\d|s\b|-\d{3})\b")
_NAMED_BY_YEAR = re.compile(r"\b(?P<what>[a-z][\w'-]{1,30}) of (?P<year>(?:19|20)\d\d)(?![\d,.]\d|s\b|-\d{3})\b")
_DAY_BEFORE = re.compile(r"\d\d?,? $")
_SINCE = re.compile(r"(?:since|post-|in|from) ?((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of years up to the day of writing; ``more``: that many and some months.

    ``after``: counted from an event ("two years after"), which a tale of the past does too.
    """

    years: int
    more: bool
    words: str
    after: bool = False


def counts(words: str) -> Iterator[Count]:
    """ "17 years ago", "more than twelve years now": years that run up to the writing of a sentence (small letters)."""
    for found in _ago().finditer(words):
        years = _number(found["n"] or found["m"])
        if 2 <= years <= 150:
            yield Count(years, bool(found["more"] or found["longer"]), found.group().strip())


def count_after(words: str) -> Count | None:
    """ "More than a year after": years from an event on, in a sentence in small letters that speaks of the present."""
    found = _after().search(words) if _present().search(words) else None
    if found is None:
        return None
    years = 1 if found["n"] in ("a", "one") else _number(found["n"])
    return Count(years, bool(found["more"]), found.group().strip(), after=True) if 1 <= years <= 150 else None


def anniversary(words: str) -> int | None:
    """Which anniversary a sentence (in small letters) speaks of: 25 for "the 25th anniversary"."""
    found = _anniversary().search(words)
    if not found:
        return None
    if found["whole"]:
        return 100
    return _ordinals().index(found["word"]) if found["word"] else int(found["n"] or found["m"])


def years_named(words: str) -> Iterator[int]:
    """The years in a sentence (in small letters) that stand as years do: "in 2015", "May 2016", not "2000 people"."""
    for found in _YEAR.finditer(words):
        before = words[max(0, found.start() - 14) : found.start()]
        if _year_cue().search(before) or _DAY_BEFORE.search(before):
            yield int(found.group())


def year_of_a_name(words: str) -> Iterator[int]:
    """Years that belong to the name of something long known: "the war of 1999", not "the summer of 1999"."""
    for found in _NAMED_BY_YEAR.finditer(words):
        if found["what"] not in _data()["times"]:
            yield int(found["year"])


def year_counted_from(words: str) -> int | None:
    """The only year from which a sentence can count: "since 2001"."""
    years = [int(year) for year in _SINCE.findall(words)]
    return years[0] if len(years) == 1 else None


def years_later(day: date, years: int) -> date | None:
    """The same day so many years later; 1 March for 29 February; None beyond the calendar."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) if day.year + years <= 9999 else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _numbers().index(word)


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "counting.toml").read_text(encoding="utf-8"))


@cache
def _numbers() -> list[str]:
    return _data()["numbers"]


@cache
def _ordinals() -> list[str]:
    return _data()["ordinals"]


@cache
def _ago() -> re.Pattern[str]:
    number = rf"\d{{1,3}}|{'|'.join(_numbers())}"
    about = "|".join(_data()["about"])
    more = "|".join(_data()["more"])
    return re.compile(
        rf"\b(?:(?P<more>{more}) |(?:{about}) )?(?P<n>{number})[- ]years?[- ](?:ago|since|now)\b"
        rf"|\bfor (?:(?P<longer>{more}) |(?:{about}) )?(?P<m>{number}) years now\b"
    )


@cache
def _after() -> re.Pattern[str]:
    more = "|".join(_data()["more"])
    about = "|".join(_data()["about"])
    number = rf"\d{{1,3}}|a|{'|'.join(_numbers())}"
    return re.compile(rf"\b(?:(?P<more>{more}) |(?:{about}) )?(?P<n>{number}) years? (?:after|since)\b")


@cache
def _present() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['present'])})\b")


@cache
def _anniversary() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ordinals())}))"
        r"[- ](?:anniversary|years? of|year since|birthday)"
        r"|\b(?P<whole>centenary|centennial)|\b(?P<m>\d{1,3})(?:-year anniversary| years (?:since|after))\b"
    )


@cache
def _year_cue() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{'|'.join(_data()['year_cues'])})[ -]|[(-])$")
