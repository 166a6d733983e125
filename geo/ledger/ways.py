"""Ways on the map: what is said to pass from a supplier by some route to a recipient, as far as they are places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import Any

MOST = 12
"""The ways of one claim at most: a sentence that names more suppliers and recipients is a list, not a story."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a way. ``pointed`` is false for a country: somewhere in it, not at its point."""

    id: int
    name: str
    lat: float
    lon: float
    pointed: bool


def ways(flow: str | None) -> Iterator[tuple[Stop, ...]]:
    """The ways that a claim's ``flow`` (see geo/claims/flow.py) tells of: every supplier, by all of the route, to every
    recipient. Parties without a place are no stop; a way has two stops or more."""
    if not flow:
        return
    told = json.loads(flow)
    suppliers, route, recipients = (list(_stops(told.get(part, ()))) for part in ("supplier", "route", "recipient"))
    starts: Iterable[Stop | None] = suppliers or [None]
    ends: Iterable[Stop | None] = recipients or [None]
    for first, last in islice(product(starts, ends), MOST):
        stops = [stop for stop in (first, *route, last) if stop]
        apart = [stop for before, stop in pairwise([None, *stops]) if stop and (before is None or before.id != stop.id)]
        if len(apart) > 1:
            yield tuple(apart)


def called(stops: Iterable[Stop]) -> str:
    """What a way is called in an address: the ids of its stops, a full stop between."""
    return ".".join(str(stop.id) for stop in stops)


def _stops(ends: Iterable[dict[str, Any]]) -> Iterator[Stop]:
    for end in ends:
        if end["place_id"] is not None and end["lat"] is not None and end["lon"] is not None:
            name = end["place_name"] or end["name"]
            yield Stop(int(end["place_id"]), name, float(end["lat"]), float(end["lon"]), bool(end["pointed"]))
