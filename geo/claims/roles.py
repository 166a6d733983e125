"""The part each place of a sentence plays in a claim, with the reason.

``roles`` asks the rules of RULES in their order; the first that knows decides. Only "happened at" and "recipient" make
a marker, so a rule that != sure leaves the place a mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, VERBAL, child
from geo.claims.patterns import pattern
from geo.claims.readings import DATELINE, SURE, Name, Use, conjunct, dateline, folk, words
from geo.claims.scenes import belief, clause, governing
from geo.claims.speakers import Heard
from geo.claims.words import table
from geo.places.place import PINNED_ROLES, Role
from geo.text.span import Span

NOT_EVENTS = frozenset({"DATE", "TIME", "PERSON", "GPE", "LOC", "NORP", "ORG", "CARDINAL", "ORDINAL"})


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


def roles(
    doc: Doc, kind: str, event_words: Sequence[Span], names: Sequence[Name], uses: Sequence[Use], heard: Sequence[Heard]
) -> list[Part]:
    """One part for each name, in order. ``event_words`` are the claim's deciding words, counted in the sentence."""
    scene = Scene(doc, kind, event_tokens(doc, event_words), tuple(names), tuple(uses), tuple(heard))
    parts = [part(scene, name, use) for name, use in zip(names, uses, strict=True)]
    for i in range(len(parts)):
        parts[i] = settled(i, parts, names)
    for rule in WHOLE:
        parts = rule(scene, parts)
    return parts


LIST = re.compile(r"(?: (?:city|province|district)s?)?(?:,| and|, and|,? or| as well as) (?:in |the )?", re.IGNORECASE)


WHERE = re.compile(r"(?: city| town| province| district| village)?, where ", re.IGNORECASE)


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
    ]
    for act in list(acts):  # "gathered to protest": the gathering is the event too
        if act.dep_ in {"xcomp", "advcl"} and any(c.lower_ == "to" for c in act.children) and act.head.pos_ in VERBAL:
            acts.append(act.head)
    return tuple(dict.fromkeys(acts)) or tuple(inside)


def part(scene: Scene, name: Name, use: Use) -> Part:
    """The part of one name: the first rule that knows."""
    for rule in RULES:
        found = rule(scene, name, use)
        if found is not None:
            return found
    return Part(use.role, use.sure, f"{use.because[:1].upper()}{use.because[1:]}.")


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


def pointed(name: Name) -> bool:
    """Whether the name is a known place that a point can stand for."""
    return name.place is not None and name.place.pointed


def at_home(scene: Scene, parts: list[Part]) -> list[Part]:
    """Those who protest, named for one town, do so at home where the sentence names no other place for it."""
    homes = [i for i, part in enumerate(parts) if part.role == "speaker_home" and pointed(scene.names[i])]
    others = [n for i, n in enumerate(scene.names) if i not in homes and parts[i].role != "actor" and pointed(n)]
    if scene.kind not in table("inherit")["kinds_at_home"] or len(homes) != 1 or others:
        return parts
    people = lives(scene.names[homes[0]])
    if people is None or not takes_part(scene, people):
        return parts
    because = f"Those who took part, the {people.text}, are named for it, and no other place is named."
    return [Part("happened_at", 0.55, because) if i == homes[0] else part for i, part in enumerate(parts)]


def takes_part(scene: Scene, people: Token) -> bool:
    """Whether people are the subject of the event's verb, in the article's own words and not in what somebody says."""
    top = conjunct(people)
    does = top.head if top.dep_ in SUBJECTS else None
    said = any(h.speaker and h.attribution.covers(span(people)) for h in scene.heard)
    if does is None:
        return False
    if does.dep_ == "relcl" and does.head in scene.events:  # "the rally that the women of X had announced"
        return True
    return not said and not speaks_of(does) and (does in scene.events or any(t.head == does for t in scene.events))


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


DOUBTED = 0.65
"""A scene believed in less than this gives way to a place named as where the goods went."""


