"""What a time expression is read with: its words, the frame it stands in, and the meaning it comes to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

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
    """What a pattern made of its words. ``days`` is None when not to be told; ``note`` says why, or how they were."""

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
HOLIDAYS: list[str] = sorted([*WORDS["holidays"], *WORDS["movable_holidays"], *WORDS["easter"]], key=len, reverse=True)


def alternatives(words: list[str] | dict[str, Any]) -> str:
    """The words as one regular expression, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


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


def iso_week(when: date) -> str:
    """The week of a year as the labelled news writes it: 2000-W7."""
    number = when.isocalendar()
    return f"{number.year}-W{number.week}"


JUST_GONE = 45
"""Days within which a day that was planned for is taken to have gone by, where the year is not told."""

JUST_AHEAD = 21
"""Days within which a date without a year lies ahead even beside a verb in the past: "was set for January 14"."""


def nearest(frame: Frame, make: Callable[[int], Days], grain_days: int) -> Days:
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
    if not before or not after:
        return (after or choices)[0]
    ahead, behind = (after[0][0] - frame.day).days, (frame.day - before[-1][1]).days
    if frame.tense == "future" and not (behind <= JUST_GONE and ahead > 365 - JUST_GONE - 31):
        return after[0]  # but "was to start on April 20", told on April 21, is no plan for next year
    soon = grain_days if frame.tense is None else JUST_AHEAD
    if frame.tense != "future" and 0 < ahead <= soon and behind > 300 - grain_days:
        return after[0]  # who speaks of last year's January 14 on January 5 says so
    return before[-1]


def counted_from(frame: Frame) -> str:
    return f"counted from publication on {frame.day}"
