"""Ways from suppliers to recipients, and the rows behind a place or a way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.ledger.filters import Filters
from geo.ledger.query import Ledger
from geo.ledger.ways import MOST, called, ways
from tests import made

WAY = f"{made.RUSSIA.id}.{made.TERMEZ.id}.{made.IMAM_SAHIB.id}"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("few")))


def end(id: int | None, name: str = "Somewhere", *, pointed: bool = True) -> dict[str, Any]:
    """An end of a way as the ledger has it; without an id it is a party."""
    place = {"place_id": id, "place_name": id and name, "lat": id and 1.0, "lon": id and 2.0}
    return {"name": name, "pointed": pointed, **place}


def told(suppliers: Any = (), route: Any = (), recipients: Any = ()) -> list[str]:
    flow = {"supplier": list(suppliers), "route": list(route), "recipient": list(recipients)}
    return [called(stops) for stops in ways(json.dumps(flow))]


def test_every_supplier_leads_by_the_whole_route_to_every_recipient() -> None:
    assert told([end(1), end(2)], [end(3), end(4)], [end(5), end(6)]) == ["1.3.4.5", "1.3.4.6", "2.3.4.5", "2.3.4.6"]


@pytest.mark.parametrize(
    ("flow", "found"),
    [
        (([end(1)], [end(3)], []), ["1.3"]),  # who gets it is not a place: the way ends where it was last seen
        (([], [end(3)], [end(5)]), ["3.5"]),
        (([end(1)], [], [end(None, "the militia")]), []),
        (([], [], [end(5)]), []),
        (([end(1)], [], [end(1)]), []),  # from a place to itself is no way
        (([end(1)], [end(1)], [end(5)]), ["1.5"]),
    ],
)
def test_a_way_has_two_places_or_more(flow: tuple[Any, Any, Any], found: list[str]) -> None:
    assert told(*flow) == found


def test_a_list_of_names_is_cut() -> None:
    assert len(told([end(n) for n in range(1, 40)], [], [end(99)])) == MOST


def test_no_flow_has_no_way() -> None:
    assert not list(ways(None))


def test_the_ledger_counts_ways_by_stance(few: Ledger) -> None:
    (way,) = few.ways()
    assert called(way.stops) == WAY
    assert [stop.name for stop in way.stops] == ["Russia", "Termez", "Imam Sahib"]
    assert [stop.pointed for stop in way.stops] == [False, True, True]
    assert (way.kind, way.n, way.stances) == ("arms_flow", 1, (0, 0, 1, 0))
    assert few.ways(Filters(stances=("denied",))) == []


def test_a_way_leads_to_its_claims(few: Ledger) -> None:
    rows = few.along(WAY)
    assert {row["role"] for row in rows} == {"supplier", "route", "recipient"}
    assert len({row["claim_id"] for row in rows}) == 1
    assert few.along(WAY, Filters(kinds=("protest",))) == []
    assert few.along("1; DROP TABLE claims") == []


def test_a_place_leads_to_the_claims_that_happened_there(few: Ledger) -> None:
    assert len(few.at(made.HERAT.id)) == 3
    assert few.at(made.TERMEZ.id) == []  # only passed through
    assert [row["role"] for row in few.at(made.AFGHANISTAN.id)] == ["recipient"]
    assert len(few.at(made.HERAT.id, Filters(publishers=("River Wire",)))) == 1
    assert len(few.at(made.HERAT.id, limit=1)) == 1


def test_rows_have_the_columns_of_claims_and_none_for_what_is_missing(few: Ledger) -> None:
    (row,) = few.whole([few.at(made.KABUL.id)[0]["claim_id"]])
    assert set(row) == set(few.claims().columns)
    assert row["event_first"] is None
    assert row["place_id"] == made.KABUL.id


def test_whole_countries_are_listed_and_places_named(few: Ledger) -> None:
    assert few.wholes()[["place_name", "n"]].values.tolist() == [["Afghanistan", 1]]
    assert few.name(made.KALBAT.id) == "Kalbat"
    assert few.name(10**12) is None


def test_a_wide_date_is_counted_as_such(few: Ledger) -> None:
    monthly = few.timeline(by="month").dropna(subset=["bucket"])
    assert int(monthly["n_wide"].sum()) == 1  # "2017"
    assert int(few.timeline(by="year")["n_wide"].sum()) == 0


@pytest.mark.parametrize("claims", [4, 6_000])
def test_the_rows_are_the_same_from_memory_and_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: int
) -> None:
    monkeypatch.setattr("geo.ledger.connection._READY", claims)
    ledger = Ledger.open(made.ledger(tmp_path / "few"))
    assert len(ledger.at(made.HERAT.id)) == 3
    assert len(ledger.claims()) == 13
