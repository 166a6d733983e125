"""Grammar that attributions and roles share: who does a verb, what a noun phrase is, where a clause ends.

Everything reads a parsed sentence (spaCy's dependency labels) and gives tokens or spans that count in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Token

from geo.text.span import Span

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl", "advcl", "parataxis", "relcl"})
QUOTES = frozenset('"“”„«»')
STOPS = frozenset({",", ";", ":", "(", ")", "—", "–", "--", "-", *QUOTES})


def span_of(tokens: Iterable[Token]) -> Span:
    """From the first to the last of these tokens."""
    kept = sorted(tokens, key=lambda t: t.i)
    return Span(kept[0].idx, kept[-1].idx + len(kept[-1]))


def phrase(head: Token) -> Span:
    """The noun phrase of ``head``: its modifiers and "of", "in", "at" complements, but no clause and no apposition."""
    kept = [head]
    for child in head.children:
        before = child.i < head.i and child.dep_ in {
            "det",
            "amod",
            "compound",
            "poss",
            "nummod",
            "nmod",
            "quantmod",
            "predet",
            "advmod",
            "case",
            "punct",
            "prep",
        }
        near = child.dep_ == "prep" and child.i > head.i and not any(t.dep_ in CLAUSES for t in child.subtree)
        joined = child.dep_ in {"conj", "cc"} and child.i > head.i and child.pos_ in {"NOUN", "PROPN", "CCONJ"}
        if before or near or (joined and child.i - head.i < 6) or child.dep_ == "case":
            kept.extend(child.subtree)
    run = [head]
    doc = head.doc
    for i in range(head.i + 1, max(t.i for t in kept) + 1):
        if doc[i].text in STOPS - {"-"}:
            break
        run.append(doc[i])
    for i in range(head.i - 1, min(t.i for t in kept) - 1, -1):
        if doc[i].text in STOPS - {"-"} or doc[i].ent_type_ in {"DATE", "TIME"}:
            break
        run.append(doc[i])
    while len(run) > 1 and max(run, key=lambda t: t.i).dep_ in {"cc", "prep"}:
        run.remove(max(run, key=lambda t: t.i))
    return span_of(run)


def segment(doc: Doc, at: int) -> Span:
    """The stretch between semicolons round character ``at``."""
    cuts = _cuts(doc)
    for start, end in pairwise(cuts):
        if start <= at < end:
            return Span(start, end)
    return Span(0, cuts[-1])


@lru_cache(maxsize=4)
def _cuts(doc: Doc) -> tuple[int, ...]:
    """Where the stretches between semicolons begin, and the text's end: asked for again and again of one sentence."""
    return (0, *(t.idx + 1 for t in doc if t.text == ";"), len(doc.text))


def negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in labels), None)


def agent(verb: Token) -> Token | None:
    """Who does it in "was told by X"; "said by telephone", which a parser may take for the same, tells nobody."""
    by = child(verb, "agent")
    active = child(verb, "nsubj") is not None and child(verb, "auxpass") is None
    return child(by, "pobj") if by is not None and not active else None


def subject(verb: Token, depth: int = 4) -> Token | None:
    """Who does what ``verb`` says, looked for through coordination, participles and relative clauses."""
    if depth == 0:
        return None
    by = agent(verb)
    if by is not None:
        return by
    own = child(verb, *SUBJECTS)
    if own is not None:
        return antecedent(verb) or own if own.tag_ in {"WP", "WDT"} else own
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ in {"acl", "relcl"} and head.pos_ not in VERBAL:
        return head
    if verb.dep_ == "pcomp" and head.head.pos_ in VERBAL:
        return subject(head.head, depth - 1)
    if verb.dep_ in {"conj", "xcomp", "advcl", "dep"} and head.pos_ in VERBAL:
        return subject(head, depth - 1)
    return None


