"""geo parse: what comes in, what goes out, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from geo.faults import BadInput
from geo.places.parse import document, parse

TEXT = "A bus left Dallas for Paris, Texas. Nobody from Qwxzl was on it."
FIELDS = ["start", "end", "phrase", "geonameid", "name", "kind", "country", "lat", "lon", "score"]


def run(record: dict[str, Any]) -> list[dict[str, Any]]:
    (out,) = parse([("in.jsonl:1", record)], gold_spans=True)
    assert list(out) == ["id", "toponyms"]
    assert out["id"] == record["id"]
    toponyms: list[dict[str, Any]] = out["toponyms"]
    return toponyms


def span(word: str) -> dict[str, int]:
    return {"start": TEXT.index(word), "end": TEXT.index(word) + len(word)}


def test_given_spans_are_resolved_and_no_others() -> None:
    paris, texas = run({"id": 1, "text": TEXT, "toponyms": [span("Paris"), span("Texas")]})
    assert list(paris) == list(texas) == FIELDS
    assert (paris["phrase"], paris["geonameid"], paris["country"], paris["kind"]) == ("Paris", 4717560, "US", "city")
    assert (texas["geonameid"], texas["kind"]) == (4736286, "province")
    assert 33 < paris["lat"] < 34.5
    assert 0 < paris["score"] <= 1


def test_a_name_that_nobody_knows_keeps_its_span_and_has_no_place() -> None:
    (name,) = run({"id": "x", "text": TEXT, "toponyms": [span("Qwxzl")]})
    assert name["phrase"] == "Qwxzl"
    assert name["geonameid"] is name["lat"] is name["lon"] is name["name"] is None
    assert name["score"] == 0


def test_a_span_outside_the_text_is_given_back_without_a_place() -> None:
    (name,) = run({"id": "x", "text": TEXT, "toponyms": [{"start": -9, "end": -4}]})
    assert (name["start"], name["end"], name["geonameid"]) == (-9, -4, None)


def test_without_gold_spans_the_labels_of_a_corpus_are_not_looked_at() -> None:
    assert document("in", {"id": 1, "text": TEXT, "toponyms": [span("bus")]}).given is None


def test_a_document_without_names_comes_out_without_any() -> None:
    assert run({"id": 1, "text": "", "toponyms": []}) == []
    assert run({"id": 2, "text": TEXT}) == []


def test_documents_keep_their_order() -> None:
    records = [(f"in:{n}", {"id": n, "text": TEXT, "toponyms": []}) for n in range(600)]
    assert [out["id"] for out in parse(records, gold_spans=True)] == list(range(600))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"text": "x"}, '"id"'),
        ({"id": 1}, '"text"'),
        ({"id": 1, "text": None}, '"text"'),
        ({"id": 1, "text": "x", "publisher": 7}, '"publisher"'),
        ({"id": 1, "text": "x", "toponyms": {"start": 0}}, "not a list"),
        ({"id": 1, "text": "x", "toponyms": [7]}, '"start" and "end"'),
        ({"id": 1, "text": "x", "toponyms": [{"start": 0, "end": "1"}]}, '"start" and "end"'),
        ({"id": 1, "text": "x", "toponyms": [{"start": True, "end": 1}]}, '"start" and "end"'),
    ],
)
def test_a_bad_line_is_refused_with_where_it_stands(record: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInput, match=f"^in.jsonl:7: .*{reason}"):
        list(parse([("in.jsonl:7", record)], gold_spans=True))
