"""How much a gazetteer from a full GeoNames dump needs, shown on a made-up dump.

    python -m tests.bench_dump [--places N] [--folder DIR] [--floor]

Makes a dump of N places (2,000,000 unless told) in GeoNames' own format, builds a gazetteer of it in a process of its own
and uses it in another; prints times and the most memory each held. With --floor the exit status is 1 beyond the targets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.places.invented import invent

BUILDING_MB, IN_USE_MB, OPENING_S = 4096, 600, 0.1

BUILD = """
import json, sys, time
from pathlib import Path
from tests.memory import most_mb
from geo.places.making.build import build
begun = time.process_time()
facts = build(Path(sys.argv[2]), dump=Path(sys.argv[1]))
print(json.dumps({"places": facts["places"], "keys": facts["keys"], "seconds of processor": time.process_time() - begun,
    "MB": most_mb()}))
"""
USE = """
import json, sys, time
from itertools import islice
from pathlib import Path
from tests.memory import most_mb
from geo.places.gazetteer import Gazetteer
from geo.places.place import Toponym
from geo.places.resolve import resolve
from geo.text.span import Span
begun = time.process_time()
gazetteer = Gazetteer.open(Path(sys.argv[1]))
opening = time.process_time() - begun
names = [place.name for place in islice(gazetteer, 0, None, max(1, len(gazetteer) // 5000))]
begun = time.process_time()
for name in names:
    gazetteer.matches(name)
first = (time.process_time() - begun) / len(names)
begun = time.process_time()
for name in names:
    gazetteer.matches(name)
again = (time.process_time() - begun) / len(names)
text, spans = "", []
for name in names[:40]:
    spans.append(Toponym(Span(len(text), len(text) + len(name)), 1.0))
    text += name + " and "
resolve(text, spans, gazetteer=gazetteer)
print(json.dumps({"opening, s": opening, "first look-up, us": first * 1e6, "second, us": again * 1e6,
    "MB": most_mb()}))
"""


def measured(folder: Path, places: int) -> dict[str, dict[str, Any]]:
    """What building and using a gazetteer of a made-up dump took."""
    if not (folder / "dump" / "admin2Codes.txt").exists():
        invent(folder / "dump", places)
    return {
        "building": _ran(BUILD, folder / "dump", folder / "gazetteer"),
        "using": _ran(USE, folder / "gazetteer"),
    }


def _ran(script: str, *arguments: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], check=True, capture_output=True, text=True
    )
    out: dict[str, Any] = json.loads(done.stdout)
    return {name: round(value, 4) for name, value in out.items()}


def main() -> int:
    asked = argparse.ArgumentParser(description="memory and time of a gazetteer from a full GeoNames dump")
    asked.add_argument("--places", type=int, default=2_000_000)
    asked.add_argument("--folder", type=Path, help="keep dump and gazetteer here (a dump that is there is used again)")
    asked.add_argument("--floor", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = measured(given.folder or Path(scratch), given.places)
    print(json.dumps(figures, indent=1))
    building, using = figures["building"], figures["using"]
    kept = building["MB"] <= BUILDING_MB and using["MB"] <= IN_USE_MB and using["opening, s"] <= OPENING_S
    return int(given.floor and not kept)


if __name__ == "__main__":
    sys.exit(main())
