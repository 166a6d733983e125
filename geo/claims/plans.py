"""Whether an event that a sentence names lies ahead, or was put off, banned or refused, rather than having happened.

The event's own words are asked one by one: what stands with each, and the verbs over it. What the main clause tells beats
what a clause inside it tells, and of two things told side by side the one that happened is the sentence's event: "met the
king and will fly to Cairo" tells of a meeting that was held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from geo.claims.words import table
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

State = Literal["ahead", "done"]
CLIMB = 5
"""Steps from a word up to a verb that still tells whether it happened."""
BOUNDS = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})
"""Where a clause of its own begins, above which nothing is asked."""
ACTED_ON = frozenset({"dobj", "nsubjpass", "xcomp", "prep", "pobj", "attr", "acl", "pcomp", "oprd", "dative"})
"""How what a verb acts on hangs on it."""


def planned(doc: Doc, words: Sequence[Span], kind: str = "") -> bool:
    """Whether what ``words`` name (spans in the sentence ``doc``) is still to happen, or was called off or refused.

    Some words tell of a plan for every kind of event but ``kind`` (``[not_of]`` in ``plans.toml``).
    """
    spans = [doc.char_span(word.start, word.end, alignment_mode="expand") for word in words]
    roots = [span.root for span in spans if span is not None]
    if any(_is_denied(root) for root in roots):
        return False
    told = [(_depth(root), state) for root in roots if (state := _state(root, kind)) is not None]
    if not told:
        return False
    outermost = min(depth for depth, _ in told)
    return all(state == "ahead" for depth, state in told if depth == outermost)


@cache
def _words(kind: str, *path: str) -> frozenset[str]:
    """A list of ``plans.toml`` without what tells something else of this kind."""
    entry: Any = table("plans")
    for key in path:
        entry = entry[key]
    return frozenset(entry) - frozenset(table("plans")["not_of"].get(kind, ()))


def _state(token: Token, kind: str) -> State | None:
    """What the word's modifiers and the verbs above it tell of it."""
    for below, one in _way_up(token):
        verbal = one.pos_ in ("VERB", "AUX")
        found = _of_verb(one, below, kind) if verbal else _of_noun(one, below, kind)
        if found is not None:
            return found
    return None


def _way_up(token: Token) -> Iterator[tuple[Token | None, Token]]:
    """The word and what it hangs on, each with the word below it, as far as its clause reaches."""
    below: Token | None = None
    for _ in range(CLIMB):
        yield below, token
        if token.head.i == token.i or token.dep_ in BOUNDS:
            return
        below, token = token, token.head


def _depth(token: Token) -> int:
    """How many clauses that only add something stand between the word and the main clause."""
    return sum(one.dep_ in ("relcl", "advcl") for one in (token, *token.ancestors))


def _is_denied(token: Token) -> bool:
    """Whether somebody denies it: what did not happen at all was not planned either."""
    above = [token, *token.ancestors][: CLIMB + 1]
    return any(one.lemma_.lower() == "deny" for one in above)


# Nouns


def _of_noun(noun: Token, below: Token | None, kind: str) -> State | None:
    lemma = noun.lemma_.lower()
    if below is not None:
        return "ahead" if below.dep_ in ("prep", "acl") and lemma in _words(kind, "nouns", "is") else None
    if lemma in _words(kind, "nouns", "own"):
        return "ahead"
    marked = [child for child in noun.children if _marks(child, kind)]
    if not marked:
        return None
    after_all = _words(kind, "modifiers", "held_after_all")
    only_late = all(one.lower_.split("-")[-1] in after_all or one.dep_ in ("acl", "relcl") for one in marked)
    return None if only_late and _was_held(noun, kind) else "ahead"


def _marks(child: Token, kind: str) -> bool:
    """Whether a modifier of an event's noun puts it ahead or off: "planned", "due on Friday", "that was to begin"."""
    if child.dep_ in ("amod", "compound", "advmod", "npadvmod", "acomp"):
        lies_ahead = child.lower_.split("-")[-1] in _words(kind, "modifiers", "is")
        beside = child.lower_ == "next" and any(one.lower_ == "to" for one in child.children)  # "next to the church"
        return lies_ahead and not beside
    if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
        lemma = child.lemma_.lower()
        meant = lemma in _words(kind, "asking", "direct") and any(one.lower_ == "for" for one in child.children)
        return meant or lemma in _words(kind, "ahead") | _words(kind, "off")
    return child.dep_ == "relcl" and _of_verb(child, None, kind) == "ahead"


def _was_held(noun: Token, kind: str) -> bool:
    """Whether the verb over a noun tells that it was held: "the delayed summit opened", "flew to Oslo for the talks"."""
    below = noun.head if noun.dep_ == "pobj" else noun
    verb = below.head
    told = verb.pos_ in ("VERB", "AUX") and _is_past(verb) and not _is_negated(verb)
    return told and (_is_there(noun, kind) or _is_made(verb, below, kind))


def _is_there(noun: Token, kind: str) -> bool:
    """Whether the noun's verb says that it was held after all: "the delayed summit opened"."""
    verb = noun.head
    happened = verb.lemma_.lower() in _words(kind, "happening", "is") and not is_off(verb)
    return noun.dep_ in ("nsubj", "nsubjpass") and happened and _is_past(verb) and not _is_negated(verb)


# Verbs


