"""The YAML head of a brief: what is known about the report besides its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from geo.faults import BadInput
from geo.text.article import Wording
from geo.text.period import Period

_HEAD = re.compile(r"---[ \t]*\r?\n(.*?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
LONGEST_HEAD = 20_000
_WORDS = (
    "id",
    "title",
    "publisher",
    "publisher_type",
    "published_basis",
    "url",
    "republishes",
    "original_sha256",
    "text",
    "published",
)
_TYPES = ("state-sponsored", "state", "wire", "independent", "opinion", "broadcaster")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The facts in the head of an article's file; ``None`` or empty where the head does not say."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    publisher_type: str | None = None
    authors: tuple[str, ...] = ()
    published: Period | None = None
    url: str | None = None
    republishes: str | None = None
    original_sha256: str | None = None
    wording: Wording = "original"


def read_front_matter(raw: str, where: Path) -> tuple[FrontMatter, int]:
    """The head and the character at which the article's text begins.

    A file that does not begin with ``---`` has no head. Raises BadInput for a head that is not closed, is no YAML, has
    a field of the wrong form or a field that is not known (a misspelt one would be lost in silence).
    """
    if not re.match(r"---[ \t]*\r?\n", raw):
        return FrontMatter(), 0
    found = _HEAD.match(raw[:LONGEST_HEAD])
    if not found:
        raise BadInput(where, "broken front matter: no closing line '---'")
    try:
        # BaseLoader keeps every value a string: "2017" stays a year and no tag builds an object.
        fields = yaml.load(found.group(1) or "", Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadInput(where, f"broken front matter: {_line_of(error)}") from error
    if fields is None or fields == "":
        fields = {}
    if not isinstance(fields, dict):
        raise BadInput(where, "broken front matter: not a list of 'field: value' lines")
    return _facts(fields, where), found.end()


def _facts(fields: dict[Any, Any], where: Path) -> FrontMatter:
    unknown = sorted(str(name) for name in fields if name not in (*_WORDS, "authors"))
    if unknown:
        raise BadInput(where, f"broken front matter: unknown field {unknown[0]!r}")
    said = {name: _text(fields, name, where) for name in _WORDS}
    if said["text"] not in (None, "brief", "original"):
        raise BadInput(where, f"broken front matter: text must be 'brief' or 'original', not {said['text']!r}")
    if said["publisher_type"] not in (None, *_TYPES):
        raise BadInput(
            where, f"broken front matter: publisher_type {said['publisher_type']!r} is none of {', '.join(_TYPES)}"
        )
    digest = said["original_sha256"]
    if digest is not None and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise BadInput(where, f"broken front matter: original_sha256 is not 64 hexadecimal digits: {digest!r}")
    url = said["url"]
    if url is not None and not re.match(r"https?://\S+$", url):
        raise BadInput(where, f"broken front matter: url is not a web address: {url!r}")
    return FrontMatter(
        id=said["id"],
        title=said["title"],
        publisher=said["publisher"],
        publisher_type=said["publisher_type"],
        authors=_authors(fields, where),
        published=_published(said, where),
        url=url,
        republishes=said["republishes"],
        original_sha256=digest,
        wording="brief" if said["text"] == "brief" else "original",
    )


def _text(fields: dict[Any, Any], name: str, where: Path) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or "\n" in value.strip():
        raise BadInput(where, f"broken front matter: {name} must be one line of text")
    if not value.strip() or value.strip() in ("null", "~"):
        if name in fields and name in ("id", "title", "published"):
            raise BadInput(where, f"broken front matter: {name} is empty")
        return None
    return value.strip()


def _authors(fields: dict[Any, Any], where: Path) -> tuple[str, ...]:
    value = fields.get("authors", [])
    if isinstance(value, str):
        value = [value] if value.strip() else []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadInput(where, "broken front matter: authors must be a list of names")
    return tuple(name.strip() for name in value if name.strip())


def _published(said: dict[str, str | None], where: Path) -> Period | None:
    value = said["published"]
    if value is None:
        return None
    basis = f" ({said['published_basis']})" if said["published_basis"] else ""
    try:
        return Period.iso(value, f"front matter says {value}{basis}")
    except ValueError as error:
        raise BadInput(where, f"broken front matter: published: {error}") from error


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "not YAML"
    return f"{problem} in line {mark.line + 2}" if mark is not None else str(problem)
