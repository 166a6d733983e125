"""What a card says, and that a hostile article says it in letters only."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from geo.ledger.query import Filters, Ledger
from geo.view.cards import Evidence, article_link, card, grouped, span_of_days, web_address
from geo.view.reader import facts, listing, not_placed, reader
from geo.view.table import table
from tests import made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("ledger")))


def evidence(ledger: Ledger, article: str) -> list[Evidence]:
    found = grouped(ledger.rows.claims(Filters(article=article)))
    return [Evidence(one.claim, one.places, ledger.article(article)) for one in found]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2017-06-12", "2017-06-12", "12 Jun 2017"),
        ("2017-06-12", "2017-06-18", "12–18 Jun 2017"),
        ("2017-06-28", "2017-07-02", "28 Jun–2 Jul 2017"),
        ("2017-12-30", "2018-01-02", "30 Dec 2017–2 Jan 2018"),
        ("2017-06-01", "2017-06-30", "June 2017"),
        ("2017-06-01", "2017-08-31", "Jun–Aug 2017"),
        ("2017-11-01", "2018-01-31", "Nov 2017–Jan 2018"),
        ("2017-01-01", "2017-12-31", "2017"),
        ("2015-01-01", "2017-12-31", "2015–2017"),
        ("9999-12-31", "9999-12-31", "31 Dec 9999"),
    ],
)
def test_an_interval_is_written_as_people_write_it(first: str, last: str, shown: str) -> None:
    assert span_of_days(date.fromisoformat(first), date.fromisoformat(last)) == shown


def test_an_unknown_interval_is_not_written() -> None:
    assert span_of_days(None, None) == ""


def test_a_card_tells_who_when_where_and_how_firmly(ledger: Ledger) -> None:
    (alleged,) = [one for one in evidence(ledger, "river-wire-7") if one.claim["stance"] == "alleged"]
    shown = words(card(alleged, link=article_link("river-wire-7", alleged.claim["claim_id"])))
    for part in (
        "Arms flow", "alleged", "2017", "from Russia", "by way of Termez", "received at Imam Sahib",
        "said by An unnamed colonel",
        "River Wire", "agency", "published 13 Jun 2017", "the publisher’s words", "2 independent sources",
    ):  # fmt: skip
        assert part in shown, part


def test_a_brief_is_called_a_brief(ledger: Ledger) -> None:
    assert "brief: our account of the report" in card(evidence(ledger, "morning-ledger-3")[0])


def test_what_is_planned_and_what_is_undated_is_said(ledger: Ledger) -> None:
    (planned,) = [one for one in evidence(ledger, "valley-post-1") if one.claim["planned"]]
    shown = words(card(planned))
    assert "planned" in shown
    assert "undated" in shown


def test_the_paragraph_sets_the_sentence_off(ledger: Ledger) -> None:
    one = evidence(ledger, "valley-post-1")[0]
    assert 'class="m-own' in card(one)


def test_every_judgement_has_its_reason_on_the_card(ledger: Ledger) -> None:
    one = evidence(ledger, "river-wire-7")[0]
    shown = words(card(one))
    for name in ("because", "date_because", "voice_because", "place_because", "role_because", "origin_because"):
        assert " ".join(str(one.claim[name]).split()) in shown.replace("&#x27;", "'"), name


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///nowhere", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    assert (web_address(url) == url) is safe or url is None


def test_a_link_to_an_article_holds_any_id() -> None:
    assert article_link('a&b="c"/d', "x y") == "article?article=a%26b%3D%22c%22%2Fd&claim=x%20y"


TAGS = re.compile(
    r"</?(article|header|span|b|i|p|blockquote|mark|bdi|cite|br|a|footer|details|summary|dl|dt|dd|table|caption|thead|tbody"
    r"|tr|th|td|div|h3|h4|ul|li)\b[^<>]*>"
)


def test_a_hostile_article_becomes_letters_everywhere(ledger: Ledger) -> None:
    found, article = evidence(ledger, "hostile-1"), ledger.article("hostile-1")
    assert article
    mentions = ledger.rows.mentions("hostile-1")
    pages = [card(found[0]), table(found, made.HOSTILE), reader(article, found, mentions, None), facts(article)]
    pages.append(listing(ledger.rows.articles()))
    for html in pages:
        assert "<" not in TAGS.sub("", html)
        assert "onerror" not in "".join(re.findall(r"<[^>]*>", re.sub(r'"[^"]*"', "", html)))
        assert "javascript:" not in html
        assert "\x00" not in html
        assert "\u202e" not in html


def test_the_reader_greys_what_was_left_out_and_says_why(ledger: Ledger) -> None:
    article = ledger.article("valley-post-1")
    assert article
    html = reader(article, evidence(ledger, "valley-post-1"), ledger.rows.mentions("valley-post-1"), None)
    shut = re.findall(r'<p class="shut".*?</p>', html)
    assert len(shut) == 1
    assert "Read more: ten recipes" in shut[0]
    assert "left out: navigation" in shut[0]
    assert "2 sentences read" in facts(article) or "3 sentences read" in facts(article)


def test_the_picked_sentence_can_be_found(ledger: Ledger) -> None:
    article, found = ledger.article("valley-post-1"), evidence(ledger, "valley-post-1")
    assert article
    html = reader(article, found, [], found[0].claim["claim_id"])
    assert html.count('id="picked"') == 1


def test_names_lead_to_the_map_where_it_shows_them(ledger: Ledger) -> None:
    article, mentions = ledger.article("river-wire-7"), ledger.rows.mentions("river-wire-7")
    assert article
    html = reader(article, evidence(ledger, "river-wire-7"), mentions, None, {made.IMAM_SAHIB.id})
    (link,) = re.findall(
        r'<a class="named" href="([^"]*)" target="_self"><mark class="m-place"[^>]*>Imam Sahib</mark></a>', html
    )
    assert link == f"./?place={made.IMAM_SAHIB.id}"
    assert html.count('class="named"') == 1


def test_names_without_a_place_are_listed_once() -> None:
    mentions = [
        {"phrase": "Narnia", "place_id": None},
        {"phrase": "Narnia", "place_id": None},
        {"phrase": "Kabul", "place_id": 1},
    ]
    assert not_placed(mentions) == ["Narnia"]


def test_the_stylesheet_and_the_scripts_ask_nothing_of_other_hosts() -> None:
    static = Path(__file__).resolve().parents[2] / "geo" / "view" / "static"
    files = [file for file in static.rglob("*.*s") if file.name != "online.js"]  # whose switch is off at first
    assert len(files) > 8
    for file in files:
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", file.read_text(encoding="utf-8")), file.name
