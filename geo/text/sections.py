"""The section gate: which lines of a page are the article, and which stand around it.

A page is read from the outside in: what its own words give away (buttons, cookie lines, comment forms), then the
headline, the lines between it and the first paragraph, the readers' comments, lists of other articles, the writer's
biography, captions and repetitions. What remains is the article. Nothing here knows a site: the words are those that
news pages in English share (sections.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from geo.text.article import Section
from geo.text.datewords import date_line
from geo.text.layout import Line, lines, plain
from geo.text.span import Span

LONGEST_SIGN = 260  # characters: longer lines are prose, and no pattern of a whole line is tried on them
PROSE_WORDS = 9  # a line that ends in a full stop and has as many words is prose; below, it may be a button or a motto
LONG_PROSE = 40  # words: no motto, caption or headline is as long
LONG_WORDS = 28  # prose even without a full stop
CRAWL_NOTICE = "says when an archive or cache stored the page"
TITLE_WORDS = (3, 34)
FULL_TITLE = 8  # words: above that, the first of two lines is the title and the longer one its standfirst
BIO_LINES = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph with its section, and why it stands there."""

    span: Span
    section: Section
    because: str


@dataclass(slots=True)
class _Page:
    """A page while its lines are being told apart; ``labels`` fills up rule by rule, the first word stands."""

    lines: tuple[Line, ...]
    title: str
    labels: list[tuple[Section, str] | None] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    headline: int | None = None
    start: int | None = None
    end: int = 0

    def say(self, i: int, section: Section, because: str) -> None:
        if self.labels[i] is None:
            self.labels[i] = (section, because)

    def free(self, among: Iterable[int]) -> list[int]:
        return [i for i in among if self.labels[i] is None]

    def after(self, i: int) -> range:
        return range(i + 1, len(self.lines))


def blocks(text: str, *, title: str | None = None) -> tuple[Block, ...]:
    """Every line of the text that is not blank, in order, with its section.

    ``title`` is the article's title when front matter or a page's metadata tells it. A text without any prose is taken
    for article text throughout: a single line may be all that was given.
    """
    rows = lines(text)
    page = _Page(rows, plain(title or ""), [None] * len(rows), Counter(row.plain for row in rows))
    for rule in RULES:
        rule(page)
    kept = [label or ("body", "stands among the paragraphs of the article") for label in page.labels]
    return tuple(Block(row.span, *label) for row, label in zip(rows, kept, strict=True))


def crawl_notices(page: _Page) -> None:
    """Lines of an archive or cache that say when the page was stored."""
    for i, row in enumerate(page.lines):
        if is_crawl_notice(row.plain):
            page.say(i, "crawl_header", CRAWL_NOTICE)


def is_crawl_notice(words: str) -> bool:
    """Whether a line (in small letters) says when the page was stored, seen or printed."""
    return len(words) <= LONGEST_SIGN and _any("crawl", "start", words, re.match)


def furniture(page: _Page) -> None:
    """Buttons, menus, cookie and copyright lines, teasers that begin "Read also": told by their own words."""
    for i, row in enumerate(page.lines):
        if len(row.text) > LONGEST_SIGN:
            if row.words <= 120 and _any("furniture", "start", row.plain[:LONGEST_SIGN], re.match):
                page.say(i, "boilerplate", "a notice of the site, told by its first words")
            continue
        teaser = (row.words <= 12 or not row.ends) and _matches("furniture", "teaser", row)
        if (
            teaser
            or _whole("furniture", "whole", row)
            or _buttons("furniture", row)
            or _matches("furniture", "start", row)
        ):
            page.say(i, "boilerplate", "a button, menu or notice of the site, told by its words")
        elif _any("furniture", "inside", row.plain, re.search):
            page.say(i, "boilerplate", "a notice of the site, told by its words")
        elif (
            row.plain.count(" | ") + row.plain.count(" › ") + row.plain.count(" » ") + row.plain.count(" > ") >= 2
            and not row.ends
        ):
            page.say(i, "navigation", "a row of links")


def notice(words: str) -> bool:
    """Whether one sentence of a paragraph (in small letters) is a notice of the site: pages glue them to the text."""
    if len(words) > LONGEST_SIGN:
        return False
    return any(p.search(words) for p in _patterns("furniture", "inside")) or any(
        p.fullmatch(words) for p in _patterns("furniture", "glued")
    )


