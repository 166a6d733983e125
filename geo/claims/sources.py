"""Where what passes from hand to hand came from: who gives it, where it was bought, made, taken or loaded, where it left.

The rules know only kinds in which something passes (``Scene.flow``); parties.py asks them of names that are no places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL, child
from geo.claims.homes import lives
from geo.claims.parts import Part, Scene, along
from geo.claims.readings import Name, Use, beside, conjunct, words
from geo.claims.scenes import clause, governing


def supplier(scene: Scene, name: Name, use: Use) -> Part | None:
    """Who or where it came from: the first rule of SOURCES that knows."""
    if not scene.flow:
        return None
    return next((part for rule in SOURCES if (part := rule(scene, name, use)) is not None), None)


def acting(scene: Scene, name: Name, use: Use) -> Part | None:
    """The subject of "supply", who "is accused of arming", who it was given by, whose arms they are."""
    head = conjunct(name.head)
    verb = head.head
    if name.place is not None and name.place.kind == "district":
        return None
    if head.dep_ == "nsubj" and gives(verb) is not None:
        return Part("supplier", 0.85, f'It is who gives: subject of "{verb.text}".')
    if head.dep_ in {"nsubj", "dobj"} and clause_gives(verb, head):
        return Part("supplier", 0.8, f'It is who is said to give ("{verb.text} ... ").')
    numbered = head.i + 1 < len(head.doc) and head.nbor().pos_ == "NUM"  # "the men in X twenty rifles", misread
    if (
        head.dep_ in {"poss", "compound", "amod", "nmod"}
        and not numbered
        and head.head.lemma_.lower() in words("flow", "goods")
    ):
        return Part("supplier", 0.75, f"The {head.head.text} is its own.")
    border = verb.head.dep_ == "acl" and verb.head.head.lemma_.lower() in words("flow", "route_nouns")
    if head.dep_ == "pobj" and verb.dep_ == "agent" and gives(verb.head) is not None and not border:
        return Part("supplier", 0.85, f'It is who gives: "{verb.head.text} by".')
    return None


def out_of(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "From X", "from a depot in X", "out of X": where it came from, unless people or words came from there."""
    head = conjunct(name.head)
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ == "from" and (source(verb.head) or use.role == "actor"):
        return Part("supplier", 0.8, f'"From {name.text}" tells where it came from.')
    governor, word = governing(head)
    holder = beside(name) or governor
    held = word in words("actor", "spatial") and holder.dep_ == "pobj" and holder.head.lower_ == "from"
    if held and (source(holder.head.head) or any(along(holder, t) for t in scene.events)):
        return Part("supplier", 0.8, f'It came "from {holder.text} {word} {name.text}".')
    if not use.free or word not in {"from", "of"}:
        return None
    way = from_out(head)
    if way is None:
        return None
    moved = way.head
    goes = moved.pos_ in VERBAL and moved.lemma_.lower() not in words("said", "standing") | words("home", "living")
    if goes and any(along(moved, t) or t in moved.subtree for t in scene.events):
        return Part("supplier", 0.7, f'"{moved.text} {way.text} {name.text}" tells where it came from.')
    if moved in scene.events or moved.lemma_.lower() in words("flow", "goods"):
        return Part("supplier", 0.75, f'"{moved.text} {way.text} {name.text}" tells where it came from.')
    return None


def from_out(head: Token) -> Token | None:
    """The "from" or "out of" that leads to a name, over "the town of X" and "near X"."""
    while head.dep_ == "pobj":
        word, above = head.head, head.head.head
        if word.lower_ == "from":
            return word
        if word.lower_ == "of" and above.lower_ == "out":
            return above
        head = above if above.dep_ == "pobj" else word if word.head.dep_ == "prep" else above
        if head.dep_ == "prep" and head.lower_ == "from":
            return head
    return None


