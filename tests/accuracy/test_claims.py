"""Floors under the figures of claims: on the five originals where ../shared is, and on the labelled briefs everywhere.

The floors are a little below what is reached; they may go up and never down.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.claims.claim import Reading
from geo.claims.events import with_events
from geo.claims.extract import read_article
from geo.claims.record import to_record
from geo.claims.reuse import with_origins
from geo.text.reader import read
from tests.accuracy import elsewhere
from tests.accuracy.briefs import event_pairs, figures, labels, read_briefs

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared"
SCORER = SHARED / "tools" / "score_claims.py"
KINDS = {"protest": 0.98, "arms_flow": 0.94, "meeting": 0.95}
AT_LEAST = {"pins_found": 27 / 28, "event_dates": 0.78, "stance": 0.94, "speaker": 0.97, "metonyms": 0.98}
WRONG_PINS = 1
BRIEFS = {
    "protest": 0.87,
    "arms_flow": 0.91,
    "meeting": 0.86,
    "pins": 0.92,
    "date": 0.74,
    "stance": 0.94,
    "speaker": 0.86,
    "planned": 0.93,
}
ELSEWHERE = {
    "protest": 0.97,
    "arms_flow": 0.86,
    "meeting": 0.97,
    "pins": 0.9,
    "date": 0.95,
    "stance": 0.88,
    "speaker": 0.83,
}
EVENT_PAIRS = 4
EVENT_PAIRS_WRONG = 3


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the scorer says of the claims of the originals."""
    if not SCORER.exists():
        pytest.skip("the five originals and their labels (../shared) are not here")
    articles = sorted((SHARED / "articles").glob("*.txt"))
    readings = with_events(with_origins([read_article(read(path)) for path in articles]))
    out = tmp_path_factory.mktemp("scored") / "claims.jsonl"
    out.write_text("".join(json.dumps(to_record(r), ensure_ascii=False) + "\n" for r in readings), encoding="utf-8")
    done = subprocess.run([sys.executable, str(SCORER), str(out)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def briefs() -> list[Reading]:
    return read_briefs(sorted(labels()))


def test_nothing_is_claimed_from_shut_sections(scored: dict[str, Any]) -> None:
    assert scored["claims_from_shut_sections"] == 0


def test_every_publication_date_and_every_origin_is_right(scored: dict[str, Any]) -> None:
    assert scored["publication_dates"]["share"] == 1
    assert scored["origins"]["share"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_sentence_kinds_on_the_originals(scored: dict[str, Any], kind: str) -> None:
    assert scored["sentence_kinds"][kind]["f1"] >= KINDS[kind]


@pytest.mark.parametrize("figure", AT_LEAST)
def test_figures_on_the_originals(scored: dict[str, Any], figure: str) -> None:
    assert scored[figure]["share"] >= round(AT_LEAST[figure], 4) - 1e-9


def test_few_markers_stand_where_nothing_happened(scored: dict[str, Any]) -> None:
    assert scored["wrong_pins"]["ok"] <= WRONG_PINS


def test_figures_on_the_labelled_briefs(briefs: list[Reading]) -> None:
    found, _ = figures(briefs, labels())
    low = {name: found[name] for name, floor in BRIEFS.items() if found[name] < floor}
    assert not low


def test_places_and_voices_on_pages_from_elsewhere() -> None:
    found, _ = elsewhere.figures(elsewhere.pages())
    low = {name: found[name] for name, floor in ELSEWHERE.items() if found[name] < floor}
    assert not low
    assert found["leaks"] == 0
    assert found["wrong_pins"] <= WRONG_PINS


def test_events_join_few_briefs_that_tell_of_different_happenings(briefs: list[Reading]) -> None:
    right, said = event_pairs(briefs)
    assert said - right <= EVENT_PAIRS_WRONG
    assert right >= EVENT_PAIRS


def test_no_claim_is_without_origin_event_and_reasons(briefs: list[Reading]) -> None:
    for reading in briefs:
        for claim in reading.claims:
            assert claim.origin
            assert claim.event
            assert claim.because
            assert claim.voice.because
            assert claim.event_date.because
            assert all(loc.role_because for loc in claim.locations)
            assert "_" not in claim.id
