"""The files that the browser gets from here and from nowhere else: Leaflet, and what the map's frame draws with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

STATIC = Path(__file__).parent / "static"
SCRIPTS = ("land", "marks", "ways", "names", "online", "atlas")
"""What the map's frame runs after Leaflet, in this order."""


@cache
def addresses() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The scripts and the style sheets of the map's frame, as addresses relative to that frame.

    A folder declared as a component is served under the component's name; both are served whether or not they are shown.
    """
    leaflet_files = components.declare_component("leaflet", path=leaflet.BASE_DIR)
    atlas_files = components.declare_component("atlas", path=str(STATIC / "map"))
    return (
        (f"../{leaflet_files.name}/leaflet.js", *(f"../{atlas_files.name}/{script}.js" for script in SCRIPTS)),
        (f"../{leaflet_files.name}/leaflet.css",),
    )
