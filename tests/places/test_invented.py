"""A made-up dump becomes a gazetteer in bounded memory; the full size is `python -m tests.bench_dump --floor`."""

from __future__ import annotations

import json
from pathlib import Path

from geo.places.gazetteer import MOST_MATCHES, Gazetteer
from tests.bench_dump import BUILDING_MB, IN_USE_MB, measured
from tests.places.invented import invent

PLACES = 20_000


def test_the_same_call_makes_the_same_dump(tmp_path: Path) -> None:
    for name in ("one", "two"):
        invent(tmp_path / name, 6_000)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["admin1CodesASCII.txt", "admin2Codes.txt", "allCountries.txt", "alternateNamesV2.txt"]
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in files)


def test_a_gazetteer_of_a_made_up_dump_is_built_and_used_in_little_memory(tmp_path: Path) -> None:
    figures = measured(tmp_path, PLACES)
    assert figures["building"]["places"] >= PLACES
    assert figures["building"]["MB"] < BUILDING_MB / 8, json.dumps(figures)
    assert figures["using"]["MB"] < IN_USE_MB, json.dumps(figures)
    gazetteer = Gazetteer.open(tmp_path / "gazetteer")
    town = next(place for place in gazetteer if place.kind == "city" and place.admin2)
    assert town in gazetteer.named(town.name) or len(gazetteer.named(town.name)) >= MOST_MATCHES
    assert [above.kind for above in gazetteer.parents(town)] == ["district", "province", "country"]
