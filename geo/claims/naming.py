"""Names and titles: the person whom a speaker's words name, and what somebody is called beside the name."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from geo.claims.attribution import listed, nouns
from geo.claims.clauses import phrase
from geo.claims.words import table
from geo.places.gazetteer import Gazetteer
from geo.text.span import Span

RETIRED = re.compile(r" ?\((?:retd?|retired|ret|r|rtd)\.?\) (?=[A-Z])", re.IGNORECASE)
LONGEST_ROLE = 100
"""Characters; a longer apposition is a story and no role."""
LONGEST_NAME = 7
"""Tokens of a name set between two commas behind a title."""


def title(entity: Entity) -> str | None:
    """What stands before the name ("Taliban spokesman") or after it (", a resident of ...")."""
    doc, root = entity.doc, entity.root
    before = phrase(root)
    words = doc.text[before.start : entity.start_char].strip() if before.start < entity.start_char else ""
    after = next((c for c in root.children if c.dep_ == "appos" and c.i > root.i), None)
    if after is not None and (end := phrase(after)) and len(end) <= LONGEST_ROLE:
        return end.of(doc.text)
    if entity.end + 1 < len(doc) and doc[entity.end].text == "," and doc[entity.end + 1].pos_ in {"DET", "NOUN", "ADJ"}:
        head = doc[entity.end + 1]
        head = head if head.pos_ == "NOUN" else head.head
        beside = phrase(head)
        closed = doc.text[beside.end :].lstrip()[:1] in {"", ",", ".", ";", ")", "”", '"', "–", "—", "-"}
        if head.pos_ == "NOUN" and head.i > entity.end and closed:
            return beside.of(doc.text)
    return words if words and words.lower() not in {"the", "a", "an"} else None


def pronoun(head: Token) -> str | None:
    """The kind of speaker a pronoun stands for."""
    for kind, words in table("voices")["pronouns"].items():
        if head.lower_ in words:
            return str(kind)
    return None


def person_in(doc: Doc, span: Span, head: Token) -> Entity | None:
    """The person that a speaker's phrase names, in it or set beside it: "a protester, Haji Farhad"."""
    inside = [e for e in doc.ents if e.label_ == "PERSON" and span.start <= e.start_char < span.end and not is_rank(e)]
    inside = [e for e in inside if not _in_a_body(e)]
    retired = RETIRED.match(doc.text, span.end)
    if retired is not None and not inside:  # "Brigadier (retd) Aslam Tareen"
        names = [t for t in doc if t.idx >= retired.end()]
        end = next((i for i, t in enumerate(names) if t.pos_ != "PROPN"), len(names))
        if end:
            return doc[names[0].i : names[0].i + end]
    for entity in inside:
        if entity.start <= head.i < entity.end or (
            entity.root.head == head and entity.root.dep_ in {"appos", "compound", "nmod"} and entity.root.i > head.i
        ):
            return entity
    if head.pos_ == "NOUN" and not plural(head):  # "an aide, Ana Diaz, said", whatever the tagger takes the name for
        for name in (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > head.i + 1):
            whole = doc[name.left_edge.i : name.i + 1]
            if len(whole) > 1 and doc[whole.start - 1].text == "," and all(t.pos_ == "PROPN" for t in whole):
                return whole
    if in_office(head) and (by_title := set_beside(doc, span)) is not None:
        return by_title
    beside = [e for e in doc.ents if e.label_ == "PERSON" and 0 < e.start_char - span.end <= 2]
    for entity in beside:
        if doc.text[span.end : entity.start_char].strip() == "," and not plural(head) and head.pos_ != "PROPN":
            return entity
    follows = [t for t in doc if span.end < t.idx <= span.end + 1]
    if follows and follows[0].pos_ == "PROPN" and doc[follows[0].i - 1].is_alpha and head.pos_ == "NOUN":
        end = follows[0].i  # "the commentator Nazar Motmaein" whose name the phrase lost
        while end < len(doc) and doc[end].pos_ == "PROPN":
            end += 1
        return doc[follows[0].i : end]
    return None


def _in_a_body(entity: Entity) -> bool:
    """Whether a name is the first half of a body's: "Devon" in "Devon and Cornwall Police"."""
    doc, after = entity.doc, entity.end
    joined = after + 1 < len(doc) and doc[after].lower_ in {"and", "&"} and doc[after + 1].ent_type_ == "ORG"
    last = next((t for t in reversed(doc[after:]) if t.ent_type_ == "ORG" and t.i - after < LONGEST_NAME), None)
    return joined and last is not None and is_body(last)


