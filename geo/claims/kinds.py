"""Which kinds of event a sentence claims, how surely, and by which words.

The kinds are data: ``kinds.toml`` has each kind's definition, words and signs, ``weights.toml`` what each sign weighs. A
kind's score is one sum of log-odds over the signs that the sentence shows and, where they leave doubt, over the belief of
the encoder's head for kinds; the reason names what decided. A fourth kind is added there, without touching this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.claims import signs
from geo.claims.plans import planned
from geo.claims.signs import Seen, Sign
from geo.claims.words import table
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

SURE = 0.5
"""Score from which a sentence claims a kind; the weights are fitted so that this is even odds."""
SETTLED = 0.98
"""Score by the signs alone of any kind from which the encoder is not asked: reading a sentence costs it 10 to 20 ms."""
SHORTEST = 3
"""Words without which the encoder is not asked either."""
NEAR = 0.15
"""Score from which a kind that is not claimed is named as a rival that lost."""
NEVER = 1_000
"""Sentences since the kind was claimed where it was not."""
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
    encoder_enough: float = 0.8

    @property
    def own(self) -> tuple[Sign, ...]:
        """The signs that a sentence shows by itself."""
        return tuple(sign for sign in self.signs if not sign.after)

    def carried(self, back: int) -> tuple[Sign, ...]:
        """The signs that count in a sentence when ``back`` sentences before it the kind was claimed."""
        return tuple(sign for sign in self.signs if sign.after >= back)


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
            **{f"encoder_{key}": value for key, value in weights[name].get("encoder", {}).items()},
        )
        for name, entry in data["kinds"].items()
    )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A kind for one sentence: the signs shown, the score they come to alone, the encoder's belief if it was asked."""

    kind: Kind
    shown: tuple[Seen, ...]
    alone: float
    belief: float | None = None

    @property
    def score(self) -> float:
        return score(self.kind, self.shown, self.belief)


def judge(
    text: str, *, title: bool = False, doc: Doc | None = None, opinion: Mapping[str, float] | None = None
) -> tuple[KindJudgement, ...]:
    """The kinds that ``text``, one sentence, claims; empty when it claims none.

    ``title`` says that it is a headline. ``doc`` is its parse, if there is one; ``opinion`` the encoder's probability for
    each kind (``opinions``), which is asked for when not given.
    """
    doc = _parsed(text, doc)
    return _judged(doc, _weighed(doc, opinion))


def judge_all(docs: Sequence[Doc]) -> list[tuple[KindJudgement, ...]]:
    """The kinds that each parsed sentence of one text claims, in its order.

    The encoder reads the doubtful ones together, which is faster. A sentence that goes on with what one just before it
    claims needs fewer signs of its own.
    """
    docs = [_parsed(doc.text, doc) for doc in docs]
    by_signs = [_by_signs(doc) for doc in docs]
    unsettled = [i for i, doc in enumerate(docs) if _doubtful(doc, by_signs[i])]
    asked = dict(zip(unsettled, opinions([docs[i].text for i in unsettled]), strict=True))
    believed = (_believed(by_signs[i], asked.get(i, {})) for i in range(len(docs)))
    return [_judged(doc, found) for doc, found in zip(docs, _going_on(docs, believed), strict=True)]


def _going_on(docs: Sequence[Doc], found: Iterable[Sequence[Weighed]]) -> Iterator[tuple[Weighed, ...]]:
    """The sentences, those that claim nothing weighed anew with the signs that count after one that does."""
    claimed: dict[str, int] = {}
    for number, (doc, kinds_found) in enumerate(zip(docs, found, strict=True)):
        if all(one.score < SURE for one in kinds_found):
            kinds_found = [_carried(doc, one, number - claimed.get(one.kind.name, -NEVER)) for one in kinds_found]
        weighed = tuple(kinds_found)
        claimed.update({one.kind.name: number for one in weighed if one.score >= SURE})
        yield weighed


def _carried(doc: Doc, one: Weighed, back: int) -> Weighed:
    """The kind weighed for a sentence ``back`` sentences after one that claims it."""
    going_on = tuple(signs.seen(doc, one.kind.carried(back)))
    if sum(one.kind.weights.get(seen.sign.name, 0.0) for seen in going_on) <= 0:
        return one
    # An encoder that reads the sentence alone cannot know that it goes on with something.
    belief = one.belief if one.score > one.alone else None
    return replace(one, shown=one.shown + going_on, belief=belief)


def scores(text: str, *, doc: Doc | None = None, opinion: Mapping[str, float] | None = None) -> dict[str, float]:
    """The score of every kind for ``text``, one sentence: 0 to 1."""
    return {one.kind.name: one.score for one in _weighed(_parsed(text, doc), opinion)}