def headed(scene: Scene, name: Name, use: Use) -> Part | None:
    """The dateline of a report is where it was written; see ``filed`` for when it is more."""
    return Part("mention", 0.9, f"{use.because[:1].upper()}{use.because[1:]}.") if dateline(name) is not None else None


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
    if word == "via" or word == "through":
        return Part("route", 0.9, f'"{word} {name.text}" tells the way it took.')
    if pattern("roles", "flow", "route_phrase").search(text[: name.span.start]):
        return Part("route", 0.9, f'"by way of {name.text}" tells the way it took.')
    border = name.head.head if name.head.dep_ in {"compound", "poss", "nmod", "amod"} else governor
    if border.lemma_.lower() in words("flow", "route_nouns"):
        lead = border.head.lower_ if border.dep_ == "pobj" else ""
        if lead in words("flow", "route") or border.head.lemma_ in {"cross", "pass"}:
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
    return lemma in words("flow", "goods") | words("flow", "get") | words("flow", "give") or lemma in {
        "come",
        "cross",
        "flow",
        "arrive",
    }


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
    if word in {"to", "into", "toward", "towards"} and (
        lemma in passing or any(t in scene.events for t in (governor, clause(governor)))
    ):
        return Part("recipient", 0.85, f'"{word} {name.text}" tells where it went.')
    if not use.free or word not in words("actor", "spatial"):
        return None
    carried = governor.dep_ == "pobj" and governor.head.lower_ == "to" and clause(governor) is not None
    if carried and any(t == clause(governor) or clause(t) == clause(governor) for t in scene.events):
        return Part("recipient", 0.8, f'It went "to {governor.text} {word} {name.text}".')
    handed = clause(governor)
    if handed is not None and (
        handed.lemma_.lower() in words("flow", "give") | {"use", "hand"}
        or governor.lemma_ in {"use", "handover", "delivery"}
    ):
        if handed.lemma_ in {"train"} or governor.lemma_ in {"training"}:
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
    return above.lower_ in {"to", "with", "for"} and any(clause(above) == clause(t) for t in scene.events)


def unspoken(scene: Scene, verb: Token) -> bool:
    """Whether a verb is one of the event and not one of speaking about it."""
    return verb.lemma_.lower() not in speaking_verbs() or verb in scene.events


def holds(governor: Token, scene: Scene) -> bool:
    """Whether the people of "fighters in X" are those who get, and not those who speak."""
    top = governor
    while top.dep_ in {"pobj", "prep", "conj"} and top.head != top:
        top = top.head
    return top.dep_ not in SUBJECTS


def lives(name: Name) -> Token | None:
    """The people whom the name tells where they live or serve: "residents of X", "an analyst in X", "who lives in X"."""
    neighbours = folk(name)
    if neighbours is not None:
        return neighbours
    governor, word = governing(conjunct(name.head))
    if (
        governor.pos_ in {"NOUN", "PROPN", "NUM"}
        and word in {"of", "from", "in", "for", "at", "to"}
        and governor.lemma_.lower() in words("home", "people")
    ):
        return governor
    if governor.ent_type_ == "PERSON" and word in {"of", "from", "in"}:
        return governor
    if governor.pos_ in VERBAL and governor.dep_ in {"relcl", "acl"} and governor.lemma_ in words("home", "living"):
        return governor.head
    if governor.pos_ in VERBAL and governor.lemma_ in {"live", "reside"}:
        return governor
    if name.head.dep_ in {"compound", "nmod", "amod", "poss"} and name.head.head.lemma_.lower() in words(
        "home", "people"
    ):
        return name.head.head
    return None


