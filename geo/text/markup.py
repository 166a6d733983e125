"""What the markup of a web page says of its parts, beside the text that extraction finds.

Extraction keeps the paragraphs and drops captions, bylines and dates. Here the page is walked once in the order of its
text: the paragraphs are found again, pictures' captions are put where they stand, the lines between headline and first
paragraph and those that name writer or day are kept, and what stands in boxes for comments, writers or links is marked.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.text.article import Section
from geo.text.layout import plain

MOST_HEAD_LINES = 14
MOST_LOOKED_AT = 300  # lines above the first paragraph, and below the last, among which writer and day are looked for
MOST_CAPTIONS = 60
LONGEST_HEAD_LINE = 400  # characters
LONGEST_CAPTION = 800
SHORT_ROW = 40  # characters: shorter lines are labels
LONGEST_CELL = 400  # characters: a longer cell of a table holds the article
LARGEST_BOX = 0.4  # of the article's characters may stand in a box that is no part of it
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "button", "select", "option"})
_BULLET = re.compile(r"^[-*•–] ")

Label = tuple[Section, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the page's text, and its section where the markup tells it."""

    text: str
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A run of text in the page: its element, and the box apart from the article in which it stands."""

    text: str
    plain: str
    element: Any
    box: Any = None
    label: Label | None = None


def parts(tree: Any, body: str, title: str | None) -> list[Part]:
    """The lines of ``body`` in their order, with captions, bylines and dates of the page between them."""
    places = list(_places(tree))
    rows = [row.strip() for row in body.split("\n") if row.strip()]
    if any(row.startswith("|") and len(row) > LONGEST_CELL for row in rows):
        rows = [place.text for place in places if place.label is None]  # laid out in a table: read as it stands
    wanted: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        wanted.setdefault(_key(row), []).append(i)
    found = _found(places, wanted)
    known = plain(title or "")
    lead = next((i for i, row in enumerate(rows) if _is_paragraph(row) and plain(row) != known), len(rows))
    first = min((at for at, row in found.items() if row >= lead), default=len(places))
    labels = _boxed(places, found, rows)
    head = _head(places, first, title, set(wanted))
    captions = _captions(places, found, lead, set(wanted))
    above = [Part(row, None if plain(row) == known else labels.get(i)) for i, row in enumerate(rows[:lead])]
    out = [*above, *head, *captions.get(-1, [])]
    for i, row in enumerate(rows[lead:], lead):
        out.append(Part(row, labels.get(i)))
        out += captions.get(i, [])
    return out + _foot(places, max(found, default=-1), set(wanted) | {plain(part.text) for part in out})


def _is_paragraph(row: str) -> bool:
    return len(row) > SHORT_ROW and row.rstrip("\"'”’)").endswith((".", "!", "?", "…"))


def _key(row: str) -> str:
    return plain(_BULLET.sub("", row))


def _places(tree: Any) -> Iterator[_Place]:
    """Every run of text of a block element in page order, without what a reader does not see."""
    body = tree.find(".//body")
    todo: list[tuple[Any, Any, Label | None]] = [(tree if body is None else body, None, None)]
    while todo:
        element, box, label = todo.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        said = _apart(element)
        if said is not None and (label is None or label[0] == "boilerplate"):
            box, label = element, said
        own, inner = _own_text(element)
        if own:
            yield _Place(own, plain(own), element, box, label)
        todo += [(child, box, label) for child in reversed(inner)]


def _own_text(element: Any) -> tuple[str, list[Any]]:
    """The text of an element that is in no block inside it, and those blocks."""
    words = [element.text or ""]
    inner = []
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN:
            pass
        elif child.tag in _BLOCKS or any(below.tag in _BLOCKS for below in child.iterdescendants()):
            inner.append(child)
        elif child.tag == "br":
            words.append(" ")
        else:
            words.append(" " + child.text_content() + " " if child.tag in ("span", "time") else child.text_content())
        words.append(child.tail or "")
    return " ".join("".join(words).split()), inner


def _found(places: list[_Place], wanted: dict[str, list[int]]) -> dict[int, int]:
    """Which place of the page is which line of the body: in page order, each line once."""
    left = {words: list(rows) for words, rows in wanted.items()}
    found: dict[int, int] = {}
    for at, place in enumerate(places):
        rows = left.get(place.plain)
        if rows:
            found[at] = rows.pop(0)
    return found


def _boxed(places: list[_Place], found: dict[int, int], rows: list[str]) -> dict[int, Label]:
    """The lines of the body that stand in a box apart from the article, unless the box holds the article."""
    held: Counter[int] = Counter()
    for at, row in found.items():
        if places[at].box is not None:
            held[id(places[at].box)] += len(rows[row])
    most = LARGEST_BOX * sum(len(row) for row in rows)
    return {
        row: label
        for at, row in found.items()
        if (label := places[at].label) is not None and held[id(places[at].box)] < most
    }


def _head(places: list[_Place], first: int, title: str | None, taken: set[str]) -> list[Part]:
    """The lines between headline and first paragraph, and those above the headline that name writer or day."""
    known = plain(title or "")
    tops = [at for at in range(first) if places[at].element.tag == "h1" or (known and places[at].plain == known)]
    top = max(tops, default=first)
    kept: list[Part] = []
    for at, place in list(enumerate(places[:first]))[-MOST_LOOKED_AT:]:
        named = _is_named(place.element)
        if place.label is not None or _is_caption(place.element) or place.plain in taken or place.plain == known:
            continue
        if len(place.text) <= LONGEST_HEAD_LINE and (named or top < at) and not _in_site_header(place.element):
            kept.append(Part(place.text, _byline() if named else None))
            taken.add(place.plain)
    return kept[-MOST_HEAD_LINES:]


def _captions(places: list[_Place], found: dict[int, int], lead: int, taken: set[str]) -> dict[int, list[Part]]:
    """The captions of pictures behind the line of the body above them; -1: above all."""
    out: dict[int, list[Part]] = {}
    last = -1
    for at, place in enumerate(places):
        row = found.get(at, -1)
        last = max(last, row) if row >= lead else last
        if not _is_caption(place.element) or place.label is not None or place.plain in taken:
            continue
        if len(place.text) <= LONGEST_CAPTION and sum(map(len, out.values())) < MOST_CAPTIONS and " " in place.text:
            label: Label = ("caption", "the page's markup makes it the text of a picture")
            out.setdefault(last, []).append(Part(place.text, label))
            taken.add(place.plain)
    return out


def _foot(places: list[_Place], last: int, taken: set[str]) -> list[Part]:
    """The lines below the last paragraph, in the article's own element, that name writer or day."""
    if not 0 <= last < len(places):
        return []
    around = {id(a) for a in places[last].element.iterancestors("article", "main")}
    return [
        Part(place.text, _byline())
        for place in places[last + 1 : last + 1 + MOST_LOOKED_AT]
        if place.label is None
        and _is_named(place.element)
        and place.plain not in taken
        and len(place.text) <= LONGEST_HEAD_LINE
        and any(id(a) in around for a in place.element.iterancestors("article", "main"))
    ][:3]


