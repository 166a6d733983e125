"""The day of publication that a web page's metadata states: JSON-LD, <meta>, and marked or headline-side times.

Only what is said of the article itself counts: dates of its comments, of other articles listed on the page, and of its
last change are left alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from geo.text.datewords import stated_dates
from geo.text.period import Period

_DAY = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}Z?)?")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
LEAD = 120
"""Characters of a paragraph from which on it is the article's own text: a date before it stands beside the headline."""
DEEPEST = 5_000
"""Items of one JSON-LD script that are looked at."""


def stated_day(tree: Any) -> Period | None:
    """The day of publication by a page's metadata, with the name of what states it; None when nothing does."""
    for value, name in _stated(tree):
        day = day_of(value)
        if day is not None:
            return Period(day, day, f"the page's metadata says {day.isoformat()} ({name})")
    return None


def day_of(value: str) -> date | None:
    """The day of "2019-03-05T10:00:00Z", "20190305", "Tue, 05 Mar 2019 10:00 GMT" or seconds since 1970."""
    words = value.strip()[:100]
    iso, compact = _DAY.search(words), _COMPACT.fullmatch(words)
    try:
        if iso:
            return date.fromisoformat(iso.group(1))
        if compact:
            return date(*(int(part) for part in compact.groups()))
        if _SECONDS.fullmatch(words):
            return datetime.fromtimestamp(int(words[:10]), UTC).date()
    except ValueError:
        return None
    return next((day for found in stated_dates(words) if (day := found.whole)), None)


def _stated(tree: Any) -> Iterator[tuple[str, str]]:
    """Every statement of the publication date in the page's metadata, the most reliable first."""
    metas = {
        str(m.get("property") or m.get("name") or m.get("itemprop") or "").casefold(): m.get("content") or ""
        for m in tree.iter("meta")
    }
    scripts = [one.text_content() for one in tree.iter("script") if "ld+json" in (one.get("type") or "")]
    said = [item for raw in scripts for item in _items(raw)]
    for article in (True, False):
        yield from ((value, "JSON-LD datePublished") for value, own in said if own == article)
    yield from ((metas[name], f"meta {name}") for name in _names()["published"] if name in metas)
    for time in tree.iter("time", "span", "abbr"):
        kind = f"{time.get('itemprop') or ''} {time.get('class') or ''}".casefold()
        if time.get("pubdate") is not None or re.search(r"publish|entry-date|post-date|dateline", kind):
            yield _time_of(time), f"{time.tag} marked as publication date"
    yield from _beside_headline(tree)


def _time_of(element: Any) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or ""


def _beside_headline(tree: Any) -> Iterator[tuple[str, str]]:
    """The times between the headline and the first paragraph of the text, unless they are said to be of a change."""
    headed = False
    for element in tree.iter("h1", "p", "time"):
        if element.tag == "h1":
            headed = True
        elif element.tag == "p" and headed and len(element.text_content().strip()) >= LEAD:
            return
        elif element.tag == "time" and headed:
            around = element.getparent()
            words = (around.text_content() if around is not None else "")[:200].casefold()
            kind = f"{element.get('itemprop') or ''} {element.get('class') or ''}".casefold()
            if not any(word in f"{words} {kind}" for word in _names()["changed"]):
                yield _time_of(element), "a time beside the headline"


def _items(raw: str) -> Iterator[tuple[str, bool]]:
    """The dates of publication in one script, and whether each is an article's; comments and lists are passed over."""
    try:
        todo: list[Any] = [json.loads(raw)]
    except (ValueError, RecursionError):
        return
    for _ in range(DEEPEST):
        if not todo:
            return
        item = todo.pop(0)
        if isinstance(item, dict):
            kinds = json.dumps(item.get("@type", ""))
            if isinstance(item.get("datePublished"), str) and not re.search(r"Comment|Review|Answer", kinds):
                yield item["datePublished"], re.search(r"Article|Posting|Report|Blog", kinds) is not None
            todo += [v for k, v in item.items() if k not in _names()["others"] and isinstance(v, (dict, list))]
        elif isinstance(item, list):
            todo += item


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "webpage.toml").read_text(encoding="utf-8"))
