"""Builds that are killed or cannot be done, in small; in full: ``tests.reliability.kills`` and ``.faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability import faults, kills, scale


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> kills.Trial:
    monkeypatch.setattr("geo.build.large.A_BUCKET", 40)
    monkeypatch.setattr("geo.build.parts.PART", 50)
    return kills.Trial.prepared(tmp_path, seed=4)


def test_a_build_that_is_killed_three_times_makes_the_ledger_of_one_that_was_not(trial: kills.Trial) -> None:
    tally = kills.builds(trial, 3)
    assert (tally.kills, tally.wrong) == (3, [])
    assert tally.whole >= 1


def test_a_cluster_whose_scheduler_is_killed_ends_the_build_in_one_line_and_another_goes_on(trial: kills.Trial) -> None:
    pytest.importorskip("distributed")
    tally = kills.schedulers(trial, 1)
    assert (tally.kills, tally.wrong) == (1, [])


@pytest.mark.parametrize("name", ["full", "read-only", "two", "long", "cut", "pack"])
def test_a_build_that_cannot_be_done_says_so_in_one_line_and_the_ledger_stays(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.build.large.A_BUCKET", 20)
    monkeypatch.setattr("geo.build.parts.PART", 30)
    outcome = faults.case(name, tmp_path)
    if outcome.said == faults.SKIPPED:
        pytest.skip(outcome.said)
    assert outcome.well, outcome
    assert "\n" not in outcome.said


def test_the_cost_of_an_article_is_measured_and_told(tmp_path: Path) -> None:
    cost = scale.measured(60, tmp_path, 1, quick=True)
    assert cost.claims == 60
    assert cost.reading > 0
    assert cost.rest > 0
    assert cost.worker > 50
    assert cost.bytes["ledger"] > 1000
    figures = scale.told([cost], quick=True)
    assert "| 60 | 60 |" in figures
    assert "| 100,000,000 |" in figures
