"""Time what only all readings together tell: copies, events and disagreements, over made-up claims.

python -m tests.bench_events [SENTENCES]    100,000 unless said otherwise; the target is two minutes on two cores
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from geo.claims.claim import Claim, Reading, Voice
from geo.claims.events import with_events
from geo.claims.reuse import with_origins
from geo.places.place import Location, Place, Toponym
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span

SENTENCES = 100_000
A_TEXT = 5
KINDS = ("protest", "arms_flow", "meeting")
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "va", "zi", "dor", "fen", "gal", "hin", "jus")
COPIED = 0.2
"""Share of the sentences that are copied, with a word or two changed, from one told before."""
COMMON = 4000
"""Words of the language; what more there is are names."""


def made(sentences: int, seed: int = 7) -> list[Reading]:
    """Readings of made-up articles over ten years: few words often and many names seldom, and copies."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(COMMON + sentences // 5)]
    places = [
        Place(n, words[n].title(), "city", "XX", f"Vale {n % 300}", "", n % 80, n % 170, 1000) for n in range(1, 3000)
    ]
    told: list[str] = []
    return [reading(n, chance, words, places, told) for n in range(sentences // A_TEXT)]


def reading(n: int, chance: random.Random, words: list[str], places: list[Place], told: list[str]) -> Reading:
    """One article of ``A_TEXT`` sentences, each with a claim."""
    day = date(2011, 1, 1) + timedelta(days=chance.randrange(3650))
    texts = [sentence(chance, words, told) for _ in range(A_TEXT)]
    article = Article(f"a{n}", "Title", "\n".join(texts), Period(day, day, "given"), publisher=f"Paper {n % 200}")
    claims = tuple(claimed(article, chance, places, day))
    return Reading(article, tuple(c.sentence for c in claims), tuple((c.kind,) for c in claims), (), claims)


def sentence(chance: random.Random, words: list[str], told: list[str]) -> str:
    if told and chance.random() < COPIED:
        copy = chance.choice(told[-5000:]).split()
        copy[chance.randrange(len(copy))] = chance.choice(words)
        return " ".join(copy)
    common = [words[min(int(chance.paretovariate(0.6)), COMMON - 1)] for _ in range(18)]
    names = [words[chance.randrange(COMMON, len(words))].title() for _ in range(3)]
    text = " ".join([*common[:6], names[0], str(chance.randrange(2, 900)), *common[6:12], *names[1:], *common[12:]]) + "."
    told.append(text)
    return text


def claimed(article: Article, chance: random.Random, places: list[Place], day: date) -> Iterator[Claim]:
    at = 0
    for number, text in enumerate(article.text.split("\n")):
        span = Span(at, at + len(text))
        at += len(text) + 1
        place = places[min(int(chance.paretovariate(0.7)), len(places) - 1)] if chance.random() < 0.7 else None
        spots = (Location(Toponym(span, 1.0), place, "happened_at", 1.0, (), "given"),) if place else ()
        when = day - timedelta(days=chance.randrange(9))
        dated = Period(when, when, "given") if chance.random() < 0.6 else Period.unknown("none")
        voice = Voice(None, "", "denied" if chance.random() < 0.1 else "asserted", "given")
        kind = chance.choice(KINDS)
        yield Claim(
            f"{article.id}n{number}", kind, Sentence(article, span, "body"), spots, dated, voice, False, 0.9, "given"
        )


def main() -> int:
    sentences = int(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES
    readings = made(sentences)
    claims = sum(len(r.claims) for r in readings)
    print(f"{claims:,} claims in {len(readings):,} articles", flush=True)
    total = 0.0
    for name, work in (("copies and origins", with_origins), ("events and disagreements", with_events)):
        begun, wall = time.process_time(), time.monotonic()
        readings = work(readings)
        spent = time.process_time() - begun
        total += spent
        print(f"{name}: {spent:.1f} s of processor, {time.monotonic() - wall:.1f} s by the clock", flush=True)
    done = [c for r in readings for c in r.claims]
    print(f"{len({c.origin for c in done}):,} origins, {len({c.event for c in done}):,} events")
    print(f"together {total:.1f} s; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
