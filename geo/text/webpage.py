"""A web page becomes its text and what its metadata says."""

from __future__ import annotations

import json
import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import trafilatura

from geo.faults import BadInput
from geo.text.article import Mark
from geo.text.layout import plain
from geo.text.markup import Part, parts
from geo.text.period import Period
from geo.text.span import Span

WITH_TITLE = 3  # the title is looked for in the first lines of the text
_DAY = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)")


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
    published = _published(tree)
    found = trafilatura.bare_extraction(
        raw, include_comments=False, include_tables=True, with_metadata=True, deduplicate=False
    )
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


def _published(tree: Any) -> Period | None:
    for value, name in _stated(tree):
        found = _DAY.search(value)
        if found:
            try:
                return Period.iso(found.group(1), f"the page's metadata says {found.group(1)} ({name})")
            except ValueError:
                continue
    return None


def _stated(tree: Any) -> Iterator[tuple[str, str]]:
    """Every statement of the publication date in the page's metadata, the most reliable first."""
    metas = {
        str(m.get("property") or m.get("name") or m.get("itemprop") or "").casefold(): m.get("content") or ""
        for m in tree.iter("meta")
    }
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield from ((value, "JSON-LD datePublished") for value in _json_dates(script.text_content()))
    yield from ((metas[name], f"meta {name}") for name in _date_names() if name in metas)
    for time in tree.iter("time", "span", "abbr"):
        kind = f"{time.get('itemprop') or ''} {time.get('class') or ''}".casefold()
        if time.get("pubdate") is not None or re.search(r"publish|entry-date|post-date|dateline", kind):
            yield (
                time.get("datetime") or time.get("content") or time.get("title") or "",
                f"{time.tag} marked as publication date",
            )


def _json_dates(raw: str) -> Iterator[str]:
    try:
        todo: list[Any] = [json.loads(raw)]
    except (ValueError, RecursionError):
        return
    while todo:
        item = todo.pop(0)
        if isinstance(item, dict):
            if isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
            todo += [value for value in item.values() if isinstance(value, (dict, list))]
        elif isinstance(item, list):
            todo += item


@cache
def _date_names() -> list[str]:
    data = tomllib.loads((Path(__file__).parent / "webpage.toml").read_text(encoding="utf-8"))
    names: list[str] = data["published"]
    return names
