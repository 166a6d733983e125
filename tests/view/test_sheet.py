"""A view as one file: whole, closed to the outside, and with an article's words as letters only."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from geo.ledger.query import Filters, Ledger
from geo.view import backdrop, sheet
from geo.view.backdrop import Stretch, projected, stretch
from geo.view.kinds import look
from geo.view.map import End, Way
from tests import made

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = made.ledger(tmp_path_factory.mktemp("sheet"), models={"encoder": "abc"}, gazetteer="g-1")
    return Ledger.open(folder)


def page(ledger: Ledger, filters: Filters | None = None) -> str:
    return sheet.sheet(ledger, filters or Filters(), DAY).decode()


def hashed(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(kinds=("arms_flow",)),
        Filters(place=made.IMAM_SAHIB.id),
        Filters(area=None, stances=("denied",)),
        Filters(words="no such words"),
    ],
)
def test_it_holds_exactly_the_claims_of_the_view(ledger: Ledger, filters: Filters) -> None:
    html = page(ledger, filters)
    assert html.count('<article class="card') == ledger.count(filters)
    assert html.count('class="pin at"') == len(ledger.places(filters))


def test_a_view_of_one_place_shows_the_other_places_of_its_claims(ledger: Ledger) -> None:
    assert "Termez" in page(ledger, Filters(place=made.IMAM_SAHIB.id))


def test_its_policy_lets_in_its_own_style_and_script_and_nothing_else(ledger: Ledger) -> None:
    html = page(ledger)
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert "default-src 'none'" in policy
    assert f"style-src '{hashed(style)}'" in policy
    assert f"script-src '{hashed(script)}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]* style=", html)
    assert not re.search(r"<[^>]* on[a-z]+=", html.replace("onerror=alert(1)", ""))


def test_it_asks_nothing_of_any_host(ledger: Ledger) -> None:
    html = page(ledger)
    assert not re.findall(r'(?:src|srcset|data|action|poster)="(?!data:)[^"#]*//', html)
    assert "@import" not in html
    assert "url(" not in html
    for link in re.findall(r'<a [^>]*href="(https?:[^"]*)"', html):
        assert link.startswith("https://valley-post.example/")  # the citations, which only a reader follows


def test_claims_of_one_event_stand_together_with_what_they_dispute(tmp_path: Path) -> None:
    html = page(Ledger.open(made.ledger(tmp_path, made.disputed())))
    events = re.findall(r'<section class="event".*?</section>', html, re.S)
    (event,) = (one for one in events if "marchers" in one)
    assert event.count('<article class="card') == 2
    assert "How many marchers?" in event
    assert ">300<" in event
    assert ">5,000<" in event
    numbers = [int(n) for n in re.findall(r'<li id="claim(\d+)"', html)]
    assert numbers == list(range(len(numbers))), "numbered as they stand"


def test_a_hostile_article_is_letters(ledger: Ledger) -> None:
    html = page(ledger)
    assert "<img src=x" not in html
    assert "javascript:" not in html
    assert html.count("<script") == 1
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "\x00" not in html
    assert "\u202e" not in html


def test_the_script_holds_no_word_of_an_article(ledger: Ledger) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page(ledger), re.S)
    for word in ("Herat", "marched", "7*7", "Valley", "colonel"):
        assert word not in script


def test_it_says_what_was_asked_and_what_it_was_made_of(ledger: Ledger) -> None:
    html = page(ledger, Filters(kinds=("arms_flow",), first=date(2017, 1, 1), words="rifles (new)"))
    assert "Only: Arms flow; from 2017-01-01; “rifles (new)”." in html
    assert "22 November 2026" in html
    assert ledger.version in html
    assert "encoder abc" in html
    assert "GeoNames" in html


def test_supply_is_a_line_dashed_where_it_is_alleged(tmp_path: Path) -> None:
    way = Way((End(1, "Russia", 60, 100, False), End(2, made.HOSTILE, 37.18, 68.92)), 1, 0, "alleged")
    line = sheet._way(way, [look("arms_flow")], Stretch(60, -45, 20, 12))
    assert 'class="way alleged"' in line
    assert "From Russia to {{7*7}}" in line
    assert "<img" not in line
    begin = [float(n) for n in re.findall(r'd="M([\d.-]+) ([\d.-]+)Q', line)[0]]
    assert abs(begin[0] - 68.92) < 20 * 0.14, "a whole country is a direction only"
    assert ">Russia</text>" in line


def test_more_claims_than_fit_are_counted(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST", 3)
    html = page(ledger)
    assert html.count('<article class="card') == 3
    assert "the newest 3 of 10 claims" in html


def test_the_projection_is_mercators() -> None:
    assert projected(0, 12) == (12, pytest.approx(0))
    assert projected(66.51326, 0)[1] == pytest.approx(-90, abs=0.01)
    assert projected(90, 0)[1] == projected(84, 0)[1]


def test_a_stretch_holds_its_bounds_and_has_its_shape() -> None:
    found = stretch(((29.0, 60.0), (38.0, 75.0)), shape=1.7)
    assert found.width / found.height == pytest.approx(1.7)
    for lat, lon in ((29.0, 60.0), (38.0, 75.0), (33.0, 66.0)):
        assert found.holds(*projected(lat, lon))


def test_the_base_map_of_a_stretch_has_its_land_and_no_other() -> None:
    near = backdrop.drawn(stretch(((33.0, 60.0), (38.0, 75.0)), shape=1.7))
    assert len(near) < len(backdrop.drawn(stretch(((-60.0, -170.0), (75.0, 175.0)), shape=1.7)))
    assert {name for name, *_ in backdrop.names(Stretch(50, -60, 40, 50))} >= {"Afghanistan", "Iran"}
    assert "nan" not in near


def test_the_base_map_never_leaves_the_repository_unnamed() -> None:
    notice = Path(__file__).resolve().parents[2] / "NOTICE"
    assert "Natural Earth" in notice.read_text(encoding="utf-8")
