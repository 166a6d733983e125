"""Hard texts cost time in proportion to their length. The whole table: ``python -m tests.reliability.sizes``."""

from __future__ import annotations

import pytest

from geo.faults import BadInput
from geo.text.decoding import MOST_BYTES
from geo.text.reader import from_record
from tests.reliability.sizes import HARD, growth, nested, page, split


@pytest.mark.parametrize("name", HARD)
def test_cutting_into_sentences_takes_no_square_of_the_length(name: str) -> None:
    found = growth(split, HARD[name], 40_000)
    assert found.power < 1.7, found.seconds
    assert found.seconds[2] < 10, found.seconds


def test_a_web_page_of_elements_in_elements_takes_no_square_of_its_length() -> None:
    found = growth(page, nested, 200_000)
    assert found.power < 1.7, found.seconds


def test_what_is_longer_than_any_article_is_refused_unread() -> None:
    with pytest.raises(BadInput, match="too large for an article"):
        from_record({"id": "a", "text": "x" * (2 * MOST_BYTES)})
