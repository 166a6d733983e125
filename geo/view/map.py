"""The map: places and the ways between them, over the shipped base map.

folium compiles what it is given as a template and as JavaScript, so it is given numbers only: the name of a place travels
as a list of code points, which the frame (static/map/*.js) writes as text. See tests/view/test_map.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from geo.view.assets import addresses
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


class _Dress(MacroElement):
    """Hands the map to the frame's own script, with the kinds and the first view as numbers."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        Atlas.dress({{ this._parent.get_name() }}, {{ this.told | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Dress"
        self.told = dict(told)


class _Evidence(MacroElement):
    """Hands the places and ways to the frame's own script, as numbers."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        Atlas.show({{ this.numbers }});
        {% endmacro %}
        """
    )

    def __init__(self, numbers: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Evidence"
        self.numbers = numbers


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


def drawing(home: Bounds, kinds: Sequence[KindLook]) -> folium.Map:
    """The map without its places: the same for every run of a session, so that the frame stays and keeps its view."""
    scripts, sheets = addresses()
    drawn = folium.Map(location=None, tiles=None, zoom_start=4, zoom_control=True, prefer_canvas=False, max_bounds=False)
    drawn.default_js = [(f"script{n}", address) for n, address in enumerate(scripts)]
    drawn.default_css = [(f"sheet{n}", address) for n, address in enumerate(sheets)]
    told = {
        "home": [[float(edge) for edge in corner] for corner in home],
        "kinds": [[codes(kind.label), codes(kind.letter), int(kind.colour.lstrip("#"), 16)] for kind in kinds],
    }
    _Dress(told).add_to(drawn)
    return drawn


def layer(data: Mapping[str, Any] | str) -> folium.FeatureGroup:
    """The one layer of places and ways, from what ``features`` gives or from that as JSON."""
    numbers = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"))
    if not _NUMBERS.fullmatch(numbers):
        raise ValueError("the map is given numbers only")
    group = folium.FeatureGroup(name="places", control=False)
    _Evidence(numbers).add_to(group)
    return group


def show(data: Mapping[str, Any] | str, home: Bounds, kinds: Sequence[KindLook], *, key: str = "map") -> Click | None:
    """Draw the map; what was clicked last, or None. ``data`` comes from ``features``, or is that as JSON."""
    told = st_folium(
        drawing(home, kinds),
        key=key,
        height=560,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=layer(data),
        render=False,
    )
    return clicked(told)


def clicked(told: object) -> Click | None:
    """The click that the browser tells of. What it sends is not trusted: anything but whole numbers is None."""
    for name in ("last_active_drawing", "properties"):
        told = told.get(name) if isinstance(told, Mapping) else None
    stops, at = (told.get("stops"), told.get("t")) if isinstance(told, Mapping) else (None, None)
    if not isinstance(stops, list) or not 0 < len(stops) <= MOST_STOPS or not isinstance(at, int):
        return None
    return Click(tuple(stops), at) if all(isinstance(stop, int) for stop in stops) else None