def _of_verb(verb: Token, below: Token | None, kind: str) -> State | None:
    if _lies_ahead(verb, below, kind) or (_is_put_off(verb, kind) if below is None else _puts_off(verb, below, kind)):
        return "ahead"
    if not _is_past(verb) or _is_negated(verb):
        return None
    if below is None:
        return None if verb.lemma_.lower() in _words(kind, "happening", "light") else "done"
    return "done" if _is_there(below, kind) or _is_made(verb, below, kind) else None


def _lies_ahead(verb: Token, below: Token | None, kind: str) -> bool:
    """Whether the verb's form says that it is still to be done, or was not: "will meet", "is to meet", "never began"."""
    lemma, helpers = verb.lemma_.lower(), _helpers(verb)
    if helpers & _words(kind, "modals", "sure") or (helpers & _words(kind, "modals", "missed") and "have" in helpers):
        return True
    if helpers & _words(kind, "modals", "open") and (below is None or lemma in _words(kind, "happening", "is")):
        return True
    if lemma in _words(kind, "happening", "missed") and _is_negated(verb) and (below is None or below.dep_ != "dobj"):
        return True
    if "to" in helpers and _is_asked(verb, kind):
        return True
    still = [one for one in verb.children if one.dep_ == "xcomp" and "to" in _helpers(one)]
    if lemma == "be" and any(_is_asked(one, kind) for one in still):
        return True  # "a second round was to take place"
    said_of_it = [one for one in verb.children if one.dep_ in ("acomp", "oprd")]
    return any(one.lower_ in _words(kind, "modifiers", "is") for one in said_of_it)


def _is_put_off(verb: Token, kind: str) -> bool:
    """Whether the event's own word calls it off or announces it: "cancelled", "called off", "called a strike"."""
    before = (_words(kind, "ahead") - _words(kind, "only_with_more")) | _words(kind, "off")
    return is_off(verb) or _announces(verb, kind) or (verb.lemma_.lower() in before and verb.dep_ != "amod")


def _helpers(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}


def is_off(verb: Token) -> bool:
    """Whether a verb says with its particle that something is off: "called off", "fell through"."""
    with_it = {child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod", "prep")}
    return bool(with_it & set(table("plans")["particles"].get(verb.lemma_.lower(), ())))


def _announces(verb: Token, kind: str) -> bool:
    """ "Called a strike for Monday", "has called for a march", "announced a rally"."""
    objects = [one for one in verb.children if one.dep_ == "dobj" or (one.dep_ == "prep" and one.lower_ == "for")]
    return verb.lemma_.lower() in _words(kind, "asking", "direct") and bool(objects) and verb.dep_ in ("ROOT", "ccomp")


def _is_asked(verb: Token, kind: str) -> bool:
    """Whether an infinitive is what is planned, asked for or refused: "agreed to meet", "to meet in Jakarta"."""
    head = verb.head
    if head.i == verb.i:
        return True  # a headline: "Ministers to meet in Jakarta"
    if head.lemma_.lower() == "be":
        between = verb.doc[head.i + 1 : next(one.i for one in verb.children if one.lower_ == "to")]
        return all(one.pos_ in ("ADV", "PART") and one.lower_ != "there" for one in between)
    asking = _words(kind, "asking", "is") if head.pos_ == "VERB" else frozenset[str]()
    before = _words(kind, "ahead") | _words(kind, "off") | _words(kind, "nouns", "is") | asking
    if head.lower_ in _words(kind, "modifiers", "is") or (head.lemma_ == "go" and head.tag_ == "VBG"):
        return True
    if verb.dep_ in ("xcomp", "ccomp", "acl", "advcl", "dobj") and head.lemma_.lower() in before:
        return True
    return verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN") and verb.i > head.i


def _puts_off(verb: Token, below: Token, kind: str) -> bool:
    """Whether a verb plans, asks for, calls off or refuses what hangs on it as ``below``."""
    lemma, directly = verb.lemma_.lower(), _words(kind, "asking", "direct")
    if is_off(verb):
        return below.dep_ in ACTED_ON or below.dep_ == "nsubj"
    if below.dep_ == "prep":
        return below.lower_ in ("for", "on", "to", "against", "from") and lemma in directly
    if below.dep_ not in ACTED_ON:
        return False
    if lemma in _words(kind, "ahead") | _words(kind, "off"):
        return True
    called = any(child.dep_ in ("oprd", "acomp", "prt") for child in verb.children)  # "called it absurd", "set up"
    return lemma in directly and below.dep_ in ("dobj", "nsubjpass", "xcomp") and not called


def _is_past(verb: Token) -> bool:
    """Whether the verb is told as done or going on: "met", "has met", "was held", "are meeting"."""
    helpers = _helpers(verb)
    if "to" in helpers or helpers & {*table("plans")["modals"]["sure"], *table("plans")["modals"]["open"]}:
        return False
    return verb.tag_ == "VBD" or (verb.tag_ in ("VBN", "VBG") and (bool(helpers) or verb.dep_ in ("conj", "ROOT")))


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ == "never" for child in verb.children)


def _is_made(verb: Token, below: Token, kind: str) -> bool:
    """ "Held a vigil", "attended the talks", "flew to Oslo for talks"."""
    lemma = verb.lemma_.lower()
    if below.dep_ == "prep":
        return lemma in _words(kind, "happening", "travelling") and below.lower_ in ("for", "on")
    return below.dep_ in ("dobj", "nsubjpass") and lemma in _words(kind, "happening", "is")
