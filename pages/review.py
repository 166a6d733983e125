"""Put right what was read wrongly: every decision has a name and a reason, and every build obeys it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from geo.faults import Fault
from geo.ledger.corrections import Correction, append, load, now
from geo.ledger.query import Filters, Ledger
from geo.places.gazetteer import Gazetteer
from geo.view import answers, frame, hosting, reviewing
from geo.view.cards import Evidence, Row, article_link, card, grouped
from geo.view.filters import label, pick, query
from geo.view.kinds import look, ordered
from geo.view.reviewing import ACTIONS, MEANINGS, Desk

LISTED = 12  # claims in the queue
MISSING, NOWHERE = "a place that is missing", "not a place here"
ROLES = {"happened_at": "It happened there", "recipient": "It arrived there", "supplier": "It came from there"}


def decide(ledger: Ledger, desk: Desk, found: Evidence) -> None:
    """The decision on one claim."""
    claim = found.claim
    action = st.segmented_control(
        "What is to be done",
        list(ACTIONS),
        format_func=ACTIONS.__getitem__,
        default="accept",
        required=True,
        key="action",
    )
    st.html(f'<p class="hint">{MEANINGS[action]}</p>')
    more: dict[str, Any] = {}
    if action == "move":
        more = move(found)
    elif action == "redate":
        day = st.text_input(
            "The new date", max_chars=30, placeholder="2017-06-12, 2017-06, 2017 or 2017-06-12/2017-06-14"
        )
        st.html('<p class="hint">Left empty: the sentence gives no date.</p>')
        more = {"to": day.strip() or None}
    elif action == "rekind":
        kinds = [kind for kind in ordered(ledger.kinds) if kind != claim["kind"]]
        more = {"to": st.selectbox("The right kind", kinds, format_func=lambda kind: look(kind).label)}
    with st.form("decision", border=False, enter_to_submit=True):
        name = st.text_input("Your name", value=st.session_state.get("reviewer", ""), max_chars=200)
        reason = st.text_input("Reason", max_chars=2000, placeholder="why you decide so")
        if st.form_submit_button(f"Save: {ACTIONS[action].lower()}", type="primary"):
            save(desk, lambda: reviewing.correction(claim, action, name, reason, now(), **more), name)


def move(found: Evidence) -> dict[str, Any]:
    """Which of the claim's places is meant, and where it is."""
    names: dict[int, str] = {row["place_id"]: row["place_name"] for row in found.places if row["place_id"] is not None}
    wrong = st.selectbox(
        "Which place is wrong", [*names, MISSING], format_func=lambda id: names.get(id, MISSING), key="move-from"
    )
    name = st.text_input("The right place: its name or gazetteer id", max_chars=200, key="move-name")
    choices = {place.id: reviewing.described(place) for place in reviewing.candidates(name, Gazetteer.shared())}
    if name.strip() and not choices:
        st.html('<p class="hint" role="status">The gazetteer has no place of this name.</p>')
    options: list[int | str] = [*choices, *([] if wrong == MISSING else [NOWHERE])]
    if not options:
        return {}
    # Another name has other choices: the first of them is chosen, whatever was chosen before.
    to = st.selectbox("Which one", options, format_func=lambda id: choices.get(id, NOWHERE), key=f"move-to-{name}")
    new = wrong == MISSING
    role = st.selectbox("Its part", list(ROLES), format_func=ROLES.get, key="move-role") if new else None
    return {"moved_from": None if new else wrong, "to": None if to == NOWHERE else to, "role": role}


def save(desk: Desk, made: Any, name: str) -> None:
    """Write a decision; what is wrong with it is told, and nothing is written."""
    try:
        one: Correction = made()
        append(desk.file, one)
    except (ValueError, Fault) as error:
        frame.notice("This could not be saved", str(error))
        return
    st.session_state["reviewer"] = name
    st.session_state["saved"] = reviewing.told(one)
    pick(claim=None)
    st.rerun()


