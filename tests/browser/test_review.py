"""Review in a real browser: a claim rejected by keyboard alone is gone after the next build, and comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.build import build
from geo.ledger.corrections import load
from tests import made
from tests.browser.keys import tab_to
from tests.browser.serving import Visit, serving, visiting

MARCH = "Bakers marched through Herat on 12 June 2017, against the price of flour."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("review")
    folder = made.folder(out, {"a.txt": MARCH + "\n", "b.txt": "Ministers held peace talks in Doha on 4 May 2018.\n"})
    build([folder], out / "ledger", workers=1, progress=False)
    return folder


@pytest.fixture(scope="module")
def desk(corpus: Path) -> Iterator[str]:
    with serving(corpus.parent / "ledger", ATLAS_CORPUS=str(corpus)) as address:
        yield address


@pytest.fixture
def reviewer(browser: Browser, desk: str) -> Iterator[Visit]:
    with visiting(browser, desk) as found:
        yield found
        found.clean()


def test_a_claim_is_rejected_built_out_and_taken_back_by_keyboard_alone(reviewer: Visit, corpus: Path) -> None:
    page, file = reviewer.page, corpus.parent / "corrections.jsonl"
    reviewer.open("/review").settled()
    expect(page.locator("h2.side").first).to_contain_text("2 claims to look at")
    tab_to(page, "Bakers marched")
    page.keyboard.press("Enter")
    expect(page.locator(".card blockquote")).to_contain_text("Bakers marched")
    reviewer.settled()
    tab_to(page, "Accept")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Save: reject")).to_be_visible()
    reviewer.settled()
    tab_to(page, "Your name")
    page.keyboard.type("A. Reader")
    page.keyboard.press("Tab")
    page.keyboard.type("A parade of bakers, not a protest.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 decision waits for the next build")).to_be_visible()
    (one,) = load(file)
    assert (one.action, one.name, one.reason) == ("reject", "A. Reader", "A parade of bakers, not a protest.")
    reviewer.settled()
    tab_to(page, "Build again")
    page.keyboard.press("Enter")
    expect(page.locator("h2.side").first).to_contain_text("1 claim to look at", timeout=240_000)
    reviewer.settled()
    expect(page.get_by_text("decision waits")).to_have_count(0)
    tab_to(page, "Take back: Bakers marched")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 decision waits for the next build")).to_be_visible()
    assert [one.action for one in load(file)] == ["reject", "accept"]


def test_what_is_wrong_with_a_decision_is_said_and_nothing_is_written(reviewer: Visit, corpus: Path) -> None:
    before = load(corpus.parent / "corrections.jsonl")
    page = reviewer.open("/review").page
    page.get_by_role("button", name="Ministers held").click()
    page.get_by_role("button", name="Save: accept").click()
    expect(page.locator(".notice")).to_contain_text("give your name")
    assert load(corpus.parent / "corrections.jsonl") == before


def test_a_claim_can_be_moved_to_another_place(reviewer: Visit, corpus: Path) -> None:
    page = reviewer.open("/review").page
    page.get_by_role("button", name="Ministers held").click()
    page.get_by_role("radio", name="Move").click()
    field = page.get_by_label("The right place: its name or gazetteer id")
    field.fill("1138958")
    field.press("Enter")
    expect(page.get_by_role("combobox", name="Which one")).to_have_value(re.compile("Kabul, city"))
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Reason").fill("They met in Kabul.")
    page.get_by_role("button", name="Save: move").click()
    expect(page.get_by_text("Saved: moved to 1138958")).to_be_visible()
    last = load(corpus.parent / "corrections.jsonl")[-1]
    assert (last.action, last.to, last.moved_from) == ("move", 1138958, made.DOHA.id)


def test_where_it_is_hosted_review_and_fetching_are_switched_off(browser: Browser, ledger: Path) -> None:
    with serving(ledger, ATLAS_HOSTED="on") as address, visiting(browser, address) as visit:
        visit.open("/review")
        expect(visit.page.locator(".notice")).to_contain_text("Review is switched off here")
        assert visit.page.get_by_role("link", name="Review").count() == 0
        visit.open("/add")
        expect(visit.page.get_by_label("Or a web address")).to_be_disabled()
        expect(visit.page.locator("body")).to_contain_text("Fetching from an address is switched off here")
        visit.clean()
