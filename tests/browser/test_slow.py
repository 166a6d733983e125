"""A base map that is slow to come, or does not come, is told, and the markers work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.serving import visiting
from tests.made import IMAM_SAHIB


@pytest.mark.parametrize("answer", ["none", "broken"])
def test_without_the_land_the_markers_work_and_the_map_says_what_is_missing(
    browser: Browser, app: str, answer: str
) -> None:
    held: list[Route] = []
    with visiting(browser, app) as visit:

        def land(route: Route) -> None:
            held.append(route)
            if answer == "broken":
                route.fulfill(status=404, body="gone")

        visit.page.context.route("**/basemap.json", land)
        visit.open()
        said = "still being loaded" if answer == "none" else "could not be loaded"
        expect(visit.map.locator(".land-told")).to_contain_text(said)
        visit.map.locator(f'.pin[data-place="{IMAM_SAHIB.id}"] svg').dispatch_event("click", {"bubbles": True})
        expect(visit.page.locator("h2.place")).to_contain_text("Imam Sahib")
        assert held
        if answer == "none":
            held[0].abort()
