"""How often the gazetteer holds the right place for a name, measured on annotated documents.

    python -m geo.places.recall FOLDER [--misses N]

FOLDER holds ``*.jsonl``, a document a line: ``{"id", "toponyms": [{"phrase", "geonameid", "lat", "lon", "demonym"}]}``.
A name is counted when it has coordinates and is no demonym. It is *held* when some place that the gazetteer suggests for
it lies within 161 km of them, *held by id* when one has its GeoNames id (of the names that have one).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.places.gazetteer import Gazetteer

NEAR_KM = 161.0
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Recall:
    """Counts of one file: names linked to coordinates, those held, those with an id, those held by id; the missed."""

    linked: int
    held: int
    with_id: int
    held_by_id: int
    missed: Counter[str]

    @property
    def share(self) -> float:
        return self.held / (self.linked or 1)

    @property
    def share_by_id(self) -> float:
        return self.held_by_id / (self.with_id or 1)


def measure(documents: Iterable[dict[str, Any]], gazetteer: Gazetteer) -> Recall:
    """The recall of the gazetteer over the linked names of some documents."""
    linked = held = with_id = held_by_id = 0
    missed: Counter[str] = Counter()
    for name in _linked(documents):
        candidates = [match.place for match in gazetteer.suggested(name["phrase"])]
        point = (float(name["lat"]), float(name["lon"]))
        linked += 1
        near = any(km(point, (place.lat, place.lon)) <= NEAR_KM for place in candidates)
        held += near
        if not near:
            missed[f"{name['phrase']} [{name.get('kind') or ''}] {'other places' if candidates else 'unknown name'}"] += 1
        if name.get("geonameid"):
            with_id += 1
            held_by_id += any(place.id == int(name["geonameid"]) for place in candidates)
    return Recall(linked, held, with_id, held_by_id, missed)


def _linked(documents: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for document in documents:
        for name in document["toponyms"]:
            if name.get("lat") is not None and not name.get("demonym"):
                yield name


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points."""
    (lat1, lon1), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def table(folder: Path, gazetteer: Gazetteer, misses: int = 0) -> Iterator[str]:
    """Lines of a table, one a file; then each file's most frequent misses when asked for."""
    results = []
    for file in sorted(folder.glob("*.jsonl")):
        with open(file, encoding="utf-8") as lines:
            results.append((file.stem, measure(map(json.loads, filter(str.strip, lines)), gazetteer)))
    yield f"{'file':<24}{'linked':>8}{'within 161 km':>15}{'with id':>9}{'by id':>8}"
    for name, recall in results:
        yield f"{name:<24}{recall.linked:>8}{recall.share:>15.4f}{recall.with_id:>9}{recall.share_by_id:>8.4f}"
    for name, recall in results:
        for missed, times in recall.missed.most_common(misses):
            yield f"{name:<24}{times:>4} x {missed}"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="share of annotated place names whose place the gazetteer holds")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="list so many of each file's most frequent misses")
    given = parser.parse_args()
    print("\n".join(table(given.folder, Gazetteer.shared(), given.misses)))


if __name__ == "__main__":
    main()
