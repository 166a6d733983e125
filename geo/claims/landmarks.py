"""Places that only tell of something else: a dateline, "north of X", "X Avenue", where somebody was tried for it.

By these rules none of them is the scene of the event: each stays a mention.
"""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.homes import speaks_in
from geo.claims.parts import Part, Scene, act, course
from geo.claims.readings import Name, Use, beside, conjunct, dateline, words
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
    if seat and governor.dep_ != "nsubj" and not met_at(scene, governor) and not gathered_at(scene, governor):
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
    here = seat.dep_ == "pobj" and seat.head.lower_ in {"at", "in", "with", "of", "between"}
    return meets and here and (clause(seat) in scene.events or seat.head.head in scene.events)


def gathered_at(scene: Scene, seat: Token) -> bool:
    """Whether people gathered before a seat: "in front of the office in X", "marched on the mission in X"."""
    crowd = scene.kind in table("roles")["meeting"]["kinds_joined"]
    return crowd and not speaks_in(seat) and any(act(seat) in course(t) for t in scene.events)


def shown(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "The rifles were shown to reporters in X": those who look on get nothing."""
    governor, word = governing(conjunct(name.head))
    if not scene.flow or not use.free or word not in words("actor", "spatial"):
        return None
    for people in (beside(name), governor):
        if people is not None and people.dep_ == "pobj" and people.lemma_.lower() in words("said", "audience"):
            return Part("voiced_at", 0.75, f"It was shown or told to the {people.text} there.")
    verb = act(governor)
    if word in {"in", "at"} and verb.lemma_.lower() in words("said", "showing") and verb.i < name.head.i:
        return Part("voiced_at", 0.7, f'"{verb.text} {word} {name.text}" tells where it was shown.')
    return None


def tried(scene: Scene, name: Name, use: Use) -> Part | None:
    """Where people are arrested, tried or held for bringing goods is not where the goods went."""
    governor, word = governing(conjunct(name.head))
    if not scene.flow or not use.free or word not in words("actor", "spatial"):
        return None
    near = beside(name)
    body = near or governor
    if body.lemma_.lower() in words("said", "courts") and body.dep_ in SUBJECTS:
        return Part("speaker_home", 0.75, f"It tells where the {body.text} is; the {body.text} neither gives nor gets.")
    gets = near is not None and near.dep_ == "pobj" and near.head.lower_ in words("flow", "for_whom")
    verb = act(governor)
    if gets or verb.i > name.head.i or not before_the_law(scene, verb, [t for t in (near, governor) if t is not None]):
        return None
    return Part("mention", 0.75, f'"{verb.text} {word} {name.text}" tells where people were held or tried for it.')


def before_the_law(scene: Scene, verb: Token, nouns: list[Token]) -> bool:
    """Whether a verb or a noun beside the place tells of arrest or trial: "stood trial", "was held"."""
    if any(t.lemma_.lower() in words("said", "trying") and (t == verb or t.pos_ == "NOUN") for t in (verb, *nouns)):
        return True
    if any(t.lemma_.lower() == "trial" for c in verb.children if c.dep_ == "prep" for t in c.children):
        return True
    return verb.lemma_ == "hold" and any(c.dep_ == "nsubjpass" and c not in scene.events for c in verb.children)


def namesake(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Rizal Avenue" is a street that bears a province's name."""
    last = name.text.split()[-1].lower() if " " in name.text else ""
    town = name.place is not None and name.place.kind not in {"site", "land", "water", "region"}
    if town and last in words("actor", "roads") | words("actor", "buildings"):
        return Part("mention", 0.8, f'"{name.text}" only bears the name of {name.place.name if name.place else ""}.')
    return None


def ceremonial(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "The band played a march in X", "cadets marched past the general in X": a parade has no marker of a protest."""
    word = pomp(scene)
    return Part("mention", 0.7, f'"{word}" makes it a parade; nothing is demanded or opposed.') if word else None


def pomp(scene: Scene) -> str | None:
    """The word by which a march is one of a parade, a drill or a procession, where nothing is demanded."""
    if scene.kind not in table("roles")["meeting"]["kinds_joined"]:
        return None
    lemmas = {t.lemma_.lower() for t in scene.doc}
    walks = all(t.lemma_.lower() in words("protest", "walks") or t.pos_ not in VERBAL | {"NOUN"} for t in scene.events)
    found = sorted(lemmas & words("protest", "pomp"))
    return found[0] if walks and found and not lemmas & words("protest", "demands") else None


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
