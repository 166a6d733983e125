"""What can go wrong, as a reader of the command line sees it.

Fault                 one clear line; the command ends with status 2
├── BadInput          an article, folder or file of input that cannot be used
├── DamagedLedger     the ledger on disk cannot be read
├── DamagedGazetteer  the gazetteer files are missing or cannot be read
└── DamagedModel      the encoder's weights are not those that were shipped
"""

from __future__ import annotations

import re
from pathlib import Path

LONGEST = 400
"""Characters of either half of a fault's line: names and reasons may quote what a stranger wrote."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Fault(Exception):
    """Something a person can put right: ``where`` (a file or folder) and ``reason`` (in plain English).

    ``str`` gives both in one line, whatever stands in them: line ends and controls become U+FFFD, and what is too long
    is shortened.
    """

    def __init__(self, where: Path | str, reason: str) -> None:
        super().__init__(f"{_line(str(where))}: {_line(reason)}")
        self.where = where
        self.reason = _line(reason)

    def __reduce__(self) -> tuple[type[Fault], tuple[Path | str, str]]:
        """So that it comes home whole from a worker process."""
        return type(self), (self.where, self.reason)


def _line(text: str) -> str:
    text = _BREAKS.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"


class BadInput(Fault):
    """An article, folder or file of input that cannot be used."""


class DamagedLedger(Fault):
    """The ledger on disk is missing a part or cannot be read."""


class DamagedGazetteer(Fault):
    """The gazetteer's files are missing or cannot be read."""


class DamagedModel(Fault):
    """The encoder's weights are missing a part or are not those that were shipped."""
