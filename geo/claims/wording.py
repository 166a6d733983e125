"""Attributions by the order of words, where the parse of a sentence has gone astray.

A parser takes "said on the radio that Caracas hands rifles" for a radio that hands rifles, and the verb behind a dateline
for an adjective. The words themselves are plain: a noun, a verb of speaking, "that"; "accused X of doing".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, attributions, clean, speaks, verbs
from geo.claims.clauses import STOPS, VERBAL, segment, span_of
from geo.text.span import Span

REACH = 8
"""Tokens without a verb that may stand between a verb of speaking and its "that"."""
LONGEST_ASIDE = 25
"""Tokens of an aside between commas that may stand between a speaker and the verb."""
LONGEST_NAME = 10
_ACCUSED = re.compile(
    r"\b(?:accused|accuses|accuse)\s+(?!of\b)(?:[^\s.;]+\s+){1,14}?of\s+(?=(?:\w+ly\s+)?\w+ing\b)", re.I
)
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON"})


def heard_in(doc: Doc) -> tuple[Attribution, ...]:
    """Every attribution of a parsed sentence, by its grammar or else by its words, widest scope first."""
    found = attributions(doc)
    cues = [one.cue for one in found]
    more = [one for rule in (by_that, by_accusing) for one in rule(doc) if not any(one.cue.overlaps(cue) for cue in cues)]
    return tuple(sorted([*found, *more], key=lambda one: -one.width)) if more else found


def by_that(doc: Doc) -> Iterator[Attribution]:
    """ "X, who …, said on the radio that …"."""
    for verb in doc:
        force = verbs().get(verb.lemma_.lower())
        if force not in ("neutral", "claim") or verb.pos_ not in VERBAL or verb.tag_ in ("VB", "VBG"):
            continue
        that = _that(verb)
        who = _speaker_left_of(verb)
        if that is None or who is None:
            continue
        part = segment(doc, verb.idx)
        scope = clean(doc, [Span(that.idx, max(that.idx, part.end))], part, trailing=False)
        if scope:
            yield Attribution(force, span_of([verb]), _name(who), scope, None, who.i)


def by_accusing(doc: Doc) -> Iterator[Attribution]:
    """ "X on Thursday accused Y of doing …"; not "men accused of doing"."""
    for match in _ACCUSED.finditer(doc.text):
        verb = next((t for t in doc if t.idx == match.start()), None)
        if verb is None or (verb.i and doc[verb.i - 1].lemma_ in ("be", "get")):
            continue
        who, part = _speaker_left_of(verb), segment(doc, verb.idx)
        scope = clean(doc, [Span(verb.idx + len(verb), part.end)], part, trailing=False)
        if who is not None and scope:
            yield Attribution("accuse", span_of([verb]), _name(who), scope, None, who.i)


def _that(verb: Token) -> Token | None:
    for token in verb.doc[verb.i + 1 : verb.i + 2 + REACH]:
        if token.lower_ == "that":
            after = verb.doc[token.i + 1 : token.i + 2]
            return token if len(after) and after[0].pos_ not in VERBAL and token.i > verb.i else None
        if token.pos_ in VERBAL or token.text in STOPS:
            return None
    return None


def _speaker_left_of(verb: Token) -> Token | None:
    """The noun or pronoun before a verb, over a date, an adverb, an auxiliary and one aside between commas."""
    doc, at = verb.doc, verb.i - 1
    while at >= 0 and (
        doc[at].ent_type_ in ("DATE", "TIME") or doc[at].pos_ in ("ADV", "AUX") or doc[at].lower_ in ("on", "in", "also")
    ):
        at -= 1
    if at >= 0 and doc[at].text == ",":
        opened = next((i for i in range(at - 1, max(-1, at - LONGEST_ASIDE), -1) if doc[i].text == ","), None)
        if opened is None:
            return None
        at = opened - 1
    token = doc[at] if at >= 0 else None
    return token if token is not None and token.pos_ in ("NOUN", "PROPN", "PRON") and speaks(token) else None


def _name(head: Token) -> Span:
    """The words of a noun and what stands right before it."""
    first = head
    for token in reversed(head.doc[max(0, head.i - LONGEST_NAME) : head.i]):
        if token.pos_ not in _NAMING or token.text in STOPS:
            break
        first = token
    return span_of([first, head])
