"""What can go wrong, as a reader of the command line sees it.

Fault                 one clear line; the command ends with status 2
├── BadInput          an article, folder or file of input that cannot be used
├── DamagedLedger     the ledger on disk cannot be read
├── DamagedGazetteer  the gazetteer files are missing or cannot be read
└── DamagedModel      the encoder's weights are not those that were shipped
"""

from __future__ import annotations

from pathlib import Path


class Fault(Exception):
    """Something a person can put right: ``where`` (a file or folder) and ``reason`` (in plain English)."""

    def __init__(self, where: Path | str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class BadInput(Fault):
    """An article, folder or file of input that cannot be used."""


class DamagedLedger(Fault):
    """The ledger on disk is missing a part or cannot be read."""


class DamagedGazetteer(Fault):
    """The gazetteer's files are missing or cannot be read."""


class DamagedModel(Fault):
    """The encoder's weights are missing a part or are not those that were shipped."""
