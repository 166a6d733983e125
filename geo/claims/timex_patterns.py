"""The constructions that say when, one pattern and one reading function each, in the order of RULES.

A reading function takes the match and the frame (the day of publication, the days last spoken of, the tense) and returns what
the words mean, or None when they mean nothing. Its docstring says which construction it reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from geo.claims import days
from geo.claims.days import Days

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against: the day of publication, the days last spoken of, and the tense of its verb."""

    day: date
    told: Days | None = None
    tense: Tense = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a pattern made of its words. ``days`` is None when they cannot be told; ``note`` says why, or how they were."""

    type: Type
    value: str
    days: Days | None
    note: str
    grain: str = "day"


Match = re.Match[str]
Reader = Callable[[Match, Frame], Meaning | None]

WORDS: dict[str, Any] = tomllib.loads(files("geo.claims").joinpath("timex.toml").read_text(encoding="utf-8"))
MONTHS: dict[str, int] = WORDS["months"]
WEEKDAYS: dict[str, int] = WORDS["weekdays"]
NUMBERS: dict[str, int] = WORDS["numbers"]
UNITS: dict[str, str] = WORDS["units"]
SEASONS: dict[str, tuple[int, str]] = WORDS["seasons"]


def alternatives(words: list[str] | dict[str, Any]) -> str:
    """The words as one regular expression, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_FULL_MONTH = alternatives([name for name in MONTHS if len(name) > 4 or name in ("May", "June", "July")])
_SHORT_MONTH = alternatives([name for name in MONTHS if len(name) < 5 and name not in ("May", "June", "July")])
_M = rf"(?:(?:{_FULL_MONTH})\b|(?:{_SHORT_MONTH})\b\.?)"
_W = rf"(?:{alternatives(WEEKDAYS)})\b"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d)"
_Y = r"(?:1[0-9]|20)\d\d(?!\d|[.,:]\d)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s+(?:to|through|until|and)\s+)"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_N = (
    rf"(?i:(?<![\d.,])\d{{1,4}}(?:\.\d)?(?:\s1/2)?|(?:{_TENS})[-\s](?:one|two|three|four|five|six|seven|eight|nine)"
    rf"|(?:{alternatives(NUMBERS)})\b)"
)
_VAGUE = r"(?i:several|a\s+few|few|some|many|a\s+couple(?:\s+of)?|couple\s+of|a\s+number\s+of|recent|coming|tens\s+of|dozens\s+of)"
_U = rf"(?i:(?:{'|'.join(unit for unit in UNITS if unit not in ('second', 'quarter', 'century'))})s?|seconds|century|centuries)\b"
_BIG = r"(?i:day|week|weekend|month|quarter|year|decade|century)\b"
_ABOUT = r"(?i:(?:more\s+than|less\s+than|almost|nearly|about|around|roughly|at\s+least|over|some|just\s+over|just\s+under|up\s+to|only)\s+)?"
_PART = r"(?i:(?:very\s+)?early|earlier|mid|late|later|the\s+beginning\s+of|the\s+start\s+of|the\s+middle\s+of|the\s+end\s+of|end\s+of)[-\s]+"
_WHICH = r"(?i:last|next|this|that|past|coming|previous|preceding|following|same)"
_SEASON = rf"(?i:{alternatives(SEASONS)})\b"
_TIME = r"(?i:morning|afternoon|evening|night|noon|midday)\b"


def number_of(words: str) -> float | None:
    """The number that digits or words give; None for "several"."""
    text = words.lower().strip()
    half = 0.5 if text.endswith(" 1/2") else 0.0
    text = text.removesuffix(" 1/2")
    if re.fullmatch(r"\d+(?:\.\d)?", text):
        return float(text) + half
    parts = re.split(r"[-\s]", text)
    if all(part in NUMBERS for part in parts):
        return float(sum(NUMBERS[part] for part in parts)) + half
    return None


def unit_of(word: str) -> str:
    word = word.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")


