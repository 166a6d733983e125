"""Calendar arithmetic."""

from __future__ import annotations

from datetime import date

import pytest

from geo.claims import days


@pytest.mark.parametrize(
    ("year", "sunday"), [(2000, date(2000, 4, 23)), (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31))]
)
def test_easter_is_the_sunday_of_the_church_tables(year: int, sunday: date) -> None:
    assert days.easter(year) == sunday


def test_a_winter_runs_into_the_next_year() -> None:
    assert days.season(2019, 12) == (date(2019, 12, 1), date(2020, 2, 29))


def test_a_week_begins_on_monday() -> None:
    assert days.week(date(2019, 5, 30)) == (date(2019, 5, 27), date(2019, 6, 2))


def test_months_are_counted_across_years() -> None:
    assert days.months_on(date(2019, 1, 31), -1) == (2018, 12)
    assert days.months_on(date(2019, 12, 1), 14) == (2021, 2)


def test_the_nth_weekday_counts_from_either_end() -> None:
    assert days.nth_weekday(1999, 11, 3, 4) == date(1999, 11, 25)
    assert days.nth_weekday(2021, 5, 0, -1) == date(2021, 5, 31)


def test_no_day_lies_beyond_the_calendar() -> None:
    with pytest.raises(ValueError, match="no such day"):
        days.shifted(date(1, 1, 1), -1)
