"""What encoders that never saw them say of some documents of the corpora, kept so that a test can ask for it.

    python -m tests.kept_taggings --encoders DIR [--data ../shared]

DIR is what ``geo.model.train places --folds 5`` wrote. The file has numbers only: the hash of each text, where its words
begin and end, and the chances of their tags.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from geo.model.encoder import TaggedName, Tagging
from geo.places.spotting_training import unseen
from tests.corpora import CORPORA, records

FILE = Path(__file__).parent / "accuracy" / "unseen_taggings.npz"
SHARES = {"lgl": 12, "trnews": 5, "geowebnews": 6}  # of each corpus every so many documents one


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def write(texts: Sequence[str], taggings: Sequence[Tagging]) -> None:
    words, chances, names = [], [], []
    for number, tagging in enumerate(taggings):
        words += [(number, *edges) for edges in zip(tagging.starts, tagging.ends, strict=True)]
        chances.append(tagging.chances.astype(np.float16))
        for sure, found in ((True, tagging.names), (False, tagging.guesses)):
            names += [(number, sure, n.start, n.end, n.score, n.metonymy, n.demonym) for n in found]
    np.savez_compressed(
        FILE,
        texts=np.array([digest(text) for text in texts]),
        words=np.array(words, np.int32),
        chances=np.concatenate(chances),
        names=np.array(names, np.float32),
    )


def read() -> Mapping[str, Tagging]:
    """The tagging of each text by the text's hash."""
    with np.load(FILE) as file:
        texts, words, chances, names = (file[name] for name in ("texts", "words", "chances", "names"))
    out = {}
    for number, text in enumerate(texts.tolist()):
        mine, found = words[:, 0] == number, names[names[:, 0] == number]
        sure, guessed = (tuple(map(_name, found[found[:, 1] == kind].tolist())) for kind in (1, 0))
        edges = words[mine, 1:].astype(np.int64)
        out[text] = Tagging(sure, guessed, edges[:, 0], edges[:, 1], chances[mine].astype(np.float32))
    return out


def _name(row: Sequence[float]) -> TaggedName:
    _, _, start, end, score, metonymy, demonym = row
    return TaggedName(int(start), int(end), score, metonymy, bool(demonym))


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
