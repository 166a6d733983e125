"""The map in a real browser that may speak to nothing but the app."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

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
    expect(visit.page.locator(".card")).to_have_count(2)
    visit.settled()
    same = "() => window.sameFrame && window.pins.every(pin => Atlas.markers.get(pin.place.id) === pin)"
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
    visit.page.get_by_role("button", name="Dates").click()
    field = visit.page.locator(".st-key-filter-last")
    field.get_by_role("spinbutton").first.wait_for()
    visit.page.wait_for_timeout(500)  # the opened box takes the focus first
    field.get_by_role("spinbutton").first.click()
    visit.page.keyboard.type("20170701")
    visit.page.locator(".field").first.click()
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
    expect(visit.page.locator(".card")).to_have_count(2)
    visit.settled()
    link = visit.page.url.removeprefix(visit.address)
    title = visit.page.locator("h1").inner_text()
    sentences = visit.page.locator("blockquote").all_inner_texts()
    visit.page.goto("about:blank")
    visit.open(link).drawn()
    expect(visit.page.locator(".card")).to_have_count(2)
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
    expect(phone.page.locator(".card")).to_have_count(2)
    box = phone.page.locator(".card").first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 400
    expect(phone.page.locator("h2.place")).to_be_in_viewport()


# ---- what a marker tells ---------------------------------------------------------------------------


def test_the_rim_tells_the_stance_and_a_number_the_independent_sources(visit: Visit) -> None:
    visit.open().drawn()
    expect(visit.pin("Imam Sahib").locator(".alleged")).to_have_count(1)
    expect(visit.pin("Helmand").locator(".hole")).to_have_count(1)  # denied: hollow
    expect(visit.pin("Kabul").locator(".alleged, .hole, .badge")).to_have_count(0)
    expect(visit.pin("Herat").locator(".origins")).to_have_text("2")
    expect(visit.pin("Herat").locator(".letter").first).to_have_text("P")


def test_more_claims_make_a_larger_marker(visit: Visit) -> None:
    visit.open().drawn()
    herat, kabul = (visit.pin(name).locator("svg").bounding_box() for name in ("Herat", "Kabul"))
    assert herat
    assert kabul
    assert herat["width"] > kabul["width"]


def test_a_province_is_an_area_of_its_uncertainty(visit: Visit) -> None:
    visit.open().drawn()
    areas = visit.map.locator(".leaflet-areas-pane path")
    expect(areas).to_have_count(1)
    box, pin = areas.bounding_box(), visit.pin("Helmand").locator("svg").bounding_box()
    assert box
    assert pin
    assert box["width"] > pin["width"]


def test_hovering_tells_place_and_counts(visit: Visit) -> None:
    visit.open().drawn()
    visit.pin("Herat").locator("svg").hover()
    tip = visit.map.locator(".atlas-tip")
    expect(tip).to_contain_text("Herat")
    expect(tip).to_contain_text("3 protest")
    expect(tip).to_contain_text("2 reported")
    expect(tip).to_contain_text("2 independent sources")


def test_the_legend_explains_every_sign(visit: Visit) -> None:
    visit.open().drawn()
    legend = visit.page.locator(".legend").first
    for words in (
        "Protest",
        "Arms flow",
        "only alleged",
        "only denied",
        "more claims",
        "independent sources",
        "area",
        "supplied",
    ):
        expect(legend).to_contain_text(words)
    expect(visit.map.locator(".leaflet-control-scale-line").first).to_contain_text("km")


# ---- ways ------------------------------------------------------------------------------------------


def test_a_way_leads_from_the_supplier_by_the_route_to_the_recipient(visit: Visit) -> None:
    visit.open().drawn()
    way = visit.map.locator(".way")
    expect(way).to_have_count(1)
    assert (way.get_attribute("aria-label") or "").startswith(
        "From Russia to Imam Sahib by way of Termez: 1 claim, alleged"
    )
    assert way.locator(".line").get_attribute("stroke-dasharray")
    way.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("h2.place")).to_have_text("Russia → Termez → Imam Sahib")
    expect(visit.page.locator("blockquote")).to_contain_text("crates of rifles from Russia")
    assert "way=2017370.1215957.7053315" in visit.page.url
    expect(visit.map.locator(".way.chosen")).to_have_count(1)


def test_a_way_can_be_picked_from_the_list_and_left_again(visit: Visit) -> None:
    visit.open().drawn()
    visit.page.locator(".st-key-ways button").click()
    expect(visit.page.locator("blockquote")).to_contain_text("crates of rifles from Russia")
    expect(visit.map.locator(".way.chosen")).to_have_count(1)
    visit.settled()
    visit.page.go_back()
    expect(visit.page.locator(".st-key-ways button")).to_have_count(1)
    expect(visit.map.locator(".way.chosen")).to_have_count(0)


# ---- controls --------------------------------------------------------------------------------------


def seen(visit: Visit) -> str:
    return str(visit.map.locator("#map_div").evaluate("() => Atlas.map.getBounds().toBBoxString()"))


def test_the_view_fits_what_is_shown_and_goes_back_to_the_first(visit: Visit) -> None:
    visit.open().drawn()
    first = seen(visit)
    visit.map.get_by_role("button", name="Fit the map to the places shown").click()
    wide = seen(visit)
    inside = "() => [...Atlas.markers.values()].every(pin => Atlas.map.getBounds().contains(pin.getLatLng()))"
    assert visit.map.locator("#map_div").evaluate(inside)
    assert wide != first
    visit.map.get_by_role("button", name="Back to the first view").click()
    assert seen(visit) == first


def test_a_late_style_sheet_leaves_the_first_view_as_it_would_have_been(visit: Visit) -> None:
    visit.open().drawn()
    first = seen(visit)
    held: list[Route] = []
    visit.page.route("**/atlas.css", lambda route: held.append(route))  # a built-in method is no handler to Playwright
    visit.page.reload()
    visit.map.locator(":root[data-base=drawn]:not([data-dressed])").wait_for()
    held[0].continue_()
    visit.drawn()
    assert seen(visit) == first


def test_the_map_fills_the_screen_when_asked(visit: Visit) -> None:
    visit.open().drawn()
    visit.map.get_by_role("button", name="Full screen").click()
    visit.map.locator("#map_div").evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert visit.map.locator("#map_div").evaluate("() => Boolean(document.fullscreenElement)")


def test_a_place_picked_from_the_list_is_chosen_and_seen_on_the_map(visit: Visit) -> None:
    visit.open().drawn()
    visit.page.locator(".st-key-places button", has_text="Moscow").click()
    expect(visit.pin("Moscow")).to_have_class(re.compile("chosen"))
    visit.settled()
    assert visit.map.locator("#map_div").evaluate("() => Atlas.map.getBounds().contains([55.752, 37.616])")
    visit.page.go_back()
    expect(visit.map.locator(".pin.chosen")).to_have_count(0)


def test_online_tiles_are_off_until_a_reader_switches_them_on(visit: Visit) -> None:
    visit.open("/?online=1&tiles=on").drawn()
    switch = visit.map.get_by_role("switch")
    expect(switch).not_to_be_checked()
    assert not visit.outside
    switch.check(force=True)
    expect(visit.map.locator(".online [role=status]")).to_have_text(
        "cannot be reached"
    )  # the test's browser lets nothing out
    expect(visit.map.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    assert visit.outside
    assert all(address.startswith("https://tile.openstreetmap.org/") for address in visit.outside)
    switch.uncheck(force=True)
    asked = len(visit.outside)
    visit.map.get_by_role("button", name="Zoom in").click()
    visit.page.wait_for_timeout(500)
    assert len(visit.outside) == asked
    expect(visit.map.locator(".leaflet-control-attribution")).not_to_contain_text("OpenStreetMap")
    visit.outside.clear()
    visit.errors.clear()


def test_a_province_filters_to_everything_within_it(visit: Visit) -> None:
    visit.open("/?place=1140043").drawn()
    visit.page.get_by_role("button", name="Only Helmand and everything within it").click()
    expect(visit.map.locator(".pin")).to_have_count(1)
    expect(visit.page.locator(".st-key-chips")).to_contain_text("in Helmand")
    assert "within=1140043" in visit.page.url