def teasers(page: _Page) -> None:
    """The title of another article on the line below "See also" or "Read more:"."""
    for i, row in enumerate(page.lines[:-1]):
        below = page.lines[i + 1]
        if (
            row.words <= 5
            and re.match(r"(see|read|also|related|more|watch|must|don't|recommended|further)\b", row.plain)
            and page.labels[i] is not None
        ):
            if below.words <= 22 and not below.ends and below.plain != page.title:
                page.say(i + 1, "boilerplate", "the title of another article, below a line that announces it")


def opening(page: _Page) -> None:
    """The first paragraph: prose that is no notice, caption, blurb or motto repeated on the page."""
    for i in page.free(range(len(page.lines))):
        row = page.lines[i]
        if _prose(row) and not _apart(page, i) and not _is_title(page, row):
            page.start = i
            return


def headline(page: _Page) -> None:
    """The line above the first paragraph that equals the title, is repeated, or has most words."""
    above = range(len(page.lines) if page.start is None else page.start)
    chances = [
        i
        for i in above
        if page.labels[i] is None and not _is_byline(page.lines[i]) and date_line(page.lines[i].text) is None
    ]
    best = max(chances, key=lambda i: (_headline_score(page, i), -i), default=None)
    alone = len(chances) == 1 and page.lines[chances[0]].words >= TITLE_WORDS[0]
    if best is None or (_headline_score(page, best) <= 0 and not (alone and not page.lines[best].ends)):
        return
    if page.start is None and len(page.lines) == 1:
        return
    page.headline = best
    why = (
        "equals the article's title"
        if _is_title(page, page.lines[best])
        else "the headline: the fullest line above the first paragraph"
    )
    page.say(best, "headline", why)
    for i in page.free(range(len(page.lines))):
        if page.lines[i].plain == page.lines[best].plain:
            page.say(i, "headline_duplicate", "repeats the headline")


def _headline_score(page: _Page, i: int) -> float:
    row = page.lines[i]
    low, high = TITLE_WORDS
    if _is_title(page, row):
        return 100
    if not low <= row.words <= high or len(row.text) > LONGEST_SIGN or _is_caption(row):
        return 0
    score = float(min(row.words, FULL_TITLE))
    score += 6 * (page.counts[row.plain] > 1 and not _repeated_far(page, i))
    score -= 9 * (row.text.rstrip().endswith(".") and not row.text.rstrip().endswith("..."))
    score -= 5 * _site_words(row)
    return score if row.words > low or score > low else 0


def _repeated_far(page: _Page, i: int) -> bool:
    """Repeated below the article, as a site's name or motto is, and not beside the headline."""
    row = page.lines[i]
    start = page.start if page.start is not None else len(page.lines)
    return any(other.plain == row.plain for other in page.lines[start:])


def _site_words(row: Line) -> bool:
    return _any("blurb", "role", row.plain, re.search) or bool(
        re.search(
            r"\b(news agency|newspaper|since \d{4}|official (site|website)|edition|your (source|trusted))\b", row.plain
        )
    )


def head(page: _Page) -> None:
    """The lines above the first paragraph: site name, menu, masthead date, byline, standfirst."""
    if page.start is None:
        return
    for i in page.free(range(page.start)):
        row = page.lines[i]
        above = page.headline is not None and i < page.headline
        if date_line(row.text) is not None:
            if above:
                page.say(
                    i,
                    "crawl_header",
                    "a date above the headline: the day the page was seen or stored, as far as the page tells",
                )
            else:
                page.say(i, "byline", "the date line of the article")
        elif _is_byline(row):
            page.say(i, "byline", "names who wrote or supplied the article")
        elif _is_caption(row):
            page.say(i, "caption", "names a photographer or agency, as captions do")
        elif page.headline is None and row.words >= 5 and page.counts[row.plain] == 1 and not _site_words(row):
            page.say(i, "subhead", "a line above the first paragraph")
        elif page.headline is None or above:
            page.say(i, "navigation", "stands above the headline: the site's name or menu")
        elif _is_blurb(page, i):
            page.say(i, "boilerplate", "tells about the outlet")
        elif re.match(r"(q|a|question|answer) ?: ", row.plain):
            page.say(i, "body", "a question or answer of an interview")
        elif row.words >= 6 and page.counts[row.plain] == 1 and _cased(row.text):
            page.say(i, "subhead", "stands between the headline and the first paragraph")
        elif _is_name(row):
            page.say(i, "byline", "a name between the headline and the first paragraph")
        else:
            page.say(i, "boilerplate", "a short line between the headline and the first paragraph")


