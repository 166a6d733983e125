"""The way of what passes from hand to hand: the places that it passes through, and those that get it.

Where it came from: sources.py.
The rules know only kinds in which something passes (``Scene.flow``). parties.py asks of names that are no places, too.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, VERBAL, child
from geo.claims.homes import lives
from geo.claims.parts import Part, Scene, act, along
from geo.claims.patterns import pattern
from geo.claims.readings import Name, Use, beside, conjunct, words
from geo.claims.scenes import clause, governing
from geo.claims.utterances import voiced


def route(scene: Scene, name: Name, use: Use) -> Part | None:
    """What goes "via Tajikistan" or "across the Tajik border" passes through."""
    if not scene.flow:
        return None
    governor, word = governing(conjunct(name.head))
    shared = conjunct(name.head).head
    if shared.dep_ == "agent" and shared.head.dep_ == "acl":
        governor = shared.head.head  # "the border shared by X and Y"
    text = scene.doc.text
    above = clause(governor)
    if (halted := stopped(name, use)) is not None:
        return halted
    aside = above is not None and above.dep_ in {"acl", "relcl"} and above not in scene.events
    if aside and above is not None and above.head.lemma_.lower() not in words("flow", "goods"):
        return None  # "a banner carried through X"
    if use.free and ONWARD.match(text, name.span.end):
        return Part("route", 0.75, f"It went on from {name.text}.")
    if word in words("flow", "by_way"):
        return Part("route", 0.9, f'"{word} {name.text}" tells the way it took.')
    if pattern("roles", "flow", "route_phrase").search(text[: name.span.start]):
        return Part("route", 0.9, f'"by way of {name.text}" tells the way it took.')
    border = name.head.head if name.head.dep_ in {"compound", "poss", "nmod", "amod"} else governor
    if border.lemma_.lower() in words("flow", "route_nouns"):
        lead = border.head.lower_ if border.dep_ == "pobj" else ""
        if lead in words("flow", "route") or border.head.lemma_ in words("flow", "crossing"):
            return Part("route", 0.85, f'It came "{lead or border.head.text} the {border.text}" of {name.text}.')
    return crossed(name, use)


ONWARD = re.compile(r",? (?:and )?from (?:where|there|which|whence) ")
"""What follows a place that goods left again."""


def crossed(name: Name, use: Use) -> Part | None:
    """ "Crossed into Kenya at X", "entered Poland near X", "refuelled in X", "put on another ship in X"."""
    governor, word = governing(conjunct(name.head))
    if not use.free or word not in words("actor", "spatial"):
        return None
    verb = act(governor)
    if (people := beside(name)) is not None and people.dep_ == "pobj" and taker(people):
        return None
    over = [c for c in verb.children if c.i < name.head.i and c.lower_ in words("flow", "across") and child(c, "pobj")]
    enters = verb.lemma_.lower() in words("flow", "entering") and any(c.dep_ == "dobj" for c in verb.children)
    if word in {"at", "near"} and (over or enters) and name.head not in [d for c in over for d in c.children]:
        return Part("route", 0.8, f'"{verb.text} ... {word} {name.text}" tells where it crossed.')
    if verb.lemma_.lower() in words("flow", "crossing") and word in {"at", "near"}:
        return Part("route", 0.75, f'"{verb.text} {word} {name.text}" tells where it crossed.')
    halt = verb.lemma_.lower() in words("flow", "halting")
    aboard = governor.dep_ == "pobj" and governor.lemma_.lower() in words("flow", "vessels")
    if halt or (aboard and governor.head.lower_ in {"to", "onto", "aboard", "into"}):
        return Part("route", 0.75, f'"{verb.text} {word} {name.text}" tells of a stop on the way.')
    return None


def stopped(name: Name, use: Use) -> Part | None:
    """ "Seized at X", "ambushed near X", "found in a car in X": how far it came."""
    governor, word = governing(conjunct(name.head))
    if not use.free or word not in words("actor", "spatial"):
        return None
    people = beside(name)
    if people is not None and people.dep_ == "pobj" and people.head.lower_ in words("flow", "for_whom"):
        return None
    verb = act(governor)
    if verb.lemma_.lower() not in words("flow", "stopping"):
        return None
    return Part(
        "route", 0.7, f'"{verb.text} {word} {name.text}" tells how far it came; nothing says that it passed hands.'
    )


def recipient(scene: Scene, name: Name, use: Use) -> Part | None:
    """Who or where gets: "to X", "weapons for fighters in X", "X received", "bound for X"."""
    if not scene.flow:
        return None
    head = conjunct(name.head)
    if head.dep_ == "nsubj" and head.head.lemma_ in words("flow", "get"):
        return Part("recipient", 0.8, f'It is who gets: subject of "{head.head.text}".')
    if head.dep_ in {"dative", "dobj"} and head.head.lemma_ in words("flow", "give") and not use.free:
        return Part("recipient", 0.7, f'It is who is given to: "{head.head.text}".')
    if head.dep_ == "dobj" and head.head.lemma_ in words("flow", "reach") and head.head.i < head.i:
        return Part("recipient", 0.8, f'"{head.head.text} {name.text}" tells how far it came.')
    if use.role == "speaker_home" or not (use.free or use.role == "actor"):
        return None
    governor, word = governing(head)
    destined = bound(scene, name)
    if destined is not None:
        return destined
    things = words("flow", "goods") | words("flow", "things")
    kept = (governor.head, *(c for c in governor.children if c.dep_ in SUBJECTS))
    if governor.lemma_.lower() in words("home", "living") and any(t.lemma_.lower() in things for t in kept):
        return Part("recipient", 0.7, f'"{governor.text} {word} {name.text}" tells where it is kept.')
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
        lemma in passing or any(t in scene.events for t in (governor, act(governor), clause(governor)))
    ):
        return Part("recipient", 0.85, f'"{word} {name.text}" tells where it went.')
    if word in words("flow", "towards") and travels(scene, governor):
        return Part("recipient", 0.75, f'"{governor.text} {word} {name.text}" tells where it went on.')
    return handed_at(scene, name, use)


def travels(scene: Scene, verb: Token) -> bool:
    """Whether a verb takes the goods onward: "and went on to X", "before they could be taken to X"."""
    if verb.lemma_.lower() not in words("flow", "onward") or not any(along(verb, t) for t in scene.events):
        return False
    who = child(verb, *SUBJECTS)
    return who is None or (who.pos_ != "PROPN" and who.lemma_.lower() not in words("home", "people"))


def handed_at(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "To a dealer in X", "given to them in X": where those are who get it."""
    governor, word = governing(conjunct(name.head))
    if not use.free or word not in words("actor", "spatial") or word == "over":
        return None
    people = beside(name) or governor
    if people.dep_ == "pobj" and taker(people) and any(along(act(people), t) for t in scene.events):
        return Part("recipient", 0.8, f'It went "{people.head.text} {people.text} {word} {name.text}".')
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


