"""Text as the encoder reads it: word pieces with their characters, cut into windows. Training and running share it.

The vocabulary knows no capitals, so a second number per piece says how the piece is written in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

CLS, SEP = 101, 102  # BERT's marks for the beginning and the end of what is read at once
CHUNK = 20_000  # characters given to the tokenizer at once, so that memory does not grow with the text
STOPS = '.!?"”’'  # a sentence ends with one of these
SHAPES = 5  # 0 no letters, 1 small, 2 CAPITALS, 3 Capitalised, 4 mIxed

Ints = npt.NDArray[np.int64]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The word pieces of a text: vocabulary number, shape, characters ``starts`` to ``ends``, whether a word begins.

    ``opens`` has the numbers of the pieces at which a line or, as far as a look tells, a sentence begins.
    """

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints
    first: npt.NDArray[np.bool_]
    opens: tuple[int, ...]

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
    opens: list[int] = []
    for offset, chunk in chunks(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)):
        read = tokenizer.encode(chunk, add_special_tokens=False)
        words = read.word_ids
        opens += [len(ids) + i for i in _opens(chunk, read.offsets)]
        ids += read.ids
        shapes += [shape(chunk[a:b]) for a, b in read.offsets]
        spans += [(a + offset, b + offset) for a, b in read.offsets]
        first += [i == 0 or word != words[i - 1] for i, word in enumerate(words)]
    edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
    whole = (np.array(ids, np.int64), np.array(shapes, np.int64), edges[:, 0], edges[:, 1], np.array(first, np.bool_))
    return Pieces(*whole, tuple(opens))


def _opens(text: str, offsets: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The pieces before which a line ends, or a blank stands behind the end of a sentence."""
    for number, ((_, before), (start, _)) in enumerate(pairwise(offsets), 1):
        if start > before and ((text[before - 1] in STOPS and not text[start].islower()) or "\n" in text[before:start]):
            yield number


def windows(length: int, size: int, overlap: int, opens: Sequence[int] = ()) -> list[tuple[int, int, int, int]]:
    """Even windows over ``length`` pieces: (begin, end, first kept, after the last kept); what is kept covers all once.

    As few as can be of at most ``size`` pieces, which counts them without the two marks, and none longer than it must be:
    neighbours share ``overlap`` pieces or a few more. Each keeps what lies before or behind the middle of these, or
    better, before or behind that one of ``opens`` among them which is nearest to it: no sentence is read in halves.
    """
    if length <= size:
        return [(0, length, 0, length)] if length else []
    count = -(-(length - overlap) // (size - overlap))
    size = -(-(length + (count - 1) * overlap) // count)
    begins = [round(i * (length - size) / (count - 1)) for i in range(count)]
    seams = [0, *(_seam(c, b + size, opens) for b, c in pairwise(begins)), length]
    return [(b, b + size, seams[i], seams[i + 1]) for i, b in enumerate(begins)]


def _seam(first: int, last: int, opens: Sequence[int]) -> int:
    """Where one window leaves off and the next goes on, among the pieces that they share."""
    middle = (first + last) // 2
    at = opens[bisect_left(opens, first) : bisect_right(opens, last)]
    return min(at, key=lambda piece: abs(piece - middle), default=middle)


def load(path: str) -> Tokenizer:
    """The tokenizer of a file, told neither to cut nor to pad."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
