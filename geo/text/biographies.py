"""What a page says at its foot about who wrote it: a line, a paragraph, or a name with lines below it.

A writer is known by the byline or the page's metadata. Where neither tells, a paragraph that opens with a name which the
article never mentions and goes on as biographies do ("teaches law at", "is a fellow of") is about the writer as well:
news does not end with somebody new who says nothing and does nothing on any day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.text import signs
from geo.text.layout import plain
from geo.text.notices import notice_at_foot
from geo.text.page import Page

BIO_LINES = 3  # a biography has no more paragraphs
FOOT_LINES = 8  # of the page may tell about writers and outlet
HIGH_UP = 0.8  # above this share of the prose a line does not close the article
LONGEST_BELOW = 60  # words of a line below a biography that is still the page's foot
WIDEST_BELOW = 120  # words of all of them

_OPENS = re.compile(r"[^\w\s]*\s*((?:[^\W\d_a-z][\w.'’-]*\.? ){1,4})")


def biography(page: Page) -> None:
    """The last lines of the article when they tell about its writer or its outlet."""
    if page.start is None:
        return
    names = list(page.writers)
    for i, row in enumerate(page.lines):
        if page.section(i) == "byline":
            names += signs.writers_in(row.text)
    below_a_name(page, names)
    passed: list[int] = []
    for i in page.free(page.after(page.start))[: -FOOT_LINES - 1 : -1]:
        row = page.lines[i]
        notice = notice_at_foot(row)
        if notice is not None or (signs.tells_about_outlet(row) and page.begins_with_a_label(i)):
            page.say(i, "boilerplate", notice.because if notice is not None else "tells about the outlet")
        elif signs.tells_about_writer(row, names) and (not passed or closes(page, i)):
            page.say(i, "author_bio", "tells about the writer at the foot of the article")
            _foot(page, passed)
        elif closes(page, i) and _introduces_nobody_of_the_article(page, i):
            page.say(i, "author_bio", "tells about somebody whom the article never mentions, as lines about writers do")
            _foot(page, passed)
        else:
            passed.append(i)


def closes(page: Page, line: int) -> bool:
    """Whether most of the page's prose, the line itself not counted, stands above it."""
    start = page.start or 0
    prose = [(i, row.words) for i, row in enumerate(page.lines) if i >= start and i != line and signs.is_prose(row)]
    return sum(words for i, words in prose if i < line) >= HIGH_UP * sum(words for _, words in prose)


def below_a_name(page: Page, names: Sequence[str]) -> None:
    """What follows the writer's name alone on a line at the foot of the article."""
    start = page.start or 0
    free = page.free(page.after(start))
    for at, i in enumerate(free):
        row = page.lines[i]
        below = free[at + 1 :]
        if not signs.names_a_writer(row) or not below or len(below) > BIO_LINES:
            continue
        if not set(signs.writers_in(row.text)) & set(names) and not _is_a_card(page, i, below):
            continue
        if not closes(page, i) or any(page.lines[j].words > signs.LONGEST_BIO for j in below):
            continue
        page.say(i, "byline", "names who wrote the article")
        for j in below:
            page.say(j, "author_bio", "stands below the writer's name at the foot of the article")


def _is_a_card(page: Page, name: int, below: Sequence[int]) -> bool:
    """Whether a name stands above a writer's trade or above a line that takes up its first word: a writer's card."""
    first = page.lines[name].plain.split()[0]
    rows = [page.lines[i] for i in below]
    return any(signs.is_writers_trade(row) for row in rows) or any(row.plain.startswith(f"{first} ") for row in rows)


def _introduces_nobody_of_the_article(page: Page, line: int) -> bool:
    row = page.lines[line]
    opened = _OPENS.match(row.text)
    if opened is None or not signs.tells_a_life(row):
        return False
    surname = plain(opened.group(1)).split()[-1].rstrip(".,").removesuffix("'s")
    above = range(page.start or 0, line)
    named = re.compile(rf"\b{re.escape(surname)}\b")
    return not any(named.search(page.lines[i].plain) for i in above if page.section(i) in (None, "caption", "subhead"))


def _foot(page: Page, below: Sequence[int]) -> None:
    """What stands below a writer's biography is the foot of the page, unless it is long enough to be another text."""
    rows = [page.lines[i] for i in page.free(below)]
    if any(row.words > LONGEST_BELOW for row in rows) or sum(row.words for row in rows) > WIDEST_BELOW:
        return
    for i in page.free(below):
        if not signs.is_date_line(page.lines[i]) and not signs.is_byline(page.lines[i]):
            page.say(i, "boilerplate", "stands below the writer's biography, at the foot of the page")
