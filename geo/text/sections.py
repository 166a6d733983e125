"""The section gate: which lines of a page are the article, and which stand around it.

A page is read from the outside in: what its own words give away (buttons, cookie lines, comment forms), then the
headline, the lines between it and the first paragraph, the readers' comments, lists of other articles, the writer's
biography, captions and repetitions. What remains is the article. Nothing here knows a site: the words are those that
news pages in English share (sections.toml).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo.text import signs
from geo.text.article import Mark
from geo.text.biographies import biography
from geo.text.comments import readers
from geo.text.foot import announcements, elsewhere, tail
from geo.text.head import crawl_notices, furniture, head, headline, opening, teasers
from geo.text.layout import lines, plain
from geo.text.page import REPEATED, Block, Page

MOST_LINES = 20_000  # no page has as many: what has is read without the gate, in time that grows with its length
SUBHEAD_WORDS = 14
CAPTION_WORDS = 80


def blocks(
    text: str, *, title: str | None = None, writers: Sequence[str] = (), marks: Sequence[Mark] = ()
) -> tuple[Block, ...]:
    """Every line of the text that is not blank, in order, with its section.

    ``title`` is the article's title when front matter or a page's metadata tells it, ``writers`` are its authors, and
    ``marks`` lines whose section a page's markup tells. A text without any prose is taken
    for article text throughout: a single line may be all that was given.
    """
    rows = lines(text)
    if len(rows) > MOST_LINES:
        return tuple(Block(row.span, "body", f"one of more than {MOST_LINES:,} lines: not told apart") for row in rows)
    page = Page.of(rows, plain(title or ""), tuple(plain(name) for name in writers if " " in name.strip()))
    _mark(page, marks)
    for rule in RULES:
        rule(page)
    kept = [label or ("body", "stands among the paragraphs of the article") for label in page.labels]
    return tuple(Block(row.span, *label) for row, label in zip(rows, kept, strict=True))


def _mark(page: Page, marks: Sequence[Mark]) -> None:
    """What the markup tells comes first; marks and lines are both in text order."""
    i = 0
    for mark in marks:
        while i < len(page.lines) and page.lines[i].span.end <= mark.span.start:
            i += 1
        if i < len(page.lines) and mark.span.overlaps(page.lines[i].span):
            page.say(i, mark.section, mark.because)


def captions(page: Page) -> None:
    """Lines that name a photographer, and lines given twice in a row as pictures' captions are."""
    seen: dict[str, int] = {}
    for i, row in enumerate(page.lines):
        if page.section(i) not in (None, "caption", "subhead"):
            continue
        if row.words >= 4 and row.plain in seen:
            first = seen[row.plain]
            page.labels[i] = ("caption_duplicate", REPEATED)
            if i - first <= 2 and row.words <= CAPTION_WORDS:
                page.say(first, "caption", "given twice in a row, as captions of pictures are")
            continue
        seen[row.plain] = i
        if page.labels[i] is None and signs.is_caption(row):
            page.say(i, "caption", "names a photographer or agency, as captions do")


def between(page: Page) -> None:
    """Short lines without a full stop between paragraphs: subheads, bylines, dates."""
    if page.start is None:
        return
    for i in page.free(page.after(page.start)):
        row = page.lines[i]
        if signs.is_date_line(row):
            page.say(i, "byline", "a line that holds only a date")
        elif (
            row.words > SUBHEAD_WORDS or row.ends or ". " in row.text or row.text.endswith((",", ";", "-", "–", "—", ":"))
        ):
            continue
        elif signs.is_byline(row) and not row.text.endswith("?"):
            page.say(i, "byline", "names who wrote or supplied the article")
        elif signs.is_cased(row) and not row.text.endswith(('"', "”")):
            page.say(i, "subhead", "a short line without a full stop between paragraphs")


Rule = Callable[[Page], None]
RULES: tuple[Rule, ...] = (
    crawl_notices,
    furniture,
    teasers,
    opening,
    headline,
    head,
    announcements,
    readers,
    elsewhere,
    biography,
    tail,
    captions,
    between,
)
"""In the order in which they speak: each sees what those before it have said."""
