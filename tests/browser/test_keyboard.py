"""Every task without a mouse: find a place, read its sentences, filter, follow a sentence, export. Review is in
test_review.py."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.keys import focused, tab_to
from tests.browser.serving import Visit


def test_a_place_is_found_and_its_sentences_are_read(visit: Visit) -> None:
    page = visit.open().drawn().page
    tab_to(page, "Imam Sahib")
    page.keyboard.press("Enter")
    expect(page.locator("h2.place")).to_have_text("Imam Sahib")
    expect(page.locator(".card blockquote")).to_contain_text("crates of rifles")
    visit.settled()
    tab_to(page, "Why")
    page.keyboard.press("Enter")
    expect(page.locator(".card details[open] dl")).to_be_visible()


def test_a_marker_is_reached_and_opened_on_the_map(visit: Visit) -> None:
    page = visit.open().drawn().page
    name = tab_to(page, "Show its sentences")
    page.keyboard.press("Enter")
    expect(page.locator("h2.place")).to_be_visible()
    place = page.locator("h2.place").inner_text()
    assert place in name


def test_a_filter_is_set_and_taken_away(visit: Visit) -> None:
    page = visit.open().drawn().page
    tab_to(page, "Protest")
    page.keyboard.press("ArrowRight")  # the kinds are one stop of the way, and arrows lead from one to the next
    assert "Meeting" in focused(page)
    page.keyboard.press("Enter")
    expect(page.locator(".counts")).to_contain_text("hidden by filters: 10")
    visit.settled()
    tab_to(page, "Meeting ✕")
    page.keyboard.press("Enter")
    expect(page.locator(".counts")).not_to_contain_text("hidden by filters")


@pytest.mark.parametrize(("button", "ending"), [("Download CSV", ".csv"), ("Download as a page", ".html")])
def test_the_view_is_taken_along(visit: Visit, button: str, ending: str) -> None:
    page = visit.open("/claims?kind=arms_flow").settled().page
    tab_to(page, button)
    with page.expect_download() as begun:
        page.keyboard.press("Enter")
    content = Path(begun.value.path()).read_bytes()
    assert begun.value.suggested_filename.endswith(ending)
    if ending == ".csv":
        table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {row["kind"] for row in table} == {"arms_flow"}
    else:
        assert content.count(b'<article class="card') == page.locator("table.claims tbody tr").count()


def test_a_sentence_is_followed_into_its_article_and_a_name_back_to_the_map(visit: Visit) -> None:
    page = visit.open("/claims").settled().page
    tab_to(page, "crates of rifles")
    page.keyboard.press("Enter")
    expect(page.locator("#picked")).to_contain_text("crates of rifles")
    visit.settled()
    tab_to(page, "Imam Sahib")
    page.keyboard.press("Enter")
    expect(page.locator("h2.place")).to_have_text("Imam Sahib")


def test_every_page_is_reached_from_every_other(visit: Visit) -> None:
    page = visit.open("/method").settled().page
    for name, heading in (
        ("Claims", "Every claim"),
        ("Events", "What is told"),
        ("Articles", "articles"),
        ("Map", "told"),
    ):
        tab_to(page, f"A {name}")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(heading)
        visit.settled()
