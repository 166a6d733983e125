"""Which claims go back to one text: sentences copied from article to article, and articles that republish an outlet.

Counting sources counts origins, so an origin is a source text, not a sentence: all that an article says in words of its
own has that article for its origin; a sentence it took from another article has that article's. Copies are found sentence
by sentence, by how many of the runs of five words of the shorter sentence the longer one holds: whole articles that share
a third of one dispatch look unlike each other. An article that republishes an outlet counts as that outlet, and so do one
whose dateline names an agency, a sentence that passes on an outlet's report, and the outlet's own articles when others
here republish it.

Here this is done for readings in memory; geo/build/copies.py does the same for a corpus of any size, with the runs of
every sentence, what has one run in common, and the pairs with their counts each shared out by key.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from geo.claims.claim import Claim, Reading
from geo.text.article import Article

RUN = 5
"""Words of a run."""
COMMON = 40
"""A run of words in more sentences than this is a phrase of the trade and tells nothing; the work stays linear."""
SHARE = 0.4
"""Share of the shorter sentence's runs that makes a copy: the copied pairs of the development articles start at 0.45,
independent accounts of one event stay below 0.16."""
LEAST = 4
"""Runs that must be shared, whatever their share."""
CLAUSE = 10
"""Runs in common that make a copied clause, whatever the sentences' length."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A source text: its name and why a claim goes back to it."""

    name: str
    because: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A sentence among all: which reading, and which character it starts at."""

    reading: int
    start: int


@dataclass(frozen=True, slots=True)
class Source:
    """What is asked of an article that may be where a claim comes from. ``agency`` is the one its dateline names."""

    id: str
    name: str
    publisher: str | None
    republishes: str | None
    agency: str | None
    first: date | None
    last: date | None

    @property
    def named(self) -> str | None:
        """The outlet or agency as which the article counts, if it says one."""
        return self.republishes or self.agency


def source(article: Article) -> Source:
    published, name = article.published, article.publisher or article.title or article.id
    return Source(
        article.id, name, article.publisher, article.republishes, wire(article), published.first, published.last
    )


def with_origins(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with every claim's origin; none is empty, and articles with words of their own never share one."""
    known = [source(r.article) for r in readings]
    outlets = {slug(one.named) for one in known if one.named}
    bearing = {Place(i, c.sentence.span.start): c.sentence.text for i, r in enumerate(readings) for c in r.claims}
    first = sources(copies(bearing), known)
    out = []
    for i, reading in enumerate(readings):
        found = (first.get(Place(i, c.sentence.span.start)) for c in reading.claims)
        told = (known[i] if place is None else known[place.reading] for place in found)
        claims = tuple(originated(c, known[i], one, outlets) for c, one in zip(reading.claims, told, strict=True))
        out.append(replace(reading, claims=claims))
    return out


def originated(claim: Claim, article: Source, first: Source, outlets: AbstractSet[str]) -> Claim:
    """The claim of an article with its origin and the reason; ``first`` is the article that had its words first."""
    origin = cited(claim) or own(first, outlets)
    if first.id != article.id:
        because = (
            f"The sentence is copied from {first.name} ({first.id}), the earliest article here that has it: one source."
        )
        origin = replace(origin, because=f"{because} {origin.because}" if first.named else because)
    return replace(claim, origin=origin.name, origin_because=origin.because)


def own(article: Source, outlets: AbstractSet[str]) -> Origin:
    """The origin of what an article says in words of its own."""
    if article.republishes:
        return Origin(
            f"outlet:{slug(article.republishes)}",
            f"The article republishes {article.republishes}: it counts as that source.",
        )
    if article.agency is not None:
        because = f"Its dateline names {article.agency}, the agency whose report it is: it counts as that source."
        return Origin(f"outlet:{slug(article.agency)}", because)
    if article.publisher and slug(article.publisher) in outlets:
        because = f"Other articles here republish {article.publisher}: together they count as one source."
        return Origin(f"outlet:{slug(article.publisher)}", because)
    return Origin(f"article:{article.id}", "The words are this article's own.")


WIRE = re.compile(
    r"^[ \t]{0,8}[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][\w. ]{2,30})?[ ]?"
    r"\((?P<name>[A-Z][\w.&-]{1,20}(?: [A-Z][\w.&-]{1,20}){0,3})\) ?(?:--|—|–|-) ",
    re.MULTILINE,
)
"""A dateline with an agency: "NAIROBI, Kenya (Example Agency) - "."""
TOP = 2000
"""Characters in which a dateline is looked for."""


