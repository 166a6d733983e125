"""Time expressions: what is one, what only looks like one, and the days it means."""

from __future__ import annotations

from datetime import date

import pytest

from geo.claims.timex import LONGEST, expressions
from geo.model.grammar import Grammar
from geo.text.period import Period

THURSDAY = date(2019, 5, 30)

MEANINGS = [  # words, first and last day when published on Thursday 2019-05-30
    ("They left on 28 May 2019.", "28 May 2019", "2019-05-28"),
    ("They left on May 28, 2019.", "May 28, 2019", "2019-05-28"),
    ("They left on 2019-05-28.", "2019-05-28", "2019-05-28"),
    ("They left on 28/05/2019.", "28/05/2019", "2019-05-28"),
    ("They left on 05/06/2019.", "05/06/2019", "2019-05-06"),  # the fifth of June is still to come
    ("They left on March 13.", "March 13", "2019-03-13"),
    ("They left on the 5th of March.", "5th of March", "2019-03-05"),
    ("They left on Sunday (May 26).", "Sunday (May 26", "2019-05-26"),
    ("They left on Tuesday, Jan. 15.", "Tuesday, Jan. 15", "2019-01-15"),
    ("They left on Tuesday.", "Tuesday", "2019-05-28"),
    ("They left on Thursday.", "Thursday", "2019-05-30"),
    ("They left last Thursday.", "last Thursday", "2019-05-23"),
    ("They left early on Friday morning.", "Friday morning", "2019-05-24"),
    ("They leave next Monday.", "next Monday", "2019-06-03"),
    ("They left yesterday.", "yesterday", "2019-05-29"),
    ("They left the day before yesterday.", "the day before yesterday", "2019-05-28"),
    ("They leave tomorrow.", "tomorrow", "2019-05-31"),
    ("They left last week.", "last week", "2019-05-20/2019-05-26"),
    ("They left this week.", "this week", "2019-05-27/2019-06-02"),
    ("They leave next month.", "next month", "2019-06"),
    ("They left last year.", "last year", "2018"),
    ("They left late last year.", "late last year", "2018"),
    ("They left earlier this month.", "this month", "2019-05"),
    ("They left in March.", "March", "2019-03"),
    ("They left in November.", "November", "2018-11"),
    ("They left last May.", "last May", "2018-05"),
    ("They left in early June 2017.", "early June 2017", "2017-06"),
    ("They left in spring 2018.", "spring 2018", "2018-03/2018-05"),
    ("They left last winter.", "last winter", "2018-12/2019-02"),
    ("They left in the summer of 2016.", "summer of 2016", "2016-06/2016-08"),
    ("They left in the first quarter of 2018.", "the first quarter of 2018", "2018-01/2018-03"),
    ("They left in Q3 2018.", "Q3 2018", "2018-07/2018-09"),
    ("They left in the second half of last year.", "the second half of last year", "2018-07/2018-12"),
    ("They left in the 1980s.", "1980s", "1980/1989"),
    ("They left in the late 1990s.", "late 1990s", "1990/1999"),
    ("They left in the 19th century.", "the 19th century", "1800/1899"),
    ("They left in 2001.", "2001", "2001"),
    ("It lasted 2015-2017.", "2015-2017", "2015/2017"),
    ("They met on March 12-13.", "March 12-13", "2019-03-12/2019-03-13"),
    ("They met from May 28 to 30.", "May 28 to 30", "2019-05-28/2019-05-30"),
    ("They met from 28 to 30 May 2019.", "28 to 30 May 2019", "2019-05-28/2019-05-30"),
    ("They met from June 30 to July 2, 2018.", "June 30 to July 2, 2018", "2018-06-30/2018-07-02"),
    ("They left two years ago.", "two years ago", "2017"),
    ("They left 17 years ago.", "17 years ago", "2002"),
    ("They left three weeks ago.", "three weeks ago", "2019-05-06/2019-05-12"),
    ("They left two days ago.", "two days ago", "2019-05-28"),
    ("They left a decade ago.", "a decade ago", "2009"),
    ("They left in the past week.", "the past week", "2019-05-23/2019-05-30"),
    ("They left in the week of March 6.", "the week of March 6", "2019-03-04/2019-03-10"),
    ("They left in the last three days.", "last three days", "2019-05-27/2019-05-30"),
    ("They left over the weekend.", "the weekend", "2019-05-25/2019-05-26"),
    ("They left at Christmas.", "Christmas", "2018-12-25"),
    ("They left on Easter Sunday.", "Easter Sunday", "2019-04-21"),
    ("They left on Palm Sunday.", "Palm Sunday", "2019-04-14"),
    ("They leave on Tuesday week.", "Tuesday week", "2019-06-11"),
    ("They leave a week on Saturday.", "a week on Saturday", "2019-06-08"),
    ("They leave next week Wednesday.", "next week Wednesday", "2019-06-05"),
    ("They left on Friday of last week.", "Friday of last week", "2019-05-24"),
    ("They left a week last Monday.", "a week last Monday", "2019-05-20"),
    ("They left two Fridays ago.", "two Fridays ago", "2019-05-17"),
    ("They left on the first of May.", "the first of May", "2019-05-01"),
    ("They left on April the 14th.", "April the 14th", "2019-04-14"),
    ("They left on the 14th of last month.", "the 14th of last month", "2019-04-14"),
    ("They left on the 28th.", "the 28th", "2019-05-28"),
    ("They left in the second week of May.", "the second week of May", "2019-05-08/2019-05-14"),
    ("They left in the first half of last month.", "the first half of last month", "2019-04-01/2019-04-15"),
    ("They left on the last Friday of March 2018.", "the last Friday of March 2018", "2018-03-30"),
    ("They left at the start of the year.", "the start of the year", "2019"),
    ("They left the year before last.", "the year before last", "2017"),
    ("They left the night before last.", "the night before last", "2019-05-28"),
    ("They leave ten days from now.", "ten days from now", "2019-06-09"),
    ("They left a few minutes ago.", "a few minutes ago", "2019-05-30"),
    ("They left in the Eighties.", "Eighties", "1980/1989"),
    ("They left two days after the vote on 12 May.", "two days after the vote on 12 May", "2019-05-14"),
    ("They left the day after the coup of 7 May.", "the day after the coup of 7 May", "2019-05-08"),
    ("They left ten years after the fall of the Berlin Wall.", "ten years", "1999"),
]