def home(scene: Scene, name: Name, use: Use) -> Part | None:
    """Where somebody lives or serves is not where the event is, unless those people, in that place, are the event."""
    people = lives(name)
    private = people is not None and people.lemma_.lower() in words("home", "folk") and use.sure < SURE
    if people is None or (use.role == "actor" and not use.free and not private):
        return None
    governor, word = governing(conjunct(name.head))
    if governor.lemma_ in words("home", "living"):
        return Part("speaker_home", 0.9, f'It tells where the {people.text} live: "{governor.text} {word} {name.text}".')
    if people in scene.events:
        return None
    top = people
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        top = top.head
    while top.dep_ == "pobj" and top.head.dep_ == "prep" and top.head.head.pos_ in {"NOUN", "NUM"}:
        top = top.head.head  # "thousands of people in X"
    does = top.head if top.dep_ in SUBJECTS else None
    acts = does is not None and any(clause(t) == does or t.head == does for t in scene.events)
    if word in {"in", "at"} and does is not None and (does in scene.events or acts) and not speaks_of(does):
        return None  # "thousands of people in X marched", "activists in X staged a protest"
    if (
        word in {"in", "at"}
        and top.dep_ in {"dobj", "pobj"}
        and not speaks_in(top)
        and (clause(top) in [clause(t) for t in scene.events] or encounter(scene, clause(top)))
    ):
        return None  # "they met commanders in X"
    return Part(
        "speaker_home",
        0.85,
        f'It tells where the {people.text} are from or serve: "{word + " " if word else ""}{name.text}".',
    )


def encounter(scene: Scene, verb: Token | None) -> bool:
    """Whether a verb of a meeting's sentence is the one of meeting: "is to see the minister in X"."""
    known = scene.kind in table("roles")["meeting"]["kinds_hosted"] and verb is not None
    return known and verb is not None and verb.lemma_ in words("meeting", "meets")


def speaks_of(verb: Token) -> bool:
    """Whether a verb is one of saying or charging, whose subject is a source and no actor."""
    return verb.lemma_.lower() in speaking_verbs()


def speaks_in(people: Token) -> bool:
    """Whether people stand in the words that name a source: "according to an analyst in X"."""
    return any(t.lower_ in {"according", "by"} or t.dep_ == "appos" for t in [people, *list(people.ancestors)[:3]])


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
    verb = clause(governor)
    for t in scene.events:
        above = t.head if t.dep_ == "pobj" and t.head.lower_ in {"to", "at", "before", "during"} else None
        near = above is not None and (above.head in {verb, governor} or clause(above) == verb)
        if t.pos_ == "NOUN" and t.lemma_.lower() in words("actor", "event") and near and not placed(scene, t, name):
            return t
    return None


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
        setting = opens(scene.doc, name) and (name.place is None or name.place.kind in {"province", "district", "region"})
        if setting:
            return None
        if cue is not None and (governor == cue or clause(governor) is cue or governor.i < cue.i or governor.head == cue):
            return Part("voiced_at", 0.8, f'It belongs to "{cue.text}": where this was said, not where it happened.')
    return None


def span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def opens(doc: Doc, name: Name) -> bool:
    """Whether the sentence opens with it: "In Farah province, ..." sets the scene for all that follows."""
    before = [t for t in doc if t.idx < name.span.start and not t.is_punct]
    return (
        len(before) <= 5
        and any(t.lower_ in {"in", "at", "across"} for t in before)
        and not any(t.pos_ in VERBAL | {"NOUN"} for t in before)
    )


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
    if own is None:
        return None
    return Part("happened_at", 0.8, f'"{name.text} {own.text}" tells that it was held there.')


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
    after = [c for c in verb.children if c.dep_ in {"conj", "xcomp", "advcl"} and c.i > name.head.i]
    for t in scene.events:
        its = clause(t)
        aim = t.i > name.head.i and (t in purposes or its in after or any(t in p.children for p in purposes))
        if (aim or (leaves and t.head == verb and t.dep_ in SUBJECTS)) and not placed(scene, t, name):
            return Part("happened_at", 0.75, f'"{verb.text} {word} {name.text}" leads to where the {t.text} is held.')
    return None


def placed(scene: Scene, event: Token, name: Name) -> bool:
    """Whether an event has a place of its own after it, other than ``name``."""
    others = [governing(conjunct(n.head)) for n in scene.names if n.span != name.span and n.head.i > event.i]
    return any(word in {"in", "at"} and top in {event, clause(event)} for top, word in others)


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


