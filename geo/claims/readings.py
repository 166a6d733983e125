"""Whether a place name means the place, or the government or body that bears its name.

The rules look at how the name stands in its sentence; the encoder's reading, where there is one, settles what they
leave open. ``Use.free`` says that the name is a place where something can have happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from geo.claims.clauses import child
from geo.claims.words import table
from geo.places.place import Place, Role
from geo.text.span import Span

DATELINE = re.compile(
    r"(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?(?:,? (?:\d{1,2} )?[A-Z][a-z]+\.?(?: \d{1,2})?(?:,? \d{4})?)?"
    r"(?:,? ?\([^)]{2,40}\))?(?:, [A-Z][\w.]+ ?\d{0,2})? ?(?:--|—|–|- )"
)
"""What follows a name that is a dateline: country, day, agency, and the dash."""
LABEL = re.compile(r"(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?: \S")
"""What follows a place that labels a line: its country, a colon."""
SURE = 0.8
"""A rule at least this sure is not overruled by the encoder's reading."""


@dataclass(frozen=True, slots=True)
class Use:
    """How a place name is used, whatever the claim: its role, how sure, whether it can be a scene, and why."""

    role: Role
    sure: float
    free: bool
    because: str


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in a parsed sentence: its words, its head token, and the place it means, if known."""

    span: Span
    head: Token
    place: Place | None
    metonymy: float | None = None

    @property
    def text(self) -> str:
        return self.span.of(self.head.doc.text)

    @property
    def state(self) -> bool:
        """Whether the name can stand for a government or body: not a district, a river or a mountain."""
        return self.place is None or self.place.kind not in {"district", "water", "land"}


@cache
def words(room: str, key: str) -> frozenset[str]:
    """A word list of roles.toml."""
    return frozenset(table("roles")[room][key])


def name_at(doc: Doc, span: Span, place: Place | None, metonymy: float | None = None) -> Name | None:
    """The name standing at ``span`` of a sentence; ``None`` when no token does."""
    inside = [t for t in doc if t.idx < span.end and t.idx + len(t) > span.start and t.text not in {"'s", "’s"}]
    if not inside:
        return None
    head = next((t for t in reversed(inside) if t.head not in inside or t.head == t), inside[-1])
    return Name(span, head, place, metonymy)


def use(name: Name) -> Use:
    """How a place name is used in its sentence."""
    found = [verdict for rule in RULES if (verdict := rule(name)) is not None]
    best = max(
        found, key=lambda v: v.sure, default=Use("mention", 0.5, True, "nothing says that it is more than a place")
    )
    if name.metonymy is None or best.sure >= SURE or not name.state:
        return best
    share = f"{name.metonymy:.0%}"
    if name.metonymy >= 0.5 and best.role != "actor":
        return Use("actor", name.metonymy, False, f"the reading head takes it for a government or body ({share})")
    if name.metonymy < 0.5 and best.role == "actor":
        return Use(
            "mention",
            1 - name.metonymy,
            True,
            f"the reading head takes it for the place itself ({share} for a government)",
        )
    return best


def inside_name(name: Name) -> Use | None:
    """Part of a longer proper name or before a noun: "Kabul government", "New York Times", "Moscow Process"."""
    doc, last = name.head.doc, [t for t in name.head.doc if t.idx < name.span.end][-1]
    before = doc.text[max(0, name.span.start - 5) : name.span.start].lower()
    if before.endswith(("anti-", "pro-", "non-", "ex-")):
        return Use("mention", 0.9, False, f'"{before.split()[-1]}{name.text}" tells a stand towards it')
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if after is not None and after.text == "-" and last.i + 2 < len(doc):
        return hyphened(name, doc[last.i + 2])
    joined = phrase_ends(name)
    if joined is not None:
        return Use("mention", 0.9, True, f'it is told where, and with "{joined.text}" the next phrase begins')
    people = folk(name)
    if people is not None:
        return Use("speaker_home", 0.88, False, f'"{name.text} {people.text}" tells where the {people.text} are at home')
    noun = name.head.head if name.head.dep_ in {"compound", "nmod", "amod"} and name.head.head.i > last.i else None
    if noun is None:
        return organisation(name)
    lemma = noun.lemma_.lower()
    if lemma in words("actor", "event"):
        return Use("mention", 0.85, True, f'it stands in the name of an event, "{name.text} {noun.text}"')
    if lemma in words("actor", "polity"):
        return Use("actor", 0.9, False, f'"{name.text} {noun.text}" means the government, not the town')
    if noun.pos_ == "PROPN" and lemma not in words("actor", "ground"):
        return Use(
            "mention", 0.78, False, f'it is part of the name "{Span(name.span.start, noun.idx + len(noun)).of(doc.text)}"'
        )
    return organisation(name)


def phrase_ends(name: Name) -> Token | None:
    """The noun with which the next phrase begins, where the parser takes two for one: "in X traders shut their shops"."""
    doc = name.head.doc
    first, last = next(t for t in doc if t.idx + len(t) > name.span.start), [t for t in doc if t.idx < name.span.end][-1]
    noun = name.head.head
    if name.head.dep_ != "compound" or noun.tag_ != "NNS" or noun.i <= last.i or noun.dep_ == "poss":
        return None
    here = first.i > 0 and doc[first.i - 1].lower_ in words("actor", "within")
    return noun if here and all(t.pos_ in {"ADJ", "NOUN"} for t in doc[last.i + 1 : noun.i]) else None


def folk(name: Name) -> Token | None:
    """The private people right after the name of their home: "Lima teachers", "Lima taxi drivers"."""
    if phrase_ends(name) is not None:
        return None
    last = [t for t in name.head.doc if t.idx < name.span.end][-1]
    for after in name.head.doc[last.i + 1 : last.i + 3]:
        if after.pos_ not in {"NOUN", "PROPN"}:
            return None
        if after.lemma_.lower() in words("home", "folk") and name.head in (after, after.head, *after.children):
            return after
    return None


def labelled(name: Name) -> Use | None:
    """ "Lima: three hundred nurses marched", a place at the head of a report's line."""
    text = name.head.doc.text
    if (
        text[: name.span.start].strip(" -–•*.:0123456789") == ""
        and LABEL.match(text, name.span.end)
        and name.place is not None
    ):
        return Use("mention", 0.86, True, "it stands at the head of the line, before a colon")
    return None


