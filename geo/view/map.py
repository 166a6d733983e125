"""The map: places and the ways between them, over the shipped base map.

The map is a frame of its own (static/map/index.html) and is given numbers only: the name of a place travels as a list of
code points, which the frame writes as text, so that no word of an article can be taken for markup or a script. folium is
not asked: it would compile whatever it is given as a template on the server. See tests/view/test_map.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.view.assets import map_frame
from geo.view.kinds import KindLook

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""South-west and north-east corner, each (latitude, longitude)."""

RIMS = {"solid": 0, "alleged": 1, "denied": 2}
_WORLD: Bounds = ((-40.0, -110.0), (62.0, 150.0))
_BULK = 0.7
_NUMBERS = re.compile(r'\{"places":[-0-9.,\[\] ]*,"ways":[-0-9.,\[\] ]*\}')
MOST_STOPS = 9
_LEAST_SPAN = 3.0  # degrees: a single place is shown with its surroundings


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: how many claims of each kind (in the order of the kinds), from how many origins.

    ``rim`` tells the firmest stance of its claims: "solid" when one is asserted or reported, else "alleged" when one is
    alleged, else "denied". ``radius_km`` is how far off the point may be; ``stances`` counts the claims that are
    asserted, reported, alleged, denied, ``own`` those of the reader's own articles.
    """

    id: int
    name: str
    lat: float
    lon: float
    counts: tuple[int, ...]
    origins: int = 0
    rim: str = "solid"
    radius_km: float = 0.0
    stances: tuple[int, ...] = ()
    own: int = 0


@dataclass(frozen=True, slots=True)
class End:
    """A stop of a way. ``pointed`` is whether its point is meant; a country is somewhere around it."""

    id: int
    name: str
    lat: float
    lon: float
    pointed: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """What is said to have passed from the first of its stops to the last, and how many claims of which kind say so.

    ``kind`` is its number in the order of the kinds; ``rim`` as in ``Dot``; an alleged way is drawn dashed.
    """

    stops: tuple[End, ...]
    n: int
    kind: int
    rim: str = "solid"


@dataclass(frozen=True, slots=True)
class Click:
    """What a reader chose on the map: a place by its id, or a way by the ids of its stops. ``at`` tells clicks apart."""

    stops: tuple[int, ...]
    at: int


def codes(text: str) -> list[int]:
    """A text as numbers that no template and no script can mistake for code."""
    return [ord(letter) for letter in text[:120] if not 0xD800 <= ord(letter) < 0xE000]


def features(dots: Sequence[Dot], ways: Sequence[Way] = ()) -> dict[str, Any]:
    """The places and ways as lists of numbers.

    A place is [id, latitude, longitude, independent origins, rim, radius in km, [claims of each kind], [of each stance],
    claims of this session, [code points of its name]]; a way is [claims, kind, rim, [[id, latitude, longitude, pointed,
    [code points]], ...]].
    """
    return {
        "places": [
            [
                int(dot.id),
                round(float(dot.lat), 4),
                round(float(dot.lon), 4),
                int(dot.origins),
                RIMS[dot.rim],
                round(float(dot.radius_km)),
                [int(n) for n in dot.counts],
                [int(n) for n in dot.stances],
                int(dot.own),
                codes(dot.name),
            ]
            for dot in dots
        ],
        "ways": [[int(way.n), int(way.kind), RIMS[way.rim], [_stop(end) for end in way.stops]] for way in ways],
    }


def _stop(end: End) -> list[Any]:
    return [int(end.id), round(float(end.lat), 4), round(float(end.lon), 4), int(end.pointed), codes(end.name)]


def around(points: Sequence[tuple[float, float]]) -> Bounds:
    """The first view: where most places are, for their (latitude, longitude).

    One far capital must not shrink everything else to a dot, so the outermost seventh of the places on each side may lie
    outside; the frame names them. The view is never too narrow, and shows the inhabited world when there is no place.
    """
    if not points:
        return _WORLD
    (south, north), (west, east) = (_bulk([point[axis] for point in points]) for axis in (0, 1))
    tall, wide = max(0.0, _LEAST_SPAN - (north - south)) / 2, max(0.0, _LEAST_SPAN - (east - west)) / 2
    return (south - tall, west - wide), (north + tall, east + wide)


def _bulk(numbers: Sequence[float]) -> tuple[float, float]:
    """The ends of the middle part of some numbers."""
    line = sorted(numbers)
    cut = int(len(line) * (1 - _BULK) / 2)
    return line[cut], line[-1 - cut]


def drawing(home: Bounds, kinds: Sequence[KindLook]) -> dict[str, Any]:
    """The map without its places, as numbers: the first view, and of each kind its name, letter and colour."""
    return {
        "home": [[float(edge) for edge in corner] for corner in home],
        "kinds": [[codes(kind.label), codes(kind.letter), int(kind.colour.lstrip("#"), 16)] for kind in kinds],
    }


def layer(data: Mapping[str, Any] | str) -> str:
    """The places and ways as JSON, from what ``features`` gives or from that as JSON; ValueError for any letter in it."""
    numbers = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"))
    if not _NUMBERS.fullmatch(numbers):
        raise ValueError("the map is given numbers only")
    return numbers


def show(data: Mapping[str, Any] | str, home: Bounds, kinds: Sequence[KindLook], *, key: str = "map") -> Click | None:
    """Draw the map; what was clicked last, or None. ``data`` comes from ``features``, or is that as JSON."""
    # As text: Streamlit asks of anything else whether it is a pandas frame, and imports pandas to find out.
    dress = json.dumps(drawing(home, kinds), separators=(",", ":"))
    return clicked(map_frame()(layer=layer(data), drawing=dress, key=key, default=None))


def clicked(told: object) -> Click | None:
    """The click that the browser tells of. What it sends is not trusted: anything but whole numbers is None."""
    stops, at = (told.get("stops"), told.get("t")) if isinstance(told, Mapping) else (None, None)
    if not isinstance(stops, list) or not 0 < len(stops) <= MOST_STOPS or not isinstance(at, int):
        return None
    return Click(tuple(stops), at) if all(isinstance(stop, int) for stop in stops) else None
