"""How fast the app is, in a real browser and for twenty readers at once; the figures that docs/speed.md keeps.

python -m tests.bench_app [--only first,few,many,readers] [--runs N] [--seconds S] [--write]

first: from the server's first answer to a map with markers, nothing warmed up · few: a marker's click and a filter's
change with 40 articles · many: the same, and the server's memory, with 10,000 places and 100,000 claims · readers: twenty
at once, each clicking every two seconds. Beside each time stands what the server itself computed for it, which a busy
machine changes least.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Frame

from tests import made
from tests.browser.serving import ROOT, Visit, browsing, serving, visiting
from tests.readers import crowd

TABLE = ROOT / "docs" / "speed.md"
MARKS = ("<!-- figures -->", "<!-- end of figures -->")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``cpu`` is the server's share in seconds, None where it was not measured."""

    what: str
    target: str
    measured: str
    worst: str
    n: int
    cpu: float | None = None


class Server:
    """The process behind an address: its computing time and its memory, as the kernel counts them (Linux only)."""

    def __init__(self, address: str) -> None:
        port = address.rpartition(":")[2]
        wanted = f"--server.port\0{port}\0".encode()
        found = (p for p in Path("/proc").iterdir() if p.name.isdigit() and wanted in _read(p / "cmdline"))
        self.process = next(found, None)

    @property
    def cpu(self) -> float:
        """Seconds computed so far."""
        if self.process is None:
            return 0.0
        fields = _read(self.process / "stat").rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> float:
        """The most memory it ever held, in MB."""
        if self.process is None:
            return 0.0
        held = re.search(rb"VmHWM:\s+(\d+)", _read(self.process / "status"))
        return int(held[1]) / 1024 if held else 0.0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a process that ended meanwhile
        return b""


def first_map(browser: Browser, ledger: Path) -> tuple[float, float]:
    """Seconds from the server's first answer to a base map with markers, and the server's computing."""
    with serving(ledger) as address:
        begun = time.monotonic()
        with visiting(browser, address) as visit:
            visit.open()
            visit.map.locator(":root[data-base=drawn]").wait_for()
            visit.map.locator(".pin").first.wait_for()
            return time.monotonic() - begun, Server(address).cpu


def frame_of(visit: Visit) -> Frame:
    return next(frame for frame in visit.page.frames if ".atlas/" in frame.url)


def timed(server: Server, act: Callable[[], None]) -> tuple[float, float]:
    """Seconds that something took, and the server's computing for it."""
    cpu, begun = server.cpu, time.monotonic()
    act()
    return time.monotonic() - begun, server.cpu - cpu


def filter_changes(visit: Visit, server: Server, runs: int) -> Iterator[tuple[float, float]]:
    """From a press on a kind to the markers and counts of the new selection."""
    frame = frame_of(visit)
    for n in range(runs):
        button = visit.page.locator(".st-key-filter-kinds button").nth(n % 3)
        frame.evaluate("() => { window.before = Atlas.places }")

        def change(button: object = button) -> None:
            button.click()  # type: ignore[attr-defined]
            frame.wait_for_function("() => Atlas.places !== window.before", polling=10)

        yield timed(server, change)
        visit.settled()


def clicks(visit: Visit, server: Server, runs: int) -> Iterator[tuple[float, float]]:
    """From a press on a marker to its first cards; the map must stay the same."""
    frame = frame_of(visit)
    frame.evaluate("() => { window.places = Atlas.places }")
    pins = visit.map.locator(".pin[data-place]")
    if not pins.count():  # many places, which stand together: nearer, each stands for itself
        frame.evaluate("() => Atlas.map.setView([Atlas.places[0].lat, Atlas.places[0].lng], 12, { animate: false })")
        pins.first.wait_for()
    for n in range(min(runs, pins.count())):
        name = (pins.nth(n).get_attribute("aria-label") or "").rpartition(":")[0]

        def press(pin: object = pins.nth(n), name: str = name) -> None:
            pin.locator("svg").evaluate(  # type: ignore[attr-defined]
                "svg => svg.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
            )
            visit.page.locator("h2.place", has_text=name).wait_for()
            visit.page.locator(".card").first.wait_for()

        yield timed(server, press)
        visit.settled()
    assert frame.evaluate("() => Atlas.places === window.places"), "a click redrew the map"


