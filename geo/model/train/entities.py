"""Names of every kind as spaCy's small model sees them: what the encoder learns before it learns which are places.

The sentences are those of the training folder and our own; no document of the geoparsing sets is among them, so that
what is learned here can be shared by runs that leave out different documents. A student of a teacher's labels, as in
Hinton et al., Distilling the Knowledge in a Neural Network (2015), with the teacher's last word for its probabilities.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from geo.model import pieces
from geo.model.train.data import Example, blank, covered, own_texts, read, unspaced

KINDS_OF_NAME = {
    "PERSON": "person", "ORG": "body", "GPE": "state", "LOC": "landscape", "FAC": "building",
    "NORP": "people", "LANGUAGE": "people",
    "EVENT": "other", "WORK_OF_ART": "other", "PRODUCT": "other", "LAW": "other",
}  # fmt: skip
"""spaCy's labels and what they are here. Numbers, dates and sums of money are no names."""
ENTITIES = ("O", *(f"{edge}-{kind}" for kind in dict.fromkeys(KINDS_OF_NAME.values()) for edge in "BI"))
LONGEST = 1_500  # characters of a text that are read: a few sets give whole paragraphs as one sentence


def entities(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """Every sentence of the training folder and of our own, with the names that spaCy sees in it."""
    from geo.model.grammar import Grammar  # spaCy takes a second to load; other stages don't ask it

    texts = list(dict.fromkeys(_texts(folder)))
    out: list[Example] = []
    for text, doc in zip(texts, Grammar.shared().parse(texts), strict=True):
        example = blank(f"entities/{len(out)}", "entities", text, pieces.cut(tokenizer, text))
        example.entities[example.pieces.first] = 0
        for ent in doc.ents:
            if kind := KINDS_OF_NAME.get(ent.label_):
                where = covered(example.pieces, ent.start_char, ent.end_char)
                example.entities[where] = ENTITIES.index(f"I-{kind}")
                example.entities[where[:1]] = ENTITIES.index(f"B-{kind}")
        out.append(example)
    return out


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "claims").glob("*.train.jsonl")):
        yield from (unspaced(row["text"]).strip()[:LONGEST] for row in read(path))
    yield from own_texts()
