"""Place names found without the encoder: names of the gazetteer and of spaCy's entities, weighed by the words around them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.places.context import hints
from geo.places.gazetteer import Gazetteer, Match
from geo.places.stretches import Stretches
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = Path(__file__).with_name("spotting.toml")
LONGEST = 6  # words of a name
UNCOUNTED = 20_000  # taken for the population of a division whose people nobody counted
WORD = re.compile(r"(?:[^\W\d_]{1,3}\.){2,}|[^\W\d_](?:[^\W_]|['’‘`-](?=[^\W_]))*\.?")
ABBREVIATION = 6  # letters, dot included, of a word that may keep its final dot: "Calif."
LINKS = frozenset(
    {
        "of",
        "the",
        "de",
        "la",
        "le",
        "du",
        "del",
        "al",
        "el",
        "e",
        "i",
        "y",
        "and",
        "upon",
        "on",
        "in",
        "am",
        "sur",
        "ye",
        "ul",
        "ur",
        "us",
    }
)
PLACES, PEOPLE, BODIES, FOLKS = ("GPE", "LOC", "FAC"), ("PERSON",), ("ORG",), ("NORP", "LANGUAGE")
FEATURES = (
    "bias", "as_place", "as_person", "as_body", "as_folk", "part_of_place", "part_of_person", "part_of_body", "population",
    "country", "province", "own_name", "alternate", "loose", "unknown", "several_words", "common", "opens_sentence",
    "after_preposition", "after_title", "after_name", "before_name", "before_office", "before_outlet", "before_street",
    "kind_word", "before_comma", "after_comma", "dateline", "capitals", "lower_elsewhere", "short", "initial_before",
    "possessive", "after_the", "own_country", "listed", "told", "unique", "linked",
)  # fmt: skip


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


def spots(text: str, doc: Doc | None, gazetteer: Gazetteer) -> list[Spot]:
    """Every stretch worth weighing, in text order; words for people are not."""
    words = list(_words(text, gazetteer))
    found = list(_known(text, words, gazetteer))
    taken = Stretches([spot.span for spot in found])
    for span in _entities(doc, PLACES).spans:
        if not any(taken.touching(span)) and span.of(text)[:1].isupper() and "\n" not in span.of(text):
            found.append(Spot(span, len(span.of(text).split()), ()))
    return sorted(found, key=lambda spot: spot.span)


def _words(text: str, gazetteer: Gazetteer) -> Iterator[Word]:
    """The words of a text; one with hyphens that is no name itself ("Kabul-based") falls into its parts."""
    for found in WORD.finditer(text):
        word, start = found.group(), found.start()
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
        if word[0].isupper() and not (word.lower() in vocabulary.articles):
            for n in range(_reach(text, words, i), 0, -1):
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
        and "." not in name[:-1]
        and not (len(name) <= ABBREVIATION and text[max(0, start - 2) : start] == ", ")
    ):
        name, end = name[:-1], end - 1  # "in Lebanon." ends a sentence, "London, Ky." does not
    if len(name) < 2 or gazetteer.demonym(name) is not None:
        return None
    matches = gazetteer.matches(name)
    if not matches or all(match.how == "bare" for match in matches) and words[-1].text.islower():
        return None
    return Spot(Span(start, end), len(words), matches[:8])


def _entities(doc: Doc | None, labels: Sequence[str]) -> Stretches:
    """spaCy's entities of some labels, without a leading "the", an ending "'s" or a small kind word."""
    words = Vocabulary.shared()
    out: list[Span] = []
    for ent in doc.ents if doc is not None else ():
        if ent.label_ in labels:
            start, name = ent.start_char, ent.text
            if name[:4].lower() == "the ":
                start, name = start + 4, name[4:]
            for tail in words.possessives:
                name = name.removesuffix(tail)
            head, _, last = name.rpartition(" ")
            if head and last.islower() and last in words.kinds:
                name = head  # "Herat city" is the place Herat with its kind
                if labels == FOLKS:
                    continue
            if name.strip():
                out.append(Span(start, start + len(name.rstrip())))
    return Stretches(out)


def weighed(text: str, found: Sequence[Spot], doc: Doc | None, gazetteer: Gazetteer) -> npt.NDArray[np.float64]:
    """One row of ``FEATURES`` for each spot."""
    vocabulary = Vocabulary.shared()
    kinds = [(label, _entities(doc, label)) for label in (PLACES, PEOPLE, BODIES, FOLKS)]
    lower = frozenset(re.findall(r"\b[^\W\d_A-Z]+\b", text))
    starts = {spot.span.start for spot in found}
    ends = {spot.span.end for spot in found}
    table = np.zeros((len(found), len(FEATURES)))
    told = hints(text, [spot.span for spot in found], vocabulary)
    for row, spot in enumerate(found):
        values = _row(text, spot, dict(kinds), lower, starts, ends, vocabulary)
        if told[row].kind in ("province", "district", "city"):
            values |= {"told": 1.0, "as_folk": 0.0, "as_person": 0.0}  # "Qalai Zal and Kalbat districts" are no persons
        if values.get("own_country"):
            values["as_folk"] = 0.0  # words for people were left out before
        table[row] = [values.get(name, 0.0) for name in FEATURES]
    return table


