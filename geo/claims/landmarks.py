"""Places that only tell of something else: a report's dateline, "north of X", where those it is about were seized before.

By these rules none of them is the scene of the event: each stays a mention.
"""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.parts import Part, Scene
from geo.claims.readings import Name, Use, conjunct, dateline, words
from geo.claims.scenes import clause, governing
from geo.claims.words import table


def headed(scene: Scene, name: Name, use: Use) -> Part | None:
    """The dateline of a report is where it was written; see ``filed`` for when it is more."""
    return Part("mention", 0.9, f"{use.because[:1].upper()}{use.because[1:]}.") if dateline(name) is not None else None


def landmark(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "In the hills near X", "north of X": a place by which another is found."""
    governor, word = governing(conjunct(name.head))
    if word == "of" or name.head.head.lower_ == "of":
        side = name.head.head.head if name.head.dep_ == "pobj" else governor
        if side.lemma_.lower() in words("said", "sides"):
            return Part("mention", 0.8, f'"{side.text} of {name.text}" tells where another place lies.')
    seat = governor.lemma_.lower() in words("said", "seats") and governor not in scene.events
    if seat and governor.dep_ != "nsubj" and not met_at(scene, governor):
        return Part("mention", 0.7, f"It tells where the {governor.text} has its seat.")
    if word == "near" and any(
        scene.doc.text[other.span.end : name.span.start].count(" ") < 9
        and other.span.end < name.span.start
        and "," in scene.doc.text[other.span.end : name.span.start]
        for other in scene.names
    ):
        return Part("mention", 0.7, f'"near {name.text}" tells where another place lies.')
    return None


def met_at(scene: Scene, seat: Token) -> bool:
    """Whether people met at a seat: "received the envoys at his headquarters in X"."""
    meets = scene.kind in table("roles")["meeting"]["kinds_hosted"]
    return meets and seat.dep_ == "pobj" and seat.head.lower_ in {"at", "in"} and clause(seat) in scene.events


def befallen(scene: Scene, name: Name, use: Use) -> Part | None:
    """Where those of whom it is about were seized or shot is not where others gather for them."""
    verb, word = governing(conjunct(name.head))
    told = verb.dep_ in {"acl", "relcl"} and verb.pos_ in VERBAL and word in words("actor", "spatial")
    if scene.flow or not told:
        return None
    noun = verb.head
    own = {verb, noun} & set(scene.events) or noun.dep_ in SUBJECTS or noun.lemma_.lower() in words("actor", "event")
    other = any(n.span.end < noun.idx and n.span != name.span and n.place is not None for n in scene.names)
    if own or not other or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    because = f'"{noun.text} {verb.text} {word} {name.text}" tells what befell the {noun.text} before.'
    return Part("mention", 0.75, because)