def figure(what: str, target: float, taken: list[tuple[float, float]]) -> Figure:
    seconds, cpu = zip(*taken, strict=True)
    median = statistics.median(seconds)
    return Figure(what, f"{target:g} s", f"{median:.2f} s", f"{max(seconds):.2f} s", len(taken), statistics.median(cpu))


@contextmanager
def shown(browser: Browser, ledger: Path) -> Iterator[tuple[Visit, Server]]:
    with serving(ledger) as address, visiting(browser, address) as visit:
        visit.open().drawn(seconds=300)
        yield visit, Server(address)
        visit.clean()


def of_one(browser: Browser, ledger: Path, runs: int, called: str, click: float, change: float) -> Iterator[Figure]:
    with shown(browser, ledger) as (visit, server):
        yield figure(f"{called}: click to cards", click, list(clicks(visit, server, runs)))
        visit.open().drawn()
        yield figure(f"{called}: filter change", change, list(filter_changes(visit, server, runs)))
        yield Figure(f"{called}: server memory", "690 MB", f"{server.peak:.0f} MB", "", 1)


def of_many_readers(ledger: Path, seconds: float) -> Iterator[Figure]:
    with serving(ledger) as address:
        server = Server(address)
        met = crowd(address, seconds=seconds)
        n = len(met.taken)
        median = f"{statistics.median(met.taken):.2f} s" if n else "none"
        worst = f"{max(met.taken):.2f} s" if n else ""
        yield Figure("20 readers: answer", "1.5 s", median, worst, n, server.cpu / max(1, n))
        yield Figure("20 readers: errors", "none", ", ".join(sorted(set(met.errors))[:3]) or "none", "", n)
        yield Figure("20 readers: server memory", "690 MB", f"{server.peak:.0f} MB", "", 1)


def table(figures: list[Figure], load: str) -> str:
    rows = ["| what | target | median | worst | runs | server's computing |", "| --- | --- | --- | --- | --- | --- |"]
    for f in figures:
        cpu = "" if f.cpu is None else f"{f.cpu:.2f} s"
        rows.append(f"| {f.what} | {f.target} | {f.measured} | {f.worst} | {f.n} | {cpu} |")
    return "\n".join([*rows, "", f"Measured with {os.cpu_count()} cores, {load}."])


def main() -> None:
    asked = argparse.ArgumentParser(description="How fast the app is.")
    asked.add_argument("--only", default="first,few,many,readers")
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--many", type=Path, help="a ledger of 10,000 places that is there already")
    asked.add_argument("--write", action="store_true", help=f"put the table into {TABLE.relative_to(ROOT)}")
    given = asked.parse_args()
    figures: list[Figure] = []
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, browsing() as browser:
        few = made.ledger(Path(scratch) / "few", [*made.few(), *made.many(700, 60)])
        if "first" in given.only:
            figures.append(figure("first map, cold", 5.0, [first_map(browser, few) for _ in range(3)]))
        if "few" in given.only:
            figures += of_one(browser, few, given.runs, "40 articles", 0.5, 0.7)
        if "many" in given.only:
            many = given.many or made.ledger(Path(scratch) / "many", [*made.few(), *made.many(100_000, 10_000)])
            figures += of_one(browser, many, given.runs, "100,000 claims", 2.0, 2.0)
        if "readers" in given.only:
            figures += of_many_readers(few, given.seconds)
    load = f"the machine's load average {before:.1f} before and {os.getloadavg()[0]:.1f} after (0 is idle)"
    told = table(figures, load)
    print(told)
    if given.write:
        text = TABLE.read_text(encoding="utf-8")
        start, end = (text.index(mark) for mark in MARKS)
        TABLE.write_text(text[: start + len(MARKS[0])] + f"\n{told}\n" + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
