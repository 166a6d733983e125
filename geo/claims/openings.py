"""What stands before a report's first words and is no part of its sentence: a dateline, an hour, a number.

A parser takes "JAYAPURA, Indonesia, Aug 24 (Agency) - police said" for one noun phrase, and the town for who speaks. What
follows is parsed again by itself, and its attributions are counted in the whole sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, pattern
from geo.model.grammar import Grammar
from geo.text.span import Span

LONGEST = 130
"""Characters of a dateline."""


def opening(text: str) -> int:
    """Where a sentence begins behind its dateline, hour or number; 0 where it has none."""
    found = pattern("openings", "phrase").match(text, 0, LONGEST)
    return found.end() if found is not None and found.end() < len(text) - 1 else 0


def behind(doc: Doc, start: int, read: Callable[[Doc], Sequence[Attribution]]) -> tuple[Attribution, ...]:
    """The attributions of the sentence behind character ``start``, counted in ``doc``."""
    rest = Grammar.shared().parse([doc.text[start:]])[0]
    return tuple(_counted(one, doc, rest, start) for one in read(rest))


def _counted(one: Attribution, doc: Doc, rest: Doc, start: int) -> Attribution:
    head = _same(doc, rest[one.head], start) if one.head is not None else None
    return replace(
        one,
        cue=one.cue.shifted(start),
        speaker=one.speaker.shifted(start) if one.speaker is not None else None,
        scope=tuple(Span(s.start + start, s.end + start) for s in one.scope),
        via=one.via.shifted(start) if one.via is not None else None,
        head=head,
    )


def _same(doc: Doc, token: Token, start: int) -> int:
    """The index of the token that stands at the same place of the whole sentence."""
    at = token.idx + start
    return next((t.i for t in doc if t.idx <= at < t.idx + max(len(t), 1)), len(doc) - 1)