@pytest.mark.parametrize(("text", "words", "days"), MEANINGS)
def test_words_mean_the_days_that_a_reader_would_count(text: str, words: str, days: str) -> None:
    (found,) = expressions(text, THURSDAY)
    meant = Period.iso(days, "")
    assert found.span.of(text) == words
    assert (found.period.first, found.period.last) == (meant.first, meant.last)
    assert words in found.period.because
    assert found.period.words == found.span


AHEAD = [
    ("They will meet on Wednesday.", "2019-06-05"),
    ("They are scheduled to meet on Friday.", "2019-05-31"),
    ("They will meet on Thursday.", "2019-05-30"),
    ("The fair will open in March.", "2020-03"),
    ("The fair will open on January 5.", "2020-01-05"),
    ("They met on Wednesday.", "2019-05-29"),
]


@pytest.mark.parametrize(("text", "days"), AHEAD)
def test_the_tense_of_the_verb_tells_the_next_from_the_last(text: str, days: str) -> None:
    (found,) = expressions(text, THURSDAY, doc=Grammar.shared().parse([text])[0])
    meant = Period.iso(days, "")
    assert (found.period.first, found.period.last) == (meant.first, meant.last)


LOOKALIKES = [
    "You may go.",
    "May Johnson sings.",
    "He joined the Women's March on the capital.",
    "The Sunday Times printed it.",
    "Some 2,000 people came.",
    "About 2000 people came.",
    "They want to march and to fall in line.",
    "A second delegation asked for a quarter of the sum.",
    "It cost $1999 or so.",
    "Flight 1980 was late.",
    "April Jones and June Carter sang.",
    "The 32-year-old wept.",
    "Prices will spring up and fall.",
    "Sat on the bench, he sun himself.",
    "",
    "No time at all.",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_words_that_only_look_like_dates_are_left_alone(text: str) -> None:
    assert expressions(text, THURSDAY) == ()


UNKNOWN = [
    ("Two years before the invasion they fell out.", "Two years", "event whose date is not given"),
    ("Three days later they fell out.", "Three days later", "not given"),
    ("That day they fell out.", "That day", "not given"),
    ("More than three decades ago they fell out.", "More than three decades ago", "bound"),
    ("They quarrelled for months.", "months", "how long"),
    ("They recently fell out.", "recently", "no date"),
    ("They fell out several years ago.", "several years ago", "how long is not said"),
    ("They quarrel every Friday.", "every Friday", "again and again"),
    ("They fell out on 05/03/2019.", "05/03/2019", "either way round"),
]


@pytest.mark.parametrize(("text", "words", "reason"), UNKNOWN)
def test_what_cannot_be_counted_out_stays_unknown_with_the_reason(text: str, words: str, reason: str) -> None:
    (found,) = expressions(text, THURSDAY)
    assert found.span.of(text) == words
    assert not found.period.known
    assert reason in found.period.because


TOLD = [
    ("Three days later they fell out.", "1978-05-01"),
    ("The next day they fell out.", "1978-04-29"),
    ("A year earlier they fell out.", "1977"),
    ("That same day they fell out.", "1978-04-28"),
]


@pytest.mark.parametrize(("text", "days"), TOLD)
def test_days_are_counted_from_the_day_last_spoken_of(text: str, days: str) -> None:
    (found,) = expressions(text, THURSDAY, told=Period.iso("1978-04-28", ""))
    meant = Period.iso(days, "")
    assert (found.period.first, found.period.last) == (meant.first, meant.last)


def test_a_year_after_the_month_is_counted_in() -> None:
    (month,) = expressions("They left in November last year.", date(2020, 1, 5))
    assert month.value == "2019-11"
    (month,) = expressions("They leave in April next year.", THURSDAY)
    assert month.value == "2020-04"


def test_a_month_of_that_year_is_of_the_year_last_told() -> None:
    (august,) = expressions("They marched in August of that year.", THURSDAY, told=Period.iso("2013", ""))
    assert august.value == "2013-08"


def test_within_a_text_days_are_counted_from_the_last_one_told() -> None:
    _, before = expressions("They met on March 5 and quarrelled the next day.", THURSDAY)
    assert before.period.first == date(2019, 3, 6)
    _, later = expressions("They came in June 1998. Later that year they left.", THURSDAY)
    assert (later.period.first, later.period.last) == (date(1998, 1, 1), date(1998, 12, 31))


def test_the_day_before_an_event_is_not_counted_from_another_day() -> None:
    _, before = expressions("They met on March 5. The day before the rally they quarrelled.", THURSDAY)
    assert not before.period.known
    assert "event whose date is not given" in before.period.because


AHEAD_WITHOUT_A_PARSE = [
    ("The team planned to leave on Friday.", "2019-05-31"),
    ("The three are expected to join in April.", "2020-04"),
    ("They want a deal as early as Monday.", "2019-06-03"),
    ("The board is to vote on Tuesday.", "2019-06-04"),
    ("They planned it for long and met on Tuesday.", "2019-05-28"),
    ("It will rain. They met on Tuesday.", "2019-05-28"),
    ("It was put off until June 14.", "2019-06-14"),
    ("The guild has scheduled a hearing Monday.", "2019-06-03"),
    ("They planned a parade in Tromso on Monday.", "2019-06-03"),
    ("The planned visit of the queen in August has been cut short.", "2019-08"),
    ("The fair was postponed, the mayor said, until Tuesday.", "2019-06-04"),
    ("He would sail to the United States Monday.", "2019-06-03"),
    ("They would find a way around Monday's ruling.", "2019-05-27"),
    ("The widows will speak of Tuesday's deadly fire attack.", "2019-05-28"),
]


@pytest.mark.parametrize(("text", "days"), AHEAD_WITHOUT_A_PARSE)
def test_without_a_parse_the_words_before_a_date_tell_whether_it_lies_ahead(text: str, days: str) -> None:
    (found,) = expressions(text, THURSDAY)
    meant = Period.iso(days, "")
    assert (found.period.first, found.period.last) == (meant.first, meant.last)


ON_A_WEDNESDAY = [
    ("They met the Friday before last.", "2021-06-04"),
    ("They came a week ago today.", "2021-06-09"),
    ("They came a year ago yesterday.", "2020-06-15"),
    ("They sail two weeks from tomorrow.", "2021-07-01"),
    ("He came on 25-05-2019.", "2019-05-25"),
    ("He came on 2019/05/25.", "2019-05-25"),
    ("He came in April/May 2019.", "2019-04/2019-05"),
    ("It was held on June 4, 5 and 6.", "2021-06-04/2021-06-06"),
    ("It was held in the last quarter of 2020.", "2020-10/2020-12"),
    ("It was held in the mid 90s.", "1990/1999"),
    ("It will be held in two days' time.", "2021-06-18"),
    ("It will be held in a week's time.", "2021-06-21/2021-06-27"),
    ("It will be held Friday through Sunday.", "2021-06-18/2021-06-20"),
    ("It will be held at the weekend.", "2021-06-19/2021-06-20"),
]


@pytest.mark.parametrize(("text", "days"), ON_A_WEDNESDAY)
def test_ways_of_telling_a_day_from_the_day_of_publication(text: str, days: str) -> None:
    first, _, last = days.partition("/")
    (found,) = expressions(text, date(2021, 6, 16))
    assert (found.period.first, found.period.last) == (Period.iso(first, "").first, Period.iso(last or first, "").last)


def test_half_a_century_is_not_a_century() -> None:
    assert expressions("It was built half a century ago.", THURSDAY) == ()


def test_a_day_that_the_calendar_lacks_is_no_day() -> None:
    assert expressions("They left on June 31.", THURSDAY) == ()


def test_an_interval_of_publication_gives_the_same_day_when_it_can_and_a_wider_one_when_not() -> None:
    near = Period.iso("2019-05-29/2019-05-31", "")
    (tuesday,) = expressions("They left on Tuesday.", near)
    assert (tuesday.period.first, tuesday.period.last) == (date(2019, 5, 28), date(2019, 5, 28))
    (friday,) = expressions("They left on Friday.", near)
    assert (friday.period.first, friday.period.last) == (date(2019, 5, 24), date(2019, 5, 31))
    (june,) = expressions("They left on June 6.", Period.iso("2017-06-07/2017-08-31", ""))
    assert june.period.first == date(2017, 6, 6)


def test_a_day_within_the_time_of_publication_is_not_the_same_day_a_year_on() -> None:
    (day,) = expressions(
        "The round set for June 14 was put off.", Period.iso("2019-06-14/2019-08-20", ""), tense="future"
    )
    assert (day.period.first, day.period.last) == (date(2019, 6, 14), date(2019, 6, 14))


def test_a_day_is_not_made_up_from_a_year() -> None:
    (friday,) = expressions("They left on Friday.", Period.iso("2018", ""))
    assert not friday.period.known
    assert "2018-01-01 to 2018-12-31" in friday.period.because


def test_without_a_publication_date_only_full_dates_are_known() -> None:
    (full,) = expressions("They left on 28 May 2019.", None)
    (bare,) = expressions("They left on Tuesday.", Period.unknown("no date on the page"))
    assert full.period.first == date(2019, 5, 28)
    assert not bare.period.known


@pytest.mark.parametrize(("text", "value"), [
    ("a three-day stay", "P3D"),
    ("for five hours", "PT5H"),
    ("for two decades", "P20Y"),
    ("for months", "PXM"),
    ("daily flights", "P1D"),
    ("late last year", "2018"),
    ("last fall", "2018-FA"),
    ("in the 1990s", "199X"),
    ("last week", "2019-W21"),
    ("the strike may last three days", "P3D"),
    ("Friday morning", "2019-05-24TMO"),
    ("it is now over", "PRESENT_REF"),
])  # fmt: skip
def test_values_are_written_as_timeml_writes_them(text: str, value: str) -> None:
    assert [one.value for one in expressions(text, THURSDAY)] == [value]


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "\u202eMay \x00 5", " " * 50_000 + "May 5", "May " * 5_000, "5 " * 20_000]
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    assert all(one.span.end <= LONGEST for one in expressions(text, THURSDAY))


