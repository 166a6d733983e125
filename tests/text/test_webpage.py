"""Web pages: the article's text without comments, and only the dates that the page's metadata states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.text.reader import read
from geo.text.sentences import sentences

PAGES = Path(__file__).parent / "pages"
PARAGRAPHS = "<p>Some two thousand people marched through the town on Wednesday, the police said.</p>" * 2


def page(tmp_path: Path, head: str = "", body: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head>{head}</head><body>{body}<article><h1>March</h1>{PARAGRAPHS}</article></body></html>",
        encoding="utf-8",
    )
    return path


def test_a_live_page_gives_its_article_and_metadata() -> None:
    article = read(PAGES / "porto-nurses.html")
    assert (article.title, article.publisher) == ("Nurses march in Porto over night pay", "Atlantic Daily")
    assert article.authors == ("Joana Sequeira",)
    assert article.url == "https://atlantic.example/news/nurses-march"
    assert article.published.first == article.published.last == date(2022, 3, 9)
    assert "metadata" in article.published.because
    assert sentences(article)[0].section == "headline"
    for shut in ("Braga", "Weapons from Spain", "Trains stop", "Copyright", "March 3, 2024"):
        assert shut not in " ".join(sentence.text for sentence in sentences(article) if sentence.open)


def test_an_archived_pages_header_date_is_not_its_date() -> None:
    article = read(PAGES / "oruro-miners.html")
    assert article.published.first == date(2016, 8, 24)
    assert article.published.last == date(2016, 8, 31)
    assert "Oruro" in article.text


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2019-05-03T10:00:00+01:00">',
        '<meta name="DC.date.issued" content="2019-05-03">',
        '<meta itemprop="datePublished" content="2019-05-03">',
        '<script type="application/ld+json">[{"@graph": [{"datePublished": "2019-05-03"}]}]</script>',
        '<script type="application/ld+json">not json</script><meta name="pubdate" content="2019-05-03">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "May 3, 2019"}</script>',
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle",'
        ' "datePublished": "2011-03-05"}]}</script><meta name="pubdate" content="2019-05-03">',
        '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2024-01-01", "mainEntity":'
        ' {"@type": "NewsArticle", "datePublished": "2019-05-03"}}</script>',
        '<meta name="pubdate" content="Fri, 03 May 2019 10:00:00 GMT">',
        '<meta name="publish-date" content="20190503">',
        '<meta name="sailthru.date" content="1556877600">',
    ],
)
def test_the_publication_date_comes_from_structured_metadata(tmp_path: Path, head: str) -> None:
    assert read(page(tmp_path, head)).published.first == date(2019, 5, 3)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<div>Sunday, March 3, 2024</div>"),
        ('<meta property="article:modified_time" content="2024-03-03">', ""),
        ('<meta name="date" content="soon">', ""),
        ('<script type="application/ld+json">{"dateModified": "2024-03-03"}</script>', ""),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "comment": [{"@type": "Comment",'
            ' "datePublished": "2024-03-03"}]}</script>',
            "",
        ),
        ("", '<time datetime="2024-03-03">Sunday</time>'),
    ],
)
def test_a_header_or_a_change_is_no_publication_date(tmp_path: Path, head: str, body: str) -> None:
    assert not read(page(tmp_path, head, body)).published.known


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ('<time datetime="2019-05-03T10:00:00Z">May 3</time>', date(2019, 5, 3)),
        ('<p>By Ann Weru <time datetime="2019-05-03">May 3</time></p>', date(2019, 5, 3)),
        ('<p>Updated <time datetime="2024-03-03">March 3</time></p>', None),
    ],
)
def test_a_time_beside_the_headline_is_the_articles_unless_it_is_of_a_change(
    tmp_path: Path, times: str, day: date | None
) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><article><h1>March</h1>{times}{PARAGRAPHS}</article></body></html>", encoding="utf-8")
    assert read(path).published.first == day


def test_hostile_markup_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    hostile = "<p>{{7*7}} &lt;script&gt;alert(1)&lt;/script&gt; people marched in Porto again.</p>"
    path.write_text(f"<html><body><article>{PARAGRAPHS}{hostile}</article></body></html>", encoding="utf-8")
    assert "{{7*7}}" in read(path).text


def test_a_page_on_which_the_search_for_metadata_breaks_keeps_its_text(tmp_path: Path) -> None:
    file = tmp_path / "broken.html"
    said = "Crowds marched through the harbour town on Monday against the price of bread, the mayor said."
    file.write_text(f'<svg><svg></svg><p>{said}</p>\n<script type="application/ld+json">{{}}</script>', encoding="utf-8")
    assert said in read(file).text
