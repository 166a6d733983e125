"""The labelled briefs fit the corpus: every sentence and place stands where its offsets say."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from geo.text.period import Period
from geo.text.reader import read
from geo.text.sentences import sentences
from tests.text.originals import ROOT

ROWS: list[dict[str, Any]] = [
    json.loads(row) for row in (ROOT / "tests" / "gold" / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
]
ARTICLES = {path.stem: read(path) for path in (ROOT / "corpus" / "articles").glob("*.md")}


def test_sentences_and_places_stand_where_their_offsets_say() -> None:
    for row in ROWS:
        text = ARTICLES[row["id"]].text
        assert text[row["start"] : row["end"]] == row["sentence"]
        for place in row["places"]:
            assert text[place["start"] : place["end"]] == place["surface"]
            assert row["start"] <= place["start"] < place["end"] <= row["end"]


def test_kinds_stances_roles_and_dates_are_of_the_known_forms() -> None:
    for row in ROWS:
        assert row["claim_type"] in (None, "protest", "arms_flow", "meeting")
        assert (row["stance"] is None) == (row["claim_type"] is None)
        assert row["stance"] in (None, "asserted", "reported", "alleged", "denied")
        if row["event_date"]:
            Period.iso(row["event_date"], "gold")
        for place in row["places"]:
            assert place["kind"] in ("country", "city", "province", "district")
            assert not (place["pin"] and (place["kind"] == "country" or row["claim_type"] is None))


def test_the_splitter_gives_exactly_the_labelled_sentences() -> None:
    labelled: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in ROWS:
        labelled[row["id"]].add((row["start"], row["end"]))
    for name, spans in labelled.items():
        assert {(s.span.start, s.span.end) for s in sentences(ARTICLES[name])} == spans
