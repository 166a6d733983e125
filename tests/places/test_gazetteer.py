"""The gazetteer that ships: what it holds, how it is found, and what happens when a file of it is damaged."""

from __future__ import annotations

import csv
import json
import math
import shutil
import time
from pathlib import Path

import pytest

from geo.faults import DamagedGazetteer
from geo.places.gazetteer import SHIPPED, Gazetteer
from geo.places.place import Place
from geo.places.recall import km, measure
from geo.places.storage import FILES

SHARED = Path(__file__).resolve().parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.shared()


def ids(places: list[Place]) -> list[int]:
    return [place.id for place in places]


# The places of the first corpus, by their GeoNames ids. The one meant must be among the first few of its name.
OF_THE_CORPUS = [
    ("Herat", 1140026, 3),
    ("Herat", 1140025, 3),
    ("Pul-i-Khumri", 1130490, 1),
    ("Faizabad", 1142170, 3),
    ("Dasht-e-Archi", 7053313, 3),
    ("Imam Sahib", 7053315, 3),
    ("Qalai Zal", 7053317, 1),
    ("Uruzgan", 1131461, 2),
    ("Helmand", 1140043, 1),
    ("Farah", 1142263, 2),
    ("Moscow", 524901, 1),
    ("Doha", 290030, 1),
    ("Baghlan", 1147537, 2),
    ("Badakhshan", 1147745, 1),
    ("Guzara District", 7053046, 1),
    ("Balkh", 1147288, 2),
    ("Kabul", 1138958, 1),
    ("Karachi", 1174872, 1),
    ("Islamabad", 1176615, 1),
    ("Tajikistan", 1220409, 1),
]


@pytest.mark.parametrize(("name", "id", "within"), OF_THE_CORPUS)
def test_a_place_of_the_corpus_is_among_the_first_of_its_name(
    gazetteer: Gazetteer, name: str, id: int, within: int
) -> None:
    assert id in ids(gazetteer.named(name))[:within]


def test_kalbat_is_a_short_lived_district_with_a_districts_uncertainty(gazetteer: Gazetteer) -> None:
    [kalbat] = gazetteer.named("Kalbat")
    assert kalbat.kind == "district"
    assert kalbat.geonameid is None
    assert (kalbat.country, kalbat.admin1) == ("AF", "Kunduz")
    assert "Imam Sahib" in kalbat.note
    assert kalbat.radius_km >= 15


FIRST = [
    ("U.S.", 6252001),
    ("the United States", 6252001),
    ("UK", 2635167),
    ("Britain", 2635167),
    ("UAE", 290557),
    ("Ky.", 6254925),
    ("Calif.", 5332921),
    ("N.Y.", 5128638),
    ("W.Va.", 4826850),
    ("NYC", 5128581),
    ("Washington, D.C.", 4140963),
    ("Washington", 4140963),
    ("Ivory Coast", 2287781),
    ("Burma", 1327865),
    ("Kiev", 703448),
    ("Bombay", 1275339),
    ("Europe", 6255148),
    ("Rapides Parish", 4338356),
    ("Qandahar", 1138336),
    ("Mazar-i-Sharif", 1133616),
    ("Kabul's", 1138958),
    ("The Hague", 2747373),
    ("Kunduz district", 7729833),
    ("Herat Province", 1140025),
    ("Zabul Province", 1121143),
    ("N. Korea", 1873107),
    ("Chechnya", 569665),
]


@pytest.mark.parametrize(("name", "id"), FIRST)
def test_the_place_most_often_meant_comes_first(gazetteer: Gazetteer, name: str, id: int) -> None:
    assert gazetteer.named(name)[0].id == id


@pytest.mark.parametrize("name", ["Qala-i-Zal", "Qal'ah-ye Zal", "Qalai Zal district", "Qala-e-Zal"])
def test_every_romanisation_finds_the_district(gazetteer: Gazetteer, name: str) -> None:
    assert 7053317 in ids(gazetteer.named(name))


