"""What a gathering or a meeting is about: places that only its subject names, "to discuss the fighting in X"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from geo.claims.clauses import SUBJECTS, VERBAL
from geo.claims.parts import Part, Scene, act, pointed
from geo.claims.readings import Name, Use, beside, conjunct, use, words
from geo.claims.scenes import clause, governing
from geo.claims.words import table

BESIDE = 8
"""Names to either side among which another scene is looked for."""
CLAUSE = frozenset({"acl", "relcl"})


def topic(scene: Scene, name: Name, using: Use) -> Part | None:
    """A place that only the subject of the talks, the grievance or another happening names is not where people met."""
    if scene.flow or not using.free:
        return None
    aside = told_aside(scene, name)
    if aside is not None:
        because = f'"{aside.text}" tells of something else that was done, not where this happened.'
        return Part("mention", 0.75, because)
    about = matter(scene, name)
    if about is not None and about.lower_ == "since":
        return Part("mention", 0.7, f'"since ... {name.text}" tells of something before.')
    head = conjunct(name.head)
    vague = head.dep_ == "pobj" and head.head.lower_ in words("topic", "vague")
    if about is not None and about == head.head and about.lower_ in words("topic", "direct"):
        return Part("mention", 0.7, f'"{about.text} {name.text}" tells what it was about.')
    if about is not None and vague and about.lemma_.lower() in words("topic", "verbs") | {"on", "about", "of"}:
        return Part("mention", 0.65, f'"{about.text} ... {head.head.text} {name.text}" tells what was talked of.')
    if about is None or not any(
        use(other).free and pointed(other) and plain(scene, other) for other in near(scene, name)
    ):
        return None
    return Part("mention", 0.7, f'"{about.text}" leads to another matter; the sentence names another place for this one.')


def near(scene: Scene, name: Name) -> list[Name]:
    """The names beside one, as many as a reader keeps in mind."""
    at = scene.names.index(name)
    return [*scene.names[max(0, at - BESIDE) : at], *scene.names[at + 1 : at + 1 + BESIDE]]


def matter(scene: Scene, name: Name) -> Token | None:
    """The word that leads to what it is about, to what went before it or to what befell somebody, if one does."""
    return next((word for rule in MATTERS if (word := rule(scene, name)) is not None), None)


def plain(scene: Scene, name: Name) -> bool:
    """Whether a name can be the scene as far as what it hangs on tells."""
    head = conjunct(name.head)
    held = head.dep_ in {"pobj", "poss"} and governing(head)[1] in words("actor", "spatial") | {"on", "to", "of", ""}
    return held and told_aside(scene, name) is None and matter(scene, name) is None


def other_time(scene: Scene, name: Name) -> Token | None:
    """The "after", "since" or "hours before" of the stretch in which a name stands and the event does not.

    Parsers often lose such a clause, so the stretch is told by its commas.
    """
    doc, at = scene.doc, conjunct(name.head).i
    for token in reversed(doc[:at]):
        if token.text in {",", ";", ":", "(", "—", "–"}:
            return None
        if token in scene.events:
            return None
        aside = token.lower_ in {"while", "as"} and token.dep_ == "mark"
        if (aside or token.lower_ in words("topic", "times")) and token.dep_ in {"prep", "mark", "advmod", "npadvmod"}:
            until = next((t.i for t in doc[at:] if t.text in {",", ";"}), len(doc))
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            usual = noun is not None and (is_ground(noun) or noun.lemma_.lower() in words("topic", "usual"))
            return None if usual or any(token.i < t.i < until for t in scene.events) else token
    return None


def befell(scene: Scene, name: Name) -> Token | None:
    """ "The mother of a conscript killed near X", "a man who was jailed in X": what befell somebody before."""
    head = conjunct(name.head)
    verb = scene.doc[head.head.i - 1] if head.dep_ == "pobj" and head.head.i > 0 else None
    participle = verb is not None and verb.tag_ == "VBN" and suffered(scene, verb)
    if verb is not None and participle and not any(c.dep_ in {"aux", "auxpass", *SUBJECTS} for c in verb.children):
        return verb
    told = clause(governing(head)[0])
    return told if told is not None and told.dep_ in CLAUSE and suffered(scene, told) else None


def described(scene: Scene, name: Name) -> Token | None:
    """ "The president, who was resting in X": what is told of somebody beside the event."""
    verb = clause(governing(conjunct(name.head))[0])
    if verb is None or verb.dep_ != "relcl" or verb.lemma_.lower() in words("topic", "own"):
        return None
    who = any(c.lower_ in {"who", "whose"} for c in verb.subtree if c.i <= verb.i)
    return verb if who and not any(t in verb.subtree for t in scene.events) else None


def suffered(scene: Scene, verb: Token) -> bool:
    """Whether a verb tells what befalls people, and not the event."""
    return verb.lemma_.lower() in words("topic", "befell") and not any(t in verb.subtree for t in scene.events)


def other_act(scene: Scene, name: Name) -> Token | None:
    """ "Inspected the bridge at X and then held talks in Y": of two acts the one that is no meeting."""
    verb = clause(governing(conjunct(name.head))[0])
    if scene.kind not in table("roles")["meeting"]["kinds_reached"] or verb is None or verb in scene.events:
        return None
    if verb.lemma_.lower() in words("topic", "own") | words("meeting", "travelling"):
        return None
    for t in scene.events:
        its = clause(t)
        joined = its is not None and its != verb and (verb in its.conjuncts)
        if joined and any(n.span != name.span and hangs(n, t) for n in scene.names):
            return verb
    return None


def bystander(scene: Scene, name: Name) -> Token | None:
    """ "A court in X jailed three women for a march in Y": the place of a subject that does something else."""
    people = beside(name)
    if people is None or people.dep_ not in {"nsubj", "nsubjpass"} or people in scene.events:
        return None
    verb = people.head
    mine = [verb, *(c for c in verb.subtree if c.dep_ in {"conj", "xcomp"} and c.head in {verb, verb.head})]
    if any(v in scene.events or v.lemma_.lower() in words("topic", "own") for v in mine):
        return None
    if any(t.head in mine and t.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} for t in scene.events):
        return None
    return verb if verb.pos_ in VERBAL else None


def meanwhile(scene: Scene, name: Name) -> Token | None:
    """ "Fans gathered in X while nurses protested in Y": the event has a clause, people and a place of its own."""
    verb = clause(governing(conjunct(name.head))[0])
    for t in scene.events:
        its = clause(t)
        below = its is not None and its != verb and its.dep_ == "advcl" and its.head == verb
        if its is None or not below or not any(c.dep_ in SUBJECTS for c in its.children):
            continue
        if verb not in scene.events and any(n.span != name.span and hangs(n, t) for n in scene.names):
            return verb
    return None


def hangs(name: Name, event: Token) -> bool:
    """Whether a name stands in the event's own clause."""
    return clause(governing(conjunct(name.head))[0]) == clause(event)


