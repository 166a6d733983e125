"""How the atlas comes to what it shows, and what it cannot do."""

from __future__ import annotations

import streamlit as st

from geo.view import frame
from geo.view.method import figures, judges, kinds, prose

frame.page("Method")
ledger = frame.opened("Method", own=False)
frame.heading("How this map is made", "What counts as a claim, who judges it, and where it goes wrong.")
st.html(kinds())
st.html(prose())
st.html(judges(frame.ROOT))
if measured := figures(frame.ROOT):
    st.html(measured)
st.html(frame.provenance(ledger))
frame.foot(ledger)
