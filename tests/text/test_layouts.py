"""The same article in the markup of seven kinds of sites: its text stays, its day is found, the rest is shut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.text.article import Article
from geo.text.reader import parse
from geo.text.sentences import sentences
from tests.text.layouts import BIO, BODY, CAPTION, COMMENTS, INSIDE, LAYOUTS, RELATED, TITLE, WITH_CAPTION


@pytest.fixture(scope="module", params=list(LAYOUTS))
def layout(request: pytest.FixtureRequest) -> tuple[str, Article]:
    return request.param, parse(LAYOUTS[request.param].encode(), Path("page.html"))


def open_text(article: Article) -> str:
    return " ".join(sentence.text for sentence in sentences(article) if sentence.open)


def test_the_headline_and_every_paragraph_stay(layout: tuple[str, Article]) -> None:
    _, article = layout
    assert all(row in open_text(article) for row in (TITLE, *BODY))


def test_nothing_that_stands_around_the_article_is_open(layout: tuple[str, Article]) -> None:
    _, article = layout
    around = [INSIDE, BIO, *RELATED, *(words for _, words in COMMENTS), "All rights reserved", "Politics"]
    assert [words for words in around if words in open_text(article)] == []


def test_the_caption_of_a_picture_is_a_caption(layout: tuple[str, Article]) -> None:
    name, article = layout
    told = [sentence.section for sentence in sentences(article) if sentence.text == CAPTION]
    assert told == (["caption"] if name in WITH_CAPTION else [])


def test_the_day_beside_the_headline_is_the_pages_day(layout: tuple[str, Article]) -> None:
    _, article = layout
    assert article.published.first == article.published.last == date(2018, 6, 12)
