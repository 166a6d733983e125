"""Speakers across the sentences of an article: full names, roles, pronouns, and quotations that go on.

Spans of a Speaker count in the article's text; those of its attribution in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from geo.claims.aliases import alias
from geo.claims.attribution import Attribution, listed, nouns, pattern
from geo.claims.attribution import Heard as Heard
from geo.claims.attribution import Speaker as Speaker
from geo.claims.clauses import SUBJECTS, phrase
from geo.claims.interviews import interview
from geo.claims.naming import are_people, in_office, is_body, is_one, person_in, plural, pronoun, title, without_title
from geo.claims.quotations import carried, quotations
from geo.claims.sayers import speaks
from geo.claims.wording import heard_in
from geo.text.article import Sentence
from geo.text.span import Span

BODIES = frozenset({"ORG", "GPE", "NORP"})


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

    def known_as(self, first: str) -> Speaker | None:
        """Who was named in full before, called by the first name now: "Beryl"."""
        fits = [one for one in self.names.values() if " " in one.name and one.name.split()[0] == first]
        return fits[-1] if fits else None

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
        acts = acting(doc, found)
        if acts is not None:
            somebody, kind = acted(doc, acts, sentence, memory)
            memory.last[kind] = somebody
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


def acting(doc: Doc, found: tuple[Attribution, ...]) -> Token | None:
    """The office or body that is the subject of the writer's own sentence: whom "he" or "it" can mean in the next."""
    root = next((t for t in doc if t.head == t), None)
    who = next((c for c in root.children if c.dep_ in SUBJECTS), None) if root is not None else None
    if who is not None and who.lemma_.lower() in {*nouns(), *listed("tales"), *listed("replies")}:
        who = next((c for c in who.children if c.dep_ == "poss"), None)  # "the ministry's version was cooler"
    if who is None or who.pos_ not in {"NOUN", "PROPN"}:
        return None
    if plural(who) and not are_people(who):
        return None
    if any(a.covers(Span(who.idx, who.idx + 1)) for a in found):
        return None
    return (
        who if plural(who) or in_office(who) or is_body(who) or (who.dep_ == "poss" and who.ent_type_ in BODIES) else None
    )


def acted(doc: Doc, who: Token, sentence: Sentence, memory: Memory) -> tuple[Speaker, str]:
    """That office or body as somebody who can speak, by name when it is told, and which pronouns mean it."""
    span = phrase(who)
    if plural(who):
        return Speaker(span.of(doc.text), None, span.shifted(sentence.span.start)), "group"
    if not in_office(who):
        return Speaker(span.of(doc.text), None, span.shifted(sentence.span.start)), "thing"
    entity = person_in(doc, span, who)
    if entity is not None:
        return named(entity, sentence, memory), "person"
    called = span.of(doc.text)
    return memory.titled(called) or Speaker(called, None, span.shifted(sentence.span.start)), "person"


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
    text, office = without_title(entity)
    known = memory.called(text) or memory.known_as(text)
    role = title(entity) or office
    words = Span(entity.start_char, entity.end_char).shifted(sentence.span.start)
    if known is not None and len(known.name) > len(text):
        return replace(known, words=words, role=known.role or role, because=f'"{text}" is {known.name}, named before')
    return Speaker(text, role or (known.role if known else None), words)


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
        if kind == "person" and (near := before_colon(doc, head)) is not None:
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
    span = whole_name(doc, span, head)
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
    known = (memory.called(text) or memory.known_as(text)) if head.pos_ == "PROPN" and " " not in text else None
    who = Speaker(known.name if known else text, known.role if known else None, span.shifted(sentence.span.start))
    goes_by = alias(doc.text, span.end, attribution.cue.start) if not plural(head) else None
    if goes_by is not None:
        name, words = goes_by.of(doc.text), goes_by.shifted(sentence.span.start)
        who = Speaker(name, text, words, f"{text} goes by the name of {name}")
        memory.remember(who, "person")
        return who
    name_like = (
        head.pos_ == "PROPN" and head.ent_type_ in {"PERSON", ""} and not any(c.dep_ == "det" for c in head.children)
    )
    several = memory.last.get("group") if some_of(head) else None
    if several is not None:
        return replace(who, role=several.name, because=f'"{text}" is of {several.name}, named before')
    person = known or name_like or in_office(head)
    memory.remember(who, "person" if person else "group" if plural(head) else "thing")
    if is_one(head):
        memory.last["person"] = who
    return who


def some_of(head: Token) -> bool:
    """ "One of them", "two of them": of those named before."""
    of = next((c for c in head.children if c.lower_ == "of"), None)
    return of is not None and any(c.lower_ in {"them", "those"} for c in of.children)


def whole_name(doc: Doc, span: Span, head: Token) -> Span:
    """The speaker's words with the whole of a body's name: "Devon and Cornwall Police", of which "Devon" is the head."""
    body = next((e for e in doc.ents if e.label_ == "ORG" and e.start <= head.i < e.end), None)
    if body is None or "," in body.text or body.end_char <= span.end:
        return span
    return Span(min(span.start, body.start_char), body.end_char)


def subject_before(doc: Doc, head: Token, kind: str) -> Token | None:
    """The group that is subject earlier in the same sentence, for "they": "officials showed guns which, they said"."""
    relative = {t.lower_ for t in doc[max(0, head.i - 3) : head.i]} & {"which", "whom", "that", "who"}
    if kind != "group" or head.lower_ != "they" or not relative:
        return None
    before = [t for t in doc[: head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"} and plural(t) and speaks(t)]
    inside = [t for t in before if t.head.i < head.i]
    return inside[-1] if inside else None


def before_colon(doc: Doc, head: Token) -> Token | None:
    """Who is subject of what a colon or semicolon closes: "The envoy was cautious: there was, he said, ..."."""
    cut = next((t.i for t in reversed(doc[: head.i]) if t.text in {":", ";"}), None)
    first = [t for t in doc[: cut or 0] if t.dep_ == "nsubj" and in_office(t)]
    return first[0] if cut is not None and first else None


def doer_before(doc: Doc, head: Token) -> Token | None:
    """Who does something first earlier in the sentence, for "he" and "it" when nobody was named before it."""
    before = (t for t in doc[: head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"} and not plural(t))
    quoted = [Span(q.start, q.end) for q in quotations(doc.text)]
    own = (t for t in before if not any(q.start <= t.idx < q.end for q in quoted))
    labels = {"ORG", "GPE", "NORP", ""} if head.lower_ == "it" else {"PERSON", ""}
    return next((t for t in own if t.ent_type_ in labels and speaks(t)), None)
