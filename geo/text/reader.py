"""A file or a JSON record becomes an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from geo.faults import BadInput
from geo.text.article import Article, Mark
from geo.text.decoding import MOST_BYTES, decode, read_bytes, without_surrogates
from geo.text.frontmatter import FrontMatter, read_front_matter
from geo.text.period import Period
from geo.text.published import date_page, from_address
from geo.text.sections import blocks
from geo.text.webpage import read_page

SUFFIXES = (".txt", ".md", ".html", ".htm")


def read(path: Path) -> Article:
    """The article in a file: plain text as it stands, Markdown below its front matter, or the text of a web page.

    Raises BadInput when the file cannot be read, is too large, is no text, or holds no words.
    """
    return parse(read_bytes(path), path)


def read_article_file(path: Path) -> tuple[Article, FrontMatter]:
    """The article in a file, and the head that it was read with."""
    return _parse(read_bytes(path), path)


def parse(raw: bytes, path: Path) -> Article:
    """The article in the bytes of a file of that name."""
    return _parse(raw, path)[0]


def _parse(raw: bytes, path: Path) -> tuple[Article, FrontMatter]:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise BadInput(path, f"not an article: expected {', '.join(SUFFIXES)}")
    if suffix in (".html", ".htm"):
        return _from_page(raw, path), FrontMatter()
    text = decode(raw, path)
    facts, start = read_front_matter(text, path) if suffix == ".md" else (FrontMatter(), 0)
    body = text[start:].strip() if start else text
    return _article(body, facts, path), facts


def from_record(record: Mapping[str, Any], *, where: Path | str = "record") -> Article:
    """The article of one JSON line: {"id", "text"[, "publisher", "date", "title", "url"]}; offsets count in "text".

    Raises BadInput when a field is missing or not of that form.
    """
    if not isinstance(record, Mapping):
        raise BadInput(where, 'not a JSON object with "id" and "text"')
    for name in ("id", "text"):
        if name not in record:
            raise BadInput(where, f'no "{name}"')
    given = {name: _field(record, name, where) for name in ("id", "text", "publisher", "date", "title", "url")}
    if len(given["text"] or "") > MOST_BYTES:
        raise BadInput(where, f"too large for an article: {len(given['text'] or ''):,} characters")
    try:
        published = Period.iso(given["date"][:10], f"given as {given['date']}") if given["date"] else None
    except ValueError as error:
        raise BadInput(where, str(error)) from error
    facts = FrontMatter(
        id=given["id"], title=given["title"], publisher=given["publisher"], url=given["url"], published=published
    )
    return _article(given["text"] or "", facts, where)


def _field(record: Mapping[str, Any], name: str, where: Path | str) -> str | None:
    value = record.get(name)
    if value is None and name not in ("id", "text"):
        return None
    if name == "id" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or (name == "id" and not value.strip()):
        raise BadInput(where, f'"{name}" is not a text')
    return value


def _from_page(raw: bytes, path: Path) -> Article:
    page = read_page(raw, path)
    facts = FrontMatter(
        title=page.title, publisher=page.publisher, authors=page.authors, url=page.url, published=page.published
    )
    return _article(page.text, facts, path, page.marks)


def _whole(facts: FrontMatter) -> FrontMatter:
    """The same facts without half characters: escapes of YAML and of JSON can write them."""
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    clean: dict[str, Any] = {name: without_surrogates(value) for name, value in said.items() if isinstance(value, str)}
    return replace(facts, **clean, authors=tuple(map(without_surrogates, facts.authors)))


def _article(text: str, facts: FrontMatter, where: Path | str, marks: tuple[Mark, ...] = ()) -> Article:
    text, facts = without_surrogates(text), _whole(facts)
    parts = blocks(text, title=facts.title, writers=facts.authors, marks=marks)
    if not any(sign.isalnum() for sign in text):
        raise BadInput(where, "no sentences: the text holds no words")
    headline = next((part.span.of(text) for part in parts if part.section == "headline"), None)
    dating = date_page(text, parts)
    name = without_surrogates(where.stem if isinstance(where, Path) else str(where))  # a file's name may be any bytes
    return Article(
        id=facts.id or name,
        title=facts.title or headline or name,
        text=text,
        published=facts.published or from_address(facts.url) or dating.published,
        publisher=facts.publisher,
        publisher_type=facts.publisher_type,
        authors=facts.authors,
        url=facts.url,
        kind=facts.wording,
        republishes=facts.republishes,
        crawl_dates=dating.crawl_dates,
        source=without_surrogates(where.name) if isinstance(where, Path) else None,
        marks=marks,
    )
