"""Text as the encoder reads it: word pieces with their characters, cut into windows. Training and running share it.

The vocabulary knows no capitals, so a second number per piece says how the piece is written in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

CLS, SEP = 101, 102  # BERT's marks for the beginning and the end of what is read at once
CHUNK = 20_000  # characters given to the tokenizer at once, so that memory does not grow with the text
SHAPES = 5  # 0 no letters, 1 small, 2 CAPITALS, 3 Capitalised, 4 mIxed

Ints = npt.NDArray[np.int64]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of a text: vocabulary number, shape, characters ``starts`` to ``ends``, whether a word begins."""

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints
    first: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def shape(piece: str) -> int:
    """How a piece is written: the index described at ``SHAPES``."""
    if piece.islower():
        return 1
    if piece.isupper():
        return 2 if len(piece) > 1 else 3
    if not any(map(str.isalpha, piece)):
        return 0
    return 3 if piece[0].isupper() and piece[1:].islower() else 4


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text in stretches of at most ``CHUNK`` characters with their offset, cut at a line's or a word's end if any."""
    start = 0
    while len(text) - start > CHUNK:
        cut = max(text.rfind("\n", start, start + CHUNK), text.rfind(". ", start, start + CHUNK)) + 1
        if cut <= start:
            cut = text.rfind(" ", start, start + CHUNK) + 1
        if cut <= start:
            cut = start + CHUNK
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def cut(tokenizer: Tokenizer, text: str) -> Pieces:
    """The pieces of one text of any length; characters the vocabulary has no letter for are left out or unknown words."""
    ids: list[int] = []
    shapes: list[int] = []
    spans: list[tuple[int, int]] = []
    first: list[bool] = []
    for offset, chunk in chunks(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)):
        read = tokenizer.encode(chunk, add_special_tokens=False)
        words = read.word_ids
        ids += read.ids
        shapes += [shape(chunk[a:b]) for a, b in read.offsets]
        spans += [(a + offset, b + offset) for a, b in read.offsets]
        first += [i == 0 or word != words[i - 1] for i, word in enumerate(words)]
    edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
    whole = (np.array(ids, np.int64), np.array(shapes, np.int64), edges[:, 0], edges[:, 1], np.array(first, np.bool_))
    return Pieces(*whole)


def windows(length: int, size: int, overlap: int) -> list[tuple[int, int, int, int]]:
    """Even windows over ``length`` pieces: (begin, end, first kept, after the last kept); what is kept covers all once.

    ``size`` counts pieces without the two marks; neighbours share at least ``overlap`` pieces, each keeping its half.
    """
    if length <= size:
        return [(0, length, 0, length)] if length else []
    count = -(-(length - overlap) // (size - overlap))
    begins = [round(i * (length - size) / (count - 1)) for i in range(count)]
    seams = [0, *((b + size + c) // 2 for b, c in pairwise(begins)), length]
    return [(b, b + size, seams[i], seams[i + 1]) for i, b in enumerate(begins)]


def load(path: str) -> Tokenizer:
    """The tokenizer of a file, told neither to cut nor to pad."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