def hyphened(name: Name, after: Token) -> Use | None:
    """ "Washington-Moscow cooperation", "Kabul-based", "US-led"."""
    if after.lower_ in {"based", "born"}:
        return Use("speaker_home", 0.85, False, f'"{name.text}-{after.text}" tells where somebody is at home')
    if after.tag_ in {"VBN", "VBD"} or after.lower_ in {
        "led",
        "backed",
        "brokered",
        "sponsored",
        "funded",
        "made",
        "supplied",
    }:
        return Use("actor", 0.85, False, f'"{name.text}-{after.text}" tells what its government does')
    if after.pos_ == "PROPN":
        return Use("actor", 0.75, False, f'"{name.text}-{after.text}" joins two governments')
    return None


def organisation(name: Name) -> Use | None:
    """Inside the name of an organisation, a newspaper or a work."""
    for entity in name.head.doc.ents:
        if (
            entity.label_ in {"ORG", "WORK_OF_ART", "EVENT", "LAW"}
            and entity.start_char <= name.span.start
            and name.span.end <= entity.end_char
        ):
            extra = (entity.end_char - entity.start_char) - len(name.span)
            if extra > 4 and name.head.dep_ == "compound" and entity.end_char > name.span.end + 2:
                return Use("mention", 0.8, False, f'it is part of the name "{entity.text}"')
    return None


def dateline(name: Name) -> Use | None:
    """ "HERAT -- ..." and "KABUL (Agency) - ..." at a report's start."""
    text = name.head.doc.text
    if text[: name.span.start].strip() == "" and DATELINE.match(text, name.span.end):
        return Use("mention", 0.95, False, "it is the dateline: where the report was filed")
    return None


