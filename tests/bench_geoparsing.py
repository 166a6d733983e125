"""Speed, size and accuracy of the geoparser, and of others from the package index in the same run.

    python -m tests.bench_geoparsing [--encoders DIR] [--data ../shared] [--peers DIR | --no-peers]
        [--write FILE] [--floor]

Speed: ``geo parse`` over all of LGL in a process of its own. Accuracy: all documents of the three corpora, each read by
an encoder, a finder and a ranker that learned nothing from it (DIR as for ``tests.crossed``), scored as the project's
scorer does. Peers get the same documents; what cannot be installed or run here is said. ``--write`` puts the table into a
Markdown file; ``--floor`` makes the exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.places.gazetteer import Gazetteer
from geo.places.recall import NEAR_KM, km
from tests.corpora import records
from tests.crossed import Row, read
from tests.peers import PEERS, Run, run

TARGETS = {"documents a second": 25.0, "MB": 600.0, "opening, ms": 100.0, "look-up warm, us": 50.0}

OURS = """
import json, sys, time
from pathlib import Path
begun = time.perf_counter()
from geo.model.encoder import Encoder
from geo.places.gazetteer import SHIPPED, Gazetteer
from geo.places.parse import parse
from tests.memory import most_mb
opened = time.process_time()
Gazetteer.open(SHIPPED)
opening = time.process_time() - opened
records = [json.loads(line) for line in sys.stdin]
names = list(dict.fromkeys(t["phrase"] for record in records for t in record["toponyms"]))
gazetteer = Gazetteer.open(SHIPPED)
gazetteer.matches("Kabul")
times = []
for _ in range(2):
    at = time.process_time()
    for name in names:
        gazetteer.matches(name)
    times.append((time.process_time() - at) / len(names) * 1e6)
list(parse([("warm", records[0])]))
loading = time.perf_counter() - begun
wall, used = time.perf_counter(), time.process_time()
count = sum(1 for _ in parse(("line", record) for record in records))
wall, used = time.perf_counter() - wall, time.process_time() - used
print(json.dumps({"documents": count, "documents a second": count / wall, "documents a second of processor": count / used,
    "MB": most_mb(), "start, s": loading, "opening, ms": opening * 1e3,
    "look-up first seen, us": times[0], "look-up warm, us": times[1]}))
"""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of names that are no demonyms: exact spans found; found and placed within 161 km; found with the exact id."""

    f1: float
    precision: float
    recall: float
    within: float
    exact: float


Placed = dict[tuple[int, int], tuple[float, float, str] | None]


def accuracy(documents: Sequence[dict[str, Any]], found: Sequence[Placed]) -> Accuracy:
    """The figures of the project's scorer, pooled over the documents."""
    hit = extra = missed = linked = named = near = exact = 0
    for one, names in zip(documents, found, strict=True):
        gold = {(t["start"], t["end"]): t for t in one["toponyms"]}
        folk = {span for span, t in gold.items() if t.get("demonym")}
        want = set(gold) - folk
        hit, extra, missed = (
            hit + len(want & set(names)),
            extra + len(set(names) - set(gold)),
            missed + len(want - set(names)),
        )
        for span in want:
            t, place = gold[span], names.get(span)
            if t.get("lat") is not None:
                linked += 1
                named += bool(t.get("geonameid"))
                near += place is not None and km((float(t["lat"]), float(t["lon"])), place[:2]) <= NEAR_KM
                exact += place is not None and bool(t.get("geonameid")) and place[2] == str(t["geonameid"])
    precision, recall = hit / (hit + extra or 1), hit / (hit + missed or 1)
    f1 = 2 * precision * recall / (precision + recall or 1)
    return Accuracy(f1, precision, recall, near / (linked or 1), exact / (named or 1))


def ours(rows: Sequence[Row]) -> list[Placed]:
    """What the geoparser finds and where it puts it."""
    return [{(t["start"], t["end"]): _placed(t) for t in row.free["toponyms"]} for row in rows]


def _placed(name: dict[str, Any]) -> tuple[float, float, str] | None:
    return None if name["lat"] is None else (name["lat"], name["lon"], str(name["geonameid"]))


