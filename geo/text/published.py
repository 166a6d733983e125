"""When an article was published, as an interval with its reason, from its text alone.

A date beside the headline is the article's. A date above the headline is often the day on which the page was stored or
read: it counts only when the text agrees with it, or at least tells of nothing that is clearly older. Without either,
what the article tells of bounds the day: full dates, days of the week, years, anniversaries, "17 years ago", the
holders of offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from geo.text import clues
from geo.text.clues import Bound, Told
from geo.text.datelines import LONGEST_LINE, DateLine, date_lines, datelines, full_dates_in
from geo.text.datewords import WEEKDAYS, StatedDate, day_name, either_day, issue_line, month_name
from geo.text.page import CRAWL_NOTICE, Block
from geo.text.period import Period
from geo.text.span import Span
from geo.text.yearless import in_order, placed

SOON = timedelta(days=7)
"""News tells of what happened within the last week: how long after its latest dated day an article may have appeared."""
SEASON = timedelta(days=60)
"""A day without year and weekday ("on June 6") is told within about two months."""
STORED_LATER = timedelta(days=45)
"""A date above the headline agrees with a day that the text tells of when it follows it within this time."""
LEAD = 300  # characters of the first sentence
_LEADS_DAY = re.compile(
    rf"(?<!next )(?<!last )(?<!this )(?<!by )(?<!until )(?<!since )(?<!every )\b(?P<weekday>{'|'.join(WEEKDAYS)})\b"
)
HEAD_SECTIONS = ("byline", "boilerplate", "navigation", "subhead", "crawl_header")
"""Where a line that gives the month or season of issue may stand, the likeliest first."""
FAR_OFF = timedelta(days=400)
"""A date line under the headline is disbelieved only when the text's own bounds lie further away."""


@dataclass(frozen=True, slots=True)
class Dating:
    """When a page was published, and the dates on it that an archive or the day of reading left there."""

    published: Period
    crawl_dates: tuple[Span, ...] = ()


def date_page(text: str, blocks: Sequence[Block], *, today: date | None = None) -> Dating:
    """The publication interval of a page whose lines have been told apart, and its crawl dates.

    Nothing was published after ``today``, by default the day on which this is called.
    """
    today = today or date.today()
    told = clues.gather(text, blocks, today)
    inferred = _until(_from_contents(told), today)
    lines = date_lines(text, blocks)
    headers = [
        (found, block) for block in blocks if block.section == "crawl_header" for found in full_dates_in(text, block)
    ]
    stored = tuple(found.span for found, block in headers if block.because == CRAWL_NOTICE)
    masthead = [found for found, block in headers if block.because != CRAWL_NOTICE]
    beside = _beside_headline(lines, inferred, told) or _dateline(text, blocks, inferred) or _either_day(text, blocks)
    beside = beside or _time_of_issue(text, blocks, told)
    if beside is not None:
        return Dating(beside, (*stored, *(found.span for found in masthead)))
    for why_of, found in product((_agreement, _no_contradiction), masthead):
        why = why_of(found, told, inferred)
        if why and found.whole and found.whole <= today:
            said = f'the page says "{found.span.of(text)}" above the headline, and {why}'
            others = (other.span for other in masthead if other != found)
            return Dating(Period(found.whole, found.whole, said, found.span), (*stored, *others))
    return Dating(inferred, (*stored, *(found.span for found in masthead), *_doubted(lines, inferred)))


def _until(period: Period, today: date) -> Period:
    if period.first is None or period.last is None or period.last <= today or period.first > today:
        return period
    return replace(period, last=today)


def from_address(url: str | None) -> Period | None:
    """The day or month that a page's own address carries, as in ``/2020/07/14/``; an archive's stamp is skipped."""
    if not url:
        return None
    path = re.sub(r"^https?://[^/]*archive[^/]*/(?:web/)?\d{4,14}[a-z_]*/", "", url)
    path = re.sub(r"^https?://[^/]+", "", path)
    for form in (
        r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=\D|$)",
        r"[/-]((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/.-]|$)",
        r"/((?:19|20)\d\d)[/-](\d{1,2})(?=/)",
    ):
        found = re.search(form, path)
        if found:
            stated = "-".join(part.zfill(2) for part in found.groups())
            try:
                return Period.iso(stated, f"the page's address carries {found.group().strip('/-')}")
            except ValueError:
                continue
    return None


def _beside_headline(lines: list[DateLine], inferred: Period, told: Told) -> Period | None:
    """The day in the date line of the article: the day of issue before that of a change, above the text before below."""
    usable = [
        line
        for line in lines
        if (line.rank == 0 or not _far(line.day, told)) and not (line.below and line.rank and _before(line, inferred))
    ]
    if not usable:
        return None
    best = min(usable, key=lambda line: (line.rank == 2, line.below, line.rank, line.day))
    return Period(best.day, best.day, best.because, best.stated.span)


def _before(line: DateLine, inferred: Period) -> bool:
    """Whether a date line below the article lies before what the article tells of."""
    return inferred.first is not None and line.day < inferred.first


