"""Every reader, fed what means harm: it reads or refuses in one line, quickly, and does nothing else.

The full run, of as many inputs as one likes: ``python -m tests.reliability.fuzz --inputs 100000``.
"""

from __future__ import annotations

import pytest

from tests.reliability.fuzz import Tally, attack
from tests.reliability.readers import TARGETS, Target

QUICK = 60  # inputs for each reader: a run of seconds


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_reads_or_refuses_and_does_nothing_else(target: Target) -> None:
    few = QUICK if target.seconds < 10 else 10
    tally = attack(target, inputs=few, seed=1)
    assert not tally.failed, tally.failed
    assert tally.inputs >= few // 2
    assert isinstance(tally, Tally)
