"""How well the atlas reads pages from other parts of the world: figures on the made-up pages of tests/gold/elsewhere.

python -m tests.accuracy.elsewhere [FOLDER] [--misses]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.claims.claim import Claim, Reading
from geo.claims.extract import read_article
from geo.text.reader import read
from geo.text.span import Span
from tests.accuracy.briefs import KINDS, f1, words

FOLDER = Path(__file__).resolve().parent.parent / "gold" / "elsewhere"
SHUT = frozenset({"comment", "boilerplate", "navigation", "crawl_header", "author_bio", "byline"})
NEAR_KM = 40.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's labels: its publication interval (ISO days) and one row for each of its sentences."""

    id: str
    published: tuple[str, str]
    sentences: tuple[dict[str, Any], ...]


def pages(folder: Path = FOLDER) -> list[tuple[Page, Reading]]:
    """Each page's labels and what the atlas reads in its text."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        head, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        page = Page(head["id"], tuple(head["published"]), tuple(rows))
        found.append((page, read_article(read(path.with_suffix(".txt")))))
    return found


def figures(read_pages: list[tuple[Page, Reading]]) -> tuple[dict[str, float], list[str]]:
    """Shares of what is right (0..1; ``leaks`` and ``wrong_pins`` are counts), and a line for each miss."""
    count: Counter[str] = Counter()
    misses: list[str] = []
    for page, reading in read_pages:
        day = reading.article.published
        fits = day.first is not None and day.last is not None
        fits = fits and str(day.first) <= page.published[1] and str(day.last) >= page.published[0]
        _tell(count, misses, "published", fits, f"{page.id}: {day.first}..{day.last} {day.because}")
        for row in page.sentences:
            _sentence(row, [c for c in reading.claims if _same(row, c.sentence.span)], count, misses)
    out = {kind: f1(count[f"{kind} hit"], count[f"{kind} said"], count[f"{kind} true"]) for kind in KINDS}
    for name in ("pins", "date", "stance", "speaker", "planned", "published"):
        out[name] = round(count[f"{name} hit"] / max(count[f"{name} true"], 1), 4)
    return out | {"leaks": count["leaks"], "wrong_pins": count["wrong_pins"]}, misses


def _tell(count: Counter[str], misses: list[str], name: str, hit: bool, what: str) -> None:
    count.update({f"{name} hit": hit, f"{name} true": True})
    if not hit:
        misses.append(f"{name}: {what}")


def _same(row: dict[str, Any], span: Span) -> bool:
    shared = min(row["end"], span.end) - max(row["start"], span.start)
    return bool(shared > 0.5 * min(row["end"] - row["start"], len(span)))


def _sentence(row: dict[str, Any], claims: list[Claim], count: Counter[str], misses: list[str]) -> None:
    text = row["text"][:140]
    if row["section"] in SHUT:
        count["leaks"] += bool(claims)
        misses += [f"leak ({row['section']}): {text}"] if claims else []
        return
    for kind in KINDS:
        got, want = any(c.kind == kind for c in claims), row.get("kind") == kind
        count.update({f"{kind} hit": got and want, f"{kind} said": got, f"{kind} true": want})
        misses += [f"{kind} got={got}: {text}"] if got != want else []
    wrong = [name for name, lat, lon in row.get("nopins", []) if any(_pinned(c, lat, lon) for c in claims)]
    count["wrong_pins"] += len(wrong)
    misses += [f"wrong pin {name}: {text}" for name in wrong]
    if row.get("kind"):
        _judged(row, [c for c in claims if c.kind == row["kind"]], text, count, misses)


def _judged(row: dict[str, Any], same: list[Claim], text: str, count: Counter[str], misses: list[str]) -> None:
    """What the claims of the right kind say of place, day, stance, speaker and plan."""
    for name, lat, lon in row.get("pins", []):
        _tell(count, misses, "pins", any(_pinned(c, lat, lon) for c in same), f"{name}: {text}")
    _tell(count, misses, "stance", any(c.voice.stance == row["stance"] for c in same), f"{row['stance']}: {text}")
    if row.get("date"):
        first, _, last = row["date"].partition("/")
        got = [(str(c.event_date.first), str(c.event_date.last)) for c in same]
        _tell(count, misses, "date", (first, last or first) in got, f"{row['date']} got {got}: {text}")
    if row.get("speaker"):
        hit = any(words(row["speaker"]) & words(c.voice.speaker or "") for c in same)
        _tell(count, misses, "speaker", hit, f"{row['speaker']}: {text}")
    if row.get("planned"):
        _tell(count, misses, "planned", any(c.planned for c in same), text)


def _pinned(claim: Claim, lat: float, lon: float) -> bool:
    from geopy.distance import great_circle

    return any(
        loc.pin and loc.place and great_circle((loc.place.lat, loc.place.lon), (lat, lon)).km <= NEAR_KM
        for loc in claim.locations
    )


def main() -> int:
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    found, misses = figures(pages(*folders[:1]))
    print(json.dumps(found, indent=1))
    if "--misses" in sys.argv:
        print("\n".join(misses), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
