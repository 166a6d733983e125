"""One article becomes its reading: sentences, places with their roles, claims with every judgement's reason.

``read_article`` is a pure function of the article. Each sentence is parsed once and the parse handed on.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from geo.claims import kinds as kinds_of
from geo.claims.chronology import redated
from geo.claims.claim import Claim, Reading, Voice
from geo.claims.dates import event_date, told_last
from geo.claims.inherit import definite, inherited
from geo.claims.kinds import KindJudgement
from geo.claims.parties import parties
from geo.claims.parts import Part
from geo.claims.readings import Name, Use, name_at, use
from geo.claims.roles import roles
from geo.claims.speakers import Heard, listen
from geo.claims.towns import in_town, of_state
from geo.claims.voices import voices
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.places.place import Location
from geo.places.resolve import resolve
from geo.places.toponyms import toponyms
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.sentences import sentences
from geo.text.span import Span

CAPITAL = re.compile(r" capital\b(?!['’]|,? (?:of|city|[A-Z]))")
"""After a country's name or people: its capital, not named beside it."""


@dataclass(frozen=True, slots=True)
class Read:
    """An open sentence with all that is read out of it before claims are made."""

    sentence: Sentence
    doc: Doc
    heard: tuple[Heard, ...]
    judged: tuple[KindJudgement, ...]
    located: tuple[Location, ...]
    names: tuple[Name, ...]
    uses: tuple[Use, ...]


def read_article(article: Article) -> Reading:
    """Everything this program can say about one article; an article without sentences gives an empty reading."""
    every = sentences(article)
    located = capitals(article.text, resolve(article.text, toponyms(article.text), publisher=article.publisher))
    read = list(parsed([s for s in every if s.open], located))
    placed = inherited(article, list(claims_of(read, article.published, located)))
    claims = redated(placed, article.published, {item.sentence: item.doc for item in read})
    judged = {item.sentence: tuple(j.kind for j in item.judged) for item in read}
    mentions = mentioned(located, read, claims)
    return Reading(article, every, tuple(judged.get(s, ()) for s in every), mentions, tuple(claims))


def capitals(text: str, located: Sequence[Location]) -> tuple[Location, ...]:
    """The locations, "the Lao capital" being the town and not the country, unless the town is named right after."""
    found = []
    for location in located:
        called = CAPITAL.match(text, location.toponym.span.end)
        town = Gazetteer.shared().capital(location.place.country) if called and location.place else None
        if town is not None and location.place is not None and location.place.kind == "country":
            phrase = f"{location.toponym.span.of(text)} capital"
            because = f'"{phrase}" is {town.name}, the capital of {location.place.name}.'
            location = replace(location, place=town, because=because)
        found.append(location)
    return tuple(found)


def parsed(opened: Sequence[Sentence], located: Sequence[Location]) -> Iterator[Read]:
    """Every open sentence with its parse, voices, kinds, and place names."""
    docs = Grammar.shared().parse([s.text for s in opened])
    kinds = kinds_of.judge_all(docs)
    starts = [loc.toponym.span.start for loc in located]
    for sentence, doc, heard, judged in zip(opened, docs, listen(opened, docs), kinds, strict=True):
        near = located[bisect_left(starts, sentence.span.start) : bisect_right(starts, sentence.span.end)]
        inside = [loc for loc in near if sentence.span.contains(loc.toponym.span)]
        pairs = [(loc, name) for loc in inside if (name := named(loc, sentence, doc)) is not None]
        names = tuple(name for _, name in pairs)
        yield Read(
            sentence, doc, heard, judged, tuple(loc for loc, _ in pairs), names, tuple(use(name) for name in names)
        )


def named(location: Location, sentence: Sentence, doc: Doc) -> Name | None:
    """A location's name as it stands in the parsed sentence."""
    span = location.toponym.span.shifted(-sentence.span.start)
    return name_at(doc, span, location.place, location.toponym.metonymy)


def claims_of(read: Sequence[Read], published: Period, located: Sequence[Location]) -> Iterator[Claim]:
    """The claims of every sentence, in text order: one for each kind and voice."""
    told: Period | None = None
    for item in read:
        for judgement in item.judged:
            date = dated(item, judgement, published, told)
            found = voices(item.sentence, item.doc, item.heard, judgement.words, judgement.kind)
            for number, voice in enumerate(found):
                yield claim(item, judgement, spoken_for(voice, item), date, published, number, located)
        if item.sentence.section != "caption":  # a picture may be of another day than the text beside it
            told = told_last(item.sentence.text, published, told, doc=item.doc)


