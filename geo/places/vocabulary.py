"""The words around place names, read once from words.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words.toml says, ready to ask. All words are lower case.

    ``kinds`` maps a kind word, singular or plural, to the kind of place it tells ("districts" to "district");
    ``plurals`` are the plural ones among them. ``allows`` maps a told kind to the kinds of entry that answer to it.
    """

    kinds: dict[str, str]
    plurals: frozenset[str]
    allows: dict[str, frozenset[str]]
    prepositions: frozenset[str]
    offices: frozenset[str]
    outlets: frozenset[str]
    titles: frozenset[str]
    streets: frozenset[str]
    common: frozenset[str]
    shortened: frozenset[str]
    schools: frozenset[str]
    roads: frozenset[str]
    articles: frozenset[str]
    leading: frozenset[str]
    possessives: tuple[str, ...]

    @staticmethod
    @cache
    def shared() -> Vocabulary:
        """The one vocabulary of this process."""
        raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
        kinds: dict[str, str] = {}
        plurals: set[str] = set()
        for kind, words in raw["kinds"].items():
            for one, many in words.items():
                kinds[one] = kinds[many] = kind
                plurals.add(many)
        around, parts = raw["around"], raw["parts"]
        sets = {name: frozenset(words) for name, words in around.items()}
        return Vocabulary(
            kinds=kinds,
            plurals=frozenset(plurals),
            allows={kind: frozenset(others) for kind, others in raw["allows"].items()},
            articles=frozenset(parts["articles"]),
            leading=frozenset(parts["leading"]),
            possessives=tuple(parts["possessives"]),
            **sets,
        )

    def one_of(self, words: frozenset[str]) -> str:
        """The words as alternatives of a regular expression, longest first."""
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def trimmed(name: str, words: Vocabulary) -> str:
    """The name as it is looked up: one line, without "the", a final "'s", or quotes and commas at its edges."""
    name = " ".join(name.split()).strip(" \"“”‘'’.,;:()[]-–—") if not _abbreviation(name) else " ".join(name.split())
    for tail in words.possessives:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            name = name[: -len(tail)]
            break
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() == "the" else name


def _abbreviation(name: str) -> bool:
    """Whether the name's final dot belongs to it: "Ky.", "U.S.", "W.Va."."""
    return name.rstrip().endswith(".")
