"""Which place is meant: a bare name of a scene is the town, a capital that is given something is its country.

The finder of places may take the province or the district; here the sentence decides, for where people gather, meet or
are handed something is a spot. A name that the article calls a province somewhere, or that stands in a list with
provinces, stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geo.claims.concord import LIST
from geo.claims.readings import Use, words
from geo.places.gazetteer import Gazetteer
from geo.places.place import Location, Place

AREAS = frozenset({"province", "district"})
LEAST = 0.1
"""Share of an area's people from which a bare name means its namesake town; below it, as in Quebec, the area."""

REACH = 50_000
"""Characters to either side in which an article's own word for a name is looked for."""
AROUND = 60
"""Characters before a name in which "the province of" stands."""


def in_town(text: str, location: Location, located: Sequence[Location]) -> Location:
    """The location, its area exchanged for the town of that name where the article's words mean the town."""
    area = location.place
    if area is None or area.kind not in AREAS or not location.pin:
        return location
    name = location.toponym.span.of(text)
    whole = any(word.lower() in words("actor", "areas") for word in name.split())
    town = None if whole else called(name, area)
    if town is None or told_area(text, location) or among_areas(text, location, located):
        return location
    kind = "district" if area.kind == "district" else "province"
    because = f'A bare "{name}" where something happens is the town, not the {kind} called after it.'
    return replace(location, place=town, because=because)


def of_state(location: Location, use: Use) -> Location:
    """The location, a capital that gets something as a government exchanged for its country, which has no marker."""
    town, gazetteer = location.place, Gazetteer.shared()
    if town is None or location.role != "recipient" or use.role != "actor" or gazetteer.capital(town.country) != town:
        return location
    country = gazetteer.country(town.country)
    if country is None:
        return location
    because = f"{location.role_because} {town.name} stands for the government of {country.name}."
    return replace(location, place=country, role_because=because)


def called(name: str, area: Place) -> Place | None:
    """The town that bears an area's name and lies in it, large enough to be meant; the capital of the land before any."""
    gazetteer = Gazetteer.shared()
    capital = gazetteer.capital(area.country)
    for town in gazetteer.named(name):
        if town.kind != "city" or town.country != area.country:
            continue
        if capital is not None and town.id == capital.id:
            return town
        inside = town.admin1 in {area.name, area.admin1} if area.kind == "province" else town.admin2 == area.name
        if inside and town.population >= LEAST * max(area.population, 1):
            return town
    return None


def told_area(text: str, location: Location) -> bool:
    """Whether the article, within ``REACH``, calls the name an area somewhere: "X province", "the region of X"."""
    span = location.toponym.span
    name = span.of(text)
    at, end = max(0, span.start - REACH), min(len(text), span.end + REACH)
    while (at := text.find(name, at, end)) >= 0:
        if area_after().match(text, at + len(name)) or area_before().search(text, max(0, at - AROUND), at):
            return True
        at += len(name)
    return False


@cache
def area_after() -> re.Pattern[str]:
    """ "'s northern province", " region", ", a mountainous province"."""
    kinds = "|".join(sorted(words("actor", "areas")))
    return re.compile(rf"(?:['’]s)?(?: [a-z]+)? (?i:{kinds})s?\b|, (?:an?|the) (?:[a-z]+ ){{0,2}}(?:{kinds})\b")


@cache
def area_before() -> re.Pattern[str]:
    """ "The province of", "the states of Kano and"."""
    kinds = "|".join(sorted(words("actor", "areas")))
    return re.compile(rf"\b(?i:{kinds})s? of (?:[\w’'-]+,? (?:and )?){{0,3}}\Z")


def among_areas(text: str, location: Location, located: Sequence[Location]) -> bool:
    """Whether it stands in a list with an area after which no town is called: "Helmand, Kandahar and Nimroz"."""
    span = location.toponym.span
    for other in located:
        beside = other.toponym.span
        first, second = (beside, span) if beside.start < span.start else (span, beside)
        if beside == span or second.start - first.end > 12 or not LIST.fullmatch(text[first.end : second.start]):
            continue
        if other.place is not None and other.place.kind in AREAS and called(beside.of(text), other.place) is None:
            return True
    return False
