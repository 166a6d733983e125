"""An article: its text and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.text.period import Period
from geo.text.span import Span

Wording = Literal["brief", "original"]
Section = Literal[
    "headline",
    "subhead",
    "body",
    "caption",
    "caption_duplicate",
    "headline_duplicate",
    "byline",
    "author_bio",
    "navigation",
    "crawl_header",
    "comment",
    "boilerplate",
]
OPEN_SECTIONS: frozenset[Section] = frozenset({"headline", "subhead", "body", "caption"})
"""Only sentences of these sections can yield claims."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article's text whose section the page's markup tells, and how."""

    span: Span
    section: Section
    because: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text that somebody published.

    ``text`` is exact: every span of every later judgement counts its characters. ``publisher`` and the other facts are
    ``None`` (or empty) when neither front matter nor page tells. ``kind`` says whether the words are the publisher's
    ("original") or our account of them ("brief"). ``crawl_dates`` are dates an archive stamped on the page: shown struck
    through, never used. ``republishes`` names the outlet whose report this is. ``source`` is the file's name.
    ``marks`` are the lines of a web page whose section its markup tells.
    """

    id: str
    title: str
    text: str
    published: Period
    publisher: str | None = None
    publisher_type: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    kind: Wording = "original"
    republishes: str | None = None
    crawl_dates: tuple[Span, ...] = ()
    source: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, in the section of the page where it stands.

    ``paragraph`` counts the article's paragraphs from 0. ``because`` says how the section was told.
    """

    article: Article
    span: Span
    section: Section
    paragraph: int = 0
    because: str = ""

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def open(self) -> bool:
        """Whether this sentence may yield claims."""
        return self.section in OPEN_SECTIONS
