"""What an article tells that bounds the day of its publication."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from geo.text.datewords import MONTHS, WEEKDAYS, StatedDate, stated_dates
from geo.text.layout import plain
from geo.text.page import COMMENT_FORM, READERS_PART, Block
from geo.text.sentences import split
from geo.text.span import Span

_NUMBERS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
_ORDINALS = {
    w: i
    for i, w in enumerate(
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    )
} | {"centenary": 100, "centennial": 100, "bicentenary": 200}
_NUMBER = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + r")"
_AGO = re.compile(
    rf"\b(?P<more>more than |over |nearly |almost |about |some |around )?{_NUMBER}[- ]years?[- ](?P<how>ago|after|since|later|on\b|now)|\bfor (?P<more2>more than |over |nearly |almost )?(?P<n2>\d{{1,3}}|{'|'.join(_NUMBERS)}) years(?P<now> now)?"
)
_ANNIVERSARY = re.compile(
    r"\b(?:(?P<n>\d{1,3})(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))[- ](?:anniversary|years? of|year since|birthday)|\b(?P<whole>centenary|centennial)|\b(?P<n2>\d{1,3})-year anniversary|\b(?P<n3>\d{1,3}) years (?:since|after)\b"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?![\d,.]\d|s\b|-\d{3})\b")
_FORMER = re.compile(
    r"(?:former|ex|then|late|ousted|previous|deposed|past|one-time|vice|deputy|interim|acting|under|of)[- ](?:\w+[- ])?(?:\w+'?s? )?$"
)
WEB_NEWS = 1995
"""An article whose latest year is earlier looks back: pages of news sites are not older."""
SILENT_YEARS = 5
"""Measured on the undated texts of the geoparsing training sets, whose times are known: 2 years hold the true day for
two texts in three, 5 for four in five."""
QUARTER = timedelta(days=92)
_RUN_ON = timedelta(days=180)
_DATELINE_END = re.compile(
    r"[\s,.)\]]*(?:\([^()]{1,40}\)|/[^/]{1,40}/|[A-Z][\w/. ]{1,20})?[\s.]*(?:[-–—]{1,3}|:|\(.{1,30}\)|/)(?!\s*\d)"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """Publication lies from ``first`` to ``last``, ends that are not known open; ``firm`` bounds outweigh date lines."""

    first: date | None
    last: date | None
    because: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What the article's own text says about time: full days, days without a year, and bounds, the firmest first."""

    whole_days: tuple[date, ...]
    open_days: tuple[StatedDate, ...]
    latest_year: int | None
    latest: date | None
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    plain: str
    block: int
    ahead: bool


def gather(text: str, blocks: Sequence[Block], today: date) -> Told:
    """Everything in the open sections that bounds the day of publication, which is not after ``today``."""
    rows = [
        _sentence(text, span, i)
        for i, block in enumerate(blocks)
        if block.section in ("headline", "subhead", "body", "caption")
        for span in split(text, block)
    ]
    stated = [(row, found) for row in rows for found in stated_dates(text, row.span.start, row.span.end)]
    past = [(row, found) for row, found in stated if not row.ahead]
    whole = tuple(found for _, found in past if found.agrees and (day := found.whole) and day <= today)
    open_days = tuple(found for _, found in past if found.year is None)
    years = [year for row in rows if not row.ahead for year in _years(row.plain) if year <= today.year]
    latest_year = max(years, default=None)
    bounds: list[Bound] = []
    for rule in RULES:
        bounds += rule(rows, whole, open_days, latest_year)
    bounds += _readers_days(text, blocks)
    past_bounds = tuple(bound for bound in bounds if bound.first is None or bound.first <= today)
    days = tuple(day for found in whole if (day := found.whole))
    return Told(days, open_days, latest_year, max(days, default=None), past_bounds)


