"""The files that the browser gets from here and from nowhere else: Leaflet, and what the map's frame draws with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

STATIC = Path(__file__).parent / "static"


@cache
def map_frame() -> Any:
    """The map's frame, to be called with what it shows. Its page and scripts lie in static/map; Leaflet's files, which
    that page takes from beside its own address, come with a package.

    A folder declared as a component is served under the component's name, whether or not it is shown.
    """
    components.declare_component("leaflet", path=leaflet.BASE_DIR)
    return components.declare_component("atlas", path=str(STATIC / "map"))
