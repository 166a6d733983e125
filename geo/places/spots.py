"""The stretches of a text that may be place names: runs of capitals the gazetteer knows, and what other finders found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.places.gazetteer import Gazetteer, Match
from geo.places.lengths import abbreviated, other_lengths
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

LONGEST = 6  # words of a name
MATCHES = 8  # places looked at to weigh a name
WORD = re.compile(r"(?:[^\W\d_]{1,3}\.){2,}|[^\W\d_](?:[^\W_]|['’‘`-](?=[^\W_]))*\.?")
# small words inside names: "Pul-i-Khumri", "Stoke on Trent", "Rio de la Plata"
LINKS = frozenset({"of", "the", "de", "la", "le", "du", "del", "al", "el", "e", "i", "y", "and"}) | frozenset(
    {"upon", "on", "in", "am", "sur", "ye", "ul", "ur", "us"}
)


@dataclass(frozen=True, slots=True)
class Word:
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch that may be a place name, with what the gazetteer has under it, best first."""

    span: Span
    words: int
    matches: tuple[Match, ...]


def spots(text: str, gazetteer: Gazetteer, others: Iterable[Span] = ()) -> list[Spot]:
    """Every stretch worth weighing, in text order; words for people are not.

    ``others`` are stretches found by other means, the best first: each is taken unless it is one that is known already.
    """
    words = list(_words(text, gazetteer))
    found = {spot.span: spot for spot in _known(text, words, gazetteer)}
    vocabulary = Vocabulary.shared()
    others = dict.fromkeys(others)
    cut = [other for span in (*found, *others) for other in other_lengths(text, span, gazetteer, vocabulary)]
    for span in (*others, *cut):
        if span not in found:
            name = span.of(text)
            matches = gazetteer.matches(name)[:MATCHES]
            named = any(match.how == "name" for match in matches)
            if (named or name.lower() not in vocabulary.common) and gazetteer.demonym(name) is None:
                found[span] = Spot(span, len(name.split()), matches)
    return [found[span] for span in sorted(found)]


def _words(text: str, gazetteer: Gazetteer) -> Iterator[Word]:
    """The words that names are made of; one with hyphens that is no name itself ("Kabul-based") falls into its parts."""
    for found in WORD.finditer(text):
        word, start = found.group(), found.start()
        if word[0].islower() and word not in LINKS and "-" not in word:
            continue  # no name begins or goes on with it
        if "-" in word and all(match.how in ("bare", "loose") for match in gazetteer.matches(word)):
            parts = word.split("-")
            if len(parts[0]) > 2 and not any(part in LINKS for part in parts[1:-1]):
                for part in parts:
                    if part and part[0].isalpha():
                        yield Word(Span(start, start + len(part)), part)
                    start += len(part) + 1
                continue
        yield Word(Span(found.start(), found.end()), word)


def _known(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> Iterator[Spot]:
    """Runs of capitalised words that the gazetteer knows, longest first, from left to right."""
    vocabulary = Vocabulary.shared()
    i = 0
    while i < len(words):
        word = words[i].text
        step = 1
        if word[0].isupper() and word.lower() != "the":
            least = 1 if word.lower() in vocabulary.articles else 0  # "El Alto", but no "El" alone
            for n in range(_reach(text, words, i), least, -1):
                end = words[i + n - 1]
                if not end.text[0].isupper() and not vocabulary.kinds.get(end.text):
                    continue
                spot = _looked_up(text, words[i : i + n], gazetteer, vocabulary)
                if spot is not None:
                    yield spot
                    step = n
                    break
        i += step


def _reach(text: str, words: Sequence[Word], i: int) -> int:
    """How many words from number ``i`` on can be one name: capitals and small linking words, one blank apart."""
    n = 1
    while n < LONGEST and i + n < len(words):
        gap = text[words[i + n - 1].span.end : words[i + n].span.start]
        word = words[i + n].text
        if gap not in (" ", "-", "\u00a0") or not (word[0].isupper() or word in LINKS):
            break
        n += 1
    return n


def _looked_up(text: str, words: Sequence[Word], gazetteer: Gazetteer, vocabulary: Vocabulary) -> Spot | None:
    """The words as a spot when the gazetteer knows them; without a final dot or "'s" that is not part of the name."""
    start, end = words[0].span.start, words[-1].span.end
    name = text[start:end]
    if len(words) == 1 and name.rstrip(".").lower() in vocabulary.common:
        return None
    for tail in vocabulary.possessives:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            name, end = name[: -len(tail)], end - len(tail)
            break
    if (
        name.endswith(".")
        and "." not in words[-1].text[:-1]
        and not (text[max(0, start - 2) : start] == ", " and abbreviated(gazetteer.matches(name), name))
    ):
        name, end = name[:-1], end - 1  # "in Lebanon." ends a sentence, "London, Ky." does not
    if len(name) < 2 or gazetteer.demonym(name) is not None:
        return None
    matches = gazetteer.matches(name)
    if not matches or (words[-1].text.islower() and all(match.how == "bare" for match in matches)):
        return None
    return Spot(Span(start, end), len(words), matches[:MATCHES])
