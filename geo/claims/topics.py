"""What a gathering or a meeting is about: places that only its subject names, "to discuss the fighting in X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.parts import Part, Scene, act, pointed
from geo.claims.readings import Name, Use, beside, conjunct, use, words
from geo.claims.scenes import clause, governing

CLAUSE = frozenset({"acl", "relcl"})


def topic(scene: Scene, name: Name, using: Use) -> Part | None:
    """A place that only the subject of the talks or the grievance names is not where people met or marched."""
    if scene.flow or not using.free:
        return None
    aside = told_aside(scene, name)
    if aside is not None:
        because = f'"{aside.text}" tells what happened to the {aside.head.text} before, not where this happened.'
        return Part("mention", 0.75, because)
    about = subject_matter(scene, name)
    if about is None or not any(
        other.span != name.span and use(other).free and pointed(other) and plain(scene, other) for other in scene.names
    ):
        return None
    return Part("mention", 0.7, f'"{about.text}" leads to what it was about; the sentence names another place for it.')


def plain(scene: Scene, name: Name) -> bool:
    """Whether a name can be the scene as far as what it hangs on tells."""
    head = conjunct(name.head)
    held = head.dep_ == "pobj" and (head.head.lower_ in words("actor", "spatial") or governing(head)[1] in {"in", "at"})
    return held and told_aside(scene, name) is None and subject_matter(scene, name) is None


def told_aside(scene: Scene, name: Name) -> Token | None:
    """The verb of a clause about something that is neither the event nor its people: "a law passed by a court in X"."""
    for verb in clauses_above(name):
        noun = verb.head
        own = {verb, noun} & set(scene.events) or any(t in verb.subtree for t in scene.events)
        own = own or verb.lemma_.lower() in words("topic", "own")
        event = noun.dep_ in SUBJECTS or noun.lemma_.lower() in words("actor", "event") or is_ground(noun)
        if not own and not event and noun.i < verb.i and linked(scene, noun) is not None:
            return verb
    return None


def clauses_above(name: Name) -> Iterator[Token]:
    """The participles and relative clauses in which a name stands, the innermost first."""
    token = act(governing(conjunct(name.head))[0])
    while True:
        if token.dep_ in CLAUSE and token.head.pos_ in {"NOUN", "PROPN"} and token.i < name.head.i:
            yield token
        elif token.dep_ not in {"conj", "xcomp", "advcl", "ccomp", "pcomp"}:
            return
        if token.head == token:
            return
        token = act(token.head)


def subject_matter(scene: Scene, name: Name) -> Token | None:
    """The word that leads from the event to its subject in which the name stands: "over", "to discuss", "demanding"."""
    near = beside(name) or governing(conjunct(name.head))[0]
    if near in scene.events or near.pos_ not in {"NOUN", "PROPN", "VERB"} or is_ground(near):
        return None
    return linked(scene, near)


def linked(scene: Scene, token: Token) -> Token | None:
    """The first word above a token that makes it a subject matter, below the event itself."""
    while token not in scene.events and token.head != token:
        above = token.head
        if token.dep_ == "pobj" and above.lower_ in words("topic", "about") and not is_ground(token):
            return above if leads(scene, above) else None
        if token.dep_ in {"dobj", "ccomp", "pobj"} and above.lemma_.lower() in words("topic", "verbs"):
            return above
        token = above
    return None


def leads(scene: Scene, preposition: Token) -> bool:
    """Whether a preposition hangs on the event, on its clause or on a word of it."""
    above = preposition.head
    return any(above in (t, clause(t)) or t.head == above for t in scene.events) or above.pos_ in VERBAL | {"NOUN"}


def is_ground(noun: Token) -> bool:
    """Whether a noun is a street or a building, where one can stand, and no matter of dispute."""
    dated = noun.ent_type_ in {"DATE", "TIME"}
    return dated or noun.lemma_.lower() in words("actor", "ground") | words("said", "seats") | words("topic", "occasions")
