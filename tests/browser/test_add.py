"""Articles of one's own in a real browser: pasted, previewed, put into the corpus; an address inside is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.build import build
from tests import made
from tests.browser.serving import Visit, serving, visiting

TALKS = (
    "Talks by the lake\n\nMinisters held peace talks in Doha on 4 May 2018.\n\nShare this article\n\n"
    "Bakers marched through Herat on 12 June 2017, against the price of flour.\n"
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("add")
    folder = made.folder(out, {"a.txt": "Traders sent rifles to fighters in Helmand in April 2018, an official said.\n"})
    build([folder], out / "ledger", workers=1, progress=False)
    return folder


@pytest.fixture
def visitor(browser: Browser, corpus: Path) -> Iterator[Visit]:
    with serving(corpus.parent / "ledger", ATLAS_CORPUS=str(corpus)) as address, visiting(browser, address) as found:
        yield found
        found.clean()


def test_an_article_is_read_previewed_and_put_into_the_corpus(visitor: Visit, corpus: Path) -> None:
    page = visitor.open("/add").settled().page
    page.get_by_label("Text of an article").fill(TALKS)
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".preview")).to_contain_text("Talks by the lake", timeout=240_000)
    expect(page.locator(".preview")).to_contain_text("left out, and why")
    expect(page.locator(".card blockquote").first).to_be_visible()
    expect(page.locator(".preview")).to_contain_text("Places: ")
    visitor.settled()
    page.get_by_role("link", name="See them on the map").click()
    visitor.drawn()
    expect(page.locator(".lead")).to_contain_text("1 of the articles is your own, for this session")
    expect(visitor.pin("Helmand")).to_have_count(1)  # the corpus and the reader's own on one map
    expect(visitor.pin("Doha").locator(".own")).to_have_count(1)
    expect(visitor.pin("Helmand").locator(".own")).to_have_count(0)
    visitor.pin("Doha").locator("svg").click()
    expect(page.locator(".card .tag.own")).to_have_text("of this session")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_role("button", name="Put into the corpus").click()
    expect(page.locator(".notice")).to_contain_text("1 article is on the map", timeout=240_000)
    (kept,) = (corpus.parent / "originals").iterdir()
    assert "Ministers held peace talks" in kept.read_text(encoding="utf-8")
    visitor.open("/claims")
    expect(page.locator("table.claims")).to_contain_text("Ministers held peace talks")


def test_an_address_inside_is_refused_and_says_why(visitor: Visit) -> None:
    page = visitor.open("/add").settled().page
    page.get_by_label("Or a web address").fill(visitor.address + "/_stcore/health")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("only the usual ports of the web are asked")
    page.get_by_label("Or a web address").fill("http://2130706433/")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("not on the open internet")


def test_text_from_right_to_left_reads_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    source = made.article("dari-1", "تظاهرات در هرات Herat برگزار شد\n", title="خبر تازه", publisher="روزنامه")
    folder = made.ledger(tmp_path, [made.reading(source, [{"line": 0, "speaker": None, "stance": "asserted"}])])
    with serving(folder) as address, visiting(browser, address) as visit:
        visit.open(f"/?place={made.HERAT.id}")
        sentence = visit.page.locator(".card blockquote")
        expect(sentence).to_contain_text("تظاهرات")
        assert sentence.evaluate("node => getComputedStyle(node).direction") == "rtl"
        visit.open("/article?article=dari-1")
        words = visit.page.locator(".reader p").first
        expect(words).to_contain_text("تظاهرات")
        assert words.evaluate("node => getComputedStyle(node).direction") == "rtl"
        visit.clean()
