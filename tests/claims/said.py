"""Helpers of the tests of this room: sentences of our own become what the modules under test take."""

from __future__ import annotations

from datetime import date

from geo.claims.claim import Claim, Reading, Voice
from geo.claims.speakers import Heard, listen
from geo.claims.voices import voices
from geo.model.grammar import Grammar
from geo.places.place import Location, Place, Toponym
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span


def article(*texts: str, id: str = "made-up", published: str = "2020-07-14", **facts: str) -> Article:
    """An article of these sentences, one paragraph each."""
    return Article(id, "A title", "\n\n".join(texts), Period.iso(published, "given"), **facts)  # type: ignore[arg-type]


def sentences(whole: Article) -> list[Sentence]:
    found, at = [], 0
    for number, text in enumerate(whole.text.split("\n\n")):
        found.append(Sentence(whole, Span(at, at + len(text)), "body", number))
        at += len(text) + 2
    return found


def voice_of(word: str, *texts: str, kind: str = "arms_flow") -> tuple[Voice, ...]:
    """The voices of the claim that ``word`` carries in the last of these sentences."""
    whole = article(*texts)
    every = sentences(whole)
    docs = Grammar.shared().parse([s.text for s in every])
    heard: tuple[tuple[Heard, ...], ...] = listen(every, docs)
    at = every[-1].text.index(word)
    return voices(every[-1], docs[-1], heard[-1], [Span(at, at + len(word))], kind)


def place(name: str = "Sampleton", id: int = 1, kind: str = "city", admin1: str = "", country: str = "XX") -> Place:
    return Place(id, name, kind, country, admin1, "", 10.0, 20.0, 1000)  # type: ignore[arg-type]


def claim(
    text: str = "They met.",
    *,
    of: Article | None = None,
    id: str = "c1",
    kind: str = "meeting",
    at: Place | None = None,
    day: str | None = None,
    role: str = "happened_at",
) -> Claim:
    """One claim of one sentence, with a place and a day when given."""
    whole = of or article(text)
    start = whole.text.index(text)
    sentence = Sentence(whole, Span(start, start + len(text)), "body")
    locations = (Location(Toponym(sentence.span, 1.0), at, role, 1.0, (), "given"),) if at else ()  # type: ignore[arg-type]
    when = Period.iso(day, "given") if day else Period.unknown("none given")
    voice = Voice(None, "", "asserted", "given")
    return Claim(id, kind, sentence, locations, when, voice, False, 0.9, "given")


def reading(whole: Article, *claims: Claim) -> Reading:
    return Reading(whole, tuple(c.sentence for c in claims), tuple((c.kind,) for c in claims), (), claims)


DAY = date(2020, 7, 14)