def _byline() -> Label:
    return ("byline", "the page's markup makes it the line of writer or date")


def _apart(element: Any) -> Label | None:
    """The section of a box that stands apart from the article, by its tag, class or id."""
    if element.tag == "nav":
        return ("navigation", "the page's markup makes it a menu")
    if element.tag == "footer" and (element.getparent() is None or element.getparent().tag != "blockquote"):
        return ("boilerplate", "the page's markup makes it the page's foot")
    if element.tag == "body" or element.tag == "html":
        return None
    names = _names(element)
    for form in _data()["apart"]:
        if _holds(tuple(form["names"]), names):
            return (form["section"], form["because"])
    return None


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or any(
        up.tag == "figcaption" or _holds(tuple(_data()["caption"]["names"]), _names(up)) for up in _near(element)
    )


def _is_named(element: Any) -> bool:
    """Whether an element's class, or a time inside it, says that it names writer or day."""
    if any(_holds(tuple(_data()["byline"]["today"]), _names(up)) for up in _near(element)):
        return False
    if element.find(".//time") is not None or element.tag in ("time", "address"):
        return True
    return any(_holds(tuple(_data()["byline"]["names"]), _names(up)) for up in _near(element)[:2])


def _in_site_header(element: Any) -> bool:
    """Whether it stands in the header of the site, which is in no article."""
    header = next(element.iterancestors("header"), None)
    return (
        header is not None
        and next(header.iterancestors("article", "main"), None) is None
        and header.find(".//h1") is None
    )


def _near(element: Any) -> list[Any]:
    """The element and its three nearest ancestors."""
    out = [element]
    for up in element.iterancestors():
        out.append(up)
        if len(out) == 4:
            break
    return out


def _names(element: Any) -> str:
    return f" {element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''} ".casefold()[:400]


def _holds(patterns: tuple[str, ...], names: str) -> bool:
    return bool(names.strip()) and bool(_pattern(patterns).search(" ".join(names.split()).join("  ")))


@cache
def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "sections_markup.toml").read_text(encoding="utf-8"))
