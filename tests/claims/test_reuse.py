"""Which claims go back to one text."""

from __future__ import annotations

import time

from geo.claims.reuse import key, runs, slug, with_origins
from tests.claims.said import article, claim, reading

LONG = (
    "Delegates of the two valleys met for nine hours in the old mill and agreed to mend the bridge before the snow comes."
)
NEAR = "Delegates of the two valleys met for nine hours in the old mill and agreed to mend the bridge before winter."
OTHER = "In the mill the valleys' people sat down together, and they want the bridge repaired soon."


def test_a_copied_sentence_has_the_origin_of_the_earliest_article() -> None:
    first, second = article(LONG, id="first", published="2020-07-10"), article(NEAR, id="second", published="2020-07-12")
    done = with_origins([reading(second, claim(NEAR, of=second, id="c2")), reading(first, claim(LONG, of=first))])
    assert {c.origin for r in done for c in r.claims} == {"article:first"}
    assert "copied" in done[0].claims[0].origin_because


def test_own_words_on_the_same_event_have_an_origin_of_their_own() -> None:
    first, second = article(LONG, id="first"), article(OTHER, id="second")
    done = with_origins([reading(first, claim(LONG, of=first)), reading(second, claim(OTHER, of=second, id="c2"))])
    assert [r.claims[0].origin for r in done] == ["article:first", "article:second"]


def test_two_sentences_of_one_article_are_one_source() -> None:
    whole = article(LONG, OTHER)
    done = with_origins([reading(whole, claim(LONG, of=whole), claim(OTHER, of=whole, id="c2"))])
    assert len({c.origin for c in done[0].claims}) == 1


def test_articles_that_republish_one_outlet_count_as_that_outlet() -> None:
    one = article(LONG, id="one", publisher="Valley Times", republishes="The Example Agency")
    two = article(OTHER, id="two", publisher="Example Agency")
    done = with_origins([reading(one, claim(LONG, of=one)), reading(two, claim(OTHER, of=two, id="c2"))])
    assert {c.origin for r in done for c in r.claims} == {"outlet:example-agency"}


def test_an_agency_in_the_dateline_is_the_source() -> None:
    one = article(f"LIMA, Peru (Example Agency) - {LONG}", id="one", publisher="Valley Times")
    two = article(f"LIMA (Example Agency) -- {OTHER}", id="two", publisher="Hill Post")
    own = article("LIMA (Coast Cable) - Snow fell on the upper vale all night.", id="own", publisher="Coast Cable")
    done = with_origins([reading(w, claim(w.text, of=w, id=w.id)) for w in (one, two, own)])
    assert [r.claims[0].origin for r in done] == ["outlet:example-agency", "outlet:example-agency", "article:own"]


def test_runs_are_the_same_numbers_everywhere() -> None:
    assert runs("One two three four five") == {key(["one", "two", "three", "four", "five"])} == {5818182019111061659}


def test_no_origin_is_empty_whatever_the_name() -> None:
    assert slug("The New York Times") == "new-york-times"
    assert slug("…") != ""
    assert slug("آريانا") != slug("طلوع")


def test_the_work_grows_with_the_number_of_sentences() -> None:
    def corpus(size: int) -> float:
        wholes = [
            article(
                f"Team {n} met guild {n * 7} about bridge {n * 13} and mill {n * 17} of vale {n * 19} on day {n}.",
                id=f"a{n}",
            )
            for n in range(size)
        ]
        begun = time.process_time()
        with_origins([reading(w, claim(w.text, of=w, id=w.id)) for w in wholes])
        return time.process_time() - begun

    corpus(100)
    assert corpus(4000) < 40 * max(corpus(400), 0.02)
