"""No regular expression of the program is kept busy for long by a string made for it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from geo.places.context import PARENT, REACH
from tests.reliability import patterns
from tests.reliability.report import ROOT

LENGTH = 300  # characters of an attack: a cubic expression needs seconds for them, a quadratic one milliseconds
SECONDS = 0.5  # of processor time
MOST = 40  # attacks on one expression
BOUNDED = {PARENT.pattern: REACH}
"""Expressions that would take longer, with the characters that they are ever given."""


class TooLongError(Exception):
    pass


@pytest.fixture(scope="module")
def found() -> dict[str, int]:
    """The patterns that the modules compile, and those that reading compiles."""
    command = [sys.executable, "-m", "tests.reliability.patterns"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, int] = json.loads(done.stdout)
    return told


@pytest.fixture
def clock() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, late)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def busy(pattern: str, flags: int, length: int) -> str:
    """The attack that keeps a pattern busy for too long; empty when none does."""
    tried = patterns.attacks(pattern, flags, length)
    for attack in tried[:: max(1, len(tried) // MOST)]:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            patterns.seconds(pattern, flags, attack)
        except TooLongError:
            return attack[:80]
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return ""


def test_no_expression_is_kept_busy(found: dict[str, int], clock: None) -> None:
    assert len(found) > 300, "most patterns were not found"
    slow = {p[:200]: a for p, flags in found.items() if (a := busy(p, flags, BOUNDED.get(p, LENGTH)))}
    assert not slow


@pytest.mark.parametrize("trap", [r"(a+)+$", r"(?:a|a)*b", r"(\w+\s?)*!", r"\s*x?\s*y?\s*z?\s*w?\s*!"])
def test_a_trap_would_be_found(trap: str, clock: None) -> None:
    assert busy(trap, 0, 3_000)
