"""Hearsay: "allegedly", "is said to", "accused of", said by nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, Force, verbs
from geo.claims.clauses import SUBJECTS, agent, child, span_of
from geo.claims.words import table


def by_hedge(doc: Doc) -> Iterator[Attribution]:
    """ "Allegedly", "reportedly", "is said to", "the alleged payments": said, but by nobody in particular."""
    lists = table("voices")["hedges"]
    forces: tuple[Force, ...] = ("alleged", "reported")
    for token in doc:
        for force in forces:
            if token.lower_ in lists[f"{force}_adverbs"]:
                yield Attribution(force, span_of([token]), None, (span_of(clause_of(token.head)),))
            elif token.lower_ in lists[f"{force}_adjectives"] and token.dep_ == "amod":
                yield Attribution(force, span_of([token]), None, (span_of([token.head, *token.head.subtree]),))
            elif charged(token) and force == "alleged":
                yield Attribution(force, span_of([token]), None, (span_of([token.head, *token.subtree]),))
            elif token.lemma_.lower() in lists[f"{force}_passives"] and passive_hearsay(token):
                whole = [token.head] if token.dep_ == "acl" else []
                yield Attribution(force, span_of([token]), None, (span_of([*whole, *clause_of(token)]),))


def clause_of(verb: Token) -> list[Token]:
    """The verb with its own complements, without clauses coordinated to it that have a subject of their own."""
    dropped: set[int] = set()
    for c in verb.children:
        if c.dep_ == "conj" and any(g.dep_ in SUBJECTS or g.dep_ == "expl" for g in c.children):
            dropped.update(t.i for t in c.subtree)
    return [t for t in verb.subtree if t.i not in dropped] or [verb]


def charged(verb: Token) -> bool:
    """ "Four men accused of bringing rifles", "suspected of selling": charged by nobody named."""
    if verb.tag_ != "VBN" or (verbs().get(verb.lemma_.lower()) != "accuse" and verb.lemma_.lower() != "suspect"):
        return False
    doc, after = verb.doc, verb.i + 1
    over = ("of", "with", "for") if verb.lemma_ in {"blame", "indict", "fault"} else ("of", "with")
    return agent(verb) is None and after < len(doc) and doc[after].lower_ in over


def ahead(verb: Token) -> bool:
    """ "Is supposed to meet": arranged, and no hearsay as "is supposed to have met" is."""
    act = child(verb, "xcomp")
    return (
        act is not None
        and act.tag_ == "VB"
        and act.lemma_ != "be"
        and child(act, "aux", "auxpass") is not None
        and not any(c.lemma_ in {"have", "be"} for c in act.children if c.dep_ in {"aux", "auxpass"})
    )


def passive_hearsay(verb: Token) -> bool:
    """ "Is said to have ...", "said to have been taken", with nobody who says it."""
    if verb.lower_ == "supposed" and ahead(verb):
        return False
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"})
    return passive and verb.pos_ == "VERB" and agent(verb) is None and child(verb, "xcomp") is not None
