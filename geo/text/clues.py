"""What an article tells that bounds the day of its publication."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from geo.text import history
from geo.text.article import OPEN_SECTIONS
from geo.text.counting import (
    anniversary,
    count_after,
    counts,
    year_counted_from,
    year_of_a_name,
    years_later,
    years_named,
)
from geo.text.datewords import MONTHS, WEEKDAYS, StatedDate, day_name, month_name, stated_dates
from geo.text.layout import plain
from geo.text.page import COMMENT_FORM, READERS_PART, Block
from geo.text.sentences import split
from geo.text.span import Span

WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
QUARTER = timedelta(days=92)
HALF_YEAR = timedelta(days=183)
YEAR = timedelta(days=366)
COMMENTS_LAST = timedelta(days=60)
NEXT_DOOR = 3  # months between two that are told of as of one time
WEB_NEWS = 1995
"""An article whose latest year is earlier looks back: pages of news sites are not older."""
SILENT_YEARS = 5
"""Measured on the undated texts of the geoparsing training sets, whose times are known: 2 years hold the true day for
two texts in three, 5 for four in five."""
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,20}(?:(?:19|20)\d\d ?[-–—] ?)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
LONGEST_VERB = 40  # characters of a verb and the preposition before a date
LONGEST_HEAD = 90  # characters of a writer's and paper's name before the day of issue
MOST_TEXT = 60_000  # characters looked at for offices and novelties


@dataclass(frozen=True, slots=True)
class Bound:
    """Publication lies from ``first`` to ``last``, an end that is not known being None.

    ``firm`` bounds are believed rather than a date line that lies far from them.
    """

    first: date | None
    last: date | None
    because: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the article's own text says about time: full days, days without a year, and bounds, the firmest first.

    ``coming`` are days with their weekday, but without a year, that the text looks ahead to, ``ahead`` those without
    either. ``stored_late``: the page counts years since readers commented on it.
    """

    days: tuple[date, ...]
    open_days: tuple[StatedDate, ...]
    coming: tuple[StatedDate, ...]
    latest_year: int | None
    bounds: tuple[Bound, ...]
    stored_late: bool = False
    ahead: tuple[StatedDate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an open section, in small letters; ``ahead``: it looks into the future."""

    span: Span
    plain: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class _Story:
    """What the rules look at: sentences, and the past dates that they state with and without a year.

    ``head`` is a date that opens the text as a writer's line does: only names stand before it.
    """

    sentences: tuple[_Sentence, ...]
    whole: tuple[StatedDate, ...]
    open_days: tuple[StatedDate, ...]
    coming: tuple[StatedDate, ...]
    latest_year: int | None
    year_in_a_name: int | None
    ahead: tuple[StatedDate, ...] = ()
    head: Span | None = None


def gather(text: str, blocks: Sequence[Block], today: date) -> Told:
    """Everything in the open sections that bounds the day of publication, which is not after ``today``."""
    story = _story(text, blocks, today)
    bounds = [bound for rule in RULES for bound in rule(story)]
    bounds += [*_readers_days(text, blocks), *_notices_years(text, blocks)]
    possible = tuple(bound for bound in bounds if bound.first is None or bound.first <= today)
    days = tuple(day for found in story.whole if (day := found.whole))
    late = any(_pattern("years_old").search(plain(span.of(text)[:200])) for span in _readers_parts(blocks))
    return Told(days, story.open_days, story.coming, story.latest_year, possible, late, story.ahead)


def _story(text: str, blocks: Sequence[Block], today: date) -> _Story:
    spans = [span for block in blocks if block.section in OPEN_SECTIONS for span in split(text, block)]
    words = [plain(span.of(text)) for span in spans]
    rows = tuple(
        _Sentence(span, said, bool(_pattern("ahead").search(said)))
        for span, said in zip(spans, words, strict=True)
        if not _pattern("stored").search(said)
    )
    stated = [(row, found) for row in rows for found in stated_dates(text, row.span.start, row.span.end)]
    past = [found for row, found in stated if not row.ahead or _has_gone_by(text, row, found)]
    ahead = tuple(found for row, found in stated if found.year is None and found not in past)
    coming = tuple(found for found in ahead if found.weekday is not None)
    names = [year for row in rows for year in year_of_a_name(row.plain) if year <= today.year]
    past_rows = [row.plain for row in rows if not row.ahead]
    named = [Counter(years_named(said)) - Counter(year_of_a_name(said)) for said in past_rows]
    years = [year for found in named for year in found if year <= today.year]
    whole = tuple(found for found in past if found.agrees and (day := found.whole) and day <= today)
    open_days = tuple(found for found in past if found.year is None)
    latest, named_for = max(years, default=None), max(names, default=None)
    return _Story(rows, whole, open_days, coming, latest, named_for, ahead, _head(text, rows, whole))


def _has_gone_by(text: str, row: _Sentence, found: StatedDate) -> bool:
    """Whether a verb in the past stands right before a date of a sentence that also looks ahead: "closed on 3 May"."""
    before = plain(text[max(row.span.start, found.span.start - LONGEST_VERB) : found.span.start])
    return _pattern("gone_by").search(before) is not None


def _head(text: str, rows: Sequence[_Sentence], whole: Sequence[StatedDate]) -> Span | None:
    """The full date that opens a text as a writer's line does: "By A. Reporter, Hill Post, 3 May 2019 KAMPALA –"."""
    first = min((found.span for found in whole), key=lambda span: span.start, default=None)
    opening = next((row.span for row in rows[:2] if first is not None and row.span.contains(first)), None)
    if first is None or opening is None or first.start > opening.start + LONGEST_HEAD:
        return None
    words = re.findall(r"[^\W\d_]+", text[opening.start : first.start])
    return first if all(word[0].isupper() or len(word) < 3 for word in words) else None


def full_dates(story: _Story) -> list[Bound]:
    """The latest full date; as of the present when the text first speaks of that time without naming the year."""
    dated = [(day, found) for found in story.whole if (day := found.whole)]
    if not dated:
        return []
    latest, stated = max(dated, key=lambda pair: pair[0])
    if (story.latest_year or 0) > latest.year or latest.year < WEB_NEWS:
        return [Bound(latest, None, f"it tells of {day_name(latest)}")]
    near = _of_that_time(story, latest)
    if near:
        day = max(latest, *near)
        return [
            Bound(
                day, _still_ahead(story, day) or day + WEEK, f"the latest day it tells of is {day_name(day)}", firm=True
            )
        ]
    fresh = stated.weekday is not None or stated.span == story.head
    last = latest + MONTH if fresh else min([latest + 2 * YEAR, *_soon_after(story, latest)])
    return [Bound(latest, last, f"the latest day it tells of is {day_name(latest)}", firm=fresh)]


def _soon_after(story: _Story, latest: date) -> list[date]:
    """Days without a year that the text looks ahead to, when they come soon after the latest day it tells of."""
    coming = [day for found in story.ahead for year in (latest.year, latest.year + 1) if (day := found.on(year))]
    return [day for day in coming if timedelta(0) < day - latest <= QUARTER]


def _of_that_time(story: _Story, latest: date) -> list[date]:
    """Days told without their year that lie around a full date, by their weekday or because they stand before it."""
    first_said = min(found.span.start for found in story.whole if found.year == latest.year)
    near: list[date] = []
    for found in story.open_days:
        day = found.on(latest.year)
        far = MONTH if found.weekday is None else QUARTER
        if day is None or abs(day - latest) > far or found.weekday not in (None, day.weekday()):
            continue
        if found.weekday is not None or found.span.start < first_said:
            near.append(day)
    return near


def _still_ahead(story: _Story, day: date) -> date | None:
    """The first weekday after ``day`` of which the text says that something is still to happen on it."""
    named = {
        WEEKDAYS.index(found)
        for row in story.sentences
        for found in _pattern("still_ahead").findall(row.plain)
    }  # fmt: skip
    after = [day + timedelta(days=k) for k in range(1, 7) if (day + timedelta(days=k)).weekday() in named]
    return min(after, default=None)


def anniversaries(story: _Story) -> list[Bound]:
    """The anniversary of a day that the world remembers; a meeting on a weekday that marks it fixes the week."""
    found: list[Bound] = []
    for row in story.sentences:
        years = anniversary(row.plain)
        event = history.remembered(row.plain) if years else None
        day = years_later(event.day, years) if event and years else None
        if day is None or event is None:
            continue
        named = f"the {years}th anniversary of {event.name} ({day_name(day)})"
        held = _marked_on(story, row, day)
        if held is not None:
            why = f"it tells of a gathering on a {WEEKDAYS[held.weekday()].capitalize()} for {named}: {day_name(held)}"
            found.append(Bound(held, _still_ahead(story, held) or held + timedelta(days=3), why, firm=True))
        found.append(Bound(day - MONTH, day + HALF_YEAR, f"it speaks of {named}", firm=True))
    return found


def _marked_on(story: _Story, row: _Sentence, day: date) -> date | None:
    """The day of the gathering that marks an anniversary: the nearest of the one weekday named for a gathering held."""
    if not (_pattern("gathering").search(row.plain) and _pattern("marking").search(row.plain)):
        return None
    held = {name for other in story.sentences if not other.ahead for name in _pattern("held_on").findall(other.plain)}
    if len(held) != 1:
        return None
    weekday = WEEKDAYS.index(held.pop())
    return next(near for k in (0, 1, -1, 2, -2, 3, -3) if (near := day + timedelta(days=k)).weekday() == weekday)


def counted_years(story: _Story) -> list[Bound]:
    """Years counted up to the writing: "17 years ago" of an event or year that is known."""
    found: list[Bound] = []
    for row in story.sentences:
        count = next(counts(row.plain), None) or count_after(row.plain)
        if count is None:
            continue
        event = history.remembered(row.plain)
        since = None if count.after else year_counted_from(row.plain)
        day = years_later(event.day, count.years) if event else None
        if event and day:
            first = day if count.more else day - HALF_YEAR
            why = f'"{count.words}" of {event.name} ({day_name(event.day)})'
            found.append(Bound(first, day + YEAR, why, firm=not count.after))
        elif since is not None:
            begun = _begun_in(story, since)
            day = years_later(begun.day, count.years) if begun else None
            if begun and day and count.more:
                why = f'"{count.words}" beside the year {since}, since {begun.name} ({day_name(begun.day)})'
                found.append(Bound(day, day + YEAR, why, firm=True))
                continue
            year = since + count.years
            why = f'"{count.words}" beside the year {since}'
            found.append(Bound(date(year, 1, 1), date(year + 1, 12, 31), why, firm=True))
    return found


def _begun_in(story: _Story, year: int) -> history.Event | None:
    """The one event of that year that the text names and the world remembers."""
    named = {event.name: event for row in story.sentences if (event := history.remembered(row.plain)) is not None}
    of_the_year = [event for event in named.values() if event.day.year == year]
    return of_the_year[0] if len(of_the_year) == 1 else None


def offices(story: _Story) -> list[Bound]:
    """Who is named with an office held for a known time, and is not called former: the latest to take office."""
    held = list(history.terms(_words(story)))
    if not held:
        return []
    term = max(held, key=lambda term: term.first)
    until = f" to {term.last.year}" if term.last else " on"
    why = f"it speaks of {term.holder}, in that office from {term.first.year}{until}"
    return [Bound(term.first, term.last + MONTH if term.last else None, why)]


def months_without_year(story: _Story) -> list[Bound]:
    """ "In April … in May 2021": who leaves a month's year out is within a year of it, as of the month named beside it.

    Only when the month without a year comes first in the text, is a near one and no other year is told: after "in August
    2007" a bare "in February" counts from 2007, not from the writing. Court reports, told years later, do just that.
    """
    past = [row for row in story.sentences if not row.ahead]
    whole = [_of_the_calendar(row.span.start, found) for row in past for found in _month_year().finditer(row.plain)]
    bare = [_of_the_calendar(row.span.start, found) for row in past for found in _bare_month().finditer(row.plain)]
    if not whole or not bare or len({year for _, year, _ in whole}) > 1 or whole[0][1] != story.latest_year:
        return []
    _, year, month = max(whole, key=lambda one: one[1:])
    other = bare[0][2]
    if (
        bare[0][0] > whole[0][0]
        or year < WEB_NEWS
        or not 1 <= min((other - month) % 12, (month - other) % 12) <= NEXT_DOOR
    ):
        return []
    on = min((one[2] - month - 1) % 12 + 1 for one in bare)  # months until the first of them comes again
    if on == 1:
        return []  # the very next month: it may have gone by as well
    last = date(year + (month + on - 1) // 12, (month + on - 1) % 12 + 1, 1) - timedelta(days=1)
    names = month_name(month), " and ".join(month_name(one) for one in sorted({one[2] for one in bare})[:3])
    return [Bound(date(year, month, 1), last, f"it tells of {names[0]} {year} and, without a year, of {names[1]}")]


def _of_the_calendar(start: int, found: re.Match[str]) -> tuple[int, int, int]:
    """Where a month stands, its year (0 without one) and its number."""
    year = found.groupdict().get("year")
    return start + found.start(), int(year) if year else 0, _month(found["month"])


def _month(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))


@cache
def _month_year() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<month>{'|'.join(MONTHS)}),? (?:of )?(?P<year>(?:19|20)\d\d)\b")


