"""What the histogram under the map is told, and what it makes of the browser's answer."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger.filters import Filters
from geo.view.timebar import MOST_BARS, _beginning, _day, bars, between, presets, step

KINDS = ("protest", "arms_flow")


def years(counts: dict[int, int]) -> dict[date, int]:
    return {date(year, 1, 1): n for year, n in counts.items()}


@pytest.mark.parametrize(
    ("first", "end", "by"),
    [
        ("2017-01-01", "2017-03-01", "day"),
        ("2016-01-01", "2018-01-01", "week"),
        ("2015-01-01", "2022-01-01", "month"),
        ("1995-01-01", "2022-01-01", "quarter"),
        ("1900-01-01", "2022-01-01", "year"),
    ],
)
def test_bars_are_as_fine_as_they_can_be_read(first: str, end: str, by: str) -> None:
    assert step(date.fromisoformat(first), date.fromisoformat(end)) == by
    assert MOST_BARS > 100


def test_a_bar_counts_kinds_and_how_many_are_less_exact() -> None:
    january, march = date(2017, 1, 1), date(2017, 3, 1)
    told = [(january, "protest", 3, 1), (january, "arms_flow", 1, 0), (march, "protest", 2, 0), (None, "protest", 9, 0)]
    told.append((march, "parade", 5, 0))
    counted = [dict(zip(("bucket", "kind", "n", "n_wide"), row, strict=True)) for row in told]
    assert bars(counted, KINDS, None) == [["2017-01-01", [3, 1], [1, 0]], ["2017-03-01", [2, 0], [0, 0]]]
    assert bars(counted, KINDS, date(2017, 2, 1)) == [["2017-03-01", [2, 0], [0, 0]]]


def test_one_far_memory_does_not_press_the_rest_together() -> None:
    assert _beginning(years({1979: 1, 2015: 60, 2016: 60})) == (date(2015, 1, 1), 1)
    assert _beginning(years({2014: 1, 2015: 60, 2016: 60})) == (date(2014, 1, 1), 0)
    assert _beginning(years({1979: 30, 2015: 60})) == (date(1979, 1, 1), 0)
    assert _beginning(years({})) == (None, 0)


def test_few_years_have_a_button_each_and_many_their_last_stretches() -> None:
    assert presets(years({2017: 3, 2018: 4})) == [
        ["All", None, None, 7],
        ["2017", "2017-01-01", "2017-12-31", 3],
        ["2018", "2018-01-01", "2018-12-31", 4],
    ]
    many = presets(years(dict.fromkeys(range(1990, 2021), 1)))
    assert [words for words, *_ in many] == ["All", "2020", "last 5 years", "last 10 years", "last 20 years"]
    assert many[2] == ["last 5 years", "2016-01-01", "2020-12-31", 5]
    assert presets(years({})) == [["All", None, None, 0]]


@pytest.mark.parametrize("value", [None, 7, "", "yesterday", "2017-02-30", ["2017-01-01"], "9" * 99])
def test_what_is_no_day_is_no_day(value: object) -> None:
    assert _day(value) is None


def test_the_brush_sets_the_dates_of_its_axis_alone() -> None:
    filters = between(Filters(words="rifles"), "event", date(2017, 1, 1), date(2017, 2, 28))
    assert filters == Filters(words="rifles", first=date(2017, 1, 1), last=date(2017, 2, 28))
    assert between(filters, "published", date(2018, 1, 1), None).reported_first == date(2018, 1, 1)
    assert between(filters, "event", None, None) == Filters(words="rifles")