def build_again(ledger: Ledger, desk: Desk, said: tuple[Correction, ...]) -> None:
    """What waits for the next build, and that build."""
    left = reviewing.waiting(ledger, said)
    if saved := st.session_state.pop("saved", None):
        st.html(f'<p class="counts" role="status">Saved: <b>{frame.plain(saved)}</b>.</p>')
    if not left:
        return
    n = f"{len(left)} {'decision waits' if len(left) == 1 else 'decisions wait'} for the next build"
    st.html(f'<p class="counts">{n}.</p>')
    if st.button("Build again, so that the map shows them", key="build"):
        bar = st.progress(0.0, "Reading the articles")
        try:
            desk.rebuild(frame._teller(bar.progress))
        except Fault as fault:
            frame.notice("The ledger could not be built; it is as it was", str(fault))
            return
        st.rerun()


def take_back(ledger: Ledger, desk: Desk, said: tuple[Correction, ...]) -> None:
    """The rejections in force, each with a way back."""
    gone = reviewing.rejected(said)
    if not gone:
        return
    st.html('<h2 class="side">Rejected, and not on the map</h2>')
    for n, one in enumerate(reversed(gone[-LISTED:])):
        words = reviewing.sentence_of(answers.article(ledger, one.article), one) or one.article
        if st.button(f"Take back: {label(words[:120])}", key=f"back-{n}", type="tertiary"):
            name = st.session_state.get("reviewer", "")
            save(desk, lambda one=one, name=name: reviewing.taken_back(one, name, "Taken back.", now()), name)


def choose(n: int, found: Sequence[Row]) -> None:
    """The queue: the first of ``n`` claims."""
    st.html(
        f'<h2 class="side">{n} {"claim" if n == 1 else "claims"} to look at</h2>'
        '<p class="hint">What nobody has looked at comes first, the most doubtful foremost.</p>'
    )
    with st.container(key="places", gap=None):
        for row in found:
            kind = look(row["kind"]).label
            st.button(
                f"**{label(kind)}** {label(row['sentence'][:140])}{'…' if len(row['sentence']) > 140 else ''}",
                key=f"claim-{row['claim_id']}",
                on_click=pick,
                kwargs={"claim": row["claim_id"]},
                type="tertiary",
            )
    if n > len(found):
        st.html(f'<p class="hint">and {n - len(found)} more; filters narrow them down</p>')


frame.page("Review")
folder = Path(os.environ.get("ATLAS_LEDGER") or frame.LEDGER)
desk = reviewing.desk(folder)
if not hosting.allowed("review") or desk is None:
    frame.heading("Review", "Accept, reject, move, re-date or re-kind claims, with a name and a reason.")
    why = (
        "Where the atlas is hosted for others, readers cannot change it. Whoever runs it can switch review on with "
        "ATLAS_REVIEW=on."
        if desk
        else "It is not known which articles this ledger was made of. Name their folder with ATLAS_CORPUS."
    )
    frame.notice("Review is switched off here", why)
    st.stop()
head = st.container()
seen = frame.with_filters("Review", own=False)
ledger, filters = seen.ledger, seen.filters
with head:
    frame.heading(
        "Put right what was read wrongly",
        "Each decision bears your name and reason, is kept in a file that only grows, and is replayed over every build.",
    )
try:
    said = load(desk.file)
except Fault as fault:
    frame.notice("The file of corrections cannot be read", str(fault))
    st.stop()
build_again(ledger, desk, said)
picked = query().get("claim", [None])[-1]
found = grouped(ledger.rows.claims(Filters(claim=picked))) if picked else []
left, right = st.columns([1, 1], gap="large")
with left:
    if picked and not found:
        frame.notice("There is no such claim", "It may have been rejected, or the link may be of another ledger.")
    if found:
        st.button("← All claims", key="unpick", on_click=pick, kwargs={"claim": None}, type="tertiary")
        claim = found[0].claim
        text = answers.article(ledger, claim["article_id"])
        st.html(card(Evidence(claim, found[0].places, text), link=article_link(claim["article_id"], claim["claim_id"])))
        if before := reviewing.meant(claim, said):
            st.html(reviewing.history(before, lambda one: reviewing.sentence_of(text, one)))
    else:
        choose(*reviewing.queue(ledger, filters, LISTED))
with right:
    if found:
        decide(ledger, desk, found[0])
    else:
        take_back(ledger, desk, said)
        if said:
            recent = said[-LISTED:]
            st.html('<h2 class="side">Decisions so far</h2>')
            st.html(
                reviewing.history(recent, lambda one: reviewing.sentence_of(answers.article(ledger, one.article), one))
            )
        else:
            frame.notice("Nothing decided yet", "Pick a claim to accept it or to put it right.")
frame.foot(ledger)