@cache
def _bare_month() -> re.Pattern[str]:
    return re.compile(rf"\b(?:in|since|early|late|mid)[ -](?P<month>{'|'.join(MONTHS)})\b(?!,? (?:of )?\d|-)")


def novelties(story: _Story) -> list[Bound]:
    """What nobody could speak of before a certain day."""
    latest = history.latest_novelty(_words(story))
    return [Bound(latest.day, None, f"it speaks of {latest.name}")] if latest else []


def named_years(story: _Story) -> list[Bound]:
    """The latest year named: an article seldom leaves many years unnamed before its own.

    A year in the name of something long known ("the war of 1999") only tells that the article is not older.
    """
    year = story.latest_year
    known = story.year_in_a_name
    if known is not None and (year is None or year < known):
        return [Bound(date(known, 1, 1), None, f"the latest year it names is {known}")]
    if year is None:
        return []
    last = date(year + SILENT_YEARS, 12, 31) if year >= WEB_NEWS else None
    return [Bound(date(year, 1, 1), last, f"the latest year it names is {year}")]


def _words(story: _Story) -> str:
    return " ".join(row.plain for row in story.sentences)[:MOST_TEXT]


Rule = Callable[[_Story], list[Bound]]
RULES: tuple[Rule, ...] = (full_dates, months_without_year, anniversaries, counted_years, offices, named_years, novelties)
"""The firmest first: a bound that contradicts those before it is left out."""


