"""A full GeoNames dump, row by row: allCountries.txt, alternateNamesV2.txt, admin1CodesASCII.txt, admin2Codes.txt.

Only ``allCountries.txt`` must be there. The format is GeoNames' own: tab-separated, UTF-8, no quoting.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geo.faults import BadInput
from geo.places.making.entry import Entry, city_radius
from geo.places.making.survey import in_latin
from geo.places.place import PlaceKind

PLACES, NAMES = "allCountries.txt", "alternateNamesV2.txt"
DIVISIONS = ("admin1CodesASCII.txt", "admin2Codes.txt")
_ENGLISH = ("en", "abbr")
LONGEST_MAIN_NAME = 200
"""Characters of a name in GeoNames, by its own description."""


def entries(folder: Path) -> Iterator[Entry]:
    """Every place of the dump that has a name in Latin letters; `BadInput` names the line that is no row of a dump."""
    codes = _codes(folder)
    path = folder / PLACES
    for number, row in _rows(path):
        if len(row) < 15:
            raise BadInput(f"{path}, line {number}", f"{len(row)} columns where a GeoNames dump has 19")
        try:
            entry = _entry(row, codes)
        except ValueError as error:
            raise BadInput(f"{path}, line {number}", "not a row of a GeoNames dump") from error
        if entry is not None:
            yield entry


def names(folder: Path) -> Iterator[tuple[int, str]]:
    """English names and abbreviations by the id of their place; nothing when the file is not there."""
    path = folder / NAMES
    if not path.exists():
        return
    for number, row in _rows(path):
        if len(row) < 4 or not row[1].isdigit():
            raise BadInput(f"{path}, line {number}", "not a row of GeoNames' alternate names")
        if row[2] in _ENGLISH and in_latin(row[3]):
            yield int(row[1]), row[3]


def _entry(row: list[str], codes: dict[int, str]) -> Entry | None:
    id, name, plain, others, lat, lon, group, feature, country, _, first, second, _, _, people = row[:15]
    main = next((text for text in (name, plain) if in_latin(text) and len(text) <= LONGEST_MAIN_NAME), None)
    if main is None or not feature:
        return None
    kind, radius_km = _kind(group, feature)
    population = int(people or 0)
    above = f"{country}.{first}" if first and first != "00" else ""
    return Entry(
        int(id),
        main,
        kind,
        feature,
        country,
        float(lat),
        float(lon),
        population,
        city_radius(population) if kind == "city" else radius_km,
        admin1=above,
        admin2=f"{above}.{second}" if above and second else "",
        code=country if kind == "country" and feature == "PCLI" else codes.get(int(id), ""),
        names=[text for text in (plain, *others.split(",")) if text and text != main and in_latin(text)],
    )


def _codes(folder: Path) -> dict[int, str]:
    """Codes of the divisions (``AF.24``, ``AF.24.1402``) by their ids."""
    found: dict[int, str] = {}
    for name in DIVISIONS:
        if (folder / name).exists():
            for number, row in _rows(folder / name):
                if len(row) < 4 or not row[3].isdigit():
                    raise BadInput(f"{folder / name}, line {number}", "not a row of GeoNames' table of divisions")
                found[int(row[3])] = row[0]
    return found


@cache
def _kind(group: str, feature: str) -> tuple[PlaceKind, float]:
    with open(Path(__file__).with_name("dump.toml"), "rb") as file:
        table = tomllib.load(file)
    line = table["code"].get(feature) or table["class"].get(group) or table["class"]["L"]
    return line["kind"], line["radius_km"]


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and not line.startswith("#"):
                    yield number, line.rstrip("\r\n").split("\t")
    except FileNotFoundError as error:
        raise BadInput(path, "no such file; a GeoNames dump has it") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path, "cannot be read as UTF-8 text") from error
