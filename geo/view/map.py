"""The map: one layer of places over the shipped base map.

folium compiles what it is given as a template and as JavaScript, so it is given numbers only: the name of a place travels
as a list of code points, which the frame (static/map/atlas.js) writes as text. See tests/view/test_map.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from folium.utilities import JsCode
from streamlit_folium import st_folium

from geo.view.assets import addresses
from geo.view.kinds import KindLook

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""South-west and north-east corner, each (latitude, longitude)."""

RIMS = {"solid": 0, "alleged": 1, "denied": 2}
_WORLD: Bounds = ((-40.0, -110.0), (62.0, 150.0))
_BULK = 0.7
_LEAST_SPAN = 3.0  # degrees: a single place is shown with its surroundings


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: how many claims of each kind (in the order of the kinds), from how many origins.

    ``rim`` is "alleged" when all its claims are, "denied" likewise, else "solid". ``radius_km`` is how far off the point
    may be.
    """

    id: int
    name: str
    lat: float
    lon: float
    counts: tuple[int, ...]
    origins: int = 0
    rim: str = "solid"
    radius_km: float = 0.0


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


def codes(text: str) -> list[int]:
    """A text as numbers that no template and no script can mistake for code."""
    return [ord(letter) for letter in text[:120] if not 0xD800 <= ord(letter) < 0xE000]


def features(dots: Sequence[Dot]) -> dict[str, Any]:
    """The places as GeoJSON, with nothing but numbers in it.

    ``k`` counts by kind, ``n`` claims, ``o`` origins, ``s`` the rim, ``r`` the radius in km, ``many`` how many places
    there are in all: the frame draws few as markers that a keyboard reaches and many as circles on a canvas.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(float(dot.lon), 5), round(float(dot.lat), 5)]},
                "properties": {
                    "id": int(dot.id),
                    "k": [int(n) for n in dot.counts],
                    "n": int(sum(dot.counts)),
                    "o": int(dot.origins),
                    "s": RIMS[dot.rim],
                    "r": round(float(dot.radius_km)),
                    "many": len(dots),
                    "name": codes(dot.name),
                },
            }
            for dot in dots
        ],
    }


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


def layer(data: Mapping[str, Any]) -> folium.FeatureGroup:
    """The one layer of places."""
    group = folium.FeatureGroup(name="places", control=False)
    folium.GeoJson(dict(data), pointToLayer=JsCode("Atlas.marker")).add_to(group)
    return group


def show(data: Mapping[str, Any], home: Bounds, kinds: Sequence[KindLook], *, key: str = "map") -> tuple[int, int] | None:
    """Draw the map; what was clicked last, as (place id, which click of the session it was), or None.

    ``data`` comes from ``features``. What the browser sends back is not trusted: anything but two whole numbers is None.
    """
    told = st_folium(
        drawing(home, kinds),
        key=key,
        height=560,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=layer(data),
        render=False,
    )
    properties = ((told or {}).get("last_active_drawing") or {}).get("properties") or {}
    place, click = properties.get("id"), properties.get("t")
    return (place, click) if isinstance(place, int) and isinstance(click, int) else None
