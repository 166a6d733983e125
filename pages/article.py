"""The articles, and one of them to read with everything that was found in it marked."""

from __future__ import annotations

import streamlit as st

from geo.ledger.query import Filters
from geo.view import answers, frame, reader
from geo.view.cards import Evidence, card, grouped
from geo.view.filters import query

# A sentence picked by a link is brought into view. Nothing of the article is in this script.
TO_PICKED = (
    "<script>requestAnimationFrame(() => document.getElementById('picked')?.scrollIntoView({block: 'center'}))</script>"
)
MARKS = (
    '<p class="marks"><span><mark class="m-word">deciding words</mark></span>'
    '<span><mark class="m-place">place</mark></span>'
    '<span><mark class="m-date">date</mark></span><span><mark class="m-speaker">speaker</mark></span>'
    '<span><mark class="m-cue">how firmly</mark></span><span class="shut">left out</span></p>'
)

frame.page("Articles")
ledger = frame.opened("Articles")
chosen = query().get("article", [None])[-1]
picked = query().get("claim", [None])[-1]
article = answers.article(ledger, chosen) if chosen else None
if article is None:
    listed = ledger.rows.articles()
    frame.heading(f"{len(listed)} articles", "Open one to see its claims, and what was left out and why.")
    if chosen:
        frame.notice(
            "There is no such article", "The link may be of another state of the ledger. All articles are below."
        )
    st.html(reader.listing(listed))
else:
    found = grouped(ledger.rows.claims(Filters(article=chosen)))
    mentions = ledger.rows.mentions(chosen or "")
    st.html('<a class="back" href="article" target="_self">← All articles</a>')
    frame.heading(str(article["title"] or "Untitled"), reader.facts(article))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(MARKS)
        shown = {place["place_id"] for place in answers.places(ledger, Filters())}
        shown |= {place["place_id"] for place in answers.wholes(ledger, Filters())}
        st.html(reader.reader(article, found, mentions, picked, shown))
    with right:
        st.html(f'<h2 class="side">{len(found)} {"claim" if len(found) == 1 else "claims"}</h2>')
        ordered = sorted(found, key=lambda one: (one.claim["claim_id"] != picked, one.claim["start"]))
        for one in ordered[:40]:
            st.html(card(Evidence(one.claim, one.places)))
        if lost := reader.not_placed(mentions):
            st.html(
                f'<h2 class="side">Names that are no place here</h2><p dir="auto">{frame.plain(", ".join(lost[:60]))}</p>'
            )
    if picked:
        st.html(TO_PICKED, unsafe_allow_javascript=True)
frame.foot(ledger)
