"""The app as a small host runs it: pinned packages alone, little memory, nothing it may write, an empty home.

python -m tests.reliability.hosted [--python PATH] [--megabytes 690] [--browsers 20] [--reruns 500] [--write]

Installs requirements.txt, and nothing else, into a fresh environment of that Python; copies the files of the repository
to a folder that cannot be written; starts ``streamlit run app.py`` there under the memory limit; and drives it with real
browsers, each with a session of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.serving import Visit, browsing, free_port, visiting, wait_for
from tests.reliability.limits import Limited, limited, names_and_sums
from tests.reliability.reach import seen_outside
from tests.reliability.report import ROOT, table, write

FIRST_PAGE = 15.0
"""Seconds from the start of the server to the first page with its map."""
GROWTH = 0.10


@dataclass
class Stay:
    """What was measured of one host: seconds, and megabytes of the server's own memory."""

    python: str
    install: float = 0.0
    answers: float = 0.0
    first_page: float = 0.0
    reruns: int = 0
    slowest: float = 0.0
    after_first: float = 0.0
    after_all_opened: float = 0.0
    at_end: float = 0.0
    most: float = 0.0
    kept_out: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        return self.at_end / self.after_all_opened - 1 if self.after_all_opened else 0.0


def environment(python: str, folder: Path) -> Path:
    """A fresh environment of that Python with requirements.txt and nothing else; the path of its Python."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    own = folder / "bin" / "python"
    command = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    subprocess.run([*command, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
    return own


def checkout(out: Path) -> None:
    """The files of the repository as they stand, without its history."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, out / name)


@contextmanager
def hosting(python: Path, copy: Path, home: Path, temporary: Path, megabytes: int) -> Iterator[tuple[str, Limited]]:
    """The app's address and its process, under the limit, with nothing to write but temporary files."""
    port = free_port()
    command = [str(python), "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    settings = kept | {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    with limited(command, copy, settings, [copy, home], megabytes) as process:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, process.popen)
        yield address, process


def stay(python: str, *, megabytes: int, browsers: int, reruns: int) -> Stay:
    """Install, start and use the app on one Python."""
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    found = Stay(version)
    with tempfile.TemporaryDirectory(prefix="atlas-host-") as name, ExitStack() as stack:
        folder = Path(name)
        begun = time.monotonic()
        own = environment(python, folder / "environment")
        found.install = time.monotonic() - begun
        copy, home, temporary = (folder / part for part in ("checkout", "home", "temporary"))
        for part in (copy, home, temporary):
            part.mkdir()
        checkout(copy)
        before = names_and_sums(copy)
        browser = stack.enter_context(browsing())
        begun = time.monotonic()
        address, process = stack.enter_context(hosting(own, copy, home, temporary, megabytes))
        found.kept_out = process.how
        found.answers = time.monotonic() - begun
        visits = [stack.enter_context(visiting(browser, address))]
        visits[0].open().drawn()
        found.first_page = time.monotonic() - begun
        found.after_first = process.megabytes()
        _used(found, process, browser, visits, stack, address, browsers, reruns)
        found.wrong += [f"shown to a stranger: {path}" for path in seen_outside(address)]
        found.wrong += [f"written: {name}" for name in sorted(before.items() ^ names_and_sums(copy).items())]
        found.wrong += [f"written into the home folder: {path.name}" for path in home.iterdir()]
        found.wrong += [error for visit in visits for error in (*visit.errors, *visit.outside)]
        found.most = process.most()
        if process.popen.poll() is not None:
            found.wrong.append("the server ended")
    return found


def _used(
    found: Stay,
    process: Limited,
    browser: Browser,
    visits: list[Visit],
    stack: ExitStack,
    address: str,
    most: int,
    reruns: int,
) -> None:
    """Open the other browsers' sessions, then let all of them work in turn."""
    while len(visits) < most:
        visits.append(stack.enter_context(visiting(browser, address)))
        visits[-1].open().drawn()
    for visit in visits:  # once round, so that what is kept for all of them is there
        _rerun(visit, 0)
    found.after_all_opened = process.megabytes()
    for n in range(reruns):
        begun = time.monotonic()
        _rerun(visits[n % len(visits)], 1 + n // len(visits))
        found.slowest = max(found.slowest, time.monotonic() - begun)
        found.reruns += 1
    found.at_end = process.megabytes()


def _rerun(visit: Visit, turn: int) -> None:
    """One press on a kind of claim, another one each turn: the filters, the counts and the map are made anew."""
    buttons = visit.page.locator(".st-key-filter-kinds button")
    buttons.nth(turn % buttons.count()).click()
    visit.page.wait_for_timeout(150)
    visit.settled()


def rows(stays: list[Stay], megabytes: int) -> list[tuple[str, ...]]:
    """The figures as the rows of a table, a column for each Python."""
    lines = {
        "requirements.txt installed, hashes checked": [f"{one.install:.0f} s" for one in stays],
        "server answers": [f"{one.answers:.1f} s" for one in stays],
        f"first page with its map drawn (wanted: {FIRST_PAGE:.0f} s)": [f"{one.first_page:.1f} s" for one in stays],
        "memory after the first page": [f"{one.after_first:.0f} MB" for one in stays],
        "memory with all browsers open": [f"{one.after_all_opened:.0f} MB" for one in stays],
        "reruns": [str(one.reruns) for one in stays],
        "memory after them": [f"{one.at_end:.0f} MB ({one.growth:+.1%})" for one in stays],
        f"most memory at any moment (limit {megabytes} MB)": [f"{one.most:.0f} MB" for one in stays],
        "slowest rerun": [f"{one.slowest:.1f} s" for one in stays],
        "how the limit was held": [one.kept_out for one in stays],
        "went wrong": ["; ".join(one.wrong) or "nothing" for one in stays],
    }
    return [(name, *values) for name, values in lines.items()]


def main() -> int:
    asked = argparse.ArgumentParser(description="Run the app as a small host does.")
    asked.add_argument("--python", action="append", help="one or more interpreters (default: this one)")
    asked.add_argument("--megabytes", type=int, default=690)
    asked.add_argument("--browsers", type=int, default=20)
    asked.add_argument("--reruns", type=int, default=500)
    asked.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    given = asked.parse_args()
    base = [getattr(sys, "_base_executable", sys.executable)]
    stays = []
    for python in given.python or base:
        stays.append(stay(python, megabytes=given.megabytes, browsers=given.browsers, reruns=given.reruns))
        print(stays[-1], flush=True)
    figures = table(("", *(f"Python {one.python}" for one in stays)), rows(stays, given.megabytes))
    print(figures)
    if given.write:
        write("hosted", figures)
    good = all(not one.wrong and one.first_page <= FIRST_PAGE and one.growth <= GROWTH for one in stays)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
