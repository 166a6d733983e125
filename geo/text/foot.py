"""The bottom of a page: lists of other articles, announcements, agencies' signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.text import signs
from geo.text.biographies import closes
from geo.text.layout import Line
from geo.text.notices import notice_below
from geo.text.page import Page

LABEL_WORDS = 13  # a line without a full stop below the last paragraph is a label up to this length
SENTENCE_WORDS = 3  # "The trial continues.": the last words of many reports
LAST_PARAGRAPH = 25  # words: a single paragraph below a list of articles goes on with the article if it has as many
MEMORY = 200  # lines above a list of articles whose names are remembered

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]{2,}")


def elsewhere(page: Page) -> None:
    """Lists of other articles: from their heading on, unless the article's paragraphs go on below them."""
    i = len(page.lines) if page.start is None else page.start + 1
    while i < len(page.lines):
        if signs.opens_related(page.lines[i]):
            again = _resumes(page, i)
            for j in page.free(range(i, len(page.lines) if again is None else again)):
                page.say(j, "boilerplate", "belongs to a list of other articles")
            if again is None:
                return
            i = again
        i += 1


def _resumes(page: Page, heading: int) -> int | None:
    """Where the article goes on below a list in its midst: two paragraphs in a row that take up its names."""
    known = _names(page.lines[max(0, (page.start or 0) - 3, heading - MEMORY) : heading])
    first: int | None = None
    if not signs.is_firm_heading(page.lines[heading]) and _is_only_a_slot(page, heading):
        return heading + 1
    for i in page.after(heading):
        row = page.lines[i]
        if page.labels[i] is not None:
            if signs.opens_comments(row):
                return None
        elif not signs.is_prose(row):
            first = None
        elif not row.text.endswith(("…", "...", "…]")) and _names([row]) & known and not signs.is_reader_voice(row):
            if first is not None:
                return first
            first = i
    return first if first is not None and page.lines[first].words >= LAST_PARAGRAPH else None


def _is_only_a_slot(page: Page, heading: int) -> bool:
    """Whether paragraphs stand directly below a heading: a list has titles there, an empty slot lets the text go on."""
    below = [i for i in page.free(page.after(heading))[:2] if i - heading <= 2]
    if not below or below[0] != heading + 1 or not all(_is_paragraph(page.lines[i]) for i in below):
        return False
    if len(below) == 2:
        return not any(signs.is_reader_voice(page.lines[i]) for i in below)
    return not closes(page, heading)


def _is_paragraph(row: Line) -> bool:
    return row.ends and row.words >= signs.PROSE_WORDS and not row.text.endswith(("…", "...", "…]"))


def _names(rows: Sequence[Line]) -> set[str]:
    """Capitalised words inside sentences: what an article keeps naming."""
    return {word for row in rows for word in _NAME.findall(row.text[:3000])}


def announcements(page: Page) -> None:
    """Below the first paragraph: "Watch: ...", "Opinion: ..." announce other texts, and prices stand in boxes."""
    if page.start is None:
        return
    for i in page.free(page.after(page.start)):
        row = page.lines[i]
        notice = notice_below(row)
        if notice is not None:
            page.say(i, "boilerplate", f"told by its words: {notice.because}")
        elif signs.is_figures(row):
            page.say(i, "boilerplate", "a box of prices, rates or results")


def tail(page: Page) -> None:
    """Short lines below the last paragraph: agencies' signs, tags, mottoes."""
    if page.start is None:
        return
    free = page.free(range(page.start, len(page.lines)))
    last = max((i for i in free if signs.is_prose(page.lines[i])), default=page.start)
    for i in page.free(page.after(last)):
        row = page.lines[i]
        if signs.is_byline(row) or signs.is_date_line(row):
            page.say(i, "byline", "names who wrote or supplied the article, or its date")
        elif not signs.is_caption(row) and (
            (not row.ends and row.words < LABEL_WORDS and ". " not in row.text)
            or row.words < SENTENCE_WORDS
            or (page.repeats(i) and row.words < signs.LONG_PROSE)
        ):
            page.say(i, "boilerplate", "a short line below the last paragraph")
