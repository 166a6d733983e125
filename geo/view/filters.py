"""The filters as widgets. The address holds the truth: a changed widget writes it, every run sets the widgets anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.ledger.query import Area, Filters, Ledger
from geo.view import address
from geo.view.kinds import KindLook, look, ordered

_KEY = "filter-"
_NOT_KNOWN = "not known"
MOST_CHOICES = 200
"""A list to choose from holds so many at most: more nobody reads, and a browser must carry them all."""


def current() -> Filters:
    """The filters of this page's address."""
    return address.read(query())


def query() -> address.Query:
    """The address's parameters with every value of each."""
    return address.clean({name: st.query_params.get_all(name) for name in st.query_params})


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


def bar(
    ledger: Ledger,
    facets: Mapping[str, Mapping[str, int]],
    days: tuple[date, date] | None,
    areas: Sequence[Mapping[str, Any]] = (),
    chips: DeltaGenerator | None = None,
) -> Filters:
    """Draw the filters in one row, and in ``chips`` or under it those that are active, each to be taken away; the filters
    as they are.

    ``facets`` gives the counts beside the choices, ``days`` the first and last day of any event, ``areas`` the countries
    and divisions to choose from, as ``Ledger.areas`` does.
    """
    filters = current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        _kinds(filters, ledger.kinds, facets.get("kind", {}))
        with _folded("Dates", filters, "first", "last", "reported_first", "reported_last", "undated"):
            _dates(filters, days, facets.get("dated", {}))
        with _folded("Stance", filters, "stances"):
            _stances(filters, facets.get("stance", {}))
        with _folded("Publisher", filters, "publishers", "publisher_types", "wording"):
            _publishers(filters, facets)
        with _folded("Place", filters, "place", "area"):
            _place(filters, areas)
        with _folded("Speaker", filters, "speakers"):
            _choices("Who is said to say it", "speakers", filters.speakers, facets.get("speaker", {}))
        with _folded("Sources", filters, "min_origins", "planned"):
            _sources(filters, facets)
        st.text_input(
            "Words in the sentence",
            **_widget("words", filters.words, lambda words: (words or "").strip()),
            max_chars=200,
            label_visibility="collapsed",
            placeholder="Words in the sentence",
            width=210,
        )
    with chips or nullcontext():
        _chips(filters, ledger.name)
    return filters


def _folded(words: str, filters: Filters, *fields: str) -> Any:
    """A button that opens some filters; it says how many of them are active."""
    active = sum(
        len(value) if isinstance(value := getattr(filters, f), tuple) else 1 for f in fields if f in filters.active
    )
    return st.popover(words + (f" · {active}" if active else ""), key=f"open-{words.lower()}")


