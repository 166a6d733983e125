"""What stands beside the map: the places and countries to pick from, and the evidence of the one that is picked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.ledger.query import Filters, Hidden, Ledger
from geo.view import frame
from geo.view.address import whole_number
from geo.view.cards import Evidence, article_link, card, grouped, rows, span_of_days
from geo.view.filters import label, pick, query
from geo.view.kinds import KindLook, look, ordered
from geo.view.map import Dot
from geo.view.words import plain

PAGE = 8  # cards shown at once
LISTED = 12  # places listed beside the map
WHOLE = ("country", "continent", "region", "water", "land")


def picked_place() -> int | None:
    """The place that the address picks."""
    try:
        return whole_number(query().get("place", [""])[-1])
    except ValueError:
        return None


def dots(places: Sequence[dict[str, Any]], kinds: Sequence[str]) -> list[Dot]:
    """The places of a selection as the map draws them."""
    found = []
    for place in places:
        total = place["n"]
        rim = next(
            (rim for rim, n in (("denied", place["n_denied"]), ("alleged", place["n_alleged"])) if n == total), "solid"
        )
        found.append(
            Dot(
                id=int(place["place_id"]),
                name=place["place_name"],
                lat=place["lat"],
                lon=place["lon"],
                counts=tuple(int(place[f"n_{kind}"]) for kind in kinds),
                origins=int(place["n_origins"]),
                rim=rim,
                radius_km=place["radius_km"] or 0.0,
            )
        )
    return found


def countries(ledger: Ledger, filters: Filters) -> list[dict[str, Any]]:
    """The countries and continents that claims name as a whole, with how many claims each: they have no marker."""
    return _countries(ledger, ledger.version, filters)


@st.cache_data(max_entries=60, show_spinner=False)
def _countries(_ledger: Ledger, version: str, filters: Filters) -> list[dict[str, Any]]:
    found = _ledger.claims(filters, columns=["claim_id", "place_id", "place_name", "place_kind", "role", "pin"])
    whole = found[found["place_kind"].isin(WHOLE) & ~found["pin"] & found["role"].isin(("happened_at", "recipient"))]
    if whole.empty:
        return []
    counted = whole.groupby(["place_id", "place_name"])["claim_id"].nunique().reset_index(name="n")
    return rows(counted.sort_values(["n", "place_name"], ascending=[False, True]))


# ---- under the map -------------------------------------------------------------------------------


def legend(kinds: Sequence[KindLook], *, rims: bool = True) -> str:
    """What the signs on the map mean, as HTML; without ``rims`` only the kinds."""
    signs = "".join(
        f'<li><b class="dot" style="--kind:{plain(kind.colour)}" aria-hidden="true">{plain(kind.letter)}</b>'
        f"{plain(kind.label)}</li>"
        for kind in kinds
    )
    more = (
        '<li><b class="dot rim-alleged" aria-hidden="true"></b>only alleged</li>'
        '<li><b class="dot rim-denied" aria-hidden="true"></b>only denied</li>'
        '<li><b class="area" aria-hidden="true"></b>somewhere in this area</li>'
        "<li>larger: more claims</li>"
    )
    return f'<ul class="legend" aria-label="Legend">{signs}{more if rims else ""}</ul>'


def left_out(hidden: Hidden) -> str:
    """What the map does not show, as a sentence of HTML."""
    parts = [f"<b>{hidden.shown}</b> of {hidden.matching} matching claims have a marker"]
    missing = [
        f"{n} {words}" for n, words in ((hidden.country_level, "country-level"), (hidden.unplaced, "unplaced")) if n
    ]
    if missing:
        parts.append("not on the map: " + ", ".join(missing))
    if filtered := hidden.total - hidden.matching:
        undated = f", {hidden.undated} of them undated" if hidden.undated else ""
        parts.append(f"hidden by filters: {filtered}{undated}")
    return '<p class="counts" role="status">' + " · ".join(parts) + "</p>"


# ---- beside the map ------------------------------------------------------------------------------


def beside(ledger: Ledger, filters: Filters, places: Sequence[dict[str, Any]]) -> None:
    """The evidence of the place that is picked, or the places to pick from."""
    place = picked_place()
    if place is None:
        _choose(ledger, filters, places)
    else:
        _evidence(ledger, filters, place)


def _choose(ledger: Ledger, filters: Filters, places: Sequence[dict[str, Any]]) -> None:
    whole = countries(ledger, filters)
    if not places and not whole:
        frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
        return
    if places:
        st.html(
            '<h2 class="side">Places</h2>'
            '<p class="hint">Pick a marker on the map, or a place here, to read its sentences.</p>'
        )
        with st.container(key="places", gap=None):
            for row in places[:LISTED]:
                _pick_button(row["place_id"], row["place_name"], area(row), row["n"])
        if len(places) > LISTED:
            st.html(f'<p class="hint">and {len(places) - LISTED} more on the map and in the table of claims</p>')
    if whole:
        st.html(
            '<h2 class="side">Whole countries and regions</h2>'
            '<p class="hint">These sentences name nothing smaller, so they have no marker.</p>'
        )
        with st.container(key="countries", gap=None):
            for row in whole[:LISTED]:
                _pick_button(row["place_id"], row["place_name"], "", row["n"])


def area(place: Mapping[str, Any]) -> str:
    """What a place lies in, and its kind where a town may bear the same name: "province of Afghanistan"."""
    inside = ", ".join(
        p for p in (place["admin2"], place["admin1"], place["country_name"]) if p and p != place["place_name"]
    )
    kind = place["place_kind"] if place["place_kind"] in ("province", "district") else ""
    return f"{kind} of {inside}" if kind and inside else kind or inside


def _pick_button(place: int, name: str, lies: str, n: int) -> None:
    words = f"**{label(name)}**" + (f" {label(lies)}" if lies else "") + f" · {n}"
    st.button(words, key=f"pick-{place}", on_click=pick, kwargs={"place": str(place), "shown": None}, type="tertiary")


def _evidence(ledger: Ledger, filters: Filters, place: int) -> None:
    found = evidence(ledger, filters, place)
    st.button(
        "← All places", key="unpick", on_click=pick, kwargs={"place": None, "claim": None, "shown": None}, type="tertiary"
    )
    if not found:
        frame.notice("No claim here", "With these filters nothing is told of this place. Other places are on the map.")
        return
    first = found[0].claim
    lies = area(first)
    note = f'<p class="hint">{plain(first["place_note"])}</p>' if first["place_note"] else ""
    count = f"{len(found)} {'claim' if len(found) == 1 else 'claims'}"
    st.html(
        f'<h2 class="place" dir="auto">{plain(first["place_name"])}</h2>'
        f'<p class="hint">{plain(lies)}{" · " if lies else ""}{count}</p>{note}'
    )
    show_cards(ledger, found)


def evidence(ledger: Ledger, filters: Filters, place: int) -> list[Evidence]:
    """The claims of one place, newest event first, with all the places of each."""
    frame_ = ledger.claims(filters if filters.place is not None else replace(filters, place=place))
    here = frame_[(frame_["place_id"] == place) & (frame_["pin"] | frame_["place_kind"].isin(WHOLE))]
    return grouped(rows(here))


def show_cards(ledger: Ledger, found: Sequence[Evidence]) -> None:
    """Some cards, and a button for more."""
    shown = _shown()
    for one in found[:shown]:
        claim = one.claim
        whole = grouped(rows(ledger.claims(Filters(claim=claim["claim_id"]))))[0]
        text = frame.article(ledger, claim["article_id"])
        full = Evidence(claim, whole.places, text, _copies(found, claim))
        st.html(card(full, link=article_link(claim["article_id"], claim["claim_id"])))
    if len(found) > shown:
        st.button(
            f"Show more ({len(found) - shown} left)", key="more", on_click=pick, kwargs={"shown": str(shown + PAGE)}
        )


def _shown() -> int:
    try:
        return max(PAGE, min(200, whole_number(query().get("shown", [""])[-1])))
    except ValueError:
        return PAGE


def _copies(found: Sequence[Evidence], claim: Any) -> int:
    """How many of the claims at hand are copies of one text."""
    return sum(1 for other in found if other.claim["origin"] and other.claim["origin"] == claim["origin"])


def title(ledger: Ledger, filters: Filters, hidden: Hidden) -> tuple[str, str]:
    """What one sees, in words: the page's title, and a line under it."""
    shown = [look(kind).plural for kind in ordered(filters.kinds or ledger.kinds)]
    named = [word if n == 0 else word[:1].lower() + word[1:] for n, word in enumerate(shown)]
    listed = named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1] if named else "Claims"
    ends = frame.days(ledger)
    first, last = filters.first or (ends and ends[0]), filters.last or (ends and ends[1])
    when = f", {span_of_days(first, last)}" if first and last else ""
    articles = ledger.meta.get("articles", 0)
    lead = (
        f"<b>{hidden.matching}</b> claims from {int(articles)} articles. "
        "Every marker opens the sentences behind it: who says so, when, and how firmly."
    )
    return f"{listed}, as told in the news{when}", lead