def wire(article: Article) -> str | None:
    """The agency that an article's dateline names; ``None`` when it is the publisher itself, or none is named."""
    found = WIRE.search(article.text[:TOP])
    if found is None or (article.publisher and slug(article.publisher) == slug(found["name"])):
        return None
    return found["name"]


def cited(claim: Claim) -> Origin | None:
    """The outlet whose report a sentence passes on ("..., the Daily Example reported")."""
    name = claim.voice.speaker
    if claim.voice.stance != "reported" or name is None or not re.match(r"(?:[Tt]he )?[A-Z0-9]", name):
        return None
    from geo.claims.attribution import outlet  # with the grammar model's package, which takes seconds to load

    if not outlet(name):
        return None
    return Origin(f"outlet:{slug(name)}", f"The article passes on a report of {name}: that is the source.")


def slug(name: str) -> str:
    """A name as letters, digits and hyphens: "The New York Times" is "new-york-times"."""
    plain = re.sub(r"\W+", "-", name.lower().removeprefix("the ")).strip("-")
    return plain or name.encode("utf-8", "surrogatepass").hex() or "unnamed"


def runs(text: str) -> frozenset[int]:
    """The runs of five words of a sentence, as numbers that are the same everywhere; a short sentence is one run."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < RUN:
        return frozenset({key(("whole", *words))}) if len(words) > 2 else frozenset()
    return frozenset(key(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def key(words: Sequence[str]) -> int:
    """A run as a number of 64 bits."""
    plain = " ".join(words).encode("utf-8", "surrogatepass")
    return zlib.crc32(plain) << 32 | zlib.adler32(plain[::-1])


def copies(bearing: Mapping[Place, str]) -> list[list[Place]]:
    """Groups of sentences, given by their words, that are copies of each other."""
    having = {at: runs(text) for at, text in bearing.items()}
    counts = {at: len(found) for at, found in having.items()}
    shared: Counter[tuple[Place, Place]] = Counter()
    for block in blocks(having):
        shared.update(paired(block))
    return grouped(pair for pair, n in shared.items() if copied(n, min(counts[pair[0]], counts[pair[1]])))


def blocks(having: dict[Place, frozenset[int]]) -> Iterator[list[Place]]:
    """The sentences that have one run in common, run by run; phrases of the trade and single sentences are left out."""
    found: dict[int, list[Place]] = defaultdict(list)
    for at, own_runs in having.items():
        for run in own_runs:
            if len(found[run]) <= COMMON:
                found[run].append(at)
    yield from (places for places in found.values() if 1 < len(places) <= COMMON)


def paired(block: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two of a block once, in their order."""
    places = sorted(block)
    return ((a, b) for n, a in enumerate(places) for b in places[n + 1 :])


def copied(common: int, shorter: int) -> bool:
    """Whether so many common runs make a copy."""
    return common >= CLAUSE or (common / shorter >= SHARE and common >= min(LEAST, shorter))


def grouped(pairs: Iterable[tuple[Place, Place]]) -> list[list[Place]]:
    """Whatever is joined by pairs, directly or over others."""
    leader: dict[Place, Place] = {}

    def top(at: Place) -> Place:
        leader.setdefault(at, at)
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for a, b in pairs:
        one, other = sorted((top(a), top(b)))
        leader[other] = one
    groups: dict[Place, list[Place]] = defaultdict(list)
    for at in leader:
        groups[top(at)].append(at)
    return list(groups.values())


def sources(groups: Sequence[Sequence[Place]], known: Sequence[Source]) -> dict[Place, Place]:
    """For every copied sentence the one it goes back to: a named outlet's first, then the earliest article's."""
    first: dict[Place, Place] = {}
    for group in groups:
        eldest = min(group, key=lambda at: seniority(known[at.reading], at.start))
        first.update(dict.fromkeys(group, eldest))
    return first


def seniority(article: Source, start: int) -> tuple[bool, date, date, str, int]:
    """Who had it first: a republished outlet or a named agency, the earlier, then the name: order never matters."""
    return (not article.named, article.first or date.max, article.last or date.max, article.id, start)
