"""Which stretches of a text are place names: gazetteer, encoder and grammar weighed with the words around them.

A logistic judge over readable signs, its weights in spotting.toml: one table for a text that only gazetteer and grammar
have looked at, one for gazetteer and encoder, one for all three.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from geo.model.encoder import TaggedName, Tagging
from geo.places.context import hints
from geo.places.gazetteer import Gazetteer
from geo.places.spots import Spot, spots
from geo.places.stretches import Stretches, apart
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = Path(__file__).with_name("spotting.toml")
Finders = Literal["grammar", "encoder", "both"]
SUREST = 7.0  # log odds beyond which the encoder's word is taken for certain
REACH = 40  # characters of a hyphened word looked at on either side
HYPHENED_BEFORE = re.compile(r"(?:[^\W\d_]+['’]?-)*$")
HYPHENED_AFTER = re.compile(r"(?:-[^\W\d_]+)*")
UNCOUNTED = 20_000  # taken for the population of a division whose people nobody counted
PLACES, PEOPLE, BODIES, FOLKS = ("GPE", "LOC", "FAC"), ("PERSON",), ("ORG",), ("NORP", "LANGUAGE")
ROLES = (
    (PLACES, "as_place", "part_of_place"),
    (PEOPLE, "as_person", "part_of_person"),
    (BODIES, "as_body", "part_of_body"),
    (FOLKS, "as_folk", ""),
)
FEATURES = (
    "bias", "as_place", "as_person", "as_body", "as_folk", "part_of_place", "part_of_person", "part_of_body",
    "population", "country", "province", "own_name", "alternate", "loose", "unknown", "several_words", "common",
    "opens_sentence", "after_preposition", "after_title", "after_name", "before_name", "before_office",
    "before_outlet", "before_street", "kind_word", "before_comma", "after_comma", "dateline", "capitals",
    "lower_elsewhere", "short", "initial_before", "possessive", "after_the", "own_country", "listed", "told",
    "unique", "linked",
    "enc_whole", "enc_sure", "enc_within", "enc_around", "enc_folk", "enc_not",
    "enc_words", "enc_least", "enc_begins", "enc_goes_on", "enc_people",
)  # fmt: skip
"""What grammar, gazetteer and the words around say; enc_...: what the encoder found there, the last five as log odds:
its words are of a place name (on average, at least), one begins, it goes on behind, people are meant."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What grammar and encoder found in one text; the encoder's names trimmed, ``None`` when it did not look."""

    entities: dict[str, Stretches]
    tagged: dict[Span, TaggedName] | None
    tagged_order: Stretches
    tagging: Tagging | None = None
    guesses: tuple[Span, ...] = ()

    @property
    def finders(self) -> Finders:
        if self.tagged is None:
            return "grammar"
        return "both" if self.entities else "encoder"

    @property
    def names(self) -> list[Span]:
        """The stretches that one of them takes for a place."""
        places = self.entities["as_place"].spans if self.entities else ()
        ours = [span for span, name in (self.tagged or {}).items() if not name.demonym]
        return [*ours, *self.guesses, *(span for span in places if not any(self.tagged_order.touching(span)))]


def findings(text: str, doc: Doc | None, tagging: Tagging | None, gazetteer: Gazetteer) -> Findings:
    """What spaCy's document and the encoder's names say of a text; ``None`` for what was not asked."""
    entities = {own: _entities(doc, labels) for labels, own, _ in ROLES} if doc is not None else {}
    if tagging is None:
        return Findings(entities, None, Stretches(()))
    by_span = dict(_trimmed(text, tagging.names, gazetteer))
    kept = [span for span, _ in apart((span, name.score) for span, name in by_span.items())]
    guesses = tuple(span for span, name in _trimmed(text, tagging.guesses, gazetteer) if not name.demonym)
    return Findings(entities, {span: by_span[span] for span in kept}, Stretches(kept), tagging, guesses)


