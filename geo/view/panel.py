"""What stands beside the map: the places and countries to pick from, and the evidence of the one that is picked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import streamlit as st

from geo.ledger.query import Filters, Hidden, Ledger, Told
from geo.ledger.ways import called
from geo.view import answers, frame, hosting
from geo.view.address import whole_number
from geo.view.answers import kept
from geo.view.cards import Evidence, article_link, grouped, span_of_days
from geo.view.filters import current, label, pick, put, query
from geo.view.happenings import Happening, happenings
from geo.view.happenings import shown as happening
from geo.view.kinds import KindLook, look, ordered
from geo.view.map import Bounds, Dot, End, Way, around, features
from geo.view.words import plain

PAGE = 8  # cards shown at once
LISTED, WALL = 12, 24  # places listed beside the map, and on a screen as large as a wall (page.css)
WHOLE = ("country", "continent", "region", "water", "land")
DIVIDED = ("country", "province", "district")
STANCES = ("asserted", "reported", "alleged", "denied")
RowOf = tuple[str, str]
"""A claim by its id, and one of its rows by that row's."""


def picked_place() -> int | None:
    """The place that the address picks."""
    try:
        return whole_number(query().get("place", [""])[-1])
    except ValueError:
        return None


def picked_way() -> str | None:
    """The way that the address picks: the ids of its stops, a full stop between."""
    way = query().get("way", [""])[-1]
    return way if re.fullmatch(r"-?[0-9]{1,12}(\.-?[0-9]{1,12}){1,8}", way) else None


def dots(places: Sequence[dict[str, Any]], kinds: Sequence[str]) -> list[Dot]:
    """The places of a selection as the map draws them."""
    found = []
    for place in places:
        stances = tuple(int(place[f"n_{stance}"]) for stance in STANCES)
        found.append(
            Dot(
                id=int(place["place_id"]),
                name=place["place_name"],
                lat=place["lat"],
                lon=place["lon"],
                counts=tuple(int(place[f"n_{kind}"]) for kind in kinds),
                origins=int(place["n_origins"]),
                rim=rim(stances),
                radius_km=place["radius_km"] or 0.0,
                stances=stances,
                own=int(place.get("n_session") or 0),
            )
        )
    return found


def rim(stances: Sequence[int]) -> str:
    """The firmest stance of some claims, of which so many are asserted, reported, alleged and denied."""
    asserted, reported, alleged, _ = stances
    return "solid" if asserted or reported else "alleged" if alleged else "denied"


def ways(told: Sequence[Told], kinds: Sequence[str]) -> list[Way]:
    """The ways of a selection as the map draws them."""
    return [
        Way(
            tuple(End(stop.id, stop.name, stop.lat, stop.lon, stop.pointed) for stop in way.stops),
            way.n,
            kinds.index(way.kind),
            rim(way.stances),
        )
        for way in told
    ]


@kept(30)
def shown_on_map(ledger: Ledger, filters: Filters) -> str:
    """The places and ways of a selection as the map is told them, as JSON."""
    kinds = ordered(ledger.kinds)
    told = features(dots(answers.places(ledger, filters), kinds), ways(answers.ways(ledger, filters), kinds))
    return json.dumps(told, separators=(",", ":"))


@kept(3)
def first_view(ledger: Ledger) -> Bounds:
    """The first view: of everything, whatever the filters."""
    return around([(place["lat"], place["lon"]) for place in answers.places(ledger, Filters())])


# ---- under the map -------------------------------------------------------------------------------


def legend(kinds: Sequence[KindLook], *, rims: bool = True, own: bool = False) -> str:
    """What the signs on the map mean, as HTML; without ``rims`` only the kinds. ``own``: some are the reader's."""
    signs = "".join(
        f'<li><b class="dot" style="--kind:{plain(kind.colour)}" aria-hidden="true">{plain(kind.letter)}</b>'
        f"{plain(kind.label)}</li>"
        for kind in kinds
    )
    more = (
        '<li><b class="dot rim-solid" aria-hidden="true"></b>asserted or reported</li>'
        '<li><b class="dot rim-alleged" aria-hidden="true"></b>only alleged</li>'
        '<li><b class="dot rim-denied" aria-hidden="true"></b>only denied</li>'
        '<li><span class="sizes" aria-hidden="true"><i></i><i></i></span>more claims</li>'
        '<li><b class="number" aria-hidden="true">2</b>independent sources</li>'
        '<li><b class="area" aria-hidden="true"></b>somewhere in this area</li>'
        '<li><span class="way" aria-hidden="true"></span>supplied to</li>'
        '<li><span class="way alleged" aria-hidden="true"></span>only alleged</li>'
    )
    more += '<li><b class="own-sign" aria-hidden="true"></b>of this session</li>' if own else ""
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
    place, way = picked_place(), picked_way()
    if way is not None:
        _passing(ledger, filters, way)
    elif place is not None:
        _evidence(ledger, filters, place)
    else:
        _choose(ledger, filters, places)


