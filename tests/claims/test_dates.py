"""The date of a sentence's event: the one among its dates that belongs to the event's words."""

from __future__ import annotations

from datetime import date

import pytest

from geo.claims.dates import event_date, only_date, told_last
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
    ("Envoys are attending a conference in Oslo, the paper reported on Monday.", "attending", "2020-07-13"),
    ("On June 26 the paper had reported that Freedonia offered bounties last year.", "offered", "2019"),
    ("Two weeks ago, on July 2, the ministers met in Oslo.", "met", "2020-07-02"),
    ("The council will meet next Wednesday, July 22.", "meet", "2020-07-22"),
    ("The day before the march, on July 11, they rallied in Lima.", "rallied", "2020-07-11"),
    ("A rally that the women had announced for today was called off.", "rally", "2020-07-14"),
    ("Crowds gathered in Lima after guards had shot a man on Sunday.", "gathered", "2020-07-12/2020-07-14"),
    (
        "After they signed a truce in February, raids rose, which shows that Freedonia arms the clans.",
        "arms",
        "2020-02/2020-07",
    ),
    ("Activists have camped there since a bomb killed ten people last week.", "camped", "2020-07-06/2020-07-14"),
    ("When the price rose in May, drivers blocked the road.", "blocked", "2020-05"),
    ("In 2009 his men sold grenades to the rebels.", "sold", "2009"),
    ("Lawyers staged a silent protest a short while ago.", "protest", "2020-07-14"),
    ("In two weeks a conference is to follow.", "conference", "2020-07-27/2020-08-02"),
    ("Farmers blocked the bridge on Friday and Saturday.", "blocked", "2020-07-10/2020-07-11"),
    ("Freedonia shipped rifles to the clans in 2014, 2015 and 2016.", "shipped", "2014/2016"),
    ("A paper in Lima reported in May that traders were bartering pistols for timber.", "bartering", "2020-05"),
    ("A march that was announced for Lima yesterday did not take place.", "march", "2020-07-13"),
    ("A sit-in planned for Thursday was called off on Monday.", "sit-in", "2020-07-16"),
    ("By Monday morning, some 300 people had gathered at the mill.", "gathered", "2020-07-13"),
    ("Envoys met in Oslo a week before the vote on 10 July.", "met", "2020-06-29/2020-07-05"),
    ("They marched through the night and stood at the palace by early Monday.", "marched", "2020-07-12/2020-07-13"),
    ("Two years before the Soviet invasion, envoys met in Oslo.", "met", "1977"),
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
    ("Senators handed out shotguns before the elections of 2015.", "handed", "bound"),
    (
        "Thousands marched against Freedonia, whose guards they accuse of killing boys last week.",
        "marched",
        "other words",
    ),
    ("Freedonia, whose troops came in December 2006, armed several clans.", "armed", "other words"),
    ("The talks will be held after Ramadan, by an announcement made late on Monday.", "talks", "told"),
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


def test_the_days_last_spoken_of_are_those_of_the_last_date_in_a_sentence_even_if_not_known() -> None:
    first = told_last("They met on July 2 in Oslo.", PUBLISHED, None)
    assert first is not None
    assert str(first.first) == "2020-07-02"
    assert told_last("They met in Oslo.", PUBLISHED, first) == first
    assert told_last("They met several years ago.", PUBLISHED, first) == first
    assert told_last("They met on 05/06/2019.", PUBLISHED, first) is None


def test_the_only_date_of_a_sentence_is_not_that_of_its_report() -> None:
    doc = Grammar.shared().parse(["A declaration adopted in Oslo on July 2 calls for peace, the paper said on Friday."])[
        0
    ]
    assert str(only_date(doc.text, PUBLISHED, doc=doc).first) == "2020-07-02"


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


def test_a_plan_whose_month_has_just_gone_by_is_not_put_off_by_a_year() -> None:
    published = Period.iso("2016-03-14", "told")
    dated = event_date("They were to meet in January, but he did not come.", published, planned=True)
    assert (dated.first, dated.last) == (date(2016, 1, 1), date(2016, 1, 31))


def test_a_plan_for_a_day_long_gone_is_for_next_year() -> None:
    published = Period.iso("2021-11-21", "told")
    dated = event_date("The council will meet again on February 3.", published, planned=True)
    assert (dated.first, dated.last) == (date(2022, 2, 3), date(2022, 2, 3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At a briefing for reporters on Monday, the envoy denied arming the clans.", "arming"),
        ("Crowds rallied in Lima ahead of Sunday's vote.", "rallied"),
        ("Two weeks after the guns fell silent, crowds rallied in Lima.", "rallied"),
    ],
)
def test_days_of_a_telling_of_a_vote_and_of_an_undated_event_are_not_the_events(text: str, words: str) -> None:
    assert not dated(text, words).known


def test_what_was_moved_lies_ahead_though_the_moving_is_past() -> None:
    found = dated("The summit has been pushed back to August.", "summit", planned=True)
    assert str(found.first) == "2020-08-01"


def test_since_then_runs_from_the_time_last_spoken_of() -> None:
    found = dated("Since then, the clans have received rifles.", "received", told=Period.iso("2019", ""))
    assert (str(found.first), str(found.last)) == ("2019-01-01", "2020-12-31")


@pytest.mark.parametrize(
    "line",
    [
        "COLOMBO, March 14 - ",
        "Kisumu (Daily Example), Mar. 14 - ",
        "TIMIKA, Indonesia, March 14 (Agency) -- ",
        "LA PAZ, 14 March – ",
    ],
)
def test_the_day_of_a_dateline_is_not_the_events(line: str) -> None:
    text = f"{line}Thousands of teachers marched through Kandy on Wednesday over pay."
    (doc,) = Grammar.shared().parse([text])
    at = text.index("marched")
    found = event_date(text, Period.iso("2024-03-14", "front matter"), words=[Span(at, at + 7)], doc=doc)
    assert (found.first, found.last) == (date(2024, 3, 13), date(2024, 3, 13))


def test_what_was_planned_and_is_now_called_off_lay_ahead() -> None:
    text = "Opponents of the judge have called off the demonstration they had planned for this Friday."
    (doc,) = Grammar.shared().parse([text])
    at = text.index("demonstration")
    found = event_date(text, Period.iso("2021-10-20", "x"), words=[Span(at, at + 13)], planned=True, doc=doc)
    assert found.first == date(2021, 10, 22)
