"""How alike two sentences are in the words that tell: names, numbers and nouns that few articles have.

Everything here is a pure function of a sentence or of counts, so that it can be done in parts and put together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from geo.claims.words import table

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
        elif word.lower() not in _stop() and (len(word) > 2 or word.isupper()):
            found.add(word.lower()[:STEM])
        if len(found) == _MOST:
            break
    return frozenset(found)


@cache
def _stop() -> frozenset[str]:
    return frozenset(table("likeness")["stop"].split())


def spoken(stem: str, text: str) -> str:
    """The word of a sentence that has this stem, as it stands there; the stem where none has."""
    return next((m.group() for m in _WORD.finditer(text) if m.group().lower().replace(",", "").startswith(stem)), stem)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each word tells, above 0, by how many of so many articles have it."""

    weights: Mapping[str, float]

    @staticmethod
    def of(articles: Iterable[frozenset[str]]) -> Rarity:
        """The rarity of words, from the words of each article."""
        having: Counter[str] = Counter()
        number = 0
        for words in articles:
            having.update(words)
            number += 1
        return Rarity.counted(number, having)

    @staticmethod
    def counted(articles: int, having: Mapping[str, int]) -> Rarity:
        """The same from counts; those of parts of a corpus may simply be added before."""
        return Rarity({word: weight(articles, n) for word, n in having.items()})

    def rare(self, words: Iterable[str]) -> list[str]:
        """The rare ones among words, the rarest first."""
        weights = self.weights
        found = [(-w, word) for word in words if (w := weights.get(word, 0.0)) >= RARE]
        return [word for _, word in sorted(found)]

    def size(self, words: Iterable[str]) -> float:
        """The sum of the squared weights, exactly rounded: the same in whatever order the words come."""
        weights = self.weights
        return math.fsum(weights.get(word, 0.0) ** 2 for word in words)


def weight(articles: int, having: int) -> float:
    """What a word tells that so many of so many articles have; in a small corpus next to nothing when most have it."""
    if articles < SMALL and having > max(3, articles / 2):
        return 0.3
    return max(0.1, math.log((max(articles, SMALL) + 1) / max(having, 1)))


def likeness(one: Words, other: Words, rarity: Rarity) -> tuple[float, list[str]]:
    """How alike (0..1, the cosine of the weighted words), and the rare words in common, the rarest first."""
    both = one.all & other.all
    size = math.sqrt(one.size * other.size)
    return (rarity.size(both) / size if size else 0.0), rarity.rare(both)


@dataclass(frozen=True, slots=True)
class Words:
    """The telling words of one sentence, their size by their rarity, and the rare ones, the rarest first."""

    all: frozenset[str]
    size: float
    rare: tuple[str, ...]

    @staticmethod
    def weighed(words: frozenset[str], rarity: Rarity) -> Words:
        return Words(words, rarity.size(words), tuple(rarity.rare(words)))
