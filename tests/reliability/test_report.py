"""docs/reliability.md: a script replaces its own section, and every command that it names is there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tests.reliability.report import REPORT, table, write


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# A\n<!-- one -->\nold\n<!-- /one -->\n<!-- two -->\nkept\n<!-- /two -->\n")
    write("one", table(("a", "b"), [("1", "x|y")]), report=report)
    text = report.read_text()
    assert "| 1 | x/y |" in text
    assert "old" not in text
    assert "<!-- two -->\nkept\n<!-- /two -->" in text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC, commit \w+, \d+ cores, \d+ GiB", text)


def test_a_section_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# A\n")
    with pytest.raises(ValueError, match="no section"):
        write("one", "", report=report)


def test_every_command_and_file_that_it_names_is_there() -> None:
    text = REPORT.read_text(encoding="utf-8")
    modules = set(re.findall(r"python -m (tests\.[\w.]+)", text))
    assert {"tests.reliability.fuzz", "tests.reliability.hosted", "tests.reliability.shipped"} <= modules
    for module in modules:
        assert importlib.util.find_spec(module), module
    for file in re.findall(r"`((?:tests|geo)/[\w/.]+\.py)`", text):
        assert (REPORT.parent.parent / file).is_file(), file
