"""A reading as the JSON object that ``python -m geo claims`` writes, one article a line."""

from __future__ import annotations

from typing import Any

from geo.claims.claim import Claim, Reading
from geo.places.place import Location
from geo.text.period import Period

SHOWN = ("happened_at", "recipient", "route", "supplier", "voiced_at", "speaker_home")
"""The roles a claim without a marker shows one place of, the most telling first."""


def to_record(reading: Reading) -> dict[str, Any]:
    """Exactly the fields of the command's output; a claim with several marked places gives one object a place."""
    return {
        "id": reading.article.id,
        "published": period(reading.article.published),
        "sentences": [
            {"start": s.span.start, "end": s.span.end, "section": s.section, "kinds": list(kinds)}
            for s, kinds in zip(reading.sentences, reading.kinds, strict=True)
        ],
        "mentions": [mention(reading, location) for location in reading.mentions],
        "claims": [claim(one, place) for one in reading.claims for place in places(one)],
    }


def period(value: Period) -> dict[str, str | None]:
    """Days as ISO dates; both null when unknown, with the reason."""
    return {
        "first": value.first.isoformat() if value.first else None,
        "last": value.last.isoformat() if value.last else None,
        "because": value.because,
    }


def mention(reading: Reading, location: Location) -> dict[str, Any]:
    """One place name; id, point and kind are null when nobody knows the place."""
    span, place = location.toponym.span, location.place
    return {
        "start": span.start,
        "end": span.end,
        "phrase": span.of(reading.article.text),
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "kind": place.kind if place else None,
        "role": location.role,
        "score": location.score,
        "because": f"{location.because} {location.role_because}".strip(),
    }


def places(one: Claim) -> list[Location | None]:
    """The marked places of a claim; else its most telling other place; else none."""
    marked = [loc for loc in one.locations if loc.pin]
    unique: dict[int, Location] = {}
    for loc in marked:
        if loc.place is not None:
            unique.setdefault(loc.place.id, loc)
    if unique:
        return list(unique.values())
    others = sorted(
        (loc for loc in one.locations if loc.place is not None and loc.role in SHOWN),
        key=lambda loc: SHOWN.index(loc.role),
    )
    return [others[0] if others else None]


def claim(one: Claim, location: Location | None) -> dict[str, Any]:
    """One claim at one of its places."""
    return {
        "start": one.sentence.span.start,
        "end": one.sentence.span.end,
        "kind": one.kind,
        "stance": one.voice.stance,
        "speaker": one.voice.speaker,
        "cue": one.voice.cue,
        "planned": one.planned,
        "score": one.score,
        "because": one.because,
        "origin": one.origin,
        "event": one.event,
        "place": at(location) if location is not None else None,
        "event_date": period(one.event_date) if one.event_date.known else None,
    }


def at(location: Location) -> dict[str, Any] | None:
    """A claim's place; the GeoNames id is null for places GeoNames lacks."""
    place = location.place
    if place is None:
        return None
    return {
        "geonameid": place.geonameid,
        "name": place.name,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "role": location.role,
        "pin": location.pin,
    }
