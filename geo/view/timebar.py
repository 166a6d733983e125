"""The histogram under the map: claims over time, stacked by kind; its brush filters (static/time/time.js draws it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any, Literal, cast

import streamlit as st

from geo.ledger.query import Filters, Ledger, Row
from geo.view.answers import kept
from geo.view.assets import STATIC
from geo.view.filters import current, pick, put, query
from geo.view.kinds import look, ordered

Axis = Literal["event", "published"]
KEY = "time"
MOST_BARS = 130
MOST_YEARS = 8
"""So many years get a button each; of a longer time only its last stretches do."""
RECENT = (1, 5, 10, 20)
STRAY, LEAST_SAVED = 0.01, 0.5
"""The earliest hundredth of the claims is left out of the picture, and counted beside it, where that saves half of it."""

_ENDS: dict[Axis, tuple[str, str]] = {"event": ("first", "last"), "published": ("reported_first", "reported_last")}
_draw = st.components.v2.component(
    "atlas_time", js=(STATIC / "time" / "time.js").read_text(encoding="utf-8"), isolate_styles=False
)


def axis() -> Axis:
    """Which date the address asks for: the event's, or that of the report."""
    return "published" if query().get("axis", [""])[-1] == "reported" else "event"


def show(ledger: Ledger, filters: Filters) -> bool:
    """Draw it; whether the reader has just changed the filters with it, so that the whole page must run again."""
    at = axis()
    told = dict(_told(ledger, replace(between(filters, at, None, None), undated=True), at))
    first, last = (getattr(filters, end) for end in _ENDS[at])
    told |= {"axis": at, "keep": filters.undated, "first": first and first.isoformat(), "last": last and last.isoformat()}
    # In a list: of what stands in a mapping Streamlit asks whether it is a pandas frame, and imports pandas to find out.
    _draw(key=KEY, data=[told], on_stretch_change=_heard, on_axis_change=_heard, on_undated_change=_heard)
    return bool(st.session_state.pop(KEY + "-heard", False))


def _heard() -> None:
    """The reader used the histogram: the address changes. What the browser tells is not trusted."""
    told: Mapping[str, Any] = st.session_state.get(KEY) or {}
    st.session_state[KEY + "-heard"] = True
    if (wanted := told.get("axis")) in _ENDS:
        pick(axis="reported" if wanted == "published" else None)
    elif isinstance(told.get("undated"), bool):
        put(replace(current(), undated=told["undated"]))
    elif isinstance(stretch := told.get("stretch"), Mapping) and stretch.get("axis") in _ENDS:
        days = sorted(filter(None, (_day(stretch.get(end)) for end in ("first", "last"))))
        first, last = days if len(days) == 2 else (None, None)
        put(between(current(), cast(Axis, stretch["axis"]), first, last))


def between(filters: Filters, at: Axis, first: date | None, last: date | None) -> Filters:
    """The filters with other days of the event, or of the report."""
    days: dict[str, Any] = dict(zip(_ENDS[at], (first, last), strict=True))
    return replace(filters, **days)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


@kept(200)
def _told(ledger: Ledger, free: Filters, at: Axis) -> dict[str, Any]:
    """What the histogram shows of the claims that match but for the date."""
    kinds = ordered(ledger.kinds)
    yearly = ledger.rows.timeline(free, by="year", axis=at)
    years = _years(yearly)
    begin, earlier = _beginning(years)
    by = step(begin, date(min(9999, max(years).year + 1), 1, 1)) if begin else "year"
    counted = yearly if by == "year" else ledger.rows.timeline(free, by=cast(Literal["month"], by), axis=at)
    undated = sum(row["n"] for row in yearly if row["bucket"] is None)
    return {
        "by": by,
        "bars": bars(counted, kinds, begin),
        "earlier": earlier,
        "kinds": [{"label": look(k).label, "letter": look(k).letter, "colour": look(k).colour} for k in kinds],
        "undated": undated if at == "event" else None,
        "presets": presets(years),
    }


def _years(yearly: Sequence[Row]) -> dict[date, int]:
    """Claims by the first day of their year, the earliest first."""
    found: dict[date, int] = {}
    for row in yearly:
        if row["bucket"] is not None:
            found[row["bucket"]] = found.get(row["bucket"], 0) + row["n"]
    return dict(sorted(found.items()))


def _beginning(years: Mapping[date, int]) -> tuple[date | None, int]:
    """Where the picture begins, and how many claims lie before: one memory of 1979 must not press all else together."""
    if not years:
        return None, 0
    first, last, whole = min(years), max(years), sum(years.values())
    before = dict(zip(years, accumulate(years.values(), initial=0), strict=False))
    later = max(year for year, n in before.items() if n <= STRAY * whole)
    shorter = (last - later).days < LEAST_SAVED * (last - first).days and (last - first).days > 3660
    return (later, before[later]) if shorter else (first, 0)


def step(first: date, end: date) -> str:
    """The finest stretch that keeps the bars few enough to read."""
    lengths = {"day": 1, "week": 7, "month": 30, "quarter": 91}
    return next((by for by, length in lengths.items() if (end - first).days / length <= MOST_BARS), "year")


def bars(counted: Sequence[Row], kinds: tuple[str, ...], begin: date | None) -> list[list[Any]]:
    """[first day, [claims of each kind], [of these, less exactly dated]] for each stretch that has any."""
    found: dict[str, list[list[int]]] = {}
    for row in counted:
        day, kind = row["bucket"], row["kind"]
        if day is not None and kind in kinds and (begin is None or day >= begin):
            counts = found.setdefault(day.isoformat(), [[0] * len(kinds), [0] * len(kinds)])
            counts[0][kinds.index(kind)], counts[1][kinds.index(kind)] = row["n"], row["n_wide"]
    return [[day, *counts] for day, counts in sorted(found.items())]


def presets(years: Mapping[date, int]) -> list[list[Any]]:
    """[words, first day, last day, claims] of the buttons over the histogram; the first takes the dates away."""
    found: list[list[Any]] = [["All", None, None, sum(years.values())]]
    ends = [day.year for day in years]
    if not ends:
        return found
    if len(ends) <= MOST_YEARS:
        spans = [(str(year), year, year) for year in ends]
    else:
        spans = [(f"last {n} years" if n > 1 else str(ends[-1]), ends[-1] - n + 1, ends[-1]) for n in RECENT]
    for words, first, last in spans:
        n = sum(count for day, count in years.items() if first <= day.year <= last)
        found.append([words, f"{first}-01-01", f"{last}-12-31", n])
    return found