def _readers_days(text: str, blocks: Sequence[Block]) -> list[Bound]:
    """The first dated comment of a reader comes after the article, and seldom more than two months after it."""
    days = [
        day
        for span in _readers_parts(blocks)
        for found in stated_dates(text, span.start, span.end)
        if (day := found.whole)
    ]
    if not days:
        return []
    first = min(days)
    return [Bound(first - COMMENTS_LAST, first, f"readers commented on it from {day_name(first)} on")]


def _notices_years(text: str, blocks: Sequence[Block]) -> list[Bound]:
    """A copyright notice is of the year in which the page was last written out: the article is not younger."""
    said = [block.span.of(text)[:400] for block in blocks if block.section == "boilerplate"]
    years = [int(found["year"]) for words in said for found in _COPYRIGHT.finditer(words)]
    if not years:
        return []
    return [Bound(None, date(max(years), 12, 31), f"the page's copyright notice is of {max(years)}")]


def _readers_parts(blocks: Sequence[Block]) -> list[Span]:
    return [block.span for block in blocks if block.because in (COMMENT_FORM, READERS_PART)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A list of patterns of published.toml as one; {weekday} and {gathering} stand for the other lists."""
    data = tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))
    known = {"weekday": "|".join(WEEKDAYS), "gathering": "|".join(data["gathering"])}
    return re.compile(
        "|".join(f"(?:{pattern})" for pattern in data[name])
        .replace("{weekday}", known["weekday"])
        .replace("{gathering}", known["gathering"])
    )