def month_of(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def day_of(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _iso_week(when: date) -> str:
    number = when.isocalendar()
    return f"{number.year}-W{number.week:02d}"


def _near(frame: Frame, make: Callable[[int], Days], grain_days: int) -> Days:
    """The occurrence of a yearly date that is meant: by the tense, else the nearest, an earlier one preferred."""
    choices = []
    for number in (frame.day.year - 1, frame.day.year, frame.day.year + 1):
        try:
            choices.append(make(number))
        except ValueError:
            continue  # February 29
    if not choices:
        raise ValueError("no such day")
    before = [found for found in choices if found[0] <= frame.day]
    after = [found for found in choices if found[1] >= frame.day]
    if frame.tense == "future" and after:
        return after[0]
    if not before or not after:
        return choices[0]
    ahead = (after[0][0] - frame.day).days
    if frame.tense is None and 0 < ahead <= grain_days and (frame.day - before[-1][1]).days > 300 - grain_days:
        return after[0]
    return before[-1]


def _told_year(frame: Frame) -> str:
    return f"counted {'on ' if frame.tense == 'future' else ''}from publication on {frame.day}"


# Full and partial dates


def iso_date(match: Match, frame: Frame) -> Meaning | None:
    """2019-05-28."""
    when = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return Meaning("DATE", when.isoformat(), days.day(when), "a full date")


def numeric_date(match: Match, frame: Frame) -> Meaning | None:
    """28/05/2019 and 5/28/2019; 05/06/2019 could be two days and stays unknown."""
    one, two, number = int(match["a"]), int(match["b"]), int(match["y"])
    number += (2000 if number < 50 else 1900) if number < 100 else 0
    if one > 12:
        when = date(number, two, one)
    elif two > 12 or one == two:
        when = date(number, one, two)
    else:
        return Meaning("DATE", "", None, "day and month could stand either way round")
    return Meaning("DATE", when.isoformat(), days.day(when), "a full date")


def month_first(match: Match, frame: Frame) -> Meaning | None:
    """July 12; Sunday (July 12); May 28, 2019; July 12-13; June 30 to July 2, 2018."""
    first = month_of(match["m"])
    return _date_range(match, frame, first, month_of(match["m2"]) if match["m2"] else first)


def day_first(match: Match, frame: Frame) -> Meaning | None:
    """12 July; 28 May 2019; 28 to 30 May; 30 June to 2 July 2018; the 5th of November."""
    last = month_of(match["m2"])
    return _date_range(match, frame, month_of(match["m"]) if match["m"] else last, last)


def _date_range(match: Match, frame: Frame, first_month: int, last_month: int) -> Meaning | None:
    first_day = day_of(match["d"])
    last_day = day_of(match["d2"]) if match["d2"] else first_day
    over = 1 if (last_month, last_day) < (first_month, first_day) else 0
    if over and first_month == last_month:
        return None

    def make(number: int) -> Days:
        return date(number, first_month, first_day), date(number + over, last_month, last_day)

    if match["y"]:
        found, note = make(int(match["y"]) - over), "a full date"
    else:
        found = _by_weekday(match["w"], frame, make) or _near(frame, make, 60)
        note = f"its year {_told_year(frame)}"
    value = found[0].isoformat() + ("" if found[0] == found[1] else "/" + found[1].isoformat())
    return Meaning("DATE", value, found, note)


def _by_weekday(word: str | None, frame: Frame, make: Callable[[int], Days]) -> Days | None:
    """The year, within one of publication, in which the date falls on the weekday given with it."""
    if not word:
        return None
    fitting = []
    for number in (frame.day.year, frame.day.year - 1, frame.day.year + 1):
        try:
            found = make(number)
        except ValueError:
            continue
        if found[0].weekday() == WEEKDAYS[word]:
            fitting.append(found)
    return fitting[0] if len(fitting) == 1 else None


def month_and_year(match: Match, frame: Frame) -> Meaning | None:
    """June 2017; early June 2017."""
    found = days.month(int(match["y"]), month_of(match["m"]))
    return Meaning("DATE", found[0].isoformat()[:7], found, "a month of a year", "month")


def months_range(match: Match, frame: Frame) -> Meaning | None:
    """March-May 2018; between July and September is two expressions, joined by the event."""
    first = days.month(int(match["y"]), month_of(match["m"]))
    last = days.month(int(match["y"]), month_of(match["m2"]))
    if last[0] < first[0]:
        first = days.month(int(match["y"]) - 1, month_of(match["m"]))
    found = days.hull(first, last)
    return Meaning("DATE", f"{first[0].isoformat()[:7]}/{last[0].isoformat()[:7]}", found, "a range of months", "month")


def bare_month(match: Match, frame: Frame) -> Meaning | None:
    """March; last October; next June; late November: the nearest one by tense, the past one if nothing else tells."""
    number = month_of(match["m"])
    which = (match["which"] or "").lower()
    this = days.month(frame.day.year, number)
    if match["of"]:
        found = days.month(frame.day.year + {"last": -1, "this": 0, "next": 1}[match["of"]], number)
    elif which in ("last", "past", "previous") and this[1] >= frame.day:
        found = days.month(frame.day.year - 1, number)
    elif which in ("next", "coming") or (not which and frame.tense == "future"):
        found = this if this[1] >= frame.day else days.month(frame.day.year + 1, number)
    elif which == "this":
        found = this
    elif which in ("that", "same", "following") and frame.told:
        found = days.month(frame.told[0].year, number)
    else:
        found = this if this[0] <= frame.day else days.month(frame.day.year - 1, number)
    return Meaning("DATE", found[0].isoformat()[:7], found, f"its year {_told_year(frame)}", "month")


# Weekdays and days near publication


def weekday(match: Match, frame: Frame) -> Meaning | None:
    """Tuesday; last Friday; next Monday; late Tuesday; Friday morning; Tuesday to Thursday."""
    found = days.day(_weekday(WEEKDAYS[match["w"]], (match["which"] or "").lower(), frame))
    note = f"the {match['w']} {'on or after' if frame.tense == 'future' or found[0] > frame.day else 'on or before'} publication on {frame.day}"
    if match["w2"]:
        ahead = (WEEKDAYS[match["w2"]] - found[0].weekday()) % 7
        if frame.tense != "future" and days.shifted(found[0], ahead) > frame.day:
            found = days.day(days.shifted(found[0], -7))
        found = found[0], days.shifted(found[0], ahead)
    part = WORDS["parts_of_day"].get((match["time"] or "").lower(), "")
    value = found[0].isoformat() if found[0] == found[1] else f"{found[0].isoformat()}/{found[1].isoformat()}"
    if part:
        return Meaning("TIME", value + (part if part.startswith("T") else "T" + part), found, note)
    return Meaning("DATE", value, found, note)


def _weekday(number: int, which: str, frame: Frame) -> date:
    back = (frame.day.weekday() - number) % 7
    if which in ("next", "coming") or (which == "this" and frame.tense != "past" and back):
        return days.shifted(frame.day, (7 - back) % 7 or 7)
    if which in ("last", "past", "previous"):
        return days.shifted(frame.day, -(back or 7))
    if which in ("following",) and frame.told:
        return days.shifted(frame.told[1], (number - frame.told[1].weekday() - 1) % 7 + 1)
    if frame.tense == "future":
        return days.shifted(frame.day, (7 - back) % 7)  # on its own day a paper still says "will meet on Wednesday"
    return days.shifted(frame.day, -back)


def near_day(match: Match, frame: Frame) -> Meaning | None:
    """today, yesterday, tomorrow, tonight, last night, this morning, the day before yesterday."""
    word = " ".join(match.group().lower().replace("-", " ").split())
    by = 0
    if "yesterday" in word or word.startswith("last"):
        by = -2 if word.startswith("the day before") else -1
    elif "tomorrow" in word:
        by = 2 if word.startswith("the day after") else 1
    when = days.shifted(frame.day, by)
    part = next((code for name, code in WORDS["parts_of_day"].items() if word.endswith(name)), "")
    value = when.isoformat() + ("T" + part if part and not part.startswith("T") else part)
    where = {-2: "two days before", -1: "the day before", 0: "the day of", 1: "the day after", 2: "two days after"}[by]
    return Meaning("TIME" if part else "DATE", value, days.day(when), f"{where} publication on {frame.day}")


def told_day(match: Match, frame: Frame) -> Meaning | None:
    """that day, the same day, the next day, the day before, a day earlier: counted from the day last spoken of."""
    word = " ".join(match.group().lower().split())
    if frame.told is None:
        return Meaning("DATE", "", None, "the day it counts from is not given")
    before = any(mark in word for mark in ("before", "previous", "earlier", "preceding", "eve"))
    after = any(mark in word for mark in ("next", "following", "after", "later"))
    by = -1 if before else 1 if after else 0
    found = days.day(days.shifted(frame.told[0 if before else 1], by)) if by else frame.told
    if (frame.told[1] - frame.told[0]).days > 7:
        return Meaning("DATE", "", None, "the day it counts from is not known well enough")
    return Meaning("DATE", found[0].isoformat(), found, f"counted from {frame.told[0]}")


# Units: this week, last year, two months ago


def _span_of(unit: str, when: date, by: int) -> tuple[str, Days, str]:
    """TimeML value, days and grain of the calendar ``unit`` that lies ``by`` units from the one holding ``when``."""
    if unit in ("day", "night"):
        found = days.day(days.shifted(when, by))
        return found[0].isoformat(), found, "day"
    if unit in ("week", "fortnight", "weekend"):
        found = days.week(days.shifted(when, 7 * by * (2 if unit == "fortnight" else 1)))
        value = _iso_week(found[0])
        if unit == "weekend":
            return value + "-WE", (days.shifted(found[0], 5), found[1]), "week"
        return value, found, "week"
    if unit == "month":
        found = days.month(*days.months_on(when, by))
        return found[0].isoformat()[:7], found, "month"
    if unit == "quarter":
        at = days.months_on(when, 3 * by)
        found = days.quarter(at[0], (at[1] + 2) // 3)
        return f"{at[0]}-Q{(at[1] + 2) // 3}", found, "month"
    if unit == "decade":
        first = when.year // 10 * 10 + 10 * by
        return str(first // 10), days.decade(first), "year"
    if unit == "century":
        number = when.year // 100 + 1 + by
        return str(number - 1), days.century(number), "year"
    return f"{when.year + by:04d}", days.year(when.year + by), "year"


def this_unit(match: Match, frame: Frame) -> Meaning | None:
    """last year, this week, next month, late last year, earlier this month, that year, the same week."""
    unit, which = match["u"].lower(), match["which"].lower()
    start = frame.day
    if which in ("that", "same", "following", "previous", "preceding"):
        if frame.told is None:
            if which not in ("previous", "preceding", "following"):
                return Meaning("DATE", "", None, "the time it counts from is not given")
        else:
            start = frame.told[0]
    by = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    if unit == "day" and which in ("this", "that", "same"):
        return told_day(match, frame)
    if unit == "weekend" and which in ("last", "past"):
        by = -1
    value, found, grain = _span_of(unit, start, by)
    if which in ("past",) and unit != "weekend":
        return past_units(match, frame)
    return Meaning("DATE", value, found, f"counted from {start}", grain)


def the_weekend(match: Match, frame: Frame) -> Meaning | None:
    """the weekend: the last one, or the one ahead when the tense says so."""
    found = days.week(frame.day)
    saturday = days.shifted(found[0], 5)
    if frame.tense != "future" and saturday > frame.day:
        saturday = days.shifted(saturday, -7)
    weekend = saturday, days.shifted(saturday, 1)
    return Meaning("DATE", _iso_week(saturday) + "-WE", weekend, f"counted from publication on {frame.day}", "week")


def past_units(match: Match, frame: Frame) -> Meaning | None:
    """the past week, the last three days, the past two months: up to the day of publication."""
    groups = match.groupdict()
    amount = number_of(groups.get("n") or "one")
    unit = unit_of(match["u"])
    letter = UNITS.get("day" if unit == "weekend" else unit, "D")
    value = duration_value(amount, letter)
    if amount is None or letter.startswith("T"):
        return Meaning("DURATION", value, None, "how long is not said" if amount is None else "a part of a day")
    first = _back(frame.day, unit, amount)
    return Meaning("DURATION", value, (first, frame.day), f"up to publication on {frame.day}", _grain(unit))


def _back(when: date, unit: str, amount: float) -> date:
    """The day ``amount`` units before ``when`` (after, when negative)."""
    if unit in ("day", "night", "week", "fortnight", "weekend"):
        return days.shifted(when, -round(amount * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1)))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    year, number = days.months_on(when, -round(amount * months))
    if year < 1 or year > 9999:
        raise ValueError("beyond the calendar")
    return date(year, number, min(when.day, days.month(year, number)[1].day))


def _grain(unit: str) -> str:
    return {
        "day": "day",
        "night": "day",
        "week": "week",
        "fortnight": "week",
        "weekend": "week",
        "month": "month",
        "quarter": "month",
    }.get(unit, "year")


def ago(match: Match, frame: Frame) -> Meaning | None:
    """17 years ago, two weeks ago, a decade ago: the unit that lies so far back; "more than" or "several" leave it open."""
    return _counted(match, frame, days.day(frame.day), back=True, origin=f"publication on {frame.day}")


def counted_from_told(match: Match, frame: Frame) -> Meaning | None:
    """three days later, a year earlier: counted from the day last spoken of."""
    back = match["dir"].lower() in ("earlier", "before", "previously", "beforehand")
    if frame.told is None:
        return Meaning("DATE", "", None, "the day it counts from is not given")
    return _counted(match, frame, frame.told, back=back, origin=f"{frame.told[0]}")


def _counted(match: Match, frame: Frame, start: Days, *, back: bool, origin: str) -> Meaning | None:
    amount, unit = number_of(match["n"]), unit_of(match["u"])
    if amount is None or UNITS.get(unit, "D").startswith("T") and amount is None:
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, "how long is not said", "vague")
    if unit in ("hour", "minute", "second"):
        when = start[0]
        return Meaning("TIME", "", days.day(when) if amount <= 3 else None, f"counted from {origin}")
    edge = start[0] if back else start[1]
    when = _back(edge, unit, amount if back else -amount)
    value, found, grain = _span_of("year" if unit in ("decade", "century") else unit, when, 0)
    if match["about"] and match["about"].strip().lower() in (
        "more than",
        "less than",
        "at least",
        "over",
        "up to",
        "just over",
        "just under",
    ):
        return Meaning("DATE", value, None, "only a bound is said", grain)
    return Meaning("DATE", value, found, f"counted {'back' if back else 'on'} from {origin}", grain)


def in_units(match: Match, frame: Frame) -> Meaning | None:
    """in two weeks, within three days: ahead, counted from publication, when the tense is future."""
    if frame.tense != "future":
        return duration(match, frame)
    return _counted(match, frame, days.day(frame.day), back=False, origin=f"publication on {frame.day}")


def counted_from_event(match: Match, frame: Frame) -> Meaning | None:
    """two years before the war, three days after the coup: counted from something whose date is not in the words."""
    meaning = duration(match, frame)
    assert meaning is not None
    return Meaning("DURATION", meaning.value, None, "it counts from an event whose date is not given")


# Lengths, sets, references


def duration_value(amount: float | None, letter: str) -> str:
    """TimeML's value of a length: P3D, PT5H, P10Y, PXM."""
    if letter.startswith("T"):
        prefix, letter = "PT", letter[1:]
    else:
        prefix = "P"
    if len(letter) > 1:
        amount, letter = (None if amount is None else amount * int(letter[1:])), letter[0]
    if amount is None:
        return f"{prefix}X{letter}"
    if amount != int(amount) and prefix == "PT" and letter == "H":
        return f"PT{int(amount)}H30M"
    return f"{prefix}{int(amount) if amount == int(amount) else amount}{letter}"


def duration(match: Match, frame: Frame) -> Meaning | None:
    """three days, a two-week stay, years, several months: how long, not when."""
    groups = match.groupdict()
    amount = number_of(groups["n"]) if groups.get("n") else 1.0 if groups.get("u2") else None
    return Meaning(
        "DURATION", duration_value(amount, UNITS[unit_of(match["u"] or match["u2"])]), None, "says how long, not when"
    )


def vague_units(match: Match, frame: Frame) -> Meaning | None:
    """in recent weeks, the coming years."""
    return Meaning("DURATION", duration_value(None, UNITS[unit_of(match["u"])]), None, "how long is not said", "vague")


def every(match: Match, frame: Frame) -> Meaning | None:
    """daily, every day, each week, every Friday, annually."""
    if match["set"]:
        return Meaning("SET", WORDS["sets"][match["set"].lower()], None, "happens again and again")
    if match["u"]:
        return Meaning(
            "SET",
            duration_value(number_of(match["n"] or "one"), UNITS[unit_of(match["u"])]),
            None,
            "happens again and again",
        )
    return Meaning("SET", "XXXX-WXX-" + str(WEEKDAYS[match["w"]] + 1), None, "happens again and again")


def reference(match: Match, frame: Frame) -> Meaning | None:
    """now, recently, the future."""
    word = " ".join(match.group().lower().split())
    return Meaning("DATE", WORDS["references"][word], None, "no date is said", "vague")


def clock(match: Match, frame: Frame) -> Meaning | None:
    """10:35 a.m.; 9 a.m. Tuesday; 4 in the morning."""
    hour, minute = int(match["h"]), int(match["min"] or 0)
    half = (match["half"] or "").replace(".", "").lower() or (
        "pm" if match["part"] and match["part"].lower() != "morning" else ""
    )
    if hour > 23 or minute > 59:
        return None
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    found: Days | None = None
    if match["w"]:
        found = days.day(_weekday(WEEKDAYS[match["w"]], "", frame))
    elif frame.told:
        found = frame.told
    at = f"T{hour:02d}:{minute:02d}"
    if found is None:
        return Meaning("TIME", frame.day.isoformat() + at, None, "a time of a day that is not given")
    return Meaning("TIME", found[0].isoformat() + at, found, f"counted from publication on {frame.day}")


def part_of_day(match: Match, frame: Frame) -> Meaning | None:
    """at noon, at midnight: a time of the day last spoken of."""
    return Meaning(
        "TIME",
        frame.day.isoformat() + WORDS["parts_of_day"][match["part"]],
        frame.told,
        "a time of a day that is not given",
    )


# Years and more


def bare_year(match: Match, frame: Frame) -> Meaning | None:
    """2001; late 2001; 2015-2017; 2015/16."""
    first = int(match["y"])
    last = first
    if match["y2"]:
        last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
        if last <= first or last - first > 60:
            return None
    found = days.hull(days.year(first), days.year(last))
    value = str(first) if first == last else f"{first}/{last}"
    return Meaning("DATE", value, found, "a year" if first == last else "a range of years", "year")


def decade(match: Match, frame: Frame) -> Meaning | None:
    """the 1980s, the late 1990s, the '90s."""
    digits = match["dec"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Meaning("DATE", str(first // 10), days.decade(first), "a decade", "year")


def century(match: Match, frame: Frame) -> Meaning | None:
    """the 19th century, the twentieth century."""
    number = day_of(match["num"]) if match["num"][0].isdigit() else int(WORDS["centuries"][match["num"].lower()])
    return Meaning("DATE", str(number - 1), days.century(number), "a century", "year")


def part_of_year(match: Match, frame: Frame) -> Meaning | None:
    """the first quarter of 2019, Q3 2018, the second half of last year."""
    number = int(match["q"]) if match["q"] else WORDS["ordinals"][match["ord"].lower()]
    of_year = match["y"]
    if of_year:
        at = int(of_year)
    else:
        at = frame.day.year + {"last": -1, "next": 1}.get((match["which"] or "this").lower(), 0)
    if match["half"]:
        if number > 2:
            return None
        return Meaning("DATE", f"{at}-H{number}", days.half(at, number), "half a year", "month")
    return Meaning("DATE", f"{at}-Q{number}", days.quarter(at, number), "a quarter of a year", "month")


def season(match: Match, frame: Frame) -> Meaning | None:
    """spring 2018, last fall, this summer, in the winter of 1979."""
    first_month, code = SEASONS[match["s"].lower()]
    which = (match["which"] or "").lower()
    if (
        not which
        and not match["y"]
        and not re.search(r"\b(?:in|during|since|until|by|of) (?:the )?$", match.string[: match.start()])
    ):
        return None  # to spring, to fall
    this = days.season(frame.day.year, first_month)
    if match["y"]:
        found = days.season(int(match["y"]), first_month)
    elif which in ("last", "past", "previous"):
        found = this if this[1] < frame.day else days.season(frame.day.year - 1, first_month)
    elif which in ("next", "coming") or frame.tense == "future":
        found = (
            this
            if this[0] > frame.day or (which != "next" and this[1] >= frame.day)
            else days.season(frame.day.year + 1, first_month)
        )
    elif which == "this":
        found = this
    else:
        found = this if this[0] <= frame.day else days.season(frame.day.year - 1, first_month)
    note = "a season of a year" if match["y"] else f"its year {_told_year(frame)}"
    return Meaning("DATE", f"{found[0].year}-{code}", found, note, "month")


def holiday(match: Match, frame: Frame) -> Meaning | None:
    """Christmas, Thanksgiving, Easter Sunday; last Christmas."""
    name = next(key for key in _HOLIDAYS if key.split() == match["name"].split())

    def make(number: int) -> Days:
        if name in WORDS["holidays"]:
            month, day = WORDS["holidays"][name]
            return days.day(date(number, month, day))
        if name in WORDS["easter"]:
            return days.day(days.shifted(days.easter(number), WORDS["easter"][name]))
        return days.day(days.nth_weekday(number, *WORDS["movable_holidays"][name]))

    found = make(int(match["y"])) if match["y"] else _near(frame, make, 60)
    return Meaning("DATE", found[0].isoformat(), found, "a holiday" if match["y"] else f"its year {_told_year(frame)}")


_HOLIDAYS: list[str] = sorted([*WORDS["holidays"], *WORDS["movable_holidays"], *WORDS["easter"]], key=len, reverse=True)
_SETS = "|".join(WORDS["sets"])
_REFERENCES = alternatives(WORDS["references"])

_FULL_WEEKDAY = rf"(?:{alternatives([name for name in WEEKDAYS if name.endswith('day')])})\b"
_BOUND = r"(?i:(?:(?:more|less|fewer)\s+than|at\s+least|at\s+most|over|up\s+to)\s+)?"
_MORE = r"(?:(?i:more|full|straight|consecutive)\s+)?"
_EARLY = r"(?:(?i:early|mid|late)[-\s]+)?"

RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?<![\d-])(?P<y>{_Y})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", iso_date),
        (r"(?<![\d/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/])", numeric_date),
        (
            rf"\b(?:(?P<w>{_W})(?:\.?,\s+|\s+|\s*\(\s*))?(?P<m>{_M})\s+(?P<d>{_D})"
            rf"(?:{_TO}(?:(?P<m2>{_M})\s+)?(?P<d2>{_D}))?(?:,?\s+(?P<y>{_Y}))?",
            month_first,
        ),
        (
            rf"\b(?:(?P<w>{_W})(?:\.?,\s+|\s+|\s*\(\s*))?(?P<d>{_D})"
            rf"(?:(?:\s+(?P<m>{_M}))?{_TO}(?P<d2>{_D}))?\s+(?:of\s+)?(?P<m2>{_M})(?:,?\s+(?P<y>{_Y}))?",
            day_first,
        ),
        (rf"\b(?:{_PART})?(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})", month_and_year),
        (rf"\b(?P<m>{_M})(?:{_DASH}|\s+to\s+)(?P<m2>{_M})\s+(?P<y>{_Y})", months_range),
        (
            rf"\b(?:{_PART})?(?:(?P<which>{_WHICH})\s+)?(?P<bare_month>(?P<m>{_M}))(?!\.?\s+\d)"
            r"(?=(?:\s+(?:of\s+)?(?P<of>this|last|next)\s+year)?)",
            bare_month,
        ),
        (
            rf"\b(?:(?P<which>{_WHICH})\s+)?(?P<bare_weekday>(?P<w>{_FULL_WEEKDAY}))"
            rf"(?:\s+(?:(?:to|through)\s+(?P<w2>{_FULL_WEEKDAY})|(?:early\s+|late\s+)?(?P<time>{_TIME})))?",
            weekday,
        ),
        (
            r"\b(?i:the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|(?:early\s+|late\s+)?(?:yesterday|tomorrow|today)"
            r"(?:\s+(?:morning|afternoon|evening|night))?|tonight|last\s+night|(?:earlier\s+|late\s+)?this\s+"
            r"(?:morning|afternoon|evening))\b",
            near_day,
        ),
        (
            r"\b(?i:(?:earlier|later)\s+(?:that|the\s+same)\s+day|that\s+(?:same\s+)?day|(?:the\s+)?same\s+day"
            r"|(?:the\s+)?(?:next|following|previous|preceding)\s+(?:day|morning|afternoon|evening|night)|the\s+day\s+(?:before|after)(?!\s+(?:yesterday|tomorrow))"
            r"|(?:a|one)\s+day\s+(?:earlier|later|before|after))\b",
            told_day,
        ),
        (
            rf"\b(?:(?i:the)\s+(?=(?i:same|following|previous|preceding|past)))?(?:{_PART})?(?P<which>{_WHICH})\s+(?P<u>{_BIG})(?!-)",
            this_unit,
        ),
        (r"\b(?i:the|this)\s+(?P<u>(?i:weekend))\b", the_weekend),
        (rf"\b(?:(?i:the)\s+)?(?i:last|past|previous)\s+(?:(?P<n>{_N})|{_VAGUE})\s+(?P<u>{_U})", past_units),
        (rf"\b(?P<about>{_ABOUT})(?P<n>{_N}|{_VAGUE})[\s-]+(?P<u>{_U})\s+(?i:ago)\b", ago),
        (
            rf"\b(?P<about>{_ABOUT})(?P<n>{_N}|{_VAGUE})\s+(?P<u>{_U})\s+(?P<dir>(?i:earlier|later|beforehand|previously))\b",
            counted_from_told,
        ),
        (rf"(?<=\b[Ii]n\s)(?P<about>{_ABOUT})(?P<n>{_N})\s+(?P<u>{_U})(?!\s+(?i:ago|later|earlier))", in_units),
        (rf"\b{_BOUND}(?P<n>{_N}|{_VAGUE})[\s-]+{_MORE}(?P<u>{_U})(?=\s+(?i:before|after)\b)", counted_from_event),
        (rf"\b{_BOUND}(?P<n>{_N}|{_VAGUE})[\s-]+{_MORE}(?P<u>{_U})(?:-(?i:long)\b)?(?![\s-]+(?i:old)\b)", duration),
        (
            r"\b(?P<u>(?i:weeks|days|months|years|decades|hours))\b(?:-(?i:long)\b)?(?!-)|\b(?P<u2>(?i:day|week|month|year))-(?i:long)\b",
            duration,
        ),
        (rf"\b(?:(?i:the)\s+)?(?i:recent|coming)\s+(?P<u>{_U})", vague_units),
        (
            rf"\b(?P<set>(?i:{_SETS}))\b|\b(?i:every|each)\s+(?:(?:(?P<n>{_N})\s+)?(?P<u>{_U})|(?P<w>{_FULL_WEEKDAY}))",
            every,
        ),
        (rf"\b(?i:{_REFERENCES})\b(?!\s+(?:{_N}|{_VAGUE}|{_U}|{_BIG}))", reference),
        (
            rf"(?<![\d:.$£€])(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?\s?(?:(?P<half>(?i:[ap]\.?m)\b\.?)"
            rf"|(?i:in\s+the\s+(?P<part>morning|afternoon|evening))|(?<=:\d\d)(?!\d))"
            rf"(?:\s+(?:[A-Z]{{3,4}}\b|local\s+time))?(?:,?\s+(?:on\s+)?(?P<w>{_FULL_WEEKDAY}))?",
            clock,
        ),
        (r"(?<=\b[Aa]t\s)(?P<part>midnight|midday|noon)\b", part_of_day),
        (rf"\b(?:{_PART})?(?P<bare_year>(?P<y>{_Y}))(?:[-–/](?P<y2>(?:(?:1\d|20)\d\d|\d\d)(?!\d)))?(?!\w)", bare_year),
        (rf"(?:\b(?:(?i:the)\s+)?{_EARLY})?(?P<dec>\b(?:1[5-9]|20)\d0|(?<=['’])\d0)['’]?s\b", decade),
        (
            rf"\b(?:(?i:the)\s+)?{_EARLY}(?P<num>[12]?\d(?i:st|nd|rd|th)|(?i:{alternatives(WORDS['centuries'])}))[\s-](?i:century)\b",
            century,
        ),
        (
            rf"\b(?:(?i:the)\s+)?(?:(?P<ord>(?i:first|second|third|fourth))\s+(?:(?i:quarter)|(?P<half>(?i:half)))|Q(?P<q>[1-4]))"
            rf"(?:\s+of)?\s+(?:(?P<y>{_Y})|(?P<which>(?i:last|this|next))\s+(?i:year)|(?i:the\s+year))",
            part_of_year,
        ),
        (rf"\b(?:{_PART})?(?:(?P<which>{_WHICH})\s+)?(?P<s>{_SEASON})(?:(?:\s+of)?\s+(?P<y>{_Y}))?", season),
        (rf"\b(?:(?i:last|this|next)\s+)?(?P<name>{alternatives(_HOLIDAYS)})\b(?:,?\s+(?P<y>{_Y}))?", holiday),
    )
)
