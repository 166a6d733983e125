"""Attributions by the order of words, where the parse of a sentence has gone astray.

A parser takes "said on the radio that Caracas hands rifles" for a radio that hands rifles, and the verb behind a dateline
for an adjective. The words themselves are plain: a noun, a verb of speaking, "that"; "accused X of doing".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, verbs
from geo.claims.clauses import STOPS, VERBAL, phrase, segment, span_of
from geo.claims.hedges import by_hedge
from geo.claims.noun_cues import by_bearer, by_nothing, by_noun, by_proof, by_verdict
from geo.claims.phrase_cues import by_according, by_idiom, by_label, by_last_words, by_rumour, by_signature, by_view
from geo.claims.reach import clean
from geo.claims.sayers import left_of, name_of, speaks, told
from geo.claims.verb_cues import by_agent, by_calling, by_putting, by_quotation, by_verb
from geo.claims.words import table
from geo.text.span import Span

DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_TAIL = 14
"""Tokens of a speaker between the comma and the verb that close a sentence, or of an aside between dashes."""
LONGEST_INSET = 7
"""Tokens of a speaker and a verb between two commas."""
SHORT_TAIL = 7
"""Tokens after such a verb: a day, a place, whom it was told."""
REACH = 8
"""Tokens without a verb that may stand between a verb of speaking and its "that"."""
_ACCUSED = re.compile(
    r"\b(?:accused|accuses|accuse)\s+(?!of\b)(?:[^\s.;]+\s+){1,14}?of\s+(?=(?:\w+ly\s+)?\w+ing\b)", re.I
)


RULES: tuple[Callable[[Doc], Iterator[Attribution]], ...] = (
    by_verb,
    by_agent,
    by_calling,
    by_putting,
    by_quotation,
    by_according,
    by_view,
    by_idiom,
    by_rumour,
    by_label,
    by_signature,
    by_last_words,
    by_noun,
    by_proof,
    by_nothing,
    by_verdict,
    by_bearer,
    by_hedge,
)


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    """Every attribution of a parsed sentence, widest scope first; an outlet told anywhere is the speaker's ``via``."""
    found = [a for rule in RULES for a in rule(doc) if a.scope]
    spoke_to = next((via for t in doc if t.lemma_.lower() in {"speak", "talk"} and (via := told(t)[0]) is not None), None)
    if spoke_to is not None:
        found = [replace(a, via=phrase(spoke_to)) if a.via is None and a.speaker is not None else a for a in found]
    return tuple(sorted(found, key=lambda a: -a.width))


def heard_in(doc: Doc) -> tuple[Attribution, ...]:
    """Every attribution of a parsed sentence, by its grammar or else by its words, widest scope first."""
    found = attributions(doc)
    cues = [one.cue for one in found]
    more = [
        one
        for rule in (by_that, by_accusing, by_tail, by_inset)
        for one in rule(doc)
        if not any(one.cue.overlaps(cue) for cue in cues)
    ]
    return tuple(sorted([*found, *more], key=lambda one: -one.width)) if more else found


def by_that(doc: Doc) -> Iterator[Attribution]:
    """ "X, who …, said on the radio that …"."""
    for verb in doc:
        force = verbs().get(verb.lemma_.lower())
        if force not in ("neutral", "claim") or verb.pos_ not in VERBAL or verb.tag_ in ("VB", "VBG"):
            continue
        that = _that(verb)
        who = left_of(verb)
        if that is None or who is None:
            continue
        part = segment(doc, verb.idx)
        scope = clean(doc, [Span(that.idx, max(that.idx, part.end))], part, trailing=False)
        if scope:
            yield Attribution(force, span_of([verb]), name_of(who), scope, None, who.i)


def by_accusing(doc: Doc) -> Iterator[Attribution]:
    """ "X on Thursday accused Y of doing …"; not "men accused of doing"."""
    for match in _ACCUSED.finditer(doc.text):
        verb = next((t for t in doc if t.idx == match.start()), None)
        if verb is None or (verb.i and doc[verb.i - 1].lemma_ in ("be", "get")):
            continue
        who, part = left_of(verb), segment(doc, verb.idx)
        scope = clean(doc, [Span(verb.idx + len(verb), part.end)], part, trailing=False)
        if who is not None and scope:
            yield Attribution("accuse", span_of([verb]), name_of(who), scope, None, who.i)


