"""Reading functions of days and weeks told by their month: "the first of July", "the second week of November"."""

from __future__ import annotations

from datetime import date

from geo.claims import days
from geo.claims.timex_frame import (
    WEEKDAYS,
    WORDS,
    Frame,
    Match,
    Meaning,
    counted_from,
    day_of,
    month_of,
    nearest,
    number_of,
    unit_of,
)

SAME_TIME = 31
"""Days that the time last spoken of may cover to tell the month of "the 28th"."""


def spelled_day(match: Match, frame: Frame) -> Meaning | None:
    """The first of July, May the third, the twenty-first of June 2018, October the 14th."""
    number = _number(match["ord"])
    month = month_of(match["m"])
    if match["y"]:
        found = days.day(date(int(match["y"]), month, number))
        return Meaning("DATE", found[0].isoformat(), found, "a full date")
    found = nearest(frame, lambda year: days.day(date(year, month, number)), 60)
    return Meaning("DATE", found[0].isoformat(), found, f"its year {counted_from(frame)}")


def day_of_a_month(match: Match, frame: Frame) -> Meaning | None:
    """The 14th of last month, the 3rd of this month; on the 28th: of the month last spoken of, else the nearest."""
    number = _number(match["ord"])
    if match["which"]:
        by = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
        start = frame.told[0] if match["which"].lower() in ("that", "same") and frame.told else frame.day
        year, month = days.months_on(start, by)
        return _of_month(date(year, month, number), frame)
    if frame.told and (frame.told[1] - frame.told[0]).days <= SAME_TIME:
        found = date(frame.told[0].year, frame.told[0].month, number)
        return Meaning("DATE", found.isoformat(), days.day(found), f"of the month of {frame.told[0]}")
    weekday = WEEKDAYS[match["w"]] if match["w"] else None
    nearby = range(3) if frame.tense == "future" else range(0, -3, -1)
    for year, month in (days.months_on(frame.day, by) for by in nearby):
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        ahead = (found - frame.day).days
        if weekday in (None, found.weekday()) and (ahead >= 0 if frame.tense == "future" else ahead <= 0):
            return _of_month(found, frame)
    return None


def part_of_month(match: Match, frame: Frame) -> Meaning | None:
    """The first week of October, the second half of last month, the last Friday of May 2018."""
    if match["m"]:
        month = month_of(match["m"])
        if match["y"]:
            whole = days.month(int(match["y"]), month)
        else:
            whole = nearest(frame, lambda year: days.month(year, month), 60)
    else:
        by = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
        whole = days.month(*days.months_on(frame.day, by))
    word = match["ord"].lower()
    if match["part"] in WEEKDAYS:
        nth = -1 if word in ("last", "final") else int(WORDS["ordinals"][word])
        when = days.nth_weekday(whole[0].year, whole[0].month, WEEKDAYS[match["part"]], nth)
        return Meaning("DATE", when.isoformat(), days.day(when), f"counted in {whole[0].isoformat()[:7]}")
    if match["part"].lower() == "half":
        if word not in ("first", "second"):
            return None
        middle = days.shifted(whole[0], 14)
        found = (whole[0], middle) if word == "first" else (days.shifted(middle, 1), whole[1])
    elif word in ("last", "final"):
        found = days.shifted(whole[1], -6), whole[1]
    else:
        first = days.shifted(whole[0], 7 * (int(WORDS["ordinals"][word]) - 1))
        found = first, min(days.shifted(first, 6), whole[1])
    value = found[0].isoformat()[:7]
    note = f"seven days of {value}" if match["part"].lower() == "week" else f"half of {value}"
    return Meaning("DATE", value, found, note, "week")


def edge_of_a_time(match: Match, frame: Frame) -> Meaning | None:
    """The first six months of 2021, the last three weeks of May, the first ten days of this year."""
    amount, unit = number_of(match["n"]), unit_of(match["u"])
    if match["m"]:
        month = month_of(match["m"])
        whole = days.month(int(match["y"]), month) if match["y"] else nearest(frame, lambda at: days.month(at, month), 60)
    else:
        of_year = int(match["y2"]) if match["y2"] else frame.day.year - (match["which"].lower() == "last")
        whole = days.year(of_year)
    if amount is None or not 1 <= amount <= 100:
        return None
    first = match["ord"].lower() == "first"
    if unit == "month":
        at = days.months_on(whole[0] if first else whole[1], round(amount) - 1 if first else 1 - round(amount))
        found = (whole[0], days.month(*at)[1]) if first else (days.month(*at)[0], whole[1])
    else:
        length = round(amount) * (7 if unit == "week" else 1) - 1
        found = (whole[0], days.shifted(whole[0], length)) if first else (days.shifted(whole[1], -length), whole[1])
    if found[0] < whole[0] or found[1] > whole[1]:
        return None
    said = match.group().split()[-1]
    return Meaning("DATE", found[0].isoformat()[:7], found, f"the {match['ord'].lower()} part of {said}", "month")


def _of_month(found: date, frame: Frame) -> Meaning:
    return Meaning("DATE", found.isoformat(), days.day(found), f"counted from publication on {frame.day}")


def _number(word: str) -> int:
    """A day of the month from "14th", "first", "twenty-first"."""
    return day_of(word) if word[0].isdigit() else int(WORDS["days_of_month"][word.lower().replace(" ", "-")])
