"""What the rules of roles look at, a claim's sentence as a scene, and what they answer, the part of one place.

The rules themselves stand by what they tell of: venues.py (where it happened), landmarks.py (places that only tell
of something else), utterances.py (where words were said), homes.py (where people live or serve), passing.py (the way that
goods take) and concord.py (the parts of a sentence's places beside each other). roles.py asks them in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.readings import Name, Use, words
from geo.claims.speakers import Heard
from geo.claims.words import table
from geo.places.place import Role
from geo.text.span import Span

NOT_EVENTS = frozenset({"DATE", "TIME", "PERSON", "GPE", "LOC", "NORP", "ORG", "CARDINAL", "ORDINAL"})
"""Labels of entities whose words are never what happens."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules may look at: a claim's sentence, its deciding tokens, its names, and who says what in it."""

    doc: Doc
    kind: str
    events: tuple[Token, ...]
    names: tuple[Name, ...]
    uses: tuple[Use, ...]
    heard: tuple[Heard, ...]

    @property
    def flow(self) -> bool:
        """Whether the kind is one in which something passes from somebody to somebody."""
        return self.kind in table("roles")["flow"]["kinds"]


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one place: its role, how sure, and why."""

    role: Role
    score: float
    because: str


def event_tokens(doc: Doc, event_words: Sequence[Span]) -> tuple[Token, ...]:
    """Of the deciding words those that name what happens: not its day, nor the people who do it."""
    inside = [t for t in doc if any(w.start <= t.idx < w.end for w in event_words)]
    acts = [
        t
        for t in inside
        if t.pos_ in VERBAL | {"NOUN", "PROPN"}
        and t.ent_type_ not in NOT_EVENTS
        and t.lemma_.lower() not in words("home", "people")
        and not (t.dep_ in SUBJECTS and t.head in inside)
        and not says(t)
    ]
    for act in list(acts):  # "gathered to protest": the gathering is the event too
        if act.dep_ in {"xcomp", "advcl"} and any(c.lower_ == "to" for c in act.children) and act.head.pos_ in VERBAL:
            acts.append(act.head)
    return tuple(dict.fromkeys(acts)) or tuple(inside)


def says(token: Token) -> bool:
    """Whether a word is a verb of speaking with what is said after it, and so never what happens."""
    clause = any(c.dep_ == "ccomp" for c in token.children)
    return clause and token.pos_ in VERBAL and token.lemma_.lower() in speaking_verbs()


def span(token: Token) -> Span:
    """Where a token stands in its sentence."""
    return Span(token.idx, token.idx + len(token))


def pointed(name: Name) -> bool:
    """Whether the name is a known place that a point can stand for."""
    return name.place is not None and name.place.pointed


def act(token: Token) -> Token:
    """The verb of the clause a token stands in, gerunds after prepositions too: "jailed for flying pistols to X"."""
    while token.pos_ not in VERBAL and token.dep_ != "pcomp" and token.head != token:
        token = token.head
    return token


def along(one: Token, other: Token) -> bool:
    """Whether two words stand in clauses that go on after each other: "bought in Lima and posted to a gang in Quito"."""
    return bool(set(course(one)) & set(course(other)))


def course(token: Token) -> Iterator[Token]:
    """The verbs of a word's clause and of those that it goes on after, not of those that tell of its being said."""
    verb = act(token)
    yield verb
    while verb.dep_ in {"conj", "xcomp", "advcl", "relcl", "acl"} or onward(verb):
        verb = act(verb.head)
        yield verb


def onward(verb: Token) -> bool:
    """ "..., from where they were taken on": a clause after a place."""
    return verb.dep_ == "pcomp" and any(c.lower_ in {"where", "which"} for c in verb.children)
