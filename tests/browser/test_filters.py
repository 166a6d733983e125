"""Each filter as a reader uses it: its counts, its chip, its place in the address, and the way back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.serving import Visit


def opened(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()


def chosen(visit: Visit, address: str, chip: str, matching: int) -> None:
    """The address, the chip and the counts say what is chosen; without the chip, all is as before."""
    expect(visit.page.locator(".st-key-chips")).to_contain_text(chip)
    expect(visit.page.locator(".counts")).to_contain_text(f"of {matching} matching")
    assert address in visit.page.url
    visit.page.keyboard.press("Escape")
    visit.settled()
    visit.page.locator(".st-key-chips button", has_text=chip).click()
    expect(visit.page.locator(".counts")).to_contain_text("of 11 matching")
    assert address not in visit.page.url


@pytest.mark.parametrize(
    ("where", "choice", "address", "chip", "matching"),
    [
        ("Stance", "denied 1", "stance=denied", "denied", 1),
        ("Sources", "2 or more: 2", "sources=2", "2 independent sources or more", 2),
        ("Sources", "planned 1", "plan=planned", "planned", 1),
        ("Publisher", "our briefs 4", "wording=brief", "briefs", 4),
    ],
)
def test_a_choice_among_few_filters(
    visit: Visit, where: str, choice: str, address: str, chip: str, matching: int
) -> None:
    visit.open().drawn()
    opened(visit, where)
    visit.page.get_by_role("button", name=choice).or_(visit.page.get_by_role("radio", name=choice)).first.click()
    chosen(visit, address, chip, matching)


@pytest.mark.parametrize(
    ("where", "field", "choice", "address", "chip", "matching"),
    [
        ("Publisher", "publishers", "River Wire (3)", "publisher=River+Wire", "River Wire", 3),
        ("Publisher", "publisher_types", "agency (3)", "type=agency", "agency", 3),
        ("Speaker", "speakers", "the police (2)", "speaker=the+police", "said by the police", 2),
        ("Place", "area", "Kunduz, Afghanistan (2)", "area=AF%2FKunduz", "in Kunduz, AF", 2),
    ],
)
def test_a_choice_from_a_list_filters(
    visit: Visit, where: str, field: str, choice: str, address: str, chip: str, matching: int
) -> None:
    visit.open().drawn()
    opened(visit, where)
    visit.page.locator(f".st-key-filter-{field} input").click()
    visit.page.get_by_role("option", name=choice, exact=True).click()
    chosen(visit, address, chip, matching)


def test_words_of_the_sentence_filter(visit: Visit) -> None:
    visit.open().drawn()
    visit.page.get_by_label("Words in the sentence").fill("Rifles")
    visit.page.keyboard.press("Enter")
    chosen(visit, "words=Rifles", "“Rifles”", 2)


def test_counts_beside_a_choice_follow_the_other_filters(visit: Visit) -> None:
    visit.open("/?kind=arms_flow").drawn()
    expect(visit.page.locator(".st-key-filter-kinds button", has_text="Protest")).to_contain_text("6")
    opened(visit, "Stance")
    expect(visit.page.locator(".st-key-filter-stances")).to_contain_text("asserted 1")
    expect(visit.page.locator(".st-key-filter-stances")).to_contain_text("alleged 2")


def test_all_filters_go_at_once(visit: Visit) -> None:
    visit.open("/?kind=arms_flow&stance=alleged&words=rifles").drawn()
    expect(visit.page.locator(".counts")).to_contain_text("of 1 matching")
    visit.page.get_by_role("button", name="Clear all").click()
    expect(visit.page.locator(".counts")).to_contain_text("of 11 matching")
    expect(visit.page.locator(".st-key-chips button")).to_have_count(0)


def test_a_copied_link_opens_exactly_this_view(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/?kind=protest&place=1140026").drawn()
    visit.page.get_by_role("button", name="Copy link").click()
    expect(visit.page.locator(".copy-note")).to_have_text("Copied")
    link = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert link == visit.page.url
    assert "kind=protest" in link
    assert "place=1140026" in link


def test_the_line_above_the_map_says_what_is_not_on_it(visit: Visit) -> None:
    visit.open("/?from=2018-01-01&undated=no").drawn()
    expect(visit.page.locator(".counts")).to_contain_text("2 of 2 matching")
    visit.open("/?kind=arms_flow&kind=protest").drawn()
    expect(visit.page.locator(".counts")).to_contain_text("1 country-level, 1 unplaced")
    expect(visit.page.locator(".counts")).to_contain_text("hidden by filters: 1")
