"""Attributions by the order of words, where the parse of a sentence has gone astray.

A parser takes "said on the radio that Caracas hands rifles" for a radio that hands rifles, and the verb behind a dateline
for an adjective. The words themselves are plain: a noun, a verb of speaking, "that"; "accused X of doing".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, nouns, verbs
from geo.claims.clause_cues import by_as, by_being_told, by_common_view
from geo.claims.clauses import STOPS, VERBAL, child, phrase, segment, span_of
from geo.claims.closing_cues import by_inset, by_tail
from geo.claims.hedges import by_hedge
from geo.claims.noun_cues import by_bearer, by_nothing, by_noun, by_proof, by_verdict
from geo.claims.openings import behind, opening
from geo.claims.phrase_cues import by_according, by_idiom, by_label, by_last_words, by_rumour, by_signature, by_view
from geo.claims.reach import clean
from geo.claims.sayers import left_of, name_of, told
from geo.claims.verb_cues import by_agent, by_calling, by_putting, by_quotation, by_verb
from geo.text.span import Span

DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_ASIDE = 14
"""Tokens of an aside between dashes."""
REACH = 8
"""Tokens without a verb that may stand between a verb of speaking and its "that"."""
_ACCUSED = re.compile(
    r"\b(?:accused|accuses|accuse)\s+(?!of\b)(?:[^\s.;]+\s+){1,14}?of\s+(?=(?:\w+ly\s+)?\w+ing\b)", re.I
)

_CLAIMED = re.compile(r"\b[a-z]{4,14}, (?!and\b|but\b|or\b)[^,;.]{3,80}, that (?=\S)")

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
    by_as,
    by_being_told,
    by_common_view,
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
    start = opening(doc.text)
    if start:
        return behind(doc, start, heard_in)
    tails = tuple(by_tail(doc))
    found = tuple(one for one in attributions(doc) if not any(nearer(tail, one) for tail in tails))
    cues = [one.cue for one in found]
    more = [
        one
        for told in (by_that(doc), by_accusing(doc), tails, by_inset(doc), by_claim(doc))
        for one in told
        if not any(one.cue.overlaps(cue) for cue in cues)
    ]
    return tuple(sorted([*found, *more], key=lambda one: -one.width)) if more else found


def nearer(tail: Attribution, one: Attribution) -> bool:
    """Whether the words before a closing verb name somebody nearer than whom the parse makes its subject."""
    if not tail.cue.overlaps(one.cue) or tail.speaker is None:
        return False
    return one.speaker is None or one.speaker.start > one.cue.start or one.speaker.end < tail.speaker.start


def by_that(doc: Doc) -> Iterator[Attribution]:
    """ "X, who …, said on the radio that …"."""
    for verb in doc:
        force = verbs().get(verb.lemma_.lower())
        if force not in ("neutral", "claim") or verb.pos_ not in VERBAL or verb.tag_ in ("VB", "VBG"):
            continue
        if child(verb, "auxpass") is not None:
            continue
        that = _that(verb)
        who = left_of(verb)
        if that is None or who is None:
            continue
        part = segment(doc, verb.idx)
        scope = clean(doc, [Span(that.idx, max(that.idx, part.end))], part, trailing=False)
        if scope:
            yield Attribution(force, span_of([verb]), name_of(who), scope, None, who.i)


def by_claim(doc: Doc) -> Iterator[Attribution]:
    """ "The claim, repeated daily on the radio, that ...": the noun and its clause, an aside between them."""
    text = doc.text
    for match in _CLAIMED.finditer(text) if ", that " in text else ():
        noun = next((t for t in doc if t.idx == match.start()), None)
        force = nouns().get(noun.lemma_.lower()) if noun is not None else None
        if noun is not None and force is not None and noun.pos_ == "NOUN":
            part = segment(doc, match.end())
            scope = clean(doc, [Span(match.end(), part.end)], part, trailing=False)
            if scope:
                yield Attribution(force, span_of([noun]), None, scope)


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


def _that(verb: Token) -> Token | None:
    for token in verb.doc[verb.i + 1 : verb.i + 2 + REACH]:
        if token.lower_ == "that":
            after = verb.doc[token.i + 1 : token.i + 2]
            return token if len(after) and after[0].pos_ not in VERBAL and token.i > verb.i else None
        if token.text in DASHES:
            closed = next(
                (t.i for t in verb.doc[token.i + 1 : token.i + 2 + LONGEST_ASIDE] if t.text == token.text), None
            )
            after = verb.doc[closed + 1 : closed + 2] if closed is not None else verb.doc[0:0]
            return after[0] if len(after) and after[0].lower_ == "that" else None
        if token.pos_ in VERBAL or token.text in STOPS:
            return None
    return None