def acquired(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Bought in X", "made at a plant in X", "loaded at X": a buyer brings it away from there."""
    governor, word = governing(conjunct(name.head))
    if not use.free or word not in words("actor", "spatial"):
        return None
    verb = clause(governor)
    people = beside(name)
    if people is not None and (people.dep_ in SUBJECTS or people.head.lower_ in words("flow", "for_whom")):
        return None  # "militants in X bought missiles", "bought for militants in X"
    if verb is None or verb.lemma_.lower() not in words("flow", "made") | words("flow", "acquired"):
        return None
    if people is not None and people.head.dep_ == "agent" and verb.lemma_.lower() in words("flow", "acquired"):
        return Part("recipient", 0.75, f'It was {verb.text} "by {people.text} {word} {name.text}".')
    if governor.dep_ in SUBJECTS or name.head.i < verb.i:
        return None
    told = any(along(verb, t) or t in verb.subtree for t in scene.events)
    return Part("supplier", 0.85, f'"{verb.text} {word} {name.text}" tells where it comes from.') if told else None


def traced(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Traced to a shop in X": found to have come from there."""
    governor, _ = governing(conjunct(name.head))
    near = beside(name) or governor
    for token in (near, governor):
        to = token.head if token.dep_ == "pobj" else None
        verb = to.head if to is not None and to.lower_ == "to" else token
        if use.free and verb.lemma_.lower() in words("flow", "traced") and verb.pos_ in VERBAL:
            return Part("supplier", 0.75, f'"{verb.text} to ... {name.text}" tells where it came from.')
    return None


def left(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "A freighter left X with rifles": where the way began."""
    head = conjunct(name.head)
    verb = head.head
    if head.dep_ != "dobj" or verb.lemma_.lower() not in words("flow", "left") or not use.free:
        return None
    return Part("supplier", 0.75, f'"{verb.text} {name.text}" tells where the way began.')


def givers(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Traders in X sell rifles", "accused officers in X of arming them": those who give are there."""
    governor, word = governing(conjunct(name.head))
    who = beside(name) or governor
    if word not in words("actor", "spatial") | {"from", "of"} or who.pos_ not in {"NOUN", "PROPN"}:
        return None
    if not (use.free or lives(name) is not None) or who.lemma_.lower() in words("flow", "goods"):
        return None
    top = top_of(who)
    verb = top.head
    if top.dep_ == "nsubj" and verb.pos_ in VERBAL and word != "of":
        giving = next((v for v in joined(verb) if v.lemma_.lower() in words("flow", "give")), None)
        takes = verb.lemma_.lower() in words("flow", "get") | words("flow", "local")
        if giving is not None and not takes and giving.lemma_.lower() not in words("flow", "local"):
            return Part("supplier", 0.75, f'Those who give are "{who.text} {word} {name.text}".')
    by = top.dep_ == "pobj" and top.head.dep_ == "agent" and gives(top.head.head) is not None
    if by and word != "of":
        return Part("supplier", 0.75, f'It was given by "{who.text} {word} {name.text}".')
    charged = top.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in words("flow", "charging")
    if charged and word != "of" and any(gives(p) is not None for p in charge(verb, top)):
        return Part("supplier", 0.75, f'Those said to give are "{who.text} {word} {name.text}": "{verb.text}".')
    return None


def joined(verb: Token) -> Iterator[Token]:
    """A verb and those that share its subject: "came and sold", "is said to sell", "agreed to sell"."""
    yield verb
    for c in verb.children:
        if c.dep_ in {"conj", "xcomp"} and c.pos_ in VERBAL and not any(g.dep_ in SUBJECTS for g in c.children):
            yield from joined(c)


def charge(verb: Token, who: Token) -> Iterator[Token]:
    """What follows "of" or "for" after "accused", "blamed", "suspected"."""
    for c in verb.subtree:
        if c.dep_ == "prep" and c.lower_ in {"of", "for"} and c.i > who.i:
            yield from (p for p in c.children if p.dep_ in {"pcomp", "pobj"})


def top_of(people: Token) -> Token:
    """The noun that stands for a phrase of people: "some" of "some of the men at the base"."""
    while people.dep_ == "pobj" and people.head.dep_ == "prep" and people.head.head.pos_ in {"NOUN", "NUM", "PROPN"}:
        people = people.head.head
    while people.dep_ == "conj" and people.head.pos_ in {"NOUN", "NUM", "PROPN"}:
        people = people.head
    return people


def gives(verb: Token) -> Token | None:
    """The giving verb itself or in its coordination and complements ("is seeking to arm", "continues to finance")."""
    if verb.lemma_.lower() in words("flow", "give"):
        return verb
    for c in verb.children:
        if c.dep_ in {"conj", "xcomp"} and not any(g.dep_ in SUBJECTS for g in c.children) and gives(c) is not None:
            return c
        by = c.dep_ == "prep" and c.lower_ == "by"
        if by and (pcomp := child(c, "pcomp")) is not None and gives(pcomp) is not None:
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


SOURCES: tuple[Callable[[Scene, Name, Use], Part | None], ...] = (acting, out_of, traced, acquired, left, givers)
"""Asked in this order; the first that knows decides."""
