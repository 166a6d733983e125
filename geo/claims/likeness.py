"""How alike two sentences are in the words that tell: names, numbers and nouns that few articles have.

Everything here is a pure function of a sentence or of counts, so that it can be done in parts and put together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.lang.en.stop_words import STOP_WORDS

STEM = 6
"""Letters by which words are told apart: "Russia" and "Russian", "protest" and "protesters" count as one."""
SMALL = 40
"""Articles; a smaller corpus is treated as if it had so many, for in five articles every word is rare."""
RARE = 2.0
"""From this weight on a word is rare: it stands in about an eighth of the articles or in fewer."""

_WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+")
_MOST = 60  # words of a sentence that are looked at; longer ones are lists or rubbish


def telling(text: str) -> frozenset[str]:
    """The words of a sentence that tell something, cut to their stem; numbers without commas."""
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found.add(word.replace(",", ""))
        elif word.lower() not in STOP_WORDS and (len(word) > 2 or word.isupper()):
            found.add(word.lower()[:STEM])
        if len(found) == _MOST:
            break
    return frozenset(found)


def spoken(stem: str, text: str) -> str:
    """The word of a sentence that has this stem, as it stands there; the stem where none has."""
    return next((m.group() for m in _WORD.finditer(text) if m.group().lower().replace(",", "").startswith(stem)), stem)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word tells, by how many of so many articles have it."""

    articles: int
    having: Mapping[str, int]

    @staticmethod
    def of(articles: Iterable[frozenset[str]]) -> Rarity:
        """The rarity of words, from the words of each article. Counts of parts of a corpus may simply be added."""
        having: Counter[str] = Counter()
        number = 0
        for words in articles:
            having.update(words)
            number += 1
        return Rarity(number, having)

    def weight(self, word: str) -> float:
        """Above 0; of words that more than half of a small corpus has, next to nothing."""
        having = max(self.having.get(word, 1), 1)
        if self.articles < SMALL and having > max(3, self.articles / 2):
            return 0.3
        return max(0.1, math.log((max(self.articles, SMALL) + 1) / having))


def likeness(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> tuple[float, list[str]]:
    """How alike (0..1, the cosine of the weighted words), and the rare words in common, the rarest first."""
    both = one & other
    shared = sum(rarity.weight(word) ** 2 for word in both)
    size = math.sqrt(_size(one, rarity) * _size(other, rarity))
    rare = sorted((word for word in both if rarity.weight(word) >= RARE), key=lambda w: (-rarity.weight(w), w))
    return (shared / size if size else 0.0), rare


def _size(words: frozenset[str], rarity: Rarity) -> float:
    return sum(rarity.weight(word) ** 2 for word in words)
