"""Reading functions of years, decades, centuries, parts of a year and holidays. See ``timex_patterns``."""

from __future__ import annotations

import re
from datetime import date

from geo.claims import days
from geo.claims.days import Days
from geo.claims.timex_frame import HOLIDAYS, SEASONS, WORDS, Frame, Match, Meaning, counted_from, day_of, nearest


def bare_year(match: Match, frame: Frame) -> Meaning | None:
    """2001; late 2001; 2015-2017; 2015/16."""
    first = int(match["y"])
    last = first
    if match["y2"]:
        last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
        if last <= first or last - first > 60:
            return None
    found = days.hull(days.year(first), days.year(last))
    value = str(first) if first == last else f"{first}/{last}"
    return Meaning("DATE", value, found, "a year" if first == last else "a range of years", "year")


def decade(match: Match, frame: Frame) -> Meaning | None:
    """the 1980s, the late 1990s, the '90s."""
    digits = match["dec"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Meaning("DATE", f"{first // 10}X", days.decade(first), "a decade", "year")


def decade_in_words(match: Match, frame: Frame) -> Meaning | None:
    """in the Eighties, the late nineties: of the twentieth century, the noughties of this one."""
    first = int(WORDS["decades"][match["ten"].lower()])
    return Meaning("DATE", f"{first // 10}X", days.decade(first), "a decade", "year")


def century(match: Match, frame: Frame) -> Meaning | None:
    """the 19th century, the twentieth century."""
    number = day_of(match["num"]) if match["num"][0].isdigit() else int(WORDS["centuries"][match["num"].lower()])
    return Meaning("DATE", str(number - 1), days.century(number), "a century", "year")


def part_of_year(match: Match, frame: Frame) -> Meaning | None:
    """the first quarter of 2019, Q3 2018, the second half of last year."""
    last_one = 2 if match["half"] else 4
    number = int(match["q"]) if match["q"] else WORDS["ordinals"].get(match["ord"].lower(), last_one)
    of_year = match["y"]
    by = {"last": -1, "next": 1}.get((match["which"] or "this").lower(), 0)
    at = int(of_year) if of_year else frame.day.year + by
    if match["half"]:
        if number > 2:
            return None
        return Meaning("DATE", f"{at}-H{number}", days.half(at, number), "half a year", "month")
    return Meaning("DATE", f"{at}-Q{number}", days.quarter(at, number), "a quarter of a year", "month")


def season(match: Match, frame: Frame) -> Meaning | None:
    """spring 2018, last fall, this summer, in the winter of 1979."""
    first_month, code = SEASONS[match["s"].lower()]
    which = (match["which"] or "").lower()
    if (
        not which
        and not match["y"]
        and not re.search(r"\b(?:in|during|since|until|by|of) (?:the )?$", match.string[: match.start()])
    ):
        return None  # to spring, to fall
    this = days.season(frame.day.year, first_month)
    if match["y"]:
        found = days.season(int(match["y"]), first_month)
    elif which in ("last", "past", "previous"):
        found = this if this[1] < frame.day else days.season(frame.day.year - 1, first_month)
    elif which in ("next", "coming") or frame.tense == "future":
        found = (
            this
            if this[0] > frame.day or (which != "next" and this[1] >= frame.day)
            else days.season(frame.day.year + 1, first_month)
        )
    elif which == "this":
        found = this
    else:
        found = this if this[0] <= frame.day else days.season(frame.day.year - 1, first_month)
    note = "a season of a year" if match["y"] else f"its year {counted_from(frame)}"
    return Meaning("DATE", f"{found[0].year}-{code}", found, note, "month")


def holiday(match: Match, frame: Frame) -> Meaning | None:
    """Christmas, Thanksgiving, Easter Sunday; last Christmas."""
    name = next(key for key in HOLIDAYS if key.split() == match["name"].split())

    def make(number: int) -> Days:
        if name in WORDS["holidays"]:
            month, day = WORDS["holidays"][name]
            return days.day(date(number, month, day))
        if name in WORDS["easter"]:
            return days.day(days.shifted(days.easter(number), WORDS["easter"][name]))
        return days.day(days.nth_weekday(number, *WORDS["movable_holidays"][name]))

    found = make(int(match["y"])) if match["y"] else nearest(frame, make, 60)
    return Meaning("DATE", found[0].isoformat(), found, "a holiday" if match["y"] else f"its year {counted_from(frame)}")