def most_populous(documents: Sequence[dict[str, Any]], names: Sequence[Sequence[tuple[int, int]]]) -> list[Placed]:
    """Spans that a peer found, each put where the most people live under its name in our gazetteer."""
    gazetteer = Gazetteer.shared()
    out: list[Placed] = []
    for one, spans in zip(documents, names, strict=True):
        placed: Placed = {}
        for a, b in spans:
            place = max(gazetteer.named(one["text"][a:b]), key=lambda p: p.population, default=None)
            placed[a, b] = (place.lat, place.lon, str(place.id)) if place else None
        out.append(placed)
    return out


def speed(folder: Path) -> dict[str, float]:
    """What a process of its own needs for all of LGL."""
    lines = "\n".join(json.dumps(one) for one in records(folder, ["lgl"]))
    done = subprocess.run([sys.executable, "-c", OURS], input=lines, capture_output=True, text=True, check=True)
    out: dict[str, float] = json.loads(done.stdout)
    return out


def report(folder: Path, encoders: Path | None, peers: Path | None) -> tuple[list[str], dict[str, float]]:
    """The lines of the table, and our own figures."""
    mine = speed(folder / "geoparsing")
    documents, rows = list(records(folder / "geoparsing")), []
    if encoders:
        found = read(folder, encoders)
        documents = [row.document.record for row in found]
        rate = mine["documents a second of processor"]
        rows.append(_row("this project", accuracy(documents, ours(found)), rate, mine["MB"]))
    for peer in PEERS if peers else ():
        rows.append(_peer(peer.name, run(peer, [one["text"] for one in documents], peers), documents))
    load = os.getloadavg()[0]
    lines = [
        "# The geoparser beside others",
        "",
        f"Made by `python -m tests.bench_geoparsing`; {os.cpu_count()} cores, load {load:.1f} at its end.",
        "",
        "| `geo parse` over LGL | |",
        "| --- | --- |",
        *(f"| {name} | {value:,.1f} |" for name, value in mine.items()),
        "",
        f"Accuracy on {len(documents)} documents of LGL, TR-News and GeoWebNews, each read by an encoder, a finder",
        "and a ranker that learned nothing from it (five folds); exact spans, demonyms left out. A peer's names are put",
        "where the most people live under them in our gazetteer.",
        "",
        "| | F1 | precision | recall | within 161 km | exact id | documents a second of processor | MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
    ]
    return lines, mine


def _row(name: str, found: Accuracy, rate: float, mb: float) -> str:
    shares = " | ".join(f"{v:.3f}" for v in (found.f1, found.precision, found.recall, found.within, found.exact))
    return f"| {name} | {shares} | {rate:,.1f} | {mb:,.0f} |"


def _peer(name: str, done: Run, documents: Sequence[dict[str, Any]]) -> str:
    if done.why:
        return f"| {name} | does not run here: {done.why} | | | | | | |"
    found = accuracy(documents, most_populous(documents, done.names))
    return _row(name, found, len(documents) / max(1e-9, done.seconds), done.mb)


def missed(mine: dict[str, float]) -> list[str]:
    """The targets that the figures do not keep."""
    better: dict[str, Callable[[float, float], bool]] = {"documents a second": float.__ge__}
    kept = {name: better.get(name, float.__le__)(mine[name], target) for name, target in TARGETS.items()}
    return [f"{name}: {mine[name]:.1f}, wanted {TARGETS[name]:g}" for name, good in kept.items() if not good]


def main() -> int:
    asked = argparse.ArgumentParser(description="speed, size and accuracy of the geoparser, and of others")
    asked.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    asked.add_argument("--encoders", type=Path, help="the folder of geo.model.train places --folds")
    asked.add_argument("--peers", type=Path, help="keep the peers' environments here (default: in a folder thrown away)")
    asked.add_argument("--no-peers", action="store_true")
    asked.add_argument("--write", type=Path, help="a Markdown file for the table")
    asked.add_argument("--floor", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lines, mine = report(given.data, given.encoders, None if given.no_peers else given.peers or Path(scratch))
    text = "\n".join(lines)
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    below = missed(mine)
    print(*below, sep="\n", file=sys.stderr)
    return int(given.floor and bool(below))


if __name__ == "__main__":
    sys.exit(main())
