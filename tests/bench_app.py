"""How fast the app is: from ``streamlit run`` answering to the first map, and from a filter's change to the map redrawn.

python -m tests.bench_app [LEDGER] [--runs N]     a made-up ledger when none is given
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from tests import made
from tests.browser.serving import Visit, browsing, serving, visiting

TARGETS = {"first map": 5.0, "filter change": 1.0, "click to cards": 0.5}


def first_map(browser: Browser, ledger: Path) -> float:
    """Seconds from the server's first answer to a base map and its markers in the browser, nothing warmed up."""
    with serving(ledger) as address:
        begun = time.monotonic()
        with visiting(browser, address) as visit:
            visit.open()
            visit.map.locator(":root[data-base=drawn]").wait_for()
            visit.map.locator(".pin, .leaflet-dots-pane canvas").first.wait_for()
            return time.monotonic() - begun


def filter_changes(visit: Visit, runs: int) -> list[float]:
    """Seconds from a press on a kind to other markers on the map."""
    taken = []
    for _ in range(runs):
        for button in visit.page.locator(".st-key-filter-kinds button").all():
            visit.map.locator("#map_div").evaluate("() => { window.before = [...Atlas.markers.values()] }")
            begun = time.monotonic()
            button.click()
            other = "() => !window.before.some(pin => [...Atlas.markers.values()].includes(pin))"
            frame = next(f for f in visit.page.frames if "st_folium" in f.url)
            frame.wait_for_function(other, polling=10)
            taken.append(time.monotonic() - begun)
            visit.settled()
    return taken


def clicks(visit: Visit, runs: int) -> list[float]:
    """Seconds from a press on a marker to its cards."""
    taken = []
    pins = visit.map.locator(".pin svg")
    for n in range(min(runs * 3, pins.count())):
        place = visit.map.locator(".pin").nth(n).get_attribute("aria-label") or ""
        name = place.split(":")[0]
        begun = time.monotonic()
        pins.nth(n).evaluate("svg => svg.dispatchEvent(new MouseEvent('click', { bubbles: true }))")
        visit.page.locator("h2.place", has_text=name).wait_for()
        visit.page.locator(".card").first.wait_for()
        taken.append(time.monotonic() - begun)
        visit.settled()
    return taken


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("ledger", type=Path, nargs="?")
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch, browsing() as browser:
        ledger = given.ledger or made.ledger(Path(scratch), [*made.few(), *made.many(400, 60)])
        measured = {"first map": [first_map(browser, ledger) for _ in range(given.runs)]}
        with serving(ledger) as address, visiting(browser, address) as visit:
            visit.open().drawn()
            measured["click to cards"] = clicks(visit, given.runs)
            visit.open().drawn()
            measured["filter change"] = filter_changes(visit, given.runs)
            visit.clean()
    print(f"{'':16}{'target':>8}{'median':>8}{'worst':>8}   seconds")
    for name, target in TARGETS.items():
        taken = measured[name]
        print(f"{name:16}{target:8.2f}{statistics.median(taken):8.2f}{max(taken):8.2f}   n={len(taken)}")


if __name__ == "__main__":
    main()
