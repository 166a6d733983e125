"""The map: what ``streamlit run app.py`` shows."""

from __future__ import annotations

import streamlit as st

from geo.view import answers, frame, link, map, panel, timebar
from geo.view.filters import pick
from geo.view.kinds import look, ordered


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
        chosen(map.show(panel.shown_on_map(ledger, filters), panel.first_view(ledger), looks))
        st.html(panel.legend(looks, own=bool(ledger.own_articles)))
        if timebar.show(ledger, filters):
            st.rerun()
    with right, st.container(key="evidence", height=640, border=False):
        panel.beside(ledger, filters, answers.places(ledger, filters))


frame.page("Map")
st.session_state.pop("whole-page", None)
ledger = frame.opened("Map")
head, row = st.container(), st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="counts"):
    words, chips = st.container(width="content"), st.container(width="content")
    link.copy()
with row:
    seen = frame.with_filters("Map", chips)
hidden = answers.hidden(ledger, seen.filters)
with head:
    frame.heading(*panel.title(ledger, seen.filters, hidden))
words.html(panel.left_out(hidden))
map_and_evidence(seen)
frame.foot(ledger)
