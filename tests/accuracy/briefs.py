"""How right the claims of the labelled briefs are: figures on tests/gold/briefs.jsonl, for the floors of test_claims.py.

python -m tests.accuracy.briefs [--misses]
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from geo.claims.claim import Claim, Reading
from geo.text.period import Period

ROOT = Path(__file__).resolve().parent.parent.parent
GOLD = ROOT / "tests" / "gold"
KINDS = ("protest", "arms_flow", "meeting")


def labels() -> dict[str, list[dict[str, Any]]]:
    """The labelled sentences of each brief."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (GOLD / "briefs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]].append(row)
    return dict(found)


def read_briefs(ids: Sequence[str]) -> list[Reading]:
    """The readings of these briefs, with origins and events."""
    from geo.claims.events import with_events
    from geo.claims.extract import read_article
    from geo.claims.reuse import with_origins
    from geo.text.reader import read

    articles = [read(ROOT / "corpus" / "articles" / f"{id}.md") for id in ids]
    return with_events(with_origins([read_article(article) for article in articles]))


def f1(hit: int, said: int, true: int) -> float:
    precision, recall = hit / max(said, 1), hit / max(true, 1)
    return round(2 * precision * recall / max(precision + recall, 1e-9), 4)


def figures(readings: Sequence[Reading], gold: dict[str, list[dict[str, Any]]]) -> tuple[dict[str, float], list[str]]:
    """Kinds F1 each; pins, dates, stance and speaker over the sentences whose kind was found; and what was missed."""
    count: Counter[str] = Counter()
    misses: list[str] = []
    for reading in readings:
        for row in gold[reading.article.id]:
            if row.get("borderline"):
                continue
            claims = [c for c in reading.claims if overlap(row, c)]
            kinds(row, claims, count, misses)
            same = [c for c in claims if c.kind == row["claim_type"]]
            if row["claim_type"] and same:
                judged(row, same, count, misses)
    out = {kind: f1(count[f"{kind} hit"], count[f"{kind} said"], count[f"{kind} true"]) for kind in KINDS}
    out["pins"] = f1(count["pin hit"], count["pin said"], count["pin true"])
    out["pins_precision"] = round(count["pin hit"] / max(count["pin said"], 1), 4)
    out["pins_recall"] = round(count["pin hit"] / max(count["pin true"], 1), 4)
    for name in ("date", "stance", "speaker", "planned"):
        out[name] = round(count[f"{name} hit"] / max(count[f"{name} true"], 1), 4)
    return out, misses


def overlap(row: dict[str, Any], claim: Claim) -> bool:
    span = claim.sentence.span
    shared = min(row["end"], span.end) - max(row["start"], span.start)
    return shared > 0.5 * min(row["end"] - row["start"], len(span))


def kinds(row: dict[str, Any], claims: Sequence[Claim], count: Counter[str], misses: list[str]) -> None:
    for kind in KINDS:
        got, want = any(c.kind == kind for c in claims), row["claim_type"] == kind
        count.update({f"{kind} hit": got and want, f"{kind} said": got, f"{kind} true": want})
        if got != want:
            misses.append(f"kind {kind} got={got}: {row['sentence'][:150]}")


def judged(row: dict[str, Any], same: Sequence[Claim], count: Counter[str], misses: list[str]) -> None:
    """Pins, date, stance, speaker and plan of the claims of the right kind."""
    own = {
        (loc.toponym.span.start, loc.toponym.span.end): loc
        for c in same
        for loc in c.locations
        if row["start"] <= loc.toponym.span.start < row["end"]
    }
    wanted = {(p["start"], p["end"]): p for p in row["places"]}
    for at, place in wanted.items():
        near = [loc for span, loc in own.items() if span[0] < at[1] and at[0] < span[1]]
        got = any(loc.pin for loc in near)
        count.update({"pin hit": got and place["pin"], "pin said": got, "pin true": bool(place["pin"])})
        if got != bool(place["pin"]):
            why = [(loc.role, loc.place.kind if loc.place else None, loc.role_because) for loc in near]
            misses.append(
                f"pin want={place['pin']} ({place['role']}) {place['surface']}: {row['sentence'][:140]} | {why}"
            )
    extra = [loc for span, loc in own.items() if loc.pin and not any(span[0] < e and s < span[1] for s, e in wanted)]
    count["pin said"] += len(extra)
    misses += [
        f"pin extra {loc.place.name if loc.place else ''}: {row['sentence'][:140]} | {loc.role_because}" for loc in extra
    ]
    when = Period.iso(row["event_date"], "gold") if row["event_date"] else None
    if when is not None:
        hit = any((c.event_date.first, c.event_date.last) == (when.first, when.last) for c in same)
        count.update({"date hit": hit, "date true": True})
        if not hit:
            misses.append(f"date want={row['event_date']} got={same[0].event_date.first}: {row['sentence'][:120]}")
    hit = any(c.voice.stance == row["stance"] for c in same)
    count.update(
        {
            "stance hit": hit,
            "stance true": True,
            "planned hit": any(c.planned == row["planned"] for c in same),
            "planned true": True,
        }
    )
    if not hit:
        misses.append(f"stance want={row['stance']} got={[c.voice.stance for c in same]}: {row['sentence'][:200]}")
    if row["speaker"] and row["stance"] != "asserted":
        hit = any(words(row["speaker"]) & words(c.voice.speaker or "") for c in same)
        count.update({"speaker hit": hit, "speaker true": True})
        if not hit:
            misses.append(f"speaker want={row['speaker']} got={[c.voice.speaker for c in same]}: {row['sentence'][:200]}")


def words(name: str) -> set[str]:
    return {w.strip(".,()'’").lower() for w in name.split()} - {"the", "a", "of", "in", "and", ""}


def event_pairs(readings: Sequence[Reading]) -> tuple[int, int]:
    """Of the pairs of briefs that share an event, how many tell of one happening by tests/gold/events.json, and all."""
    told = json.loads((GOLD / "events.json").read_text(encoding="utf-8"))
    right = {frozenset(pair) for event in told for pair in combinations(event["briefs"], 2)}
    having: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for claim in reading.claims:
            having[claim.event].add(reading.article.id)
    found = {frozenset(pair) for ids in having.values() for pair in combinations(sorted(ids), 2)}
    return len(found & right), len(found)


def printed(readings: Sequence[Reading]) -> Iterator[str]:
    result, misses = figures(readings, labels())
    yield json.dumps(result, indent=1)
    yield f"events: {event_pairs(readings)}"
    if "--misses" in sys.argv:
        yield from (re.sub(r"\s+", " ", miss) for miss in misses)


if __name__ == "__main__":
    for line in printed(read_briefs(sorted(labels()))):
        print(line)
