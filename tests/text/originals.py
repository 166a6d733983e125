"""The five originals of ../shared, where it is: tests that need them are left out, visibly, where it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
needs_originals = pytest.mark.skipif(
    not (SHARED / "articles").is_dir(), reason="../shared with the originals is not here"
)


def originals() -> list[Path]:
    return sorted((SHARED / "articles").glob("*.txt"))


def gold_sentences() -> list[dict[str, Any]]:
    rows = (SHARED / "gold" / "seed_sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


def gold_documents() -> dict[str, dict[str, Any]]:
    rows = json.loads((SHARED / "gold" / "seed_docs.json").read_text(encoding="utf-8"))
    return {row["seed"]: row for row in rows}
