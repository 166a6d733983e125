"""The days of an event as one sentence tells them, on sentences of our own (event_dates.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from geo.claims.dates import event_date
from geo.model.grammar import Grammar
from geo.text.period import Period
from geo.text.span import Span

DATA = Path(__file__).with_name("event_dates.toml")
SENTENCES: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["sentence"]


def told(row: dict[str, Any], *, caption: bool = False) -> Period:
    text = row["text"]
    words = [Span(text.index(word), text.index(word) + len(word)) for word in row["words"]]
    published = Period(row["published"], row["published"], "given")
    doc = Grammar.shared().parse([text])[0]
    return event_date(text, published, words=words, planned=row.get("planned", False), caption=caption, doc=doc)


def days(told: str) -> tuple[str, str]:
    first, _, last = told.partition("/")
    return str(Period.iso(first, "").first), str(Period.iso(last or first, "").last)


@pytest.mark.parametrize("row", SENTENCES, ids=[row["text"][:70] for row in SENTENCES])
def test_the_days_of_an_event_are_those_that_its_own_words_tell(row: dict[str, Any]) -> None:
    found = told(row)
    assert found.because.endswith(".")
    if row["days"]:
        assert (str(found.first), str(found.last)) == days(row["days"]), found.because
    else:
        assert not found.known, found.because


def test_a_caption_tells_in_the_present_what_its_picture_shows() -> None:
    row = next(row for row in SENTENCES if row["text"].startswith("The foreign minister travels to Ankara on Sunday"))
    assert str(told(row).first) == "2021-06-20"
    assert str(told(row, caption=True).first) == "2021-06-13"
