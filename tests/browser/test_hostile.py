"""An article that attacks the page is shown, letter by letter, and does nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.serving import Visit

LETTERS = (
    "{{7*7}}",
    "{% raw %}",
    "{#",
    "${1}",
    "`",
    "\\x3c",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
)
HERAT, HOSTILE_PLACE = 1140026, -99


@pytest.fixture(autouse=True)
def alerts(visit: Visit) -> list[str]:
    """Every alert that anything raises."""
    raised: list[str] = []
    visit.page.on("dialog", lambda dialog: (raised.append(dialog.message), dialog.dismiss()))
    return raised


@pytest.mark.parametrize(
    "path",
    [
        f"/?place={HERAT}",
        "/claims",
        "/timeline",
        "/events",
        "/events?event=e-9",
        "/article",
        "/article?article=hostile-1",
    ],
)
def test_its_words_are_shown_as_letters(visit: Visit, alerts: list[str], path: str) -> None:
    visit.open(path)
    awaited = {"/article": "Title {{7*7}}"}.get(path, "{{7*7}}")
    expect(visit.page.locator("body")).to_contain_text(awaited)
    visit.settled()
    shown = visit.page.locator("body").inner_text()
    for letters in LETTERS:
        assert letters in shown, letters
    assert not alerts
    assert visit.page.locator("img[src=x]").count() == 0
    assert visit.page.locator('a[href^="javascript"]').count() == 0


def test_its_place_is_a_marker_with_a_name_and_nothing_more(visit: Visit, alerts: list[str]) -> None:
    visit.open().drawn()
    pin = visit.map.locator(f'.pin[data-place="{HOSTILE_PLACE}"]')
    assert "{{7*7}} {% raw %}" in (pin.get_attribute("aria-label") or "")
    pin.locator("svg").hover()
    expect(visit.map.locator(".tip-name")).to_contain_text(
        "{{7*7}} {% raw %} {# ${1} ` \\x3c <img src=x onerror=alert(1)>"
    )
    pin.locator("svg").click()
    expect(visit.page.locator("h2.place")).to_contain_text("{{7*7}} {% raw %}")
    visit.settled()
    assert visit.map.locator("img[src=x]").count() == 0
    assert not alerts
