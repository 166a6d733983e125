"""The page to keep, opened from a file in a real browser without any network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.ledger.query import Filters, Ledger
from geo.view.sheet import sheet


@pytest.fixture(scope="module")
def file(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("kept") / "claims.html"
    opened = Ledger.open(ledger)
    kept.write_bytes(sheet(opened, Filters(), date(2026, 11, 22)))
    opened.close()
    return kept


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def kept(browser: Browser, file: Path, scripted: bool) -> Iterator[Page]:
    """The file in a window that is offline; afterwards nothing was asked for, and nothing went wrong."""
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, offline=True, java_script_enabled=scripted, color_scheme="light"
    )
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert not wrong
    context.close()


def test_map_and_every_card_are_there(kept: Page) -> None:
    expect(kept.locator(".card")).to_have_count(11)
    expect(kept.locator("svg .pin")).to_have_count(8)
    expect(kept.locator("body")).to_contain_text("{{7*7}}")
    assert kept.locator("img[src=x]").count() == 0
    colour = kept.locator(".card").first.evaluate("card => getComputedStyle(card).borderLeftColor")
    assert colour not in ("rgb(0, 0, 0)", "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_a_marker_shows_its_cards_and_the_way_back(kept: Page) -> None:
    kept.locator('.pin[aria-label^="Imam Sahib"] circle').nth(1).click()
    expect(kept.locator("#shown")).to_have_text("Imam Sahib: 1 claim")
    expect(kept.locator(".card:visible")).to_have_count(1)
    expect(kept.locator(".card:visible")).to_contain_text("crates of rifles")
    kept.get_by_role("button", name="Show all claims").click()
    expect(kept.locator(".card:visible")).to_have_count(11)


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_it_can_be_used_by_keyboard_alone(kept: Page) -> None:
    kept.locator(".index summary").focus()
    kept.keyboard.press("Enter")
    kept.keyboard.press("Tab")
    name = kept.evaluate("document.activeElement.textContent")
    kept.keyboard.press("Enter")
    expect(kept.locator("#shown")).to_contain_text(f"{name}:")
    assert kept.evaluate("document.activeElement.id") == "shown"
    kept.keyboard.press("Tab")
    kept.keyboard.press("Enter")
    expect(kept.locator(".card:visible")).to_have_count(11)


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_the_map_zooms_and_comes_back(kept: Page) -> None:
    before = kept.locator("#map").get_attribute("viewBox")
    kept.get_by_role("button", name="Zoom in").click()
    assert kept.locator("#map").get_attribute("viewBox") != before
    kept.get_by_role("button", name="Back to the first view").click()
    home = [float(n) for n in (kept.locator("#map").get_attribute("viewBox") or "").split()]
    assert home == pytest.approx([float(n) for n in (before or "").split()], abs=0.01)


def test_nothing_that_is_put_into_it_later_can_run(browser: Browser, file: Path) -> None:
    """The policy holds: neither an inline handler nor a foreign script nor a picture from elsewhere gets in."""
    page = browser.new_page()
    page.goto(file.as_uri())
    ran = page.evaluate(
        """() => new Promise(done => {
            const refused = [];
            document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
            try { document.body.insertAdjacentHTML('beforeend', '<b onclick="window.bad = 1">x</b>'); }
            catch (error) { refused.push('html'); }
            const script = document.createElement('script');
            try { script.textContent = 'window.bad = 1'; document.body.appendChild(script); }
            catch (error) { refused.push('script'); }
            setTimeout(() => done([window.bad === undefined, refused.length > 0]), 300);
        })"""
    )
    page.close()
    assert ran == [True, True]