def _row(
    text: str,
    spot: Spot,
    entities: dict[tuple[str, ...], Stretches],
    lower: frozenset[str],
    starts: set[int],
    ends: set[int],
    vocabulary: Vocabulary,
) -> dict[str, float]:
    name = spot.span.of(text)
    before = text[max(0, spot.span.start - 40) : spot.span.start]
    after = text[spot.span.end : spot.span.end + 40]
    last = re.search(r"([^\W_]+(?:['’.][^\W_]+)*)(\.?[ \u00a0]+)$", before)
    earlier = last.group(1) if last else ""
    following = re.match(r"[ \u00a0]([^\W\d_]+)", after)
    later = following.group(1) if following else ""
    opens = not earlier or bool(re.search(r"(?:[.!?:]['\"”’)]*\s+|\n\s*|[“\"(]|^)$", before))
    values = {"bias": 1.0, "common": float(name.lower() in vocabulary.common)}
    for labels, own, part in (
        (PLACES, "as_place", "part_of_place"),
        (PEOPLE, "as_person", "part_of_person"),
        (BODIES, "as_body", "part_of_body"),
        (FOLKS, "as_folk", ""),
    ):
        for span in entities[labels].touching(spot.span):
            values[own if spot.span.contains(span) or not part else part] = 1.0
    if spot.matches:
        best = max(spot.matches, key=lambda m: (m.place.kind == "country", m.place.population))
        least = UNCOUNTED if best.place.kind in ("province", "district") else 0
        values["population"] = math.log10(max(least, best.place.population) + 1) / 7
        values["country"] = float(best.place.kind in ("country", "continent"))
        values["unique"] = float(len(spot.matches) <= 3 and not values["common"])
        values["linked"] = float("-" in name and values["unique"])
        own = [m.place for m in spot.matches if m.how == "name"]
        values["own_country"] = float(any(place.kind == "country" for place in own))
        values["province"] = float(any(m.place.kind == "province" for m in spot.matches))
        values["own_name"] = float(any(m.how == "name" for m in spot.matches))
        values["alternate"] = float(spot.matches[0].how == "alternate")
        values["loose"] = float(all(m.how == "loose" for m in spot.matches))
    else:
        values["unknown"] = 1.0
    values["several_words"] = float(spot.words > 1)
    values["opens_sentence"] = float(opens)
    values["after_preposition"] = float(earlier.lower() in vocabulary.prepositions)
    values["after_the"] = float(earlier.lower() == "the")
    values["after_title"] = float(earlier.lower().rstrip(".") in vocabulary.titles and earlier[:1].isupper())
    beside = spot.span.start - 1 in ends
    values["after_name"] = float(
        not opens
        and earlier[:1].isupper()
        and not beside
        and earlier.lower() not in vocabulary.prepositions | vocabulary.titles
    )
    told = later.lower() in vocabulary.kinds
    values["before_office"] = float(later[:1].isupper() and later.lower() in vocabulary.offices)
    values["before_outlet"] = float(later[:1].isupper() and later.lower() in vocabulary.outlets)
    values["before_street"] = float(later[:1].isupper() and later.lower().rstrip(".") in vocabulary.streets)
    values["before_name"] = float(
        later[:1].isupper() and not told and spot.span.end + 1 not in starts
        and later.lower() not in vocabulary.offices | vocabulary.outlets | vocabulary.streets
    )  # fmt: skip
    values["kind_word"] = float(told)
    values["before_comma"] = float(bool(re.match(r",\s*$", after[:2])) and spot.span.end + 2 in starts)
    values["after_comma"] = float(before.endswith(", ") and spot.span.start - 2 in ends)
    values["listed"] = float(
        bool(re.search(r"(?:,|and|or)\s$", before)) and any(spot.span.start - k in ends for k in (2, 5, 4, 6))
    )
    values["dateline"] = float(opens and bool(re.match(r"[^.\n]{0,25}?(?:\([A-Z][\w ]*\)\s*)?(?:--|—|–|-)\s", after)))
    values["capitals"] = float(name.isupper() and len(name) > 3)
    values["lower_elsewhere"] = float(spot.words == 1 and name.lower() in lower)
    values["short"] = float(len(name) <= 3 and not name.isupper())
    values["initial_before"] = float(bool(re.search(r"\b[A-Z]\.\s$", before)))
    values["possessive"] = float(after[:2] in ("'s", "’s"))
    return values


@cache
def _weights() -> npt.NDArray[np.float64]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return np.array([float(raw.get(name, 0.0)) for name in FEATURES])


def spotted(text: str, doc: Doc | None, gazetteer: Gazetteer) -> list[tuple[Span, float]]:
    """The spots with the probability that they are place names."""
    found = spots(text, doc, gazetteer)
    if not found:
        return []
    chance = 1 / (1 + np.exp(-(weighed(text, found, doc, gazetteer) @ _weights())))
    return [(spot.span, float(p)) for spot, p in zip(found, chance, strict=True)]
