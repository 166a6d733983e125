"""The date line beside a headline, and the dateline that opens an agency's report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geo.text.datewords import StatedDate, is_date_line, stated_dates, week_line
from geo.text.layout import plain
from geo.text.page import Block
from geo.text.span import Span

LONGEST_LINE = 200
LONGEST_OPENING = 130
_AFTER = re.compile(
    r"[\s,.)\]]*(?:\([^()]{1,40}\)|/[^/]{1,40}/|[A-Z][\w/. ]{1,20})?[\s.]*(?:[-–—]{1,3}|:|\(.{1,30}\)|/)(?!\s*\d)"
)
_ENTRIES = re.compile(r"\s*[|·•]\s*|\s+[-–—/]\s+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A full date in a byline or date line.

    ``rank`` is 0 where it says "published", 2 where it says "updated", 1 where it says neither; ``below``: it stands
    below the beginning of the article.
    """

    stated: StatedDate
    day: date
    rank: int
    below: bool
    because: str


def full_dates_in(text: str, block: Block) -> Iterator[StatedDate]:
    """The dates with their year that a line states."""
    end = min(block.span.end, block.span.start + LONGEST_LINE)
    return (found for found in stated_dates(text, block.span.start, end) if found.whole)


def date_lines(text: str, blocks: Sequence[Block]) -> list[DateLine]:
    """Every date in the bylines and date lines of a page, and in a row of labels between headline and article."""
    body = next((i for i, block in enumerate(blocks) if block.section == "body"), len(blocks))
    title = next((i for i, block in enumerate(blocks) if block.section == "headline"), len(blocks))
    found: list[DateLine] = []
    for i, block in enumerate(blocks):
        row = title < i < body and block.section in ("boilerplate", "navigation") and _in_a_row(block.span.of(text))
        if (block.section != "byline" and not row) or week_line(block.span.of(text)) is not None:
            continue
        at = block.span.start
        said = " ".join(block.span.of(text)[:90].split())
        for stated in full_dates_in(text, block):
            if stated.whole is not None:
                rank = _rank(text[at : stated.span.start])
                found.append(DateLine(stated, stated.whole, rank, i > body, f'the date line "{said}"'))
                at = stated.span.end
    return found


def _in_a_row(line: str) -> bool:
    """Whether one entry of a row of labels is a date and nothing else: "News / Africa / 14 May 2013"."""
    return len(line) <= LONGEST_LINE and any(is_date_line(part) for part in _ENTRIES.split(line))


def datelines(text: str, blocks: Sequence[Block]) -> Iterator[StatedDate]:
    """The dates, with or without a year, in the datelines of the first paragraphs: ``KAMPALA, May 3 (Agency) --``."""
    for block in [block for block in blocks if block.section in ("body", "caption", "subhead", "byline")][:4]:
        found = _dateline(text, block.span)
        if found is not None:
            yield found


def _dateline(text: str, span: Span) -> StatedDate | None:
    found = next(stated_dates(text, span.start, min(span.end, span.start + LONGEST_OPENING)), None)
    if found is None:
        return None
    before = text[span.start : found.span.start]
    words = _LETTERS.findall(before)
    if len(words) > 8 or any(word[0].islower() and word not in _data()["in_datelines"] for word in words):
        return None
    if "." in before.rstrip(". ") or not _AFTER.match(text, found.span.end, min(span.end, found.span.end + 60)):
        return None
    return found


def says_when_issued(line: str) -> bool:
    """Whether a date line says "published" or the like before its date."""
    found = next(stated_dates(line), None)
    return found is not None and _rank(line[: found.span.start]) == 0


def _rank(before: str) -> int:
    """What stands before a date: 0 "published", 2 "updated", 1 neither."""
    words = plain(before)
    said = [word for word in _LETTERS.findall(words) if _says(word)]
    if not said:
        return 1
    return 0 if _says(said[-1]) == "issue" else 2


def _says(word: str) -> str | None:
    """Whether a word of a date line tells of the issue or of a change."""
    return next((what for what in ("issue", "change") if word.startswith(tuple(_data()[what]))), None)


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "datewords.toml").read_text(encoding="utf-8"))
