"""How the shipped encoders do on the labelled articles and briefs, of which they have learned nothing.

    python -m geo.model.train.transfer --data ../shared [--model geo/model/weights] [--misses]

Kinds: F1 per sentence of the five articles (headline, body, caption; borderline left out) and of the briefs, at the
threshold 0.5. Readings: share of the capitals in the articles, read in the whole article, that are read right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.model.encoder import KINDS, WEIGHTS, Encoder
from geo.model.train.data import read
from geo.model.train.measure import f1
from geo.model.weights import SUBJECTS

Judged = tuple[str, set[str]]


def articles(data: Path) -> list[Judged]:
    """The sentences of the five articles with their kinds."""
    rows = read(data / "gold" / "seed_sentences.jsonl")
    open_rows = [r for r in rows if r["section"] in {"headline", "body", "caption"} and not r["borderline"]]
    return [(r["sentence"], set(r["claim_types"])) for r in open_rows]


def briefs(data: Path) -> list[Judged]:
    """The sentences of the briefs with their kinds; a sentence with two claims stands in two rows."""
    kinds: dict[str, set[str]] = {}
    unsure: set[str] = set()
    for row in read(data / "briefs" / "GOLD.jsonl"):
        kinds.setdefault(row["sentence"], set()).update({row["claim_type"]} - {None})
        if row.get("borderline"):
            unsure.add(row["sentence"])
    return [(text, found) for text, found in kinds.items() if text not in unsure]


def kinds(encoder: Encoder, rows: Iterable[Judged], *, misses: bool = False) -> dict[str, Any]:
    """F1 by kind at the threshold 0.5."""
    rows = list(rows)
    count = {kind: [0, 0, 0] for kind in KINDS}
    for (text, want), score in zip(rows, encoder.kinds([text for text, _ in rows]), strict=True):
        for kind in KINDS:
            got, wanted = score[kind] >= 0.5, kind in want
            count[kind][0] += got and wanted
            count[kind][1] += got and not wanted
            count[kind][2] += wanted and not got
            if misses and got != wanted:
                print("extra " if got else "missed", kind, f"{score[kind]:.2f}", text[:150])
    return {kind: f1(*c) for kind, c in count.items()}


def metonyms(encoder: Encoder, data: Path, *, misses: bool = False) -> dict[str, Any]:
    """Readings of the capitals' names in the articles; those the tagger does not find count as wrong."""
    rows = [r for r in read(data / "gold" / "seed_metonyms.jsonl") if r["reading"] in {"metonymic", "literal"}]
    names = sorted({r["seed"] for r in rows})
    texts = [(data / "articles" / name).read_bytes().decode() for name in names]
    found = {name: {(n.start, n.end): n for n in row} for name, row in zip(names, encoder.toponyms(texts), strict=True)}
    count = {"metonymic": [0, 0], "literal": [0, 0]}
    for row in rows:
        start, end = row["char"]
        name = next((n for (a, b), n in found[row["seed"]].items() if a <= start and end <= b), None)
        right = name is not None and (name.metonymy > 0.5) == (row["reading"] == "metonymic")
        count[row["reading"]][0] += right
        count[row["reading"]][1] += 1
        if misses and not right:
            print(row["reading"], name and name.metonymy, row["surface"], "|", row["context"][:120])
    return {reading: {"right": a, "of": b} for reading, (a, b) in count.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m geo.model.train.transfer", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=WEIGHTS)
    parser.add_argument("--misses", action="store_true", help="show what was judged wrong")
    arguments = parser.parse_args()
    places, of_kinds = (Encoder.open(arguments.model / subject) for subject in SUBJECTS)
    figures = {
        "kinds_articles": kinds(of_kinds, articles(arguments.data), misses=arguments.misses),
        "kinds_briefs": kinds(of_kinds, briefs(arguments.data), misses=arguments.misses),
        "readings_articles": metonyms(places, arguments.data, misses=arguments.misses),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
