"""Speakers across the sentences of an article: full names, roles, pronouns, and quotations that go on.

Spans of a Speaker count in the article's text; those of its attribution in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from geo.claims.attribution import Attribution, pattern
from geo.claims.attribution import Heard as Heard
from geo.claims.attribution import Speaker as Speaker
from geo.claims.clauses import SUBJECTS, phrase
from geo.claims.interviews import interview
from geo.claims.quotations import carried, quotations
from geo.claims.sayers import speaks
from geo.claims.wording import heard_in
from geo.claims.words import table
from geo.text.article import Sentence
from geo.text.span import Span

RETIRED = re.compile(r" ?\((?:retd?|retired|ret|r|rtd)\.?\) (?=[A-Z])", re.IGNORECASE)
LONGEST_ROLE = 100
"""Characters; a longer apposition is a story and no role."""


@dataclass(slots=True)
class Memory:
    """Who has been named so far; changes while an article is read from its top to its bottom."""

    names: dict[str, Speaker] = field(default_factory=dict)
    last: dict[str, Speaker] = field(default_factory=dict)
    bodies: dict[str, Speaker] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    answering: Speaker | None = None

    def remember(self, speaker: Speaker, kind: str) -> None:
        self.last[kind] = speaker
        if kind == "person":
            known = self.names.get(surname(speaker.name))
            if known is None or len(known.name) <= len(speaker.name):
                self.names[surname(speaker.name)] = replace(speaker, role=speaker.role or (known.role if known else None))

    def called(self, name: str) -> Speaker | None:
        """The fuller name an article gave before for a surname."""
        known = self.names.get(surname(name))
        return (
            known
            if known is not None and len(known.name) >= len(name) and known.name.endswith(name.split()[-1])
            else None
        )

    def titled(self, words: str) -> Speaker | None:
        """Who was introduced with this title: "the foreign minister"."""
        title = words.lower().removeprefix("the ").strip()
        for speaker in reversed(list(self.names.values())):
            role = (speaker.role or "").lower()
            if (
                title
                and role
                and (role == title or role.endswith((" " + title, title)) or role.startswith(title + " of"))
            ):
                return speaker
        return None


def own_names(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The names by which the article can mean itself: its authors, their surnames, its publisher."""
    if not sentences:
        return frozenset()
    article = sentences[0].article
    names = {name.lower() for name in (*article.authors, article.publisher or "") if name}
    return frozenset(names | {surname(name) for name in article.authors if name})


def own_voice(words: str, memory: Memory) -> bool:
    """Whether a speaker's phrase is the article's own: "the editorial", its author, its publisher."""
    text = words.lower().strip()
    return (
        text.removeprefix("the ") in memory.own
        or text in memory.own
        or pattern("own", "phrase").fullmatch(text) is not None
    )


def remember_bodies(doc: Doc, sentence: Sentence, memory: Memory) -> None:
    """Organisations named, so that "the council" later can be one of them."""
    for entity in doc.ents:
        words = entity.text.split()
        if entity.label_ in {"ORG", "FAC", "NORP"} and len(words) > 1 and words[-1][:1].isupper():
            words_at = Span(entity.start_char, entity.end_char).shifted(sentence.span.start)
            name = re.sub(r"^[Tt]he |['’]s?$", "", entity.text)
            if name.split():
                memory.bodies[name.split()[-1].lower()] = Speaker(name, None, words_at)


def surname(name: str) -> str:
    return re.sub(r"['’]s?$", "", name).split()[-1].lower() if name.split() else ""


def listen(sentences: Sequence[Sentence], docs: Sequence[Doc]) -> tuple[tuple[Heard, ...], ...]:
    """For every sentence who says what in it, widest first, pronouns and continued quotations resolved."""
    memory = Memory(own=own_names(sentences))
    asked = interview(sentences, docs)
    interviewee = Speaker(asked.name, None, asked.words) if asked is not None else None
    heard: list[tuple[Heard, ...]] = []
    doers: list[Speaker | None] = []
    for number, (sentence, doc) in enumerate(zip(sentences, docs, strict=True)):
        memory.answering = interviewee if asked is not None and number in asked.answers else None
        found = tuple(a for a in heard_in(doc) if a.speaker is None or not own_voice(a.speaker.of(doc.text), memory))
        for entity in doc.ents:
            if entity.label_ == "PERSON" and len(entity) > 1 and not own_voice(entity.text, memory):
                full = named(entity, sentence, memory)
                memory.names.setdefault(surname(full.name), full)
        for name in people(doc, found, memory):
            memory.remember(named(name, sentence, memory), "person")
        resolved = []
        for attribution in sorted(found, key=lambda a: a.head if a.head is not None else 0):
            who = resolve(doc, attribution, sentence, memory) if attribution.head is not None else None
            resolved.append(Heard(attribution, who))
        remember_bodies(doc, sentence, memory)
        doers.append(doer(doc, found, sentence, memory))
        heard.append(tuple(sorted(resolved, key=lambda h: -h.attribution.width)))
    told = carried(sentences, heard, doers)
    if asked is None or interviewee is None:
        return told
    return tuple(
        (answer(interviewee, doc), *one) if number in asked.answers else one
        for number, (doc, one) in enumerate(zip(docs, told, strict=True))
    )


