"""A web page becomes its text and what its metadata says."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura

from geo.faults import BadInput
from geo.text.article import Mark
from geo.text.layout import plain
from geo.text.markup import Part, parts
from geo.text.metadata import stated_day
from geo.text.period import Period
from geo.text.span import Span

WITH_TITLE = 3  # the title is looked for in the first lines of the text


@dataclass(frozen=True, slots=True)
class WebPage:
    """The text of a page without its furniture, and its metadata; ``None`` where the page does not say.

    The text begins with the title and the lines of writer and date, and holds the captions of pictures where they stand.
    ``marks`` are those of its lines whose section the page's markup tells.
    """

    text: str
    marks: tuple[Mark, ...]
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    url: str | None
    published: Period | None


def read_page(raw: bytes, where: Path | str) -> WebPage:
    """The article of an HTML page. Raises BadInput when the page holds none.

    The date comes from the page's structured metadata only: searching its text finds the date of a header as well.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports empty pages, and so do we
    tree = trafilatura.load_html(raw)
    if tree is None:
        raise BadInput(where, "not a web page that can be read")
    published = stated_day(tree)
    found = _extracted(raw)
    body = getattr(found, "text", None) or ""
    if not body.strip():
        raise BadInput(where, "no article found in this web page")
    title = getattr(found, "title", None)
    author = getattr(found, "author", None) or ""
    names = tuple(name.strip() for name in author.split(";") if name.strip())
    text, marks = _put_together(parts(tree, body, title), title)
    return WebPage(
        text, marks, title, names, getattr(found, "sitename", None), _web_address(getattr(found, "url", None)), published
    )


def _extracted(raw: bytes) -> Any:
    """What trafilatura finds. Its search for a date ends in an AssertionError of lxml on some broken pages; without the
    metadata such a page still has its text."""
    asked: dict[str, Any] = {"include_comments": False, "include_tables": True, "deduplicate": False}
    try:
        return trafilatura.bare_extraction(raw, with_metadata=True, **asked)
    except AssertionError:
        return trafilatura.bare_extraction(raw, with_metadata=False, **asked)


def _put_together(rows: list[Part], title: str | None) -> tuple[str, tuple[Mark, ...]]:
    """The page's text below its title: extraction leaves the headline out, and a headline may carry a claim."""
    name = " ".join((title or "").split())
    if name and not any(plain(name) in plain(row.text) for row in rows[:WITH_TITLE]):
        rows = [Part(name, None), *rows]
    text = ""
    marks: list[Mark] = []
    for i, row in enumerate(rows):
        text += ("\n\n" if i == 1 else "\n") if i else ""
        if row.label is not None:
            marks.append(Mark(Span(len(text), len(text) + len(row.text)), *row.label))
        text += row.text
    return text, tuple(marks)


def _web_address(url: str | None) -> str | None:
    return url if url and re.match(r"https?://\S+$", url) else None