def _kinds(filters: Filters, kinds: Sequence[str], counts: Mapping[str, int]) -> None:
    options = list(dict.fromkeys((*ordered(kinds), *filters.kinds)))
    st.html(f"<style>{''.join(_chip_style(n, look(kind)) for n, kind in enumerate(options, start=1))}</style>")
    st.pills(
        "Kind",
        options,
        label_visibility="collapsed",
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


def _dates(filters: Filters, days: tuple[date, date] | None, counts: Mapping[str, int]) -> None:
    ends = [day for day in (*(days or ()), filters.first, filters.last) if day] or [date(2000, 1, 1), date(2030, 12, 31)]
    for words, first, last in (
        ("When it happened", "first", "last"),
        ("When it was reported", "reported_first", "reported_last"),
    ):
        given = [day for day in (getattr(filters, first), getattr(filters, last)) if day]
        # A report comes after the event, often by years: its dates are not held to those of the events.
        latest = max(ends) if first == "first" else date(max(ends).year + 30, 12, 31)
        span = {"min_value": min(ends + given), "max_value": max([latest, *given]), "format": "YYYY-MM-DD", "width": 150}
        st.html(f'<p class="field">{words}</p>')
        with st.container(horizontal=True, gap="small"):
            st.date_input("From", value=None, **span, **_widget(first, getattr(filters, first)))
            st.date_input("To", value=None, **span, **_widget(last, getattr(filters, last)))
    st.toggle(f"Keep claims without a date ({counts.get('undated', 0)})", **_widget("undated", filters.undated))


def _stances(filters: Filters, counts: Mapping[str, int]) -> None:
    st.pills(
        "How firmly it is said",
        address.STANCES,
        selection_mode="multi",
        format_func=lambda stance: f"{stance} {counts.get(stance, 0)}",
        **_widget("stances", list(filters.stances), lambda chosen: tuple(chosen or ())),
    )
    st.html(
        '<p class="hint">asserted: in the article’s own voice · reported: as somebody’s statement · alleged: the article '
        "keeps its distance · denied: somebody denies it</p>"
    )


def _publishers(filters: Filters, facets: Mapping[str, Mapping[str, int]]) -> None:
    _choices("Publisher", "publishers", filters.publishers, facets.get("publisher", {}))
    _choices("Kind of publisher", "publisher_types", filters.publisher_types, facets.get("publisher_type", {}))
    wording = facets.get("wording", {})
    st.segmented_control(
        "Wording",
        ["brief", "original"],
        format_func=lambda choice: f"{'our briefs' if choice == 'brief' else 'originals'} {wording.get(choice, 0)}",
        **_widget("wording", filters.wording),
    )


def _place(filters: Filters, areas: Sequence[Mapping[str, Any]]) -> None:
    """Countries, their provinces and districts; a place that is not among them comes into the filters by its own page."""
    counts = {Area(row["country"], row["admin1"] or None, row["admin2"] or None): row for row in _largest(areas)}
    options = list(dict.fromkeys((*counts, *((filters.area,) if filters.area else ()))))

    def words(area: Area) -> str:
        row = counts.get(area)
        country = row["country_name"] or area.country if row else area.country
        inside = ", ".join(part for part in (area.admin2, area.admin1, country) if part)
        return f"{inside} ({row['n'] if row else 0})"

    st.selectbox(
        "A place and everything within it",
        options,
        index=None,
        format_func=words,
        placeholder="anywhere",
        **_widget("area", filters.area),
    )


def _largest(areas: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The areas with most claims, each country before its divisions."""
    most = sorted(areas, key=lambda row: -int(row["n"]))[:MOST_CHOICES]
    return sorted(most, key=lambda row: (row["country_name"] or "", row["admin1"] or "", row["admin2"] or ""))


def _choices(label: str, field: str, chosen: Sequence[str], counts: Mapping[str, int]) -> None:
    st.multiselect(
        label,
        list(dict.fromkeys((*islice(counts, MOST_CHOICES), *chosen))),
        format_func=lambda value: f"{value or _NOT_KNOWN} ({counts.get(value, 0)})",
        placeholder="any",
        **_widget(field, list(chosen), lambda values: tuple(values or ())),
    )
    if len(counts) > MOST_CHOICES:
        st.html(f'<p class="hint">The {MOST_CHOICES} with most claims, of {len(counts)}.</p>')


def _sources(filters: Filters, facets: Mapping[str, Mapping[str, int]]) -> None:
    origins = {int(n): count for n, count in facets.get("origins", {}).items()}
    options = sorted({1, 2, 3, 5, filters.min_origins} & {*range(max(origins, default=1) + 1), filters.min_origins, 1})
    st.segmented_control(
        "Independent sources that tell of the same event",
        options,
        format_func=lambda least: f"{least} or more: {sum(n for o, n in origins.items() if o >= least)}",
        **_widget("min_origins", filters.min_origins, lambda least: least or 1),
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


def _chips(filters: Filters, name: Callable[[int], str | None]) -> None:
    """The active filters, each of which goes with a click.

    The row is there even when empty: were it to come and go, the map below would change its place in the page and be
    loaded anew.
    """
    chips = active(filters, name)
    with st.container(horizontal=True, gap="small", key="chips"):
        for n, (words, without) in enumerate(chips):
            st.button(f"{words} ✕", key=f"chip-{n}", on_click=put, args=(without,), type="tertiary")
        if len(chips) > 1:
            st.button("Clear all", key="chip-all", on_click=put, args=(Filters(),), type="tertiary")


def active(filters: Filters, name: Callable[[int], str | None] = lambda place: None) -> list[tuple[str, Filters]]:
    """Each active condition in words, with the filters that remain without it; ``name`` gives that of a place."""
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
        "place": "in " + label((filters.place is not None and name(filters.place)) or "one place"),
        "area": "in " + label(", ".join(p for p in (filters.area.admin2, filters.area.admin1, filters.area.country) if p))
        if filters.area
        else "",
        "min_origins": f"{filters.min_origins} independent sources or more",
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
