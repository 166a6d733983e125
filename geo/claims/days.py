"""Arithmetic of calendar days: the interval that "that month", "the week before" or "summer" covers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""First and last day, both included."""


def day(when: date) -> Days:
    return when, when


def week(when: date) -> Days:
    """Monday to Sunday around ``when``."""
    monday = shifted(when, -when.weekday())
    return monday, shifted(monday, 6)


def month(year: int, number: int) -> Days:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def quarter(year: int, number: int) -> Days:
    return date(year, 3 * number - 2, 1), month(year, 3 * number)[1]


def half(year: int, number: int) -> Days:
    return (date(year, 1, 1), date(year, 6, 30)) if number == 1 else (date(year, 7, 1), date(year, 12, 31))


def season(year: int, first_month: int) -> Days:
    """Three months from ``first_month``; a winter runs into the next year."""
    last = first_month + 2
    return date(year, first_month, 1), month(year + (last > 12), (last - 1) % 12 + 1)[1]


def year(number: int) -> Days:
    return date(number, 1, 1), date(number, 12, 31)


def decade(first: int) -> Days:
    return date(first, 1, 1), date(first + 9, 12, 31)


def century(number: int) -> Days:
    return date(max(1, 100 * number - 100), 1, 1), date(100 * number - 1, 12, 31)


def shifted(when: date, by: int) -> date:
    """``by`` days later. Raises ValueError outside the years 1 to 9999."""
    try:
        return when + timedelta(days=by)
    except OverflowError as error:
        raise ValueError(f"no such day: {when} {by:+d} days") from error


def months_on(when: date, by: int) -> tuple[int, int]:
    """Year and month ``by`` months after that of ``when``."""
    count = 12 * when.year + when.month - 1 + by
    return count // 12, count % 12 + 1


def easter(year_number: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year_number % 19, year_number // 100, year_number % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    ll = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ll) // 451
    number, before = divmod(h + ll - 7 * m + 114, 31)
    return date(year_number, number, before + 1)


def nth_weekday(year_number: int, number: int, weekday: int, nth: int) -> date:
    """The ``nth`` (from 1; -1 is the last) ``weekday`` (Monday is 0) of a month."""
    first, last = month(year_number, number)
    if nth < 0:
        return shifted(last, -((last.weekday() - weekday) % 7))
    return shifted(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def hull(one: Days, other: Days) -> Days:
    """The shortest interval that holds both."""
    return min(one[0], other[0]), max(one[1], other[1])
