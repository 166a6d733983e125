"""The full attack on every reader, and its table in docs/reliability.md.

python -m tests.reliability.fuzz [--inputs 100000] [--only NAME] [--seed 1] [--write]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import warnings
from dataclasses import asdict, dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.reliability.readers import TARGETS, Target
from tests.reliability.watching import watched

ROUND = 1_500
"""Inputs that one hypothesis run makes: it remembers all of them, so a long attack is many rounds."""


@dataclass
class Tally:
    """What one reader did with its inputs. ``slowest`` is the processor time of the costliest; ``grown`` the megabytes by
    which the process grew after the first inputs; ``failed`` the smallest input found on which something went wrong."""

    target: str
    inputs: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    grown: float = 0.0
    seconds: float = 0.0
    failed: str = ""


def attack(target: Target, *, inputs: int, seed: int) -> Tally:
    """Feed a reader so many generated inputs."""
    tally = Tally(target.name)
    begun = time.monotonic()
    _feed(target, tally, 20, seed, warming=True)  # imports and models take time and memory once
    base, tally = _megabytes(), Tally(target.name, failed=tally.failed)
    n = 0
    while tally.inputs < inputs and not tally.failed and n < 4 * (1 + inputs // ROUND):
        n += 1
        _feed(target, tally, min(ROUND, inputs - tally.inputs), seed * 10_000 + n)
    tally.grown = _megabytes() - base
    tally.seconds = time.monotonic() - begun
    return tally


def _feed(target: Target, tally: Tally, most: int, number: int, *, warming: bool = False) -> None:
    failing: list[str] = []

    @seed(number)
    @settings(
        max_examples=most,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
        report_multiple_bugs=False,
    )
    @given(target.strategy)
    def run(given_: Any) -> None:
        outcome = target.feed(given_) if warming else _one(target, given_, tally)
        if not failing:  # what is tried to make a failing input smaller does not count
            tally.inputs += 1
            setattr(tally, outcome, getattr(tally, outcome) + 1)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run()
    except Exception as error:
        failing.append("x")
        notes = " ".join(getattr(error, "__notes__", []))
        tally.failed = f"{type(error).__name__}: {str(error)[:1500]} {notes[:2000]}"


def _one(target: Target, given_: Any, tally: Tally) -> str:
    with watched() as watch:
        outcome = target.feed(given_)
    tally.slowest = max(tally.slowest, watch.seconds)
    assert not watch.done, f"it did {watch.done}"
    assert watch.seconds <= target.seconds, f"{watch.seconds:.1f} s for one input"
    return outcome


def _megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    asked = argparse.ArgumentParser(description="Attack every reader of the atlas.")
    asked.add_argument("--inputs", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="the readers whose name holds this")
    asked.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    asked.add_argument("--one", help=argparse.SUPPRESS)
    given_ = asked.parse_args()
    if given_.one:
        target = next(target for target in TARGETS if target.name == given_.one)
        print(json.dumps(asdict(attack(target, inputs=given_.inputs, seed=given_.seed))))
        return 0
    tallies = [_alone(target, given_.inputs, given_.seed) for target in TARGETS if given_.only in target.name]
    if given_.write:
        from tests.reliability.report import table, write

        write("fuzz", table(_HEAD, [_row(tally) for tally in tallies] + [_total(tallies)]))
    return 1 if any(tally.failed for tally in tallies) else 0


def _alone(target: Target, inputs: int, number: int) -> Tally:
    """Attack one reader in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tests.reliability.fuzz", "--one", target.name]
    command += ["--inputs", str(round(inputs * target.share)), "--seed", str(number)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        tally = Tally(target.name, failed=f"the process ended with {done.returncode}: {done.stderr[-1500:]}")
    else:
        tally = Tally(**json.loads(done.stdout.splitlines()[-1]))
    print(" | ".join(_row(tally)), tally.failed, flush=True)
    return tally


_HEAD = ("reader", "inputs", "read", "refused", "failed", "slowest input, s", "memory grown by, MB")


def _row(tally: Tally) -> tuple[str, ...]:
    failed = "1" if tally.failed else "0"
    return (
        tally.target, f"{tally.inputs:,}", f"{tally.read:,}", f"{tally.refused:,}", failed, f"{tally.slowest:.2f}",
        f"{tally.grown:.0f}",
    )  # fmt: skip


def _total(tallies: list[Tally]) -> tuple[str, ...]:
    whole = Tally(
        "**all**",
        sum(tally.inputs for tally in tallies),
        sum(tally.read for tally in tallies),
        sum(tally.refused for tally in tallies),
        max((tally.slowest for tally in tallies), default=0.0),
        max((tally.grown for tally in tallies), default=0.0),
        failed="yes" if any(tally.failed for tally in tallies) else "",
    )
    return _row(whole)


if __name__ == "__main__":
    sys.exit(main())
