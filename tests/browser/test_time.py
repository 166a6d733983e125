"""The histogram under the map, in a real browser: what it shows, and its brush as a filter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.serving import Visit


@pytest.fixture
def time(visit: Visit) -> Visit:
    visit.open().drawn()
    visit.page.locator(".time-bar rect").first.wait_for()
    return visit


def drag(visit: Visit, start: float, end: float) -> None:
    """Press, move and let go over the bars; ``start`` and ``end`` are parts of their width."""
    box = visit.page.locator(".time-field").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    visit.page.mouse.move(box["x"] + box["width"] * start, y)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + box["width"] * (start + end) / 2, y)
    visit.page.mouse.move(box["x"] + box["width"] * end, y)
    visit.page.mouse.up()


def counts(visit: Visit) -> Locator:
    return visit.page.locator(".counts")


def test_bars_are_stacked_by_kind_and_the_undated_stand_apart(time: Visit) -> None:
    colours = time.page.locator(".time-bar rect").evaluate_all("all => all.map(rect => rect.getAttribute('fill'))")
    assert len({colour for colour in colours if colour.startswith("#")}) == 3
    assert "url(#time-hatch)" in colours  # "2017" is less exact than a month
    expect(time.page.locator(".time-undated .time-number")).to_have_text("4")


def test_a_brush_filters_map_counts_and_address(time: Visit) -> None:
    drag(time, 0.84, 0.99)
    expect(time.map.locator(".pin")).to_have_count(5)  # 2018, and the undated
    assert "from=2018-" in time.page.url
    assert "to=2018-" in time.page.url
    expect(counts(time)).to_contain_text("hidden by filters")
    expect(time.page.locator(".time-bar.out")).not_to_have_count(0)
    time.settled()
    time.page.go_back()
    expect(time.map.locator(".pin")).to_have_count(8)
    expect(time.page.locator(".time-bar.out")).to_have_count(0)


def test_two_clicks_on_the_brush_take_it_away(time: Visit) -> None:
    time.open("/?from=2018-01-01&to=2018-12-31").drawn()
    time.page.locator(".time-window").dblclick()
    expect(time.map.locator(".pin")).to_have_count(8)
    assert "from=" not in time.page.url


def test_the_brush_moves_with_the_keyboard(time: Visit) -> None:
    start = time.page.get_by_role("slider", name="From")
    start.focus()
    for _ in range(3):
        time.page.keyboard.press("ArrowRight")
    expect(start).to_have_attribute("aria-valuetext", "Jun 2016")
    expect(time.page.locator(".st-key-chips")).to_contain_text("from 2016-06-01")
    assert "from=2016-06-01" in time.page.url


def test_undated_claims_are_switched_off_and_on(time: Visit) -> None:
    undated = time.page.get_by_role("checkbox", name="Undated claims: 4")
    undated.click()
    expect(time.page.locator(".st-key-chips")).to_contain_text("dated only")
    expect(counts(time)).to_contain_text("4 of them undated")
    assert "undated=no" in time.page.url
    undated.focus()
    time.page.keyboard.press("Enter")
    expect(time.page.locator(".st-key-chips button")).to_have_count(0)


def test_a_preset_is_one_press(time: Visit) -> None:
    time.page.locator(".time-presets button", has_text="2018").click()
    expect(time.map.locator(".pin")).to_have_count(5)
    assert "from=2018-01-01" in time.page.url
    assert "to=2018-12-31" in time.page.url
    expect(time.page.locator(".time-presets button", has_text="2018")).to_have_attribute("aria-pressed", "true")
    time.page.locator(".time-presets button", has_text="All").click()
    expect(time.map.locator(".pin")).to_have_count(8)


def test_the_day_of_the_report_is_the_other_axis(time: Visit) -> None:
    time.page.get_by_role("button", name="When it was reported").click()
    expect(time.page.locator(".time-undated")).to_have_count(0)
    assert "axis=reported" in time.page.url
    time.page.locator(".time-presets button", has_text="2018").click()
    expect(time.page.locator(".st-key-chips")).to_contain_text("published from 2018-01-01")
    assert "reported-from=2018-01-01" in time.page.url


def test_a_bar_tells_its_month_and_counts(time: Visit) -> None:
    box = time.page.locator(".time-field").bounding_box()
    assert box
    time.page.mouse.move(box["x"] + box["width"] * 10.5 / 27, box["y"] + 30)  # from March 2016 to May 2018
    expect(time.page.locator(".time-tip")).to_contain_text("Jan 2017")
    expect(time.page.locator(".time-tip")).to_contain_text("1 of them known less exactly")


def test_no_claims_are_said_to_be_none(visit: Visit) -> None:
    visit.open("/?words=nothing+like+this").drawn()
    expect(visit.page.locator(".time-note")).to_have_text("No claim with these filters")
    expect(visit.page.locator(".notice")).to_contain_text("Nothing matches these filters")
