"""Every page, run by Streamlit's own test runner on a made-up ledger: no exception, and the right words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.faults import BadInput
from geo.ledger.corrections import load
from tests import made

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("claims", "timeline", "events", "article", "method", "add", "review")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.ledger(tmp_path_factory.mktemp("ledger"))


@pytest.fixture
def app(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATLAS_LEDGER", str(ledger))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)


def shown(app: AppTest) -> str:
    """All HTML of a page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def healthy(app: AppTest) -> AppTest:
    assert not app.exception, [e.value for e in app.exception]
    return app


def test_the_map_page_says_what_one_sees(app: AppTest) -> None:
    html = shown(healthy(app.run()))
    assert "Protests, meetings and arms flows, as told in the news, 2017–2018" in html
    assert "<b>8</b> of 10 matching claims have a marker" in html
    assert "1 country-level, 1 unplaced" in html
    assert "GeoNames" in html
    assert "Natural Earth" in html


def test_the_map_is_given_no_word_of_an_article(app: AppTest) -> None:
    app.run()
    (drawn,) = [element for element in app.main if "st_folium" in str(element.proto)] or app.get("component_instance")
    told = str(drawn.proto)
    for word in ("Herat", "marched", "7*7", "onerror", "Valley", "colonel"):
        assert word not in told


def test_filters_of_the_address_are_obeyed_and_can_be_taken_away(app: AppTest) -> None:
    app.query_params["kind"] = ["meeting"]
    html = shown(healthy(app.run()))
    assert "<b>1</b> of 1 matching claims" in html
    assert "hidden by filters: 9" in html
    app.button(key="chip-0").click().run()
    assert "<b>8</b> of 10 matching claims" in shown(healthy(app))
    assert "kind" not in app.query_params


def test_filters_that_match_nothing_help_further(app: AppTest) -> None:
    app.query_params["words"] = ["no such words anywhere"]
    assert "Nothing matches these filters" in shown(healthy(app.run()))


def test_a_nonsense_address_shows_the_map(app: AppTest) -> None:
    app.query_params["place"] = ["1; DROP TABLE"]
    app.query_params["from"] = ["never"]
    app.query_params["kind"] = ["{{7*7}}"]
    healthy(app.run())


def test_a_picked_place_shows_its_cards(app: AppTest) -> None:
    app.query_params["place"] = [str(made.IMAM_SAHIB.id)]
    html = shown(healthy(app.run()))
    assert html.count('<article class="card"') == 1
    assert "crates of rifles" in html


def test_a_picked_place_without_claims_says_so(app: AppTest) -> None:
    app.query_params["place"] = ["123456"]
    assert "No claim here" in shown(healthy(app.run()))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs(app: AppTest, page: str) -> None:
    html = shown(healthy(app.run().switch_page(f"pages/{page}.py").run()))
    assert '<h1 class="title">' in html


def test_the_table_has_every_claim_and_its_link(app: AppTest) -> None:
    html = shown(healthy(app.run().switch_page("pages/claims.py").run()))
    assert html.count('<td data-label="Sentence"') == 10
    assert "article?article=river-wire-7&amp;claim=" in html


def test_an_article_opens_at_its_sentence(app: AppTest) -> None:
    app.run()
    app.query_params["article"] = ["valley-post-1"]
    html = shown(healthy(app.switch_page("pages/article.py").run()))
    assert "Crowds in the west" in html
    assert 'class="shut"' in html


def test_an_unknown_article_leads_to_the_list(app: AppTest) -> None:
    app.run()
    app.query_params["article"] = ["no-such"]
    assert "There is no such article" in shown(healthy(app.switch_page("pages/article.py").run()))


def test_the_method_defines_the_kinds(app: AppTest) -> None:
    html = shown(healthy(app.run().switch_page("pages/method.py").run()))
    assert "People gather in public" in html
    assert "What it cannot do" in html


