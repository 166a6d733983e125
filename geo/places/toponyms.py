"""The place names of a text: whole text in, exact spans out.

The encoder finds them where its weights are installed; else the gazetteer's names and spaCy's entities, weighed by the
words around them (spotting.py). Words for people ("Afghan"), persons ("Paris Hilton") and bodies named after a place
("Washington Post") are no place names. A name found for sure in one sentence is found in the others too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.model.encoder import Encoder, TaggedName
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.places.place import Toponym
from geo.places.spotting import spotted
from geo.places.stretches import apart
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST = 0.3  # probability of being a place name; below a half, for a name missed is worse than one too many
SURE = 0.8  # a name this sure makes the same words elsewhere in the text likelier
ECHO = 0.2  # ... so that this much is enough for them


def toponyms(text: str, *, grammar_doc: Doc | None = None) -> tuple[Toponym, ...]:
    """The place names of one text, in its order, never overlapping.

    ``grammar_doc`` is the text's spaCy document if the caller has one; it is only looked at when the encoder is absent.
    """
    return toponyms_of([text], grammar_docs=[grammar_doc])[0]


def toponyms_of(texts: Sequence[str], *, grammar_docs: Sequence[Doc | None] | None = None) -> list[tuple[Toponym, ...]]:
    """The same for many texts at once, which is faster."""
    encoder = Encoder.shared()
    if encoder is not None:
        return [_tagged(text, names) for text, names in zip(texts, encoder.toponyms(texts), strict=True)]
    docs = list(grammar_docs or [None] * len(texts))
    missing = [i for i, doc in enumerate(docs) if doc is None]
    for i, doc in zip(missing, Grammar.shared().parse([texts[i] for i in missing]), strict=True):
        docs[i] = doc
    gazetteer = Gazetteer.shared()
    return [_chosen(text, spotted(text, doc, gazetteer)) for text, doc in zip(texts, docs, strict=True)]


def _chosen(text: str, found: Sequence[tuple[Span, float]]) -> tuple[Toponym, ...]:
    """The probable ones; a name that is sure once is believed more readily elsewhere."""
    sure = {span.of(text) for span, p in found if p >= SURE}
    taken = [(span, p) for span, p in found if p >= (ECHO if span.of(text) in sure else LEAST)]
    return tuple(
        Toponym(span, round(p, 3), "a name of the gazetteer, by the words around it") for span, p in apart(taken)
    )


def _tagged(text: str, names: Sequence[TaggedName]) -> tuple[Toponym, ...]:
    """The encoder's names without words for people, trimmed to the name."""
    found: list[tuple[Span, float]] = []
    metonymy: dict[Span, float] = {}
    for name in names:
        span = _trimmed(text, Span(name.start, name.end))
        if span is not None and not name.demonym:
            found.append((span, name.score))
            metonymy[span] = name.metonymy
    return tuple(
        Toponym(span, round(p, 3), "found by the encoder", metonymy=round(metonymy[span], 3)) for span, p in apart(found)
    )


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without blanks, quotes, a leading "the" or an ending "'s"; ``None`` when nothing is left."""
    name = span.of(text)
    start = span.start + len(name) - len(name.lstrip(" \t\r\n,;:()[]\"“”‘’'"))
    name = text[start : span.end].rstrip(" \t\r\n,;:()[]\"“”‘’'")
    for tail in Vocabulary.shared().possessives:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            name = name[: -len(tail)]
            break
    if name[:4].lower() == "the " and len(name) > 4:
        start, name = start + 4, name[4:]
    return Span(start, start + len(name)) if any(c.isalpha() for c in name) else None