def answer(interviewee: Speaker, doc: Doc) -> Heard:
    """The whole sentence as an answer in an interview."""
    whole = Span(0, len(doc.text))
    return Heard(Attribution("neutral", Span(0, 0), whole, (whole,)), interviewee, carried=True, answer=True)


def doer(doc: Doc, found: tuple[Attribution, ...], sentence: Sentence, memory: Memory) -> Speaker | None:
    """The person whom the writer's own clause is about: whose a quotation beside it is."""
    name = next(people(doc, found, memory), None)
    if name is not None:
        return named(name, sentence, memory)
    root = next((t for t in doc if t.head == t), None)
    if root is not None and any(c.dep_ in SUBJECTS and c.lower_ in {"he", "she"} for c in root.children):
        return memory.last.get("person")
    if root is not None and doc.text.rstrip().endswith(":"):  # announces a quotation
        who = next((c for c in root.children if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"} and speaks(c)), None)
        if who is not None:
            speaker = Speaker(phrase(who).of(doc.text), None, phrase(who).shifted(sentence.span.start))
            memory.remember(speaker, "group" if plural(who) else "person")
            return speaker
    return None


def people(doc: Doc, found: tuple[Attribution, ...], memory: Memory) -> Iterator[Entity]:
    """People who are subjects of the writer's own clauses: whom a later "he" can mean."""
    for entity in doc.ents:
        if entity.label_ == "PERSON" and entity.root.dep_ in SUBJECTS:
            inside = own_voice(entity.text, memory) or any(
                a.covers(Span(entity.start_char, entity.end_char)) for a in found
            )
            if not inside:
                yield entity


def named(entity: Entity, sentence: Sentence, memory: Memory) -> Speaker:
    """A person by name: the full form when the article gave one, with the title before and the apposition after."""
    text = re.sub(r"['’]s?$", "", entity.text).strip()
    known = memory.called(text)
    role = title(entity)
    words = Span(entity.start_char, entity.end_char).shifted(sentence.span.start)
    if known is not None and len(known.name) > len(text):
        return replace(known, words=words, role=known.role or role, because=f'"{text}" is {known.name}, named before')
    return Speaker(text, role or (known.role if known else None), words)


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
        if head.pos_ == "NOUN" and head.i > entity.end:
            return phrase(head).of(doc.text)
    return words if words and words.lower() not in {"the", "a", "an"} else None


def resolve(doc: Doc, attribution: Attribution, sentence: Sentence, memory: Memory) -> Speaker | None:
    """The speaker of one attribution, and the memory of having heard them."""
    assert attribution.head is not None
    assert attribution.speaker is not None
    head, span = doc[attribution.head], attribution.speaker
    kind = pronoun(head)
    if kind is not None:
        words = Span(head.idx, head.idx + len(head)).shifted(sentence.span.start)
        if memory.answering is not None and head.lower_ in {"i", "we"}:
            return replace(memory.answering, words=words, because=f'"{head.text}" is who is interviewed')
        if kind in {"group", "person"} and (near := subject_before(doc, head, kind)) is not None:
            name = phrase(near).of(doc.text)
            return Speaker(name, None, words, f'"{head.text}" is {name}, named before in the sentence')
        known = memory.last.get(kind) or (memory.last.get("person") if kind == "group" else memory.last.get("group"))
        if known is None and kind in {"person", "thing"} and (near := doer_before(doc, head)) is not None:
            name = phrase(near).of(doc.text)
            return Speaker(name, None, words, f'"{head.text}" is {name}, named before in the sentence')
        if known is None:
            return Speaker(head.text, None, words, f'nobody before is named whom "{head.text}" could mean')
        return replace(known, words=words, because=f'"{head.text}" is {known.name}, the last such speaker named')
    entity = person_in(doc, span, head)
    if entity is not None:
        who = named(entity, sentence, memory)
        memory.remember(who, "person")
        return who
    text = span.of(doc.text)
    definite = text.lower().startswith("the ") and not plural(head) and head.pos_ == "NOUN"
    described = memory.titled(text) if definite else None
    body = memory.bodies.get(head.lower_) if definite and described is None and len(text.split()) == 2 else None
    if body is not None:
        memory.remember(body, "thing")
        return replace(body, words=span.shifted(sentence.span.start), because=f'"{text}" is {body.name}, named before')
    if described is not None:
        memory.remember(described, "person")
        return replace(
            described,
            words=span.shifted(sentence.span.start),
            because=f'"{text}" is {described.name}, introduced so before',
        )
    known = memory.called(text) if head.pos_ == "PROPN" and " " not in text else None
    who = Speaker(known.name if known else text, known.role if known else None, span.shifted(sentence.span.start))
    name_like = (
        head.pos_ == "PROPN" and head.ent_type_ in {"PERSON", ""} and not any(c.dep_ == "det" for c in head.children)
    )
    memory.remember(who, "person" if known or name_like else "group" if plural(head) else "thing")
    if head.pos_ == "NOUN" and not plural(head):
        memory.last["person"] = who
    return who


def subject_before(doc: Doc, head: Token, kind: str) -> Token | None:
    """The group that is subject earlier in the same sentence, for "they": "officials showed guns which, they said"."""
    relative = {t.lower_ for t in doc[max(0, head.i - 3) : head.i]} & {"which", "whom", "that", "who"}
    if kind != "group" or head.lower_ != "they" or not relative:
        return None
    before = [t for t in doc[: head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"} and plural(t) and speaks(t)]
    inside = [t for t in before if t.head.i < head.i]
    return inside[-1] if inside else None


def doer_before(doc: Doc, head: Token) -> Token | None:
    """Who does something first earlier in the sentence, for "he" and "it" when nobody was named before it."""
    before = (t for t in doc[: head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"} and not plural(t))
    quoted = [Span(q.start, q.end) for q in quotations(doc.text)]
    own = (t for t in before if not any(q.start <= t.idx < q.end for q in quoted))
    labels = {"ORG", "GPE", "NORP", ""} if head.lower_ == "it" else {"PERSON", ""}
    return next((t for t in own if t.ent_type_ in labels and speaks(t)), None)


def pronoun(head: Token) -> str | None:
    """The kind of speaker a pronoun stands for."""
    for kind, words in table("voices")["pronouns"].items():
        if head.lower_ in words:
            return str(kind)
    return None


def person_in(doc: Doc, span: Span, head: Token) -> Entity | None:
    """The person that a speaker's phrase names, in it or set beside it: "a protester, Haji Farhad"."""
    inside = [e for e in doc.ents if e.label_ == "PERSON" and span.start <= e.start_char < span.end and not is_rank(e)]
    retired = RETIRED.match(doc.text, span.end)
    if retired is not None and not inside:  # "Brigadier (retd) Aslam Tareen"
        names = [t for t in doc if t.idx >= retired.end()]
        end = next((i for i, t in enumerate(names) if t.pos_ != "PROPN"), len(names))
        if end:
            return doc[names[0].i : names[0].i + end]
    for entity in inside:
        if entity.start <= head.i < entity.end or (
            entity.root.head == head and entity.root.dep_ in {"appos", "compound", "nmod"}
        ):
            return entity
    if head.pos_ == "NOUN" and not plural(head):  # "an aide, Ana Diaz, said", whatever the tagger takes the name for
        for name in (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > head.i + 1):
            whole = doc[name.left_edge.i : name.i + 1]
            if len(whole) > 1 and doc[whole.start - 1].text == "," and all(t.pos_ == "PROPN" for t in whole):
                return whole
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


def is_rank(entity: Entity) -> bool:
    """Whether all that was taken for a person's name is a rank or title: "Sgt"."""
    return all(t.lower_.rstrip(".") in table("voices")["ranks"]["words"] or t.is_punct for t in entity)


def plural(head: Token) -> bool:
    if "Number=Plur" in str(head.morph) or head.lower_ in table("voices")["plurals"]["words"]:
        return True
    return any(c.dep_ in {"nummod"} or c.dep_ == "conj" for c in head.children) and head.ent_type_ != "PERSON"
