"""A reading as a person reads it in a terminal: every claim with its judgements and their reasons."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from geo.claims.claim import Claim, Reading
from geo.places.place import Location, Place
from geo.text.period import Period

WIDTH = 100


def told(reading: Reading) -> str:
    """The article, what was left out of it, and its claims in the order of the text."""
    return "\n".join([*_article(reading), *(line for n, c in enumerate(reading.claims, 1) for line in _claim(n, c)), ""])


def _article(reading: Reading) -> Iterator[str]:
    article = reading.article
    yield from _wrapped("", article.title)
    facts = (article.publisher, article.publisher_type, ", ".join(article.authors), article.url, f"id {article.id}")
    yield from _wrapped("  ", "; ".join(fact for fact in facts if fact))
    yield from _wrapped("  published  ", _period(article.published))
    for stamp in article.crawl_dates:
        yield from _wrapped("  not used   ", f"“{stamp.of(article.text)}”, the date of an archived copy")
    shut = Counter(sentence.section for sentence in reading.sentences if not sentence.open)
    left = ", ".join(f"{n} {section.replace('_', ' ')}" for section, n in shut.most_common())
    read = sum(sentence.open for sentence in reading.sentences)
    yield from _wrapped("  sentences  ", f"{read} read; left out: {left or 'none'}")
    yield from _wrapped("  claims     ", str(len(reading.claims)) if reading.claims else "none")


def _claim(number: int, claim: Claim) -> Iterator[str]:
    kind = claim.kind.replace("_", " ")
    yield ""
    yield from _wrapped(f"{number:>3}. ", f"{kind}{', planned' if claim.planned else ''} ({claim.score:.2f})")
    yield from _wrapped("     ", f"“{' '.join(claim.sentence.text.split())}”")
    yield from _wrapped("     why    ", _sentence(claim.because))
    for location in claim.locations:
        yield from _wrapped("     place  ", _location(claim, location))
    if not claim.locations:
        yield from _wrapped("     place  ", "none")
    for party in claim.parties:
        yield from _wrapped("     party  ", f"“{party.name}”: {party.role}. {_sentence(party.because)}")
    yield from _wrapped("     date   ", _period(claim.event_date))
    speaker = claim.voice.speaker or "the article itself"
    via = f" to {claim.voice.via}" if claim.voice.via else ""
    yield from _wrapped("     voice  ", f"{claim.voice.stance}: {speaker}{via}. {_sentence(claim.voice.because)}")
    for name, because in (("copies", claim.origin_because), ("event", claim.event_because)):
        if because:
            yield from _wrapped(f"     {name:<6} ", _sentence(because))
    for one in claim.disagreements:
        yield from _wrapped("     but    ", _sentence(one.because))


def _location(claim: Claim, location: Location) -> str:
    role = location.role.replace("_", " ")
    phrase = location.toponym.span.of(claim.sentence.article.text)
    place = _place(location.place) if location.place else "not known"
    rivals = "; ".join(f"{_place(rival.place)} ({rival.score:.2f})" for rival in location.rivals)
    marker = "marker" if location.pin else "no marker"
    reasons = " ".join(_sentence(reason) for reason in (location.because, location.role_because) if reason)
    return f"“{phrase}”: {place}; {role}, {marker}. {reasons}{f' Rivals: {rivals}.' if rivals else ''}"


def _place(place: Place) -> str:
    within = (part for part in (place.admin2, place.admin1, place.country) if part and part != place.name)
    return ", ".join((f"{place.name} ({place.kind})", *dict.fromkeys(within)))


def _period(period: Period) -> str:
    days = "not known" if not period.known else f"{period.first}"
    if period.last != period.first:
        days += f" to {period.last}"
    return f"{days}. {_sentence(period.because)}"


def _sentence(reason: str) -> str:
    """A reason as a sentence of its own."""
    reason = reason.strip()
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?", ".”", ".)")) else ".")


def _wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head)) or [head]
