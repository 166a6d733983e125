"""Where words were said, which is not where happened what they tell, unless they were said to the event itself."""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.parts import Part, Scene, span
from geo.claims.patterns import pattern
from geo.claims.readings import Name, Use, beside, conjunct, words
from geo.claims.scenes import clause, governing
from geo.claims.venues import opens, placed


def voiced(scene: Scene, name: Name, use: Use) -> Part | None:
    """Where somebody stood when saying it: "said in Moscow", "at a protest in Faizabad they accused ..."."""
    if not use.free:
        return None
    head = conjunct(name.head)
    governor, word = governing(head)
    if word not in words("actor", "spatial") and word not in {"from"}:
        return None
    if (
        governor.lemma_.lower() in words("said", "seats")
        and governor.dep_ in {*SUBJECTS, "pobj"}
        and governor.head.lemma_ in speaking_verbs()
    ):
        return Part("voiced_at", 0.85, f"It tells where the {governor.text} that speaks has its seat.")
    if governor in scene.events:
        return None
    audience = addressed(scene, governor, name)
    if audience is not None:
        return Part("happened_at", 0.75, f'What was said "{word} {name.text}" was said to the {audience.text}.')
    if governor.pos_ in VERBAL and governor.lemma_.lower() in words("said", "standing"):
        return Part("voiced_at", 0.8, f'"{governor.text} {word} {name.text}" tells where the speaker stood.')
    if governor.lemma_.lower() in words("said", "occasions") or pattern("roles", "said", "briefing").search(
        scene.doc.text[governor.idx - 8 if governor.idx > 8 else 0 : name.span.start]
    ):
        return Part("voiced_at", 0.75, f"It tells where the {governor.text} was given.")
    return framed(scene, name, governor, word)


def addressed(scene: Scene, governor: Token, name: Name) -> Token | None:
    """The meeting or rally to which words were said: "made the remarks in X to a gathering", "told a meeting in X"."""
    if scene.flow:
        return None
    people = beside(name) or governor
    hears = people.lemma_.lower() in words("protest", "hearers") and people.dep_ in {"dobj", "dative", "pobj"}
    if hears and name.head.i > people.i and speaks(people):
        return people
    verb = clause(governor)
    for t in scene.events:
        above = t.head if t.dep_ == "pobj" and t.head.lower_ in {"to", "at", "before", "during"} else None
        near = above is not None and (above.head in {verb, governor} or clause(above) == verb)
        if t.pos_ == "NOUN" and t.lemma_.lower() in words("actor", "event") and near and not placed(scene, t, name):
            return t
    return None


def speaks(hearers: Token) -> bool:
    """Whether those who hear are spoken to: "told the crowd", "said to the rally"."""
    above = hearers.head
    verb = above.head if above.dep_ in {"prep", "dative"} else above
    return verb.lemma_.lower() in words("said", "standing") or verb.lemma_.lower() in speaking_verbs()


def framed(scene: Scene, name: Name, governor: Token, word: str) -> Part | None:
    """In the words that introduce a speaker while the event stands in what is said."""
    inside = [
        h
        for h in scene.heard
        if not h.carried
        and h.attribution.speaker is not None
        and any(h.attribution.covers(span(t)) for t in scene.events)
    ]
    for h in inside:
        if h.attribution.covers(name.span):
            continue
        if sum(h.attribution.covers(span(t)) for t in scene.events) * 2 < len(scene.events):
            return None
        cue = next((t for t in scene.doc if t.idx == h.attribution.cue.start), None)
        if cue is not None and cue.lemma_.lower() in words("protest", "voices"):
            return None  # "they shouted from rooftops in X": the shouting is the protest
        setting = opens(scene.doc, name) and (name.place is None or name.place.kind in {"province", "district", "region"})
        if setting:
            return None
        if cue is not None and (governor == cue or clause(governor) == cue or governor.i < cue.i or governor.head == cue):
            return Part("voiced_at", 0.8, f'It belongs to "{cue.text}": where this was said, not where it happened.')
    return None
