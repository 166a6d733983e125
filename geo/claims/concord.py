"""The parts of a sentence's places beside each other: lists, "there", the known place around an unknown one.

``settled`` answers for one name; every other rule here takes the parts of all names, in their order, and hands them on,
changed or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.homes import lives, speaks_of, takes_part
from geo.claims.parts import Part, Scene, act, pointed, span
from geo.claims.readings import DATELINE, Name, beside, conjunct, dateline, use, words
from geo.claims.scenes import clause, governing
from geo.claims.topics import plain
from geo.claims.words import table
from geo.places.place import PINNED_ROLES

LIST = re.compile(r"(?: (?:city|province|district)s?)?(?:,| and|, and|,? or| as well as) (?:in |the )?", re.IGNORECASE)
"""What stands between two places of one list."""


def settled(i: int, parts: Sequence[Part], names: Sequence[Name]) -> Part:
    """Names joined in a list play the same part: "in Dasht-e-Archi, Imam Sahib and Kalbat"."""
    first = conjunct(names[i].head)
    text = names[i].head.doc.text
    for k in range(i) if parts[i].role == "mention" and names[i].place is not None else ():
        between = text[names[k].span.end : names[i].span.start]
        here, there = names[i].place, names[k].place
        alike = here is not None and there is not None and here.kind == there.kind
        if alike and LIST.fullmatch(between) and parts[k].role in {"happened_at", "recipient", "route"}:
            return Part(
                parts[k].role,
                parts[k].score,
                f'It stands in a list with "{names[k].text}": {parts[k].because[:1].lower()}{parts[k].because[1:]}',
            )
    if parts[i].role != "mention" or first == names[i].head:
        return parts[i]
    for other, name in zip(parts, names, strict=True):
        if name.head == first and other.role in {"happened_at", "recipient", "route", "supplier"}:
            return Part(
                other.role,
                other.score,
                f'It stands in a list with "{name.text}": {other.because[:1].lower()}{other.because[1:]}',
            )
    return parts[i]


def of_which(scene: Scene, parts: list[Part]) -> list[Part]:
    """What is said of a place and of parts of it that are named is said of these: "to X and its districts of Y and Z"."""
    text, names = scene.doc.text, scene.names
    between = ["", *(text[one.span.end : other.span.start] for one, other in pairwise(names))]
    parts = list(parts)
    for i in range(1, len(names)):
        whole = parts[i - 1]
        if whole.role not in PINNED_ROLES or not OF_WHICH.fullmatch(between[i]):
            continue
        for j in range(i, len(names)):
            if j > i and not LIST.fullmatch(between[j]):
                break
            because = (
                f"{names[i - 1].text}, of which it is named as a part: {whole.because[:1].lower()}{whole.because[1:]}"
            )
            parts[j] = Part(whole.role, whole.score, because)
        parts[i - 1] = Part("mention", 0.6, f"The sentence names which parts of it: {names[i].text}.")
    return parts


OF_WHICH = re.compile(
    r"(?:,? and (?:its|their)|,? (?:and )?(?:especially|notably|namely|including|in particular) (?:its|their|the))"
    r"(?: [a-z]+)? (?:district|town|citie|city|village|province|region|suburb|neighbou?rhood|countie|county|area)s?"
    r"(?: of)? ",
    re.IGNORECASE,
)
"""What stands between a place and the first of its parts."""


def gone_to(scene: Scene, parts: list[Part]) -> list[Part]:
    """Where the town is named to which it went, another place that is only thought to be the scene is no scene."""
    if not scene.flow or not any(
        part.role == "recipient" and pointed(n) for part, n in zip(parts, scene.names, strict=True)
    ):
        return parts
    because = "The sentence names where it went; nothing says that it passed hands here."
    return [
        Part("mention", 0.6, because) if part.role == "happened_at" and part.score < DOUBTED else part for part in parts
    ]


DOUBTED = 0.9
"""A scene believed in less than this gives way to a place named as where the goods went."""


def nearest_known(scene: Scene, parts: list[Part]) -> list[Part]:
    """Where nobody knows the place it happened at, the place that the words put around it: "at the old mill in X"."""
    if any(part.role in PINNED_ROLES and pointed(name) for part, name in zip(parts, scene.names, strict=True)):
        return parts
    for i, inner in enumerate(scene.names[:-1]):
        outer = scene.names[i + 1]
        between = scene.doc.text[inner.span.end : outer.span.start]
        lost = parts[i].role in PINNED_ROLES and inner.place is None
        if lost and parts[i + 1].role == "mention" and pointed(outer) and AROUND.fullmatch(between):
            because = f'"{inner.text}" is not in the gazetteer; it lies in {outer.text}, named after it.'
            changed = Part(parts[i].role, 0.6, because)
            return [changed if k == i + 1 else part for k, part in enumerate(parts)]
    return parts


AROUND = re.compile(r"(?: [\w-]+)?(?:,|,? in|,? of) (?:the |central |[a-z]+ern )?(?:city of |town of )?", re.IGNORECASE)
"""What stands between a place and the larger one around it."""


def beside_roads(scene: Scene, parts: list[Part]) -> list[Part]:
    """A road that bears a place's name is no scene where the sentence names another: "blocked the X road at Y"."""
    elsewhere = [
        i
        for i, (part, name) in enumerate(zip(parts, scene.names, strict=True))
        if part.role in PINNED_ROLES | {"speaker_home"} and pointed(name) and not road(name)
    ]
    because = "It only gives a road its name; the sentence names another place."
    return [
        Part("mention", 0.7, because) if part.role == "happened_at" and elsewhere and road(name) else part
        for part, name in zip(parts, scene.names, strict=True)
    ]


