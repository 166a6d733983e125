"""Dates handed on within an article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from geo.claims.chronology import redated
from geo.claims.claim import Claim, Voice
from geo.claims.framing import framed
from geo.claims.timeline import Scene
from geo.model.grammar import Grammar
from geo.text.article import Article, Section, Sentence
from geo.text.period import Period
from geo.text.span import Span

PUBLISHED = Period.iso("2020-07-14", "front matter")
NOBODY = Voice(None, "", "asserted", "No speaker.")


def claims(*told: tuple[str, str | None], kind: str = "protest", sections: tuple[Section, ...] = ()) -> list[Claim]:
    """Claims of one article, a paragraph each: the sentence and the date that it gives itself."""
    text = "\n".join(sentence for sentence, _ in told)
    article = Article("a", "A", text, PUBLISHED)
    out, at = [], 0
    for number, (words, day) in enumerate(told):
        section: Section = sections[number] if sections else "body"
        sentence = Sentence(article, Span(at, at + len(words)), section, number)
        period = Period.iso(day, f"“{day}”: said.") if day else Period.unknown("The sentence gives no date.")
        out.append(Claim(f"c{number}", kind, sentence, (), period, NOBODY, False, 0.9, "because"))
        at += len(words) + 1
    return out


def days(found: list[Claim]) -> list[str | None]:
    return [f"{one.event_date.first}/{one.event_date.last}" if one.event_date.known else None for one in found]


def test_a_headline_is_of_the_days_that_the_article_dates() -> None:
    found = claims(
        ("Crowds rally up north", None), ("They rallied on Sunday.", "2020-07-12"), ("Others on Monday.", "2020-07-13"),
        sections=("headline", "body", "body"),
    )  # fmt: skip
    assert days(redated(found, PUBLISHED))[0] == "2020-07-12/2020-07-13"
    assert "the article dates such events" in redated(found, PUBLISHED)[0].event_date.because


def test_the_past_week_is_narrowed_to_the_days_told() -> None:
    found = claims(
        ("Rallies were held in the past week.", "2020-07-07/2020-07-14"),
        ("One was on Sunday.", "2020-07-12"),
        ("One was on Monday.", "2020-07-13"),
    )
    assert days(redated(found, PUBLISHED))[0] == "2020-07-12/2020-07-13"


def test_the_meeting_is_the_one_told_before() -> None:
    found = claims(
        ("Neighbours met on June 6.", "2020-06-06"),
        ("The conference included envoys of 27 states.", None),
        kind="meeting",
    )
    assert days(redated(found, PUBLISHED))[1] == "2020-06-06/2020-06-06"


def test_the_talks_are_the_ones_told_just_before_and_not_the_round_ahead_as_well() -> None:
    found = claims(
        ("The unions met the minister on Monday.", "2020-07-13"),
        ("The talks lasted six hours.", None),
        ("A round of talks will be held on Friday.", "2020-07-17"),
        kind="meeting",
    )
    found[2] = replace(found[2], planned=True)
    assert days(redated(found, PUBLISHED))[1] == "2020-07-13/2020-07-13"


def test_a_heading_is_not_of_what_lay_before_the_news() -> None:
    found = claims(
        ("Miners march on capital", None),
        ("Thousands marched on Monday.", "2020-07-13"),
        ("A week earlier, nurses held a sit-in.", "2020-07-06"),
        sections=("headline", "body", "body"),
    )
    assert days(redated(found, PUBLISHED))[0] == "2020-07-13/2020-07-13"


def test_the_tale_goes_on_with_the_event_before_what_had_been_told_as_over() -> None:
    found, docs = parsed(
        claims(
            ("The two sides opened talks on Saturday.", "2020-07-11"),
            ("They had met two months before that.", "2020-05"),
            ("The meeting was chaired by a bishop.", None),
            kind="meeting",
        ),
        "met",
    )
    assert days(redated(found, PUBLISHED, docs))[2] == "2020-07-11/2020-07-11"


def test_a_heading_about_a_plan_is_of_the_plan_told_first() -> None:
    found = claims(
        ("Presidents to meet up north", None),
        ("They will meet on Wednesday.", "2020-07-22"),
        ("Ministers will hold a session on Saturday.", "2020-07-18"),
        kind="meeting",
        sections=("headline", "body", "body"),
    )
    assert days(redated([replace(one, planned=True) for one in found], PUBLISHED))[0] == "2020-07-22/2020-07-22"


def test_a_plan_is_not_of_the_day_of_one_held_before_that_the_next_sentence_tells() -> None:
    found, docs = parsed(claims(("Parties plan a rally outside the hotel.", None)), "rally")
    text = "Parties plan a rally outside the hotel. They held one on Sunday."
    article = Article("a", "A", text, PUBLISHED)
    plan, held = Sentence(article, Span(0, 39), "body"), Sentence(article, Span(40, len(text)), "body")
    docs = dict(zip((plan, held), Grammar.shared().parse([plan.text, held.text]), strict=True))
    planned = [replace(found[0], sentence=plan, planned=True)]
    assert days(redated(planned, PUBLISHED, docs)) == [None]


def test_a_previous_meeting_inherits_nothing() -> None:
    found = claims(("Neighbours met on June 6.", "2020-06-06"), ("The previous meeting failed.", None), kind="meeting")
    assert days(redated(found, PUBLISHED))[1] is None


def test_what_was_still_to_come_is_not_the_event_told_before_it() -> None:
    found = claims(
        ("They met on Monday.", "2020-07-13"), ("No envoys would sit in the conference.", None), kind="meeting"
    )
    assert days(redated(found, PUBLISHED))[1] is None


def test_deliveries_of_arms_share_no_day() -> None:
    found = claims(("Rifles came on June 6.", "2020-06-06"), ("They also sent mortars.", None), kind="arms_flow")
    assert days(redated(found, PUBLISHED))[1] is None


def test_a_date_of_its_own_stays() -> None:
    found = claims(("They rallied on Sunday.", "2020-07-12"), ("They rallied on Monday.", "2020-07-13"))
    assert days(redated(found, PUBLISHED)) == ["2020-07-12/2020-07-12", "2020-07-13/2020-07-13"]


def parsed(found: list[Claim], words: str = "") -> tuple[list[Claim], dict[Sentence, Doc]]:
    """The claims with ``words`` as what decided them, and the parses of their sentences."""
    docs = dict(zip((c.sentence for c in found), Grammar.shared().parse([c.sentence.text for c in found]), strict=True))
    at = [(c, c.sentence.span.start + c.sentence.text.find(words)) for c in found]
    return [replace(c, words=(Span(i, i + len(words)),)) if words in c.sentence.text else c for c, i in at], docs


def test_the_meeting_of_the_lead_is_the_one_just_held_and_not_one_ahead_or_long_gone() -> None:
    found = claims(
        ("The kingdom organized the meeting.", None),
        ("They met on Monday.", "2020-07-13"),
        ("They will meet on Wednesday.", "2020-07-15"),
        ("The talks began last fall.", "2019-09-01/2019-11-30"),
        kind="meeting",
    )
    assert days(redated(found, PUBLISHED))[0] == "2020-07-13/2020-07-13"


def test_a_sentence_that_speaks_of_no_other_time_is_about_the_one_event_dated() -> None:
    found = claims(
        ("They met in Oslo on Monday.", "2020-07-13"), ("Nobody slept.", None), ("A minister led the envoys.", None),
        kind="meeting",
    )  # fmt: skip
    assert days(redated(found, PUBLISHED)) == ["2020-07-13/2020-07-13"] * 3


@pytest.mark.parametrize("words", ["The envoys had met in Rome.", "An earlier meeting failed.", "They say so."])
def test_what_was_over_before_or_is_another_event_has_no_date_of_its_neighbour(words: str) -> None:
    found = claims(("They met in Oslo on Monday.", "2020-07-13"), ("Rain fell.", None), (words, None), kind="meeting")
    found, docs = parsed([found[0], found[2]], "met")
    assert (days(redated(found, PUBLISHED, docs))[1] is None) == ("They" not in words)


def test_a_denied_meeting_has_no_date_of_its_neighbour() -> None:
    found = claims(
        ("They met on Monday.", "2020-07-13"), ("Rain fell.", None), ("I never saw him.", None), kind="meeting"
    )
    denied = replace(found[2], voice=replace(NOBODY, stance="denied"))
    assert days(redated([found[0], denied], PUBLISHED))[1] is None


def test_a_heading_is_of_the_event_told_below_it_and_not_above() -> None:
    found = claims(
        ("They met in May.", "2020-05"), ("The conference", None), ("They meet on Friday.", "2020-07-17"),
        kind="meeting", sections=("body", "subhead", "body"),
    )  # fmt: skip
    assert days(redated(found, PUBLISHED))[1] == "2020-07-17/2020-07-17"


def test_it_has_the_date_of_the_sentence_before_though_that_is_no_claim() -> None:
    both = claims(
        ("A declaration was adopted in Oslo on July 2.", None), ("It came out of a conference of ten states.", None),
        kind="meeting",
    )  # fmt: skip
    one, docs = parsed(both)
    assert days(redated(one[1:], PUBLISHED, docs)) == ["2020-07-02/2020-07-02"]


def test_the_next_sentence_dates_what_it_goes_on_about() -> None:
    both = claims(("They sent out invitations to a feast.", None), ("It is due on July 20.", None), kind="meeting")
    one, docs = parsed(both)
    assert days(redated(one[:1], PUBLISHED, docs)) == ["2020-07-20/2020-07-20"]


def test_what_goes_on_when_the_page_appears_is_of_that_day() -> None:
    found, docs = parsed(claims(("Women are protesting beside men in Elba.", None)), "protesting")
    (one,) = redated(found, PUBLISHED, docs)
    assert days([one]) == ["2020-07-14/2020-07-14"]
    assert "going on" in one.event_date.because
    planned, docs = parsed(claims(("Women are planning a protest in Elba.", None)), "protest")
    assert days(redated(planned, PUBLISHED, docs)) == [None]


def test_an_entry_of_a_page_told_by_the_clock_is_of_its_day() -> None:
    stamps = ("19:30", None), ("18:05", None), ("15:48", None)
    told = claims(("Students gathered in Elba.", None), *stamps)
    assert days(redated(told[:1], PUBLISHED)) == ["2020-07-14/2020-07-14"]
    assert days(redated(claims(("Students gathered in Elba.", None), *stamps[:2])[:1], PUBLISHED)) == [None]


def test_the_handover_is_the_delivery_told_before_it_but_a_charge_is_not() -> None:
    found = claims(
        ("A gift of rifles arrived on July 6.", "2020-07-06"),
        ("The minister attended the handover.", None),
        kind="arms_flow",
    )
    assert days(redated(found, PUBLISHED))[1] == "2020-07-06/2020-07-06"
    charged = replace(found[1], voice=replace(NOBODY, stance="alleged"))
    assert days(redated([found[0], charged], PUBLISHED))[1] is None


def test_charges_told_in_a_row_place_by_place_are_of_one_time() -> None:
    rows = ("The kingdom arms the clans.", None), ("In Elba, another town, it gave them a clinic.", None)
    found, docs = parsed(claims(*rows, kind="arms_flow"), "arms")
    same = [replace(one, sentence=replace(one.sentence, paragraph=0)) for one in found]
    docs = {one.sentence: doc for one, doc in zip(same, docs.values(), strict=True)}
    assert days(redated(same, PUBLISHED, docs)) == ["2020-01-01/2020-12-31"] * 2
    apart = [same[0], found[1]]
    assert days(redated(apart, PUBLISHED, {**docs, found[1].sentence: list(docs.values())[1]}))[1] is None


def test_these_talks_are_the_ones_told_just_before_whenever_they_were() -> None:
    found = claims(
        ("Talks were held in 2016.", "2016"),
        ("They stayed away from these talks.", None),
        ("They met on Monday.", "2020-07-13"),
        kind="meeting",
    )  # fmt: skip
    assert days(redated(found, PUBLISHED))[1] == "2016-01-01/2016-12-31"


def test_an_accusation_in_the_present_is_of_the_year_of_publication() -> None:
    (one,) = claims(("The kingdom arms the separatists.", None), kind="arms_flow")
    told = [replace(one, words=(Span(12, 16),))]
    docs = {one.sentence: Grammar.shared().parse([one.sentence.text])[0]}
    (found,) = redated(told, PUBLISHED, docs)
    assert days([found]) == ["2020-01-01/2020-12-31"]
    assert "told in the present" in found.event_date.because


def paragraph(*told: str, kind: str = "meeting") -> tuple[list[Claim], dict[Sentence, Doc]]:
    """Claims without a date of their own, one for each sentence of one paragraph but the first, and the parses."""
    text = " ".join(told)
    article, found, at = Article("a", "A", text, PUBLISHED), [], 0
    for words in told:
        found.append(Sentence(article, Span(at, at + len(words)), "body", 0))
        at += len(words) + 1
    docs = dict(zip(found, Grammar.shared().parse(list(told)), strict=True))
    silent = Period.unknown("The sentence gives no date.")
    made = [
        Claim(f"c{n}", kind, one, (), silent, NOBODY, False, 0.9, "because", (one.span,))
        for n, one in enumerate(found[1:])
    ]
    return made, docs


MARCH, JULY_3 = "2015-03-01/2015-03-31", "2020-07-03/2020-07-03"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (("In March 2015, relations soured.", "At his last meeting in Oslo, the king asked for ships."), MARCH),
        (("On July 3, the mill was shut.", "Its hands marched to the town hall.", "They met the mayor."), JULY_3),
        (("Relations soured in March 2015.", "The king asked for ships at a meeting in Oslo."), None),  # not at the head
        (("In March 2015, relations soured.", "The king is meeting the envoys in Oslo again."), None),  # the present
        (("In March 2015, relations soured.", "The two had met in Oslo years before the quarrel."), None),  # before it
    ],
)  # fmt: skip
def test_a_time_at_the_head_of_a_paragraph_holds_until_another_is_told(told: tuple[str, ...], day: str | None) -> None:
    made, docs = paragraph(*told)
    assert days([framed_or_own(made, docs)])[0] == day


def framed_or_own(made: list[Claim], docs: dict[Sentence, Doc]) -> Claim:
    """The last claim with the date that the paragraph's frame gives it, if any."""
    scene = Scene(tuple(made), (False,) * len(made), PUBLISHED, docs)
    found = framed(scene, len(made) - 1, made[-1])
    return replace(made[-1], event_date=found) if found else made[-1]


def test_a_sentence_that_counts_from_an_undated_event_inherits_no_day() -> None:
    first, second = claims(("They rallied on Sunday.", "2020-07-12"), ("Weeks after the truce they rallied there.", None))
    counted = Period.unknown("“Weeks”: it counts from an event whose date is not given.")
    assert days(redated([first, replace(second, event_date=counted)], PUBLISHED))[1] is None


def test_the_day_of_a_picture_is_not_handed_on_to_the_text_beside_it() -> None:
    found = claims(
        ("Crowds rally up north", None), ("A rally in Kisumu last week.", "2020-07-06/2020-07-12"),
        ("The protesters marched on.", None), ("They rallied on Monday.", "2020-07-13"),
        sections=("headline", "caption", "body", "body"),
    )  # fmt: skip
    assert days(redated(found, PUBLISHED)) == [
        "2020-07-13/2020-07-13",
        "2020-07-06/2020-07-12",
        *["2020-07-13/2020-07-13"] * 2,
    ]


def test_hours_after_a_whole_week_are_no_day() -> None:
    from geo.claims.dates import event_date

    found = event_date(
        "They marched home three hours later.", PUBLISHED, told=Period.iso("2020-07-06/2020-07-12", "told")
    )
    assert not found.known