def score(kind: Kind, shown: Sequence[Seen], belief: float | None = None) -> float:
    """The probability that the log-odds of these signs come to, from the bias or, if there is one, the encoder's belief.

    The belief takes the place of the bias: ``encoder_enough`` of it makes even odds of a sentence without any sign.
    """
    start = kind.bias
    if belief is not None and kind.encoder_weight:
        start = kind.encoder_weight * (log_odds(belief) - log_odds(kind.encoder_enough))
    total = start + sum(kind.weights.get(one.sign.name, 0.0) for one in shown)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _weighed(doc: Doc, opinion: Mapping[str, float] | None) -> tuple[Weighed, ...]:
    found = _by_signs(doc)
    if not _doubtful(doc, found):
        return found
    return _believed(found, opinions([doc.text])[0] if opinion is None else opinion)


def _by_signs(doc: Doc) -> tuple[Weighed, ...]:
    held = signs.Held.of(doc)
    found = ((kind, tuple(signs.seen(held, kind.own))) for kind in kinds())
    return tuple(Weighed(kind, shown, score(kind, shown)) for kind, shown in found)


def _doubtful(doc: Doc, found: Sequence[Weighed]) -> bool:
    """Whether the encoder is asked too: no kind is settled by signs, and there is a sentence to read."""
    return len(doc) >= SHORTEST and all(one.alone < SETTLED for one in found)


def _believed(found: Sequence[Weighed], opinion: Mapping[str, float]) -> tuple[Weighed, ...]:
    return tuple(replace(one, belief=opinion.get(one.kind.name)) for one in found)


def _judged(doc: Doc, found: Sequence[Weighed]) -> tuple[KindJudgement, ...]:
    lost = tuple(one for one in found if NEAR <= one.score < SURE)
    return tuple(_judgement(doc, one, lost) for one in found if one.score >= SURE)


def log_odds(probability: float) -> float:
    """Its log-odds, kept within ±6."""
    kept = min(max(probability, 0.0025), 0.9975)
    return math.log(kept / (1 - kept))


def _parsed(text: str, doc: Doc | None) -> Doc:
    """The parse of as much of the sentence as is judged."""
    from geo.model.grammar import Grammar

    text = text[:LONGEST]
    return doc if doc is not None and len(doc.text) == len(text) else Grammar.shared().parse([text])[0]


def opinions(texts: Sequence[str]) -> list[dict[str, float]]:
    """The encoder's probability of each kind for each text; empty where no such head is shipped."""
    if not any(kind.encoder_weight for kind in kinds()):
        return [{} for _ in texts]
    from geo.model.encoder import Encoder

    encoder: Any = Encoder.shared("kinds")
    return [{} for _ in texts] if encoder is None else list(encoder.kinds(texts))


def _judgement(doc: Doc, one: Weighed, lost: Sequence[Weighed]) -> KindJudgement:
    weights = one.kind.weights
    speaking = sorted(
        (seen for seen in one.shown if weights.get(seen.sign.name, 0.0) > 0),
        key=lambda seen: -weights.get(seen.sign.name, 0.0),
    )
    words = tuple(sorted({word for seen in speaking[:3] for word in seen.words})) or _main_verb(doc)
    because = _because(doc, one, speaking, lost)
    return KindJudgement(one.kind.name, round(one.score, 4), because, words, planned(doc, words, one.kind.name))


def _main_verb(doc: Doc) -> tuple[Span, ...]:
    """Where the event is looked for when only the encoder found it: the main verb, or that of what is said."""
    token = next((one for one in doc if one.dep_ == "ROOT"), None)
    if token is None:
        return ()
    saying = frozenset(table("kinds")["words"]["saying"]["is"])
    for _ in range(3):
        below = (child for child in token.children if child.dep_ in ("ccomp", "parataxis") and child.pos_ == "VERB")
        told = next(below, None)
        if told is None or token.lemma_.lower() not in saying:
            break
        token = told
    return (Span(token.idx, token.idx + len(token)),)


def _because(doc: Doc, one: Weighed, speaking: Sequence[Seen], lost: Sequence[Weighed]) -> str:
    """For the reader: the strongest signs with their words, what spoke against, the encoder where it decided, and the
    kinds that were near and lost.
    """
    reasons = [f"{_quoted(doc, seen)} {seen.sign.says}" for seen in speaking[:2]]
    if one.belief is not None and one.alone < SURE:
        judged = f"the trained language model takes the sentence for a claim of this kind ({one.belief:.0%} sure)"
        reasons = [judged, *(f"in it, {reason}" for reason in reasons[:1])]
    against = [seen for seen in one.shown if one.kind.weights.get(seen.sign.name, 0.0) < -0.5]
    tail = f"; against it, {_quoted(doc, against[0])} {against[0].sign.says}" if against else ""
    rivals = " and ".join(f"{other.kind.label.lower()} ({other.score:.0%})" for other in lost)
    text = "; ".join(reasons) + tail + (f"; weighed as well, and lost: {rivals}" if rivals else "") + "."
    return text[0].upper() + text[1:]


def _quoted(doc: Doc, one: Seen) -> str:
    text = doc.text
    return " … ".join(f"“{' '.join(word.of(text).split())}”" for word in sorted(set(one.words)))
