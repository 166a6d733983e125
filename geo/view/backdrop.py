"""The shipped base map as SVG, for a page that has no map library: land, lakes, borders and names of one stretch."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.view.assets import STATIC
from geo.view.basemap import Line, unwrapped
from geo.view.map import Bounds
from geo.view.words import plain

STEPS = 6000
"""Across the whole stretch: what is finer than one of these is not drawn."""
POLE = 84.0  # degrees: farther north or south the projection runs away


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the world in Mercator's projection: its left, top, width and height, in degrees of longitude.

    Upwards on the page is downwards in number, as in SVG.
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def step(self) -> float:
        return max(self.width, self.height) / STEPS

    def meets(self, points: Line) -> bool:
        """Whether a line in the projection may show in this stretch."""
        (west, north), (east, south) = points.min(axis=0), points.max(axis=0)
        across = west <= self.left + self.width and east >= self.left
        return bool(across and north <= self.top + self.height and south >= self.top)

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


def projected(lat: float, lon: float) -> tuple[float, float]:
    """A point of the world as (x, y) on the page."""
    up = math.radians(max(-POLE, min(POLE, lat)))
    return lon, -math.degrees(math.log(math.tan(math.pi / 4 + up / 2)))


def stretch(bounds: Bounds, *, shape: float, margin: float = 0.08) -> Stretch:
    """The stretch that shows ``bounds`` whole with a margin around it, ``shape`` times as wide as high."""
    (south, west), (north, east) = bounds
    left, bottom = projected(south, west)
    right, top = projected(north, east)
    wide, high = (right - left) * (1 + 2 * margin), (bottom - top) * (1 + 2 * margin)
    wide, high = max(wide, high * shape), max(high, wide / shape)
    return Stretch((left + right - wide) / 2, (top + bottom - high) / 2, wide, high)


def drawn(within: Stretch, bordered: Stretch | None = None) -> str:
    """Land and lakes, and in the stretch ``bordered`` first-level borders too, as SVG paths."""
    found = _world()
    shown = (
        ("land", (ring for ring in found["land"] if within.meets(ring)), "Z"),
        ("inner", (line for line in found["lines"] if bordered and bordered.meets(line)), ""),
        ("lake", (ring for ring in found["lakes"] if within.meets(ring)), "Z"),
    )
    paths = "".join(f'<path class="{name}" d="{_path(lines, within, end)}"/>' for name, lines, end in shown)
    return f'<g transform="scale({within.step:.8g})" aria-hidden="true">{paths}</g>'


def names(within: Stretch) -> Iterator[tuple[str, float, float, int]]:
    """Names of countries in a stretch, each with its x and y and the zoom from which there is room for it."""
    for name, lon, lat, zoom in _data()["labels"]:
        x, y = projected(lat, lon)
        if within.holds(x, y):
            yield plain(name), x, y, int(zoom)


def _path(lines: Iterable[Line], within: Stretch, end: str) -> str:
    """Lines in steps of the stretch, each point as its distance from the one before."""
    parts = []
    for line in lines:
        grid = np.rint(line / within.step).astype(int)
        keep = np.concatenate([[True], (np.diff(grid, axis=0) != 0).any(axis=1)])
        grid = grid[keep]
        if len(grid) > 2 or (len(grid) == 2 and not end):
            moves = " ".join(map(str, np.diff(grid, axis=0).ravel()))
            parts.append(f"M{grid[0][0]} {grid[0][1]}l{moves}{end}".replace(" -", "-"))
    return "".join(parts)


@cache
def _data() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((STATIC / "map" / "basemap.json").read_text(encoding="utf-8"))
    return whole


@cache
def _world() -> dict[str, list[Line]]:
    """Every outline and line of the base map, in the projection."""
    data = _data()
    arcs = [_line(codes, data["scale"]) for codes in data["arcs"]]
    return {
        "land": [_closed(ring, arcs) for country in data["countries"] for ring in country],
        "lakes": [_flat(_line(lake, data["scale"])) for lake in data["lakes"]],
        "lines": [_flat(_line(line, data["scale"])) for line in data["lines"]],
    }


def _line(codes: Sequence[int], scale: int) -> Line:
    """Steps as degrees east and north."""
    return np.asarray(np.cumsum(np.array(codes, dtype=float).reshape(-1, 2), axis=0) / scale, dtype=np.float64)


def _closed(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """One outline: unbroken across 180 degrees, and led along the lower edge where it goes around the pole."""
    line = unwrapped(np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]))
    line[:, 0] -= 360 * round(float(line[:, 0].mean()) / 360)
    if abs(line[-1, 0] - line[0, 0]) > 180:
        line = np.concatenate([line, [[line[-1, 0], -90.0], [line[0, 0], -90.0]]])
    return _flat(line)


def _flat(line: Line) -> Line:
    """Degrees east and north as the projection has them."""
    up: NDArray[np.float64] = np.radians(np.clip(line[:, 1], -POLE, POLE))
    return np.column_stack([line[:, 0], -np.degrees(np.log(np.tan(np.pi / 4 + up / 2)))])