def readers(page: _Page) -> None:
    """The readers' comments: from their heading, form or first "Reply" to the end of the page."""
    if page.start is None:
        return
    first = _first_comment(page)
    if first is None:
        return
    page.end = min(page.end or len(page.lines), first)
    for i in range(first, len(page.lines)):
        row = page.lines[i]
        if page.labels[i] is None or page.labels[i] == ("body", ""):
            sign = _whole("comments", "header", row) or _foot(row) or _whole("comments", "mark", row) or row.words < 4
            page.labels[i] = (
                ("boilerplate", "belongs to the comment form")
                if sign
                else ("comment", "stands below the beginning of the readers' comments")
            )


def _first_comment(page: _Page) -> int | None:
    """The line at which the readers' part begins, or None."""
    start = page.start or 0
    later = range(start + 1, len(page.lines))
    total = sum(row.words for row in page.lines[start:] if _prose(row))
    said = 0
    marks = [
        i
        for i in later
        if _foot(page.lines[i]) or (_whole("comments", "mark", page.lines[i]) and not _is_byline(page.lines[i]))
    ]
    for i in range(start, len(page.lines)):
        row = page.lines[i]
        evidence = any(m > i for m in marks)
        if i > start and _whole("comments", "header", row) and (evidence or said >= 0.4 * total):
            return _with_form_above(page, i)
        said += row.words if _prose(row) and page.labels[i] is None else 0
    feet = [i for i in marks if _foot(page.lines[i])]
    if len(feet) >= 1 and feet[0] - 1 > start:
        return _comment_above(page, feet[0])
    if len(marks) >= 2 and marks[0] > start + 1:
        return marks[0]
    return _voice_change(page)


def _with_form_above(page: _Page, form: int) -> int:
    """The form may stand under the comments: these then reach up to the last list of articles or advertisement."""
    start = page.start or 0
    voices = [i for i in range(start + 2, form) if _reader_voice(page.lines[i])]
    if not voices:
        return form
    walls = [
        i for i in range(start + 1, voices[0]) if page.labels[i] is not None or _whole("related", "header", page.lines[i])
    ]
    wall = max(walls, default=None)
    between = range(wall + 1, voices[0]) if wall is not None else range(0)
    prose = sum(row.words for row in page.lines[start:] if _prose(row))
    above = sum(row.words for row in page.lines[start : voices[0]] if _prose(row))
    if (
        wall is not None
        and above >= 0.4 * prose
        and not any(_prose(page.lines[i]) for i in between if page.labels[i] is None)
    ):
        return voices[0]
    return form


def _comment_above(page: _Page, foot: int) -> int:
    """The comment that a "Reply" closes begins after the last sign that is not prose, or is one paragraph."""
    i = foot - 1
    while i > (page.start or 0) + 1 and page.labels[i] is not None:
        i -= 1
    return i


def _voice_change(page: _Page) -> int | None:
    """Comments without any heading: a wider gap than any before it, then another voice to the end of the page."""
    start = page.start or 0
    for i in range(start + 3, len(page.lines)):
        row = page.lines[i]
        usual = max(other.gap for other in page.lines[start + 1 : i])
        if row.gap > max(usual, 1):
            voices = [other for other in page.lines[i : i + 6] if _reader_voice(other)]
            asked = [other for other in page.lines[start:i] if re.match(r"(q|a) ?[:.] ", other.plain)]
            if voices and not asked and voices[0] in page.lines[i : i + 2]:
                return i
    return None


def _reader_voice(row: Line) -> bool:
    """How readers write: "I don't", "Q:", "shame on", outside quotation marks."""
    unquoted = re.sub(r'"[^"]*("|$)', " ", row.plain[:1500])
    return _any("comment_voice", "sign", unquoted, re.search)


def elsewhere(page: _Page) -> None:
    """Lists of other articles: from their heading on, unless the article's paragraphs go on below them."""
    if page.start is None:
        return
    i = page.start + 1
    while i < len(page.lines):
        row = page.lines[i]
        if (
            len(row.text) <= LONGEST_SIGN
            and not row.ends
            and _whole("related", "header", row)
            and (page.labels[i] is None or page.labels[i] == page.labels[i])
        ):
            again = _resumes(page, i)
            stop = len(page.lines) if again is None else again
            for j in page.free(range(i, stop)):
                page.say(j, "boilerplate", "belongs to a list of other articles")
            if again is None:
                page.end = min(page.end or len(page.lines), i)
                return
            i = stop
        else:
            i += 1


