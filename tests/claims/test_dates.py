"""The date of a sentence's event: the one among its dates that belongs to the event's words."""

from __future__ import annotations

from datetime import date

import pytest

from geo.claims.dates import event_date
from geo.model.grammar import Grammar
from geo.text.period import Period
from geo.text.span import Span

PUBLISHED = Period.iso("2020-07-14", "front matter")

DATED = [  # sentence, its event's words, the days
    ("More than 200 people marched through Lima on Monday (July 13).", "marched", "2020-07-13"),
    ("The ministers met in Oslo on Friday, the paper reported on July 12.", "met", "2020-07-10"),
    ("Rifles were sent to the rebels last year, the Daily Planet reported earlier this month.", "sent", "2019"),
    ("They are scheduled to hold a meeting on Wednesday.", "meeting", "2020-07-15"),
    ("The conference ran from May 28 to 30.", "conference", "2020-05-28/2020-05-30"),
    ("Talks took place between 1977 and 1979.", "Talks", "1977/1979"),
    ("Protesters have gathered there since Monday.", "gathered", "2020-07-13/2020-07-14"),
    ("The next summit will be held in March.", "summit", "2021-03"),
    ("The first such meeting took place in February, but nobody came.", "meeting", "2020-02"),
    ("On June 6 the government hosted a conference of neighbours.", "conference", "2020-06-06"),
    ("He was at the centre of Tuesday's meeting in Rome.", "meeting", "2020-07-14"),
    ("In the past week hundreds rallied in Lima.", "rallied", "2020-07-07/2020-07-14"),
]


def dated(text: str, words: str, **more: object) -> Period:
    at = text.index(words)
    doc = Grammar.shared().parse([text])[0]
    return event_date(text, PUBLISHED, words=[Span(at, at + len(words))], doc=doc, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "words", "days"), DATED)
def test_the_date_is_the_one_that_the_events_words_govern(text: str, words: str, days: str) -> None:
    found, meant = dated(text, words), Period.iso(days, "")
    assert (found.first, found.last) == (meant.first, meant.last), found.because
    assert found.words is not None
    assert found.words.of(text) in text


UNDATED = [
    ("Two years before the invasion, the envoys met in Prague.", "met", "not given"),
    ("In a statement issued late Tuesday, the group said that talks would begin in Doha.", "talks", "told"),
    ("Russia supplies the rebels with rifles, an officer said on Friday.", "supplies", "told"),
    ("The envoys met in Prague.", "met", "no date"),
    ("The envoys met before June 2019.", "met", "bound"),
]


@pytest.mark.parametrize(("text", "words", "reason"), UNDATED)
def test_a_date_that_is_not_the_events_leaves_it_unknown_with_the_reason(text: str, words: str, reason: str) -> None:
    found = dated(text, words)
    assert not found.known
    assert reason in found.because


def test_days_last_spoken_of_are_counted_on_from() -> None:
    found = dated("Three days later the envoys met in Prague.", "met", told=Period.iso("1978-04-28", ""))
    assert found.first == found.last
    assert str(found.first) == "1978-05-01"


def test_what_is_planned_lies_ahead() -> None:
    assert str(dated("Planned for Wednesday: a summit in Oslo.", "summit", planned=True).first) in ("2020-07-15", "None")


def test_without_a_parse_the_report_date_is_still_kept_apart() -> None:
    found = event_date("The ministers met in Oslo on Friday, the paper reported June 26.", Period.iso("2020-06-30", ""))
    assert str(found.first) == "2020-06-26"
    assert found.because.startswith("“Friday”")
    assert not event_date("The ministers met, the paper reported on Friday.", PUBLISHED).known


def test_every_reason_is_a_sentence() -> None:
    for text, words, *_ in [*DATED, *UNDATED]:
        assert dated(text, words).because.endswith(".")


def test_a_plan_whose_day_has_just_gone_by_is_not_put_off_by_a_year() -> None:
    published = Period.iso("2021-04-21", "told")
    dated = event_date("The conference was to start on April 20 and go on for ten days.", published, planned=True)
    assert (dated.first, dated.last) == (date(2021, 4, 20), date(2021, 4, 20))


def test_a_plan_for_a_day_long_gone_is_for_next_year() -> None:
    published = Period.iso("2021-11-21", "told")
    dated = event_date("The council will meet again on February 3.", published, planned=True)
    assert (dated.first, dated.last) == (date(2022, 2, 3), date(2022, 2, 3))
