"""Read articles of one's own: pasted, uploaded or fetched; looked at in this session, or put into the corpus."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from geo.faults import Fault
from geo.ledger.export import TYPES, Form, export
from geo.ledger.query import Filters, Ledger
from geo.view import adding, frame, hosting, map, panel, reader, reviewing
from geo.view.adding import MOST_BYTES, MOST_FILES, MOST_LETTERS, Given, Own
from geo.view.cards import Evidence, grouped
from geo.view.happenings import happenings, shown
from geo.view.kinds import look, ordered

SHOWN = 30
FORMS: dict[Form, str] = {"csv": "CSV", "geojson": "GeoJSON", "jsonl": "JSON lines"}


def asked_for() -> Given | None:
    """What the reader gives; None until it is asked to be read."""
    fetching = hosting.allowed("fetch")
    with st.form("article", border=True):
        text = st.text_area(
            "Text of an article", height=180, max_chars=MOST_LETTERS, placeholder="Paste an English news article here"
        )
        publisher, day = st.columns(2)
        outlet = publisher.text_input("Publisher, if known", max_chars=120)
        published = day.date_input("Published, if known", value=None, format="YYYY-MM-DD")
        files = st.file_uploader(
            f"Or files: .txt, .md, .html, or a .zip of them ({MOST_FILES} at most)",
            type=["txt", "md", "html", "htm", "zip"],
            accept_multiple_files=True,
            max_upload_size=5,
        )
        url = st.text_input("Or a web address", max_chars=2000, placeholder="https://", disabled=not fetching)
        fetch_hint = "" if fetching else " Fetching from an address is switched off here (ATLAS_FETCH=on switches it on)."
        st.html(
            f'<p class="hint">At most {MOST_FILES} articles, {MOST_BYTES // 1_000_000} MB a file and {MOST_LETTERS:,} '
            f"characters in all.{fetch_hint}</p>"
        )
        if not st.form_submit_button("Read", type="primary"):
            return None
    given = Given((), ())
    if text.strip():
        given += adding.from_text(text, outlet.strip() or None, published)
    if files:
        given += adding.from_files([(file.name, file.getvalue()) for file in files])
    if url.strip() and fetching:
        with st.spinner("Fetching the page"):
            given += adding.from_address(url)
    return given


def read(given: Given) -> None:
    """Read what was given, telling how far it is."""
    if not given.articles and not given.refused:
        frame.notice("Nothing to read yet", "Paste a text, choose a file or give an address first.")
    for fault in given.refused:
        frame.notice("This could not be read", str(fault))
    if not given.articles:
        return
    n = len(given.articles)
    bar = st.progress(0.0, f"Reading {n} {'article' if n == 1 else 'articles'}")
    done = adding.read(given.articles, lambda at, of: bar.progress(at / of, f"Read {at} of {of}"))
    bar.empty()
    for fault in done.refused:
        frame.notice("This could not be read", str(fault))
    st.session_state["own"] = st.session_state.get("own", Own((), ())) + done


def preview(ledger: Ledger) -> None:
    """What was found in each article, and what was shut out."""
    for listed in ledger.rows.articles():
        article = ledger.article(listed["article_id"]) or {}
        found = grouped(ledger.rows.claims(Filters(article=listed["article_id"])))
        mentions = ledger.rows.mentions(listed["article_id"])
        st.html(reader.preview(article, found, mentions))


def into_corpus(own: Own) -> None:
    """The ways on: keep them, or forget them."""
    with st.container(horizontal=True, gap="small"):
        desk = reviewing.desk(Path(os.environ.get("ATLAS_LEDGER") or frame.LEDGER))
        if hosting.allowed("keep") and desk is not None:
            if st.button("Put into the corpus", key="keep", type="primary"):
                keep(own, desk)
        else:
            st.html('<p class="hint">Nobody else sees them, and a reload of the page forgets them.</p>')
        if st.button("Forget them", key="forget"):
            del st.session_state["own"]
            st.rerun()


def keep(own: Own, desk: reviewing.Desk) -> None:
    """Write the articles beside the corpus and build its ledger again."""
    bar = st.progress(0.0, "Building the ledger")
    try:
        for reading in own.readings:
            adding.keep(reading.article, desk.corpus)
        desk.rebuild(lambda done, total: bar.progress(min(1.0, done / max(1, total)), f"Read {done} of {total} articles"))
    except Fault as fault:
        frame.notice("They could not be put into the corpus", str(fault))
        return
    del st.session_state["own"]
    st.session_state["kept"] = len(own.readings)
    st.rerun()


def show(ledger: Ledger) -> None:
    """Their map and their cards, and the way to take them along."""
    found = grouped(ledger.rows.claims())
    texts = {one.claim["article_id"]: ledger.article(one.claim["article_id"]) for one in found}
    places, kinds = ledger.rows.places(), ordered(ledger.kinds)
    looks = [look(kind) for kind in kinds]
    if places:
        home = map.around([(place["lat"], place["lon"]) for place in places])
        map.show(map.features(panel.dots(places, kinds)), home, looks, key="own-map")
        st.html(panel.legend(looks))
    if not found:
        frame.notice(
            "No claim was found", "The text says nothing of the kinds that the Method page defines, or it was left out."
        )
        return
    with st.container(horizontal=True, gap="small"):
        for form, words in FORMS.items():
            content = export(ledger, Filters(), form)
            st.download_button(
                f"Download {words}",
                content,
                f"own.{form}",
                TYPES[form],
                on_click="ignore",
                type="tertiary",
                key=f"own-{form}",
            )
    whole = [Evidence(one.claim, one.places, texts[one.claim["article_id"]]) for one in found[:SHOWN]]
    for one in happenings(whole):
        st.html(shown(one, {e.claim["claim_id"]: e.claim["publisher"] or "" for e in found}, link=lambda claim: ""))
    if len(found) > SHOWN:
        st.html(f'<p class="hint">and {len(found) - SHOWN} more in the downloads</p>')


frame.page("Add")
frame.heading(
    "Read articles of your own",
    "Paste a text, upload files or name a web page. They are read here and shown to you alone.",
)
if kept := st.session_state.pop("kept", None):
    frame.notice(
        "In the corpus", f"{kept} {'article is' if kept == 1 else 'articles are'} on the map and on every page now."
    )
if (given := asked_for()) is not None:
    read(given)
own = st.session_state.get("own")
if own and own.readings:
    n = len(own.readings)
    try:
        with adding.kept(own.readings) as ledger:
            claims = ledger.count()
            words = f"{claims} {'claim' if claims == 1 else 'claims'} in {n} {'article' if n == 1 else 'articles'}"
            st.html(f'<h2 class="side">{words}</h2>')
            preview(ledger)
            into_corpus(own)
            if claims:
                st.page_link("app.py", label="See them on the map, among all others")
            show(ledger)
    except Fault as fault:  # no disk
        frame.notice("What was read cannot be shown", str(fault))
