"""Hand-kept tables beside the packages: places they lack, further names, better points. Each tells its provenance."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from geo.places.making.entry import Entry, own_id

FOLDER = Path(__file__).with_name("data")


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table; lines that begin with ``#`` are its provenance."""
    with open(FOLDER / table, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def places() -> list[Entry]:
    """Continents, regions, waters, mountains, islands and the other places of ``places.csv``."""
    return [
        Entry(
            int(row["id"]) if row["id"] else own_id(f"own:{row['kind']}:{row['country']}:{row['name']}"),
            row["name"],
            row["kind"],  # type: ignore[arg-type]
            row["feature"],
            row["country"],
            float(row["lat"]),
            float(row["lon"]),
            int(row["population"] or 0),
            float(row["radius_km"]),
            admin1=row["admin1"],
            admin2=row["admin2"],
            names=[name for name in row["names"].split("|") if name],
            note=row["note"],
        )
        for row in rows("places.csv")
    ]


def amend(by_code: dict[str, Entry], by_id: dict[int, Entry]) -> None:
    """Gives known places the further names of ``names.csv`` and the better points of ``points.csv``.

    ``place`` there is a code (``US``, ``US.KY``) or a GeoNames id. A place that is not there is an error in the table.
    """
    for row in rows("names.csv"):
        entry = by_id[int(row["place"])] if row["place"].isdigit() else by_code[row["place"]]
        if row["main"]:
            entry.names.insert(0, entry.name)
            entry.name = row["main"]
        entry.names.extend(name for name in row["names"].split("|") if name)
    for row in rows("points.csv"):
        entry = by_id[int(row["place"])] if row["place"].isdigit() else by_code[row["place"]]
        entry.lat, entry.lon = float(row["lat"]), float(row["lon"])
        if row["radius_km"]:
            entry.radius_km, entry.note = float(row["radius_km"]), ""