def dated(item: Read, judgement: KindJudgement, published: Period, told: Period | None) -> Period:
    """The event's date, its words counted in the article."""
    found = event_date(
        item.sentence.text,
        published,
        words=judgement.words,
        told=told,
        planned=judgement.planned,
        caption=item.sentence.section == "caption",
        doc=item.doc,
    )
    return replace(found, words=found.words.shifted(item.sentence.span.start)) if found.words else found


def claim(
    item: Read,
    judgement: KindJudgement,
    voice: Voice,
    date: Period,
    published: Period,
    number: int,
    before: Sequence[Location],
) -> Claim:
    """One claim of one sentence in one voice."""
    parts = roles(item.doc, judgement.kind, judgement.words, item.names, item.uses, item.heard)
    playing = [played(loc, part) for loc, part in zip(item.located, parts, strict=True)]
    locations = narrowed([of_state(loc, use) for loc, use in zip(playing, item.uses, strict=True)])
    locations = [in_town(item.sentence.article.text, loc, item.located) for loc in locations]
    locations = [*locations, *definite(item.sentence, judgement.words, locations, before)]
    given = parties(item.doc, judgement.kind, judgement.words, item.names)
    at = item.sentence.span.start
    return Claim(
        claim_id(item.sentence, judgement.kind, number),
        judgement.kind,
        item.sentence,
        tuple(locations),
        date,
        voice,
        judgement.planned or ahead(date, published),
        judgement.score,
        judgement.because,
        tuple(w.shifted(at) for w in judgement.words),
        parties=tuple(replace(p, words=p.words and p.words.shifted(at)) for p in given),
    )


def ahead(date: Period, published: Period) -> bool:
    """Whether an event's days lie after the day of publication: "on May 24, when the leaders convene"."""
    return date.first is not None and published.last is not None and date.first > published.last


def claim_id(sentence: Sentence, kind: str, number: int) -> str:
    """A name that is the same in every build of the same article; letters and digits only."""
    key = f"{sentence.article.id}\n{sentence.span.start}\n{sentence.span.end}\n{kind}\n{number}"
    return "c" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:14]


def played(location: Location, part: Part) -> Location:
    return replace(location, role=part.role, role_because=part.because)


def narrowed(locations: Sequence[Location]) -> list[Location]:
    """Where a place within it is named too, a province (or the town around a quarter) is no place of its own."""
    kept: list[Location] = []
    gazetteer = Gazetteer.shared()
    for location in locations:
        inner = next(
            (
                other
                for other in locations
                if other is not location and location.pin and other.pin and within(other, location, gazetteer)
            ),
            None,
        )
        if inner is None or inner.place is None or location.place is None:
            kept.append(location)
            continue
        because = f"{inner.place.name}, a place within it, is named too and is where the marker belongs."
        kept.append(replace(location, role="mention", role_because=because))
    return kept


def within(inner: Location, outer: Location, gazetteer: Gazetteer) -> bool:
    """Whether one place is known to lie in another."""
    small, large = inner.place, outer.place
    if small is None or large is None or small.id == large.id or small.country != large.country:
        return False
    if any(parent.id == large.id for parent in gazetteer.parents(small)):
        return True
    return large.kind == "province" and small.kind != "province" and small.admin1 in {large.name, large.admin1}


def spoken_for(voice: Voice, item: Read) -> Voice:
    """A speaker that is a capital's or country's name is its government, and called so."""
    if voice.speaker_words is None or voice.speaker is None:
        return voice
    for location, how in zip(item.located, item.uses, strict=True):
        if location.toponym.span == voice.speaker_words and how.role == "actor" and location.place is not None:
            country = Gazetteer.shared().country(location.place.country)
            if location.place.kind == "city" and country is not None:
                return replace(voice, speaker=f"{voice.speaker} (the government of {country.name})")
    return voice


def mentioned(located: Sequence[Location], read: Sequence[Read], claims: Sequence[Claim]) -> tuple[Location, ...]:
    """Every place name of the article with its role: how it is used, or else the part it plays in a claim."""
    roles_now: dict[Span, Location] = {}
    for item in read:
        for location, how in zip(item.located, item.uses, strict=True):
            because = f"{how.because[:1].upper()}{how.because[1:]}."
            roles_now[location.toponym.span] = replace(location, role=how.role, role_because=because)
    for one in claims:
        for location in one.locations:
            now = roles_now.get(location.toponym.span)
            if (
                now is not None
                and location.role != "mention"
                and (now.role == "mention" or location.role == "happened_at")
            ):
                roles_now[location.toponym.span] = location
    return tuple(roles_now.get(location.toponym.span, location) for location in located)
