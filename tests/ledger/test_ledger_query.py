"""Questions to the ledger: each filter alone, together, and what the figures leave out."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.ledger.filters import Area, Filters
from geo.ledger.query import Hidden, Ledger
from geo.ledger.rows import rows
from tests import made


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("few")))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("many"), made.many(3000, 200)))


@pytest.mark.parametrize(
    ("filters", "claims"),
    [
        (Filters(), 10),
        (Filters(kinds=("protest",)), 5),
        (Filters(kinds=("protest", "meeting")), 6),
        (Filters(kinds=("parade",)), 0),
        (Filters(stances=("denied",)), 1),
        (Filters(publishers=("River Wire",)), 3),
        (Filters(publisher_types=("",)), 1),
        (Filters(speakers=("the police",)), 2),
        (Filters(speakers=("",)), 5),
        (Filters(planned=True), 1),
        (Filters(planned=False), 9),
        (Filters(wording="brief"), 4),
        (Filters(min_origins=2), 2),
        (Filters(words="SHOPKEEPERS marched"), 2),
        (Filters(words="%"), 1),  # only in the hostile text's "{% raw %}": a plain substring, not a pattern
        (Filters(words="' OR 1=1 --"), 0),
        (Filters(article="river-wire-7"), 3),
        (Filters(event="e-march"), 2),
        (Filters(pinned=True), 8),
        (Filters(undated=False), 6),
        (Filters(first=date(2018, 1, 1)), 6),  # two dated, four undated
        (Filters(first=date(2018, 1, 1), undated=False), 2),
        (Filters(last=date(2017, 6, 1), undated=False), 2),
        (Filters(first=date(2017, 6, 11), last=date(2017, 6, 13), undated=False), 3),
        (Filters(reported_first=date(2018, 1, 1)), 4),
        (Filters(reported_last=date(2017, 6, 12)), 2),
        (Filters(area=Area("AF")), 8),
        (Filters(area=Area("AF", "Kunduz")), 2),
        (Filters(area=Area("AF", "Kunduz", "Kalbat")), 1),
        (Filters(place=made.HERAT.id), 3),
        (Filters(place=made.AFGHANISTAN.id), 8),
        (Filters(place=made.KALBAT.id), 1),
        (Filters(place=made.RUSSIA.id), 2),
        (Filters(place=made.DOHA.id, kinds=("protest",)), 0),
        (Filters(place=made.KUNDUZ.id), 2),  # the province itself is in no claim: the gazetteer says what lies in it
        (Filters(place=-(10**9)), 0),
        (Filters(place=10**30), 0),
    ],
    ids=lambda value: ",".join(value.active) or "none" if isinstance(value, Filters) else str(value),
)
def test_a_filter_keeps_the_claims_it_says(few: Ledger, filters: Filters, claims: int) -> None:
    assert few.count(filters) == claims
    assert few.claims(filters)["claim_id"].nunique() == claims


def test_a_month_matches_any_of_its_days(few: Ledger) -> None:
    april = Filters(first=date(2018, 4, 20), last=date(2018, 4, 21), undated=False)
    assert few.claims(april)["sentence"].tolist() == ["Guards at Kalbat found boxes of ammunition."]


def test_claims_are_newest_first_and_undated_last(few: Ledger) -> None:
    days = few.claims()["event_last"].tolist()
    dated = [day for day in days if not pd.isna(day)]
    assert dated == sorted(dated, reverse=True)
    assert days[: len(dated)] == dated


def test_claims_come_in_pages_and_chosen_columns(few: Ledger) -> None:
    whole = few.claims()
    pages = [few.claims(columns=("row_id", "end"), limit=4, offset=n) for n in range(0, len(whole), 4)]
    assert pd.concat(pages)["row_id"].tolist() == whole["row_id"].tolist()
    with pytest.raises(ValueError, match="no column"):
        few.claims(columns=("claim_id; DROP TABLE claims",))


def test_whole_numbers_with_gaps_stay_whole_numbers(few: Ledger) -> None:
    frame = few.claims()
    assert str(frame["place_id"].dtype) == "Int64"
    assert made.KALBAT.id in frame["place_id"].tolist()
    assert frame["place_id"].isna().sum() == 1


def test_a_marker_counts_claims_kinds_stances_and_independent_texts(few: Ledger) -> None:
    herat = few.places().set_index("place_id").loc[made.HERAT.id]
    assert (herat["n"], herat["n_protest"], herat["n_arms_flow"], herat["n_origins"]) == (3, 3, 0, 2)
    assert (herat["n_reported"], herat["n_asserted"], herat["n_denied"]) == (2, 1, 0)
    assert herat["main_kind"] == "protest"
    assert (herat["first"].date(), herat["last"].date()) == (date(2017, 6, 1), date(2017, 6, 12))


def test_no_country_and_no_mere_supplier_gets_a_marker(few: Ledger) -> None:
    found = set(few.places()["place_name"])
    assert found == {"Herat", "Kabul", "Imam Sahib", "Helmand", "Doha", "Moscow", "Kalbat"}


def test_no_marker_at_all_is_an_empty_frame_with_its_columns(few: Ledger) -> None:
    frame = few.places(Filters(kinds=("parade",)))
    assert frame.empty
    assert set(few.places().columns) == set(frame.columns)


def test_facets_count_each_choice_as_if_it_were_chosen(many: Ledger) -> None:
    base = Filters(kinds=("protest",), stances=("reported", "alleged"))
    facets = many.facets(base)
    assert set(facets["kind"]) == set(many.kinds)
    for kind, n in facets["kind"].items():
        assert many.count(Filters(kinds=(kind,), stances=base.stances)) == n
    for stance, n in facets["stance"].items():
        assert many.count(Filters(kinds=base.kinds, stances=(stance,))) == n
    for outlet, n in facets["publisher"].items():
        assert many.count(Filters(kinds=base.kinds, stances=base.stances, publishers=(outlet,))) == n
    assert list(facets["kind"].values()) == sorted(facets["kind"].values(), reverse=True)


def test_what_the_map_hides_adds_up(few: Ledger, many: Ledger) -> None:
    assert few.hidden() == Hidden(total=10, matching=10, shown=8, country_level=1, unplaced=1, undated=0)
    asked = Filters(first=date(2017, 1, 1), last=date(2017, 12, 31), undated=False)
    assert few.hidden(asked) == Hidden(total=10, matching=4, shown=4, country_level=0, unplaced=0, undated=4)
    for filters in (Filters(), asked, Filters(kinds=("meeting",), words="lamps")):
        hidden = many.hidden(filters)
        assert hidden.shown + hidden.country_level + hidden.unplaced == hidden.matching == many.count(filters)


def test_undated_claims_that_other_conditions_shut_out_are_not_called_hidden(few: Ledger) -> None:
    asked = Filters(kinds=("meeting",), undated=False)
    assert few.hidden(asked).undated == 0


def test_a_country_that_only_acts_places_no_claim(tmp_path: Path) -> None:
    source = made.article(text="Russia held talks somewhere.\n")
    one = made.reading(source, [{"line": 0, "kind": "meeting", "places": [(made.RUSSIA, "actor")], "speaker": None}])
    hidden = Ledger.open(made.ledger(tmp_path, [one])).hidden()
    assert (hidden.shown, hidden.country_level, hidden.unplaced) == (0, 0, 1)


def test_areas_roll_up_from_district_to_country(few: Ledger) -> None:
    frame = few.areas(Filters(kinds=("arms_flow",)))
    found = {
        tuple(None if pd.isna(part) else part for part in (row.country, row.admin1, row.admin2)): row.n
        for row in frame.itertuples()
    }
    assert found["AF", None, None] == 4
    assert found["AF", "Kunduz", None] == 2
    assert found["AF", "Kunduz", "Imam Sahib"] == 1
    assert ("RU", None, None) not in found  # a supplier: nothing happened there


def test_the_timeline_has_every_claim_once(many: Ledger) -> None:
    for by in ("day", "week", "month", "quarter", "year"):
        assert many.timeline(by=by)["n"].sum() == many.count()  # type: ignore[arg-type]
    assert many.timeline(axis="published")["bucket"].notna().all()
    with pytest.raises(ValueError, match="no such timeline"):
        many.timeline(by="'); DROP TABLE claims; --")  # type: ignore[arg-type]


def test_an_event_gathers_its_claims(few: Ledger) -> None:
    march = few.events().set_index("event").loc["e-march"]
    assert (march["n"], march["n_origins"], march["n_articles"], march["places"]) == (2, 1, 2, "Herat")
    crates = few.events().set_index("event").loc["e-3"]
    assert crates["stances"] == "alleged, denied"


def test_an_article_comes_whole(few: Ledger) -> None:
    article = few.article("valley-post-1")
    assert article is not None
    assert article["authors"] == ["Ana Example", "B. Sample"]
    assert [s[2] for s in article["sentences"]] == ["headline", "body", "body", "navigation"]
    assert (article["n_open"], article["n_shut"]) == (3, 1)
    start, end = article["sentences"][1][:2]
    assert article["text"][start:end].startswith("Some 300 shopkeepers")
    assert few.article("nobody's") is None


def test_articles_are_listed_with_their_claims(few: Ledger) -> None:
    counted = few.articles().set_index("article_id")["n_claims"]
    assert counted.to_dict() == {
        "valley-post-1": 2, "river-wire-7": 3, "morning-ledger-3": 4, "hostile-1": 1, "quiet-1": 0,
    }  # fmt: skip


def test_mentions_are_in_the_order_of_the_text(few: Ledger) -> None:
    starts = few.mentions("river-wire-7")["start"].tolist()
    assert starts == sorted(starts)
    assert len(starts) == 5


def test_hostile_text_comes_back_unchanged(few: Ledger) -> None:
    (row,) = few.claims(Filters(article="hostile-1")).to_dict("records")
    assert made.HOSTILE.strip() in row["sentence"]
    assert row["publisher"] == f"Publisher {made.HOSTILE}"


def test_many_threads_may_ask_one_ledger(many: Ledger) -> None:
    wanted: dict[str, Any] = {kind: many.count(Filters(kinds=(kind,))) for kind in many.kinds}
    wrong: list[object] = []

    def ask(kind: str) -> None:
        for _ in range(4):
            if many.count(Filters(kinds=(kind,))) != wanted[kind]:
                wrong.append(kind)
            many.places(Filters(kinds=(kind,)))

    threads = [threading.Thread(target=ask, args=(kind,)) for kind in many.kinds * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_filters_name_what_is_active() -> None:
    assert Filters().active == ()
    assert Filters(kinds=("protest",), undated=False).active == ("kinds", "undated")
    assert {Filters(kinds=("protest",)): 1}[Filters(kinds=("protest",))] == 1


def test_counts_agree_with_the_rows_that_were_written(many: Ledger) -> None:
    written = rows(made.many(3000, 200)).claims
    assert many.count() == len({row["claim_id"] for row in written})
    pinned = {row["claim_id"] for row in written if row["pin"]}
    assert many.hidden().shown == len(pinned)