def _trimmed(text: str, names: Sequence[TaggedName], gazetteer: Gazetteer) -> Iterator[tuple[Span, TaggedName]]:
    for name in names:
        span = trimmed_span(text, _completed(text, Span(name.start, name.end), gazetteer))
        if span is not None:
            yield span, name


def _completed(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """The whole hyphened word when a part of it was found and the gazetteer knows the whole: "Pul" of "Pul-i-Khumri"."""
    if text[span.end : span.end + 1] != "-" and text[max(0, span.start - 1) : span.start] != "-":
        return span
    before = HYPHENED_BEFORE.search(text[max(0, span.start - REACH) : span.start])
    after = HYPHENED_AFTER.match(text[span.end : span.end + REACH])
    start, end = span.start - len(before[0] if before else ""), span.end + len(after[0] if after else "")
    known = any(match.how in ("name", "alternate") for match in gazetteer.matches(text[start:end]))
    return Span(start, end) if known else span


def trimmed_span(text: str, span: Span) -> Span | None:
    """The span without blanks, quotes, a leading "the" or an ending "'s"; ``None`` when nothing is left."""
    edges = " \t\r\n\u00a0-–—,;:()[]\"“”‘’'"
    name = span.of(text)
    start = span.start + len(name) - len(name.lstrip(edges))
    name = text[start : span.end].rstrip(edges)
    for tail in Vocabulary.shared().possessives:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            name = name[: -len(tail)]
            break
    if name[:4].lower() == "the " and len(name) > 4:
        start, name = start + 4, name[4:]
    return Span(start, start + len(name)) if any(c.isalpha() for c in name) else None


def _entities(doc: Doc, labels: Sequence[str]) -> Stretches:
    """spaCy's entities of some labels, without a leading "the", an ending "'s" or a small kind word."""
    words = Vocabulary.shared()
    out: list[Span] = []
    for ent in doc.ents:
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


def weighed(text: str, found: Sequence[Spot], seen: Findings) -> npt.NDArray[np.float64]:
    """One row of ``FEATURES`` for each spot."""
    vocabulary = Vocabulary.shared()
    lower = frozenset(re.findall(r"\b[^\W\d_A-Z]+\b", text))
    starts = {spot.span.start for spot in found}
    ends = {spot.span.end for spot in found}
    told = hints(text, [spot.span for spot in found], vocabulary)
    table = np.zeros((len(found), len(FEATURES)))
    for row, spot in enumerate(found):
        values = {"bias": 1.0}
        values |= _by_grammar(spot, seen) | _by_gazetteer(text, spot, vocabulary) | _by_encoder(spot, seen)
        values |= _by_words(text, spot, lower, starts, ends, vocabulary) | _by_chances(spot, seen)
        if told[row].kind in ("province", "district", "city"):
            values |= {"told": 1.0, "as_folk": 0.0, "as_person": 0.0}  # "Qalai Zal and Kalbat districts" are no persons
        if values.get("own_country"):
            values["as_folk"] = 0.0  # words for people were left out before
        table[row] = [values.get(name, 0.0) for name in FEATURES]
    return table


def _by_grammar(spot: Spot, seen: Findings) -> dict[str, float]:
    """Which kinds of entity spaCy sees in the stretch or around it."""
    values: dict[str, float] = {}
    if seen.entities:
        for _, own, part in ROLES:
            for span in seen.entities[own].touching(spot.span):
                values[own if spot.span.contains(span) or not part else part] = 1.0
    return values


def _by_encoder(spot: Spot, seen: Findings) -> dict[str, float]:
    """Whether the encoder found exactly this name, a part of it, a longer one, a word for people, or nothing."""
    if seen.tagged is None:
        return {}
    values: dict[str, float] = {}
    for span in seen.tagged_order.touching(spot.span):
        name = seen.tagged[span]
        if name.demonym:
            values["enc_folk"] = 1.0
        elif span == spot.span:
            p = min(0.99, max(0.01, name.score))
            values |= {"enc_whole": 1.0, "enc_sure": math.log(p / (1 - p))}
        else:
            values["enc_within" if spot.span.contains(span) else "enc_around"] = 1.0
    return values or {"enc_not": 1.0}


def _by_chances(spot: Spot, seen: Findings) -> dict[str, float]:
    """The encoder's log odds of the stretch's words, also where another reading of them won."""
    if seen.tagging is None:
        return {}
    first = int(np.searchsorted(seen.tagging.ends, spot.span.start, side="right"))
    after = int(np.searchsorted(seen.tagging.starts, spot.span.end, side="left"))
    if first >= after:
        return {"enc_words": -SUREST, "enc_least": -SUREST, "enc_begins": -SUREST, "enc_people": -SUREST}
    chance = seen.tagging.chances
    named = log_odds(chance[first:after, 1] + chance[first:after, 2])
    return {
        "enc_words": float(named.mean()),
        "enc_least": float(named.min()),
        "enc_begins": float(log_odds(chance[first, 1])),
        "enc_goes_on": float(log_odds(chance[after, 2])) if after < len(chance) else -SUREST,
        "enc_people": float(log_odds(chance[first:after, 3] + chance[first:after, 4]).mean()),
    }


def log_odds(chance: Any) -> Any:
    """Log odds of probabilities, none beyond ``SUREST``."""
    p = np.clip(chance, 1e-9, 1 - 1e-9)
    return np.clip(np.log(p / (1 - p)), -SUREST, SUREST)


def _by_gazetteer(text: str, spot: Spot, vocabulary: Vocabulary) -> dict[str, float]:
    """How well known a place of this name is, and how the name fits."""
    if not spot.matches:
        return {"unknown": 1.0}
    common = spot.span.of(text).lower() in vocabulary.common
    best = max(spot.matches, key=lambda m: (m.place.kind == "country", m.place.population))
    least = UNCOUNTED if best.place.kind in ("province", "district") else 0
    unique = len(spot.matches) <= 3 and not common
    hows = [match.how for match in spot.matches]
    exact = [match.place for match in spot.matches if match.how == "name"]
    return {
        "common": float(common),
        "population": math.log10(max(least, best.place.population) + 1) / 7,
        "country": float(best.place.kind in ("country", "continent")),
        "unique": float(unique),
        "linked": float(unique and "-" in spot.span.of(text)),
        "own_country": float(any(place.kind == "country" for place in exact)),
        "province": float(any(match.place.kind == "province" for match in spot.matches)),
        "own_name": float(bool(exact)),
        "alternate": float(hows[0] == "alternate"),
        "loose": float(all(how == "loose" for how in hows)),
    }


def _by_words(
    text: str, spot: Spot, lower: frozenset[str], starts: set[int], ends: set[int], vocabulary: Vocabulary
) -> dict[str, float]:
    """What stands before and after: prepositions, titles, kinds, offices, outlets, streets, other names."""
    name = spot.span.of(text)
    before = text[max(0, spot.span.start - 40) : spot.span.start]
    after = text[spot.span.end : spot.span.end + 40]
    last = re.search(r"([^\W_]+(?:['’.][^\W_]+)*)(\.?[ \u00a0]+)$", before)
    earlier = last.group(1) if last else ""
    following = re.match(r"[ \u00a0]([^\W\d_]+)", after)
    later = following.group(1) if following else ""
    opens = not earlier or bool(re.search(r"(?:[.!?:]['\"”’)]*\s+|\n\s*|[“\"(]|^)$", before))
    values: dict[str, float] = {}
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
def _weights(finders: Finders) -> npt.NDArray[np.float64]:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))[finders]
    return np.array([float(raw.get(name, 0.0)) for name in FEATURES])


def spotted(text: str, doc: Doc | None, gazetteer: Gazetteer, tagging: Tagging | None = None) -> list[tuple[Span, float]]:
    """The stretches that may be place names, with the probability that they are."""
    seen = findings(text, doc, tagging, gazetteer)
    found = spots(text, gazetteer, seen.names)
    if not found:
        return []
    chance = 1 / (1 + np.exp(-(weighed(text, found, seen) @ _weights(seen.finders))))
    return [(spot.span, float(p)) for spot, p in zip(found, chance, strict=True)]
