"""Days that the world's news keeps counting from, and terms of office: history.toml, asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_FORMER = re.compile(
    r"(?:former|ex|then|late|ousted|previous|deposed|past|one-time|vice|deputy|interim|acting|under|of)[- ]"
    r"(?:\w+[- ])?(?:\w+'?s? )?$"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A day that texts refer to by a name; ``both`` are patterns that must be met as well."""

    name: str
    day: date
    pattern: re.Pattern[str]
    both: tuple[re.Pattern[str], ...] = ()

    def named_in(self, words: str) -> bool:
        return bool(self.pattern.search(words)) and all(pattern.search(words) for pattern in self.both)


@dataclass(frozen=True, slots=True)
class Term:
    """The time for which somebody, named as in the text, held an office; ``last`` is None while it lasts."""

    holder: str
    first: date
    last: date | None


def remembered(words: str) -> Event | None:
    """The event of history that a sentence (in small letters) names, the first of the table."""
    return next((event for event in _events("event") if event.named_in(words)), None)


def latest_novelty(words: str) -> Event | None:
    """The latest of the things named that nobody could speak of before a certain day."""
    named = [event for event in _events("unknown_before") if event.named_in(words)]
    return max(named, key=lambda event: event.day, default=None)


def terms(words: str) -> Iterator[Term]:
    """The terms of the office-holders named with their office, unless they are called former."""
    offices, holders = _holders()
    for found in offices.finditer(words):
        if _FORMER.search(words[max(0, found.start() - 28) : found.start()]):
            continue
        for pattern, first, last in holders:
            named = pattern.match(words, found.start(), found.start() + 60)
            if named:
                yield Term(named.group().title(), first, last)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "history.toml").read_text(encoding="utf-8"))


@cache
def _events(kind: str) -> tuple[Event, ...]:
    return tuple(
        Event(
            row["name"],
            date.fromisoformat(row["day"]),
            re.compile(row["pattern"]),
            tuple(re.compile(pattern) for pattern in row.get("both", [])),
        )
        for row in _data()[kind]
    )


@cache
def _holders() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], date, date | None], ...]]:
    """A pattern of all offices, and one for each holder of an office with the term's first and last day."""
    rows = [row for country in _data()["terms"].values() for row in country]
    offices = "|".join(sorted({office for office, *_ in rows}))
    holders = tuple(
        (re.compile(rf"{office} (?:{name})\b"), date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for office, name, first, last in rows
    )
    return re.compile(rf"\b(?:{offices}) "), holders
