"""The way of what passes from hand to hand: the places that give it, that it passes through, and that get it.

The rules know only kinds in which something passes (``Scene.flow``). parties.py asks two of them of names that are no
places.
"""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, child
from geo.claims.homes import lives
from geo.claims.parts import Part, Scene
from geo.claims.patterns import pattern
from geo.claims.readings import Name, Use, conjunct, words
from geo.claims.scenes import clause, governing
from geo.claims.utterances import voiced


def route(scene: Scene, name: Name, use: Use) -> Part | None:
    """What goes "via Tajikistan" or "across the Tajik border" passes through."""
    if not scene.flow:
        return None
    governor, word = governing(conjunct(name.head))
    text = scene.doc.text
    above = clause(governor)
    aside = above is not None and above.dep_ in {"acl", "relcl"} and above not in scene.events
    if aside and above is not None and above.head.lemma_.lower() not in words("flow", "goods"):
        return None  # "a banner carried through X"
    if word in words("flow", "by_way"):
        return Part("route", 0.9, f'"{word} {name.text}" tells the way it took.')
    if pattern("roles", "flow", "route_phrase").search(text[: name.span.start]):
        return Part("route", 0.9, f'"by way of {name.text}" tells the way it took.')
    border = name.head.head if name.head.dep_ in {"compound", "poss", "nmod", "amod"} else governor
    if border.lemma_.lower() in words("flow", "route_nouns"):
        lead = border.head.lower_ if border.dep_ == "pobj" else ""
        if lead in words("flow", "route") or border.head.lemma_ in words("flow", "crossing"):
            return Part("route", 0.85, f'It came "{lead or border.head.text} the {border.text}" of {name.text}.')
    return None


def supplier(scene: Scene, name: Name, use: Use) -> Part | None:
    """Who gives: the subject of "supply", the owner of the arms, "from X", "made in X", "accused X of arming"."""
    if not scene.flow or (name.place is not None and name.place.kind == "district"):
        return None
    head = conjunct(name.head)
    verb = head.head
    goods = words("flow", "goods")
    if head.dep_ == "nsubj" and gives(verb) is not None:
        return Part("supplier", 0.85, f'It is who gives: subject of "{verb.text}".')
    if head.dep_ in {"nsubj", "dobj"} and clause_gives(verb, head):
        return Part("supplier", 0.8, f'It is who is said to give ("{verb.text} ... ").')
    if head.dep_ in {"poss", "compound", "amod", "nmod"} and head.head.lemma_.lower() in goods:
        return Part("supplier", 0.75, f"The {head.head.text} is its own.")
    if head.dep_ == "pobj" and verb.lower_ == "from" and (source(verb.head) or use.role == "actor"):
        return Part("supplier", 0.8, f'"From {name.text}" tells where it came from.')
    governor, word = governing(head)
    givers = word in words("actor", "spatial") and governor.dep_ == "pobj" and governor.head.lower_ == "from"
    if givers and source(governor.head.head):
        return Part("supplier", 0.8, f'It came "from {governor.text} {word} {name.text}".')
    if head.dep_ == "pobj" and verb.dep_ == "agent" and gives(verb.head) is not None:
        return Part("supplier", 0.85, f'It is who gives: "{verb.head.text} by".')
    if head.dep_ == "pobj" and verb.lower_ == "in" and verb.head.lemma_ in words("flow", "made"):
        return Part("supplier", 0.85, f'"{verb.head.text} in {name.text}" tells where it comes from.')
    return None


def gives(verb: Token) -> Token | None:
    """The giving verb itself or in its coordination and complements ("is seeking to arm", "continues to finance")."""
    if verb.lemma_.lower() in words("flow", "give"):
        return verb
    for c in verb.children:
        if c.dep_ in {"conj", "xcomp"} and not any(g.dep_ in SUBJECTS for g in c.children) and gives(c) is not None:
            return c
        if (
            c.dep_ == "prep"
            and c.lower_ == "by"
            and (pcomp := child(c, "pcomp")) is not None
            and gives(pcomp) is not None
        ):
            return pcomp
    return None


