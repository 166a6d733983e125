"""Claims over time: a histogram to drag over, and the happenings behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

import pandas as pd
import streamlit as st

from geo.view import frame, panel
from geo.view.charts import histogram, step
from geo.view.filters import carried, current, put
from geo.view.kinds import look, ordered

AXES = {"event": "When it happened", "published": "When it was published"}


def stretch() -> None:
    """Dragging over the chart sets the dates of the filters, here and on the map."""
    chosen = (st.session_state.get("histogram") or {}).get("selection", {}).get("stretch", {}).get("bucket")
    if chosen and len(chosen) == 2:
        first, last = (pd.Timestamp(edge, unit="ms").date() for edge in sorted(chosen))
        names = (
            ("first", "last") if st.session_state.get("axis", "event") == "event" else ("reported_first", "reported_last")
        )
        put(replace(current(), **dict(zip(names, (first, last), strict=True))))


frame.page("Timeline")
head = st.container()
seen = frame.with_filters("Timeline")
ledger, filters = seen.ledger, seen.filters
with head:
    frame.heading(
        "When it happened, and when it was told", "Drag over the bars to look at a stretch of time, here and on the map."
    )

axis = cast(
    Literal["event", "published"],
    st.segmented_control("Date", list(AXES), format_func=AXES.__getitem__, default="event", required=True, key="axis"),
)
yearly = pd.to_datetime(ledger.timeline(filters, by="year", axis=axis)["bucket"]).dropna()
by = step(yearly.min(), yearly.max() + pd.DateOffset(years=1)) if len(yearly) else "year"
timeline = ledger.timeline(filters, by=cast(Literal["year"], by), axis=axis)
undated = int(timeline[timeline["bucket"].isna()]["n"].sum())
if timeline["bucket"].notna().any():
    st.altair_chart(histogram(timeline, by, AXES[axis].lower()), key="histogram", on_select=stretch)
    st.html(panel.legend([look(kind) for kind in ordered(ledger.kinds)], rims=False))
elif not undated:
    frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
if undated:
    st.html(f'<p class="counts"><b>{undated}</b> matching claims have no such date and are not in the chart.</p>')

if ledger.count(filters):
    st.page_link("pages/events.py", label="The events behind the bars, one by one", query_params=carried())
frame.foot(ledger)