def _far(day: date, told: Told) -> bool:
    """Whether the text's own firm bounds exclude the day by more than a year."""
    first, last, _ = _meet([bound for bound in told.bounds if bound.firm])
    return bool((first and day < first - FAR_OFF) or (last and day > last + FAR_OFF))


def _doubted(lines: list[DateLine], inferred: Period) -> tuple[Span, ...]:
    return tuple(
        line.stated.span for line in lines if inferred.last is not None and line.day > inferred.last and not line.below
    )


def _either_day(text: str, blocks: Sequence[Block]) -> Period | None:
    """A date line in numbers that countries read in two ways, as the interval between the two days."""
    for block in blocks:
        days = either_day(block.span.of(text)) if block.section == "byline" else None
        if days is not None:
            said = " ".join(block.span.of(text)[:90].split())
            why = f'the date line "{said}" is {day_name(days[0])} or {day_name(days[1])}'
            return Period(days[0], days[1], why, block.span)
    return None


def _time_of_issue(text: str, blocks: Sequence[Block], told: Told) -> Period | None:
    """A date line that gives no more than a month or season: "Issue of March 2019", "Summer 2016".

    It stands above the first long or the second paragraph, beside the headline before above it; one that the text's own
    firm bounds exclude, and a list of months in a menu, are passed over.
    """
    paragraphs = [i for i, block in enumerate(blocks) if block.section == "body"]
    opening = next((i for i in paragraphs if len(blocks[i].span) >= LEAD), len(blocks))
    opening = min([opening, *paragraphs[1:2]])  # a notice may have been taken for the first paragraph
    heads = [block for block in blocks[:opening] if block.section in HEAD_SECTIONS and len(block.span) <= LONGEST_LINE]
    found = [(days, block) for block in heads if (days := issue_line(block.span.of(text))) is not None]
    for section in HEAD_SECTIONS:
        here = [(days, block) for days, block in found if block.section == section and not _far(days[1], told)]
        if len({days for days, _ in here}) == 1:
            days, block = here[0]
            said = " ".join(block.span.of(text).split())
            return Period(days[0], days[1], f'the date line "{said}"', block.span)
    return None


def _dateline(text: str, blocks: Sequence[Block], inferred: Period) -> Period | None:
    """The day in an agency's dateline; one without its year counts when the text leaves few years for it."""
    for stated in datelines(text, blocks):
        said = f'the dateline says "{stated.span.of(text)}"'
        if stated.whole is not None and stated.agrees:
            return Period(stated.whole, stated.whole, said, stated.span)
        if stated.year is None and inferred.first is not None and inferred.last is not None:
            years = range(inferred.first.year, inferred.last.year + 1)
            days = [day for year in years if (day := stated.on(year)) and inferred.first <= day <= inferred.last]
            days = _on_weekday_of_lead(text, stated, days)
            if days:
                return Period(days[0], days[-1], f"{said}, and {inferred.because}", stated.span)
    return None


def _on_weekday_of_lead(text: str, stated: StatedDate, days: list[date]) -> list[date]:
    """Those days that fall on the first weekday which the lead behind the dateline names, else on the day after it.

    An agency's "said on Tuesday" is nearly always the dateline's own day.
    """
    lead = text[stated.span.end : stated.span.end + LEAD].casefold()
    named = _LEADS_DAY.search(lead)
    if len(days) < 2 or named is None:
        return days
    weekday = WEEKDAYS.index(named["weekday"])
    own = [day for day in days if day.weekday() == weekday]
    return own or [day for day in days if (day.weekday() - weekday) % 7 == 1]


def _agreement(found: StatedDate, told: Told, inferred: Period) -> str | None:
    """Why a date above the headline can be the article's own, or None when nothing in the text agrees with it."""
    day = found.whole
    if day is None or not found.agrees or _far(day, told) or any(other > day + SOON for other in told.days):
        return None
    if any(timedelta(0) <= day - other <= STORED_LATER for other in told.days):
        return "the text tells of a day shortly before it"
    if any(_shortly_before(stated, day) for stated in told.open_days):
        return "the text tells of a day shortly before it"
    if any(_shortly_after(stated, day) for stated in told.coming):
        return "the text looks ahead to a day shortly after it"
    if told.latest_year == day.year and not told.open_days:
        return f"the text speaks of {day.year}"
    if inferred.first is None or inferred.last is None or inferred.last - inferred.first >= FAR_OFF:
        return None
    return "what the text tells of fits" if inferred.first <= day <= inferred.last else None


def _no_contradiction(found: StatedDate, told: Told, inferred: Period) -> str | None:
    """Why a date above the headline may stand although nothing speaks for it, or None when the text is clearly older.

    Sites that show today's date name the weekday: beside such a date the text must not stop at years long past.
    """
    day = found.whole
    if day is None or not found.agrees or told.stored_late or any(other > day + SOON for other in told.days):
        return None
    years = [other.year for other in told.days] + ([told.latest_year] if told.latest_year else [])
    unnamed = 1 if found.weekday is not None else clues.SILENT_YEARS
    if years and not 0 <= day.year - max(years) <= unnamed:
        return None
    if any(_excludes(bound, day) for bound in told.bounds):
        return None
    if told.open_days and not any(_within_a_season(stated, day) for stated in told.open_days):
        return None
    return "nothing in the text contradicts it"


