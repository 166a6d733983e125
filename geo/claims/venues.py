"""Where an event happened: who hosts it or travels to it, what bears its place's name, what hangs on its own words."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.grounds import belief
from geo.claims.parts import Part, Scene
from geo.claims.readings import Name, Use, conjunct, labelled, words
from geo.claims.scenes import clause, governing
from geo.claims.words import table

WHERE = re.compile(
    r"(?: city| town| province| district| village)?"
    r"(?: (?:on|in|late|early|last|this|yesterday|today)\b[\w ]{0,24})?, where ",
    re.IGNORECASE,
)
"""What follows a place, and the day it was gone to, where a clause tells what happened there."""


def whereabouts(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Speaking in X, where thousands had marched": what the clause tells happened there."""
    if use.free and WHERE.match(scene.doc.text, name.span.end) and all(t.idx > name.span.end for t in scene.events):
        return Part("happened_at", 0.85, f'"{name.text}, where ..." tells what happened there.')
    return None


def hosted(scene: Scene, name: Name, use: Use) -> Part | None:
    """A town that hosts a meeting is where it is held."""
    head = conjunct(name.head)
    town = name.place is not None and name.place.kind in {"city", "district", "site", "province"}
    if scene.kind not in table("roles")["meeting"]["kinds_hosted"] or not town or head.dep_ != "nsubj":
        return None
    verb = head.head
    near = (verb, *verb.children, *(t for c in verb.children for t in c.children if c.lower_ == "to"))
    own = next((t for t in near if t.i - verb.i <= 3 and t.lemma_ in words("meeting", "hosting")), None)
    joins = scene.kind in table("roles")["meeting"]["kinds_joined"] and verb.lemma_ in words("meeting", "joining")
    if own is None and joins:
        own = verb if any(c.dep_ == "dobj" and c in scene.events for c in verb.children) else None
    if own is None or (own.lemma_ == "hold" and not convenes(own)):
        return None
    return Part("happened_at", 0.8, f'"{name.text} {own.text}" tells that it was held there.')


def convenes(verb: Token) -> bool:
    """Whether what is held is something that a town holds: a conference, a rally; governments hold talks."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in words("meeting", "convened") for c in verb.children)


def scheduled(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "A march announced for X", "the next round is scheduled for X"."""
    head = conjunct(name.head)
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "for" else None
    if scene.flow or not use.free or verb is None or verb.lemma_.lower() not in words("actor", "planned"):
        return None
    its = [c for c in verb.children if c.dep_ in SUBJECTS] + ([verb.head] if verb.dep_ in {"acl", "relcl"} else [])
    if not any(t == verb or t in its or t.head in its or clause(t) == verb for t in scene.events):
        return None
    return Part("happened_at", 0.85, f'"{verb.text} for {name.text}" tells where it is to be.')


