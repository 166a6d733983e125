"""The real app on a made-up ledger, as Streamlit's own test runner shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import made

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def main_module_as_before() -> Iterator[None]:
    """AppTest makes the page its main module, which a later test's worker processes would run."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(scope="session")
def small_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.ledger(tmp_path_factory.mktemp("ledger"))


@pytest.fixture
def app(small_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATLAS_LEDGER", str(small_ledger))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
