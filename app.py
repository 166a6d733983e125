"""The map: what ``streamlit run app.py`` shows."""

from __future__ import annotations

import streamlit as st

from geo.ledger.query import Filters
from geo.view import frame, map, panel
from geo.view.filters import pick
from geo.view.kinds import look, ordered


@st.fragment
def map_and_evidence(seen: frame.Frame) -> None:
    """The map and, beside it, what a click on it tells. A click runs this part alone and redraws no map."""
    ledger, filters = seen.ledger, seen.filters
    places = frame.places(ledger, filters)
    kinds = ordered(ledger.kinds)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        home = map.around([(place["lat"], place["lon"]) for place in frame.places(ledger, Filters())])
        clicked = map.show(map.features(panel.dots(places, kinds)), home, [look(kind) for kind in kinds])
        st.html(panel.legend([look(kind) for kind in kinds]))
    if clicked and clicked != st.session_state.get("clicked"):
        st.session_state["clicked"] = clicked
        pick(place=str(clicked[0]), claim=None, shown=None)
    with right, st.container(key="evidence", height=640, border=False):
        panel.beside(ledger, filters, places)


frame.page("Map")
ledger = frame.opened("Map")
head = st.container()
seen = frame.with_filters("Map")
hidden = frame.hidden(ledger, seen.filters)
with head:
    frame.heading(*panel.title(ledger, seen.filters, hidden))
st.html(panel.left_out(hidden))
map_and_evidence(seen)
frame.foot(ledger)
