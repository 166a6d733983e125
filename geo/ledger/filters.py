"""What a reader asks to see: conditions on claims, as a value and as SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

Clause = tuple[str, tuple[Any, ...]]
"""A condition with question marks, and the values that stand for them."""


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or a first- or second-level division of one, by name."""

    country: str
    admin1: str | None = None
    admin2: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Every condition must hold; an empty one hides nothing.

    ``first`` and ``last`` keep claims whose event can have happened on one of these days; ``undated`` says whether claims
    without a date stay. ``reported_first`` and ``reported_last`` are the same for the day of publication. ``place`` is a
    gazetteer id and means the place and everything within it, ``area`` likewise by name. In ``publishers``,
    ``publisher_types`` and ``speakers`` the empty string stands for "not known". ``min_origins`` counts the independent
    texts that tell of the claim's event. ``words`` is looked for in the sentence as it stands, upper case or lower.
    ``pinned`` keeps the rows that have a marker (True) or have none (False). ``claims`` are ids.
    """

    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    undated: bool = True
    reported_first: date | None = None
    reported_last: date | None = None
    stances: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    publisher_types: tuple[str, ...] = ()
    place: int | None = None
    area: Area | None = None
    speakers: tuple[str, ...] = ()
    min_origins: int = 1
    planned: bool | None = None
    wording: str | None = None
    words: str = ""
    claim: str | None = None
    article: str | None = None
    event: str | None = None
    pinned: bool | None = None
    claims: tuple[str, ...] = ()

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the conditions that can hide something."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != f.default)


def clauses(filters: Filters, within: Area | None = None) -> dict[str, Clause]:
    """The conditions of the filters by their names; ``within`` is the area of ``filters.place`` when it has one."""
    found: dict[str, Clause] = {}
    for name, column in _CHOICES.items():
        chosen = getattr(filters, name)
        if chosen:
            found[name] = f"list_contains(?::VARCHAR[], {column})", (list(chosen),)
    for name, column in _EXACT.items():
        value = getattr(filters, name)
        if value is not None:
            found[name] = f"{column} = ?", (value,)
    found |= _dates(filters)
    if filters.place is not None:
        inside, values = _area(within) if within else ("false", ())
        found["place"] = f"(place_id = ? OR {inside})", (filters.place, *values)
    if filters.area is not None:
        found["area"] = _area(filters.area)
    if filters.min_origins > 1:
        found["min_origins"] = "n_origins >= ?", (filters.min_origins,)
    if filters.claims:
        found["claims"] = "claim_id IN (SELECT unnest(?::VARCHAR[]))", (list(filters.claims),)
    if filters.words:
        found["words"] = "contains(lower(sentence), lower(?))", (filters.words,)
    return found


def where(conditions: Mapping[str, Clause], *without: str) -> Clause:
    """One condition of all but those named ``without``; "true" when there is none."""
    chosen = [clause for name, clause in conditions.items() if name not in without]
    sql = " AND ".join(sql for sql, _ in chosen) or "true"
    return sql, tuple(value for _, values in chosen for value in values)


_CHOICES = {
    "kinds": "kind",
    "stances": "stance",
    "publishers": "coalesce(publisher, '')",
    "publisher_types": "coalesce(publisher_type, '')",
    "speakers": "coalesce(speaker, '')",
}
_EXACT = {
    "planned": "planned",
    "wording": "wording",
    "claim": "claim_id",
    "article": "article_id",
    "event": "event",
    "pinned": "pin",
}


def _dates(filters: Filters) -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    if not filters.undated:
        found["undated"] = "event_first IS NOT NULL", ()
    if filters.first is not None:
        found["first"] = "(event_last >= ? OR event_first IS NULL)", (filters.first,)
    if filters.last is not None:
        found["last"] = "(event_first <= ? OR event_first IS NULL)", (filters.last,)
    if filters.reported_first is not None:
        found["reported_first"] = "published_last >= ?", (filters.reported_first,)
    if filters.reported_last is not None:
        found["reported_last"] = "published_first <= ?", (filters.reported_last,)
    return found


def _area(area: Area) -> Clause:
    named = [(c, v) for c, v in (("country", area.country), ("admin1", area.admin1), ("admin2", area.admin2)) if v]
    return "(" + " AND ".join(f"{column} = ?" for column, _ in named) + ")", tuple(value for _, value in named)