def _choose(ledger: Ledger, filters: Filters, places: Sequence[dict[str, Any]]) -> None:
    whole = answers.wholes(ledger, filters)
    if not places and not whole:
        frame.notice("Nothing matches these filters", "Take one of them away, or widen the dates.")
        return
    if places:
        st.html(
            '<h2 class="side">Places</h2>'
            '<p class="hint">Pick a marker on the map, or a place here, to read its sentences.</p>'
        )
        with st.container(key="places", gap=None):
            for row in places[:WALL]:
                _pick_button(row["place_id"], row["place_name"], area(row), row["n"], row.get("n_session") or 0)
        left = "".join(_left(len(places) - most, where) for most, where in ((LISTED, "below-wall"), (WALL, "on-wall")))
        st.html(f'<p class="hint">{left}</p>')
    if told := answers.ways(ledger, filters):
        st.html(
            '<h2 class="side">From where to where</h2>'
            '<p class="hint">What is said to have been supplied, as the lines on the map show it.</p>'
        )
        with st.container(key="ways", gap=None):
            for way in told[:LISTED]:
                _pick_way(way)
    if whole:
        st.html(
            '<h2 class="side">Whole countries and regions</h2>'
            '<p class="hint">These sentences name nothing smaller, so they have no marker.</p>'
        )
        with st.container(key="countries", gap=None):
            for row in whole[:LISTED]:
                _pick_button(row["place_id"], row["place_name"], "", row["n"])


def _left(more: int, where: str) -> str:
    """How many places a list leaves out, on the screens on which it does."""
    return f'<span class="{where}">and {more} more on the map and in the table of claims</span>' if more > 0 else ""


def area(place: Mapping[str, Any]) -> str:
    """What a place lies in, and its kind where a town may bear the same name: "province of Afghanistan"."""
    inside = ", ".join(
        p for p in (place["admin2"], place["admin1"], place["country_name"]) if p and p != place["place_name"]
    )
    kind = place["place_kind"] if place["place_kind"] in ("province", "district") else ""
    return f"{kind} of {inside}" if kind and inside else kind or inside


def _pick_button(place: int, name: str, lies: str, n: int, own: int = 0) -> None:
    words = f"**{label(name)}**" + (f" {label(lies)}" if lies else "") + f" · {n}"
    words += f", {own} of this session" if own else ""
    chosen = {"place": str(place), "way": None, "shown": None}
    st.button(words, key=f"pick-{place}", on_click=pick, kwargs=chosen, type="tertiary")


def _pick_way(way: Told) -> None:
    stops = " → ".join(f"**{label(stop.name)}**" for stop in way.stops)
    firmness = {"solid": "", "alleged": " alleged", "denied": " denied"}[rim(way.stances)]
    chosen = {"way": called(way.stops), "place": None, "shown": None}
    st.button(
        f"{stops} · {way.n}{firmness}", key=f"way-{called(way.stops)}", on_click=pick, kwargs=chosen, type="tertiary"
    )


def _back() -> None:
    nothing = dict.fromkeys(("place", "way", "claim", "shown"))
    st.button("← All places", key="unpick", on_click=pick, kwargs=nothing, type="tertiary")


def _evidence(ledger: Ledger, filters: Filters, place: int) -> None:
    found = evidence(ledger, filters, place)
    _back()
    if not found:
        named = answers.name(ledger, place)
        where = f"of {named}" if named else "of this place"
        frame.notice("No claim here", f"With these filters nothing is told {where}. Other places are on the map.")
        return
    first = found[0].claim
    lies = area(first)
    note = f'<p class="hint">{plain(first["place_note"])}</p>' if first["place_note"] else ""
    st.html(
        f'<h2 class="place" dir="auto">{plain(first["place_name"])}</h2>'
        f'<p class="hint">{plain(lies)}{" · " if lies else ""}{_claims(len(found))}</p>{note}'
    )
    if first["place_kind"] in DIVIDED and filters.place != place:
        st.button(
            f"Only {label(first['place_name'])} and everything within it",
            key="within",
            on_click=_keep_within,
            args=(place,),
            type="tertiary",
        )
    show_cards(ledger, found)


def _keep_within(place: int) -> None:
    put(replace(current(), place=place, area=None))
    st.session_state["whole-page"] = True


