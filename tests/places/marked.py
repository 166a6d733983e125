"""Texts with their place names in brackets, for tests: ``[Paris], [Texas]``."""

from __future__ import annotations

import re

from geo.places.place import Location, Toponym
from geo.places.resolve import resolve
from geo.text.span import Span

MARK = re.compile(r"\[([^\]]*)\]")


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its brackets, and where they were."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[1])))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], spans


def resolved(marked: str, publisher: str | None = None) -> list[Location]:
    """The locations of the marked names."""
    text, spans = unmarked(marked)
    return list(resolve(text, [Toponym(span, 1.0) for span in spans], publisher=publisher))


def meant(marked: str, publisher: str | None = None) -> list[str]:
    """Each marked name as "kind name, division, country"."""
    out = []
    for location in resolved(marked, publisher):
        place = location.place
        out.append(f"{place.kind} {place.name}, {place.admin1}, {place.country}" if place else "nothing")
    return out
