"""The map in a real browser that may speak to nothing but the app."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.serving import Visit
from tests.made import IMAM_SAHIB

EVERYWHERE = {"Herat", "Kabul", "Imam Sahib", "Helmand", "Kalbat", "Moscow", "Doha"}


def names(visit: Visit) -> set[str]:
    labels = visit.map.locator(".pin").evaluate_all("pins => pins.map(pin => pin.getAttribute('aria-label'))")
    return {label.split(":")[0] for label in labels if not label.startswith("Place")}


def choose_kind(visit: Visit, label: str) -> None:
    visit.page.locator(".st-key-filter-kinds button", has_text=label).click()


def test_the_map_draws_land_and_markers_without_the_internet(visit: Visit) -> None:
    visit.open().drawn()
    assert names(visit) == EVERYWHERE
    painted = visit.map.locator(".leaflet-base-pane canvas").evaluate(
        "c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size"
    )
    assert painted > 3, "the base map is blank"
    expect(visit.map.locator(".name", has_text="Iran")).to_be_visible()


def test_a_marker_opens_the_sentences_behind_it(visit: Visit) -> None:
    visit.open().drawn()
    visit.pin("Imam Sahib").locator("svg").click()
    card = visit.page.locator(".card")
    expect(card).to_have_count(1)
    expect(card.locator("blockquote")).to_have_text(
        "An unnamed colonel claims that crates of rifles from Russia came through Termez to fighters in Imam Sahib."
    )
    expect(card).to_contain_text("River Wire")
    expect(card).to_contain_text("alleged")
    expect(card.locator("blockquote mark.m-place")).to_have_text("Imam Sahib")
    assert "".join(card.locator("blockquote mark.m-speaker").all_inner_texts()) == "An unnamed colonel"
    assert f"place={IMAM_SAHIB.id}" in visit.page.url


def test_a_click_redraws_no_map(visit: Visit) -> None:
    visit.open().drawn()
    visit.map.locator("#map_div").evaluate("() => { window.sameFrame = true; window.pins = [...Atlas.markers.values()] }")
    visit.pin("Herat").locator("svg").click()
    expect(visit.page.locator(".card")).to_have_count(3)
    visit.settled()
    same = "() => window.sameFrame && window.pins.every(pin => Atlas.markers.get(pin.feature.properties.id) === pin)"
    assert visit.map.locator("#map_div").evaluate(same)


def test_the_sentence_unfolds_in_its_paragraph(visit: Visit) -> None:
    visit.open("/?place=1138958").drawn()
    card = visit.page.locator(".card")
    card.locator("summary", has_text="In its paragraph").click()
    expect(card.locator(".paragraph")).to_contain_text("A second march in Kabul was put off until Friday.")
    card.locator("summary", has_text="Why").click()
    expect(card.locator("dl")).to_contain_text("The words of a protest stand in the sentence.")


def test_each_kind_filters_markers_and_counts(visit: Visit) -> None:
    visit.open().drawn()
    expect(visit.page.locator(".counts")).to_contain_text("9 of 11 matching claims have a marker")
    choose_kind(visit, "Meeting")
    expect(visit.map.locator(".pin")).to_have_count(2)
    assert names(visit) == {"Doha", "Moscow"}
    expect(visit.page.locator(".counts")).to_contain_text("hidden by filters: 10")
    assert "kind=meeting" in visit.page.url
    choose_kind(visit, "Arms flow")
    expect(visit.map.locator(".pin")).to_have_count(5)
    assert names(visit) == {"Doha", "Moscow", "Imam Sahib", "Helmand", "Kalbat"}
    expect(visit.page.locator(".counts")).to_contain_text("1 country-level")


def test_dates_filter_markers_and_say_what_is_undated(visit: Visit) -> None:
    visit.open("/?from=2018-01-01&undated=no").drawn()
    assert names(visit) == {"Doha", "Moscow", "Kalbat"}
    expect(visit.page.locator(".counts")).to_contain_text("hidden by filters: 9, 4 of them undated")
    visit.page.get_by_role("button", name="from 2018-01-01").click()
    expect(visit.map.locator(".pin")).to_have_count(6)
    assert "from=" not in visit.page.url


def test_a_day_typed_into_the_filter_is_obeyed(visit: Visit) -> None:
    visit.open().drawn()
    field = visit.page.locator(".st-key-filter-last")
    field.get_by_role("spinbutton").first.click()
    visit.page.keyboard.type("20170701")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".counts")).to_contain_text("hidden by filters: 2")
    assert "to=2017-07-01" in visit.page.url


def test_every_other_filter_changes_markers_and_counts(visit: Visit) -> None:
    for query, left in {
        "stance=denied": {"Helmand"},
        "publisher=Morning+Ledger": {"Doha", "Moscow", "Kalbat"},
        "type=agency": {"Herat", "Imam Sahib", "Helmand"},
        "speaker=The+embassy": {"Helmand"},
        "sources=2": {"Imam Sahib", "Helmand"},
        "plan=planned": {"Kabul"},
        "wording=brief": {"Doha", "Moscow", "Kalbat"},
        "words=rifles": {"Imam Sahib", "Helmand"},
        "area=AF/Kunduz": {"Imam Sahib", "Kalbat"},
    }.items():
        visit.open(f"/?{query}").drawn()
        assert names(visit) == left, query
        expect(visit.page.locator(".counts")).to_contain_text("hidden by filters")


def test_a_link_opens_the_same_view(visit: Visit) -> None:
    visit.open().drawn()
    choose_kind(visit, "Protest")
    expect(visit.map.locator(".pin")).to_have_count(3)
    visit.pin("Herat").locator("svg").click()
    expect(visit.page.locator(".card")).to_have_count(3)
    visit.settled()
    link = visit.page.url.removeprefix(visit.address)
    title = visit.page.locator("h1").inner_text()
    sentences = visit.page.locator("blockquote").all_inner_texts()
    visit.page.goto("about:blank")
    visit.open(link).drawn()
    expect(visit.page.locator(".card")).to_have_count(3)
    assert visit.page.locator("h1").inner_text() == title
    assert visit.page.locator("blockquote").all_inner_texts() == sentences
    assert names(visit) == {"Herat", "Kabul"}
    assert visit.pin("Herat").get_attribute("aria-pressed") == "true"


def test_back_goes_to_the_view_before(visit: Visit) -> None:
    visit.open().drawn()
    choose_kind(visit, "Meeting")
    expect(visit.map.locator(".pin")).to_have_count(2)
    visit.settled()
    visit.page.go_back()
    expect(visit.map.locator(".pin")).to_have_count(8)


def test_a_marker_can_be_picked_with_the_keyboard(visit: Visit) -> None:
    visit.open().drawn()
    visit.pin("Kabul").focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("blockquote")).to_have_text("A second march in Kabul was put off until Friday.")


def test_a_country_is_listed_and_has_no_marker(visit: Visit) -> None:
    visit.open().drawn()
    assert "Afghanistan" not in names(visit)
    visit.page.locator(".st-key-countries button", has_text="Afghanistan").click()
    expect(visit.page.locator("blockquote")).to_have_text(
        "Money reaches armed men all over Afghanistan, a former minister wrote."
    )


def test_a_phone_shows_the_map_and_its_sentences(phone: Visit) -> None:
    phone.open().drawn()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 400
    phone.pin("Herat").locator("svg").click()
    expect(phone.page.locator(".card")).to_have_count(3)
    box = phone.page.locator(".card").first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 400
