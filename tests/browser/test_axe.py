"""No page, and no frame in one, has a serious or critical finding of axe-core."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import findings, grave
from tests.browser.serving import Visit, visiting

PLACE = 1140026
PAGES = {
    "map": "/",
    "a place": f"/?place={PLACE}",
    "nothing found": "/?words=no+such+words",
    "claims": "/claims",
    "timeline": "/timeline",
    "events": "/events",
    "an event": "/events?event=e-3",
    "articles": "/article",
    "an article": "/article?article=valley-post-1",
    "a hostile article": "/article?article=hostile-1",
    "add": "/add",
    "review": "/review",
    "a claim under review": "/review?claim=river-wire-7-89-arms-flow",
    "method": "/method",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_grave_finding(browser: Browser, desk_app: str, name: str, scheme: str) -> None:
    with visiting(browser, desk_app, scheme=scheme) as visit:
        opened(visit, PAGES[name])
        assert grave(visit.page) == []
        visit.clean()


@pytest.mark.parametrize("name", ["map", "claims", "an article"])
def test_nor_has_it_on_a_phone(browser: Browser, desk_app: str, name: str) -> None:
    with visiting(browser, desk_app, width=400, height=860) as visit:
        opened(visit, PAGES[name])
        assert grave(visit.page) == []


def test_nor_has_the_page_to_keep(browser: Browser, ledger: Path, tmp_path: Path) -> None:
    from datetime import date

    from geo.ledger.query import Filters, Ledger
    from geo.view.sheet import sheet

    file = tmp_path / "claims.html"
    opened_ledger = Ledger.open(ledger)
    file.write_bytes(sheet(opened_ledger, Filters(), date(2026, 11, 22)))
    opened_ledger.close()
    context = browser.new_context(bypass_csp=True)  # the test's own script would be refused
    page = context.new_page()
    page.goto(file.as_uri())
    page.locator(".index summary").click()
    assert grave(page) == []
    context.close()


def test_the_finder_finds(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<main><h1>x</h1><button></button><img src="data:,"><p style="color:#bbb">pale</p></main>')
    assert {"button-name", "image-alt", "color-contrast"} <= {one.rule for one in findings(page)}
    page.close()


def opened(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.locator("h1").first.wait_for()
    visit.settled()
    if path.startswith("/?"):
        visit.drawn()
    visit.page.wait_for_timeout(300)
