"""A page of plain text becomes its lines: where each stands, and what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.text.span import Span

_LINE = re.compile(r"[^\n\r\f\u2028\u2029]+")
_OPENS = re.compile(
    r"By [A-Z]|[A-Z]{3}[A-Z ,]*.{0,60}?(?:--|—|–| - )"
)  # a byline or dateline is never the rest of a line
_FULL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u200b": None, "\ufeff": None}
)
WIDEST_WRAP = 132  # mail and wire services break lines at 60 to 80 characters, some archives at 110
NARROWEST_WRAP = 45
CLEAR_SHARE = 0.4  # of them, when every other line then goes on in small letters
WRAPPED_SHARE = 0.6  # of the line breaks inside blocks must be forced ones, else the breaks are the writer's


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or several that were broken only to fit a width.

    ``gap`` counts the blank lines before it. ``plain`` is its text for comparing: straight quotes, single blanks, no
    capitals. ``ends`` says whether it closes with a full stop, question or exclamation mark.
    """

    span: Span
    gap: int
    text: str
    plain: str
    words: int
    ends: bool


def lines(text: str) -> tuple[Line, ...]:
    """Every line that is not blank, in order, without the blanks around it."""
    rows = _joined(text, _rows(text))
    return tuple(_line(text, span, gap) for span, gap in rows)


def plain(text: str) -> str:
    """The text for comparing: straight quotes and hyphens, single blanks, no capitals."""
    return " ".join(text.translate(_PLAIN).casefold().split())


def _rows(text: str) -> list[tuple[Span, int]]:
    rows: list[tuple[Span, int]] = []
    last = 0
    for found in _LINE.finditer(text):
        row = found.group()
        body = row.strip()
        if not body:
            continue
        start = found.start() + len(row) - len(row.lstrip())
        between = text[last : found.start()]
        breaks = between.count("\n") or between.count("\r") or len(between) - len(between.strip("\f\u2028\u2029"))
        rows.append((Span(start, start + len(body)), max(0, breaks - 1) if rows else 0))
        last = found.end()
    return rows


def _joined(text: str, rows: list[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """Lines broken at a fixed width are put together again."""
    width = max((len(span) for span, _ in rows), default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return rows
    forced = [_forced(text, rows[i][0], rows[i + 1][0], width) and not rows[i + 1][1] for i in range(len(rows) - 1)]
    inside = [i for i in range(len(rows) - 1) if not rows[i + 1][1] and not _FULL_STOP.search(rows[i][0].of(text)[-8:])]
    breaks = [rows[i + 1][0] for i in inside if forced[i]]
    inner = sum(text[span.start].islower() for span in breaks)
    share = CLEAR_SHARE if inner >= 2 and 2 * inner >= len(breaks) else WRAPPED_SHARE
    if len(inside) < 3 or len(breaks) < share * len(inside):
        return rows
    joined = rows[:1]
    for (span, gap), glued in zip(rows[1:], forced, strict=True):
        if glued:
            joined[-1] = (Span(joined[-1][0].start, span.end), joined[-1][1])
        else:
            joined.append((span, gap))
    return joined


def _forced(text: str, above: Span, below: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on the line above."""
    words = text[below.start : below.end]
    if _OPENS.match(words):
        return False
    word = words.split(maxsplit=1)[0]
    return len(above) + 1 + len(word) > 0.93 * width


def _line(text: str, span: Span, gap: int) -> Line:
    words = span.of(text)
    return Line(span, gap, words, plain(words), len(words.split()), bool(_FULL_STOP.search(words[-8:])))
