"""What an attribution is, and the words that make one: verbs and nouns of speaking with their force (voices.toml).

All spans count in the sentence. The rules that find attributions stand in verb_cues, noun_cues, phrase_cues and hedges;
wording.heard_in asks them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from geo.claims.words import table
from geo.text.span import Span

Force = Literal["neutral", "claim", "accuse", "deny", "alleged", "reported"]
"""The first four come from a speaker's verb or noun; the last two are hedges that name nobody."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """``cue`` gives ``scope`` to ``speaker`` (``None``: nobody is named) with a ``force``; ``via`` is the outlet told.

    ``head`` is the index of the token that names the speaker, ``None`` with ``speaker``.
    """

    force: Force
    cue: Span
    speaker: Span | None
    scope: tuple[Span, ...]
    via: Span | None = None
    head: int | None = None

    def covers(self, words: Span) -> bool:
        return any(stretch.contains(words) for stretch in self.scope)

    @property
    def width(self) -> int:
        return sum(len(stretch) for stretch in self.scope)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says something: ``name`` for the reader, ``role`` ("a civil society activist") when told."""

    name: str
    role: str | None
    words: Span
    because: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution with its speaker resolved. ``carried``: it stands in another sentence of the same quotation.

    ``answer``: it is the answer of somebody who is interviewed.
    """

    attribution: Attribution
    speaker: Speaker | None
    carried: bool = False
    answer: bool = False


@cache
def verbs() -> dict[str, Force]:
    """Lemma of a verb of speaking -> its force."""
    return _by_force("verbs")


@cache
def nouns() -> dict[str, Force]:
    """Lemma of a noun for something said -> its force."""
    return _by_force("nouns")


def _by_force(name: str) -> dict[str, Force]:
    lists = table("voices")[name]
    forces: tuple[Force, ...] = ("neutral", "claim", "accuse", "deny")
    return {lemma: force for force in forces for lemma in lists[force]}


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """The regular expression (or the alternatives) at this place of voices.toml, any case."""
    value = table("voices")
    for key in path:
        value = value[key]
    return re.compile("|".join(value) if isinstance(value, list) else str(value), re.IGNORECASE)


def listed(key: str) -> frozenset[str]:
    """One of the word lists about objects of verbs."""
    return frozenset(table("voices")["objects"][key])


def outlet(words: str) -> bool:
    """Whether a phrase names a news outlet (and not just "reporters")."""
    last = words.split()[-1].lower().rstrip("s") if words.split() else ""
    return last not in table("voices")["outlets"]["nobody"] and pattern("outlets", "name").search(words) is not None
