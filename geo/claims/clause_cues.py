"""Attributions by a clause of its own: "as X explained, ...", "as announced by X", "jurors were told that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, Force, listed, verbs
from geo.claims.clauses import STOPS, SUBJECTS, VERBAL, agent, child, phrase, segment, span_of
from geo.claims.reach import clean, marked
from geo.claims.sayers import speaks
from geo.claims.words import table
from geo.text.span import Span

WIDEST = 14
"""Tokens between "as" and its verb."""


def by_as(doc: Doc) -> Iterator[Attribution]:
    """ "As the envoy explained, ...", "..., as reported by the Herald": the sentence around the clause is said."""
    for verb in doc:
        force = _of_as(verb)
        opens = next((c for c in verb.children if c.lower_ == "as" and 0 < verb.i - c.i <= WIDEST), None)
        if force is None or opens is None or child(verb, "dobj", "ccomp", "xcomp", "dative") is not None:
            continue
        if opens.i > 1 and doc[opens.i - 1].text not in STOPS:
            continue  # "threw flares as the mayor spoke": at the same time
        who = agent(verb) or child(verb, "nsubj")
        if who is None or not speaks(who):
            continue
        part = segment(doc, verb.idx)
        frame = span_of([opens, *(t for t in verb.subtree if t.i >= opens.i and _before_comma(verb, t))])
        stretches = [Span(part.start, max(part.start, frame.start)), Span(min(frame.end, part.end), part.end)]
        scope = clean(doc, stretches, part, trailing=frame.start > part.start + 2)
        if scope:
            yield Attribution(force, span_of([verb]), phrase(who), scope, None, who.i)


def _of_as(verb: Token) -> Force | None:
    """The force of a verb that can stand after "as" and pass on the sentence around it."""
    lemma = verb.lemma_.lower()
    if verb.pos_ not in VERBAL or lemma in listed("aloud"):
        return None
    known = verbs().get(lemma) or ("neutral" if lemma in table("voices")["verbs"]["embedding"] else None)
    return known if known in ("neutral", "claim") else None


def _before_comma(verb: Token, token: Token) -> bool:
    """Whether no comma parts a token from the verb it stands behind."""
    return token.i <= verb.i or not any(t.text == "," for t in verb.doc[verb.i : token.i + 1])


def by_common_view(doc: Doc) -> Iterator[Attribution]:
    """ "It is accepted by most observers that ...": theirs, whatever the verb."""
    for verb in doc:
        if verb.tag_ != "VBN":
            continue
        it, who = child(verb, "nsubjpass"), agent(verb)
        if it is None or it.lower_ != "it" or who is None or not speaks(who):
            continue
        clause = next((c for c in verb.children if c.i > who.i and (c.dep_ == "ccomp" or marked(c))), None)
        clause = clause or next((c for c in who.children if c.i > who.i and (marked(c) or c.dep_ == "relcl")), None)
        if clause is not None:
            yield Attribution("neutral", span_of([verb]), phrase(who), (span_of(clause.subtree),), None, who.i)


def by_being_told(doc: Doc) -> Iterator[Attribution]:
    """ "Jurors were told that ...": passed on by nobody who is named."""
    for verb in doc:
        if verb.lemma_.lower() not in listed("telling") or child(verb, "auxpass") is None or agent(verb) is not None:
            continue
        clause = next((c for c in verb.children if c.i > verb.i and (c.dep_ == "ccomp" or marked(c))), None)
        if clause is not None and (child(clause, *SUBJECTS) is not None or marked(clause)):
            yield Attribution("reported", span_of([verb]), None, (span_of(clause.subtree),))
