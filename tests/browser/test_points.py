"""What a reader does only now and then, each once in a real browser: forward, cite, compare, take along, a wall."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import made
from tests.browser.serving import Visit, serving, visiting


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app whose march is told with two numbers."""
    with serving(made.ledger(tmp_path_factory.mktemp("disputed"), made.disputed())) as address:
        yield address


def test_forward_goes_to_the_view_that_back_left(visit: Visit) -> None:
    visit.open().drawn()
    visit.page.locator(".st-key-filter-kinds button", has_text="Meeting").click()
    expect(visit.map.locator(".pin")).to_have_count(2)
    visit.settled()
    visit.page.go_back()
    expect(visit.map.locator(".pin")).to_have_count(8)
    visit.settled()
    visit.page.go_forward()
    expect(visit.map.locator(".pin")).to_have_count(2)
    expect(visit.page.locator(".counts")).to_contain_text("hidden by filters: 10")


def test_a_claim_is_cited_with_its_publisher_title_day_and_link(visit: Visit) -> None:
    visit.open(f"/?place={made.KABUL.id}")
    card = visit.page.locator(".card")
    card.locator("summary", has_text="Cite this claim").click()
    cited = card.locator(".cite")
    expect(cited).to_contain_text("The Valley Post, “Crowds in the west”, 2017-06-12")
    expect(cited.locator("a").first).to_have_attribute("href", "https://valley-post.example/valley-post-1")
    expect(cited.locator("a", has_text="This sentence in the atlas")).to_be_visible()


def test_what_tellers_dispute_stands_side_by_side(browser: Browser, disputed: str) -> None:
    with visiting(browser, disputed) as visit:
        visit.open("/events?event=e-march")
        sides = visit.page.locator(".sides li")
        expect(sides).to_have_count(2)
        expect(visit.page.locator(".disagree")).to_contain_text("How many marchers?")
        first, second = (sides.nth(n).bounding_box() for n in (0, 1))
        assert first
        assert second
        assert abs(first["y"] - second["y"]) < 2
        assert second["x"] > first["x"] + first["width"] - 1
        visit.clean()


def test_a_copy_is_folded_under_the_text_that_it_was_copied_from(visit: Visit) -> None:
    visit.open("/events?event=e-march")
    expect(visit.page.locator(".card")).to_have_count(1)
    visit.page.locator("summary", has_text="1 copy of this text").click()
    expect(visit.page.locator(".copies li")).to_contain_text("River Wire")


def test_the_filtered_view_is_taken_along_and_nothing_else(visit: Visit) -> None:
    visit.open("/claims?kind=meeting").settled()
    with visit.page.expect_download() as taken:
        visit.page.get_by_role("button", name="Download CSV").click()
    content = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert {row["kind"] for row in rows} == {"meeting"}
    assert {row["place_name"] for row in rows} == {"Doha", "Moscow"}


def test_a_wall_shows_the_page_across_its_width_and_marks_that_are_read_from_afar(browser: Browser, app: str) -> None:
    sizes = {}
    for width, height in ((1400, 900), (2560, 1440)):
        with visiting(browser, app, width=width, height=height) as visit:
            visit.open().drawn()
            box = visit.page.locator('iframe[title="streamlit_folium.st_folium"]').bounding_box()
            pin = visit.pin("Herat").locator("svg").bounding_box()
            right = visit.page.locator(".st-key-evidence").bounding_box()
            assert box
            assert pin
            assert right
            sizes[width] = (box["width"] * box["height"] / (width * height), pin["width"])
            assert right["x"] + right["width"] > width * 0.94
            assert right["y"] + right["height"] > height * 0.94
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert sizes[2560][0] > 0.3, "the map takes a third of the wall"
    assert sizes[2560][1] > 1.2 * sizes[1400][1]
