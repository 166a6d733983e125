"""Hand-kept tables beside the packages: places they lack, further names, better points. Each tells its provenance."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from geo.faults import BadInput
from geo.places.making.entry import Entry, own_id

FOLDER = Path(__file__).with_name("data")


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table; lines that begin with ``#`` are its provenance."""
    with open(FOLDER / table, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if None in row or None in row.values():
                raise BadInput(FOLDER / table, f"too many or too few columns: {row}")
            yield row


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
            chosen=[name for name in row["names"].split("|") if name],
            note=row["note"],
        )
        for row in rows("places.csv")
    ]


class Amendments:
    """Further names of known places (``names.csv``) and better points (``points.csv``).

    ``place`` in the tables is a code (``US``, ``US.KY``) or a GeoNames id.
    """

    def __init__(self) -> None:
        self._names: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows("names.csv"):
            self._names[row["place"]].append(row)
        self._points = {row["place"]: row for row in rows("points.csv")}
        self._unused = set(self._names) | set(self._points)

    def applied(self, entry: Entry, *, points: bool = True) -> Entry:
        """The entry with what the tables say of it; its point stays when ``points`` is false."""
        for place in (entry.code, str(entry.id)):
            self._unused.discard(place)
            for row in self._names.get(place, ()):
                self._name(entry, row)
            if points and place in self._points:
                row = self._points[place]
                entry.lat, entry.lon = float(row["lat"]), float(row["lon"])
                if row["radius_km"]:
                    entry.radius_km, entry.note = float(row["radius_km"]), ""
        return entry

    @staticmethod
    def _name(entry: Entry, row: dict[str, str]) -> None:
        further = [name for name in row["names"].split("|") if name]
        if row["main"]:
            further.append(entry.name)
            entry.name = row["main"]
        entry.names.extend(further)
        entry.chosen.extend(further)

    def checked(self) -> None:
        """`BadInput` when the tables speak of a place that did not come by."""
        if self._unused:
            raise BadInput(FOLDER, f"the tables amend places that the sources lack: {', '.join(sorted(self._unused))}")
