"""Where a publisher sits: its hometown is the place that its reports leave unexplained."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.places.candidates import Names
from geo.places.place import Place
from geo.places.vocabulary import Vocabulary

FILE = Path(__file__).with_name("homes.toml")
ADDRESS = re.compile(
    r"^\s*(?:https?://)?(?:www\d?\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#].*)?\s*$", re.IGNORECASE | re.DOTALL
)
SECOND_LEVELS = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})
SHORTEST = 4  # letters of a place name guessed from an outlet's name
SEATS = 6  # places of one name that may be the home; the document's other names decide among them
SMALLEST = 0.05  # a town with less than this share of its biggest namesake's people would say which it is
LONGEST = 200  # characters of a publisher that are read


@dataclass(frozen=True, slots=True)
class Home:
    """The places where a publisher may sit and the code of its country; empty and ``None`` when not known."""

    places: tuple[Place, ...]
    country: str | None

    @staticmethod
    def unknown() -> Home:
        return Home((), None)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


TELLING = ("publisher", "outlet", "url")
"""Fields of a document's record that tell its publisher, the first that says something: a page's address does too."""


def publisher_of(record: Mapping[str, Any]) -> Any:
    """Who published a document, by name or web address, as its record tells; ``None`` when it does not."""
    return next((record[field] for field in TELLING if record.get(field)), None)


def home_of(publisher: str | None, gazetteer: Names) -> Home:
    """The home of a publisher given by name ("The Kabul Times") or web address ("https://www.dallasnews.com/x")."""
    if not publisher or not publisher.strip():
        return Home.unknown()
    publisher = publisher[:LONGEST]
    address = ADDRESS.match(publisher)
    name = address.group(1).lower() if address else " ".join(publisher.lower().split())
    name = name.removeprefix("the ") if not address else name
    row = _table()["homes"].get(name)
    if row is not None:
        place, province, code = row
        return _listed(place, province, code, gazetteer)
    country = _ending(name) if address else None
    places = _guessed(_label(name) if address else name, gazetteer, country)
    return Home(places, country or (places[0].country if len(places) == 1 else None))


def _named(name: str, gazetteer: Names) -> list[Place]:
    return [match.place for match in gazetteer.matches(name)]


def _listed(place: str, province: str, country: str, gazetteer: Names) -> Home:
    """A row of homes.toml as a home."""
    found = [p for p in _named(place, gazetteer) if p.country == country and p.kind == "city"] if place else []
    exact = [p for p in found if p.admin1.casefold() == province.casefold()]
    return Home(tuple((exact or found)[:1]), country)


def _ending(address: str) -> str | None:
    """The country told by the end of a web address."""
    last = address.rsplit(".", 1)[-1]
    told = _table()["addresses"]
    return None if len(last) != 2 or last in told["anywhere"] else str(told.get(last, last)).upper()


def _label(address: str) -> str:
    """The speaking part of a web address: "athensreview" of "athensreview.com"."""
    parts = address.split(".")
    keep = [p for p in parts[:-1] if p not in SECOND_LEVELS] or parts[:1]
    return keep[-1].replace("-", " ")


def _guessed(name: str, gazetteer: Names, country: str | None) -> tuple[Place, ...]:
    """The cities that bear the name left when the words of outlets' names are taken off; none when none is."""
    words = frozenset(_table()["words"]["outlet"])
    left = [w for w in re.split(r"[\s\-_]+", name) if w and w not in words]
    rest = " ".join(left)
    if " " not in name:
        rest = _peeled(name, words)
    if rest == name or len(rest) < SHORTEST or rest in Vocabulary.shared().common:
        return ()
    cities = [p for p in _named(rest, gazetteer) if p.kind == "city" and country in (None, p.country)]
    least = SMALLEST * max((p.population for p in cities), default=0)
    return tuple([p for p in cities if p.population >= least][:SEATS])


def _peeled(label: str, words: frozenset[str]) -> str:
    """One run of letters without outlets' words at its ends: "dailyathensreview" gives "athens"."""
    while True:
        for word in sorted(words, key=lambda w: (-len(w), w)):
            if len(word) > 2 and label.endswith(word) and len(label) > len(word):
                label = label[: -len(word)]
                break
            if len(word) > 2 and label.startswith(word) and len(label) - len(word) >= SHORTEST:
                label = label[len(word) :]
                break
        else:
            return label
