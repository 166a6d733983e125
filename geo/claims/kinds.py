"""Which kinds of event a sentence claims, how surely, and by which words.

The kinds are data: ``kinds.toml`` has each kind's definition, words and signs, ``weights.toml`` what each sign weighs. A
kind's score is one sum of log-odds over the signs that the sentence shows, and over the encoder's opinion where its head
is shipped; the reason names the signs. A fourth kind is added there, without touching this module.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.claims import signs
from geo.claims.signs import Seen, Sign
from geo.claims.timex import verb_tense
from geo.claims.words import table
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SURE = 0.5
"""Score from which a sentence claims a kind; the weights are fitted so that this is even odds."""
LONGEST = 2_000
"""Characters of a sentence that are judged; longer "sentences" are tables and debris."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim. ``colour`` and ``letter`` are how the map shows it."""

    name: str
    label: str
    letter: str
    colour: str
    definition: str
    signs: tuple[Sign, ...]
    bias: float
    weights: Mapping[str, float]
    encoder_weight: float = 0.0
    encoder_bias: float = 0.0


@dataclass(frozen=True, slots=True)
class KindJudgement:
    """That a sentence claims an event of ``kind``.

    ``score`` is calibrated: of sentences scored 0.8, about four in five claim it. ``words`` are the spans of the sentence
    that decided. ``planned`` also covers what was cancelled, postponed or refused.
    """

    kind: str
    score: float
    because: str
    words: tuple[Span, ...]
    planned: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of ``kinds.toml``."""
    data, weights = table("kinds"), table("weights")
    known = signs.groups(data["words"])
    return tuple(
        Kind(
            name,
            entry["label"],
            entry["letter"],
            entry["colour"],
            entry["definition"],
            tuple(signs.sign(one, known) for one in entry["signs"]),
            weights[name]["bias"],
            weights[name]["signs"],
            weights[name].get("encoder", {}).get("weight", 0.0),
            weights[name].get("encoder", {}).get("bias", 0.0),
        )
        for name, entry in data["kinds"].items()
    )


def judge(
    text: str, *, title: bool = False, doc: Doc | None = None, opinion: Mapping[str, float] | None = None
) -> tuple[KindJudgement, ...]:
    """The kinds that ``text``, one sentence, claims; empty when it claims none.

    ``title`` says that it is a headline. ``doc`` is its parse, if there is one; ``opinion`` the encoder's probability for
    each kind (``Encoder.kinds``), which is asked for when not given.
    """
    text = text[:LONGEST]
    doc = _parsed(text) if doc is None or len(doc.text) != len(text) else doc
    opinion = _opinion(text) if opinion is None else opinion
    found = ((kind, signs.seen(doc, kind.signs)) for kind in kinds())
    scored = ((kind, shown, score(kind, shown, opinion.get(kind.name))) for kind, shown in found)
    return tuple(_judgement(doc, kind, shown, odds) for kind, shown, odds in scored if odds >= SURE)


def scores(text: str, *, doc: Doc | None = None, opinion: Mapping[str, float] | None = None) -> dict[str, float]:
    """The score of every kind for ``text``, one sentence: 0 to 1."""
    text = text[:LONGEST]
    doc = _parsed(text) if doc is None or len(doc.text) != len(text) else doc
    opinion = _opinion(text) if opinion is None else opinion
    return {kind.name: score(kind, signs.seen(doc, kind.signs), opinion.get(kind.name)) for kind in kinds()}


def score(kind: Kind, shown: Sequence[Seen], opinion: float | None = None) -> float:
    """The probability that the log-odds of these signs (and of the encoder's opinion) come to."""
    total = kind.bias + sum(kind.weights.get(one.sign.name, 0.0) for one in shown)
    if opinion is not None:
        total = total + kind.encoder_bias + kind.encoder_weight * log_odds(opinion)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def log_odds(probability: float) -> float:
    """Its log-odds, kept within ±6."""
    kept = min(max(probability, 0.0025), 0.9975)
    return math.log(kept / (1 - kept))


def _parsed(text: str) -> Doc:
    from geo.model.grammar import Grammar

    return Grammar.shared().parse([text])[0]


def _opinion(text: str) -> dict[str, float]:
    """The encoder's opinion, if an encoder with heads for kinds is there."""
    return opinions([text])[0]


def opinions(texts: Sequence[str]) -> list[dict[str, float]]:
    """The encoder's probability of each kind for each text; empty where no such head is shipped."""
    if not any(kind.encoder_weight for kind in kinds()):
        return [{} for _ in texts]
    from geo.model.encoder import Encoder

    encoder: Any = Encoder.shared()
    return [{} for _ in texts] if encoder is None else list(encoder.kinds(texts))


def _judgement(doc: Doc, kind: Kind, shown: Sequence[Seen], odds: float) -> KindJudgement:
    speaking = sorted(
        (one for one in shown if kind.weights.get(one.sign.name, 0.0) > 0),
        key=lambda one: -kind.weights.get(one.sign.name, 0.0),
    )
    words = tuple(sorted({word for one in speaking[:3] for word in one.words}))
    return KindJudgement(kind.name, round(odds, 4), _because(doc, kind, speaking, shown), words, _planned(doc, words))


def _because(doc: Doc, kind: Kind, speaking: Sequence[Seen], shown: Sequence[Seen]) -> str:
    """For the reader: the strongest signs with their words, and what spoke against."""
    reasons = [f"{_quoted(doc, one)} {one.sign.says}" for one in speaking[:2]]
    if not reasons:
        return (
            f"The language model takes it for a claim of this kind ({kind.label.lower()}), though no listed word says so."
        )
    against = [one for one in shown if kind.weights.get(one.sign.name, 0.0) < -0.5]
    tail = f"; against it, {_quoted(doc, against[0])} {against[0].sign.says}" if against else ""
    text = "; ".join(reasons) + tail + "."
    return text[0].upper() + text[1:]


def _quoted(doc: Doc, one: Seen) -> str:
    text = doc.text
    return " … ".join(f"“{' '.join(word.of(text).split())}”" for word in sorted(set(one.words)))


def _planned(doc: Doc, words: Sequence[Span]) -> bool:
    """Whether what the words name lies ahead, or was put off, cancelled or refused."""
    marks = table("kinds")["planned"]
    for word in words:
        span = doc.char_span(word.start, word.end, alignment_mode="expand")
        if span is not None and _ahead(span.root, frozenset(marks["lemmas"])):
            return True
    return False


def _ahead(token: Token, marks: frozenset[str]) -> bool:
    """Whether the word, a modifier of it, or the verbs above it up to the clause say that it lies ahead."""
    if any(child.lemma_.lower() in marks for child in token.children):
        return True
    for _ in range(4):
        if token.lemma_.lower() in marks:
            return True
        if token.pos_ in ("VERB", "AUX") and verb_tense(token) == "future":
            return True
        if token.head.i == token.i or token.dep_ in ("ccomp", "advcl", "relcl", "parataxis"):
            return False
        token = token.head
    return False
