"""Attributions by a noun: "the charge that ...", "no evidence that ...", "a banner that reads ..."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, listed, nouns, pattern, verbs
from geo.claims.clauses import SUBJECTS, VERBAL, child, phrase, span_of, subject
from geo.claims.reach import marked, quoted_after
from geo.claims.sayers import speaks
from geo.claims.words import table
from geo.text.span import Span


def by_noun(doc: Doc) -> Iterator[Attribution]:
    """ "The charge that ...", "media reports that ...", "allegations of ..."."""
    for noun in doc:
        force = nouns().get(noun.lemma_.lower()) or ("claim" if raised(noun) else None)
        if force is None or (noun.pos_ != "NOUN" and not (noun.i == 0 and noun.pos_ == "PROPN")):
            continue
        if heard_of(noun):
            scope = span_of([t for c in noun.children if c.dep_ == "prep" and c.i > noun.i for t in c.subtree])
            yield Attribution("reported", span_of([noun]), None, (scope,))
            continue
        clauses = [
            c
            for c in noun.children
            if c.i > noun.i
            and (
                (c.dep_ in {"acl", "ccomp", "relcl"} and marked(c))
                or (c.dep_ == "prep" and c.lower_ == "of" and force != "neutral")
            )
        ]
        if not clauses:
            continue
        owner = next((c for c in noun.children if c.dep_ in {"poss", "nmod", "compound"} and c.i < noun.i), None)
        owner = owner or maker(noun)
        if owner is not None and owner.dep_ == "compound":
            owner = noun
        elif owner is None and noun.head.pos_ in VERBAL and noun.dep_ == "dobj" and brought_up(noun):
            owner = subject(noun.head)
        speaker = phrase(owner) if owner is not None else None
        if owner == noun and speaker is not None:
            speaker = Span(speaker.start, noun.idx + len(noun))
        scope = span_of([t for c in clauses for t in c.subtree])
        yield Attribution(force, span_of([noun]), speaker, (scope,), None, owner.i if owner is not None else None)


def heard_of(noun: Token) -> bool:
    """ "Persistent reports of rifles going to the rebels": heard by many, told by nobody in particular."""
    of = next((c for c in noun.children if c.i > noun.i and c.lower_ == "of" and c.dep_ == "prep"), None)
    owned = any(c.dep_ in {"poss", "nmod", "compound"} and c.i < noun.i for c in noun.children) or maker(noun) is not None
    return (
        of is not None and noun.tag_ == "NNS" and noun.lemma_.lower() in table("voices")["nouns"]["plural"] and not owned
    )


def brought_up(noun: Token) -> bool:
    """Whether the verb that has the noun for its object is one of telling it, and not "faces allegations that"."""
    verb = noun.head.lemma_.lower()
    return raised(noun) or verb in table("voices")["nouns"]["making"] or verb in verbs()


def maker(noun: Token) -> Token | None:
    """Who makes what the noun tells of: "claims by the opposition that ...", "a warning from residents that ..."."""
    by = next(
        (c for c in noun.children if c.i > noun.i and c.lower_ in {"by", "from"} and c.dep_ in {"prep", "agent"}), None
    )
    who = child(by, "pobj") if by is not None else None
    named = who is not None and (by is None or by.lower_ == "by" or who.ent_type_ not in {"GPE", "LOC"})
    return who if who is not None and named and speaks(who) else None


def raised(noun: Token) -> bool:
    """Whether a verb brings the noun up as something that may be so: "raised the possibility that"."""
    lists = table("voices")["nouns"]
    return noun.lemma_.lower() in lists["raised"] and noun.dep_ == "dobj" and noun.head.lemma_.lower() in lists["raising"]


def by_proof(doc: Doc) -> Iterator[Attribution]:
    """ "X has no proof that ...", "there is no evidence that ...": the clause is denied."""
    for noun in doc:
        if not (is_proof(noun) and any(c.lower_ == "no" for c in noun.children)):
            continue
        clauses = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "prep"}]
        clauses += [c for c in noun.head.children if c.i > noun.i and c.dep_ == "ccomp" and marked(c)]
        holder = subject(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ in VERBAL else None
        if clauses:
            scope = span_of([t for c in clauses for t in c.subtree])
            inner = noun.head.dep_ == "ccomp" and noun.head.head.lemma_.lower() in verbs()
            holder = None if inner else holder  # "X said that Y had no proof": it is X who denies
            who = holder if holder is not None and speaks(holder) else None
            yield Attribution(
                "deny", span_of([noun]), phrase(who) if who else None, (scope,), None, who.i if who else None
            )


def is_proof(noun: Token) -> bool:
    """Evidence and the like, or what could be: "no information to support them"."""
    lists = table("voices")["nouns"]
    if noun.lemma_.lower() in lists["proof"]:
        return True
    to = next((c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in lists["proving"]), None)
    return noun.lemma_.lower() in lists["knowing"] and to is not None


def by_nothing(doc: Doc) -> Iterator[Attribution]:
    """ "Found nothing to support the claim that ...": what nothing supports is denied."""
    for nothing in doc:
        if nothing.lower_ != "nothing":
            continue
        proving = next((c for c in nothing.children if c.lemma_ in table("voices")["nouns"]["proving"]), None)
        holder = subject(nothing.head) if nothing.head.pos_ in VERBAL else None
        if proving is not None:
            who = holder if holder is not None and speaks(holder) else None
            end = proving.right_edge
            scope = Span(proving.idx + len(proving), end.idx + len(end))
            yield Attribution(
                "deny", span_of([nothing]), phrase(who) if who else None, (scope,), None, who.i if who else None
            )


def by_verdict(doc: Doc) -> Iterator[Attribution]:
    """ "Reports that ... are an invention": the sentence itself calls what was said untrue."""
    for noun in doc:
        said_noun = noun.lemma_.lower() in nouns() or noun.lemma_.lower() in listed("tales")
        if not said_noun or noun.dep_ not in SUBJECTS or noun.head.lemma_ != "be":
            continue
        if not any(c.i > noun.i for c in noun.children):
            continue
        verdict = pattern("rebuttals", "names").search(doc.text, noun.head.idx)
        if verdict is not None and not any(c.dep_ == "neg" for c in noun.head.children):
            yield Attribution("deny", Span(*verdict.span()), None, (span_of(noun.subtree),))


def by_bearer(doc: Doc) -> Iterator[Attribution]:
    """ "Marchers held a sign that reads ...": things that speak for those who hold them."""
    for noun in doc:
        if noun.lemma_.lower() not in listed("bearers") or noun.pos_ != "NOUN":
            continue
        verb = next((t for t in doc[noun.i + 1 :] if t.lemma_ in {"read", "say", "proclaim"} and t.pos_ == "VERB"), None)
        own = child(verb, *SUBJECTS) if verb is not None else None
        if own is not None and own != noun and own.lower_ not in {"which", "that"}:
            continue  # "in a message, the preacher said": it is the preacher who speaks
        opened = quoted_after(doc, verb.idx) if verb is not None else []
        if verb is None or not opened:
            continue
        holder = subject(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ in VERBAL else None
        who = holder if holder is not None else noun
        yield Attribution("claim", span_of([verb]), phrase(who), tuple(opened), None, who.i)
