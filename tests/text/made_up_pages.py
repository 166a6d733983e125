"""Reads the made-up pages of tests/text/pages: their text and what is expected of each line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
SECTIONS = {
    "h": {"headline"},
    "s": {"subhead"},
    "b": {"body"},
    "c": {"caption"},
    "d": {"caption_duplicate"},
    "D": {"headline_duplicate"},
    "y": {"byline"},
    "k": {"crawl_header"},
    "n": {"navigation", "boilerplate", "byline"},
    "o": {"author_bio"},
    "r": {"comment"},
    "x": {"navigation", "boilerplate", "byline", "comment", "author_bio"},
}


@dataclass(frozen=True)
class MadeUpPage:
    name: str
    text: str
    lines: tuple[tuple[str, str], ...]  # what it is, its words
    expected: dict[str, str]


def read_page(path: Path) -> MadeUpPage:
    expected: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    rows: list[str] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            name, _, value = row[1:].partition(":")
            expected[name.strip()] = value.strip()
        elif row.startswith("+|"):
            rows.append(row[2:])
            lines[-1] = (lines[-1][0], lines[-1][1] + "\n" + row[2:])
        elif row.strip():
            kind, _, words = row.partition("|")
            rows.append(words)
            lines.append((kind, words))
        else:
            rows.append("")
    return MadeUpPage(path.stem, "\n".join(rows), tuple(lines), expected)


def pages() -> list[MadeUpPage]:
    return [read_page(path) for path in sorted(PAGES.glob("*.page"))]