def antecedent(verb: Token) -> Token | None:
    """What "who" or "which" of a relative clause stands for; a person when the clause says "who"."""
    while verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        verb = verb.head
    if verb.dep_ != "relcl":
        return None
    head = verb.head
    if head.ent_type_ in {"GPE", "LOC", "DATE", "ORG"} and any(c.lower_ == "who" for c in verb.children):
        person = [t for t in verb.doc[: head.i] if t.ent_type_ == "PERSON"]
        return person[-1] if person else head
    return head


def said_after(verb: Token) -> Token | None:
    """The speaker right after the verb when what is said stands before it: "..., said the protesters"."""
    doc = verb.doc
    if verb.i == 0 or not (doc[verb.i - 1].text in {",", "'", "’"} or doc[verb.i - 1].text[-1] in QUOTES):
        return None
    told = any(t.pos_ in VERBAL or t.text[-1] in QUOTES or t.text in {"'", "’"} for t in doc[: verb.i])
    if not told and verb.i + 1 < len(doc) and doc[verb.i + 1].pos_ == "DET":
        return None  # "The mayor, Ana Diaz, confirmed the sale.": nothing is said before it
    tokens: list[Token] = []
    for token in doc[verb.i + 1 :]:
        if token.text in STOPS - {"-"} or (token.is_punct and token.i == len(doc) - 1):
            break
        if token.pos_ in VERBAL or len(tokens) > 12:
            if tokens and token.dep_ in {"acl", "relcl"}:
                break
            return None
        if token.lower_ in {"who", "on", "in", "at", "during", "after", "while"} and tokens:
            break
        tokens.append(token)
    nouns = [t for t in tokens if t.pos_ in {"NOUN", "PROPN"}]
    if not nouns or verb.i < 4 or doc[verb.i + 1].pos_ in {"ADP", "SCONJ"}:
        return None
    return next((t for t in nouns if t.head not in tokens or t.head == t), nouns[-1])


def said_before(verb: Token) -> Token | None:
    """The speaker between a comma and a verb at the end: "..., the agency reported on Friday."."""
    doc = verb.doc
    tokens: list[Token] = []
    for token in reversed(doc[: before_aside(verb)]):
        if token.text == "," or token.text[-1] in QUOTES:
            break
        if token.pos_ == "AUX" or token.dep_ in {"aux", "neg", "advmod"}:
            continue
        if token.pos_ in VERBAL or token.text in STOPS or token.pos_ in {"SCONJ", "CCONJ"} or len(tokens) > 12:
            return None
        tokens.append(token)
    else:
        return None
    later = [t for t in doc[verb.i + 1 :] if (t.pos_ in VERBAL and t.tag_ != "VBG") or t.dep_ in SUBJECTS]
    if tokens and (tokens[-1].pos_ == "ADP" or tokens[-1].tag_ in {"WDT", "WP"}):
        return None  # "for his part denied": no noun stands there by itself
    nouns = [t for t in tokens if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} and t.dep_ != "nummod"]
    if any(t.tag_ == "VBG" for t in doc[verb.i + 1 :]):  # ", citing the spokesman": what follows is not what is said
        later = [t for t in later if t.i < next(v.i for v in doc[verb.i + 1 :] if v.tag_ == "VBG")]
    if not nouns or later:
        return None
    tops = (t for t in nouns if t.head in (verb, t) or (t.head.i > t.i and t.head not in tokens))
    outer = (t for t in reversed(nouns) if t.head not in tokens)
    return next(tops, None) or next(outer, nouns[0])


def before_aside(verb: Token) -> int:
    """The token before which to look for a verb's subject: before ", who asked not to be named," if that stands there."""
    doc, last = verb.doc, verb.i - 1
    if last < 2 or doc[last].text != ",":
        return verb.i
    for token in reversed(doc[max(0, last - 20) : last]):
        if token.text == ",":
            opens = doc[token.i + 1].lower_ in {"who", "which", "whose", "speaking", "himself", "herself", "asking"}
            return token.i if opens else verb.i
    return verb.i