def road(name: Name) -> bool:
    """ "The X road", "the X-Y highway", "the road to X": a road told by where it leads."""
    text = name.head.doc.text
    after = ROAD.match(text, name.span.end)
    way = beside(name)
    if way is not None and way.lemma_.lower() in words("actor", "roads") and conjunct(name.head).head.lower_ in LEADS:
        return True
    return after is not None and after.group("road").lower() in words("actor", "roads")


LEADS = frozenset({"to", "from", "between"})
"""Prepositions after a road."""
ROAD = re.compile(r"(?:\s?[-–/]\s?[\w'’]+){0,3} (?:\w+ )??(?P<road>[a-z]+)\b")
"""What follows a place whose name a road bears: other places, a word, and the road."""


def together(scene: Scene, parts: list[Part]) -> list[Part]:
    """Where no place hangs on the event's own words, one that hangs on what the same people did with it.

    "They walked through X and chanted slogans": those who chanted were in X.
    """
    if scene.flow or any(
        part.role in PINNED_ROLES and pointed(name) for part, name in zip(parts, scene.names, strict=True)
    ):
        return parts
    its = {verb for t in scene.events for verb in partners(act(t))}
    for i, (part, name) in enumerate(zip(parts, scene.names, strict=True)):
        governor, word = governing(conjunct(name.head))
        if part.role == "mention" and pointed(name) and use(name).free and word in words("meeting", "where"):
            done = governor.pos_ == "VERB" or governor.dep_ in {"dobj", "pobj"}
            seat = governor.lemma_.lower() in words("said", "seats")
            if done and not seat and clause(governor) in its and not dateline(name) and plain(scene, name):
                because = f'The same people did both: "{act(governor).text} {word} {name.text}".'
                return [Part("happened_at", 0.6, because) if k == i else other for k, other in enumerate(parts)]
    return parts


def partners(verb: Token) -> set[Token]:
    """The verbs before and after one that share its subject, but those of saying."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in VERBAL and not any(c.dep_ in SUBJECTS for c in first.children):
        first = first.head
    joined = {first, *(c for c in first.children if c.dep_ == "conj" and not any(g.dep_ in SUBJECTS for g in c.children))}
    return {v for v in joined if v.pos_ in VERBAL and not speaks_of(v)}


def there(scene: Scene, parts: list[Part]) -> list[Part]:
    """ "A driver in X said that boxes were handed out behind the mill there": what happened "there" happened at X."""
    if any(part.role in PINNED_ROLES for part in parts):
        return parts
    for word in scene.doc:
        if word.lower_ != "there" or word.dep_ == "expl" or not any(clause(t) == clause(word) for t in scene.events):
            continue
        known = [i for i, name in enumerate(scene.names) if name.span.end <= word.idx and pointed(name)]
        before = [i for i in known if clause(conjunct(scene.names[i].head)) != clause(word)]
        if before:
            because = f'"There" means {scene.names[before[-1]].text}, the place named before.'
            return [Part("happened_at", 0.7, because) if i == before[-1] else part for i, part in enumerate(parts)]
    return parts


def at_home(scene: Scene, parts: list[Part]) -> list[Part]:
    """Those who protest, named for one town, do so at home where the sentence names no other place for it."""
    homes = [i for i, part in enumerate(parts) if part.role == "speaker_home" and pointed(scene.names[i])]
    others = [
        n for i, n in enumerate(scene.names) if i not in homes and parts[i].role != "actor" and pointed(n) and not road(n)
    ]
    if scene.kind not in table("inherit")["kinds_at_home"] or len(homes) != 1 or others:
        return parts
    people = lives(scene.names[homes[0]])
    if people is not None and quells(scene, people):
        because = f"The {people.text} there went against those who took part, and no other place is named."
        return [Part("happened_at", 0.6, because) if i == homes[0] else part for i, part in enumerate(parts)]
    if people is None or people.lemma_.lower() in words("home", "titles") or not takes_part(scene, people):
        return parts
    because = f"Those who took part, the {people.text}, are named for it, and no other place is named."
    return [Part("happened_at", 0.55, because) if i == homes[0] else part for i, part in enumerate(parts)]


def quells(scene: Scene, people: Token) -> bool:
    """Whether police or soldiers go against a crowd: "police in X arrested eleven who had marched"."""
    top = conjunct(people)
    does = top.head if top.dep_ == "nsubj" else None
    said = any(h.speaker and h.attribution.covers(span(people)) for h in scene.heard)
    force = people.lemma_.lower() in words("protest", "forces") and not said
    return force and does is not None and does.lemma_.lower() in words("protest", "quelling")


def filed(scene: Scene, parts: list[Part]) -> list[Part]:
    """Where a report names no other place, a happening is where its dateline says that it was filed."""
    lines = [i for i, name in enumerate(scene.names) if dateline(name) is not None]
    said = any(h.speaker and h.attribution.covers(span(t)) for h in scene.heard for t in scene.events)
    if scene.flow or said or not lines:
        return parts
    end = scene.names[lines[0]].span.end
    dash = DATELINE.match(scene.doc.text, end)
    after = dash.end() if dash is not None else end
    if any(name.span.start >= after and not (name.place and name.place.kind == "country") for name in scene.names):
        return parts
    if any(part.role in PINNED_ROLES for part in parts):
        return parts
    because = "The report was filed there, and its sentence names no other place for what it tells."
    return [Part("happened_at", 0.5, because) if i == lines[0] else part for i, part in enumerate(parts)]
