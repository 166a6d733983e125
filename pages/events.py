"""What is told to have happened, event by event; one of them with every sentence that tells of it."""

from __future__ import annotations

import streamlit as st

from geo.ledger.query import Filters
from geo.view import frame, panel
from geo.view.address import whole_number
from geo.view.cards import grouped
from geo.view.filters import pick, query
from geo.view.happenings import listing, told_by

SHOWN = 40

frame.page("Events")
chosen = query().get("event", [None])[-1]
if chosen:
    ledger = frame.opened("Events")
    found = grouped(ledger.rows.claims(Filters(event=chosen)))
    st.button("← All events", key="unpick", on_click=pick, kwargs={"event": None, "shown": None}, type="tertiary")
    if found:
        told = ledger.rows.events(Filters(event=chosen))[0]
        where = told["places"] or "no place named"
        frame.heading("One event, as it is told", f"<bdi>{frame.plain(where)}</bdi> · {told_by(told)}")
        with st.container(key="event-cards", width=860):
            panel.show_cards(ledger, found)
    else:
        frame.heading("One event, as it is told")
        frame.notice("There is no such event", "The link may be of another state of the ledger.")
else:
    head = st.container()
    seen = frame.with_filters("Events")
    ledger = seen.ledger
    events = ledger.rows.events(seen.filters)
    with head:
        frame.heading(
            "What is told to have happened",
            "Claims that tell of the same event are counted together, newest first. Open one to read who says what.",
        )
    try:
        shown = max(SHOWN, min(400, whole_number(query().get("shown", [""])[-1])))
    except ValueError:
        shown = SHOWN
    if events:
        st.html(listing(events[:shown], f"{min(shown, len(events))} of {len(events)} events"))
        if len(events) > shown:
            st.button(f"Show more ({len(events) - shown} left)", on_click=pick, kwargs={"shown": str(shown + SHOWN)})
    else:
        frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
frame.foot(ledger)
