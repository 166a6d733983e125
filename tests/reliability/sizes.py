"""How time and memory grow with texts made to be hard: they may grow with the length and not with its square.

python -m tests.reliability.sizes [--reading 20000] [--splitting 1000000] [--write]
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.faults import BadInput
from geo.text.reader import from_record, parse
from geo.text.sentences import sentences
from tests.reliability.report import table, write


def _times(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (1 + length // len(piece)))[:length]


HARD: dict[str, Callable[[int], str]] = {
    "one word without a blank": _times("a"),
    "letters and capitals without a blank": _times("aB"),
    "toponyms, comma between": _times("Herat, Kunduz, Doha, "),
    "toponyms, nothing but blanks between": _times("Herat "),
    "capitals and full stops": _times("A. "),
    "abbreviations": _times("U.S. Mr. St. No. "),
    "brackets that open": _times("("),
    "quotation marks": _times("“ ” \" ' "),
    "numbers and months": _times("12 May 2018, "),
    "says and said": _times("he said that she said "),
    "blanks": lambda length: "People marched." + " " * length + "They met.",
    "line ends": lambda length: "People marched." + "\n" * length + "They met.",
    "short lines": _times("By Ann Weru\n"),
    "combining marks": _times("e\u0301\u0301\u0301"),
    "half characters": _times("\ud800"),
    "template signs": _times("{{7*7}} {% raw %} "),
    "an honest report": _times("Hundreds of teachers marched in Herat on Monday, the police said. "),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of processor time for a text, one twice as long and one four times; ``power`` is 1 where time grows with
    the length and 2 where it grows with its square."""

    seconds: tuple[float, float, float]

    @property
    def power(self) -> float:
        small, _, large = (max(one, 0.02) for one in self.seconds)  # below, the clock tells nothing
        return math.log(large / small, 4)


def split(text: str) -> None:
    """A text becomes sentences."""
    sentences(from_record({"id": "a", "text": text + " They met."}))


def claimed(text: str) -> None:
    """A text is read for claims."""
    from geo.claims.extract import read_article

    read_article(from_record({"id": "a", "text": text + " They met."}))


def nested(length: int) -> bytes:
    """A web page of elements in elements."""
    deep = min(length, 5_000_000) // len("<div></div>")
    return b"<html><body>" + b"<div>" * deep + b"People marched in Herat." + b"</div>" * deep + b"</body></html>"


def page(content: bytes) -> None:
    try:
        parse(content, Path("a.html"))
    except BadInput:
        return


def growth(of: Callable[[Any], None], text: Callable[[int], Any], length: int) -> Growth:
    """Time for three lengths, the last one ``length``."""
    taken = []
    for part in (4, 2, 1):
        given = text(length // part)
        begun = time.process_time()
        of(given)
        taken.append(time.process_time() - begun)
    return Growth((taken[0], taken[1], taken[2]))


def main() -> int:
    asked = argparse.ArgumentParser(description="Measure how time grows with hard texts.")
    asked.add_argument("--splitting", type=int, default=1_000_000, help="characters of a text cut into sentences")
    asked.add_argument("--reading", type=int, default=20_000, help="characters of a text read for claims")
    asked.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    given = asked.parse_args()
    claimed("People marched in Herat.")  # models
    lines = []
    for name, text in HARD.items():
        cut, read = growth(split, text, given.splitting), growth(claimed, text, given.reading)
        lines.append((name, *_cells(cut), *_cells(read)))
        print(" | ".join(lines[-1]), flush=True)
    lines.append(("web page, elements in elements", *_cells(growth(page, nested, given.splitting)), "", ""))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = ("text", f"{given.splitting:,} into sentences, s", "power", f"{given.reading:,} for claims, s", "power")
    figures = f"{table(head, lines)}\n\nMost memory of the process: {most:.0f} MB."
    print(figures)
    if given.write:
        write("sizes", figures)
    return 0


def _cells(found: Growth) -> tuple[str, str]:
    return f"{found.seconds[2]:.2f}", f"{found.power:.1f}"


if __name__ == "__main__":
    sys.exit(main())