def spliced(scene: Scene, name: Name) -> Token | None:
    """ "Marchers pour into Lima, airport closed in X": a headline's second half tells of something else."""
    governor, _ = governing(conjunct(name.head))
    verb = clause(governor)
    if verb is None or verb.dep_ not in {"conj", "parataxis"} or verb.lemma_.lower() in words("topic", "own"):
        return None
    joined = any(c.dep_ == "cc" for c in verb.head.children) or any(t in verb.subtree for t in scene.events)
    mine = any(c.dep_ in SUBJECTS and c.i > verb.head.i for c in verb.children)
    return verb if mine and not joined and verb.i > verb.head.i else None


def told_aside(scene: Scene, name: Name) -> Token | None:
    """The verb of a clause about something that is neither the event nor its people: "a law passed by a court in X"."""
    done = done_by(scene, name)
    if done is not None:
        return done
    for verb in clauses_above(name):
        noun = verb.head
        own = {verb, noun} & set(scene.events) or any(t in verb.subtree for t in scene.events)
        own = own or verb.lemma_.lower() in words("topic", "own")
        event = noun.dep_ in SUBJECTS or noun.lemma_.lower() in words("actor", "event") or is_ground(noun)
        if not own and not event and noun.i < verb.i and linked(scene, noun) is not None:
            return verb
    return None


