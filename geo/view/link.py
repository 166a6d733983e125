"""A button that copies the address of exactly this view (static/link/link.js)."""

from __future__ import annotations

import streamlit as st

from geo.view.assets import STATIC

_draw = st.components.v2.component(
    "atlas_link", js=(STATIC / "link" / "link.js").read_text(encoding="utf-8"), isolate_styles=False
)


def copy() -> None:
    """Draw the button. The address is read where it is: in the browser."""
    _draw(key="copy-link", width="content")