def bound(scene: Scene, name: Name) -> Part | None:
    """ "Destined for X", "meant for a gang in X", "on its way to X", "left for X": where it is to go."""
    head = conjunct(name.head)
    people = beside(name)
    towards = words("flow", "towards") | {"for"}
    first = head if head.dep_ == "pobj" and head.head.lower_ in towards else people
    if first is None or first.dep_ != "pobj" or first.head.lower_ not in towards:
        return None
    word, aim = first.head, first.head.head
    place = first == head and (name.metonymy is None or name.metonymy < 0.5)
    if place and word.lower_ == "for" and aim.lemma_.lower() in words("flow", "things"):
        return Part("recipient", 0.75, f'"{aim.text} for {name.text}" tells where it was to go.')
    for verb in (aim, *aim.ancestors):
        meant = verb.lemma_.lower() in words("flow", "bound") and word.lower_ in {"for", "to"}
        if meant and (verb == aim or verb.dep_ in {"pobj", "acl"} or aim.head == verb or along(verb, aim)):
            return Part("recipient", 0.8, f'"{verb.text} {word.text} {name.text}" tells where it was to go.')
        if verb.pos_ in VERBAL:
            break
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
    if people.lemma_.lower() in words("said", "audience") | words("flow", "vessels"):
        return False
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
