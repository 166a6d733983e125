"""Claims over time: a histogram to brush, and the events of the stretch one after the other."""

from __future__ import annotations

import streamlit as st

from geo.view import frame, panel, timebar
from geo.view.address import whole_number
from geo.view.filters import pick, query
from geo.view.happenings import chronicle
from geo.view.kinds import look, ordered

SHOWN = 60

frame.page("Timeline")
head = st.container()
seen = frame.with_filters("Timeline")
ledger, filters = seen.ledger, seen.filters
with head:
    frame.heading(
        "When it happened, and when it was told", "Drag over the bars to look at a stretch of time, here and on the map."
    )
if timebar.show(ledger, filters):
    st.rerun()
st.html(panel.legend([look(kind) for kind in ordered(ledger.kinds)], rims=False))
events = ledger.rows.events(filters)
try:
    shown = max(SHOWN, min(600, whole_number(query().get("shown", [""])[-1])))
except ValueError:
    shown = SHOWN
if events:
    # The newest are kept, and told from the earliest on.
    st.html(chronicle(events[:shown]))
    if len(events) > shown:
        left = len(events) - shown
        st.button(f"Show earlier and undated ones ({left} left)", on_click=pick, kwargs={"shown": str(shown + SHOWN)})
else:
    frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
frame.foot(ledger)
