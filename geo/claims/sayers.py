"""Who speaks in an attribution, and who was told."""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.attribution import listed, nouns, outlet
from geo.claims.clauses import STOPS, SUBJECTS, agent, child, phrase, said_after, said_before, span_of, subject
from geo.text.span import Span

LONGEST_ASIDE = 25
"""Tokens of an aside between commas that may stand between a speaker and the verb."""
LONGEST_NAME = 10
NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON"})


def speaker_of(verb: Token) -> Token | None:
    """Who speaks: the object of "quote", the noun set after or before the verb at the end, else the subject."""
    if verb.lemma_ in {"quote", "cite"}:
        return child(verb, "nsubjpass") if any(c.dep_ == "auxpass" for c in verb.children) else child(verb, "dobj")
    if verb.dep_ == "pcomp" and verb.head.head.lemma_ in {"quote", "cite"}:
        return child(verb.head.head, "nsubjpass", "dobj")  # "was quoted by the paper as saying"
    own = first_subject(verb)
    if own is not None and own.lower_ == "which" and (paper := seen_by(verb)) is not None:
        return paper
    doc, beside = verb.doc, verb.doc[verb.i - 1] if verb.i else verb
    that = verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "that"
    astray = own is None or (own.i < beside.i and beside not in list(own.subtree))
    led = beside.left_edge.i > 0 and doc[beside.left_edge.i - 1].pos_ in {"ADP", "SCONJ"}  # "for his part", "after talks"
    if that and astray and not led and beside.pos_ in {"NOUN", "PROPN"}:
        return beside  # "media reports claim that ...", whatever the parser made of it
    if own is not None and quoted_apart(own, verb):
        hears = verb.lemma_.lower() in listed("hearer")
        return (None if hears else said_after(verb)) or said_before(verb) or name_before(verb)
    if own is not None and own.i < verb.i and verb.lemma_.lower() in listed("hearer"):
        return said_before(verb) or subject(verb)  # what follows "told" is the hearer
    if own is None and child(verb, "dobj", "dative") is not None and verb.lemma_.lower() in listed("hearer"):
        return said_before(verb) or subject(verb)
    own_first = own if own is not None and sum(c.dep_ in SUBJECTS for c in verb.children) > 1 else None
    return said_after(verb) or said_before(verb) or own_first or subject(verb)


def seen_by(verb: Token) -> Token | None:
    """The paper in "a memo, seen by the Herald, which says": the clause goes with it and not with who has seen it."""
    who = verb.head if verb.dep_ == "relcl" else None
    by = who.head if who is not None and who.dep_ == "pobj" else None
    seen = by.head if by is not None and by.dep_ == "agent" else None
    return seen.head if seen is not None and seen.dep_ in {"acl", "relcl"} and seen.head.pos_ == "NOUN" else None


def quoted_apart(own: Token, verb: Token) -> bool:
    """Whether a quotation closes between a verb and what the parser takes for its subject."""
    between = verb.doc[own.i : verb.i] if own.i < verb.i else verb.doc[0:0]
    return any(t.text in {"”", "»"} for t in between)


def name_before(verb: Token) -> Token | None:
    """The name between two commas before a verb: ", its envoy in Nairobi, Salih Omar, assured us"."""
    doc, last = verb.doc, verb.i - 1
    if last < 2 or doc[last].text != ",":
        return None
    first = last
    while first > 0 and doc[first - 1].pos_ == "PROPN":
        first -= 1
    return doc[last - 1] if first < last and doc[first - 1].text == "," else None


def first_subject(verb: Token) -> Token | None:
    """The subject; of two, the one before "after the talks", which the parser takes for another."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    marks = {c.i for c in verb.children if c.dep_ == "mark"}
    if len(own) > 1 and own[1].left_edge.i - 1 in marks:
        return own[0]
    return own[0] if own else None


def speaks(who: Token) -> bool:
    """Whether a thing can speak: people, groups, organisations, and things that speak for them; not "the charge"."""
    if who.tag_ in {"WDT", "WP", "EX"} or who.ent_type_ in {"DATE", "TIME"} or who.lower_ in listed("mute"):
        return False
    if who.lower_ == "it" and any(c.dep_ == "auxpass" for c in who.head.children):
        return False  # "it is said that"
    if who.pos_ == "NOUN" and nouns().get(who.lemma_.lower(), "neutral") != "neutral":
        return False
    return who.pos_ in {"PROPN", "PRON", "NOUN", "ADJ", "NUM", "DET", "X"}


def told(verb: Token) -> tuple[Token | None, list[Token]]:
    """The outlet that was told, and all tokens of the hearers."""
    passive = agent(verb) is not None
    if verb.lemma_.lower() in {"speak", "talk"}:
        to = next((c for c in verb.children if c.lower_ in {"to", "with"}), None)
        hearers = [c for c in to.children if c.dep_ == "pobj"] if to is not None else []
    elif verb.lemma_.lower() in listed("hearer"):
        hearers = [c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj") or c.dep_ == "dative"]
        hearers = [c for c in hearers if c.i > verb.i or passive]
    elif verb.lemma_ in {"quote", "cite"}:
        hearers = [c for c in verb.children if c.dep_ == "nsubj"]
    else:
        hearers = []
    via = next((h for h in hearers if outlet(phrase(h).of(verb.doc.text))), None)
    return via, [t for h in hearers for t in h.subtree if t.dep_ not in {"ccomp", "relcl"}]


def left_of(verb: Token) -> Token | None:
    """The noun or pronoun before a verb, over a date, an adverb, an auxiliary and one aside between commas."""
    doc, at = verb.doc, verb.i - 1
    while at >= 0 and (
        doc[at].ent_type_ in ("DATE", "TIME")
        or doc[at].pos_ in ("ADV", "AUX")
        or doc[at].lower_ in ("on", "in", "also", "both", "all", "each")
    ):
        at -= 1
    if at >= 0 and doc[at].text == ",":
        opened = next((i for i in range(at - 1, max(-1, at - LONGEST_ASIDE), -1) if doc[i].text == ","), None)
        if opened is None:
            return None
        at = opened - 1
    token = doc[at] if at >= 0 else None
    return token if token is not None and token.pos_ in ("NOUN", "PROPN", "PRON") and speaks(token) else None


def name_of(head: Token) -> Span:
    """The words of a noun and what stands right before it."""
    first = head
    for token in reversed(head.doc[max(0, head.i - LONGEST_NAME) : head.i]):
        if token.pos_ not in NAMING or token.text in STOPS:
            break
        first = token
    return span_of([first, head])
