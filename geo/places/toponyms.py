"""The place names of a text: whole text in, exact spans out.

The gazetteer's names, the encoder's where its weights are installed, and spaCy's entities are weighed together with the
words around them (spotting.py). Words for people ("Afghan"), persons ("Paris Hilton") and bodies named after a place
("Washington Post") are no place names. A name found for sure in one sentence is found more readily in the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.model.encoder import Encoder, Tagging
from geo.places.gazetteer import Gazetteer
from geo.places.place import Toponym
from geo.places.spotting import findings, spotted
from geo.places.stretches import apart
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST = 0.17  # probability of being a place name; below a half, for a name missed is worse than one too many
SURE = 0.8  # a name this sure makes the same words elsewhere in the text likelier
ECHO = 0.1  # ... so that this much is enough for them


def toponyms(text: str, *, grammar_doc: Doc | None = None) -> tuple[Toponym, ...]:
    """The place names of one text, in its order, never overlapping.

    ``grammar_doc`` is the text's spaCy document if the caller has one: it helps, and is needed without the encoder.
    """
    return toponyms_of([text], grammar_docs=[grammar_doc])[0]


def tagged_by_encoder(texts: Sequence[str]) -> list[Tagging] | None:
    """What the encoder says of each text; ``None`` where its weights are not installed."""
    encoder = Encoder.shared("places")
    return None if encoder is None else encoder.taggings(texts)


def toponyms_of(
    texts: Sequence[str],
    *,
    grammar_docs: Sequence[Doc | None] | None = None,
    taggings: Sequence[Tagging] | None = None,
) -> list[tuple[Toponym, ...]]:
    """The same for many texts at once, which is faster; ``taggings`` are what the encoder said of them."""
    gazetteer = Gazetteer.shared()
    taggings = taggings if taggings is not None else tagged_by_encoder(texts)
    docs = list(grammar_docs or [None] * len(texts))
    if taggings is None:
        from geo.model.grammar import Grammar  # spaCy takes a second to load, and with the encoder nothing here asks it

        missing = [i for i, doc in enumerate(docs) if doc is None]
        for i, doc in zip(missing, Grammar.shared().parse([texts[i] for i in missing]), strict=True):
            docs[i] = doc
        return [
            chosen(text, spotted(text, doc, gazetteer), "known to the gazetteer, and a place by the words around it")
            for text, doc in zip(texts, docs, strict=True)
        ]
    return [
        _read(chosen(text, spotted(text, doc, gazetteer, tagged), "found by encoder and gazetteer"), text, tagged)
        for text, doc, tagged in zip(texts, docs, taggings, strict=True)
    ]


def chosen(text: str, found: Sequence[tuple[Span, float]], because: str) -> tuple[Toponym, ...]:
    """The probable ones; a name that is sure once is believed more readily elsewhere."""
    sure = {span.of(text) for span, p in found if p >= SURE}
    taken = [(span, p) for span, p in found if p >= (ECHO if span.of(text) in sure else LEAST)]
    return tuple(Toponym(span, round(p, 3), because) for span, p in apart(taken))


def _read(names: Sequence[Toponym], text: str, tagged: Tagging) -> tuple[Toponym, ...]:
    """The names with the encoder's reading of each: a place, or those who act there."""
    seen = findings(text, None, tagged, Gazetteer.shared())
    out = []
    for name in names:
        reading = [seen.tagged[span].metonymy for span in seen.tagged_order.touching(name.span)] if seen.tagged else []
        metonymy = round(reading[0], 3) if reading else None
        out.append(Toponym(name.span, name.score, name.because, metonymy))
    return tuple(out)
