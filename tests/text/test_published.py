"""When a page was published: what its date lines say, what its text tells, and what must not be used."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from geo.text.period import Period
from geo.text.published import Dating, date_page, from_address
from geo.text.reader import read
from geo.text.sections import blocks
from tests.text.made_up_pages import MadeUpPage, pages
from tests.text.originals import gold_documents, needs_originals, originals

TODAY = date(2026, 1, 1)


def dated(text: str) -> Dating:
    return date_page(text, blocks(text), today=TODAY)


def days(period: Period) -> tuple[str, str] | None:
    return (str(period.first), str(period.last)) if period.known else None


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_made_up_page_is_dated_as_far_as_it_tells(page: MadeUpPage) -> None:
    dating = dated(page.text)
    assert dating.published.because
    assert [span.of(page.text) for span in dating.crawl_dates] == [x for x in [page.expected.get("crawl")] if x]
    if page.expected.get("open") == "no":
        assert not dating.published.known
        return
    wanted = Period.iso(page.expected["published"], "")
    assert wanted.first
    assert wanted.last
    assert dating.published.first, dating.published.because
    assert dating.published.last
    assert dating.published.first <= wanted.last
    assert dating.published.last >= wanted.first


TOWN = "Town marches against tax"
BODY = "Hundreds of people marched through the town on Friday against the new tax, the police said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # date lines
        (f"{TOWN}\nPublished: 12 May 2021\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\nUpdated 14 May 2021 | First published 12 May 2021\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\nMay 12th, 2021 by Ann Weru\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\n2021-05-12 18:40\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\n12/05/2021\n{BODY}", ("2021-05-12", "2021-12-05")),  # countries differ
        (f"{TOWN}\n12.05.2021 17:45\n{BODY}", ("2021-05-12", "2021-05-12")),  # those that write dots do not
        (f"{TOWN}\n25/05/2021\n{BODY}", ("2021-05-25", "2021-05-25")),
        (f"{TOWN}\n5 May 2021 / 2:31 PM / 3 years ago\n{BODY}", ("2021-05-05", "2021-05-05")),
        (f"{TOWN}\n2021-05-12T18:40:00Z\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\nIssue of May 2021\n{BODY}", ("2021-05-01", "2021-05-31")),
        (f"{TOWN}\nPublished: 3 hours ago\n{BODY}", None),
        (f"{TOWN}\nNews / Africa / 14 May 2013\n{BODY}", ("2013-05-14", "2013-05-14")),
        (f"{TOWN}\nFiled under: Ports | 14 May 2013 | 3 comments\n{BODY}", ("2013-05-14", "2013-05-14")),
        (f"{TOWN}\n12. May 2021\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\n12-May-21 09:15\n{BODY}", ("2021-05-12", "2021-05-12")),
        (f"{TOWN}\n12 May '21\n{BODY}", ("2021-05-12", "2021-05-12")),
        # the days that an issue covers
        (f"{TOWN}\n14–20 March 2022\n{BODY}", ("2022-03-14", "2022-03-20")),
        (f"{TOWN}\nNo. 31 | July 29 - August 4, 2016\n{BODY}", ("2016-07-29", "2016-08-04")),
        (f"{TOWN}\n28 December – 3 January 2019\n{BODY}", ("2018-12-28", "2019-01-03")),
        # the month or season of issue
        (f"{TOWN}\nSummer 2016\n{BODY}", ("2016-06-01", "2016-08-31")),
        (f"{TOWN}\nVol. 4, No. 2, Winter 2015/16\n{BODY}", ("2015-12-01", "2016-02-29")),
        (f"{TOWN}\nWinter 2016\n{BODY}", ("2015-12-01", "2017-02-28")),  # the one before that summer or after it
        (f"{TOWN}\nMarch/April 2019\n{BODY}", ("2019-03-01", "2019-04-30")),
        (f"{TOWN}\nOct. 2018 | Original: Spanish | Final version\n{BODY}", ("2018-10-01", "2018-10-31")),
        (f"{TOWN}\nMay 2016 | June 2016 | July 2016\n{BODY}", None),  # a menu of months
        # datelines
        (f"KAMPALA, May 3, 2019 (Agency) -- {BODY}", ("2019-05-03", "2019-05-03")),
        (f"ACCRA, Ghana – 3 May 2019: {BODY}", ("2019-05-03", "2019-05-03")),
        # an agency's weekday is the dateline's own day before it is the day after it
        (
            "LIMA, Aug 24 (Agency) - The dockers said on Tuesday they would go on. In 2019 they had held out for a month."
            " A second wave of the Covid-19 pandemic is feared.",
            ("2021-08-24", "2021-08-24"),
        ),
        (
            "ACCRA, March 14 (Coast News) - Dockers walked out Monday over pay. The strike follows one in 2019. The union"
            " said it would meet the port director on Wednesday.",
            ("2022-03-14", "2022-03-14"),
        ),
        # from the text
        (
            "The last booth closed on 16 October 2018, and nine had come to vote. On 12 October they had sat down. They"
            " sang on 17 October.",
            ("2018-10-17", "2018-12-16"),
        ),
        (f"{BODY} Monday (July 13) was the third day, the tax dating from July 1, 2020.", ("2020-07-13", "2020-07-20")),
        (f"{BODY} The bridge fell on Monday, June 4, 2018.", ("2018-06-04", "2018-07-05")),
        ("For more than 12 years now, since 2001, the war has gone on in the hills.", ("2013-01-01", "2014-12-31")),
        ("In 2003 the US-led invasion of Iraq began. For more than 12 years now, since 2003, the widow has waited.",
         ("2015-03-20", "2016-03-20")),
        ("They marked the 25th anniversary of the Rwandan genocide with candles.", ("2019-03-07", "2019-10-07")),
        (
            f"{BODY} They sang. They wept. The tax was voted on 14 June 2021. On 2 September the council upheld it."
            " A strike is planned for 18 October.",
            ("2021-09-02", "2021-10-18"),
        ),
        ("In April, hundreds took to the streets. In May 2021 the tax was doubled.", ("2021-05-01", "2022-03-31")),
        ("The tax was doubled in May 2021. In September, hundreds took to the streets.", ("2021-01-01", "2026-01-01")),
        (
            f"{TOWN}\n\n{BODY} The law of it dates from the summer of 2013."
            "\n\nCopyright © 2015 Town Post. All rights reserved.",
            ("2013-01-01", "2015-12-31"),
        ),
        # a day told in full is the crime's, not the verdict's
        ("The clerk was found shot on June 1, 2007. A reward has been offered.", ("2007-06-01", "2009-06-02")),
        ("The mill is to close. BY ANN WERU Hill Reporter March 30, 2009 NEWARK -- So the council has heard.",
         ("2009-03-30", "2009-04-30")),
        # a history's months are nobody's present
        ("In February they met. Years before, the war of August 2008 had begun in June 2007, and in 1997 a boat sank.",
         ("2008-01-01", "2013-12-31")),
        # what cannot be told
        (f"{TOWN}\n\n{BODY}\n\nCopyright © 2015 Town Post. All rights reserved.", None),
        (BODY, None),
        ("In 1848 the people rose in Vienna and in Berlin, and the kings gave way for a while.", None),
    ],
)  # fmt: skip
def test_a_date_is_read_where_it_stands(text: str, expected: tuple[str, str] | None) -> None:
    assert days(dated(text).published) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"Monday, March 4, 2024\n\n{TOWN}\n\n{BODY} In 2015 the tax was halved.",
        f"The Hill Post Tuesday, 5th March 2024\n\n{TOWN}\n\n{BODY} Sunday (June 12) was calm, unlike in 2016.",
        f"This is a snapshot of the page as it appeared on 3 Mar 2024 05:12:31 GMT.\n{TOWN}\n\n{BODY}",
        f"Archived from the original on March 3, 2024\n\n{TOWN}\n\n{BODY} The dam opened on May 2, 2018.",
    ],
)
def test_the_day_a_page_was_stored_is_kept_and_never_used(text: str) -> None:
    dating = dated(text)
    assert "2024" in " ".join(span.of(text) for span in dating.crawl_dates)
    assert dating.published.first is None or dating.published.first.year < 2024


def test_a_date_above_the_headline_counts_when_the_text_agrees() -> None:
    text = f"Saturday, May 14, 2016\n\n{TOWN}\n\n{BODY} The march of Friday (May 13) was the largest."
    dating = dated(text)
    assert days(dating.published) == ("2016-05-14", "2016-05-14")
    assert "above the headline" in dating.published.because
    assert not dating.crawl_dates


def test_a_date_above_the_headline_counts_when_the_text_looks_ahead_from_it() -> None:
    text = f"Friday, 21 June 2013\n\nFishermen protest at Colombo port\n\n{BODY} A vote will be held on Sunday (June 23)."
    assert days(dated(text).published) == ("2013-06-21", "2013-06-21")


@pytest.mark.parametrize(
    ("head", "more"),
    [
        ("7 August 2012 | Coast & Hills Post", ""),
        ("Coast Weekly, Vol. 3, No. 31, 7 Aug 2012", "The harbour was closed for good in 2009."),
        ("Tuesday, August 7, 2012", "The rector, who took office last year, said nothing."),
        ("Tuesday, August 7, 2012", "Another march was stopped on July 29."),
    ],
)
def test_a_date_above_the_headline_counts_when_nothing_contradicts_it(head: str, more: str) -> None:
    assert days(dated(f"{head}\n\n{TOWN}\n\n{BODY} {more}").published) == ("2012-08-07", "2012-08-07")


@pytest.mark.parametrize(
    "more",
    [
        "The harbour was closed for good on March 2, 2005.",  # another year
        "The march of Saturday (August 6) was larger.",  # a weekday of other years
        "Another march was stopped on February 3.",  # months before
        "They marked the 10th anniversary of the Rwandan genocide.",
        "\n\nComments (1)\n\nAsha B. • 6 years ago\n\nThey should march in Tanga as well.\n\nReply",
    ],
)
def test_a_date_above_the_headline_is_the_day_of_storing_when_the_text_is_older(more: str) -> None:
    dating = dated(f"Tuesday, August 7, 2012\n\n{TOWN}\n\n{BODY} {more}")
    assert days(dating.published) != ("2012-08-07", "2012-08-07")
    assert dating.crawl_dates


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        # what is called, invited to or due does not date the text
        ("The union has called its members to a march on June 30. Talks were held on June 2, 2017, in the town hall. "
         "The mayor is to receive them on July 4.", ("2017-06-02", "2017-06-30")),
        # a year in a name is only a lower bound
        ("The war of 1998 is not forgotten, and on May 3 the dockers met again.", None),
        ("The constitution of 1961 forbids it.", None),
        ("The summer of 2013 was the last quiet one.", ("2013-01-01", "2018-12-31")),
        ("The war of 1998 is not forgotten, but by the spring of 2013 it was.", ("2013-01-01", "2018-12-31")),
        # counted from an event, in the present and in a tale
        ("Three years after Kabul fell, the exiles still have no papers.", ("2024-02-14", "2025-08-16")),
        ("Three years after Kabul fell, the exiles sold their house.", None),
    ],
)  # fmt: skip
def test_weak_clues_bound_no_more_than_they_tell(more: str, expected: tuple[str, str] | None) -> None:
    assert days(dated(f"{BODY} {more}").published) == expected


def test_a_date_that_lies_ahead_is_no_publication_date() -> None:
    text = f"{BODY} The tax will come into force on January 1, 2030. A vote is scheduled for June 5, 2021."
    assert days(dated(text).published) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/world/2020/07/14/story", ("2020-07-14", "2020-07-14")),
        ("https://example.org/2018-11/12/c_1.htm", ("2018-11-12", "2018-11-12")),
        ("https://example.org/news/20210908/story-1088.html", ("2021-09-08", "2021-09-08")),
        ("https://example.org/2015/07/story/", ("2015-07-01", "2015-07-31")),
        ("https://web.archive.org/web/20240303120000/https://example.org/story", None),
        ("https://web.archive.org/web/20240303120000/https://example.org/2017/06/09/story", ("2017-06-09", "2017-06-09")),
        ("https://example.org/story-29301645.html", None),
        ("https://example.org/2021/45/99/story", None),
        (None, None),
    ],
)
def test_the_day_in_a_pages_address(url: str | None, expected: tuple[str, str] | None) -> None:
    period = from_address(url)
    assert (days(period) if period else None) == expected


@pytest.mark.parametrize(
    "notice",
    [
        "You are reading a copy of this document that was archived on 2 May 2019 by the Lake Library.",
        "Readers are told that the page was captured on Thursday, 2 May 2019, and that links may be broken.",
    ],
)
def test_what_an_archive_says_among_the_paragraphs_dates_nothing(notice: str) -> None:
    text = f"{TOWN}\n\n{notice}\n\n{BODY} The dam opened in 2012, and in 2014 the lake was full to its brim."
    assert days(dated(text).published) == ("2014-01-01", "2019-12-31")


GOLD = Path(__file__).resolve().parents[1] / "gold"
LABELLED = sorted([*(GOLD / "elsewhere").glob("*.jsonl"), *(GOLD / "further").glob("*.jsonl")])


@pytest.mark.parametrize("labels", LABELLED, ids=lambda path: path.stem)
def test_the_labelled_pages_are_dated_within_their_labels(labels: Path) -> None:
    head = json.loads(labels.read_text(encoding="utf-8").splitlines()[0])
    period = read(labels.with_suffix(".txt")).published
    assert period.first, period.because
    assert str(period.first) <= head["published"][1], period.because
    assert str(period.last) >= head["published"][0], period.because


@needs_originals
def test_the_originals_are_dated_and_no_header_is_taken_for_a_date() -> None:
    gold = gold_documents()
    for path in originals():
        article = read(path)
        wanted = gold[path.name]["publication_date"]["text_only_estimate"]
        period = article.published
        assert period.first, path.name
        assert period.last
        assert str(period.first) <= wanted["iso_to"], path.name
        assert str(period.last) >= wanted["iso_from"], path.name
        assert not str(period.first).startswith("2024")
        assert bool(article.crawl_dates) == gold[path.name]["header_date_is_crawl"]