@pytest.mark.parametrize("damage", ["missing", "cut", "not json"])
def test_a_ledger_that_cannot_be_read_is_a_notice(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ledger"
    if damage != "missing":
        made.ledger(folder)
        file = folder / "meta.json" if damage == "not json" else next(folder.rglob("claims.parquet"))
        file.write_bytes(file.read_bytes()[:20])
    monkeypatch.setenv("ATLAS_LEDGER", str(folder))
    st.cache_resource.clear()
    app = healthy(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run())
    assert "The ledger cannot be read" in shown(app)
    assert str(folder) in shown(app)


def test_without_a_ledger_the_app_builds_it_and_then_shows_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the app is hosted nobody runs ``make``."""

    def build(paths: object, out: Path, *, workers: int, progress: Callable[[int, int], None]) -> None:
        progress(0, 5)
        made.ledger(out)
        progress(5, 5)

    monkeypatch.delenv("ATLAS_LEDGER", raising=False)
    monkeypatch.setattr("geo.view.frame.LEDGER", tmp_path / "ledger")
    monkeypatch.setattr("geo.view.frame.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("geo.build.build", build)
    html = shown(healthy(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()))
    assert "<b>8</b> of 10 matching claims have a marker" in html


def test_a_first_build_that_fails_is_a_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object, **__: object) -> None:
        raise BadInput("corpus/articles", "there is no such folder")

    monkeypatch.delenv("ATLAS_LEDGER", raising=False)
    monkeypatch.setattr("geo.view.frame.LEDGER", tmp_path / "ledger")
    monkeypatch.setattr("geo.view.frame.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("geo.build.build", build)
    html = shown(healthy(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()))
    assert "corpus/articles: there is no such folder" in html


def test_the_table_takes_the_filters_along_to_the_map(app: AppTest) -> None:
    app.run()
    app.query_params["kind"] = ["protest", "meeting"]
    html = shown(healthy(app.switch_page("pages/claims.py").run()))
    assert re.search(r"Claims 1 to (\d) of \1", html)
    assert f"./?kind=protest&amp;kind=meeting&amp;place={made.HERAT.id}" in html


def test_an_event_shows_all_that_tell_of_it(app: AppTest) -> None:
    app.run()
    app.query_params["event"] = ["e-3"]
    html = shown(healthy(app.switch_page("pages/events.py").run()))
    assert html.count('<article class="card"') == 2
    assert "2 claims in 1 article, 2 independent" in html


def test_an_unknown_event_says_so(app: AppTest) -> None:
    app.run()
    app.query_params["event"] = ["{{7*7}}"]
    assert "There is no such event" in shown(healthy(app.switch_page("pages/events.py").run()))


def test_review_is_off_until_it_is_known_that_the_reader_may(app: AppTest) -> None:
    html = shown(healthy(app.run().switch_page("pages/review.py").run()))
    assert "Review is switched off here" in html


def test_review_writes_a_decision(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_REVIEW", "on")
    monkeypatch.setenv("ATLAS_CORPUS", str(tmp_path))
    app.run()
    app.query_params["claim"] = ["valley-post-1-19-protest"]
    healthy(app.switch_page("pages/review.py").run())
    app.button_group(key="action").set_value("redate").run()
    next(field for field in app.text_input if field.label == "The new date").set_value("2017-06-11")
    name, reason = [field for field in app.text_input if field.label in ("Your name", "Reason")]
    name.set_value("A. Reader")
    reason.set_value("It says Sunday.")
    next(button for button in app.button if button.label == "Save: re-date").click().run()
    (one,) = load(tmp_path / "corrections.jsonl")
    assert (one.action, one.to, one.name) == ("redate", "2017-06-11", "A. Reader")


def test_a_text_of_ones_own_is_previewed_with_what_was_left_out(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.view.adding.read_all", lambda articles, workers: ([made.few()[0]], []))
    app.run().switch_page("pages/add.py").run()
    app.text_area[0].set_value("Crowds in the west\n\nSome marched.")
    next(button for button in app.button if button.label == "Read").click().run()
    html = shown(healthy(app))
    assert "2 claims in 1 article" in html
    assert "<b>Claims:</b> 2 protest" in html
    assert "1 sentence left out, and why" in html
    assert "ten recipes" in html
    assert "Put into the corpus" not in [button.label for button in app.button]
    next(button for button in app.button if button.label == "Forget them").click().run()
    assert "2 claims in 1 article" not in shown(healthy(app))


def test_what_is_ones_own_goes_into_the_corpus_where_that_is_allowed(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    monkeypatch.setattr("geo.view.adding.read_all", lambda articles, workers: ([made.few()[0]], []))
    monkeypatch.setattr("geo.view.reviewing.build", lambda paths, out, **_: built.append(paths))
    monkeypatch.setenv("ATLAS_KEEP", "on")
    monkeypatch.setenv("ATLAS_CORPUS", str(tmp_path))
    app.run().switch_page("pages/add.py").run()
    app.text_area[0].set_value("Crowds in the west\n\nSome marched.")
    next(button for button in app.button if button.label == "Read").click().run()
    next(button for button in app.button if button.label == "Put into the corpus").click().run()
    html = shown(healthy(app))
    assert "1 article is on the map" in html
    assert [file.name for file in tmp_path.iterdir()] == ["own-valley-post-1.md"]
    assert built == [[tmp_path]]
