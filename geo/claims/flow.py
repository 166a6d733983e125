"""What passes from hand to hand as a way: who supplies, through where, who gets it, each a place or a party."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from geo.claims.claim import Claim, Party, Passing
from geo.claims.words import table
from geo.places.place import Location, Place

PASSING: tuple[Passing, ...] = get_args(Passing)


def flow(claim: Claim) -> dict[str, list[dict[str, Any]]] | None:
    """The ends of the way, by their part and in the order of the text; ``None`` for a kind in which nothing passes.

    Each end: name (the article's words), start and end (characters of the article, null where it names none), place_id,
    place_name, place_kind, country, lat, lon (null for a party without a place), pointed (a marker may stand there),
    score, because.
    """
    if claim.kind not in table("roles")["flow"]["kinds"]:
        return None
    found: dict[str, list[dict[str, Any]]] = {part: [] for part in PASSING}
    for part, end in sorted(ends(claim), key=lambda pair: (pair[1]["start"] is None, pair[1]["start"] or 0)):
        if not any(same(end, other) for other in found[part]):
            found[part].append(end)
    return found


def ends(claim: Claim) -> Iterator[tuple[str, dict[str, Any]]]:
    """The claim's places and parties that play a part in the passing."""
    for location in claim.locations:
        if location.role in PASSING:
            yield location.role, located(claim, location)
    for party in claim.parties:
        yield party.role, named(party)


def located(claim: Claim, location: Location) -> dict[str, Any]:
    """The end of a way that is a place."""
    span = location.toponym.span
    end = {"name": span.of(claim.sentence.article.text), "start": span.start, "end": span.end}
    pointed = location.place is not None and location.place.pointed
    told = {"pointed": pointed, "score": location.score, "because": location.role_because}
    return end | placed(location.place) | told


def named(party: Party) -> dict[str, Any]:
    """The end of a way that is somebody."""
    words = party.words
    end = {"name": party.name, "start": words and words.start, "end": words and words.end}
    return end | placed(party.place) | {"pointed": False, "score": party.score, "because": party.because}


def placed(place: Place | None) -> dict[str, Any]:
    return {
        "place_id": place.id if place else None,
        "place_name": place.name if place else None,
        "place_kind": place.kind if place else None,
        "country": place.country or None if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two ends are one: the same place, or the same name."""
    if one["place_id"] is not None or other["place_id"] is not None:
        return bool(one["place_id"] == other["place_id"])
    return bool(one["name"].lower() == other["name"].lower())
