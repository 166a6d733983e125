"""What an article costs in a small corpus and in a large one, and how much memory a worker needs for it.

python -m tests.reliability.scale [--articles 1000 10000 100000] [--workers 2] [--quick] [--folder DIR] [--write]

Builds ledgers of generated articles (tests/generated.py) in parts, with processes, and counts the processor time of every
task and the most memory of every worker. ``--quick`` reads with a reader that knows the articles' words, so that what is
left is everything but the models. A run that was broken off goes on where it was when the folder is kept (``--folder``);
the time of what it read before is kept with what was read.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import generated
from tests.reliability.limits import family
from tests.reliability.report import ROOT, table, write

WANTED = 0.15
"""By how much the cost of an article may differ from size to size."""
FORECAST = (10_000_000, 100_000_000)
CORES = 64
PAIR = 64
"""Bytes of memory that joining pairs takes for each: its two numbers, and what ``components`` makes of them."""
BUILD = """
import sys
from pathlib import Path
from geo.build import build
from tests import generated
if __name__ == "__main__":
    reader = generated.read if sys.argv[4] == "quick" else None
    report = build([Path(sys.argv[1])], sys.argv[2], workers=int(sys.argv[3]), progress=False, reader=reader, block=650)
    print(report.line, flush=True)
"""


@dataclass
class Cost:
    """One size: milliseconds of processor an article for reading and for the rest, and the most megabytes that a worker
    and the machine that gives out the work held."""

    articles: int
    claims: int = 0
    reading: float = 0.0
    rest: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)
    worker: float = 0.0
    giver: float = 0.0
    bytes: dict[str, int] = field(default_factory=dict)
    pairs: int = 0
    edges: int = 0
    longest: int = 0
    minutes: float = 0.0

    @property
    def all(self) -> float:
        return self.reading + self.rest


def measured(number: int, folder: Path, workers: int, quick: bool) -> Cost:
    """Build a ledger of so many articles and measure it."""
    source, out = folder / f"articles-{number}.jsonl", folder / f"ledger-{number}"
    if not source.exists():
        generated.write(source, number)
    script = folder / "build.py"
    script.write_text(BUILD)
    cost, begun = Cost(number), time.monotonic()
    command = [sys.executable, str(script), str(source), str(out), str(workers), "quick" if quick else "whole"]
    child = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    most: dict[int, float] = {}
    disk: dict[str, int] = {}
    watch = threading.Thread(target=_watch, args=(child, out, most, disk), daemon=True)
    watch.start()
    if child.wait():
        raise SystemExit("the build failed")
    watch.join()
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    _told(cost, meta)
    cost.worker = max((held for pid, held in most.items() if pid != child.pid), default=most.get(child.pid, 0.0))
    cost.giver = most.get(child.pid, 0.0)
    cost.bytes = disk | {"ledger": _size(next(out.glob("g-*"))), "kept": _size(out / ".cache"), "input": _size(source)}
    cost.minutes = (time.monotonic() - begun) / 60
    return cost


def _told(cost: Cost, meta: dict[str, Any]) -> None:
    seconds = meta["made"]["seconds of processor"]
    cost.claims = meta["claims"]
    cost.steps = {name: 1000 * spent / cost.articles for name, spent in seconds.items()}
    cost.reading = cost.steps.pop("reading")
    cost.rest = sum(cost.steps.values())
    cost.pairs, cost.edges = meta["made"]["pairs of copies"], meta["made"]["edges"]
    cost.longest = meta["made"]["longest"]


def _watch(child: subprocess.Popen[bytes], out: Path, most: dict[int, float], disk: dict[str, int]) -> None:
    """Note the most memory of every process of a build while it lasts, and the most disk that it takes meanwhile."""
    turn = 0
    while child.poll() is None:
        for pid in family(child.pid):
            most[pid] = max(most.get(pid, 0.0), _held(pid))
        if turn % 50 == 0:
            disk["meanwhile"] = max(disk.get("meanwhile", 0), _size(out / ".work"))
        turn += 1
        time.sleep(0.2)


def _held(pid: int) -> float:
    """The megabytes that a process holds of its own now; pages of files, which the system takes back, are left out."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon")), 0.0)


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    found = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                found += (Path(folder) / name).stat().st_size
            except OSError:
                continue  # taken away just now
    return found


def rows(costs: list[Cost]) -> list[tuple[str, ...]]:
    """A row for each size."""
    return [
        (
            f"{one.articles:,}",
            f"{one.claims:,}",
            f"{one.reading:.1f} ms",
            f"{one.rest:.2f} ms",
            f"{one.all:.1f} ms",
            f"{one.worker:.0f} MB",
            f"{one.giver:.0f} MB",
            f"{one.bytes['ledger'] / one.articles / 1000:.2f} kB",
            f"{one.pairs:,}, {one.edges:,}, {one.longest:,}",
        )
        for one in costs
    ]


HEAD = (
    "articles",
    "claims",
    "reading an article",
    "all the rest",
    "together",
    "most memory of a worker",
    "of who gives out the work",
    "ledger, an article",
    "pairs of copies, edges, longest chain",
)


def forecast(costs: list[Cost]) -> list[tuple[str, ...]]:
    """What larger corpora would need, from the largest that was measured."""
    last = costs[-1]
    found = []
    for number in FORECAST:
        hours = last.all * number / 3_600_000
        share = number / last.articles
        together = (last.pairs + last.edges) * PAIR * share / 1e9
        found.append(
            (
                f"{number:,}",
                f"{hours:,.0f} hours of one core, {hours / CORES:,.1f} hours of {CORES}",
                f"{last.bytes['ledger'] * share / 1e9:,.0f} GB",
                f"{(last.bytes['kept'] + last.bytes.get('meanwhile', 0)) * share / 1e9:,.0f} GB",
                f"{together:,.1f} GB",
            )
        )
    return found


WILL = ("articles", "processor", "ledger", "disk for what is kept and exchanged", "memory of the two steps done once")


def differ(costs: list[Cost]) -> float:
    """By how much the dearest article costs more than the cheapest."""
    return max(one.all for one in costs) / min(one.all for one in costs) - 1


def told(costs: list[Cost], quick: bool) -> str:
    words = ", with a reader that knows their words in the place of the models" if quick else ""
    lines = [
        f"Generated articles of two sentences{words}; times are of the processor, not of the clock.",
        "",
        table(HEAD, rows(costs)),
        "",
        f"The dearest costs {differ(costs):.0%} more than the cheapest (wanted: {WANTED:.0%} at most).",
        f"Steps of the rest at {costs[-1].articles:,}, in ms an article: "
        + ", ".join(f"{name} {spent:.2f}" for name, spent in costs[-1].steps.items())
        + ".",
        "",
        table(WILL, forecast(costs)),
    ]
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(description="Measure the cost of an article at several sizes of a corpus.")
    asked.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--quick", action="store_true", help="without the models")
    asked.add_argument("--folder", type=Path, help="where to build, and to go on from (default: a temporary one)")
    asked.add_argument("--write", action="store_true", help="put the tables into docs/reliability.md")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="atlas-scale-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        costs = []
        for number in given.articles:
            costs.append(measured(number, folder, given.workers, given.quick))
            print(costs[-1], flush=True)
    figures = told(costs, given.quick)
    print(figures)
    if given.write:
        write("scale-quick" if given.quick else "scale", figures)
    return 0 if differ(costs) <= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
