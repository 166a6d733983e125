"""Reading functions of units and lengths: last year, two weeks ago, three days. See ``timex_patterns``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from geo.claims import days
from geo.claims.days import Days
from geo.claims.timex_dates import told_day, which_weekday
from geo.claims.timex_frame import UNITS, WEEKDAYS, WORDS, Frame, Match, Meaning, iso_week, number_of, unit_of

LONGEST_ORIGIN = {"day": 3, "week": 14, "month": 31, "year": 366}
"""Days that the time counted from may cover, by the unit counted in: "two days later" than a month is no day."""

_OF_ITS_KIND = re.compile(WORDS["tense"]["of_its_kind"], re.IGNORECASE)
"""Before "in four years", when it looks back: "for the first time in", "the biggest rally in"."""


def _span_of(unit: str, when: date, by: int) -> tuple[str, Days, str]:
    """TimeML value, days and grain of the calendar ``unit`` that lies ``by`` units from the one holding ``when``."""
    if unit in ("day", "night"):
        found = days.day(days.shifted(when, by))
        return found[0].isoformat(), found, "day"
    if unit in ("week", "fortnight", "weekend"):
        found = days.week(days.shifted(when, 7 * by * (2 if unit == "fortnight" else 1)))
        value = iso_week(found[0])
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
        return f"{first // 10}X", days.decade(first), "year"
    if unit == "century":
        number = when.year // 100 + 1 + by
        return str(number - 1), days.century(number), "year"
    return f"{when.year + by:04d}", days.year(when.year + by), "year"


def this_unit(match: Match, frame: Frame) -> Meaning | None:
    """last year, this week, next month, late last year, earlier this month, that year, the same week."""
    unit, which = match["u"].lower(), match["which"].lower()
    start = frame.day
    retold = which == "next" and match.group().lower().startswith("the ") and frame.told and frame.tense == "past"
    if retold or which in ("that", "same", "following", "previous", "preceding"):
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


def part_of_unit(match: Match, frame: Frame) -> Meaning | None:
    """the end of the month, the start of the year: of the time of publication."""
    value, found, grain = _span_of(match["u"].lower(), frame.day, 0)
    return Meaning("DATE", value, found, f"counted from publication on {frame.day}", grain)


def the_weekend(match: Match, frame: Frame) -> Meaning | None:
    """the weekend: the last one, or the one ahead when the tense says so."""
    found = days.week(frame.day)
    saturday = days.shifted(found[0], 5)
    if frame.tense != "future" and (saturday > frame.day or (frame.tense == "past" and saturday == frame.day)):
        saturday = days.shifted(saturday, -7)
    weekend = saturday, days.shifted(saturday, 1)
    return Meaning("DATE", iso_week(saturday) + "-WE", weekend, f"counted from publication on {frame.day}", "week")


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
    """17 years ago, two weeks ago, a decade ago: the unit that lies so far back; "more than" or "several" leave it."""
    return _counted(match, frame, days.day(frame.day), back=True, origin=f"publication on {frame.day}")


def counted_from_told(match: Match, frame: Frame) -> Meaning | None:
    """three days later, a year earlier: counted from the day last spoken of."""
    back = match["dir"].lower() in ("earlier", "before", "previously", "beforehand")
    if frame.told is not None and (frame.told[1] - frame.told[0]).days > LONGEST_ORIGIN.get(
        _grain(unit_of(match["u"])), 1
    ):
        return Meaning("DATE", "", None, "the day it counts from is not known well enough")
    if frame.told is None:
        return Meaning("DATE", "", None, "the day it counts from is not given")
    return _counted(match, frame, frame.told, back=back, origin=f"{frame.told[0]}")


def from_origin(words: str, back: bool, origin: Days) -> tuple[str, Days, str] | None:
    """TimeML value, days and grain of "two years" before or after the days of ``origin``; None when not to be told."""
    parts = words.replace("-", " ").split()
    amount, unit = number_of(parts[-2]) if len(parts) > 1 else None, unit_of(parts[-1])
    if amount is None or len(parts) > 2 or UNITS.get(unit, "T").startswith("T"):
        return None
    if (origin[1] - origin[0]).days > LONGEST_ORIGIN[_grain(unit)]:
        return None
    when = _back(origin[0] if back else origin[1], unit, amount if back else -amount)
    return _span_of("year" if unit in ("decade", "century") else unit, when, 0)


def from_now(match: Match, frame: Frame) -> Meaning | None:
    """ten days from now: ahead of publication, whatever the tense."""
    return _counted(match, frame, days.day(frame.day), back=False, origin=f"publication on {frame.day}")


def on_this_day(match: Match, frame: Frame) -> Meaning | None:
    """a year ago today, two weeks from tomorrow: the very day."""
    amount, unit = number_of(match["n"]), unit_of(match["u"])
    if amount is None or UNITS.get(unit, "T").startswith("T"):
        return None
    start = days.shifted(frame.day, {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0))
    found = days.day(_back(start, unit, amount if match["dir"].lower() == "ago" else -amount))
    return Meaning("DATE", found[0].isoformat(), found, f"counted from publication on {frame.day}")


def unit_beside(match: Match, frame: Frame) -> Meaning | None:
    """the week after, the month before: counted from the time last spoken of; the year before last: from publication."""
    unit, back = match["u"].lower(), match["dir"].lower() == "before"
    if match["last"]:
        value, found, grain = _span_of(unit, frame.day, -2 if back else 2)
        return Meaning("DATE", value, found, f"counted from publication on {frame.day}", grain)
    if unit == "night":
        return None  # "the night before": a day that told_day counts
    if frame.told is None or (frame.told[1] - frame.told[0]).days > LONGEST_ORIGIN[_grain(unit)]:
        return Meaning("DATE", "", None, "the time it counts from is not given")
    value, found, grain = _span_of(unit, frame.told[0 if back else 1], -1 if back else 1)
    return Meaning("DATE", value, found, f"counted from {frame.told[0]}", grain)


def told_part(match: Match, frame: Frame) -> Meaning | None:
    """that evening, later the same night: a part of the day last spoken of."""
    code = "T" + WORDS["parts_of_day"][match["time"].lower()]
    if frame.told is None or frame.told[1] != frame.told[0]:
        return Meaning("TIME", "", None, "the day it belongs to is not given")
    return Meaning("TIME", frame.told[0].isoformat() + code, frame.told, f"on the day last spoken of, {frame.told[0]}")


def told_then(match: Match, frame: Frame) -> Meaning | None:
    """since then: the time last spoken of, as precise as it was told."""
    if frame.told is None:
        return None
    wide = (frame.told[1] - frame.told[0]).days
    grain = "day" if wide < 7 else "month" if wide < 32 else "year"
    return Meaning("DATE", frame.told[0].isoformat(), frame.told, f"the time last spoken of, {frame.told[0]}", grain)


def _counted(match: Match, frame: Frame, start: Days, *, back: bool, origin: str) -> Meaning | None:
    amount, unit = number_of(match["n"]), unit_of(match["u"])
    if amount is None and UNITS.get(unit, "D").startswith("T") and back:
        return Meaning("TIME", "PAST_REF", days.day(start[0]), f"counted back from {origin}")
    if amount is None:
        return Meaning("DATE", "PAST_REF" if back else "FUTURE_REF", None, "how long is not said", "vague")
    if unit in ("hour", "minute", "second"):
        near = amount <= 3 and (start[1] - start[0]).days <= LONGEST_ORIGIN["day"]
        return Meaning("TIME", "", start if near else None, f"counted from {origin}")
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
    if frame.tense != "future" or _OF_ITS_KIND.search(match.string[: match.start()][-60:]):
        meaning = duration(match, frame)
        return replace(meaning, note="how long it took, or how far ahead it lies, is not clear") if meaning else None
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
        found = days.day(which_weekday(WEEKDAYS[match["w"]], "", frame))
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