def named_after(scene: Scene, name: Name, use: Use) -> Part | None:
    """An event named after its place ("the Doha talks") is held there; a series only when it is said to be one."""
    noun = name.head.head if name.head.dep_ in {"compound", "nmod"} and name.head.head.i > name.head.i else None
    if noun is None or noun.lemma_.lower() not in words("actor", "event"):
        return None
    town = name.place is None or name.place.kind not in {"country", "continent"}
    if not town:
        return None
    aside = noun.dep_ == "pobj" and noun.head.lower_ in {"before", "after", "since", "ahead", "of", "until"}
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


def landmark(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "In the hills near X", "north of X": a place by which another is found."""
    governor, word = governing(conjunct(name.head))
    if word == "of" or name.head.head.lower_ == "of":
        side = name.head.head.head if name.head.dep_ == "pobj" else governor
        if side.lemma_.lower() in words("said", "sides"):
            return Part("mention", 0.8, f'"{side.text} of {name.text}" tells where another place lies.')
    if governor.lemma_.lower() in words("said", "seats") and governor not in scene.events and governor.dep_ != "nsubj":
        return Part("mention", 0.7, f"It tells where the {governor.text} has its seat.")
    if word == "near" and any(
        scene.doc.text[other.span.end : name.span.start].count(" ") < 9
        and other.span.end < name.span.start
        and "," in scene.doc.text[other.span.end : name.span.start]
        for other in scene.names
    ):
        return Part("mention", 0.7, f'"near {name.text}" tells where another place lies.')
    return None


def scene_of(scene: Scene, name: Name, use: Use) -> Part | None:
    """The weighing of scenes.toml: how the name hangs on the event's own words."""
    if not use.free:
        return None
    best = max(((belief(t, name, use, scene.names), t) for t in scene.events), key=lambda x: x[0], default=None)
    if best is None:
        return None
    score, event = best
    least = table("roles")["scene"]["least"]
    if score >= least:
        return Part("happened_at", round(score, 3), f'It hangs on "{event.text}" (belief {score:.0%}).')
    if opens(scene.doc, name) and any(clause(t) is not None for t in scene.events):
        return Part("happened_at", 0.6, f'The sentence opens with "{name.text}" and so sets the scene.')
    return Part(
        "mention", round(1 - score, 3), f'It does not hang on "{event.text}" (belief {score:.0%} that it happened there).'
    )


def whereabouts(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "Speaking in X, where thousands had marched": what the clause tells happened there."""
    if use.free and WHERE.match(scene.doc.text, name.span.end) and all(t.idx > name.span.end for t in scene.events):
        return Part("happened_at", 0.85, f'"{name.text}, where ..." tells what happened there.')
    return None


def seated(scene: Scene, name: Name, use: Use) -> Part | None:
    """Where a body has its seat that says, hears or shows something about the passing of goods: "a court in X"."""
    governor, word = governing(conjunct(name.head))
    at_work = scene.flow and use.free and word in {"in", "at", "of"} and governor.pos_ in {"NOUN", "PROPN"}
    if not at_work or governor.dep_ not in SUBJECTS or governor.lemma_.lower() in words("flow", "goods"):
        return None
    verb = governor.head
    deals = verb in scene.events or {verb.lemma_.lower()} & (words("flow", "give") | words("flow", "get"))
    if deals or governor in scene.events or verb.pos_ not in VERBAL or verb.dep_ in {"ccomp", "relcl"}:
        return None
    if not all(t.i > verb.i for t in scene.events) or any(t.dep_ in SUBJECTS and t.head == verb for t in scene.events):
        return None
    return Part(
        "speaker_home", 0.75, f"It tells where the {governor.text} is; the {governor.text} neither gives nor gets."
    )


RULES: tuple[Callable[[Scene, Name, Use], Part | None], ...] = (
    headed,
    whereabouts,
    route,
    hosted,
    named_after,
    supplier,
    recipient,
    landmark,
    home,
    seated,
    voiced,
    journey,
    befallen,
    scene_of,
)
"""Asked in this order; the first that knows decides."""

WHOLE: tuple[Callable[[Scene, list[Part]], list[Part]], ...] = (gone_to, nearest_known, there, at_home, filed)
"""Asked in this order of a sentence's parts together; each hands on the parts, changed or not."""
