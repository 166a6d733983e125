"""Puts the furniture of tests/text/furniture.toml into made-up articles and counts what the gate gets wrong.

python -m tests.text.furniture [--misses]
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geo.text.article import OPEN_SECTIONS, Article
from geo.text.period import Period
from geo.text.sentences import sentences

FORMS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ARTICLES = (
    (
        "Dockers and fishermen close the port of Kisumu",
        "By Ann Weru and Moses Kato",
        "KISUMU, Kenya - Some four hundred dockers and fishermen closed the lake port of Kisumu on Tuesday "
        "in a quarrel over landing fees, the harbour master said.",
        "“We have paid twice for the same fish,” said Peris Achieng, who mends nets at Dunga. She said that "
        "the boats would stay ashore until the governor came.",
        "The county promised talks on Thursday. Rifles that were handed to guards at the pier last month "
        "have frightened the crews, a union official said, and nobody would say who had ordered them.",
        "In Homa Bay, across the gulf, women blocked the fish market with baskets.",
        "The governor’s office did not answer calls on Tuesday evening.",
    ),
    (
        "Ministers of three states meet over the river",
        "Ann Weru",
        "4 May 2021",
        "Ministers of Mali, Niger and Benin met in Niamey on Monday to share out the water of the Niger, "
        "and parted without an agreement.",
        "It was their third meeting in a year. Each of the delegations brought engineers and maps, and one "
        "of them a colonel.",
        "Outside the hall some thirty farmers from Gaya held up empty calabashes. They were sent away by the guard.",
        "A further meeting is planned for July in Parakou, according to the communiqué that was read out at dusk.",
    ),
)
GAPS = ("\n", "\n\n")


def misses() -> Iterator[tuple[str, str, str]]:
    """The form, what went wrong, and the line."""
    for form, lines in FORMS.items():
        for pages in ARTICLES:
            for gap in GAPS:
                for words in lines.get("shut", ()):
                    for at in (len(pages) - 2, len(pages)):
                        yield from ((form, *miss) for miss in _read(pages, [words], at, gap, ()))
                for block in lines.get("foot", ()):
                    yield from ((form, *miss) for miss in _read(pages, block, len(pages), gap, ()))
                for words in lines.get("open", ()):
                    for at in (len(pages) - 1, len(pages)):
                        yield from ((form, *miss) for miss in _read(pages, [words], at, gap, (words,)))


def tried() -> int:
    """In how many pages the forms are put."""
    return sum(
        len(ARTICLES)
        * len(GAPS)
        * (2 * len(lines.get("shut", ())) + len(lines.get("foot", ())) + 2 * len(lines.get("open", ())))
        for lines in FORMS.values()
    )


def _read(
    pages: tuple[str, ...], added: list[str], at: int, gap: str, stay: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    rows = [*pages[:at], *added, *pages[at:]]
    text = gap.join(rows)
    article = Article("a", pages[0], text, Period.unknown("made up"))
    body = {words for words in pages if words.endswith(".")} | set(stay)
    starts: dict[int, str] = {}
    offset = 0
    for words in rows:
        starts[offset] = words
        offset += len(words) + len(gap)
    for sentence in sentences(article):
        line = starts[max(start for start in starts if start <= sentence.span.start)]
        if line in body and not sentence.open:
            yield f"shut out as {sentence.section}", sentence.text
        elif line in added and line not in stay and sentence.section in OPEN_SECTIONS:
            yield f"left open as {sentence.section}", sentence.text


def main() -> int:
    found = list(misses())
    told: Counter[str] = Counter(f"{form}: {what}: {words[:110]}" for form, what, words in found)
    print(
        json.dumps(
            {
                "pages": tried(),
                "left open": sum("left open" in what for _, what, _ in found),
                "shut out": sum("shut out" in what for _, what, _ in found),
            }
        )
    )
    if "--misses" in sys.argv:
        print("\n".join(f"{count} {words}" for words, count in sorted(told.items())), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
