"""The map's page on a phone, a laptop and a wall, light and dark: nothing overflows, nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import made
from tests.browser.serving import Visit, serving, visiting

FRAME = 'iframe[title="streamlit_folium.st_folium"]'
SIZES = {"phone": (400, 860), "laptop": (1400, 900), "wall": (2560, 1440)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_screen(browser: Browser, app: str, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    with visiting(browser, app, width=width, height=height, scheme=scheme) as visit:
        visit.open().drawn()
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        title, box = visit.page.locator("h1").bounding_box(), visit.page.locator(FRAME).bounding_box()
        assert title
        assert box
        assert title["y"] < box["y"] < height * 0.62, "the map begins on the first screen"
        assert box["height"] >= 300
        expect(visit.page.locator("h1")).to_contain_text("as told in the news")
        ground = visit.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert ("253" in ground) == (scheme == "light"), ground
        assert visit.map.locator(":root").get_attribute("data-theme") == scheme
        if size != "phone":
            bars = visit.page.locator(".time-field").bounding_box()
            assert bars
            assert bars["y"] + bars["height"] <= height, "map and histogram are seen together"
        visit.clean()


def test_nothing_jumps_when_a_filter_changes(visit: Visit) -> None:
    visit.open().drawn()
    before = visit.page.locator(FRAME).bounding_box()
    visit.map.locator("#map_div").evaluate("() => { window.sameFrame = true; window.kept = Atlas.markers.get(524901) }")
    visit.page.locator(".st-key-filter-kinds button", has_text="Meeting").click()
    expect(visit.map.locator(".pin")).to_have_count(2)
    visit.settled()
    assert visit.page.locator(FRAME).bounding_box() == before
    assert visit.map.locator("#map_div").evaluate("() => window.sameFrame && Atlas.markers.get(524901) === window.kept")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A ledger with more places than fit beside one another."""
    readings = [*made.few(), *made.many(2_000, 400)]
    with serving(made.ledger(tmp_path_factory.mktemp("crowded"), readings)) as address:
        yield address


def test_many_places_stand_together_and_part_when_one_comes_near(browser: Browser, crowded: str, tmp_path: Path) -> None:
    with visiting(browser, crowded) as visit:
        visit.open().drawn()
        groups = visit.map.locator('.pin[aria-label*="places near"]')
        groups.first.wait_for()
        assert visit.map.locator(".pin").count() < 250
        total = "() => [...Atlas.drawn.values()].reduce((n, layer) => n + (layer.group ? layer.group.of.length : 1), 0)"
        assert visit.map.locator("#map_div").evaluate(total) > 150
        zoom = "() => Atlas.map.getZoom()"
        before = visit.map.locator("#map_div").evaluate(zoom)
        groups.first.focus()
        visit.page.keyboard.press("Enter")
        assert visit.map.locator("#map_div").evaluate(zoom) > before
        visit.clean()
