"""The claims as a table, with the filters of the map, and the filtered view to take away."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geo.view import downloads, frame
from geo.view.address import whole_number
from geo.view.cards import grouped
from geo.view.filters import carried, pick, query
from geo.view.table import table

PAGE = 25  # claims on a page

frame.page("Claims")
head = st.container()
ledger, filters = (seen := frame.with_filters("Claims")).ledger, seen.filters
with head:
    frame.heading("Every claim, sentence by sentence", "The selection of the map as a table, newest event first.")

ids = [row["claim_id"] for row in ledger.rows.claims(filters, columns=["claim_id"])]
# The rows of one claim stand together.
starts = [*(n for n, id in enumerate(ids) if n == 0 or id != ids[n - 1]), len(ids)]
n = len(starts) - 1
pages = max(1, -(-n // PAGE))
try:
    at = min(pages, max(1, whole_number(query().get("page", ["1"])[-1])))
except ValueError:
    at = 1
if n:
    first = (at - 1) * PAGE
    last = min(first + PAGE, n)
    shown = grouped(ledger.rows.claims(filters, limit=starts[last] - starts[first], offset=starts[first]))
    along = urlencode(carried(), doseq=True)
    st.html(table(shown, f"Claims {first + 1} to {last} of {n}", f"{along}&" if along else ""))
    with st.container(horizontal=True, gap="small", key="pager"):
        st.button("← Newer", disabled=at == 1, on_click=pick, kwargs={"page": str(at - 1)})
        st.button("Older →", disabled=at == pages, on_click=pick, kwargs={"page": str(at + 1)})
        downloads.buttons(ledger, filters)
else:
    frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
frame.foot(ledger)
