"""A fault is one line that can be shown anywhere, whatever stands in it."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from geo.faults import LONGEST, BadInput, DamagedModel, Fault


@pytest.mark.parametrize("words", ["a\nb", "a\r\nb", "a\u2028b", "a\x00b", "a\x1b[31mb", "a\ud800b"])
def test_line_ends_and_controls_are_no_part_of_it(words: str) -> None:
    fault = Fault(words, words)
    assert len(str(fault).splitlines()) == 1
    assert str(fault).isprintable()
    assert fault.reason in str(fault)


def test_what_is_too_long_is_shortened_in_its_middle() -> None:
    fault = BadInput("begin" + "x" * 10_000 + "end", "no such field 'y" + "y" * 10_000)
    assert len(str(fault)) <= 2 * LONGEST + 4
    assert str(fault).startswith("begin")
    assert "end: no such field" in str(fault)


@pytest.mark.parametrize("kind", [Fault, BadInput, DamagedModel])
def test_it_comes_home_whole_from_another_process(kind: type[Fault]) -> None:
    fault = copy.copy(kind(Path("a.txt"), "no words"))  # the way of a process pool
    assert type(fault) is kind
    assert (fault.where, fault.reason, str(fault)) == (Path("a.txt"), "no words", "a.txt: no words")
