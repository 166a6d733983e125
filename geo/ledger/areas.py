"""Places that a filter names, as areas: a country, a province or a district, and all that lies within it."""

from __future__ import annotations

from geo.faults import Fault
from geo.ledger.filters import Area
from geo.places.place import Place


def known(id: int) -> Place | None:
    """A place of the gazetteer, where there is one and it knows the place."""
    if abs(id) >= 2**31:  # an address in the browser can hold any number
        return None
    try:
        from geo.places.gazetteer import Gazetteer

        return Gazetteer.shared().get(id)
    except Fault:
        return None


def within(kind: str, country: str | None, admin1: str | None, admin2: str | None, name: str) -> Area | None:
    """What lies within a place of this kind, country and divisions; None when it is no country, province or district."""
    if not country:
        return None
    match kind:
        case "country":
            return Area(country)
        case "province":
            return Area(country, admin1 or name)
        case "district":
            return Area(country, admin1, admin2 or name)
    return None
