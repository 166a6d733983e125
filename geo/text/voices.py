"""Readers' comments at the foot of a page without any heading: paragraphs that each open with a handle and a colon.

An interview and a play open their paragraphs with names too. Their speakers answer each other again and again, or are
introduced by the article; a reader speaks once, and no article mentions the reader's name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from geo.text import signs
from geo.text.layout import Line
from geo.text.page import Page

ARTICLE_SHARE = 0.5  # of a page's prose must stand above such comments
LONGEST_COMMENT = 150  # words
MOST_SPEAKERS = 40  # whose names are looked for in the article
LONGEST_HANDLE = 40
SHORT_LINE = 4  # words: a button between comments

_WORD = r"[A-Z][\w.'’-]{0,30}|(?:bin|al|de|van|von|el|da|of|from)"
_VOICE = re.compile(
    rf"(?P<name>@\w{{2,40}}|\w{{1,20}}(?:\d|_)\w{{0,20}}|(?:{_WORD})(?: (?:{_WORD})){{0,4}})"
    r"(?P<place> ?\([A-Z][\w ,.'’-]{1,40}\)|(?:, [A-Z][\w.'’-]{1,20}){1,2})?"
    r"(?P<says> (?:says|wrote|writes|said|commented))? ?: (?P<rest>.+)",
    re.DOTALL,
)
_HANDLE = re.compile(r"@\w+|(?=\w*(?:\d|_))[^\W\d_]{3}\w*")  # not "G20:" or "M23:"
_OPENS_LIKE_A_LABEL = re.compile(r"(?:the|a|an)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """A paragraph that opens with a name; ``handle``: no person of an article has such a name.

    ``marked``: it says "says" or a place behind the name, as the lists under articles do.
    """

    name: str
    handle: bool
    marked: bool


def first_named_voice(page: Page, end: int) -> int | None:
    """The first of the readers' paragraphs that close the page's lines above ``end``, or None."""
    start = page.start
    if start is None:
        return None
    found: dict[int, Voice] = {}
    i = end
    while i > start + 1:
        i -= 1
        row = page.lines[i]
        if page.labels[i] is not None or _is_button(row):
            continue
        voice = voice_of(row)
        if voice is None:
            break
        found[i] = voice
    first = min(found, default=None)
    if first is None or not _enough_above(page, first) or _speak_in_the_article(page, first, list(found.values())):
        return None
    return first if any(_is_reader(page, i, voice) for i, voice in found.items()) else None


def voice_of(row: Line) -> Voice | None:
    """Whose words a paragraph gives, when it opens with a name and a colon and does not go on with a quotation."""
    found = _VOICE.fullmatch(row.text) if row.words <= LONGEST_COMMENT else None
    if found is None or _OPENS_LIKE_A_LABEL.match(found["name"]) or found["rest"][0] in "\"'“‘«0123456789":
        return None
    told = len(found["rest"].split()) >= 2 and (row.ends or not found["place"])
    marked = bool(found["says"] or found["place"])
    return Voice(found["name"], bool(_HANDLE.fullmatch(found["name"])), marked) if told else None


def is_handle(row: Line) -> bool:
    """A reader's handle alone on a line: ``pete77``."""
    return len(row.text) <= LONGEST_HANDLE and bool(_HANDLE.fullmatch(row.text))


def _is_button(row: Line) -> bool:
    return signs.is_comment_mark(row) or (row.words < SHORT_LINE and not row.ends)


def _is_reader(page: Page, i: int, voice: Voice) -> bool:
    """A handle, or a name below or above what only stands at the foot of a page and marked as a reader's."""
    if voice.handle:
        return True
    apart = any(label is not None for label in page.labels[i - 1 : i]) or (
        i + 1 < len(page.lines) and signs.is_comment_foot(page.lines[i + 1])
    )
    return apart and (voice.marked or signs.is_reader_voice(page.lines[i]))


def _enough_above(page: Page, first: int) -> bool:
    start = page.start or 0
    prose = [(i, row.words) for i, row in enumerate(page.lines) if i >= start and signs.is_prose(row)]
    return sum(words for i, words in prose if i < first) >= ARTICLE_SHARE * sum(words for _, words in prose)


def _speak_in_the_article(page: Page, first: int, voices: list[Voice]) -> bool:
    """Whether the speakers belong to the article: one answers again, is named above, or somebody speaks so above."""
    above = [page.lines[i] for i in page.free(range(page.start or 0, first))]
    if any(voice_of(row) for row in above):
        return True
    if sum(count >= 2 for count in Counter(voice.name for voice in voices).values()) >= 2:
        return True
    names = [rf"\b{re.escape(voice.name.lstrip('@'))}\b" for voice in voices[:MOST_SPEAKERS]]
    return any(re.search("|".join(names), row.text[:3000]) for row in above)