def as_subject(name: Name) -> Use | None:
    """Who acts is a government; what lies somewhere is a place."""
    head = conjunct(name.head)
    if head.dep_ not in {"nsubj", "nsubjpass"} or not name.state:
        return None
    verb = head.head
    lemma = verb.lemma_.lower()
    if head.dep_ == "nsubjpass":
        if lemma in words("actor", "dealt"):
            return Use("actor", 0.8, False, f'it is who was "{verb.text}"')
        return Use("mention", 0.6, True, f'something was done to it ("{verb.text}")')
    if lemma == "sit" and child(verb, "prt", "advmod") is not None and any(c.lower_ == "with" for c in verb.children):
        return Use("actor", 0.85, False, f'it is who sits down with somebody: subject of "{verb.text}"')
    if lemma in words("actor", "still") and not any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children):
        attribute = child(verb, "attr", "acomp")
        if lemma == "be" and any(c.tag_ == "MD" for c in verb.children) and attribute is None:
            return Use("actor", 0.6, False, f'"{verb.text}" is said of a government')
        if (
            lemma in {"be", "become", "remain"}
            and attribute is not None
            and attribute.lemma_.lower() not in words("actor", "ground")
        ):
            return Use("actor", 0.65, False, f'"{verb.text} {attribute.text}" is said of a government')
        return Use("mention", 0.6, True, f'"{verb.text}" is said of a place')
    return Use("actor", 0.85, False, f'it is who acts: subject of "{verb.text}"')


def as_owner(name: Name) -> Use | None:
    """ "Moscow's support" is a government's; "Herat's streets" are a town's."""
    head = conjunct(name.head)
    if head.dep_ != "poss" or not name.state:
        return None
    owned = head.head
    if owned.lemma_.lower() in words("actor", "ground") | words("actor", "roads"):
        return Use("mention", 0.85, True, f'"{owned.text}" belongs to a place')
    if owned.lemma_.lower() in words("actor", "event"):
        return Use("mention", 0.6, True, f"the {owned.text} is told by its place")
    return Use("actor", 0.78, False, f"the {owned.text} is a government's")


def as_object(name: Name) -> Use | None:
    """Who is accused, told or backed is a government."""
    head = conjunct(name.head)
    if head.dep_ not in {"dobj", "dative", "iobj"} or not name.state:
        return None
    verb = head.head
    if any(c.dep_ in {"oprd", "ccomp", "acomp"} and c.pos_ == "ADJ" for c in verb.children):
        return Use("actor", 0.8, False, f'"{verb.text}" says what it is held to be')
    if verb.lemma_.lower() in words("actor", "dealt"):
        return Use("actor", 0.9, False, f'it is who is dealt with: object of "{verb.text}"')
    return Use("mention", 0.6, True, f'it is the object of "{verb.text}"')


def after_preposition(name: Name) -> Use | None:
    """ "In Moscow" is a place; "with Moscow", "against Moscow", "unacceptable to Moscow" are not."""
    head = conjunct(name.head)
    if head.dep_ not in {"pobj", "pcomp"}:
        return None
    preposition = head.head
    word, governor = preposition.lower_, preposition.head
    if word in words("actor", "spatial"):
        return Use("mention", 0.85, True, f'"{word}" is said of places')
    if word == "of" and governor.lemma_.lower() in words("actor", "called"):
        return Use("mention", 0.9, True, f'"{governor.text} of" calls it a place')
    if not name.state:
        return None
    if word == "for" and governor.lemma_.lower() in words("actor", "leaving"):
        return Use("mention", 0.82, True, f'"{governor.text} for" tells where the way leads')
    if word == "for" and governor.lemma_.lower() in words("actor", "planned") and governor.tag_ in {"VBN", "VBD"}:
        return Use("mention", 0.82, True, f'"{governor.text} for" tells where it is to be')
    if word in words("actor", "dealing") or preposition.dep_ == "agent":
        return Use("actor", 0.85, False, f'"{word}" is said of parties, not of places')
    lemma = governor.lemma_.lower()
    if word == "from":
        if lemma in words("actor", "sought"):
            return Use("actor", 0.85, False, f'"{governor.text} from" asks a party')
        if lemma in words("home", "pictures"):
            return Use("mention", 0.85, True, f"a {governor.text} from there shows what happens there")
        if governor.pos_ == "NOUN" and lemma not in words("actor", "motion") | words("flow", "goods") | words(
            "home", "people"
        ):
            return Use("actor", 0.6, False, f"a {governor.text} comes from a party")
        return Use("mention", 0.75, True, '"from" tells the way it came')
    if word == "to":
        if lemma in words("actor", "motion"):
            return Use("mention", 0.8, True, f'"{governor.text} to" leads to a place')
        if governor.pos_ == "ADJ" and lemma not in words("actor", "local"):
            return Use("actor", 0.85, False, f'"{governor.text} to" tells how a party takes it')
        return Use("actor", 0.7, False, f'"{governor.text} to" is said of a party')
    if word in {"of", "on", "about"} and governor.pos_ in {"NOUN", "VERB", "ADJ"}:
        return Use("mention", 0.55, True, f'"{governor.text} {word}" leaves it open')
    return None


