"""The claims as a table, with the filters of the map, and the filtered view to take away."""

from __future__ import annotations

import streamlit as st

from geo.view import downloads, frame
from geo.view.address import whole_number
from geo.view.cards import grouped, rows
from geo.view.filters import pick, query
from geo.view.table import table

PAGE = 25  # claims on a page

frame.page("Claims")
head = st.container()
ledger, filters = (seen := frame.with_filters("Claims")).ledger, seen.filters
n = ledger.count(filters)
with head:
    frame.heading("Every claim, sentence by sentence", "The selection of the map as a table, newest event first.")

found = grouped(rows(ledger.claims(filters)))
pages = max(1, -(-len(found) // PAGE))
try:
    at = min(pages, max(1, whole_number(query().get("page", ["1"])[-1])))
except ValueError:
    at = 1
if found:
    first = (at - 1) * PAGE
    shown = found[first : first + PAGE]
    st.html(table(shown, f"Claims {first + 1} to {first + len(shown)} of {len(found)}"))
    with st.container(horizontal=True, gap="small", key="pager"):
        st.button("← Newer", disabled=at == 1, on_click=pick, kwargs={"page": str(at - 1)})
        st.button("Older →", disabled=at == pages, on_click=pick, kwargs={"page": str(at + 1)})
        downloads.buttons(ledger, filters)
else:
    frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
frame.foot(ledger)
