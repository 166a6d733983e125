"""Read an article of one's own: pasted or uploaded, looked at in this session, kept nowhere."""

from __future__ import annotations

import streamlit as st

from geo.faults import Fault
from geo.view import frame, map, panel
from geo.view.adding import MOST_FILES, Given, from_files, from_text, kept, read
from geo.view.cards import Evidence, card, grouped, rows
from geo.view.kinds import look, ordered
from geo.view.words import plain

SHOWN = 30

frame.page("Add")
frame.heading(
    "Read an article of your own",
    "Paste a text or upload files. They are read here, shown to you, and not kept: nobody else sees them.",
)
with st.form("article", border=True):
    text = st.text_area(
        "Text of an article", height=200, max_chars=200_000, placeholder="Paste an English news article here"
    )
    publisher, day = st.columns(2)
    outlet = publisher.text_input("Publisher, if known", max_chars=120)
    published = day.date_input("Published, if known", value=None, format="YYYY-MM-DD")
    files = st.file_uploader(
        f"Or files: .txt, .md, .html, or a .zip of them ({MOST_FILES} at most)",
        type=["txt", "md", "html", "htm", "zip"],
        accept_multiple_files=True,
        max_upload_size=10,
    )
    asked = st.form_submit_button("Read", type="primary")

if asked:
    given = Given((), ())
    if text.strip():
        given += from_text(text, outlet.strip() or None, published)
    if files:
        given += from_files([(file.name, file.getvalue()) for file in files])
    if not given.articles and not given.refused:
        frame.notice("Nothing to read yet", "Paste a text or choose a file first.")
    for fault in given.refused:
        frame.notice("This could not be read", str(fault))
    if given.articles:
        with st.spinner(f"Reading {len(given.articles)} {'article' if len(given.articles) == 1 else 'articles'}"):
            st.session_state["own"] = read(given.articles)

own = st.session_state.get("own")
if own:
    for fault in own.refused:
        frame.notice("This could not be read", str(fault))
    try:
        with kept(own.readings) as ledger:
            found = grouped(rows(ledger.claims()))
            articles = {row["article_id"]: ledger.article(row["article_id"]) for row in rows(ledger.articles())}
            places, kinds = rows(ledger.places()), ordered(ledger.kinds)
    except Fault as fault:  # no disk
        frame.notice("What was read cannot be shown", str(fault))
        st.stop()
    opened = sum(a["n_open"] for a in articles.values() if a)
    shut = sum(a["n_shut"] for a in articles.values() if a)
    st.html(
        f'<h2 class="side">{len(found)} {"claim" if len(found) == 1 else "claims"} in {len(articles)} '
        f'{"article" if len(articles) == 1 else "articles"}</h2><p class="counts">{opened} sentences read, {shut} '
        "left out as navigation, comments, repeated captions and the like.</p>"
    )
    for article in articles.values():
        if article:
            st.html(f'<p class="hint">{plain(article["title"] or "Untitled")}: {plain(article["published_because"])}</p>')
    if places:
        home = map.around([(place["lat"], place["lon"]) for place in places])
        map.show(map.features(panel.dots(places, kinds)), home, [look(kind) for kind in kinds], key="own-map")
        st.html(panel.legend([look(kind) for kind in kinds]))
    for one in found[:SHOWN]:
        st.html(card(Evidence(one.claim, one.places, articles[one.claim["article_id"]])))
    if len(found) > SHOWN:
        st.html(f'<p class="hint">and {len(found) - SHOWN} more</p>')
    if not found:
        frame.notice(
            "No claim was found", "The text says nothing of the kinds that the Method page defines, or it was left out."
        )