def headlined(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Lima: three hundred nurses marched": the place before the colon is where the line's news happened."""
    if scene.flow or labelled(name) is None or any(other.span.start > name.span.end for other in scene.names):
        return None
    return Part("happened_at", 0.7, f'"{name.text}:" labels the line with its place.')


def pictured(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Footage from X shows men running": the pictures show what happened there."""
    head = conjunct(name.head)
    picture = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "from" else None
    if scene.flow or picture is None or picture.lemma_.lower() not in words("home", "pictures"):
        return None
    return Part("happened_at", 0.7, f'"{picture.text} from {name.text}" shows what happened there.')


def journey(scene: Scene, name: Name, use: Use) -> Part | None:
    """Who flies somewhere for talks, or flies there and holds them, holds them there."""
    verb, word = governing(conjunct(name.head))
    towards = use.free and word in {"to", "into", "in", "for"}
    if not towards or scene.kind not in table("roles")["meeting"]["kinds_reached"]:
        return None
    leaves = word == "for" and verb.lemma_ in words("actor", "leaving")
    if verb.pos_ not in VERBAL or not (leaves or verb.lemma_ in words("meeting", "travelling")):
        return None
    aims = [c for c in verb.subtree if c.lower_ == "for" and c.dep_ == "prep" and clause(c) == verb]
    purposes = [t for c in aims for t in c.children]
    after = [c for c in verb.subtree if c.pos_ in VERBAL and c.i > name.head.i and continues(c, verb)]
    for t in scene.events:
        its = clause(t)
        aim = t.i > name.head.i and (t in purposes or its in after or any(t in p.children for p in purposes))
        if (aim or (leaves and t.head == verb and t.dep_ in SUBJECTS)) and not placed(scene, t, name):
            return Part("happened_at", 0.75, f'"{verb.text} {word} {name.text}" leads to where the {t.text} is held.')
    if word == "to" and any(placed(scene, t, name) for t in scene.events):
        return Part("mention", 0.65, f'"{verb.text} to {name.text}" leads on; the sentence names another place for it.')
    return None


def continues(verb: Token, first: Token) -> bool:
    """Whether a verb goes on with what a first one began: "flew there and spent a day with men who asked for rain"."""
    while verb != first and verb.dep_ in {"conj", "xcomp", "advcl", "relcl"} and verb.head != verb:
        verb = verb.head if verb.dep_ != "relcl" else clause(verb.head) or verb.head
    return verb == first


def placed(scene: Scene, event: Token, name: Name) -> bool:
    """Whether an event has a place of its own after it, other than ``name``."""
    others = [governing(conjunct(n.head)) for n in scene.names if n.span != name.span and n.head.i > event.i]
    return any(word in {"in", "at"} and top in {event, clause(event)} for top, word in others)


def named_after(scene: Scene, name: Name, use: Use) -> Part | None:
    """An event named after its place ("the Doha talks") is held there; a series only when it is said to be one."""
    noun = name.head.head if name.head.dep_ in {"compound", "nmod"} and name.head.head.i > name.head.i else None
    if noun is None or noun.lemma_.lower() not in words("actor", "event"):
        return None
    town = name.place is None or name.place.kind not in {"country", "continent"}
    if not town:
        return None
    aside = noun.dep_ == "pobj" and noun.head.lower_ in {"before", "after", "since", "ahead", "of", "until"}
    counted = noun.head.lower_ == "of" and any(
        t.lemma_.lower() in words("meeting", "counted") for t in (noun.head.head, noun.head.head.head)
    )
    aside = aside and not counted  # "day 40 of the Lima protests"
    if aside and (noun not in scene.events or len(scene.events) > 1):
        return Part("mention", 0.7, f'"{noun.head.text} {name.text} {noun.text}" only tells the time or the group.')
    whole = noun in scene.events or noun.lemma_.lower() in table("roles")["event_nouns"].get(scene.kind, ())
    if whole and noun.lemma_.lower() not in words("actor", "series"):
        return Part("happened_at", 0.85, f'"{name.text} {noun.text}" names the event by its place.')
    if noun.lemma_.lower() in words("actor", "series"):
        told = [
            t
            for t in scene.doc
            if t != noun
            and t.pos_ == "NOUN"
            and t.lemma_.lower() in words("actor", "event")
            and (t.head == noun or noun.head == t or same_thing(t, noun))
        ]
        if told:
            return Part(
                "happened_at",
                0.7,
                f'"{name.text} {noun.text}" is called one of the {told[0].text} and bears its place\'s name.',
            )
        return Part("mention", 0.7, f'"{name.text} {noun.text}" is a name, and not said to be an event held there.')
    return None


def same_thing(event: Token, noun: Token) -> bool:
    """ "A series of meetings known as the X Process", "hosted the X Process, a meeting"."""
    return (
        noun in event.subtree
        or event in noun.subtree
        or (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "as"
            and noun.head.head in event.doc
            and any(a.i <= event.i for a in noun.ancestors)
        )
    )


def scene_of(scene: Scene, name: Name, use: Use) -> Part | None:
    """How the name hangs on the event's own words, weighed by what was learned of verbs and their places."""
    if not use.free:
        return None
    best = max(((belief(t, name, scene.names), t) for t in scene.events), key=lambda x: x[0], default=None)
    if best is None:
        return None
    believed, event = best
    odds = table("roles")["scene"]["odds"] * believed
    score = odds / (odds + 1 - believed)
    if score >= EVEN:
        return Part("happened_at", round(score, 3), f'It hangs on "{event.text}" (belief {score:.0%}).')
    if opens(scene.doc, name) and any(clause(t) is not None for t in scene.events):
        return Part("happened_at", 0.6, f'The sentence opens with "{name.text}" and so sets the scene.')
    return Part(
        "mention", round(1 - score, 3), f'It does not hang on "{event.text}" (belief {score:.0%} that it happened there).'
    )


EVEN = 0.5
"""Belief from which a place is taken for the scene."""


def opens(doc: Doc, name: Name) -> bool:
    """Whether the sentence opens with it: "In Farah province, ..." sets the scene for all that follows."""
    before = [t for t in doc if t.idx < name.span.start and not t.is_punct]
    return (
        len(before) <= 5
        and any(t.lower_ in {"in", "at", "across"} for t in before)
        and not any(t.pos_ in VERBAL | {"NOUN"} for t in before)
    )
