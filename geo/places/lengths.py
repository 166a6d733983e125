"""Other lengths at which a name can be cut, all of them weighed and the likeliest kept.

"South Los Angeles" and "Los Angeles", "Boulder City" and "Boulder", "Bicester Village" and "Bicester", "N.D." and "N.D".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.places.gazetteer import Gazetteer, Match
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

LOOK = 24  # characters beside a name in which one more word of it is looked for
SHORTEST = 6  # letters, dot included, of a word cut short: "Calif."
KNOWN = 100_000  # people of a town whose whole name is meant by its letters: "Lima."
BEFORE = re.compile(r"\b([A-Z][^\W\d_]+\.?|[NSEW]\.)[ \u00a0-]$")
AFTER = re.compile(r"[ \u00a0-]([A-Z][^\W\d_]+\.?)(?![^\W\d_])")
NUMBERED = re.compile(r"[ \u00a0-]\d{1,4}\b")
WORDS = re.compile(r"[^\s\u00a0]+")


def other_lengths(text: str, span: Span, gazetteer: Gazetteer, words: Vocabulary) -> Iterator[Span]:
    """The same name one word longer on either side, and shorter by what is no name or not known to go with it."""
    wider = span
    if (found := BEFORE.search(text, max(0, span.start - LOOK), span.start)) and _compass(found[1], words):
        wider = Span(found.start(), span.end)
        yield wider
    if (found := AFTER.match(text, span.end, span.end + LOOK)) and _ends_names(found[1], words):
        end = found.end() - (found[1].endswith(".") and found[1].rstrip(".").lower() not in words.shortened)
        yield Span(span.start, end)
        if wider != span:
            yield Span(wider.start, end)
    if text[span.end : span.end + 1] == "." and abbreviated(gazetteer.matches(span.of(text)), span.of(text)):
        yield Span(span.start, span.end + 1)
    if (found := NUMBERED.match(text, span.end)) and _road(span.of(text), words):
        yield Span(span.start, found.end())
    yield from _shorter(text, span, gazetteer, words)


def abbreviated(matches: Sequence[Match], name: str) -> bool:
    """Whether a final dot may be the name's own: "Ky." and "Colo." are short for a state, "Iran." ends a sentence."""
    if len(name) > SHORTEST or "." in name[:-1]:
        return "." in name.split()[-1][:-1]  # "Washington D.C.", but not "St. George."
    plain = name.rstrip(".").casefold()
    whole = [match.place for match in matches if match.place.name.casefold() == plain]
    if any(place.kind == "country" or place.population > KNOWN for place in whole):
        return False
    divisions = [match.place.name.casefold() for match in matches if match.place.kind in ("province", "country")]
    return any(plain != other and not other.startswith(f"{plain} ") for other in divisions)


def _compass(word: str, words: Vocabulary) -> bool:
    return word.rstrip(".").lower() in words.leading or (len(word) == 2 and word.endswith("."))


def _road(name: str, words: Vocabulary) -> bool:
    last = name.split()[-1].rstrip(".").lower()
    return last in words.roads or last in words.streets


def _ends_names(word: str, words: Vocabulary) -> bool:
    word = word.rstrip(".").lower()
    return bool(words.kinds.get(word)) or word in words.streets or word in words.shortened


def _shorter(text: str, span: Span, gazetteer: Gazetteer, words: Vocabulary) -> Iterator[Span]:
    parts = [Span(span.start + found.start(), span.start + found.end()) for found in WORDS.finditer(span.of(text))]
    if len(parts) < 2:
        return
    last = len(parts)
    while last > 1 and not parts[last - 1].of(text)[0].isupper():
        last -= 1
    if last < len(parts):
        yield Span(span.start, parts[last - 1].end)  # "Pewaukee monastery"
    for n in range(last - 1, 0, -1):
        head = Span(span.start, parts[n - 1].end)
        if _known(head.of(text), gazetteer, words):
            yield head
            break
    pointed = parts[-1].of(text)
    end = span.end - (pointed.endswith(".") and not abbreviated(gazetteer.matches(pointed), pointed))
    for n in range(1, last):
        tail = Span(parts[n].start, end)
        if _known(tail.of(text), gazetteer, words):
            yield tail
            break


def _known(name: str, gazetteer: Gazetteer, words: Vocabulary) -> bool:
    plain = name.lower().rstrip(".")
    if not name[0].isupper() or plain in words.common or plain in words.leading or words.kinds.get(plain):
        return False
    return any(match.how in ("name", "alternate") for match in gazetteer.matches(name))
