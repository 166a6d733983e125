"""Reading functions of weekdays that are told by their week: "Tuesday week", "next week Thursday", "two Fridays ago"."""

from __future__ import annotations

from datetime import date

from geo.claims import days
from geo.claims.timex_dates import which_weekday
from geo.claims.timex_frame import NUMBERS, WEEKDAYS, Frame, Match, Meaning, number_of

LONGEST_TOLD = 7
"""Days within which the time last spoken of tells which "that Friday" is."""


def weekday_on(match: Match, frame: Frame) -> Meaning | None:
    """Tuesday week, Monday fortnight, a week on Friday, two weeks from Saturday: the weekday ahead and weeks on."""
    given = match.groupdict()
    weeks = int(number_of(given["n"]) or 0) if "n" in given else 2 if given["u"].lower() == "fortnight" else 1
    coming = (WEEKDAYS[match["w"]] - frame.day.weekday()) % 7 or 7
    return _day(days.shifted(frame.day, coming + 7 * weeks), frame)


def weekday_back(match: Match, frame: Frame) -> Meaning | None:
    """A week last Tuesday, a week ago on Friday, two Fridays ago, the Friday before last: the weekday and weeks back."""
    back = (frame.day.weekday() - WEEKDAYS[match["w"].removesuffix("s")]) % 7 or 7
    weeks = NUMBERS.get(match["n"].lower(), 1) - (match["w"].endswith("s"))
    return _day(days.shifted(frame.day, -back - 7 * weeks), frame)


def weekday_in_week(match: Match, frame: Frame) -> Meaning | None:
    """Next week Thursday, Thursday next week, Friday of last week, last week's Monday."""
    which = match["which"].lower()
    by = -1 if which in ("last", "past", "previous") else 1 if which in ("next", "coming") else 0
    monday = days.week(frame.day)[0]
    return _day(days.shifted(monday, 7 * by + WEEKDAYS[match["w"]]), frame)


def weekday_told(match: Match, frame: Frame) -> Meaning | None:
    """That Friday, the previous Friday, the Monday after: counted from the days last spoken of, where they are known."""
    number, which = WEEKDAYS[match["w"]], match["which"].lower()
    if frame.told is None or (frame.told[1] - frame.told[0]).days > LONGEST_TOLD:
        if which in ("that", "same", "previous", "following"):
            return _day(which_weekday(number, which, frame), frame)
        return None
    if which in ("previous", "preceding", "before"):
        found = days.shifted(frame.told[0], -((frame.told[0].weekday() - number) % 7 or 7))
    elif which in ("that", "same"):
        found = days.shifted(frame.told[0], (number - frame.told[0].weekday()) % 7)
    else:
        found = days.shifted(frame.told[1], (number - frame.told[1].weekday()) % 7 or 7)
    return Meaning("DATE", found.isoformat(), days.day(found), f"counted from {frame.told[0]}")


def _day(found: date, frame: Frame) -> Meaning:
    return Meaning("DATE", found.isoformat(), days.day(found), f"counted from publication on {frame.day}")
