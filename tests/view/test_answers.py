"""What is kept of a ledger's answers, and what a first page must not load."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from geo.view import standing
from geo.view.answers import kept
from tests import made

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("spacy", "onnxruntime", "dask", "trafilatura", "altair")
"""Each takes longer to load than a reader should wait, and a map needs none of them. (folium needs pandas.)"""


def ledger(version: str = "a") -> Any:
    return SimpleNamespace(version=version)


def test_an_answer_is_found_once_for_each_content_and_question() -> None:
    asked: list[tuple[str, int]] = []

    @kept(10)
    def answer(ledger: Any, number: int) -> list[int]:
        asked.append((ledger.version, number))
        return [number]

    assert answer(ledger(), 1) is answer(ledger(), 1)
    assert answer(ledger("b"), 1) == [1]
    assert answer(ledger(), 2) == [2]
    assert asked == [("a", 1), ("b", 1), ("a", 2)]


def test_only_the_latest_answers_are_kept() -> None:
    asked: list[int] = []

    @kept(2)
    def answer(ledger: Any, number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        answer(ledger(), number)
    assert asked == [1, 2, 3, 2]


def test_what_failed_is_asked_again() -> None:
    asked: list[int] = []

    @kept(2)
    def answer(ledger: Any) -> int:
        asked.append(1)
        if len(asked) == 1:
            raise OSError("gone")
        return 7

    with pytest.raises(OSError, match="gone"):
        answer(ledger())
    assert answer(ledger()) == 7


def test_readers_who_ask_the_same_at_once_wait_for_one_answer() -> None:
    asked, go = [], threading.Event()

    @kept(2)
    def answer(ledger: Any) -> int:
        asked.append(1)
        go.wait(10)
        return 7

    found: list[int] = []
    readers = [threading.Thread(target=lambda: found.append(answer(ledger()))) for _ in range(5)]
    for reader in readers:
        reader.start()
    go.set()
    for reader in readers:
        reader.join()
    assert (found, len(asked)) == ([7] * 5, 1)


def test_what_is_loaded_by_a_first_page_stands_apart_from_every_later_search() -> None:
    try:
        assert standing.apart("of a test") > 1000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()


def test_a_first_map_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    folder = made.ledger(tmp_path / "ledger")
    script = (
        "import sys\nfrom streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=120).run()\nassert not app.exception\n"
        f"print('loaded:', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    env = os.environ | {"ATLAS_LEDGER": str(folder)}
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert "loaded: []" in told.stdout, told.stdout + told.stderr[-2000:]
