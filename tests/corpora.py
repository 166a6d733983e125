"""The training parts of the three geoparsing corpora, which lie beside the repository and are no part of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

CORPORA = ("lgl", "trnews", "geowebnews")


def records(folder: Path, corpora: Sequence[str] = CORPORA) -> Iterator[dict[str, Any]]:
    """The documents of the corpora."""
    for corpus in corpora:
        for line in (folder / f"{corpus}.train.jsonl").read_text(encoding="utf-8").split("\n"):
            if line.strip():
                yield json.loads(line)
