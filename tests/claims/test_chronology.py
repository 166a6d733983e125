"""Dates handed on within an article."""

from __future__ import annotations

from geo.claims.chronology import redated
from geo.claims.claim import Claim, Voice
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


def test_a_previous_meeting_inherits_nothing() -> None:
    found = claims(("Neighbours met on June 6.", "2020-06-06"), ("The previous meeting failed.", None), kind="meeting")
    assert days(redated(found, PUBLISHED))[1] is None


def test_deliveries_of_arms_share_no_day() -> None:
    found = claims(("Rifles came on June 6.", "2020-06-06"), ("They also sent mortars.", None), kind="arms_flow")
    assert days(redated(found, PUBLISHED))[1] is None


def test_a_date_of_its_own_stays() -> None:
    found = claims(("They rallied on Sunday.", "2020-07-12"), ("They rallied on Monday.", "2020-07-13"))
    assert days(redated(found, PUBLISHED)) == ["2020-07-12/2020-07-12", "2020-07-13/2020-07-13"]


def test_an_accusation_in_the_present_is_of_the_year_of_publication() -> None:
    from dataclasses import replace

    from geo.model.grammar import Grammar

    (one,) = claims(("The kingdom arms the separatists.", None), kind="arms_flow")
    told = [replace(one, words=(Span(12, 16),))]
    docs = {one.sentence: Grammar.shared().parse([one.sentence.text])[0]}
    (found,) = redated(told, PUBLISHED, docs)
    assert days([found]) == ["2020-01-01/2020-12-31"]
    assert "told in the present" in found.event_date.because
