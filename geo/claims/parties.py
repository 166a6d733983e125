"""Who gives and who gets where no place says it: "the Taliban", "Wagner", "Russian rifles", "Iranian officers".

A party is a named body, people or person, or a group of armed people. The rules are those by which a place supplies or
gets (geo/claims/passing.py); here they are asked of names that are no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from geo.claims.claim import Party, Passing
from geo.claims.clauses import CLAUSES, SUBJECTS, VERBAL, agent, subject
from geo.claims.parts import Scene, event_tokens
from geo.claims.passing import recipient
from geo.claims.readings import Name, Use, conjunct, words
from geo.claims.sources import supplier
from geo.claims.words import table
from geo.places.gazetteer import Gazetteer
from geo.text.span import Span

NAMED = frozenset({"ORG", "NORP", "PERSON", "GPE"})
MOST = 8
"""Words of a party's name; a longer stretch is no name."""
DETERMINERS = frozenset({"this", "that", "these", "those", "some", "any", "all", "both", "each", "no"})


def parties(doc: Doc, kind: str, event_words: Sequence[Span], names: Sequence[Name]) -> tuple[Party, ...]:
    """The parties of one claim in the order of the text, none twice in one part. ``names`` are the places' names.

    Spans count in the sentence. Kinds in which nothing passes have no parties.
    """
    scene = Scene(doc, kind, event_tokens(doc, event_words), tuple(names), (), ())
    if not scene.flow:
        return ()
    found: dict[tuple[str, Passing], Party] = {}
    for head in candidates(doc, names):
        one = judged(scene, head)
        if one is not None:
            found.setdefault((one.name.lower(), one.role), one)
    return tuple(found.values())


def candidates(doc: Doc, names: Sequence[Name]) -> Iterator[Token]:
    """The heads of names that are no places, and of groups of armed people."""
    places = [name.span for name in names]
    for token in doc:
        spot = Span(token.idx, token.idx + len(token))
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or any(place.overlaps(spot) for place in places):
            continue
        if token.dep_ in {"amod", "compound", "nmod"} and token.head.lemma_.lower() in words("flow", "groups"):
            continue  # "Taliban fighters" are one party
        if token.lemma_.lower() in words("flow", "goods") or "according" in {a.lower_ for a in token.ancestors}:
            continue
        group = token.lemma_.lower() in words("flow", "groups")
        named = token.ent_type_ in NAMED and (token.head.ent_type_ != token.ent_type_ or token.dep_ != "compound")
        if group or named or Gazetteer.shared().demonym(token.text) is not None:
            yield token


def judged(scene: Scene, head: Token) -> Party | None:
    """What a party does: gives or gets, by the rules for places and by two of its own."""
    span = called(head)
    if head.dep_ in {"compound", "nmod", "amod"} and Gazetteer.shared().demonym(head.text) is None:
        return before_goods(scene, head, span)
    name = Name(span, head, None)
    use = Use("actor", 0.8, False, "it is no place")
    for rule in (supplier, recipient):
        part = rule(scene, name, use)
        if part is not None and (part.role == "supplier" or part.role == "recipient"):
            return party(scene, head, span, part.role, part.score, part.because)
    why = giver(scene, head)
    if why is not None:
        return party(scene, head, span, "supplier", 0.7, why)
    why = getter(scene, head)
    return party(scene, head, span, "recipient", 0.7, why) if why is not None else None


def before_goods(scene: Scene, head: Token, span: Span) -> Party | None:
    """ "Gave the Rovers rifles", which a parser takes for a kind of rifle; "Rover rifles" tell of no giver."""
    goods = head.head
    given = goods.dep_ == "dobj" and goods.head.lemma_.lower() in words("flow", "give")
    if not given or goods.lemma_.lower() not in words("flow", "goods"):
        return None
    return party(scene, head, span, "recipient", 0.7, f'It is who is given to: "{goods.head.text}".')


def party(scene: Scene, head: Token, span: Span, role: Passing, score: float, because: str) -> Party | None:
    """The party with its name; a people's country is its place. Nobody gives what only its own people tell of."""
    text = span.of(scene.doc.text)
    if len(text.split()) > MOST or not re.search(r"\w{2}", text):
        return None
    country = Gazetteer.shared().demonym(head.text)
    return Party(text, role, score, because, span, country)


def called(head: Token) -> Span:
    """The words a party is called by: its article, adjectives and compounds, nothing after its head."""
    first = head
    if head.dep_ in {"amod", "compound", "poss", "nmod"} and head.ent_type_ in NAMED | {""}:
        return Span(own(head).idx, head.idx + len(head))
    for child in head.children:
        plain = child.dep_ in {"amod", "compound", "nmod", "poss", "det", "punct"} and child.lower_ not in DETERMINERS
        if plain and child.i < first.i and not any(c.dep_ in CLAUSES for c in child.children):
            first = own(child) if child.dep_ != "det" else child
    return Span(first.idx, head.idx + len(head))


def own(token: Token) -> Token:
    """The first word of a name of several, "Quds" in "Quds Force"."""
    inside = [
        t for t in token.subtree if t.i <= token.i and t.dep_ in {"compound", "amod", "poss", "nmod", "case", "punct"}
    ]
    return min([*inside, token], key=lambda t: t.i) if all(t.i <= token.i for t in token.subtree) else token


def giver(scene: Scene, head: Token) -> str | None:
    """The subject of a giving verb over coordination, or who is told after "by"."""
    for verb in scene.doc:
        if verb.pos_ not in VERBAL or verb.lemma_.lower() not in words("flow", "give") or not told(scene, verb):
            continue
        who = subject(verb)
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) and agent(verb) is None
        if who is not None and conjunct(head) == conjunct(who) and not passive:
            return f'It is who gives: subject of "{verb.text}".'
        by = conjunct(head).head
        after = conjunct(head).dep_ == "pobj" and by.lower_ == "by" and by.i > verb.i
        if after and verb.tag_ == "VBN" and verb in by.ancestors:
            return f'It is who gives: "{verb.text} ... by".'
    return None


def getter(scene: Scene, head: Token) -> str | None:
    """Who is armed or supplied, and to or for whom goods go."""
    first = conjunct(head)
    above = first.head
    goods, give = words("flow", "goods"), words("flow", "give")
    if first.dep_ in {"dobj", "dative", "nsubjpass"} and told(scene, above):
        armed = above.lemma_.lower() in table("roles")["flow"]["arming"] or first.dep_ == "dative"
        if armed:
            return f'It is who is given to: "{above.text}".'
    if first.dep_ == "pobj" and above.lower_ in {"to", "for", "with", "of", "among"}:
        top = above.head
        way = above.lower_ in {"to", "for"} and top.lemma_.lower() in goods | give
        within = above.lower_ == "of" and top.lemma_.lower() in table("roles")["flow"]["giving"]
        if (way or within) and (told(scene, top) or top in scene.events):
            return f'"{top.text} {above.text} {first.text}" tells who gets it.'
    return None


def told(scene: Scene, verb: Token) -> bool:
    """Whether a word is one of the event, or hangs together with one."""
    near = {verb, verb.head, *verb.children}
    return any(t in near or t.head in near for t in scene.events) and verb.dep_ not in {*SUBJECTS, "aux"}
