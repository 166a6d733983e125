"""What stands in the server's memory for good: the libraries, and the ledger with what is known of it at first sight.

After each run of a page Streamlit has Python look through every object for what can be let go (``gc.collect(2)``). Most
of them were loaded once and stay, and to look through them again costs more than to answer a click: they are set apart.
"""

from __future__ import annotations

import gc

import streamlit as st


@st.cache_resource(max_entries=10, show_spinner=False)
def apart(version: str) -> int:
    """Set apart what is loaded by now, once for each state of the ledger; how many objects stand apart."""
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()
