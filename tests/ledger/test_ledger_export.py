"""The filtered view to take away: complete, cited, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from geo.ledger.export import TYPES, Form, cite, export
from geo.ledger.filters import Filters
from geo.ledger.query import Ledger
from tests import made

NEEDED = {
    "sentence", "citation", "geonameid", "gazetteer_id", "kind", "stance", "because", "place_because", "date_because",
    "article_id", "start", "end", "origin", "event", "version_data", "version_models", "version_gazetteer",
}  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = made.ledger(tmp_path_factory.mktemp("export"), models={"grammar": "small 3.8"}, gazetteer="g-1")
    return Ledger.open(folder)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def records(ledger: Ledger, filters: Filters, form: Form) -> list[dict[str, object]]:
    content = export(ledger, filters, form)
    match form:
        case "csv":
            return list(table(content))  # type: ignore[arg-type]
        case "jsonl":
            return [json.loads(line) for line in content.decode().splitlines()]
    return [feature["properties"] for feature in json.loads(content)["features"]]


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("filters", [Filters(), Filters(kinds=("arms_flow",)), Filters(kinds=("parade",))])
def test_every_form_has_exactly_the_filtered_rows(ledger: Ledger, form: Form, filters: Filters) -> None:
    found = records(ledger, filters, form)
    assert [row["claim_id"] for row in found] == ledger.claims(filters)["claim_id"].tolist()
    assert all(row.keys() >= NEEDED for row in found)


def test_each_row_says_where_it_comes_from(ledger: Ledger) -> None:
    (row, *_) = records(ledger, Filters(event="e-3", stances=("denied",)), "jsonl")
    assert row["citation"] == "River Wire, “Crates at the river”, 2017-06-13, https://valley-post.example/river-wire-7"
    assert row["version_data"] == ledger.version
    assert row["version_models"] == "grammar small 3.8"
    assert row["geonameid"] == made.HELMAND.id


def test_our_own_places_have_no_geonames_id(ledger: Ledger) -> None:
    (row,) = records(ledger, Filters(place=made.KALBAT.id), "jsonl")
    assert (row["geonameid"], row["gazetteer_id"]) == (None, made.KALBAT.id)


def test_geojson_has_a_point_only_where_the_map_has_a_marker(ledger: Ledger) -> None:
    whole = json.loads(export(ledger, Filters(), "geojson"))
    assert whole["type"] == "FeatureCollection"
    assert "GeoNames" in whole["attribution"]
    for feature in whole["features"]:
        properties = feature["properties"]
        assert (feature["geometry"] is not None) == properties["pin"]
        if properties["place_name"] == "Herat":
            assert feature["geometry"] == {"type": "Point", "coordinates": [made.HERAT.lon, made.HERAT.lat]}


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_cell_of_text_is_a_formula(tmp_path: object, ledger: Ledger, evil: str) -> None:
    from pathlib import Path

    source = made.article("evil-1", f"{evil} they marched in Herat.\n", title=evil, publisher=evil)
    folder = made.ledger(Path(str(tmp_path)), [made.reading(source, [{"line": 0, "speaker": None}])])
    (row,) = table(export(Ledger.open(folder), Filters(), "csv"))
    for name in ("title", "publisher"):
        assert row[name] == f"'{evil}"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row.values())


def test_numbers_below_zero_stay_numbers_in_csv(ledger: Ledger) -> None:
    (row,) = table(export(ledger, Filters(place=made.KALBAT.id), "csv"))
    assert row["gazetteer_id"] == str(made.KALBAT.id)


def test_hostile_text_stays_one_row(ledger: Ledger) -> None:
    (row,) = table(export(ledger, Filters(article="hostile-1"), "csv"))
    assert "\x00" not in row["sentence"]
    assert "{{7*7}}" in row["sentence"]
    (line,) = records(ledger, Filters(article="hostile-1"), "jsonl")
    assert line["sentence"] == ledger.claims(Filters(article="hostile-1"))["sentence"][0]


@pytest.mark.parametrize(
    ("row", "citation"),
    [
        ({}, "Publisher not known, no title, date not known"),
        (
            {
                "publisher": "The Valley Post",
                "title": "Crowds",
                "published_first": "2017-06-12",
                "published_last": "2017-06-12",
            },
            "The Valley Post, “Crowds”, 2017-06-12",
        ),
        (
            {"title": "T", "published_first": "2017-06-01", "published_last": "2017-06-30", "wording": "brief"},
            "Publisher not known, “T”, between 2017-06-01 and 2017-06-30, our account of the report",
        ),
        ({"url": "javascript:alert(1)"}, "Publisher not known, no title, date not known"),
    ],
)
def test_a_citation_says_what_is_known(row: dict[str, object], citation: str) -> None:
    assert cite(row) == citation


def test_another_form_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="no such form"):
        export(ledger, Filters(), "xlsx")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", TYPES)
def test_a_row_names_who_supplied_what_way_to_whom(ledger: Ledger, form: Form) -> None:
    (row, *_) = records(ledger, Filters(event="e-3", stances=("alleged",)), form)
    assert [row[part] for part in ("supplier", "route", "recipient")] == ["Russia", "Termez", "Imam Sahib"]
    flow = json.loads(str(row["flow"])) if form == "csv" else row["flow"]
    assert [end["place_id"] for end in flow["route"]] == [made.TERMEZ.id]
    (march, *_) = records(ledger, Filters(event="e-march"), form)
    assert not any(march[part] for part in ("supplier", "route", "recipient", "flow"))


@pytest.mark.parametrize("form", TYPES)
def test_a_row_says_what_its_tellers_do_not_agree_about(tmp_path: Path, form: Form) -> None:
    folder = made.ledger(tmp_path, made.disputed())
    (row, *_) = records(Ledger.open(folder), Filters(event="e-march"), form)
    (one,) = json.loads(str(row["disagreements"])) if form == "csv" else row["disagreements"]
    assert one["about"] == "number"
    assert [side["value"] for side in one["sides"]] == ["300", "5,000"]