def _passing(ledger: Ledger, filters: Filters, way: str) -> None:
    found = along(ledger, filters, way)
    _back()
    if not found:
        frame.notice("No claim here", "With these filters nothing is told of this way. Others are on the map.")
        return
    names = [answers.name(ledger, int(stop)) or "?" for stop in way.split(".")]
    st.html(
        f'<h2 class="place" dir="auto">{" → ".join(f"<bdi>{plain(name)}</bdi>" for name in names)}</h2>'
        f'<p class="hint">said to have been supplied · {_claims(len(found))}</p>'
    )
    show_cards(ledger, found)


def _claims(n: int) -> str:
    return f"{n} {'claim' if n == 1 else 'claims'}"


@kept(60)
def evidence(ledger: Ledger, filters: Filters, place: int) -> Sequence[Evidence]:
    """The claims of one place, newest event first."""
    return tuple(grouped(ledger.at(place, filters)))


@kept(60)
def along(ledger: Ledger, filters: Filters, way: str) -> Sequence[Evidence]:
    """The claims of one way, newest event first."""
    return tuple(grouped(ledger.along(way, filters)))


def show_cards(ledger: Ledger, found: Sequence[Evidence]) -> None:
    """Some events with their cards, and a button for more."""
    shown, events = _shown(), happenings(found)
    told = tuple(tuple((_row(one), tuple(map(_row, one.copies))) for one in event.told) for event in events[:shown])
    st.html(_drawn(ledger, told, hosting.allowed("review")))
    if len(events) > shown:
        left = sum(event.claims for event in events[shown:])
        st.button(f"Show more ({left} left)", key="more", on_click=pick, kwargs={"shown": str(shown + PAGE)})


def _row(one: Evidence) -> RowOf:
    """A claim, and at which of its places it is shown."""
    return one.claim["claim_id"], one.claim["row_id"]


@kept(200)
def _drawn(ledger: Ledger, events: tuple[tuple[tuple[RowOf, tuple[RowOf, ...]], ...], ...], review: bool) -> str:
    """Some events with their cards as HTML, each given as its claims and the copies of each."""
    whole = _whole(ledger, [one for event in events for claim, copies in event for one in (claim, *copies)])
    told = [
        Happening(
            whole[event[0][0]].claim["event"] or event[0][0][0],
            tuple(replace(whole[claim], copies=tuple(whole[copy] for copy in copies)) for claim, copies in event),
        )
        for event in events
    ]
    cards = "".join(
        happening(
            one,
            tellers(ledger, one) if one.disagreements else {},
            link=lambda claim: article_link(claim["article_id"], claim["claim_id"]),
            review=lambda claim: f"review?claim={quote(claim['claim_id'], safe='')}" if review else "",
        )
        for one in told
    )
    return f'<div class="told">{cards}</div>'


def _whole(ledger: Ledger, shown: Sequence[RowOf]) -> dict[RowOf, Evidence]:
    """Claims with all their places and their articles, each at the place where it is shown."""
    rows = ledger.whole([claim for claim, _ in shown])
    named, found = {row["row_id"]: row for row in rows}, {one.claim["claim_id"]: one for one in grouped(rows)}
    return {
        (claim, row): replace(
            found[claim], claim=named[row], article=answers.article(ledger, found[claim].claim["article_id"])
        )
        for claim, row in shown
    }


def tellers(ledger: Ledger, one: Happening) -> dict[str, str]:
    """Who published each claim of an event, those that the filters hide too."""
    told = ledger.rows.claims(Filters(event=one.event), columns=["claim_id", "publisher"])
    return {row["claim_id"]: row["publisher"] or "" for row in told}


def _shown() -> int:
    try:
        return max(PAGE, min(200, whole_number(query().get("shown", [""])[-1])))
    except ValueError:
        return PAGE


def title(ledger: Ledger, filters: Filters, hidden: Hidden) -> tuple[str, str]:
    """What one sees, in words: the page's title, and a line under it."""
    shown = [look(kind).plural for kind in ordered(filters.kinds or ledger.kinds)]
    named = [word if n == 0 else word[:1].lower() + word[1:] for n, word in enumerate(shown)]
    listed = named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1] if named else "Claims"
    ends = answers.days(ledger)
    first, last = filters.first or (ends and ends[0]), filters.last or (ends and ends[1])
    when = f", {span_of_days(first, last)}" if first and last else ""
    articles = ledger.meta.get("articles", 0)
    lead = (
        f"<b>{hidden.matching}</b> claims from {int(articles)} articles. "
        "Every marker opens the sentences behind it: who says so, when, and how firmly."
    )
    own = ledger.own_articles
    lead += f" {own} of the articles {'is' if own == 1 else 'are'} your own, for this session." if own else ""
    return f"{listed}, as told in the news{when}", lead