def _sentence(text: str, span: Span, block: int) -> _Sentence:
    words = plain(span.of(text))
    return _Sentence(span, words, block, any(p.search(words) for p in _patterns("ahead")))


def _years(words: str) -> Iterator[int]:
    for found in _YEAR.finditer(words):
        before = words[max(0, found.start() - 14) : found.start()]
        if (_pattern("year_before").search(before) and before.rstrip("(-") != before) or _ends_with_cue(before):
            yield int(found["year"])


def _ends_with_cue(before: str) -> bool:
    found = None
    for found in _pattern("year_before").finditer(before):
        pass
    return (found is not None and found.end() == len(before)) or bool(re.search(r"\d\d?,? $", before))


Stated = tuple[StatedDate, ...]


def full_dates(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """The latest full date; as of the present when the text first speaks of that time without naming the year."""
    if not whole:
        return []
    latest, stated = max(((day, found) for found in whole if (day := found.whole)), key=lambda pair: pair[0])
    lower = Bound(latest, None, f"it tells of {_day(latest)}")
    if (latest_year or 0) > latest.year or latest.year < WEB_NEWS:
        return [lower]
    first_said = min(found.span.start for found in whole if found.year == latest.year)
    near = [
        day
        for found in open_days
        if (day := found.on(latest.year)) and abs(day - latest) <= QUARTER and found.weekday in (None, day.weekday())
        and (found.weekday is not None or found.span.start < first_said)
    ]  # fmt: skip
    if near:
        day = max([latest, *near])
        return [Bound(day, day + timedelta(days=7), f"the latest day it tells of is {_day(day)}", firm=True)]
    fresh = stated.weekday is not None or stated.span.start <= rows[min(2, len(rows) - 1)].span.end
    until = latest + timedelta(days=31 if fresh else 731)
    return [Bound(latest, until, f"the latest day it tells of is {_day(latest)}", firm=fresh)]


def anniversaries(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """The anniversary of a day that the world remembers; a meeting on a weekday that marks it fixes the week."""
    found: list[Bound] = []
    for row in rows:
        counted = _ANNIVERSARY.search(row.plain)
        event = _event_in(row.plain) if counted else None
        if counted is None or event is None:
            continue
        years = _count(counted)
        day = _years_on(event.day, years)
        if day is None or years == 0:
            continue
        named = f"the {years}th anniversary of {event.name} ({_day(day)})"
        meeting = _marking_weekday(row, rows)
        if meeting is not None:
            held = min(
                (day + timedelta(days=k) for k in range(-3, 4) if (day + timedelta(days=k)).weekday() == meeting),
                key=lambda d: abs(d - day),
            )
            found.append(
                Bound(
                    held,
                    held + timedelta(days=3),
                    f"it tells of {WEEKDAYS[meeting].capitalize()}'s gathering for {named}, the nearest such day being {_day(held)}",
                    firm=True,
                )
            )
        found.append(Bound(day - timedelta(days=30), day + _RUN_ON, f"it speaks of {named}", firm=True))
    return found


def _marking_weekday(row: _Sentence, rows: Sequence[_Sentence]) -> int | None:
    """The weekday of the gathering that marks an anniversary, when the text names just one for a gathering held."""
    gathering = _pattern("gathering")
    if not gathering.search(row.plain) or not re.search(r"\b(mark|celebrat|commemorat|honou?r)", row.plain):
        return None
    days = {
        i
        for other in rows
        if not other.ahead
        for i, name in enumerate(WEEKDAYS)
        if re.search(rf"\b{name}'s (?:[\w-]+ )?(?:{gathering.pattern})\b", other.plain)
    }
    return days.pop() if len(days) == 1 else None


def counted_years(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """ "17 years ago" beside an event or year that is known; "for more than 17 years now" since one."""
    found: list[Bound] = []
    for row in rows:
        for counted in _AGO.finditer(row.plain):
            years = _value(counted["n"] or counted["n2"])
            if counted["how"] in ("after", "later", "on"):
                continue  # counts within the story, not up to its writing
            if (counted["n2"] and not counted["now"]) or not 2 <= years <= 150:
                continue
            more = bool(counted["more"] or counted["more2"])
            event = _event_in(row.plain)
            if event is not None:
                day = _years_on(event.day, years)
                if day is not None:
                    slack = timedelta(days=0 if more else 183)
                    found.append(
                        Bound(
                            day - slack,
                            day + timedelta(days=366),
                            f'"{counted.group().strip()}" of {event.name} ({_day(event.day)})',
                            firm=True,
                        )
                    )
                continue
            since = [
                int(y["year"]) for y in re.finditer(r"(?:since|post-|in|from) ?(?P<year>(?:19|20)\d\d)\b", row.plain)
            ]
            if len(since) == 1:
                year = since[0] + years
                found.append(
                    Bound(
                        date(year, 1, 1),
                        date(year + 1, 12, 31),
                        f'"{counted.group().strip()}" beside the year {since[0]}',
                        firm=True,
                    )
                )
    return found


def offices(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """Who is named with an office that he or she held for a known time, and is not called former."""
    text = " ".join(row.plain for row in rows)[:60_000]
    held: list[tuple[date, date | None, str]] = []
    offices, terms = _terms()
    for found in offices.finditer(text):
        before = text[max(0, found.start() - 28) : found.start()]
        if _FORMER.search(before):
            continue
        for pattern, term in terms:
            named = pattern.match(text, found.start(), found.start() + 60)
            if named:
                held.append((term.first, term.last, named.group().title()))
    if not held:
        return []
    first, last, name = max(held, key=lambda item: item[0])
    ends = last + timedelta(days=31) if last else None
    return [
        Bound(
            first, ends, f"it speaks of {name}, in that office from {first.year}{f' to {last.year}' if last else ' on'}"
        )
    ]


def inventions(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """What nobody could speak of before a certain day."""
    text = " ".join(row.plain for row in rows)[:60_000]
    known = [event for event in _events("unknown_before") if event.pattern.search(text)]
    latest = max(known, key=lambda event: event.day, default=None)
    return [Bound(latest.day, None, f"it speaks of {latest.name}")] if latest else []


def named_years(rows: Sequence[_Sentence], whole: Stated, open_days: Stated, latest_year: int | None) -> list[Bound]:
    """The latest year named: an article seldom leaves many years unnamed before its own."""
    if latest_year is None:
        return []
    if latest_year < WEB_NEWS:
        return [Bound(date(latest_year, 1, 1), None, f"the latest year it names is {latest_year}")]
    return [
        Bound(
            date(latest_year, 1, 1),
            date(latest_year + SILENT_YEARS, 12, 31),
            f"the latest year it names is {latest_year}",
        )
    ]


def _readers_days(text: str, blocks: Sequence[Block]) -> list[Bound]:
    """The first dated comment of a reader comes after the article, and seldom more than two months after it."""
    days = [
        day
        for block in blocks
        if block.because in (COMMENT_FORM, READERS_PART)
        for found in stated_dates(text, block.span.start, block.span.end)
        if (day := found.whole)
    ]
    if not days:
        return []
    first = min(days)
    return [Bound(first - timedelta(days=60), first, f"readers commented on it from {_day(first)} on")]


Rule = Callable[[Sequence[_Sentence], Stated, Stated, int | None], list[Bound]]
RULES: tuple[Rule, ...] = (full_dates, anniversaries, counted_years, offices, named_years, inventions)


def label_rank(before: str) -> int:
    """What stands before a date in a date line: 0 "published", 2 "updated", 1 neither."""
    words = plain(before)
    change = [m.start() for m in _pattern("change").finditer(words)]
    issue = [m.start() for m in _pattern("first_issue").finditer(words)]
    if issue and (not change or issue[-1] > change[-1]):
        return 0
    return 2 if change else 1


def dateline(text: str, span: Span) -> StatedDate | None:
    """The date in the dateline that opens a paragraph, with or without its year."""
    end = min(span.end, span.start + 130)
    for found in stated_dates(text, span.start, end):
        before = text[span.start : found.span.start]
        words = re.findall(r"[^\W\d_]+", before)
        small = [
            word for word in words if word[0].islower() and word not in ("on", "of", "de", "al", "la", "el", "and", "the")
        ]
        if (
            len(words) <= 8
            and not small
            and "." not in before.rstrip(". ")
            and _DATELINE_END.match(text, found.span.end, min(span.end, found.span.end + 60))
        ):
            return found
        return None
    return None


def in_order(days: Sequence[StatedDate]) -> tuple[StatedDate, ...]:
    """Days of the year as one stretch, oldest first: the longest time without any of them lies after the last."""
    kept = sorted(
        {(d.month, d.day): d for d in sorted(days, key=lambda d: d.weekday is not None)}.values(),
        key=lambda d: (d.month, d.day),
    )
    if len(kept) < 2:
        return tuple(kept)
    places = [(day.on(2000) or date(2000, 3, 1)).timetuple().tm_yday for day in kept]
    gaps = [(places[(i + 1) % len(kept)] - places[i]) % 366 for i in range(len(kept))]
    widest = max(range(len(kept)), key=lambda i: gaps[i])
    return tuple(kept[widest + 1 :] + kept[: widest + 1])


def placed(days: Sequence[StatedDate], year: int) -> list[date] | None:
    """The days with the last one in ``year``; None when one does not exist or falls on another weekday than stated."""
    last = days[-1]
    out: list[date] = []
    for found in days:
        day = found.on(year if (found.month, found.day) <= (last.month, last.day) else year - 1)
        if day is None or (found.weekday is not None and day.weekday() != found.weekday):
            return None
        out.append(day)
    return out


def month_name(month: int) -> str:
    return MONTHS[month - 1].capitalize()


def _day(day: date) -> str:
    return f"{day.day} {month_name(day.month)} {day.year}"


def _years_on(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None if day.year + years > 9999 else date(day.year + years, 3, 1)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _count(found: re.Match[str]) -> int:
    if found["whole"]:
        return 100
    if found["word"]:
        return _ORDINALS[found["word"]]
    return int(found["n"] or found["n2"] or found["n3"])


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    day: date
    pattern: re.Pattern[str]
    both: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    first: date
    last: date | None


def _event_in(words: str) -> _Event | None:
    return next(
        (event for event in _events("event") if event.pattern.search(words) and all(p.search(words) for p in event.both)),
        None,
    )


@cache
def _events(kind: str) -> tuple[_Event, ...]:
    data = tomllib.loads((Path(__file__).parent / "history.toml").read_text(encoding="utf-8"))
    return tuple(
        _Event(
            e["name"],
            date.fromisoformat(e["day"]),
            re.compile(e["pattern"]),
            tuple(re.compile(p) for p in e.get("both", [])),
        )
        for e in data[kind]
    )


@cache
def _terms() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], _Term], ...]]:
    """A pattern of all offices, and one for each holder of an office."""
    data = tomllib.loads((Path(__file__).parent / "history.toml").read_text(encoding="utf-8"))
    rows = [row for country in data["terms"].values() for row in country]
    offices = "|".join(sorted({office for office, *_ in rows}))
    holders = tuple(
        (
            re.compile(rf"{office} (?:{name})\b"),
            _Term(date.fromisoformat(first), date.fromisoformat(last) if last else None),
        )
        for office, name, first, last in rows
    )
    return re.compile(rf"\b(?:{offices}) "), holders


@cache
def _data() -> dict[str, list[str] | str]:
    return tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _data()[name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    value = _data()[name]
    return re.compile(value if isinstance(value, str) else "|".join(value))
