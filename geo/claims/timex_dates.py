"""Reading functions of dates: full and partial dates, weekdays, days near publication. See ``timex_patterns``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from geo.claims import days
from geo.claims.days import Days
from geo.claims.timex_frame import (
    JUST_GONE,
    WEEKDAYS,
    WORDS,
    Frame,
    Match,
    Meaning,
    counted_from,
    day_of,
    iso_week,
    month_of,
    nearest,
)

_WAS_TO = re.compile(r"\b(?:was|were|had been)\s+(?:\w+\s+)?(?:to|for)\b", re.IGNORECASE)
"""Before a month that has just gone by, a plan of the past: "were to meet in January", told in March."""


def iso_date(match: Match, frame: Frame) -> Meaning | None:
    """2019-05-28."""
    when = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Meaning("DATE", when.isoformat(), days.day(when), "a full date")


def numeric_date(match: Match, frame: Frame) -> Meaning | None:
    """28/05/2019 and 5/28/2019; 05/06/2019 could be two days: the one that had come, where only one had."""
    one, two, number = int(match["a"]), int(match["b"]), int(match["y"])
    number += (2000 if number < 50 else 1900) if number < 100 else 0
    if one > 12:
        when = date(number, two, one)
    elif two > 12 or one == two:
        when = date(number, one, two)
    else:
        gone = [day for day in (date(number, two, one), date(number, one, two)) if day <= frame.day]
        if len(gone) != 1 or frame.tense == "future":
            return Meaning("DATE", "", None, "day and month could stand either way round")
        why = f"the other way round it would lie after publication on {frame.day}"
        return Meaning("DATE", gone[0].isoformat(), days.day(gone[0]), why)
    return Meaning("DATE", when.isoformat(), days.day(when), "a full date")


def month_first(match: Match, frame: Frame) -> Meaning | None:
    """July 12; Sunday (July 12); May 28, 2019; July 12-13; June 30 to July 2, 2018."""
    first = month_of(match["m"])
    return _date_range(match, frame, first, month_of(match["m2"]) if match["m2"] else first)


def day_first(match: Match, frame: Frame) -> Meaning | None:
    """12 July; 28 May 2019; 28 to 30 May; 30 June to 2 July 2018; the 5th of November."""
    last = month_of(match["m2"])
    return _date_range(match, frame, month_of(match["m"]) if match["m"] else last, last)


def _date_range(match: Match, frame: Frame, first_month: int, last_month: int) -> Meaning | None:
    first_day = day_of(match["d"])
    last_day = day_of(match["d2"]) if match["d2"] else first_day
    over = 1 if (last_month, last_day) < (first_month, first_day) else 0
    if over and first_month == last_month:
        return None

    def make(number: int) -> Days:
        return date(number, first_month, first_day), date(number + over, last_month, last_day)

    if match["y"]:
        found, note = make(int(match["y"]) - over), "a full date"
    else:
        found = _by_weekday(match["w"], frame, make) or nearest(frame, make, 60)
        note = f"its year {counted_from(frame)}"
    value = found[0].isoformat() + ("" if found[0] == found[1] else "/" + found[1].isoformat())
    return Meaning("DATE", value, found, note)


def week_of(match: Match, frame: Frame) -> Meaning | None:
    """the week of March 6: Monday to Sunday around that day."""
    month, number = month_of(match["m"]), day_of(match["d"])
    year = int(match["y"]) if match["y"] else nearest(frame, lambda at: days.day(date(at, month, number)), 60)[0].year
    found = days.week(date(year, month, number))
    return Meaning("DATE", iso_week(found[0]), found, "the week around that day", "week")


def _by_weekday(word: str | None, frame: Frame, make: Callable[[int], Days]) -> Days | None:
    """The year, within one of publication, in which the date falls on the weekday given with it."""
    if not word:
        return None
    fitting = []
    for number in (frame.day.year, frame.day.year - 1, frame.day.year + 1):
        try:
            found = make(number)
        except ValueError:
            continue
        if found[0].weekday() == WEEKDAYS[word]:
            fitting.append(found)
    return fitting[0] if len(fitting) == 1 else None


def month_and_year(match: Match, frame: Frame) -> Meaning | None:
    """June 2017; early June 2017."""
    found = days.month(int(match["y"]), month_of(match["m"]))
    return Meaning("DATE", found[0].isoformat()[:7], found, "a month of a year", "month")


def months_range(match: Match, frame: Frame) -> Meaning | None:
    """March-May 2018; between July and September is two expressions, joined by the event."""
    first = days.month(int(match["y"]), month_of(match["m"]))
    last = days.month(int(match["y"]), month_of(match["m2"]))
    if last[0] < first[0]:
        first = days.month(int(match["y"]) - 1, month_of(match["m"]))
    found = days.hull(first, last)
    return Meaning("DATE", f"{first[0].isoformat()[:7]}/{last[0].isoformat()[:7]}", found, "a range of months", "month")


def bare_month(match: Match, frame: Frame) -> Meaning | None:
    """March; last October; next June; late November: the nearest one by tense, the past one if nothing else tells."""
    number = month_of(match["m"])
    which = (match["which"] or "").lower()
    this = days.month(frame.day.year, number)
    if match["of"] in ("that", "same"):
        if frame.told is None:
            return Meaning("DATE", "", None, "the year it counts from is not given", "month")
        found = days.month(frame.told[0].year, number)
        return Meaning("DATE", found[0].isoformat()[:7], found, f"in the year of {frame.told[0]}", "month")
    if match["of"]:
        found = days.month(frame.day.year + {"last": -1, "this": 0, "next": 1}[match["of"]], number)
    elif which in ("last", "past", "previous") and this[1] >= frame.day:
        found = days.month(frame.day.year - 1, number)
    elif which in ("next", "coming") or (not which and frame.tense == "future"):
        gone = 0 < (frame.day - this[1]).days <= JUST_GONE and _WAS_TO.search(match.string[: match.start()][-90:])
        found = this if this[1] >= frame.day or gone else days.month(frame.day.year + 1, number)
    elif which == "this":
        found = this
    elif which in ("that", "same", "following") and frame.told:
        over = which == "following" and number <= frame.told[1].month
        found = days.month(frame.told[1].year + 1 if over else frame.told[0].year, number)
    else:
        found = this if this[0] <= frame.day else days.month(frame.day.year - 1, number)
    return Meaning("DATE", found[0].isoformat()[:7], found, f"its year {counted_from(frame)}", "month")


# Weekdays and days near publication


def weekday(match: Match, frame: Frame) -> Meaning | None:
    """Tuesday; last Friday; next Monday; late Tuesday; Friday morning; Tuesday to Thursday."""
    found = days.day(which_weekday(WEEKDAYS[match["w"]], (match["which"] or "").lower(), frame))
    side = "on or after" if frame.tense == "future" or found[0] > frame.day else "on or before"
    note = f"the {match['w']} {side} publication on {frame.day}"
    if match["w2"]:
        ahead = (WEEKDAYS[match["w2"]] - found[0].weekday()) % 7
        if frame.tense != "future" and days.shifted(found[0], ahead) > frame.day:
            found = days.day(days.shifted(found[0], -7))
        found = found[0], days.shifted(found[0], ahead)
    part = WORDS["parts_of_day"].get((match["time"] or "").lower(), "")
    value = found[0].isoformat() if found[0] == found[1] else f"{found[0].isoformat()}/{found[1].isoformat()}"
    if part:
        return Meaning("TIME", value + (part if part.startswith("T") else "T" + part), found, note)
    return Meaning("DATE", value, found, note)


def which_weekday(number: int, which: str, frame: Frame) -> date:
    back = (frame.day.weekday() - number) % 7
    if which in ("next", "coming") or (which == "this" and frame.tense != "past" and back):
        return days.shifted(frame.day, (7 - back) % 7 or 7)
    if which in ("last", "past", "previous"):
        return days.shifted(frame.day, -(back or 7))
    if which in ("following",) and frame.told:
        return days.shifted(frame.told[1], (number - frame.told[1].weekday() - 1) % 7 + 1)
    if frame.tense == "future":
        return days.shifted(frame.day, (7 - back) % 7)  # on its own day a paper still says "will meet on Wednesday"
    return days.shifted(frame.day, -back)


def near_day(match: Match, frame: Frame) -> Meaning | None:
    """today, yesterday, tomorrow, tonight, last night, this morning, the day before yesterday."""
    word = " ".join(match.group().lower().replace("-", " ").split())
    by = 0
    if "yesterday" in word or word.startswith("last"):
        by = -2 if word.startswith("the day before") else -1
    elif "tomorrow" in word:
        by = 2 if word.startswith("the day after") else 1
    when = days.shifted(frame.day, by)
    part = next((code for name, code in WORDS["parts_of_day"].items() if word.endswith(name)), "")
    value = when.isoformat() + ("T" + part if part and not part.startswith("T") else part)
    where = {-2: "two days before", -1: "the day before", 0: "the day of", 1: "the day after", 2: "two days after"}[by]
    return Meaning("TIME" if part else "DATE", value, days.day(when), f"{where} publication on {frame.day}")


def told_day(match: Match, frame: Frame) -> Meaning | None:
    """that day, the same day, the next day, the day before, a day earlier: counted from the day last spoken of."""
    word = " ".join(match.group().lower().split())
    groups = match.groupdict()
    if (groups.get("from") or groups.get("from1")) and groups.get("what") is not None:
        return Meaning("DATE", "", None, "it counts from an event whose date is not given")
    if frame.told is None:
        return Meaning("DATE", "", None, "the day it counts from is not given")
    before = any(mark in word for mark in ("before", "previous", "earlier", "preceding", "eve"))
    after = any(mark in word for mark in ("next", "following", "after", "later"))
    by = -1 if before else 1 if after else 0
    found = days.day(days.shifted(frame.told[0 if before else 1], by)) if by else frame.told
    if (frame.told[1] - frame.told[0]).days > 3:
        return Meaning("DATE", "", None, "the day it counts from is not known well enough")
    return Meaning("DATE", found[0].isoformat(), found, f"counted from {frame.told[0]}")
