"""A page while its lines are being told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.text.article import Section
from geo.text.layout import Line
from geo.text.span import Span

REPEATED = "repeats an earlier line of the page word for word"
CRAWL_NOTICE = "says when an archive or cache stored the page"
COMMENT_FORM = "belongs to the comment form"
READERS_PART = "stands below the beginning of the readers' comments"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph with its section, and why it stands there."""

    span: Span
    section: Section
    because: str


@dataclass(slots=True)
class Page:
    """The lines of a page and what has been found about each; rules fill ``labels``, and the first word stands.

    ``title`` is the article's, in small letters, when it is known from elsewhere. ``start`` is the line of the first
    paragraph, ``headline`` that of the headline; None while unknown, or when there is none. ``writers`` are the names, in
    small letters, that front matter or a page's metadata gives.
    """

    lines: tuple[Line, ...]
    title: str
    labels: list[tuple[Section, str] | None]
    counts: Counter[str]
    labels_of_sites: frozenset[str] = field(default=frozenset())
    headline: int | None = None
    start: int | None = None
    writers: tuple[str, ...] = ()

    @classmethod
    def of(cls, lines: tuple[Line, ...], title: str, writers: tuple[str, ...] = ()) -> Page:
        short = frozenset(row.plain for row in lines if row.words <= 6 and len(row.plain) >= 4)
        return cls(lines, title, [None] * len(lines), Counter(row.plain for row in lines), short, writers=writers)

    def say(self, i: int, section: Section, because: str) -> None:
        """Put a line into a section, unless an earlier rule has."""
        if self.labels[i] is None:
            self.labels[i] = (section, because)

    def section(self, i: int) -> Section | None:
        label = self.labels[i]
        return label[0] if label else None

    def free(self, among: Iterable[int]) -> list[int]:
        """The lines that no rule has spoken about."""
        return [i for i in among if self.labels[i] is None]

    def after(self, i: int) -> range:
        return range(i + 1, len(self.lines))

    def repeats(self, i: int) -> bool:
        return self.counts[self.lines[i].plain] > 1

    def begins_with_a_label(self, i: int) -> bool:
        """Whether the line begins with words that stand alone on another: the outlet's or the writer's name."""
        words = self.lines[i].plain.split()
        return any(" ".join(words[:n]) in self.labels_of_sites for n in range(1, min(7, len(words))))
