"""The filters as widgets. The address holds the truth: a changed widget writes it, every run sets the widgets anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo.ledger.query import Filters, Ledger
from geo.view import address
from geo.view.kinds import KindLook, look, ordered

_KEY = "filter-"
_NOT_KNOWN = "not known"


def current() -> Filters:
    """The filters of this page's address."""
    return address.read(query())


def query() -> address.Query:
    """The address's parameters with every value of each."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def carried() -> address.Query:
    """The part of the address that goes along to another page: the filters, not what is picked."""
    return {name: values for name, values in query().items() if name in address.FILTERS}


def pick(**chosen: str | None) -> None:
    """Put what is picked (``place``, ``claim``, ...) into the address; None takes it out."""
    kept = {name: values for name, values in query().items() if name not in chosen}
    kept |= {name: [value] for name, value in chosen.items() if value is not None}
    if kept != query():
        st.query_params.from_dict(kept)


def put(filters: Filters) -> None:
    """Make these the filters of the address."""
    kept = {name: values for name, values in query().items() if name not in address.FILTERS}
    st.query_params.from_dict(kept | address.write(filters))


def _changed(field: str, reader: Callable[[Any], Any]) -> None:
    """A widget changed: its value goes into the address before the page runs."""
    put(replace(current(), **{field: reader(st.session_state.get(_KEY + field))}))


def _widget(field: str, value: Any, reader: Callable[[Any], Any] = lambda value: value) -> dict[str, Any]:
    """What every widget of a filter shares; sets it to ``value``."""
    st.session_state[_KEY + field] = value
    return {"key": _KEY + field, "on_change": _changed, "args": (field, reader)}


def bar(ledger: Ledger, facets: Mapping[str, Mapping[str, int]], days: tuple[date, date] | None) -> Filters:
    """Draw the filters in one row, the rarer ones behind a button; the filters as they now are.

    ``facets`` gives the counts beside the choices, ``days`` the first and last day of any event.
    """
    filters = current()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        _kinds(filters, ledger.kinds, facets.get("kind", {}))
        _days(filters, days)
        rarer = [name for name in filters.active if name not in ("kinds", "first", "last")]
        with st.popover("More filters" + (f" ({len(rarer)})" if rarer else ""), key="more-filters"):
            _rarer(filters, facets)
    _chips(filters)
    return filters


def _kinds(filters: Filters, kinds: Sequence[str], counts: Mapping[str, int]) -> None:
    options = list(dict.fromkeys((*ordered(kinds), *filters.kinds)))
    st.html(f"<style>{''.join(_chip_style(n, look(kind)) for n, kind in enumerate(options, start=1))}</style>")
    st.pills(
        "Kind",
        options,
        selection_mode="multi",
        format_func=lambda kind: f"{look(kind).label} {counts.get(kind, 0)}",
        **_widget("kinds", list(filters.kinds), lambda chosen: tuple(chosen or ())),
    )


def _chip_style(n: int, kind: KindLook) -> str:
    """The letter of a kind on its colour, before the n-th choice."""
    look = f"content: '{css(kind.letter)}'; background: {css(kind.colour)};"
    return f".st-key-filter-kinds button:nth-of-type({n})::before {{{look}}}"


def css(text: str) -> str:
    """Text as a CSS string or value can hold it: letters, digits and the sign of a colour, nothing else."""
    return "".join(letter for letter in text if letter.isalnum() or letter == "#")


def _days(filters: Filters, days: tuple[date, date] | None) -> None:
    ends = [day for day in (*(days or ()), filters.first, filters.last) if day] or [date(2000, 1, 1), date(2030, 12, 31)]
    span = {"min_value": min(ends), "max_value": max(ends), "format": "YYYY-MM-DD", "width": 150}
    st.date_input("From", value=None, **span, **_widget("first", filters.first))
    st.date_input("To", value=None, **span, **_widget("last", filters.last))


def _choices(label: str, field: str, chosen: Sequence[str], counts: Mapping[str, int]) -> None:
    st.multiselect(
        label,
        list(dict.fromkeys((*counts, *chosen))),
        format_func=lambda value: f"{value or _NOT_KNOWN} ({counts.get(value, 0)})",
        placeholder="any",
        **_widget(field, list(chosen), lambda values: tuple(values or ())),
    )


def _rarer(filters: Filters, facets: Mapping[str, Mapping[str, int]]) -> None:
    st.text_input(
        "Words in the sentence", **_widget("words", filters.words, lambda words: (words or "").strip()), max_chars=200
    )
    _choices("How firmly it is said", "stances", filters.stances, facets.get("stance", {}))
    _choices("Publisher", "publishers", filters.publishers, facets.get("publisher", {}))
    _choices("Kind of publisher", "publisher_types", filters.publisher_types, facets.get("publisher_type", {}))
    _choices("Speaker", "speakers", filters.speakers, facets.get("speaker", {}))
    most = max((int(n) for n in facets.get("origins", {})), default=1)
    if max(most, filters.min_origins) > 1:
        st.slider(
            "At least so many independent sources",
            1,
            max(most, filters.min_origins),
            **_widget("min_origins", filters.min_origins),
        )
    planned = facets.get("planned", {})
    st.segmented_control(
        "Planned or held",
        ["planned", "held"],
        format_func=lambda choice: f"{choice} {planned.get(choice, 0)}",
        **_widget(
            "planned",
            None if filters.planned is None else ("planned" if filters.planned else "held"),
            lambda choice: None if choice is None else choice == "planned",
        ),
    )
    wording = facets.get("wording", {})
    st.segmented_control(
        "Wording",
        ["brief", "original"],
        format_func=lambda choice: f"{choice} {wording.get(choice, 0)}",
        **_widget("wording", filters.wording),
    )
    st.toggle("Keep claims without a date", **_widget("undated", filters.undated))


def _chips(filters: Filters) -> None:
    """The active filters, each of which goes with a click.

    The row is there even when empty: were it to come and go, the map below would change its place in the page and be
    loaded anew.
    """
    chips = active(filters)
    with st.container(horizontal=True, gap="small", key="chips"):
        for n, (words, without) in enumerate(chips):
            st.button(
                f"{words} ✕",
                key=f"chip-{n}",
                help="Take this filter away",
                on_click=put,
                args=(without,),
                type="tertiary",
            )
        if len(chips) > 1:
            st.button("Clear all", key="chip-all", on_click=put, args=(Filters(),), type="tertiary")


def active(filters: Filters) -> list[tuple[str, Filters]]:
    """Each active condition in words, with the filters that remain without it."""
    found: list[tuple[str, Filters]] = []
    lists = {"kinds": "", "stances": "", "publishers": "", "publisher_types": "", "speakers": "said by "}
    for field, lead in lists.items():
        values = getattr(filters, field)
        for value in values:
            words = look(value).label if field == "kinds" else label(value or _NOT_KNOWN)
            rest: dict[str, Any] = {field: tuple(v for v in values if v != value)}
            found.append((lead + words, replace(filters, **rest)))
    single = {
        "first": f"from {filters.first}",
        "last": f"until {filters.last}",
        "reported_first": f"published from {filters.reported_first}",
        "reported_last": f"published until {filters.reported_last}",
        "undated": "dated only",
        "place": "within one place",
        "area": "in " + label(", ".join(p for p in (filters.area.admin2, filters.area.admin1, filters.area.country) if p))
        if filters.area
        else "",
        "min_origins": f"{filters.min_origins} sources or more",
        "planned": "planned" if filters.planned else "held",
        "wording": f"{filters.wording}s",
        "words": f"“{label(filters.words)}”",
    }
    default = Filters()
    for field, words in single.items():
        if field in filters.active:
            found.append((words, replace(filters, **{field: getattr(default, field)})))
    return found


def label(text: str) -> str:
    """Words of an article as a widget's label: Streamlit reads labels as Markdown, so its signs are taken for letters."""
    return "".join("\\" + letter if letter in "\\`*_{}[]()#+-.!|<>$:~^" else letter for letter in text)
