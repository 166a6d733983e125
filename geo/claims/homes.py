"""Where people live or serve and where bodies have their seat: "residents of X", "an analyst in X", "a court in X"."""

from __future__ import annotations

from spacy.tokens import Token

from geo.claims.attribution import verbs as speaking_verbs
from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.parts import Part, Scene, span
from geo.claims.readings import SURE, Name, Use, beside, conjunct, folk, phrase_ends, words
from geo.claims.scenes import clause, governing
from geo.claims.words import table


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
    if word in {"in", "at"} and top in scene.events:
        return None  # "a meeting of the ministers in X"
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


def titled(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "The bishop of X" bears its name wherever he is."""
    head = conjunct(name.head)
    title = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    if title is None or title.lemma_.lower() not in words("home", "titles") or not use.free:
        return None
    return Part("speaker_home", 0.85, f'"{title.text} of {name.text}" is a title.')


def hailing(scene: Scene, name: Name, use: Use) -> Part | None:
    """ "A delegation from X", "some from as far as X": where people came from to meet or march elsewhere."""
    before = scene.doc.text[max(0, name.span.start - 24) : name.span.start].lower()
    far = before.endswith(("from as far as ", "from as far away as ", "from as far afield as "))
    head = conjunct(name.head)
    preposition = head.head
    gap = name.span.start - len(" to ")
    for other in scene.names if not scene.flow and preposition.lower_ == "to" else ():
        if other.span.end == gap:
            first = hailing(scene, other, use)  # "farmers from X to Y"
            return first if first is not None and first.role == "speaker_home" else None
    if scene.flow or not (far or (head.dep_ == "pobj" and preposition.lower_ == "from")):
        return None
    people = preposition.head
    setting_out = people.lemma_.lower() in words("home", "setting_out") and scene.kind != "meeting"
    if people.pos_ in VERBAL and preposition.i > people.i and not setting_out:
        return Part("mention", 0.7, f'"{people.text} from {name.text}" tells where somebody or something came from.')
    known = people.pos_ in {"NOUN", "PRON"} and people.lemma_.lower() not in words("home", "unmoved")
    if not far and not (known and preposition.i > people.i) and people.lemma_.lower() not in words("topic", "befell"):
        return None
    return Part(
        "speaker_home",
        0.75,
        f'"{"from" if not far else before.split("from")[-1].strip()} {name.text}" tells where they came from.',
    )


def bystanders(scene: Scene, name: Name, use: Use) -> Part | None:
    """Those who neither give nor get, told by where they are: "dockers in X refused to load the tanks"."""
    governor, word = governing(conjunct(name.head))
    who = beside(name) or governor
    if not scene.flow or not use.free or word not in words("actor", "spatial") | {"from"} or who.pos_ != "NOUN":
        return None
    while who.dep_ == "pobj" and who.head.dep_ == "prep" and who.head.head.pos_ == "NOUN":
        who = who.head.head  # "welders at a yard in X"
    things = words("flow", "goods") | words("flow", "things")
    if who.dep_ != "nsubj" or who in scene.events or who.lemma_.lower() in things or who.head.i < name.head.i:
        return None
    verb = who.head
    passes = words("flow", "give") | words("flow", "get") | words("flow", "handed") | words("flow", "local")
    if verb.pos_ not in VERBAL or verb.lemma_.lower() in passes:
        return None
    return Part("speaker_home", 0.65, f"It tells where the {who.text} are; they neither give nor get.")


def lives(name: Name) -> Token | None:
    """The people whom the name tells where they live or serve: "residents of X", "an analyst in X", "who lives in X"."""
    neighbours = folk(name)
    if neighbours is not None or phrase_ends(name) is not None:
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


def encounter(scene: Scene, verb: Token | None) -> bool:
    """Whether a verb of a meeting's sentence is the one of meeting: "is to see the minister in X"."""
    known = scene.kind in table("roles")["meeting"]["kinds_hosted"] and verb is not None
    calls = verb is not None and verb.lemma_ == "call" and any(c.lower_ == "on" for c in verb.children)
    return known and verb is not None and (calls or verb.lemma_ in words("meeting", "meets"))


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


def speaks_of(verb: Token) -> bool:
    """Whether a verb is one of saying or charging, whose subject is a source and no actor."""
    return verb.lemma_.lower() in speaking_verbs()


def speaks_in(people: Token) -> bool:
    """Whether people stand in the words that name a source: "according to an analyst in X"."""
    return any(t.lower_ in {"according", "by"} or t.dep_ == "appos" for t in [people, *list(people.ancestors)[:3]])


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
    if governor.lemma_.lower() in words("said", "seats") and speaks_of(verb):
        return Part("voiced_at", 0.85, f"It tells where the {governor.text} that speaks has its seat.")
    if not all(t.i > verb.i for t in scene.events) or any(t.dep_ in SUBJECTS and t.head == verb for t in scene.events):
        return None
    return Part(
        "speaker_home", 0.75, f"It tells where the {governor.text} is; the {governor.text} neither gives nor gets."
    )