def as_clause_subject(name: Name) -> Use | None:
    """ "With Moscow paying ...", "a Kabul that is interested in ...": the name does something in a clause of its own."""
    head = conjunct(name.head)
    if not name.state:
        return None
    for c in head.children:
        plain = c.lemma_ in {"lie", "border"} or any(g.lower_ == "where" for g in c.subtree)
        capital = c.lemma_ == "be" and any(
            g.dep_ == "attr" and g.lemma_.lower() in words("actor", "ground") for g in c.children
        )
        acts = any(g.dep_ == "nsubj" and g.lower_ in {"that", "which", "who"} for g in c.children)
        if c.dep_ == "relcl" and acts and not capital and not plain and not held_in(head, c):
            return Use("actor", 0.9, False, f'it is who acts: "{c.text}"')
    return None


def held_in(head: Token, verb: Token) -> bool:
    """Whether "which" may stand for the event and not for its place: "the conference in X, which lasted a week"."""
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ in words("actor", "spatial") else None
    while above is not None and above.dep_ in {"pobj", "prep"}:
        above = above.head
    events = above is not None and above.lemma_.lower() in words("actor", "event")
    return events and any(c.dep_ == "nsubj" and c.lower_ == "which" for c in verb.children)


def set_beside(name: Name) -> Use | None:
    """ "instead of Kabul, the host government": the words set beside it say what it is."""
    head = conjunct(name.head)
    beside = next((c for c in head.children if c.dep_ == "appos" and c.lemma_.lower() in words("actor", "polity")), None)
    return (
        Use("actor", 0.9, False, f"the words beside it call it a {beside.text}")
        if beside is not None and name.state
        else None
    )


def conjunct(head: Token) -> Token:
    """The first of names joined by commas or "and": what holds for it holds for the others."""
    steps = 0
    while head.dep_ in {"conj", "appos"} and head.head.pos_ in {"PROPN", "NOUN", "ADJ"} and steps < 12:
        if head.dep_ == "appos" and head.head.pos_ != "PROPN":
            break
        head, steps = head.head, steps + 1
    return head


def beside(name: Name) -> Token | None:
    """The noun right before the preposition of a name, whatever the parser hangs it on: "sent them to fighters in X".

    "Fighters in the hills of X" are fighters too.
    """
    head = conjunct(name.head)
    preposition = head.head
    if head.dep_ != "pobj" or preposition.i == 0:
        return None
    before = head.doc[preposition.i - 1]
    while preposition.lower_ == "of" and before.dep_ == "pobj" and before.head.lower_ in words("actor", "spatial"):
        preposition = before.head
        if preposition.i == 0:
            return None
        before = head.doc[preposition.i - 1]
    return before if before.pos_ in {"NOUN", "PROPN"} and before.ent_type_ not in {"DATE", "TIME"} else None


RULES: tuple[Callable[[Name], Use | None], ...] = (
    dateline,
    labelled,
    inside_name,
    as_subject,
    as_owner,
    as_object,
    after_preposition,
    as_clause_subject,
    set_beside,
)