def clause_gives(verb: Token, who: Token) -> bool:
    """ "Accused Moscow of arming", "with Moscow paying": a giving verb in the clause that hangs on the name's verb."""
    for c in verb.children:
        if c.i > who.i and c.dep_ == "prep" and (pcomp := child(c, "pcomp")) is not None and gives(pcomp) is not None:
            return True
    return False


def source(governor: Token) -> bool:
    """Whether "from" after this tells where goods came from."""
    lemma = governor.lemma_.lower()
    return lemma in words("flow", "goods") | words("flow", "get") | words("flow", "give") | words("flow", "arriving")


def recipient(scene: Scene, name: Name, use: Use) -> Part | None:
    """Who or where gets: "to X", "weapons for fighters in X", "X received"."""
    if not scene.flow:
        return None
    head = conjunct(name.head)
    if head.dep_ == "nsubj" and head.head.lemma_ in words("flow", "get"):
        return Part("recipient", 0.8, f'It is who gets: subject of "{head.head.text}".')
    if head.dep_ in {"dative", "dobj"} and head.head.lemma_ in words("flow", "give") and not use.free:
        return Part("recipient", 0.7, f'It is who is given to: "{head.head.text}".')
    if use.role == "speaker_home" or not (use.free or use.role == "actor"):
        return None
    governor, word = governing(head)
    if based(scene, governor):
        because = f'Those who get it are at home there: "{governor.text} {word} {name.text}".'
        return Part("recipient", 0.7, because)
    gets = governor.dep_ == "nsubj" and governor.head.lemma_ in words("flow", "get")
    if gets and use.free and word in words("actor", "spatial"):
        return Part("recipient", 0.8, f'Those who get it are "{word} {name.text}": subject of "{governor.head.text}".')
    if voiced(scene, name, use) is not None or (lives(name) is not None and not holds(governor, scene)):
        return None
    lemma = governor.lemma_.lower()
    passing = words("flow", "goods") | words("flow", "give") | words("flow", "get")
    if word in words("flow", "towards") and (
        lemma in passing or any(t in scene.events for t in (governor, clause(governor)))
    ):
        return Part("recipient", 0.85, f'"{word} {name.text}" tells where it went.')
    if not use.free or word not in words("actor", "spatial"):
        return None
    carried = governor.dep_ == "pobj" and taker(governor) and clause(governor) is not None
    if carried and any(clause(governor) in {t, clause(t)} for t in scene.events):
        because = f'It went "{governor.head.text} {governor.text} {word} {name.text}".'
        return Part("recipient", 0.8, because)
    handed = clause(governor)
    if handed is not None and (
        handed.lemma_.lower() in words("flow", "give") | words("flow", "handed")
        or governor.lemma_ in words("flow", "handing")
    ):
        if {handed.lemma_, governor.lemma_} & words("flow", "taught"):
            return None
        if unspoken(scene, handed):
            return Part("recipient", 0.8, f'Those who get it are "{word} {name.text}".')
    return None


def based(scene: Scene, verb: Token) -> bool:
    """Whether "based" or "living" tells of those to whom, with whom or for whom the goods of the event go."""
    people = verb.head
    if verb.dep_ not in {"acl", "relcl"} or verb.lemma_.lower() not in words("home", "living") or people.dep_ != "pobj":
        return False
    above = people.head
    return above.lower_ in words("flow", "for_whom") and any(clause(above) == clause(t) for t in scene.events)


def taker(people: Token) -> bool:
    """Whether "to a dealer", "for the fighters", "among farmers" tell of those who get the goods."""
    word = people.head.lower_
    if word == "to":
        return True
    known = words("flow", "groups") | words("home", "people")
    return word in words("flow", "for_whom") and people.lemma_.lower() in known


def unspoken(scene: Scene, verb: Token) -> bool:
    """Whether a verb is one of the event and not one of speaking about it."""
    return verb.lemma_.lower() not in speaking_verbs() or verb in scene.events


def holds(governor: Token, scene: Scene) -> bool:
    """Whether the people of "fighters in X" are those who get, and not those who speak."""
    top = governor
    while top.dep_ in {"pobj", "prep", "conj"} and top.head != top:
        top = top.head
    return top.dep_ not in SUBJECTS
