"""Notices of a site on its pages: lines and sentences that are told apart by their own words (sections_notices.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.text.layout import Line

LONGEST_NOTICE = 260  # characters: longer lines are prose, and no pattern of a whole line is tried on them
LONGEST_SMALL_PRINT = 120  # words of a longer line that may still begin as a notice does
TEASER_WORDS = 12  # "Read more: ..." is short or has no full stop; "Read more slowly, she told them." is prose
_OPENING_SIGNS = "[({*•·→»›>-–| \"'"  # stand before "Read also" on many pages


@dataclass(frozen=True, slots=True)
class Notice:
    """A form of notice: its name, and what a reader is told about a line that has it."""

    name: str
    because: str


def notice_of(row: Line) -> Notice | None:
    """The form of notice that a line is by its own words, wherever it stands, or None."""
    if len(row.text) > LONGEST_NOTICE:
        return _first("start", row.plain[:LONGEST_NOTICE]) if row.words <= LONGEST_SMALL_PRINT else None
    found = _first("whole", row.plain) or _first("start", row.plain) or _first("inside", row.plain)
    if found is None and not row.ends:
        found = _first("label", row.plain)
    if found is None and _is_short(row):
        found = _first("teaser", row.plain.lstrip(_OPENING_SIGNS))
    return found


def notice_below(row: Line) -> Notice | None:
    """The form of notice that a line below the first paragraph is; a headline may have the same form."""
    return _first("later", row.plain.lstrip(_OPENING_SIGNS)) if _is_short(row) else None


def notice_at_foot(row: Line) -> Notice | None:
    """The form of notice that one of the last lines of a page is."""
    return _first("foot", row.plain[:LONGEST_NOTICE].lstrip(_OPENING_SIGNS))


def notice_in(words: str) -> Notice | None:
    """The form of notice that a sentence inside a paragraph (``layout.plain``) is: pages glue them to the text."""
    if len(words) > LONGEST_NOTICE:
        return None
    return _first("inside", words) or _first("glued", words)


def _is_short(row: Line) -> bool:
    return len(row.text) <= LONGEST_NOTICE and (row.words <= TEASER_WORDS or not row.ends)


def _first(where: str, words: str) -> Notice | None:
    """The first form whose patterns of this kind match: one pattern for all forms settles the common case."""
    every, single = _patterns(where)
    if not _matches(every, where, words):
        return None
    return next((notice for notice, pattern in single if _matches(pattern, where, words)), None)


def _matches(pattern: re.Pattern[str], where: str, words: str) -> bool:
    if where in ("whole", "glued"):
        return bool(pattern.fullmatch(words))
    return bool(pattern.search(words) if where == "inside" else pattern.match(words))


@cache
def _patterns(where: str) -> tuple[re.Pattern[str], tuple[tuple[Notice, re.Pattern[str]], ...]]:
    """All patterns of one kind as one, and those of each form."""
    data = tomllib.loads((Path(__file__).parent / "sections_notices.toml").read_text(encoding="utf-8"))
    forms = [(Notice(form["name"], form["because"]), form[where]) for form in data["notice"] if where in form]
    every = [pattern for _, patterns in forms for pattern in patterns]
    return _joined(every), tuple((notice, _joined(patterns)) for notice, patterns in forms)


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)")
