"""A view and its address: the filters, and what is picked, as the query of a link.

The address is the only memory of a view. A widget that changes writes it, a page reads it, so a link, the browser's back
button and a reload all show the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from geo.ledger.filters import Area, Filters
from geo.text.decoding import without_surrogates

T = TypeVar("T")
Query = dict[str, list[str]]
"""The values of each parameter, in order."""

STANCES = ("asserted", "reported", "alleged", "denied")
_LONGEST = 200
_MOST = 50

_LISTS = {
    "kind": "kinds",
    "stance": "stances",
    "publisher": "publishers",
    "type": "publisher_types",
    "speaker": "speakers",
}
_DAYS = {"from": "first", "to": "last", "reported-from": "reported_first", "reported-to": "reported_last"}
_YES_NO = {"planned": True, "held": False}


def read(query: Mapping[str, Sequence[str]]) -> Filters:
    """The filters of an address. What is not understood is left out: a bad link shows more, never an error."""
    query = clean(query)
    given: dict[str, Any] = {}
    for name, field in _LISTS.items():
        values = tuple(dict.fromkeys(value[:_LONGEST] for value in query.get(name, ())[:_MOST]))
        if values:
            given[field] = values
    given["stances"] = tuple(stance for stance in given.get("stances", ()) if stance in STANCES)
    for name, field in _DAYS.items():
        given[field] = _one(query, name, date.fromisoformat)
    for earlier, later in (("first", "last"), ("reported_first", "reported_last")):
        if given[earlier] and given[later] and given[earlier] > given[later]:
            given[earlier], given[later] = given[later], given[earlier]
    given["undated"] = _one(query, "undated", str) != "no"
    given["place"] = _one(query, "within", whole_number)
    given["area"] = _one(query, "area", _area)
    given["min_origins"] = max(1, _one(query, "sources", whole_number) or 1)
    given["planned"] = _one(query, "plan", _YES_NO.__getitem__)
    given["wording"] = _one(query, "wording", {"brief": "brief", "original": "original"}.__getitem__)
    given["words"] = (_one(query, "words", str) or "")[:_LONGEST]
    return replace(Filters(), **given)


def clean(query: Mapping[str, Sequence[str]]) -> Query:
    """The parameters without half characters, which no database takes."""
    return {without_surrogates(name): [without_surrogates(value) for value in values] for name, values in query.items()}


def write(filters: Filters) -> Query:
    """The address of some filters: only what differs from showing everything."""
    query: Query = {}
    for name, field in _LISTS.items():
        query[name] = list(getattr(filters, field))
    for name, field in _DAYS.items():
        day = getattr(filters, field)
        query[name] = [day.isoformat()] if day else []
    query["undated"] = [] if filters.undated else ["no"]
    query["within"] = [] if filters.place is None else [str(filters.place)]
    query["area"] = [_area_text(filters.area)] if filters.area else []
    query["sources"] = [str(filters.min_origins)] if filters.min_origins > 1 else []
    query["plan"] = [] if filters.planned is None else ["planned" if filters.planned else "held"]
    query["wording"] = [filters.wording] if filters.wording else []
    query["words"] = [filters.words] if filters.words else []
    return {name: values for name, values in query.items() if values}


FILTERS = frozenset({*_LISTS, *_DAYS, "undated", "within", "area", "sources", "plan", "wording", "words"})
"""The parameters that filters own; others ("place", "claim", "article") say what is picked."""


def whole_number(value: str) -> int:
    """A gazetteer id or a count. Raises ValueError for anything longer than such a number is."""
    if not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise ValueError(f"not a whole number: {value[:30]!r}")
    return int(value)


def _area(value: str) -> Area:
    country, *names = value[:_LONGEST].split("/")
    if not re.fullmatch(r"[A-Z]{2}", country) or len(names) > 2 or not all(names):
        raise ValueError(f"not an area: {value[:30]!r}")
    return Area(country, *names)


def _area_text(area: Area) -> str:
    return "/".join(part for part in (area.country, area.admin1, area.admin2) if part)


def _one(query: Mapping[str, Sequence[str]], name: str, reader: Callable[[str], T]) -> T | None:
    """The last value of a parameter as ``reader`` understands it, None when it is missing or not understood."""
    values = query.get(name, ())
    try:
        return reader(values[-1]) if values else None
    except (ValueError, KeyError):
        return None