def by_tail(doc: Doc) -> Iterator[Attribution]:
    """ "..., the governor of X charged on Tuesday": a noun and a verb of speaking that close what is said."""
    for verb in doc:
        force = verbs().get(verb.lemma_.lower()) or ("neutral" if verb.lemma_.lower() in parenthetical() else None)
        if force not in ("neutral", "claim", "accuse") or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP") or verb.i < 4:
            continue
        part = segment(doc, verb.idx)
        after = [t for t in doc[verb.i + 1 :] if t.idx < part.end and not t.is_punct]
        if len(after) > SHORT_TAIL or any(t.pos_ in VERBAL or t.dep_ == "agent" for t in after):
            continue
        comma = next((t.i for t in reversed(doc[: verb.i]) if t.text == "," or t.pos_ in VERBAL), None)
        if comma is None or doc[comma].text != "," or not 1 < verb.i - comma <= LONGEST_TAIL:
            continue
        name = doc[comma + 1 : verb.i]
        left = [t for t in doc[:comma] if t.idx >= part.start]
        head = next(
            (t for t in name if t.pos_ in ("NOUN", "PROPN", "PRON") and not any(a in name for a in t.ancestors)), None
        )
        if head is None or name[0].pos_ in ("ADP", "SCONJ", "CCONJ", "ADV") or not speaks(head):
            continue
        if any(t.pos_ in VERBAL and t.dep_ not in ("acl", "amod", "relcl", "advcl") for t in left):
            yield Attribution(force, span_of([verb]), span_of(name), (Span(part.start, doc[comma].idx),), None, head.i)


def by_inset(doc: Doc) -> Iterator[Attribution]:
    """ "The two men, detectives suspect, sold rifles": a noun and a verb between commas, however they are tagged."""
    commas = [t.i for t in doc if t.text == ","]
    for opens, closes in pairwise(commas):
        inset = doc[opens + 1 : closes]
        if not 2 <= len(inset) <= LONGEST_INSET:
            continue
        verb, who = inset[-1], inset[-2]
        lemma = next((form for form in forms_of(verb) if form in verbs() or form in parenthetical()), None)
        force = verbs().get(lemma, "neutral") if lemma is not None else None
        if force is None or force == "deny" or who.pos_ not in ("NOUN", "PROPN", "PRON") or not speaks(who):
            continue
        if verb.pos_ in ("VERB", "AUX") or plural_or_name(who):
            if inset[0].pos_ in ("ADP", "SCONJ", "CCONJ", "ADV") or any(t.pos_ in VERBAL for t in inset[:-1]):
                continue
            part = segment(doc, verb.idx)
            stretches = [Span(part.start, doc[opens].idx), Span(doc[closes].idx, part.end)]
            scope = clean(doc, stretches, part, trailing=True)
            yield Attribution(force, span_of([verb]), span_of(inset[:-1]), scope, None, who.i)


def forms_of(verb: Token) -> tuple[str, ...]:
    """What the lemma of a word may be, if it is a verb: the tagger's, the word, and the word without its "s"."""
    return (verb.lemma_.lower(), verb.lower_, verb.lower_.removesuffix("s"))


def plural_or_name(who: Token) -> bool:
    return who.tag_ in ("NNS", "NNPS", "NNP", "PRP")


def parenthetical() -> frozenset[str]:
    """Verbs that tell of speaking only beside what is said."""
    return frozenset(table("voices")["verbs"]["parenthetical"])


def _that(verb: Token) -> Token | None:
    for token in verb.doc[verb.i + 1 : verb.i + 2 + REACH]:
        if token.lower_ == "that":
            after = verb.doc[token.i + 1 : token.i + 2]
            return token if len(after) and after[0].pos_ not in VERBAL and token.i > verb.i else None
        if token.text in DASHES:
            closed = next((t.i for t in verb.doc[token.i + 1 : token.i + 2 + LONGEST_TAIL] if t.text == token.text), None)
            after = verb.doc[closed + 1 : closed + 2] if closed is not None else verb.doc[0:0]
            return after[0] if len(after) and after[0].lower_ == "that" else None
        if token.pos_ in VERBAL or token.text in STOPS:
            return None
    return None
