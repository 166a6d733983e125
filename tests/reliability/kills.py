"""Builds that are killed at random moments, again and again: in the end the ledger is the undisturbed one, to the byte.

python -m tests.reliability.kills [--kills 50] [--seed 1] [--write]

Kills the build itself, one of its worker processes, a worker of a Dask cluster, and a cluster's scheduler, after a random
number of results has been written, over generated articles and a reader that knows their words. After each kill the
ledger of before must open as it was; after each restart that is let through the files must be those of a build that
nothing disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.build import build, large, parts
from geo.faults import Fault
from geo.ledger.query import Ledger
from tests import generated
from tests.browser.serving import free_port
from tests.reliability.limits import family
from tests.reliability.report import ROOT, table, write

ARTICLES = 120
BLOCK = 20
LONGEST = 600.0
"""Seconds after which a build that neither ends nor can be killed is taken to hang."""


@dataclass
class Tally:
    """What came of one sort of kill: builds started, and how many of them made the ledger whole in the end."""

    what: str
    kills: int = 0
    restarts: int = 0
    whole: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Trial:
    """A corpus, the bytes of its undisturbed ledger, and where to build."""

    source: Path
    home: Path
    chance: random.Random
    undisturbed: dict[str, bytes] = field(default_factory=dict)
    results: int = 0

    @classmethod
    def prepared(cls, home: Path, seed: int) -> Trial:
        """Build once without disturbance, and count its results."""
        trial = cls(generated.write(home / "articles.jsonl", ARTICLES), home, random.Random(seed))
        made(trial.source, home / "undisturbed", 1, None)
        trial.undisturbed = parquet(home / "undisturbed")
        return trial

    def out(self, name: str) -> Path:
        """A folder with a ledger of before: that of the first articles alone."""
        folder = self.home / name
        before = self.home / "before.jsonl"
        if not folder.exists():
            made(generated.write(before, 10), folder, 1, None)
        return folder


def made(source: Path, out: Path, workers: int, scheduler: str | None) -> None:
    """The build under test: small blocks, buckets and parts, so that there are many moments to be killed at."""
    large.A_BUCKET, parts.PART = 40, 50
    build([source], out, workers=workers, scheduler=scheduler, progress=False, reader=generated.read, block=BLOCK)


def parquet(out: Path) -> dict[str, bytes]:
    """The files of the ledger that ``meta.json`` points to, which must open."""
    ledger = Ledger.open(out)
    names = list(ledger.meta["files"])
    ledger.close()
    return {name: (out / name).read_bytes() for name in names}


def started(source: Path, out: Path, workers: int, scheduler: str | None) -> int:
    """A child process that builds; it exits with 0 when done, with 2 for a Fault. Forked: its imports are ours."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.setsid()
        made(source, out, workers, scheduler)
        status = 0
    except Fault:
        status = 2
    finally:
        os._exit(status)


def ended(child: int) -> int | None:
    """How a child ended (0 well, 2 a Fault, below 0 a signal); None when it is at work."""
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def results(out: Path) -> int:
    """How many files a build has written so far."""
    found = 0
    for folder in (".cache", ".work"):
        for _, _, names in os.walk(out / folder):
            found += len(names)
    return found


def disturbed(
    trial: Trial, tally: Tally, out: Path, workers: int, scheduler: str | None, strike: Callable[[int], bool], most: int
) -> None:
    """Build until it is done, striking at random moments, at most ``most`` times."""
    before = parquet(trial.out(out.name))
    struck = 0
    while True:
        child = started(trial.source, out, workers, scheduler)
        tally.restarts += 1
        moment = results(out) + trial.chance.randrange(1, 30) if struck < most else None
        status = _watched(child, out, moment, strike)
        if status is None:
            tally.kills += 1
            struck += 1
            status = _finished(child)
        if status == 0:
            break
        if status == 1:
            tally.wrong.append("the build failed otherwise")
            break
        if parquet(out) not in (before, trial.undisturbed):
            tally.wrong.append("after a kill the ledger was neither the one before nor the new one")
    if parquet(out) == trial.undisturbed and not (out / ".work").exists():
        tally.whole += 1
    else:
        tally.wrong.append("in the end the ledger was another one")


