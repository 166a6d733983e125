"""Generated articles, any number of them: short, varied from templates, each with a title that says so.

python -m tests.generated N FILE.jsonl

The same number gives the same articles. A fifth are written after another paper's account of the same happening, and an
eighth of all sentences are copied from another article, so that copies and events have something to find.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from geo.claims.claim import Claim, Reading, Voice
from geo.places.place import Location, Place, PlaceKind, Toponym
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span

LABEL = "Generated report"
TOWNS = (
    "Herat", "Kabul", "Kunduz", "Moscow", "Doha", "Nairobi", "Lagos", "Bogota", "Lima", "Quito", "Jakarta",
    "Manila", "Hanoi", "Dhaka", "Karachi", "Lahore", "Quetta", "Tehran", "Ankara", "Izmir", "Cairo", "Tunis",
    "Algiers", "Rabat", "Accra", "Dakar", "Kampala", "Kigali", "Lusaka", "Harare", "Maputo", "Luanda", "Santiago",
    "Caracas", "Havana", "Panama", "Managua", "Guatemala", "Toronto", "Chicago", "Boston", "Denver", "Seattle",
    "Madrid", "Lisbon", "Paris", "Berlin", "Vienna", "Warsaw", "Prague", "Sofia", "Bucharest", "Athens", "Kyiv",
    "Minsk", "Riga", "Tallinn", "Vilnius", "Helsinki", "Oslo", "Stockholm", "Dublin", "Glasgow", "Leeds", "Delhi",
    "Mumbai", "Chennai",
)  # fmt: skip
CROWDS = (
    "teachers", "nurses", "miners", "drivers", "farmers", "students", "bakers", "porters", "weavers", "fishermen",
    "clerks", "pensioners",
)  # fmt: skip
GOODS = (
    "rifles", "mortars", "rockets", "cartridges", "grenades", "drones", "helmets", "radios", "mines", "launchers",
)  # fmt: skip
CAUSES = (
    "wages", "rents", "bread", "tariffs", "fuel", "water", "pensions", "fares", "housing", "seeds", "closures",
    "licences",
)  # fmt: skip
GROUPS = (
    "rebels", "militiamen", "insurgents", "gunmen", "guerrillas", "fighters",
)  # fmt: skip
BODIES = (
    "ministers", "envoys", "mayors", "delegates", "mediators", "generals",
)  # fmt: skip
TEMPLATES = {
    "protest": (
        "{n} {crowd} marched through {town} on {day} over {cause}.",
        "About {n} {crowd} rallied in {town} on {day} to demand better {cause}.",
        "On {day} {crowd} blocked a road in {town} in anger at {cause}, police said.",
    ),
    "arms_flow": (
        "{n} {goods} were smuggled to {group} near {town} on {day}.",
        "Police in {town} seized {n} {goods} bound for {group} on {day}.",
        "A truck brought {goods} from {other} to {group} in {town}, officials said.",
    ),
    "meeting": (
        "{body} from {other} met in {town} on {day} for talks on {cause}.",
        "Talks on {cause} were held in {town} on {day}, {body} said.",
        "{body} will meet in {town} on {day} to discuss {cause}.",
    ),
}
QUIET = (
    "Shops on {name} Street stayed shut.",
    "The {name} bridge was closed until noon.",
    "Rain fell over the {name} hills.",
    "No comment came from {name}.",
)
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "va", "zi", "dor", "fen", "gal", "hin", "jus", "wex")
PAPERS = 400
A_DAY = 40
"""Articles of one day: the time that a corpus covers grows with it, as it does in the world."""
AGAIN = 0.2
COPIED = 0.125


def records(number: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """So many articles as the records of a file of lines; the first ones are the same whatever the number."""
    chance = random.Random(seed)
    told: list[tuple[str, dict[str, Any]]] = []
    written: list[str] = []
    for n in range(number):
        published = date(1990, 1, 1) + timedelta(days=n // A_DAY)
        kind, facts = chance.choice(told[-200:]) if told and chance.random() < AGAIN else _happening(chance, published)
        told.append((kind, facts))
        first = chance.choice(TEMPLATES[kind]).format(**facts)
        second = chance.choice(QUIET).format(name=_name(chance))
        lines = [first[:1].upper() + first[1:], second]
        if written and chance.random() < COPIED:
            lines[0] = chance.choice(written[-400:])
        written.append(lines[0])
        del told[:-200], written[:-400]
        yield {
            "id": f"generated-{n}",
            "title": f"{LABEL} {n}",
            "publisher": f"The {_name(random.Random(n % PAPERS))} Post",
            "date": published.isoformat(),
            "text": f"{' '.join(lines)}\n",
        }


def _happening(chance: random.Random, published: date) -> tuple[str, dict[str, Any]]:
    day = published - timedelta(days=chance.randrange(5))
    return chance.choice(tuple(TEMPLATES)), {
        "n": chance.randrange(20, 900),
        "crowd": chance.choice(CROWDS),
        "goods": chance.choice(GOODS),
        "cause": chance.choice(CAUSES),
        "group": chance.choice(GROUPS),
        "body": f"{_name(chance)} {chance.choice(BODIES)}",
        "town": chance.choice(TOWNS),
        "other": chance.choice(TOWNS),
        "day": f"{day.day} {day:%B %Y}",
    }


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).title()


def write(file: Path, number: int) -> Path:
    """A file of lines with so many articles."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(record)}\n" for record in records(number))
    return file


SIGNS = {"march": "protest", "rall": "protest", "blocked": "protest", "met in": "meeting", "alks": "meeting"}
DAY = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")


def read(article: Article) -> Reading:
    """A reader that knows the words and towns of these articles: hundreds a second, for tests of what is done then.

    Every town has a place of its own, every seventh is a whole province; the fewest articles have a vague date.
    """
    first, _, rest = article.text.partition(". ")
    kind = next((kind for sign, kind in SIGNS.items() if sign in first), "arms_flow")
    spans = [Span(0, len(first) + 1), Span(len(first) + 2, len(first) + 2 + len(rest.rstrip()))]
    sentences = tuple(Sentence(article, span, "body", 0, "Running text.") for span in spans)
    town = next((n for n, name in enumerate(TOWNS) if f" in {name}" in first or f" near {name}" in first), None)
    spots = tuple(_spot(first, town) for _ in range(town is not None and town % 11 != 0))
    found = DAY.search(first)
    when = Period.unknown("No date.") if found is None else _period(found)
    voice = Voice(None, "", "denied" if "Lima" in first else "asserted", "Given.")
    id = f"{article.id}-0"
    claim = Claim(id, kind, sentences[0], spots, when, voice, "will" in first, 0.9, "Its words.", (Span(0, 3),))
    return Reading(article, sentences, ((kind,), ()), spots, (claim,))


def _spot(text: str, town: int | None) -> Location:
    name = TOWNS[town or 0]
    at = Span(text.index(name), text.index(name) + len(name))
    kind: PlaceKind = "province" if (town or 0) % 7 == 0 else "city"
    admin1 = name if kind == "province" else TOWNS[(town or 0) // 7 * 7]
    place = Place(9_000_000 + (town or 0), name, kind, "XX", admin1, "", 10.0 + (town or 0), 20.0, 1000)
    return Location(Toponym(at, 0.9), place, "happened_at", 0.9, (), "Known.", "After a verb.")


def _period(found: re.Match[str]) -> Period:
    day = datetime.strptime(found[0], "%d %B %Y").date()
    wide = day.day % 9 == 0
    return Period(day.replace(day=1) if wide else day, day, "Given.")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
