"""What encoders that never saw them say of some documents of the corpora, kept so that a test can ask for it.

    python -m tests.kept_taggings --encoders DIR [--data ../shared]

DIR is what ``geo.model.train places --folds 5`` wrote. The file has a row for each document and numbers only: the hash of
its text, where its words begin and end, the chances of their tags, and the names made of them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.model.encoder import TAGS, TaggedName, Tagging
from geo.places.spotting_training import unseen
from tests.corpora import CORPORA, records

FILE = Path(__file__).parent / "accuracy" / "unseen_taggings.parquet"
SHARES = {"lgl": 12, "trnews": 5, "geowebnews": 6}  # of each corpus every so many documents one
NAME = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("score", pa.float32()),
        ("metonymy", pa.float32()),
        ("demonym", pa.bool_()),
    ]
)
SCHEMA = pa.schema(
    {
        "text": pa.string(),
        "starts": pa.list_(pa.int32()),
        "ends": pa.list_(pa.int32()),
        "chances": pa.list_(pa.float32()),
        "names": pa.list_(NAME),
        "guesses": pa.list_(NAME),
    }
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def write(texts: Sequence[str], taggings: Sequence[Tagging]) -> None:
    rows = [
        {
            "text": digest(text),
            "starts": tagging.starts,
            "ends": tagging.ends,
            "chances": np.round(tagging.chances.ravel(), 4),
            "names": [asdict(name) for name in tagging.names],
            "guesses": [asdict(name) for name in tagging.guesses],
        }
        for text, tagging in zip(texts, taggings, strict=True)
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), FILE, compression="zstd")


def read() -> Mapping[str, Tagging]:
    """The tagging of each text by the text's hash."""
    return {row["text"]: _tagging(row) for row in pq.read_table(FILE).to_pylist()}


def _tagging(row: Mapping[str, Any]) -> Tagging:
    names, guesses = (tuple(TaggedName(**name) for name in row[which]) for which in ("names", "guesses"))
    starts, ends = np.array(row["starts"], np.int64), np.array(row["ends"], np.int64)
    return Tagging(names, guesses, starts, ends, np.array(row["chances"], np.float32).reshape(-1, len(TAGS)))


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.kept_taggings")
    asked.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    asked.add_argument("--encoders", type=Path, required=True, help="weights for each fold left out")
    given = asked.parse_args()
    texts = [
        record["text"]
        for corpus in CORPORA
        for number, record in enumerate(records(given.data / "geoparsing", [corpus]))
        if number % SHARES[corpus] == 0
    ]
    write(texts, unseen(texts, given.encoders))
    print(f"{len(texts)} documents, {FILE.stat().st_size / 1e3:.0f} kB in {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
