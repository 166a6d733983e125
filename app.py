"""The map: what ``streamlit run app.py`` shows."""

from __future__ import annotations

import json

import streamlit as st

from geo.ledger.query import Filters, Ledger
from geo.view import frame, link, map, panel, timebar
from geo.view.filters import pick
from geo.view.kinds import look, ordered


@st.cache_resource(max_entries=30, show_spinner=False)
def drawn(_ledger: Ledger, version: str, filters: Filters) -> str:
    """The places and ways of a selection as the map is told them."""
    kinds = ordered(_ledger.kinds)
    dots, ways = panel.dots(frame.places(_ledger, filters), kinds), panel.ways(frame.ways(_ledger, filters), kinds)
    return json.dumps(map.features(dots, ways), separators=(",", ":"))


@st.cache_resource(max_entries=3, show_spinner=False)
def home(_ledger: Ledger, version: str) -> map.Bounds:
    """The first view: of everything, whatever the filters."""
    return map.around([(place["lat"], place["lon"]) for place in frame.places(_ledger, Filters())])


def chosen(click: map.Click | None) -> None:
    """What a click on the map picks goes into the address."""
    if click is None or click == st.session_state.get("clicked"):
        return
    st.session_state["clicked"] = click
    stops = ".".join(str(stop) for stop in click.stops)
    one = len(click.stops) == 1
    pick(place=stops if one else None, way=None if one else stops, claim=None, shown=None)


@st.fragment
def map_and_evidence(seen: frame.Frame) -> None:
    """The map and, beside it, what a click on it tells. A click runs this part alone and redraws no map."""
    ledger, filters = seen.ledger, seen.filters
    if st.session_state.pop("whole-page", False):
        st.rerun()
    looks = [look(kind) for kind in ordered(ledger.kinds)]
    left, right = st.columns([8, 5], gap="medium")
    with left:
        chosen(map.show(drawn(ledger, ledger.version, filters), home(ledger, ledger.version), looks))
        st.html(panel.legend(looks))
        if timebar.show(ledger, filters):
            st.rerun()
    with right, st.container(key="evidence", height=640, border=False):
        panel.beside(ledger, filters, frame.places(ledger, filters))


frame.page("Map")
st.session_state.pop("whole-page", None)
ledger = frame.opened("Map")
head, row = st.container(), st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="counts"):
    words, chips = st.container(width="content"), st.container(width="content")
    link.copy()
with row:
    seen = frame.with_filters("Map", chips)
hidden = frame.hidden(ledger, seen.filters)
with head:
    frame.heading(*panel.title(ledger, seen.filters, hidden))
words.html(panel.left_out(hidden))
map_and_evidence(seen)
frame.foot(ledger)
