"""The filtered view to take away, as buttons. A file is made when its button is pressed, and not before."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from geo.ledger.export import TYPES, Form, export
from geo.ledger.query import Filters, Ledger
from geo.view.sheet import sheet

LABELS: dict[Form, str] = {"csv": "CSV", "geojson": "GeoJSON", "jsonl": "JSON lines"}


def buttons(ledger: Ledger, filters: Filters) -> None:
    """One button for each form: rows for a spreadsheet, a map program or a script, and the page to keep."""
    for form, label in LABELS.items():
        st.download_button(
            f"Download {label}",
            data=partial(export, ledger, filters, form),
            file_name=f"claims.{form}",
            mime=TYPES[form],
            on_click="ignore",
            type="tertiary",
            key=f"download-{form}",
        )
    st.download_button(
        "Download as a page",
        data=lambda: sheet(ledger, filters, datetime.now(UTC).date()),
        file_name="claims.html",
        mime="text/html",
        on_click="ignore",
        type="tertiary",
        key="download-html",
        help="The map and its cards as one HTML file that opens without the app and without internet",
    )