def without_title(entity: Entity) -> tuple[str, str | None]:
    """A person's name, and the title that a tagger took for part of it: "Organiser Beryl Trembath"."""
    lists = table("voices")["ranks"]
    first = entity[0].lower_.rstrip(".")
    titled = (
        len(entity) > 2 and (first in lists["offices"] or first in lists["words"]) and first not in {"king", "prince"}
    )
    name = entity[1:] if titled else entity
    return re.sub(r"['’]s?$", "", name.text).strip(), entity[0].text if titled else None


def is_rank(entity: Entity) -> bool:
    """Whether all that was taken for a person's name is a rank or title: "Sgt"."""
    return all(t.lower_.rstrip(".") in table("voices")["ranks"]["words"] or t.is_punct for t in entity)


def plural(head: Token) -> bool:
    if "Number=Plur" in str(head.morph) or head.lower_ in table("voices")["plurals"]["words"]:
        return True
    return any(c.dep_ in {"nummod"} or c.dep_ == "conj" for c in head.children) and head.ent_type_ != "PERSON"


def in_office(head: Token) -> bool:
    """Whether a phrase is somebody's title: "the Regional Commissioner"; its noun may be in capitals."""
    lists = table("voices")["ranks"]
    lemma = head.lemma_.lower()
    return not plural(head) and head.pos_ in {"NOUN", "PROPN"} and (lemma in lists["offices"] or lemma in lists["words"])


def are_people(head: Token) -> bool:
    """Whether a noun in the plural is of people by their work or standing: "women", "the teachers"."""
    lists = table("voices")["ranks"]
    lemma = head.lemma_.lower()
    return head.pos_ == "NOUN" and plural(head) and (lemma in lists["offices"] or lemma in lists["words"])


def is_body(head: Token) -> bool:
    """Whether a noun is an institution: "the ministry"."""
    return head.lemma_.lower() in table("voices")["things"]["bodies"]


def is_one(head: Token) -> bool:
    """Whether a noun is one person, whom "he" or "she" can mean: no body, no paper, nothing said."""
    if in_office(head):
        return True
    lemma = head.lemma_.lower()
    thing = lemma in table("voices")["things"]["bodies"] or lemma in listed("bearers") or lemma in nouns()
    return head.pos_ == "NOUN" and not plural(head) and not thing


def is_somebody(who: Token) -> bool:
    """Whether a noun is plainly a person, people or a body, whatever verb stands behind it."""
    if who.ent_type_ in {"PERSON", "ORG", "NORP"} or who.lower_ in {"he", "she", "they", "we", "i", "who"}:
        return True
    lists = table("voices")
    known = (lists["ranks"]["offices"], lists["ranks"]["words"], lists["things"]["bodies"], lists["objects"]["headline"])
    return any(who.lemma_.lower() in words or who.lower_ in words for words in known)


def set_beside(doc: Doc, span: Span) -> Entity | None:
    """The name between two commas behind a title: "the Commissioner for Labour, Atty. Ramon Dizon, said"."""
    opened = next((t.i for t in doc if t.idx >= span.end), None)
    if opened is not None and doc[opened].text == "(":  # "the Superintendent of Police (Sukma), Vineet Chandrakar"
        opened = next(
            (t.i + 1 for t in doc[opened : opened + LONGEST_NAME] if t.text == ")" and t.i + 1 < len(doc)), None
        )
    if opened is None or doc[opened].text != ",":
        return None
    run: list[Token] = []
    for token in doc[opened + 1 : opened + 2 + LONGEST_NAME]:
        if (token.text in {",", "."} and not token.is_alpha) or (token.is_punct and token.i == len(doc) - 1):
            break
        if not (
            token.text[:1].isupper() or token.text.lower() in {"al", "bin", "de", "van", "von", "da", "ould", "el", "-"}
        ):
            return None
        run.append(token)
    while run and run[0].lower_.rstrip(".") in table("voices")["ranks"]["words"]:
        run.pop(0)
    if run and re.fullmatch(r"[A-Z]{2,5}|[A-Z][a-z]{1,4}\.", run[0].text) and len(run) > 2:
        run.pop(0)  # "DSP", "Atty."
    name = doc[run[0].i : run[-1].i + 1] if len(run) > 1 else None
    return name if name is not None and not Gazetteer.shared().named(name.text) else None
