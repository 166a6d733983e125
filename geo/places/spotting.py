"""Which stretches of a text are place names: gazetteer, encoder and grammar weighed with the words around them.

A logistic judge over readable signs, its weights in spotting.toml: one table for a text that only gazetteer and grammar
have looked at, one for gazetteer and encoder, one for all three.
"""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from geo.model.encoder import TaggedName, Tagging
from geo.places.context import hints
from geo.places.gazetteer import Gazetteer
from geo.places.lengths import abbreviated
from geo.places.neighbours import by_neighbours
from geo.places.spots import Spot, spots
from geo.places.stretches import Stretches, apart
from geo.places.vocabulary import Vocabulary
from geo.places.wording import by_company, by_edges, by_words, company, within_longer
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = Path(__file__).with_name("spotting.toml")
Finders = Literal["grammar", "encoder", "both"]
SUREST = 7.0  # log odds beyond which the encoder's word is taken for certain
REACH = 40  # characters of a hyphened word looked at on either side
HYPHENED_BEFORE = re.compile(r"(?:[^\W\d_]+['’]?-)*$")
HYPHENED_AFTER = re.compile(r"(?:-[^\W\d_]+)*")
BREAK = re.compile(r"\s*\n[ \t\r]*\n|[ \u00a0][-–—\x96\x97][ \u00a0]")  # a paragraph's end, a dash
EDGES = " \t\r\n\u00a0-–—,;:()[]\"“”‘’'/\\|*•\x85\x91\x92\x93\x94\x96\x97"
LARGE = 50_000  # people of a place that newspapers name without telling where it is
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
    "enc_words", "enc_least", "enc_begins", "enc_goes_on", "enc_people", "enc_before", "enc_elsewhere", "enc_most",
    "ends_small", "begins_small", "compass_before", "kind_behind", "before_school", "before_number", "after_number",
    "hyphen_before", "hyphen_behind", "ends_road", "road_list", "has_digit", "party_before", "cut_dot", "in_longer",
    "leads_names", "ends_names", "in_named", "few_in_named", "neighbours", "body_behind", "ends_in_body",
    "known_after",
)  # fmt: skip
"""What grammar, gazetteer and the words around say; enc_...: what the encoder found there, the last eight as log odds:
its words are of a place name (on average, at least), one begins, it goes on behind, people are meant, the word before is
of a name; and how much surer it is (on average, at most) where the same words stand elsewhere in the text."""


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
        for part in _parts(text, _completed(text, Span(name.start, name.end), gazetteer)):
            if span := trimmed_span(text, part):
                word = span.of(text)
                pointed = word.endswith(".") and not abbreviated(gazetteer.matches(word), word)
                yield Span(span.start, span.end - pointed), name


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The span without the breaks in it: no name goes on in the next paragraph or behind a dash."""
    start = span.start
    for found in BREAK.finditer(text, span.start, span.end):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, span.end)


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
    name = span.of(text)
    start = span.start + len(name) - len(name.lstrip(EDGES))
    name = text[start : span.end].rstrip(EDGES)
    while name.endswith(".."):
        name = name[:-1]  # "U.S.." ends a sentence
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
    beside = company(text, vocabulary)
    starts = {spot.span.start for spot in found}
    ends = {spot.span.end for spot in found}
    told = _told(text, found, seen, vocabulary)
    chances = Chances.of(seen.tagging) if seen.tagging is not None else None
    table = np.zeros((len(found), len(FEATURES)))
    rows = zip(found, within_longer(found), by_neighbours(text, found), strict=True)
    for row, (spot, held, near) in enumerate(rows):
        values = {"bias": 1.0, "in_longer": float(held), **near}
        values |= _by_grammar(spot, seen) | _by_gazetteer(text, spot, vocabulary) | _by_encoder(spot, seen)
        values |= by_words(text, spot, lower, starts, ends, vocabulary) | by_edges(text, spot, vocabulary)
        values |= _by_chances(spot, chances) | by_company(spot.span.of(text), beside)
        if told.get(spot.span) in ("province", "district", "city"):
            values |= {"told": 1.0, "as_folk": 0.0, "as_person": 0.0}  # "Qalai Zal and Kalbat districts" are no persons
        values["known_after"] = float(_known_after(spot, values))
        if values.get("own_country"):
            values["as_folk"] = 0.0  # words for people were left out before
        table[row] = [values.get(name, 0.0) for name in FEATURES]
    _by_echoes([spot.span.of(text) for spot in found], table)
    return table


def _known_after(spot: Spot, values: Mapping[str, float]) -> bool:
    """Whether it is a town's or a division's own name after a preposition ("a trader from Herat said") and goes on with
    nothing that makes it another name: an encoder that has not met the name may doubt it all the same."""
    return (
        bool(values["after_preposition"])
        and any(match.how == "name" and match.place.population >= LARGE for match in spot.matches)
        and not any(values.get(sign) for sign in ("common", "before_name", "before_office", "before_outlet"))
    )


def _told(text: str, found: Sequence[Spot], seen: Findings, vocabulary: Vocabulary) -> dict[Span, str | None]:
    """The kind of place that the text tells of each spot. Those that overlap a likelier one are asked one by one."""
    tagged = seen.tagged or {}
    rated = ((spot.span, 2.0 * (spot.span in tagged) + any(m.how == "name" for m in spot.matches)) for spot in found)
    order = [span for span, _ in apart(rated)]
    told = {span: hint.kind for span, hint in zip(order, hints(text, order, vocabulary), strict=True)}
    return told | {s.span: hints(text, [s.span], vocabulary)[0].kind for s in found if s.span not in told}


def _by_echoes(names: Sequence[str], table: npt.NDArray[np.float64]) -> None:
    """Writes into the table how much surer the encoder is of the same words elsewhere in the text."""
    own, mean, most = (FEATURES.index(name) for name in ("enc_words", "enc_elsewhere", "enc_most"))
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    for same in rows.values():
        if len(same) > 1:
            odds = table[same, own]
            top, second = np.sort(odds)[[-1, -2]]
            table[same, mean] = (odds.sum() - odds) / (len(same) - 1) - odds
            table[same, most] = np.where(odds == top, second, top) - odds


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


@dataclass(frozen=True, slots=True)
class Chances:
    """The encoder's log odds of each word of a text, as plain lists: it is of a name, begins one, goes on with one, and
    means people; with where each word starts and ends."""

    starts: list[int]
    ends: list[int]
    named: list[float]
    begins: list[float]
    goes_on: list[float]
    people: list[float]

    @staticmethod
    def of(tagging: Tagging) -> Chances:
        chance = tagging.chances
        told = (chance[:, 1] + chance[:, 2], chance[:, 1], chance[:, 2], chance[:, 3] + chance[:, 4])
        return Chances(tagging.starts.tolist(), tagging.ends.tolist(), *(log_odds(one).tolist() for one in told))


def _by_chances(spot: Spot, chances: Chances | None) -> dict[str, float]:
    """The encoder's log odds of the stretch's words, also where another reading of them won."""
    if chances is None:
        return {}
    first, after = bisect_right(chances.ends, spot.span.start), bisect_left(chances.starts, spot.span.end)
    if first >= after:
        return {"enc_words": -SUREST, "enc_least": -SUREST, "enc_begins": -SUREST, "enc_people": -SUREST}
    close = first > 0 and chances.ends[first - 1] >= spot.span.start - 1
    named, people = chances.named[first:after], chances.people[first:after]
    return {
        "enc_words": sum(named) / len(named),
        "enc_least": min(named),
        "enc_begins": chances.begins[first],
        "enc_goes_on": chances.goes_on[after] if after < len(chances.goes_on) else -SUREST,
        "enc_people": sum(people) / len(people),
        "enc_before": chances.named[first - 1] if close else -SUREST,
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
