"""A link shows the same view to everybody, and a bad link shows more rather than failing."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger.filters import Area, Filters
from geo.view.address import FILTERS, read, write

ALL = Filters(
    kinds=("protest", "meeting"),
    first=date(2017, 1, 2),
    last=date(2018, 3, 4),
    undated=False,
    reported_first=date(2017, 5, 6),
    reported_last=date(2019, 7, 8),
    stances=("alleged", "denied"),
    publishers=("The Valley Post", ""),
    publisher_types=("agency",),
    place=-17,
    area=Area("AF", "Kunduz"),
    speakers=("the police",),
    min_origins=2,
    planned=False,
    wording="brief",
    words="rifles & {{7*7}} ${1}",
)


@pytest.mark.parametrize("filters", [Filters(), ALL, Filters(planned=True), Filters(area=Area("PK", "Punjab", "Lahore"))])
def test_what_is_written_is_read_again(filters: Filters) -> None:
    assert read(write(filters)) == filters


def test_no_filters_leave_a_bare_address() -> None:
    assert write(Filters()) == {}


def test_every_parameter_is_known() -> None:
    assert set(write(ALL)) <= FILTERS


@pytest.mark.parametrize(
    "query",
    [
        {"from": ["yesterday"]},
        {"to": ["2017-02-30"]},
        {"stance": ["certain"]},
        {"within": ["1; DROP TABLE claims"]},
        {"within": ["9" * 40]},
        {"sources": ["-3"]},
        {"plan": ["maybe"]},
        {"wording": ["<b>"]},
        {"area": ["Afghanistan"]},
        {"area": ["AF/a/b/c"]},
        {"area": ["AF//x"]},
        {"undated": ["perhaps"]},
        {"kind": []},
        {"unheard-of": ["x"]},
    ],
)
def test_what_is_not_understood_hides_nothing(query: dict[str, list[str]]) -> None:
    assert read(query) == Filters()


def test_half_characters_are_taken_out() -> None:
    assert read({"publisher": ["a\ud800b"], "words": ["\udfff"]}) == Filters(publishers=("a\ufffdb",), words="\ufffd")


def test_dates_the_wrong_way_round_are_turned() -> None:
    assert read({"from": ["2018-01-01"], "to": ["2017-01-01"]}).first == date(2017, 1, 1)


def test_values_are_cut_to_a_sane_length_and_number() -> None:
    filters = read({"publisher": [f"{n}" * 1000 for n in range(1000)], "words": ["x" * 10_000]})
    assert len(filters.publishers) <= 50
    assert max(map(len, filters.publishers)) == len(filters.words) == 200
