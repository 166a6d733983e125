"""Measure the atlas on everything that is labelled, and write docs/accuracy.json, which the Method page shows.

python -m tests.accuracy
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.accuracy import briefs, elsewhere

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
OUT = ROOT / "docs" / "accuracy.json"
KINDS = {"protest": "protest, F1", "arms_flow": "arms flow, F1", "meeting": "meeting, F1"}
SHARES = {
    "pins": "markers found",
    "pins_precision": "markers: precision",
    "pins_recall": "markers: recall",
    "date": "event dates right, of those that words give",
    "stance": "stance right",
    "speaker": "speaker named",
    "planned": "planned or held",
    "published": "publication dates",
    "leaks": "sentences of shut sections that made a claim (count)",
    "wrong_pins": "markers where nothing happened (count)",
}


def originals() -> dict[str, float]:
    """The five original articles, by the shared scorer."""
    from geo.__main__ import main as geo

    sys.path.insert(0, str(SHARED / "tools"))
    from score_claims import main as score  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        out = Path(folder) / "claims.jsonl"
        geo(["claims", str(SHARED / "articles"), str(out)])
        found: dict[str, Any] = score(str(out))
    named = {KINDS[kind]: figure["f1"] for kind, figure in found["sentence_kinds"].items()}
    named[SHARES["leaks"]] = found["claims_from_shut_sections"]
    for name, words in (
        ("pins_found", "markers found"),
        ("event_dates", "event dates right"),
        ("stance", "stance right"),
        ("speaker", "speaker named"),
        ("metonyms", "capital's name: city or government"),
        ("publication_dates", "publication dates"),
        ("origins", "copies told from independent texts"),
    ):
        named[words] = found[name]["share"]
    named[SHARES["wrong_pins"]] = found["wrong_pins"]["ok"]
    return named


def readable(figures: dict[str, float]) -> dict[str, float]:
    return {(KINDS | SHARES).get(name, name): value for name, value in figures.items()}


def main() -> int:
    gold = briefs.labels()
    found = {
        "60 briefs, labelled sentences (development)": readable(briefs.figures(briefs.read_briefs(list(gold)), gold)[0]),
        "Made-up pages of other regions (development)": readable(elsewhere.figures(elsewhere.pages())[0]),
    }
    if SHARED.exists():
        found = {"Five original articles (development)": originals()} | found
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
