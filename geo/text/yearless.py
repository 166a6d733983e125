"""Days that a text tells without their year, laid out in the order of one stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo.text.datewords import StatedDate


def in_order(days: Sequence[StatedDate]) -> tuple[StatedDate, ...]:
    """Days of the year as one stretch, oldest first: the longest time without any of them lies after the last."""
    kept = {(found.month, found.day): found for found in sorted(days, key=lambda found: found.weekday is not None)}
    ordered = [kept[key] for key in sorted(kept)]
    if len(ordered) < 2:
        return tuple(ordered)
    places = [(found.on(2000) or date(2000, 3, 1)).timetuple().tm_yday for found in ordered]
    gaps = [(places[(i + 1) % len(places)] - place) % 366 for i, place in enumerate(places)]
    cut = gaps.index(max(gaps)) + 1
    return tuple(ordered[cut:] + ordered[:cut])


def placed(days: Sequence[StatedDate], year: int) -> list[date] | None:
    """The days with the last one in ``year``; None when one does not exist or falls on another weekday than stated."""
    last = days[-1]
    out: list[date] = []
    for found in days:
        day = found.on(year if (found.month, found.day) <= (last.month, last.day) else year - 1)
        if day is None or found.weekday not in (None, day.weekday()):
            return None
        out.append(day)
    return out