def _resumes(page: _Page, header: int) -> int | None:
    """Where the article goes on below a list in its midst: two paragraphs in a row that take up its names."""
    start = page.start or 0
    known = _names(page.lines[max(0, start - 3) : header])
    run: list[int] = []
    for i in page.after(header):
        row = page.lines[i]
        if page.labels[i] is not None and page.labels[i][0] in ("comment", "boilerplate", "navigation"):  # type: ignore[index]
            if _whole("comments", "header", row):
                return None
            continue
        if (
            _prose(row)
            and not row.text.rstrip(" ]").endswith(("…", "..."))
            and len(_names([row]) & known) >= 1
            and not _reader_voice(row)
        ):
            run.append(i)
            if len(run) == 2:
                return run[0]
        elif not _prose(row):
            run = []
    return (
        run[0]
        if len(run) == 1
        and all(page.labels[i] is not None for i in page.after(run[0]))
        and page.lines[run[0]].words >= 25
        else None
    )


def _names(rows: Sequence[Line]) -> set[str]:
    """Capitalised words inside sentences: what an article keeps naming."""
    return {word for row in rows for word in re.findall(r"(?<=[a-z,;] )[A-Z][\w'’-]{2,}", row.text[:3000])}


def biography(page: _Page) -> None:
    """The last lines of the article when they tell about its writer."""
    if page.start is None:
        return
    names = [plain(_author(row.text)) for i, row in enumerate(page.lines) if (page.labels[i] or ("", ""))[0] == "byline"]
    tail = [
        i
        for i in range(page.start + 1, len(page.lines))
        if page.labels[i] is None or (page.labels[i] or ("", ""))[0] == "byline"
    ]
    seen = 0
    for i in reversed(tail):
        row = page.lines[i]
        if page.labels[i] is not None:
            continue
        if seen >= BIO_LINES:
            return
        seen += 1
        by_name = any(len(name) > 4 and row.plain.startswith(name) for name in names)
        words = row.plain[: 400 if row.words <= 40 else 160].lstrip("([*-_ ")
        if row.words <= 110 and (
            _any("bio", "sure", words, re.search)
            or (_any("bio", "role", words[:300], re.search) and (by_name or _writer(row)))
        ):
            page.say(i, "author_bio", "tells about the writer at the foot of the article")
        elif _is_blurb(page, i):
            page.say(i, "boilerplate", "tells about the outlet")
        elif _prose(row):
            return


def _writer(row: Line) -> bool:
    """A name, "is a", and a writer's trade or address, all in a short line."""
    trade = re.match(
        r"[\w.'-]+( [\w.'-]+){0,3} is (currently )?(a|an|the|our) ([\w'’-]+[ ,-]+){0,6}(writer|author|journalist|reporter|correspondent|columnist|contributor|blogger|freelancer?|editor|broadcaster|photojournalist)\b",
        row.plain,
    )
    address = re.search(r"@\w|twitter|can be (reached|contacted|followed)|\S+@\S+", row.plain)
    return row.words <= 70 and bool(trade or address)


def tail(page: _Page) -> None:
    """Short lines below the last paragraph: agencies' signs, tags, mottoes."""
    if page.start is None:
        return
    last = max(
        (i for i in range(page.start, len(page.lines)) if page.labels[i] is None and _prose(page.lines[i])),
        default=page.start,
    )
    for i in page.free(page.after(last)):
        row = page.lines[i]
        if _is_caption(row):
            continue
        if _is_byline(row) or date_line(row.text) is not None:
            page.say(i, "byline", "names who wrote or supplied the article, or its date")
        elif (
            (not row.ends and row.words < 13) or row.words < 4 or (page.counts[row.plain] > 1 and row.words < LONG_PROSE)
        ):
            page.say(i, "boilerplate", "a short line below the last paragraph")


def captions(page: _Page) -> None:
    """Lines that name a photographer, and lines given twice in a row as pictures' captions are."""
    seen: dict[str, int] = {}
    for i, row in enumerate(page.lines):
        label = page.labels[i]
        if label is not None and label[0] not in ("caption", "subhead"):
            continue
        if row.words >= 4 and row.plain in seen:
            first = seen[row.plain]
            page.labels[i] = ("caption_duplicate", "repeats an earlier line of the page word for word")
            if page.labels[first] is None and i - first <= 2 and row.words <= 80:
                page.labels[first] = ("caption", "given twice in a row, as captions of pictures are")
            continue
        seen[row.plain] = i
        if label is None and _is_caption(row):
            page.say(i, "caption", "names a photographer or agency, as captions do")


