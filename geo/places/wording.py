"""What the words in and around a stretch of text say of it: is it a place name, and is it cut where the name is?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.places.spots import Spot
from geo.places.vocabulary import Vocabulary

LOOK = 40  # characters looked at before and after a name
BLANKS = re.compile(r"[\s\u00a0]+")
# What stands right before a name is matched on the text turned round: a search would try every word before it.
BACKWARDS = re.compile(r"\n?([ \u00a0]+\.?)([^\W_]+(?:['’.][^\W_]+)*)")
COMPASS = re.compile(r"\n?[ \u00a0-](\.?[^\W\d_]+[A-Z]|\.[NSEW])\b")
NEXT = re.compile(r"[ \u00a0]([^\W\d_]+)")
LISTING = re.compile(r"(?:,|and|or)\s$")
DATED = re.compile(r"[^.\n]{0,25}?(?:\([A-Z][\w ]*\)\s*)?(?:--|—|–|-)\s")
INITIAL = re.compile(r"\b[A-Z]\.\s$")
DOTTED = re.compile(r"\.[ \u00a0]?[^A-Z\s]")
BLANKS_OR_HYPHEN = (" ", "\u00a0", "-")
CAPITAL = re.compile(r"[ \u00a0-]([A-Z][^\W\d_]+)")
NUMBER = re.compile(r"\d(?:st|nd|rd|th)?[ \u00a0]$")
STREETS = re.compile(r"(?:,? (?:and|or|to|between) [A-Z]\w+)? (?:streets|avenues|roads|drives|lanes|boulevards)\b")
PARTY = re.compile(r"\b(?:[DRI]|DFL|GOP|Lab|Lib|Con)-$")  # "Kim Moss, D-Raleigh"
BODY = re.compile(r"[ \u00a0](?:City|State|Town|Village)(?=[ \u00a0][A-Z][a-z])")  # "Oxford City Council"
DASHES = ("-", "–", "/")


def by_words(
    text: str, spot: Spot, lower: frozenset[str], starts: set[int], ends: set[int], vocabulary: Vocabulary
) -> dict[str, float]:
    """What stands before and after: prepositions, titles, kinds, offices, outlets, streets, other names."""
    name = spot.span.of(text)
    before = text[max(0, spot.span.start - LOOK) : spot.span.start]
    after = text[spot.span.end : spot.span.end + LOOK]
    last = BACKWARDS.match(before[::-1])
    earlier = last[2][::-1] if last else ""
    following = NEXT.match(after)
    later = following[1] if following else ""
    opens = last is None or "." in last[1] or before.endswith("\n")
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
        and earlier.lower() not in vocabulary.prepositions
        and earlier.lower() not in vocabulary.titles
    )
    told = later.lower() in vocabulary.kinds
    values["before_office"] = float(later[:1].isupper() and later.lower() in vocabulary.offices)
    values["before_outlet"] = float(later[:1].isupper() and later.lower() in vocabulary.outlets)
    values["before_street"] = float(later[:1].isupper() and later.lower().rstrip(".") in vocabulary.streets)
    values["before_name"] = float(
        later[:1].isupper() and not told and spot.span.end + 1 not in starts
        and not any(later.lower() in words for words in (vocabulary.offices, vocabulary.outlets, vocabulary.streets))
    )  # fmt: skip
    values["kind_word"] = float(told)
    values["before_comma"] = float(after[:1] == "," and not after[1:2].strip() and spot.span.end + 2 in starts)
    values["after_comma"] = float(before.endswith(", ") and spot.span.start - 2 in ends)
    values["listed"] = float(any(spot.span.start - k in ends for k in (2, 5, 4, 6)) and bool(LISTING.search(before)))
    values["dateline"] = float(opens and bool(DATED.match(after)))
    values["capitals"] = float(name.isupper() and len(name) > 3)
    values["lower_elsewhere"] = float(spot.words == 1 and name.lower() in lower)
    values["short"] = float(len(name) <= 3 and not name.isupper())
    values["initial_before"] = float("." in before[-3:] and bool(INITIAL.search(before)))
    values["possessive"] = float(after[:2] in ("'s", "’s"))
    return values


def by_edges(text: str, spot: Spot, vocabulary: Vocabulary) -> dict[str, float]:
    """Whether the stretch begins and ends where a name does, and is a road or a name that a number goes with."""
    words = BLANKS.split(spot.span.of(text))
    before, after = text[max(0, spot.span.start - LOOK) : spot.span.start], text[spot.span.end : spot.span.end + LOOK]
    compass, behind = COMPASS.match(before[::-1]), CAPITAL.match(after)
    pointed = compass[1][::-1].rstrip(".").lower() if compass else ""
    later = behind[1].lower() if behind else ""
    return {
        "ends_small": float(len(words) > 1 and words[-1][:1].islower()),
        "begins_small": float(words[0][:1].islower()),
        "compass_before": float(bool(compass) and (pointed in vocabulary.leading or len(pointed) == 1)),
        "kind_behind": float(later in vocabulary.kinds or later in vocabulary.shortened),
        "before_school": float(later in vocabulary.schools),
        "before_number": float(after[:1] in BLANKS_OR_HYPHEN and after[1:2].isdecimal()),
        "after_number": float(bool(NUMBER.search(before[-5:]))),
        "hyphen_before": float(before.endswith(DASHES)),
        "hyphen_behind": float(after.startswith(DASHES)),
        "ends_road": float(len(words) > 1 and words[-1].rstrip(".").lower() in vocabulary.streets),
        "road_list": float(bool(STREETS.match(after))),
        "has_digit": float(any(c.isdigit() for word in words for c in word)),
        "party_before": float("-" in before[-2:] and bool(PARTY.search(before))),
        "body_behind": float(bool(BODY.match(after))),
        "ends_in_body": float(_ends_in_body(text, spot)),
        "cut_dot": float(after[:1] == "." and (len(words[-1]) <= 4 or bool(DOTTED.match(after)))),
    }


def _ends_in_body(text: str, spot: Spot) -> bool:
    """Whether the last word of the stretch belongs to a body named behind it: "Oxford City" of "Oxford City Council", but
    not "Kansas City", which is a name of its own."""
    if any(match.how == "name" for match in spot.matches):
        return False
    last = max(text.rfind(" ", spot.span.start, spot.span.end), text.rfind("\u00a0", spot.span.start, spot.span.end))
    found = BODY.match(text, last) if last >= 0 else None
    return found is not None and found.end() == spot.span.end


@dataclass(slots=True)
class Company:
    """How often a word stands in a text: at all, before another capitalised word, and behind one."""

    every: int = 0
    leading: int = 0
    trailing: int = 0


ALONE = re.compile(r"(?<![\w'’-])([A-Z][^\W\d_]{2,})(?!\w)(?=([ \u00a0][A-Z][a-z]+)?)")
BEHIND = re.compile(r"([^\W\d_]+)[ \u00a0]$")


def company(text: str, words: Vocabulary) -> dict[str, Company]:
    """What stands beside each capitalised word in the whole text: "Georgia" beside "Stevens" is a person.

    Words that go with places ("County", "Police", "in") are no company.
    """
    behind = words.offices | words.outlets | words.streets | words.schools | frozenset(words.kinds)
    before = words.prepositions | words.leading | words.common | words.articles | frozenset(words.kinds)
    found: dict[str, Company] = {}
    for match in ALONE.finditer(text):
        seen = found.setdefault(match[1], Company())
        seen.every += 1
        if match[2] and match[2][1:].lower() not in behind:
            seen.leading += 1
        elif earlier := BEHIND.search(text, max(0, match.start() - 20), match.start()):
            seen.trailing += earlier[1][0].isupper() and earlier[1].lower() not in before
    return found


def by_company(name: str, beside: dict[str, Company]) -> dict[str, float]:
    """How often a word is part of a longer name elsewhere, first or last in it, among all times that it stands there."""
    seen = beside.get(name)
    if seen is None:
        return {}
    return {"leads_names": seen.leading / seen.every, "ends_names": seen.trailing / seen.every}


def within_longer(found: Sequence[Spot]) -> Iterator[bool]:
    """For each spot, in text order, whether a longer one that the gazetteer knows by its spelling holds it."""
    known = [spot.span for spot in found if any(match.how in ("name", "alternate") for match in spot.matches)]
    first = 0
    for spot in found:
        while first < len(known) and known[first].end <= spot.span.start:
            first += 1
        near = iter(known[first : first + NEAR])
        yield any(span.contains(spot.span) and span != spot.span for span in near if span.start <= spot.span.start)


NEAR = 12  # overlapping stretches looked through; a name has fewer lengths
