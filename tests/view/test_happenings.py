"""Claims of one event stand together, copies under their origin, contradictions side by side."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from geo.ledger.query import Filters, Ledger
from geo.view.cards import Evidence, article_link, card, grouped, paragraph
from geo.view.happenings import Happening, happenings, shown
from geo.view.reader import reader
from tests import made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("ledger")))


def found(ledger: Ledger, **filters: Any) -> list[Evidence]:
    return grouped(ledger.rows.claims(Filters(**filters)))


def words(html: str) -> str:
    return re.sub(r" ([,.])", r"\1", " ".join(re.sub(r"<[^>]*>", " ", html).split()))


def link(claim: Any) -> str:
    return article_link(claim["article_id"], claim["claim_id"])


def disputed(ledger: Ledger, *sides: tuple[str, list[str]], **about: str) -> Happening:
    """The event of the rifles with a disagreement of one's own."""
    told = [
        {"about": "number", "what": "crates", "because": "One text says two, another ten."} | about
        | {"sides": [{"value": value, "claims": claims, "origins": 1} for value, claims in sides]}
    ]  # fmt: skip
    return Happening(
        "e-3",
        tuple(
            Evidence({**one.claim, "disagreements": json.dumps(told)}, one.places) for one in found(ledger, event="e-3")
        ),
    )


def test_events_come_in_the_order_of_their_newest_claim(ledger: Ledger) -> None:
    every = found(ledger)
    events = happenings(every)
    assert [one.event for one in events] == list(dict.fromkeys(one.claim["event"] for one in every))
    assert sum(one.claims for one in events) == ledger.count()


def test_copies_are_folded_under_the_text_that_was_first(ledger: Ledger) -> None:
    (march,) = happenings(found(ledger, event="e-march"))
    (only,) = march.told
    assert only.claim["article_id"] == "valley-post-1"
    assert [one.claim["article_id"] for one in only.copies] == ["river-wire-7"]
    html = shown(march, {}, link=link)
    assert html.count('<article class="card"') == 1
    assert "1 copy of this text" in html
    assert "River Wire, 13 Jun 2017" in words(html)
    assert "article?article=river-wire-7" in html


def test_a_lone_claim_has_no_frame_around_it(ledger: Ledger) -> None:
    (one,) = happenings(found(ledger, event="e-5"))
    assert "<section" not in shown(one, {}, link=link)


def test_several_claims_of_one_event_share_a_frame(ledger: Ledger) -> None:
    (one,) = happenings(found(ledger, event="e-3"))
    html = shown(one, {}, link=link)
    assert html.count("<section") == 1
    assert html.count('<article class="card"') == 2
    assert "2 claims here, 2 independent sources in all" in words(html)


def test_versions_stand_side_by_side_each_with_who_tells_it(ledger: Ledger) -> None:
    one = disputed(ledger, ("two crates", ["a"]), ("ten crates", ["b", "c"]))
    html = shown(one, {"a": "The Valley Post", "b": "River Wire", "c": "River Wire"}, link=link)
    assert "How many crates?" in html
    sides = [words(side) for side in re.findall(r"<li>(.*?)</li>", html[html.index('class="sides"') :])[:2]]
    assert sides == ["two crates The Valley Post 1 source", "ten crates River Wire 1 source"]


@pytest.mark.parametrize(
    ("about", "asked"),
    [("date", "Which day?"), ("stance", "Did it happen?"), ("plan", "Planned or held?"), ("colour", "They disagree.")],
)
def test_what_they_disagree_about_is_asked(ledger: Ledger, about: str, asked: str) -> None:
    assert asked in shown(disputed(ledger, ("x", []), ("y", []), about=about, what=""), {}, link=link)


def test_hostile_versions_and_publishers_are_letters(ledger: Ledger) -> None:
    one = disputed(ledger, (made.HOSTILE, ["a"]), ("x", ["b"]), what=made.HOSTILE, because=made.HOSTILE)
    html = shown(one, {"a": made.HOSTILE}, link=link, review=lambda claim: '"><script>')
    assert "<img" not in html
    assert "<script" not in html


def test_a_card_names_authors_and_kind_of_publisher(ledger: Ledger) -> None:
    (one, *_) = found(ledger, article="valley-post-1")
    assert "The Valley Post · newspaper · by Ana Example, B. Sample · published 12 Jun 2017" in words(card(one))


def test_a_card_can_be_cited_and_leads_to_its_sentence(ledger: Ledger) -> None:
    (one, *_) = found(ledger, article="valley-post-1", words="shopkeepers")
    html = card(one, link=link(one.claim), review="review?claim=x")
    assert "Cite this claim" in html
    assert "The Valley Post, “Crowds in the west”, 2017-06-12, https://valley-post.example/valley-post-1" in words(html)
    assert f'href="{link(one.claim).replace("&", "&amp;")}"' in html
    assert 'href="review?claim=x"' in html


def test_a_sentence_alone_in_its_paragraph_is_shown_between_its_neighbours(ledger: Ledger) -> None:
    (one,) = found(ledger, article="river-wire-7", kinds=("arms_flow",), stances=("alleged",))
    around = words(paragraph(Evidence(one.claim, one.places, ledger.article("river-wire-7"))))
    assert "shopkeepers marched" in around
    assert "crates of rifles" in around
    assert "The embassy denied" in around


def test_what_was_reviewed_says_so(ledger: Ledger) -> None:
    (one, *_) = found(ledger, article="valley-post-1")
    decided = json.dumps([{"action": "redate", "name": "A. <b>Reader</b>", "reason": "why"}])
    html = card(Evidence({**one.claim, "corrected": decided}, one.places))
    assert ">corrected</span>" in html
    assert "A. &lt;b&gt;Reader" in html


def test_text_from_right_to_left_stands_in_its_own_direction(tmp_path: Path) -> None:
    source = made.article("dari-1", "تظاهرات در هرات Herat برگزار شد\n", title="خبر", publisher="روزنامه")
    folder = made.ledger(tmp_path, [made.reading(source, [{"line": 0, "speaker": None, "stance": "asserted"}])])
    (one,) = grouped(Ledger.open(folder).rows.claims())
    html = card(one)
    assert '<blockquote dir="auto">' in html
    assert '<cite dir="auto">خبر' in html
    assert '<b dir="auto">روزنامه' in html
    article = Ledger.open(folder).article("dari-1")
    assert article
    # The letter of the kind is Latin and stands first: it must not decide the direction of the paragraph.
    letters = re.findall(r"<b class=\"dot\"[^>]*>", reader(article, [one], [], None))
    assert letters
    assert all('dir="ltr"' in letter for letter in letters)


def test_a_party_that_is_no_place_is_named_on_the_card(ledger: Ledger) -> None:
    (one,) = found(ledger, article="river-wire-7", stances=("alleged",))
    end = {"name": "the <b>fighters</b>", "place_id": None, "because": "after “to”"}
    flow = {"supplier": [{"name": "Russia", "place_id": 2017370}], "route": [], "recipient": [end]}
    html = card(Evidence({**one.claim, "flow": json.dumps(flow)}, one.places))
    assert "to the &lt;b&gt;fighters&lt;/b&gt;" in words(html)
    assert words(html).count("Russia") == words(card(one)).count("Russia")