def _excludes(bound: Bound, day: date) -> bool:
    """Whether what the text tells lies after the day, or ends long before it."""
    return bool((bound.first and day < bound.first) or (bound.last and day > bound.last + STORED_LATER))


def _within_a_season(stated: StatedDate, day: date) -> bool:
    """Whether a day told without its year can lie within two months before ``day``, its weekday agreeing if told."""
    possible = [other for year in (day.year, day.year - 1) if (other := stated.on(year))]
    return any(timedelta(0) <= day - other <= SEASON and stated.weekday in (None, other.weekday()) for other in possible)


def _shortly_before(stated: StatedDate, day: date) -> bool:
    """Whether a day told without its year can lie shortly before ``day``, its weekday agreeing if it is told."""
    within = STORED_LATER if stated.weekday is not None else 2 * SOON
    possible = [other for year in (day.year, day.year - 1) if (other := stated.on(year))]
    return any(timedelta(0) <= day - other <= within and stated.weekday in (None, other.weekday()) for other in possible)


def _shortly_after(stated: StatedDate, day: date) -> bool:
    """Whether a weekday and day that the text looks ahead to can lie shortly after ``day``."""
    possible = [other for year in (day.year, day.year + 1) if (other := stated.on(year))]
    return any(timedelta(0) <= other - day <= STORED_LATER and other.weekday() == stated.weekday for other in possible)


def _from_contents(told: Told) -> Period:
    """The interval in which everything that the text tells of fits, or an unknown one."""
    first, last, reasons = _meet(told.bounds)
    if first is None or last is None:
        if not told.bounds and not told.open_days:
            return Period.unknown("neither the page nor the text tells when it was published")
        if first is not None:
            return Period.unknown(f"only a lower bound: {'; '.join(reasons)}")
        if last is not None and not told.open_days:
            return Period.unknown(f"only an upper bound: {'; '.join(reasons)}")
        return Period.unknown("the text names days but nothing that tells the year")
    narrowed = _by_open_days(told, first, last)
    if narrowed is not None:
        day, until, why = narrowed
        return Period(day, max(day, until), "; ".join([why, *reasons]))
    return Period(first, last, "; ".join(reasons))


def _meet(bounds: Sequence[Bound]) -> tuple[date | None, date | None, list[str]]:
    """The days that all bounds allow, the firmest first; a bound that contradicts firmer ones is left out."""
    first: date | None = None
    last: date | None = None
    heard: list[Bound] = []
    for bound in bounds:
        low = max((day for day in (first, bound.first) if day), default=None)
        high = min((day for day in (last, bound.last) if day), default=None)
        if low and high and low > high:
            continue
        if (low, high) != (first, last):
            heard.append(bound)
        first, last = low, high
    reasons = [bound.because for bound in heard if (first and bound.first == first) or (last and bound.last == last)]
    return first, last, reasons


def _by_open_days(told: Told, first: date, last: date) -> tuple[date, date, str] | None:
    """Narrow the interval by days that are told without their year: the calendar says which years fit."""
    days = in_order(told.open_days)
    if not days or last - first <= SOON:
        return None
    fitting: list[date] = []
    for year in range(first.year, last.year + 1):
        told_days = placed(days, year)
        if told_days and first <= told_days[-1] <= last:
            fitting.append(told_days[-1])
    if not fitting:
        return None
    latest = days[-1]
    dated = any(day.weekday is not None for day in days)
    fitting = _of_the_dated_year(told, fitting)
    until = min(last, fitting[-1] + (SOON if dated and len(fitting) == 1 else SEASON))
    if len(fitting) == 1:
        until = min([until, *(day for day in _coming(told, fitting[0]) if day <= until)])
    name = f"{latest.day} {month_name(latest.month)}"
    years = ", ".join(str(day.year) for day in fitting)
    how = "whose weekday fits" if dated else "which fits"
    return fitting[0], until, f"the latest day told is {name}, {how} {years}"


def _of_the_dated_year(told: Told, fitting: list[date]) -> list[date]:
    """Of the years in which the days told without a year fit, the first after the latest day told with one.

    Who names 14 June 2021 in full and then "2 September" means the September after it.
    """
    latest = max(told.days, default=None)
    near = [day for day in fitting if latest is not None and timedelta(0) <= day - latest <= timedelta(days=366)]
    return near[:1] or fitting


def _coming(told: Told, after: date) -> Iterator[date]:
    """The next occurrences of the days, told without a year, that the text looks ahead to."""
    for stated in told.ahead:
        days = [day for year in (after.year, after.year + 1) if (day := stated.on(year)) and day > after]
        yield from days[:1]