def between(page: _Page) -> None:
    """Short lines without a full stop between paragraphs: subheads, bylines, dates."""
    if page.start is None:
        return
    for i in page.free(page.after(page.start)):
        row = page.lines[i]
        if date_line(row.text) is not None:
            page.say(i, "byline", "a line that holds only a date")
        elif row.words <= 14 and not row.ends and not row.text.rstrip().endswith((",", ";", "-", "–", "—")):
            if _is_byline(row) and not row.text.endswith((":", "?")):
                page.say(i, "byline", "names who wrote or supplied the article")
            elif _cased(row.text) and not row.text.endswith((":", '"', "”")):
                page.say(i, "subhead", "a short line without a full stop between paragraphs")


Rule = Callable[[_Page], None]
RULES: tuple[Rule, ...] = (
    crawl_notices,
    furniture,
    teasers,
    opening,
    headline,
    head,
    readers,
    elsewhere,
    biography,
    tail,
    captions,
    between,
)


def _prose(row: Line) -> bool:
    return (row.ends and row.words >= PROSE_WORDS) or row.words >= LONG_WORDS


def _apart(page: _Page, i: int) -> bool:
    """Prose that does not open an article: a caption, the outlet's blurb, a motto, a byline."""
    row = page.lines[i]
    return (
        _is_caption(row)
        or _is_blurb(page, i)
        or (page.counts[row.plain] > 1 and row.words < LONG_PROSE)
        or (_is_byline(row) and row.words < 14)
        or date_line(row.text) is not None
        or _whole("comments", "header", row)
    )


def _is_title(page: _Page, row: Line) -> bool:
    """Whether the line is the title that is known from elsewhere, give or take the outlet's name behind it."""
    if not page.title or len(row.text) > LONGEST_SIGN:
        return False
    return row.plain == page.title or (
        row.words >= 4
        and (page.title.startswith(row.plain) or row.plain.startswith(page.title))
        and abs(len(row.plain) - len(page.title)) <= 45
    )


def _is_caption(row: Line) -> bool:
    if row.words > 90:
        return False
    return _any("caption", "start", row.plain[:LONGEST_SIGN], re.match) or any(
        found.end() == len(row.plain)
        for p in _patterns("caption", "end")
        for found in p.finditer(row.plain, max(0, len(row.plain) - 130))
    )


def _is_byline(row: Line) -> bool:
    return row.words <= 24 and _whole("byline", "whole", row)


def _is_blurb(page: _Page, i: int) -> bool:
    """A sentence about the outlet: it begins with a name that stands alone on another line of the page."""
    row = page.lines[i]
    if row.words > 60 or not _any("blurb", "role", row.plain[:LONGEST_SIGN], re.search):
        return False
    return any(
        other.words <= 6 and len(other.plain) >= 4 and row.plain.startswith(other.plain + " ")
        for j, other in enumerate(page.lines)
        if j != i
    )


def _is_name(row: Line) -> bool:
    """Two to five capitalised words and nothing else, or with an outlet behind a dash or in brackets."""
    name = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|bin|al|de|van|von|el|and|&)){1,6}"
    return bool(re.fullmatch(rf"{name}(?: [-–—|,] {name}| \([A-Z][\w .-]{{1,30}}\))?", row.text))


def _cased(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "'\"“‘¿¡"


def _foot(row: Line) -> bool:
    """A row of the buttons under a reader's comment: "Reply", "Like · Reply · 2 y"."""
    words = re.findall(r"[^\W\d_]+", row.plain) if row.words <= 12 else []
    signs = _data()["comments"]["buttons"]
    return bool(words) and bool(set(words) & set(signs[:5])) and set(words) <= set(signs)


def _buttons(kind: str, row: Line) -> bool:
    if row.words > 24:
        return False
    words = re.findall(r"[^\W\d_]+", row.plain)
    return len(words) >= 2 and set(words) <= set(_data()[kind]["buttons"])


def _whole(kind: str, where: str, row: Line) -> bool:
    if len(row.text) > LONGEST_SIGN:
        return False
    return any(p.fullmatch(row.plain) for p in _patterns(kind, where))


def _matches(kind: str, where: str, row: Line) -> bool:
    return _any(kind, where, row.plain, re.match)


def _any(kind: str, where: str, text: str, how: Callable[..., object]) -> bool:
    if how is re.search:
        return any(p.search(text) for p in _patterns(kind, where))
    return any(p.match(text) for p in _patterns(kind, where))


def _author(text: str) -> str:
    return re.sub(r"^(?:by|author|written by)[: ]+", "", text, flags=re.IGNORECASE).split(" – ")[0].split(",")[0]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "sections.toml").read_text(encoding="utf-8"))


@cache
def _patterns(kind: str, where: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _data()[kind][where])
