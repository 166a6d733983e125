"""A place name as people write it, turned into the keys under which the gazetteer keeps it.

``fold`` brings spellings together that differ in nothing a reader would call a letter; ``skeleton`` goes further and
brings romanisations together (Qalai Zal, Qala-i-Zal, Qal'ah-ye Zal); ``bare`` takes a kind word off ("Herat Province").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from geo.places.place import PlaceKind

LONGEST_NAME = 120
"""Characters; nothing longer is looked up. The longest name in GeoNames in Latin letters has fewer."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼʽʾʿ`´ʹ′\"“”„«»"))
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ə": "a", "ħ": "h"}
)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_INITIALS_OPEN = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
_BREAKS = re.compile(r"[\W_]+")
_COMPASS = re.compile(r"^([nsew])\.\s*(?=\w{2})")
_DOUBLED = re.compile(r"(.)\1+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$|(?<=s)['’]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bare:
    """A name without the word that said its kind: ``Herat Province`` is ``Herat``, a province."""

    name: str
    kinds: tuple[PlaceKind, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    first: dict[str, str]
    compass: dict[str, str]
    anywhere: dict[str, str]
    last: dict[str, str]
    after: dict[str, tuple[PlaceKind, ...]]
    before: dict[str, tuple[PlaceKind, ...]]
    romanised: frozenset[str]
    letters: tuple[tuple[str, str], ...]
    linking: frozenset[str]
    article: frozenset[str]


@cache
def _words() -> _Words:
    with open(Path(__file__).with_name("names.toml"), "rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    after: dict[str, tuple[PlaceKind, ...]] = {}
    before: dict[str, tuple[PlaceKind, ...]] = {}
    for entry in table["kind_words"]:
        kinds = cast(tuple[PlaceKind, ...], tuple(entry["kinds"]))
        for word in entry["after"]:
            after[word] = after.get(word, ()) + kinds
        for word in entry["before"]:
            before[word] = before.get(word, ()) + kinds
    return _Words(
        first=table["first_words"],
        compass=table["compass"],
        anywhere=table["any_word"],
        last=table["last_words"],
        after=after,
        before=before,
        romanised=frozenset(table["romanised"]["countries"]),
        letters=tuple((old, new) for old, new in table["romanised"]["letters"]),
        linking=frozenset(table["romanised"]["linking"]),
        article=frozenset(table["romanised"]["article"]),
    )


def fold(name: str) -> str:
    """The key of a name: lower case, no diacritics, apostrophes or hyphens, no leading "the", short words written out.

    Two spellings with one key are the same name. Empty when nothing is left or the name is longer than ``LONGEST_NAME``.
    """
    if len(name) > LONGEST_NAME:
        return ""
    text = name.strip()
    words = _words()
    if text.isascii():
        text = text.lower()
        tokens = text.split()
        if all(map(str.isalpha, tokens)):  # most names: letters and blanks, nothing to bring together
            return " ".join(_written_out(tokens, words))
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    if "." in text:
        text = _COMPASS.sub(lambda m: words.compass[m[1]] + " ", text)
        text = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
        text = _INITIALS_OPEN.sub(r"\1", text)
    text = text.replace("&", " and ").translate(_APOSTROPHES)
    return " ".join(_written_out(_BREAKS.sub(" ", text).split(), words))


def _written_out(tokens: list[str], words: _Words) -> list[str]:
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    if len(tokens) > 1:
        tokens[0] = words.first.get(tokens[0], tokens[0])
        tokens[-1] = words.last.get(tokens[-1], tokens[-1])
    return [words.anywhere.get(token, token) for token in tokens]


def unpossessed(name: str) -> str:
    """The name without a possessive ending: ``Kabul's`` is ``Kabul``."""
    name = name.strip()
    return _POSSESSIVE.sub("", name) if name[-1:] in "s'’" else name


def bare(key: str) -> Iterator[Bare]:
    """What is left of a folded name without its kind word, longest kind word first; nothing when it has none.

    >>> list(bare("herat province"))
    [Bare(name='herat', kinds=('province',))]
    """
    if " " not in key:
        return
    words = _words()
    tokens = key.split()
    for size in range(min(3, len(tokens) - 1), 0, -1):
        tail, head = " ".join(tokens[-size:]), " ".join(tokens[:size])
        if tail in words.after:
            yield Bare(" ".join(tokens[:-size]), words.after[tail])
        if head in words.before:
            yield Bare(" ".join(tokens[size:]).removeprefix("the "), words.before[head])


@cache
def romanised_countries() -> frozenset[str]:
    """ISO codes of the countries whose names get a ``skeleton``."""
    return _words().romanised


def skeleton(key: str) -> str:
    """A looser key, the same for most romanisations of one name; made from a folded name, empty when too little is left.

    >>> skeleton("qalai zal") == skeleton("qala i zal") == skeleton("qalah ye zal")
    True
    """
    if not (key.isascii() and key.replace(" ", "").isalpha()):
        return ""
    words = _words()
    tokens = key.split()
    if len(tokens) > 1 and tokens[0] in words.article:
        tokens = tokens[1:]
    kept = [token for token in tokens if token not in words.linking] or tokens
    last = len(kept) - 1
    joined = "".join(_sound(token, inner=place < last) for place, token in enumerate(kept))
    squeezed = _DOUBLED.sub(r"\1", joined)
    return squeezed if len(squeezed) >= 4 else ""


@cache
def _letters_table() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(_words().letters)
    longest_first = sorted(table, key=lambda group: (-len(group), group))
    return re.compile("|".join(map(re.escape, longest_first))), table


@lru_cache(maxsize=20_000)
def _sound(token: str, *, inner: bool) -> str:
    """A word by its sound; ``inner`` words lose the linking vowel at their end (``qalai``, ``shahri``, ``sare``)."""
    if len(token) > 3:
        if token.endswith(("ah", "eh")):
            token = token[:-2] + "a"
        if inner and token[-1] in "ie":
            token = token[:-1]
        elif inner and token.endswith("aye"):
            token = token[:-2]
    pattern, table = _letters_table()
    return pattern.sub(lambda match: table[match[0]], token)
