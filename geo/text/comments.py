"""The readers' part of a page: from its heading, form or first "Reply" to the end."""

from __future__ import annotations

from geo.text import signs
from geo.text.page import COMMENT_FORM, READERS_PART, Page
from geo.text.voices import first_named_voice, is_handle, voice_of

ARTICLE_SHARE = 0.4  # of a page's prose must stand above a heading "Comments", else it is a counter beside the byline

LONGEST_NAME = 4  # words of a reader's name
READERS_WITHIN = 6  # lines below an invitation to comment
MOST_LISTS = 5  # lists of other articles above which readers are looked for


def readers(page: Page) -> None:
    """Everything from the first comment on is a comment or belongs to the form."""
    first = _without_heading(page, _first(page))
    if first is None:
        return
    for i in page.free(range(first, len(page.lines))):
        row = page.lines[i]
        sign = signs.opens_comments(row) or signs.is_comment_mark(row) or row.words < 4
        page.say(i, "boilerplate" if sign else "comment", COMMENT_FORM if sign else READERS_PART)


def _without_heading(page: Page, first: int | None) -> int | None:
    """Paragraphs that open with readers' names, above what was found or a list of articles, at the end of the page."""
    ends = [len(page.lines) if first is None else first]
    ends += [i for i in page.after(page.start or 0) if i < ends[0] and signs.opens_related(page.lines[i])][:MOST_LISTS]
    voices = [voice for end in ends if (voice := first_named_voice(page, end)) is not None]
    return min(voices, default=first)


def _first(page: Page) -> int | None:
    """The line at which the readers' part begins, or None."""
    if page.start is None:
        return None
    marks = [i for i in page.after(page.start) if signs.is_comment_mark(page.lines[i])]
    heading = _heading(page, max(marks, default=-1))
    if heading is not None:
        return _above_form(page, heading)
    foot = next((i for i in marks if signs.is_comment_foot(page.lines[i])), None)
    if foot is not None and foot - 1 > page.start:
        return _comment_above(page, foot)
    if len(marks) >= 2 and marks[0] > page.start + 1:
        return marks[0]
    stamped = _stamped(page)
    return _voice_change(page) if stamped is None else stamped


def _stamped(page: Page) -> int | None:
    """The first of two or more names with a day and an hour, in one line or two, below most of the article."""
    found = []
    for i in page.free(page.after((page.start or 0) + 1)):
        row, above = page.lines[i], page.lines[i - 1]
        if signs.is_stamped_name(row):
            found.append(i)
        elif signs.is_stamp(row) and above.words <= LONGEST_NAME and not above.ends and page.labels[i - 1] is None:
            found.append(i - 1)
    if len(found) < 2:
        return None
    prose = [(i, row.words) for i, row in enumerate(page.lines) if i >= (page.start or 0) and signs.is_prose(row)]
    above_first = sum(words for i, words in prose if i < found[0])
    return found[0] if above_first >= ARTICLE_SHARE * sum(words for _, words in prose) else None


def _heading(page: Page, last_mark: int) -> int | None:
    """The first heading of comments that has comments' signs, or enough of the page's prose, on its right side."""
    start = page.start or 0
    total = sum(row.words for row in page.lines[start:] if signs.is_prose(row))
    said = 0
    for i in range(start, len(page.lines)):
        row = page.lines[i]
        opens = i > start and signs.opens_comments(row) and (last_mark > i or said >= ARTICLE_SHARE * total)
        if opens and (not signs.invites_comments(row) or last_mark > i or _only_readers_below(page, i)):
            return i
        said += row.words if signs.is_prose(row) and page.labels[i] is None else 0
    return None


def _only_readers_below(page: Page, invitation: int) -> bool:
    """Whether readers write below an invitation, or nobody: else it is a button, and the article goes on."""
    below = page.free(page.after(invitation))[:READERS_WITHIN]
    if not any(signs.is_prose(page.lines[i]) for i in below):
        return True
    return any(signs.is_reader_voice(page.lines[i]) or is_handle(page.lines[i]) or _voice(page, i) for i in below)


def _voice(page: Page, i: int) -> bool:
    voice = voice_of(page.lines[i])
    return voice is not None and (voice.handle or voice.marked)


def _above_form(page: Page, form: int) -> int:
    """The form may stand below the comments: these then reach up to the last list of articles or advertisement."""
    start = page.start or 0
    voice = next((i for i in range(start + 2, form) if signs.is_reader_voice(page.lines[i])), None)
    if voice is None:
        return form
    walls = [i for i in range(start + 1, voice) if page.labels[i] is not None or signs.opens_related(page.lines[i])]
    if not walls or any(signs.is_prose(page.lines[i]) for i in page.free(range(walls[-1] + 1, voice))):
        return form
    prose = sum(row.words for row in page.lines[start:] if signs.is_prose(row))
    above = sum(row.words for row in page.lines[start:voice] if signs.is_prose(row))
    return voice if above >= ARTICLE_SHARE * prose else form


def _comment_above(page: Page, foot: int) -> int:
    """The comment that a "Reply" closes is the paragraph above it."""
    i = foot - 1
    while i > (page.start or 0) + 1 and page.labels[i] is not None:
        i -= 1
    return i


def _voice_change(page: Page) -> int | None:
    """Comments without any heading: a wider gap than any before it, then a reader's voice to the end of the page."""
    start = page.start or 0
    widest = 1
    asked = False
    for i in page.after(start):
        row = page.lines[i]
        if row.gap > widest and i >= start + 3 and not asked and any(map(signs.is_reader_voice, page.lines[i : i + 2])):
            return i
        widest = max(widest, row.gap)
        asked = asked or signs.is_question_or_answer(row)
    return None
