"""Claims: what somebody published to have happened, where, when, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.places.place import Location, Place
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span

Stance = Literal["asserted", "reported", "alleged", "denied"]
Passing = Literal["supplier", "route", "recipient"]
"""The parts in what passes from hand to hand, in its order."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it and how firmly. ``speaker`` is ``None`` when the article itself does.

    ``speaker_words`` and ``cue_words`` are where the article names the speaker and the word that tells the stance.
    ``via`` is the outlet the speaker talked to, when named; ``role`` what the article calls the speaker.
    """

    speaker: str | None
    cue: str
    stance: Stance
    because: str
    speaker_words: Span | None = None
    cue_words: Span | None = None
    via: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives, passes on or gets, where no place says it: "the Taliban", "Russian rifles".

    ``place`` is the country that a people is named for, if any; ``words`` where the article names the party.
    """

    name: str
    role: Passing
    score: float
    because: str
    words: Span | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers that tellers of an event give: its ``value`` as shown, whose ``claims`` (ids), from how many
    independent ``origins``."""

    value: str
    claims: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the tellers of one event do not agree ``about``; ``what`` is the noun counted, "day", or empty."""

    about: Literal["number", "date", "stance", "plan"]
    what: str
    sides: tuple[Side, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence's claim that something of ``kind`` happened, is planned, or is denied.

    ``words`` are the spans that decided the kind. ``locations`` are the places of the claim with their roles, those of
    other sentences that it inherits included. ``origin`` is shared by claims copied from one text, ``event`` by claims of
    one happening; both are names that stay the same from build to build. ``parties`` are those who give or get and are no
    places; ``disagreements`` what the claims of the same event do not agree about.
    """

    id: str
    kind: str
    sentence: Sentence
    locations: tuple[Location, ...]
    event_date: Period
    voice: Voice
    planned: bool
    score: float
    because: str
    words: tuple[Span, ...] = ()
    origin: str = ""
    event: str = ""
    origin_because: str = ""
    event_because: str = ""
    parties: tuple[Party, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one article. ``kinds`` has one tuple of kinds for each sentence."""

    article: Article
    sentences: tuple[Sentence, ...]
    kinds: tuple[tuple[str, ...], ...]
    mentions: tuple[Location, ...]
    claims: tuple[Claim, ...]
