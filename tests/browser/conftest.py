"""One server and one browser for all browser tests of a worker; each test has a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import made
from tests.browser.chromium import ADVICE, installed
from tests.browser.serving import Visit, browsing, serving, visiting

expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong: tests/bench_app.py measures speed

HOSTILE_PLACE = made.place(f"Place {made.HOSTILE}", -99, "city", "AF", "Ghor", lat=34.5, lon=65.2, note=made.HOSTILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small made-up ledger, and one place whose very name is hostile."""
    text = f"Protesters gathered in {HOSTILE_PLACE.name} again.\n"
    source = made.article("hostile-2", text, title="Hostile place", published="2016-03-04")
    hostile = made.reading(
        source,
        [
            {
                "line": 0,
                "places": [(HOSTILE_PLACE, "happened_at")],
                "date": "2016-03-03",
                "speaker": made.HOSTILE,
                "event": "e-h2",
            }
        ],
    )
    return made.ledger(tmp_path_factory.mktemp("ledger"), [*made.few(), hostile])


@pytest.fixture(scope="session")
def app(ledger: Path) -> Iterator[str]:
    with serving(ledger) as address:
        yield address


@pytest.fixture(scope="session")
def desk_app(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Likewise, with a corpus that its claims can be reviewed for."""
    with serving(ledger, ATLAS_CORPUS=str(tmp_path_factory.mktemp("corpus"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not installed():
        pytest.fail(ADVICE)
    with browsing() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, app: str) -> Iterator[Visit]:
    """A laptop's window. After the test, nothing may have gone wrong in it."""
    with visiting(browser, app) as found:
        yield found
        found.clean()


@pytest.fixture
def phone(browser: Browser, app: str) -> Iterator[Visit]:
    """A window of 400 pixels."""
    with visiting(browser, app, width=400, height=860) as found:
        yield found
        found.clean()