SINCE_THEN = [  # words, the days last spoken of, the days meant
    ("They left the week after.", "2018-08-13", "2018-08-20/2018-08-26"),
    ("They left the month before.", "2018-08-13", "2018-07"),
    ("They left that Friday.", "2018-08-13", "2018-08-17"),
    ("They left on the previous Friday.", "2018-08-13", "2018-08-10"),
    ("They left on the Monday after.", "2018-08-13", "2018-08-20"),
    ("They left that same evening.", "2018-08-13", "2018-08-13"),
    ("Three days after that, they left.", "2018-08-13", "2018-08-16"),
    ("They had left two days before.", "2018-08-13", "2018-08-11"),
    ("They left on the 28th.", "2018-08-13", "2018-08-28"),
    ("They left the following March.", "2018-08-13", "2019-03"),
]


@pytest.mark.parametrize(("text", "told", "days"), SINCE_THEN)
def test_words_count_from_the_days_last_spoken_of(text: str, told: str, days: str) -> None:
    (found,) = expressions(text, THURSDAY, told=Period.iso(told, ""))
    meant = Period.iso(days, "")
    assert (found.period.first, found.period.last) == (meant.first, meant.last)


@pytest.mark.parametrize(
    "text", ["They left half a year ago.", "They left that evening.", "Two days after the vote, they left."]
)
def test_what_cannot_be_counted_out_is_not_guessed(text: str) -> None:
    assert not any(found.period.known for found in expressions(text, THURSDAY))


def test_a_month_is_no_day_to_count_days_from() -> None:
    (found,) = expressions("They left two days later.", THURSDAY, told=Period.iso("2018-08", ""))
    assert not found.period.known
    assert "not known well enough" in found.period.because