def _watched(child: int, out: Path, moment: int | None, strike: Callable[[int], bool]) -> int | None:
    """How a child ended that was not struck; None when it was."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        status = ended(child)
        if status is not None:
            return status
        if moment is not None and results(out) >= moment and strike(child):
            return None
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return 1


def _finished(child: int) -> int:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        status = ended(child)
        if status is not None:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    return 1


def the_build(child: int) -> bool:
    os.kill(child, signal.SIGKILL)
    return True


def a_worker(chance: random.Random) -> Callable[[int], bool]:
    def strike(child: int) -> bool:
        workers = [pid for pid in family(child)[1:] if b"spawn_main" in _command(pid)]
        if not workers:
            return False
        with suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
        return True

    return strike


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@dataclass
class Cluster:
    """A Dask cluster of processes of its own: a scheduler and two workers, which can be killed and started again."""

    address: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        settings = os.environ | {"PYTHONPATH": str(ROOT)}
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": settings}
        scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        worker = ["dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]
        self.running = [
            subprocess.Popen([sys.executable, "-m", f"distributed.cli.{name}", *rest], **quiet)
            for name, *rest in (scheduler, worker, worker)
        ]
        from distributed import Client

        end = time.monotonic() + 120
        while True:
            try:
                with Client(self.address, timeout="5s", set_as_default=False) as client:
                    client.wait_for_workers(2, timeout=110)
                    return
            except (OSError, TimeoutError):
                if time.monotonic() > end:
                    raise

    def stop(self) -> None:
        for process in self.running:
            for pid in reversed(family(process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()

    def kill_worker(self, chance: random.Random) -> Callable[[int], bool]:
        def strike(child: int) -> bool:
            nannies = self.running[1:]
            workers = [pid for one in nannies for pid in family(one.pid)[1:] if b"spawn_main" in _command(pid)]
            if not workers:
                return False
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
            return True

        return strike

    def kill_scheduler(self, child: int) -> bool:
        self.stop()
        return True


@contextmanager
def cluster() -> Iterator[Cluster]:
    found = Cluster()
    found.start()
    try:
        yield found
    finally:
        found.stop()


def builds(trial: Trial, kills: int) -> Tally:
    tally = Tally("the build itself")
    while tally.kills < kills and not tally.wrong:
        out = trial.home / f"build-{tally.kills}"
        disturbed(trial, tally, out, 1, None, the_build, min(6, kills - tally.kills))
    return tally


def workers(trial: Trial, kills: int) -> Tally:
    tally = Tally("a worker process of a build with two")
    while tally.kills < kills and not tally.wrong:
        out = trial.home / f"worker-{tally.kills}-{tally.restarts}"
        disturbed(trial, tally, out, 2, None, a_worker(trial.chance), 1)
    return tally


def cluster_workers(trial: Trial, kills: int) -> Tally:
    tally = Tally("a worker of a Dask cluster of two")
    with cluster() as running:
        while tally.kills < kills and not tally.wrong:
            out = trial.home / f"cluster-{tally.kills}-{tally.restarts}"
            disturbed(trial, tally, out, 1, running.address, running.kill_worker(trial.chance), 1)
    return tally


def schedulers(trial: Trial, kills: int) -> Tally:
    tally = Tally("the scheduler of a Dask cluster, and with it the workers")
    while tally.kills < kills and not tally.wrong:
        out = trial.home / f"scheduler-{tally.kills}-{tally.restarts}"
        with cluster() as first:
            child = _started_after_ledger(trial, out, first.address)
            moment = results(out) + trial.chance.randrange(1, 40)
            status = _watched(child, out, moment, first.kill_scheduler)
        if status is None:
            tally.kills += 1
            if _finished(child) not in (0, 2):
                tally.wrong.append("the build did not end in one line")
        with cluster() as second:
            disturbed(trial, tally, out, 1, second.address, the_build, 0)
    return tally


def _started_after_ledger(trial: Trial, out: Path, address: str) -> int:
    trial.out(out.name)
    return started(trial.source, out, 1, address)


def run(kills: int, seed: int, home: Path, *, with_cluster: bool = True) -> list[Tally]:
    """So many kills in all: most of the build itself, the rest of workers and of a cluster."""
    trial = Trial.prepared(home, seed)
    some, few = max(1, kills // 10), max(1, kills // 20)
    shares = [(workers, some), (cluster_workers, some), (schedulers, few)] if with_cluster else []
    tallies = []
    for act, number in ((builds, kills - sum(n for _, n in shares)), *shares):
        tallies.append(act(trial, number))
        print(tallies[-1], flush=True)
    return tallies


def rows(tallies: list[Tally]) -> list[tuple[str, ...]]:
    return [
        (t.what, str(t.kills), str(t.restarts), f"{t.whole} of {t.whole + len(t.wrong)}", "; ".join(t.wrong) or "nothing")
        for t in tallies
    ]


def main() -> int:
    asked = argparse.ArgumentParser(description="Kill builds at random moments.")
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="atlas-kills-") as home:
        tallies = run(given.kills, given.seed, Path(home))
    head = ("killed", "kills", "builds started", "ledgers whole in the end, the same to the byte", "went wrong")
    figures = table(head, rows(tallies))
    print(figures)
    if given.write:
        write("kills", figures)
    return 0 if not any(tally.wrong for tally in tallies) and sum(t.kills for t in tallies) >= given.kills else 1


if __name__ == "__main__":
    sys.exit(main())
