"""How fast the app is, in a real browser and for twenty readers at once; the figures that docs/speed.md keeps.

python -m tests.bench_app [--only first,few,many,readers] [--runs N] [--seconds S] [--write]

first: from the server's first answer to a map with markers, in a fresh server and a fresh window · few: a marker's click
and a filter's change with 40 articles · many: the same, and the server's memory, with 10,000 places and 100,000 claims ·
readers: twenty at once, each clicking every two seconds. Beside each time stands what the server itself computed for it,
which a busy machine changes least. A part that fails leaves the others standing; what was not measured keeps its line.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
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
            visit.map.locator(":root[data-base=drawn][data-dressed]").wait_for()
            visit.map.locator(".pin").first.wait_for()
            return time.monotonic() - begun, Server(address).cpu


def frame_of(visit: Visit) -> Frame:
    return next(frame for frame in visit.page.frames if "st_folium" in frame.url)


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


def table(figures: list[Figure], load: str, before: str = "") -> str:
    """The figures as a table; lines of the table ``before`` that were not measured now stay where they are."""
    told = {line.split("|")[1].strip(): line for line in before.splitlines() if re.match(r"\| (?!what|---)", line)}
    for f in figures:
        cpu = "" if f.cpu is None else f"{f.cpu:.2f} s"
        told[f.what] = f"| {f.what} | {f.target} | {f.measured} | {f.worst} | {f.n} | {cpu} |"
    head = ["| what | target | median | worst | runs | server's computing |", "| --- | --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *told.values(), "", f"Measured with {os.cpu_count()} cores, {load}."])


def compiled(folder: Path) -> None:
    """Let Python keep its byte code, as it does where pip installed: a machine on which it may not would show, at every
    start, how long it takes to compile the libraries."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def first_maps(browser: Browser, ledger: Path, runs: int) -> Iterator[Figure]:
    first_map(browser, ledger)  # leaves the byte code
    yield figure("first map, cold", 5.0, [first_map(browser, ledger) for _ in range(runs)])


def measured(name: str, part: Callable[[], Iterator[Figure]]) -> Iterator[Figure]:
    """The figures of a part as far as it comes."""
    try:
        yield from part()
    except Exception as error:  # the other parts are still worth their time
        print(f"{name}: not measured to its end: {type(error).__name__}: {str(error).splitlines()[0]}", file=sys.stderr)


def main() -> None:
    asked = argparse.ArgumentParser(description="How fast the app is.")
    asked.add_argument("--only", default="first,few,many,readers")
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--many", type=Path, help="a ledger of 10,000 places that is there already")
    asked.add_argument("--write", action="store_true", help=f"put the table into {TABLE.relative_to(ROOT)}")
    given = asked.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, browsing() as browser:
        folder = Path(scratch)
        compiled(folder / "bytecode")
        few = made.ledger(folder / "few", [*made.few(), *made.many(700, 60)])

        def many() -> Iterator[Figure]:
            ledger = given.many or made.ledger(folder / "many", [*made.few(), *made.many(100_000, 10_000)])
            yield from of_one(browser, ledger, given.runs, "100,000 claims", 2.0, 2.0)

        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "first": lambda: first_maps(browser, few, 3),
            "few": lambda: of_one(browser, few, given.runs, "40 articles", 0.5, 0.7),
            "many": many,
            "readers": lambda: of_many_readers(few, given.seconds),
        }
        wanted = given.only.split(",")
        figures = [found for name, part in parts.items() if name in wanted for found in measured(name, part)]
    load = f"the machine's load average {before:.1f} before and {os.getloadavg()[0]:.1f} after (0 is idle)"
    print(table(figures, load))
    if given.write:
        text = TABLE.read_text(encoding="utf-8")
        start, end = (text.index(mark) for mark in MARKS)
        told = table(figures, load, text[start:end])
        TABLE.write_text(text[: start + len(MARKS[0])] + f"\n{told}\n" + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
