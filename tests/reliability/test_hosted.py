"""Where the app is hosted: what a visitor can reach, and that a page needs nothing it might not have.

The whole stay on a small host, with its memory limit and its twenty browsers: ``python -m tests.reliability.hosted``.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.ledger.query import Ledger
from geo.text.corpus import read_corpus
from geo.view import frame
from tests import made
from tests.browser.serving import browsing, serving, visiting
from tests.reliability import reach
from tests.reliability.limits import limited, names_and_sums
from tests.reliability.watching import watched

PAGES = ("app.py", "pages/claims.py", "pages/timeline.py", "pages/article.py", "pages/add.py", "pages/method.py")

OWN = ("pickle.find_class", "exec")
"""Streamlit keeps what it caches as pickles in its own memory, and the map is drawn by folium's own templates. Neither
comes from a file or from a reader: that the templates are given numbers only is held by tests/view/test_map.py."""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_visitor_sees_pages_and_their_parts_and_no_other_file(small_ledger: Path) -> None:
    before = names_and_sums(small_ledger)
    with ThreadPoolExecutor(1) as aside:  # one browser drives the other tests of this thread already
        outside, status, script = aside.submit(_asked_around, small_ledger).result()
    assert outside == []
    assert (status, b"Atlas" in script) == (200, True), "the way in is open, so the others were shut and not just away"
    assert names_and_sums(small_ledger) == before


def _asked_around(ledger: Path) -> tuple[list[str], int, bytes]:
    with serving(ledger) as address, browsing() as browser, visiting(browser, address) as visit:
        visit.open().drawn()  # before the first page nothing but that page is served
        return reach.seen_outside(address), *reach.asked(address, "/component/geo.view.assets.atlas/atlas.js")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_writes_nothing_runs_nothing_and_asks_nobody(app: AppTest, page: str) -> None:
    def visit() -> None:
        app.run()
        if page != "app.py":
            app.switch_page(page).run()
        assert not app.exception, [e.value for e in app.exception]

    visit()  # imports
    with watched(*OWN) as watch:
        visit()
    assert not watch.done


@pytest.mark.parametrize(
    "id",
    ["../../../etc/passwd", "/etc/passwd", "valley-post-1/../../x", "a\x00b", "{{7*7}}", "' OR 1=1 --", "%", "x" * 5000],
)
def test_an_article_of_the_address_is_a_name_and_no_path(app: AppTest, id: str) -> None:
    app.run()
    app.query_params["article"] = [id]
    app.query_params["claim"] = [id]
    with watched(*OWN) as watch:
        app.switch_page("pages/article.py").run()
    assert not app.exception
    assert "There is no such article" in "\n".join(element.proto.body for element in app.get("html"))
    assert not watch.done


def test_the_shipped_ledger_is_of_the_shipped_articles() -> None:
    """It is what a host shows on which nobody builds one; ``make shipped`` makes it anew."""
    ledger = Ledger.open(frame.SHIPPED)
    try:
        shown = set(ledger.articles()["article_id"])
        assert len(ledger.places()) > 20
    finally:
        ledger.close()
    assert shown == {article.id for article in read_corpus([frame.ROOT / "corpus" / "articles"], originals=None).articles}


def test_no_setting_opens_a_door() -> None:
    settings = (frame.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for door in (
        "enableStaticServing",
        "enableAgentApi",
        "enableCORS = false",
        "enableXsrfProtection = false",
        "allowRunOnSave",
    ):
        assert door not in settings
    assert "gatherUsageStats = false" in settings


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits are told by Linux")
def test_the_limits_of_the_hosted_run_hold(tmp_path: Path) -> None:
    """Else the long run would prove nothing: what takes more memory is ended, and the folder cannot be written."""
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "there").write_text("x")
    program = (
        "import pathlib, sys\n"
        "try:\n    pathlib.Path('new').write_text('x')\n"
        "except OSError:\n    print('kept out')\n"
        "more = [bytearray(b'x' * 10_000_000) for _ in range(40)]\n"
        "import time; time.sleep(60)\n"
    )
    with limited([sys.executable, "-c", program], copy, dict(os.environ), [copy], megabytes=150) as process:
        end = time.monotonic() + 30
        while process.popen.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert process.popen.poll() not in (None, 0)
    assert [path.name for path in copy.iterdir()] == ["there"]


def test_a_ledger_of_any_folder_is_told_by_the_environment_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ATLAS_LEDGER", str(made.ledger(tmp_path)))
    app = AppTest.from_file(str(frame.ROOT / "app.py"), default_timeout=300)
    app.query_params["ledger"] = ["/etc"]
    app.query_params["ATLAS_LEDGER"] = ["/etc"]
    app.run()
    assert "10 matching claims" in "\n".join(element.proto.body for element in app.get("html"))