KINDS = [
    ("the Middle East", "region"),
    ("West Bank", "region"),
    ("Amu Darya", "water"),
    ("Mediterranean", "water"),
    ("Lake Baikal", "water"),
    ("Hindu Kush", "land"),
    ("Mount Everest", "land"),
    ("Heathrow", "site"),
    ("Bagram Airfield", "site"),
    ("Asia", "continent"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_more_than_settlements_have_names(gazetteer: Gazetteer, name: str, kind: str) -> None:
    assert kind in {place.kind for place in gazetteer.named(name)}


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\0",
        "\ud800",
        "{{7*7}}",
        "\u202eKabul\u202c x",
        "Blorptown-on-the-Zyx",
        "." * 100,
        "x" * 10_000_000,
        "'s",
        "the",
    ],
)
def test_what_is_no_place_has_no_candidates(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.named(name) == []


def test_a_demonym_is_no_name_but_tells_its_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("Russians") == []
    for word, code in [("Afghan", "AF"), ("Russians", "RU"), ("French", "FR"), ("British", "GB")]:
        place = gazetteer.demonym(word)
        assert place is not None
        assert (place.kind, place.country) == ("country", code)
    assert gazetteer.demonym("Kabul") is None


def test_a_name_taken_for_a_place_elsewhere_is_suggested_by_its_parts(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("Manila Cathedral of Somebody") == []
    assert 1701668 in [match.place.id for match in gazetteer.suggested("Manila Cathedral of Somebody")]
    assert gazetteer.suggested("Bank of Japan")[0].place.country == "JP"
    assert 1850147 in [match.place.id for match in gazetteer.suggested("Bank of Japan")]  # Tokyo, the capital
    assert gazetteer.suggested("quite unlikely") == ()


def test_a_place_knows_what_holds_it(gazetteer: Gazetteer) -> None:
    place = gazetteer.get(7053315)
    assert place is not None
    assert [parent.name for parent in gazetteer.parents(place)] == ["Kunduz", "Afghanistan"]
    afghanistan = gazetteer.country("AF")
    assert afghanistan is not None
    assert gazetteer.parents(afghanistan) == ()
    capital = gazetteer.capital("AF")
    assert capital is not None
    assert capital.id == 1138958
    assert gazetteer.country("??") is None
    assert gazetteer.get(0) is None


def test_every_place_is_on_the_globe_and_has_an_uncertainty(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) > 290_000
    for place in gazetteer:
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.radius_km > 0
        assert place.name
        assert math.isfinite(place.population)


@needs_shared
def test_the_divisions_of_afghanistan_are_all_there_and_where_the_reference_puts_them(gazetteer: Gazetteer) -> None:
    with open(SHARED / "gazetteer" / "afghanistan_admin_reference.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 400
    far = []
    for row in rows:
        place = gazetteer.get(int(row["geonameid"]))
        assert place is not None, row
        assert place.kind == ("province" if row["level"] == "1" else "district")
        assert place in gazetteer.named(row["name"])
        if row["lat"] and km((place.lat, place.lon), (float(row["lat"]), float(row["lon"]))) > 25:
            far.append(row["name"])
    assert len(far) <= 2


FLOORS = {"lgl.train": (0.955, 0.91), "trnews.train": (0.95, 0.92), "geowebnews.train": (0.855, 0.825)}


@needs_shared
@pytest.mark.parametrize("corpus", FLOORS)
def test_recall_over_annotated_news_does_not_fall(gazetteer: Gazetteer, corpus: str) -> None:
    with open(SHARED / "geoparsing" / f"{corpus}.jsonl", encoding="utf-8") as lines:
        recall = measure(map(json.loads, lines), gazetteer)
    held, by_id = FLOORS[corpus]
    assert recall.share >= held
    assert recall.share_by_id >= by_id


def test_it_opens_fast_and_finds_a_known_name_faster() -> None:
    def opened() -> float:
        start = time.process_time()
        Gazetteer.open(SHIPPED)
        return time.process_time() - start

    assert min(opened() for _ in range(3)) < 0.1
    gazetteer = Gazetteer.shared()
    names = ["Kabul", "Springfield", "Herat Province", "Qala-i-Zal", "nowhere at all"] * 200
    for name in names:
        gazetteer.named(name)
    start = time.process_time()
    for name in names:
        gazetteer.named(name)
    assert (time.process_time() - start) / len(names) < 50e-6


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "gazetteer"))


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_one_clear_line(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(DamagedGazetteer, match="missing") as caught:
        Gazetteer.open(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_is_noticed(copy: Path, name: str) -> None:
    whole = bytearray((copy / name).read_bytes())
    whole[len(whole) // 2] ^= 1
    (copy / name).write_bytes(whole)
    with pytest.raises(DamagedGazetteer, match="not those that were built"):
        Gazetteer.open(copy)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_short_is_noticed(copy: Path, name: str) -> None:
    whole = (copy / name).read_bytes()
    (copy / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DamagedGazetteer, match="bytes where"):
        Gazetteer.open(copy)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"format": 99}', '{"format": 1}', "\ud800"])
def test_a_manifest_that_is_none_is_one_clear_line(copy: Path, manifest: str) -> None:
    (copy / "manifest.json").write_text(manifest, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(DamagedGazetteer):
        Gazetteer.open(copy)


def test_an_empty_folder_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(DamagedGazetteer, match=r"manifest\.json is missing"):
        Gazetteer.open(tmp_path)