def done_by(scene: Scene, name: Name) -> Token | None:
    """The participle of "a law, passed by the parliament in X": a place of those who did something else."""
    verb = next((t for t in conjunct(name.head).ancestors if t.pos_ in VERBAL), None)
    if verb is None or verb in scene.events or not any(c.dep_ == "agent" and c.i < name.head.i for c in verb.children):
        return None
    finite = any(c.dep_ in {"aux", "auxpass", *SUBJECTS} for c in verb.children)
    own = verb.lemma_.lower() in words("topic", "own") or any(t in verb.subtree for t in scene.events)
    return None if finite or own else verb


def clauses_above(name: Name) -> Iterator[Token]:
    """The participles and relative clauses in which a name stands, the innermost first."""
    token = act(governing(conjunct(name.head))[0])
    while True:
        if token.dep_ in CLAUSE and token.head.pos_ in {"NOUN", "PROPN"} and token.i < name.head.i:
            yield token
        elif token.dep_ not in {"conj", "xcomp", "advcl", "ccomp", "pcomp"}:
            return
        if token.head == token:
            return
        token = act(token.head)


def subject_matter(scene: Scene, name: Name) -> Token | None:
    """The word that leads from the event to its subject in which the name stands: "over", "to discuss", "demanding"."""
    noun = beside(name) or governing(conjunct(name.head))[0]
    head = conjunct(name.head)
    word = head.head.lower_ if head.dep_ == "pobj" else ""
    if noun in scene.events and word in words("topic", "direct") and noun.lemma_.lower() in words("actor", "event"):
        return head.head  # "talks on X"; people "march on X"
    if noun in scene.events or noun.pos_ not in {"NOUN", "PROPN", "VERB"} or is_ground(noun):
        return None
    return linked(scene, noun)


def linked(scene: Scene, token: Token) -> Token | None:
    """The first word above a token that makes it a subject matter, below the event itself."""
    while token not in scene.events and token.head != token:
        above = token.head
        if token.dep_ == "pobj" and above.lower_ in words("topic", "about") and not is_ground(token):
            return above if leads(scene, above) else None
        if token.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_.lower() in words("topic", "recalled"):
            return above
        if token.dep_ in {"dobj", "ccomp", "pobj"} and above.lemma_.lower() in words("topic", "verbs"):
            return above
        token = above
    return None


def leads(scene: Scene, preposition: Token) -> bool:
    """Whether a preposition hangs on the event, on its clause or on a word of it."""
    above = preposition.head
    if preposition.lower_ == "with":
        return above.lemma_.lower() in {"solidarity", "sympathy"}
    return any(above in (t, clause(t)) or t.head == above for t in scene.events) or above.pos_ in VERBAL | {"NOUN"}


def is_ground(noun: Token) -> bool:
    """Whether a noun is a street or a building, where one can stand, and no matter of dispute."""
    dated, people = noun.ent_type_ in {"DATE", "TIME"}, noun.lemma_.lower() in words("home", "people")
    if people:
        return False
    numbered = any(c.isdigit() for c in noun.text)  # "the A17"
    return (
        dated
        or numbered
        or noun.lemma_.lower() in words("actor", "ground") | words("said", "seats") | words("topic", "occasions")
    )


MATTERS: tuple[Callable[[Scene, Name], Token | None], ...] = (
    other_time,
    subject_matter,
    befell,
    spliced,
    other_act,
    meanwhile,
    described,
    bystander,
)
"""Asked in this order for the word that leads to something else; the first that knows decides."""
