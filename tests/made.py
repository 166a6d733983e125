"""Made-up articles, claims and whole ledgers for the tests: every name of a person, outlet and event is invented.

python -m tests.made OUT_DIR [--claims N] [--places N] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geo.claims.claim import Claim, Disagreement, Reading, Side, Stance, Voice
from geo.faults import BadInput
from geo.places.place import Location, Place, Rival, Role, Toponym
from geo.text.article import Article, Section, Sentence
from geo.text.period import Period
from geo.text.span import Span

HOSTILE = (
    "{{7*7}} {% raw %} {# ${1} ` \\x3c <img src=x onerror=alert(1)> </script><script>alert(2)</script> "
    '=HYPERLINK("x") \u202eright to left\u202c NUL\x00 \'quote\' "double"'
)
"""Text that a careless page would run, break on or show wrongly."""

COUNTRIES = {"AF": "Afghanistan", "RU": "Russia", "QA": "Qatar", "PK": "Pakistan", "TJ": "Tajikistan"}


def place(
    name: str = "Herat",
    id: int = 1140026,
    kind: str = "city",
    country: str = "AF",
    admin1: str = "Herat",
    admin2: str = "",
    lat: float = 34.348,
    lon: float = 62.2,
    **more: Any,
) -> Place:
    return Place(id, name, kind, country, admin1, admin2, lat, lon, more.pop("population", 100_000), **more)  # type: ignore[arg-type]


HERAT = place()
KABUL = place("Kabul", 1138958, admin1="Kabul", lat=34.528, lon=69.172)
KUNDUZ = place("Kunduz", 1135690, kind="province", admin1="Kunduz", lat=36.8, lon=68.8, radius_km=60.0)
IMAM_SAHIB = place("Imam Sahib", 7053315, "district", "AF", "Kunduz", "Imam Sahib", 37.18, 68.92, radius_km=20.0)
HELMAND = place("Helmand", 1140043, kind="province", admin1="Helmand", lat=31.0, lon=64.0, radius_km=150.0)
KALBAT = place(
    "Kalbat", -17, "district", "AF", "Kunduz", "Kalbat", 37.1, 69.0, radius_km=20.0,
    note="A short-lived district cut from Imam Sahib: GeoNames has no entry for it.",
)  # fmt: skip
MOSCOW = place("Moscow", 524901, country="RU", admin1="Moscow", lat=55.752, lon=37.616)
DOHA = place("Doha", 290030, country="QA", admin1="Baladiyat ad Dawhah", lat=25.285, lon=51.531)
TERMEZ = place("Termez", 1215957, country="UZ", admin1="Surxondaryo", lat=37.224, lon=67.278)
AFGHANISTAN = place("Afghanistan", 1149361, "country", "AF", "", lat=33.0, lon=66.0, radius_km=600.0)
RUSSIA = place("Russia", 2017370, "country", "RU", "", lat=60.0, lon=100.0, radius_km=3000.0)
PLACES = (HERAT, KABUL, KUNDUZ, IMAM_SAHIB, HELMAND, KALBAT, MOSCOW, DOHA, TERMEZ, AFGHANISTAN, RUSSIA)


def days(value: str | None = "2017-06", because: str = "The article says so.", words: Span | None = None) -> Period:
    return Period.iso(value, because, words) if value else Period.unknown("No date stands near the sentence.")


def article(id: str = "valley-post-1", text: str = "", published: str | None = "2017-06-12", **more: Any) -> Article:
    more = {"title": "Crowds in the west", "publisher": "The Valley Post", "publisher_type": "newspaper"} | more
    more.setdefault("url", f"https://valley-post.example/{id}")
    return Article(id=id, text=text, published=days(published, "The front matter gives it."), **more)


def location(
    article: Article, within: Span, place: Place | None, role: Role = "happened_at", rivals: Sequence[Place] = ()
) -> Location:
    """The first mention of a place in a stretch of the article; the stretch itself where it is not named."""
    at = article.text.find(place.name, within.start, within.end) if place else -1
    span = Span(at, at + len(place.name)) if place and at >= 0 else within
    return Location(
        toponym=Toponym(span, 0.97, "The gazetteer knows the name."),
        place=place,
        role=role,
        score=0.93,
        rivals=tuple(Rival(rival, 0.2) for rival in rivals),
        because=f"{place.name} is the best known place of its name." if place else "The gazetteer lacks the name.",
        role_because=f"The place stands after a verb: {role.replace('_', ' ')}.",
    )


def claim(
    sentence: Sentence,
    kind: str = "protest",
    places: Sequence[tuple[Place | None, Role]] = ((HERAT, "happened_at"),),
    *,
    date: str | None = "2017-06-12",
    stance: Stance = "reported",
    speaker: str | None = "the police",
    **more: Any,
) -> Claim:
    source, span = sentence.article, sentence.span
    said = source.text.find(speaker, span.start, span.end) if speaker else -1
    first_word = Span(span.start, span.start + len(sentence.text.split()[0]))
    return Claim(
        id=more.pop("id", f"{source.id}-{span.start}-{kind.replace('_', '-')}"),
        kind=kind,
        sentence=sentence,
        locations=tuple(location(source, span, where, role) for where, role in places),
        event_date=days(date),
        voice=Voice(
            speaker,
            "said" if speaker else "",
            stance,
            f"“said” with {speaker} as its subject." if speaker else "The article itself says it.",
            Span(said, said + len(speaker)) if speaker and said >= 0 else None,
        ),
        planned=more.pop("planned", False),
        score=more.pop("score", 0.9),
        because=more.pop("because", f"The words of a {kind.replace('_', ' ')} stand in the sentence."),
        words=more.pop("words", (first_word,)),
        **more,
    )


def reading(
    source: Article, claims: Sequence[dict[str, Any]] = (), sections: dict[int, Section] | None = None
) -> Reading:
    """An article whose every line with words is a sentence; ``claims`` give the number of theirs, from 0, as "line"."""
    sentences, at = [], 0
    for n, line in enumerate(source.text.splitlines(keepends=True)):
        words = line.strip()
        if words:
            start = at + line.index(words)
            section: Section = (sections or {}).get(n, "body")
            sentences.append(Sentence(source, Span(start, start + len(words)), section, n, "Running text."))
        at += len(line)
    made = tuple(claim(sentences[c["line"]], **{k: v for k, v in c.items() if k != "line"}) for c in claims)
    kinds = tuple(tuple(sorted({c.kind for c in made if c.sentence is s})) for s in sentences)
    return Reading(source, tuple(sentences), kinds, tuple(m for c in made for m in c.locations), made)


def few() -> list[Reading]:
    """Five small readings in which every judgement of a ledger occurs at least once."""
    first = article(
        "valley-post-1",
        "Crowds in the west\n"
        "Some 300 shopkeepers marched through Herat on Monday against a new tax, the police said.\n"
        "A second march in Kabul was put off until Friday.\n"
        "Read more: ten recipes for the feast.\n",
        authors=("Ana Example", "B. Sample"),
    )
    second = article(
        "river-wire-7",
        "Some 300 shopkeepers marched through Herat on Monday against a new tax, the police said.\n"
        "An unnamed colonel claims that crates of rifles from Russia came through Termez to fighters in Imam Sahib.\n"
        "The embassy denied that any rifles were sent to Helmand.\n",
        publisher="River Wire",
        publisher_type="agency",
        title="Crates at the river",
        published="2017-06-13",
        republishes="The Valley Post",
    )
    third = article(
        "morning-ledger-3",
        "Envoys met in Doha from 3 to 5 May 2018 and will meet again in Moscow.\n"
        "Money reaches armed men all over Afghanistan, a former minister wrote.\n"
        "They also gathered somewhere in the hills.\n"
        "Guards at Kalbat found boxes of ammunition.\n",
        publisher="Morning Ledger",
        publisher_type="broadcaster",
        title="Talks by the sea",
        published="2018-05",
        kind="brief",
    )
    hostile = article(
        "hostile-1",
        f"Protesters gathered in Herat {HOSTILE}\n",
        title=f"Title {HOSTILE}",
        publisher=f"Publisher {HOSTILE}",
        publisher_type=None,
        published=None,
        url="javascript:alert(1)",
    )
    quiet = article("quiet-1", "Apricots are cheap this year.\n", title="Apricots", publisher=None, publisher_type=None)
    march = {"origin": "o-march", "event": "e-march", "origin_because": "Copied word for word from The Valley Post."}
    flow = {"kind": "arms_flow", "stance": "alleged", "speaker": "An unnamed colonel"}
    return [
        reading(
            first,
            [
                {"line": 1, **march, "event_because": "Same kind, place and day."},
                {"line": 2, "places": [(KABUL, "happened_at")], "planned": True, "date": None, "speaker": None,
                 "stance": "asserted", "origin": "o-2", "event": "e-2"},
            ],
            {0: "headline", 3: "navigation"},
        ),
        reading(
            second,
            [
                {"line": 0, **march},
                {"line": 1, **flow, "date": "2017", "origin": "o-3", "event": "e-3",
                 "places": [(RUSSIA, "supplier"), (TERMEZ, "route"), (IMAM_SAHIB, "recipient")]},
                {"line": 2, **flow, "speaker": "The embassy", "stance": "denied", "date": None, "origin": "o-4",
                 "event": "e-3", "places": [(HELMAND, "recipient")]},
            ],
        ),
        reading(
            third,
            [
                {"line": 0, "kind": "meeting", "date": "2018-05-03/2018-05-05", "speaker": None, "stance": "asserted",
                 "places": [(DOHA, "happened_at"), (MOSCOW, "happened_at")], "origin": "o-5", "event": "e-5"},
                {"line": 1, **flow, "speaker": "a former minister", "date": None, "origin": "o-6", "event": "e-6",
                 "places": [(AFGHANISTAN, "recipient")]},
                {"line": 2, "places": [], "date": None, "speaker": None, "origin": "o-7", "event": "e-7"},
                {"line": 3, **flow, "speaker": None, "stance": "asserted", "date": "2018-04", "origin": "o-8",
                 "event": "e-8", "places": [(KALBAT, "recipient")]},
            ],
        ),
        reading(hostile, [{"line": 0, "speaker": None, "stance": "asserted", "date": "2017-06-01", "origin": "o-9",
                           "event": "e-9"}]),
        reading(quiet),
    ]  # fmt: skip


def disputed() -> list[Reading]:
    """The readings of ``few``, the two of the march at odds about how many marched."""
    sides = tuple(Side(value, (), 1) for value in ("300", "5,000"))
    odds = (Disagreement("number", "marchers", sides, "Each gives a number of its own."),)
    return [
        replace(
            reading,
            claims=tuple(replace(c, disagreements=odds) if c.event == "e-march" else c for c in reading.claims),
        )
        for reading in few()
    ]


SIGNS = {"marched": "protest", "gathered": "protest", "rifles": "arms_flow", "talks": "meeting"}


def read(source: Article) -> Reading:
    """A reader of plain signs, for tests of what is done with readings: one claim for each line that has a sign in it.

    "stumble" makes it fail, "rubbish" makes it refuse the article, "slow" makes it take half a second.
    """
    if "stumble" in source.text:
        raise RuntimeError("it stumbled")
    if "rubbish" in source.text:
        raise BadInput(source.source or source.id, "nothing but rubbish")
    if "slow" in source.text:
        time.sleep(0.5)
    found = []
    for n, line in enumerate(line for line in source.text.splitlines() if line.strip()):
        kind = next((kind for sign, kind in SIGNS.items() if sign in line), None)
        where = [(p, "happened_at") for p in PLACES if p.name in line]
        if kind:
            found.append({"line": n, "kind": kind, "places": where, "speaker": None, "stance": "asserted"})
    return reading(source, found)


def folder(out: Path, texts: dict[str, str] | None = None) -> Path:
    """A folder of articles, "articles" in ``out``; by default three that claim something."""
    articles = out / "articles"
    articles.mkdir(parents=True)
    for name, text in (texts or TEXTS).items():
        (articles / name).write_text(text, encoding="utf-8")
    return articles


TEXTS = {
    "a.txt": "Bakers marched through Herat on 12 June 2017, against the price of flour.\nRain fell.\n",
    "b.txt": "Ministers held peace talks in Doha on 4 May 2018.\n",
    "c.txt": "Traders sent rifles to fighters in Helmand in April 2018, an official said.\n",
}

_KINDS = ("protest", "arms_flow", "meeting")
_STANCES: tuple[Stance, ...] = ("asserted", "reported", "alleged", "denied")
_OUTLETS = [("Outlet", n, kind) for n, kind in enumerate(["newspaper", "agency", "broadcaster", "state media"] * 10)]
_SAYINGS = {
    "protest": "Some {n} {people} gathered in {place} {when} to demand {thing}",
    "arms_flow": "{n} boxes of {thing} reached {people} near {place} {when}",
    "meeting": "Delegates of the {people} held talks about {thing} in {place} {when}",
}
_PEOPLE = ("teachers", "farmers", "drivers", "students", "elders", "nurses", "miners", "herders")
_THINGS = ("bread", "seeds", "lamps", "a bridge", "clean water", "fair prices", "cartridges", "radios")


def many(claims: int = 2_000, places: int = 300, *, seed: int = 1, in_article: int = 20) -> Iterator[Reading]:
    """A made-up world of any size: the same numbers give the same readings."""
    chance = random.Random(seed)
    world = _world(places, chance)
    for number, start in enumerate(range(0, claims, in_article)):
        outlet, n, kind = chance.choice(_OUTLETS)
        published = date(2015, 1, 1) + timedelta(days=chance.randrange(2500))
        lines, made = [], []
        for line in range(min(in_article, claims - start)):
            made.append(_made_up(line, start + line, published, world, chance))
            lines.append(_saying(made[-1], published, chance))
        source = article(
            f"made-{number}",
            "\n".join(lines) + "\n",
            published.isoformat(),
            title=f"Made-up report {number}",
            publisher=f"{outlet} {n}",
            publisher_type=kind,
            kind=chance.choice(("brief", "original")),
        )
        yield reading(source, made)


def _world(places: int, chance: random.Random) -> list[Place]:
    """Countries first, then their provinces, districts and towns."""
    codes = sorted(COUNTRIES)
    made = [place(COUNTRIES[code], 9_000_000 + n, "country", code, "") for n, code in enumerate(codes)]
    for n in range(places):
        code = codes[n % len(codes)]
        province, district = f"Province {n % 34}", f"District {n % 400}"
        kind = ("province", "district", "city", "city", "city")[n // 5 % 5]
        made.append(
            place(
                f"{kind.title()} {n}", 9_100_000 + n, kind, code, province, "" if kind == "province" else district,
                round(chance.uniform(29, 38), 4), round(chance.uniform(60, 75), 4),
                radius_km={"province": 80.0, "district": 20.0}.get(kind, 5.0),
            )
        )  # fmt: skip
    return made


def _made_up(line: int, number: int, published: date, world: list[Place], chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(_KINDS)
    # A few places are in the news all the time, most hardly ever.
    where = world[min(int(chance.paretovariate(0.6)) - 1 + len(COUNTRIES) * (chance.random() > 0.08), len(world) - 1)]
    if chance.random() < 0.5:
        where = chance.choice(world)
    happened = published - timedelta(days=chance.randrange(30))
    copied = chance.random() < 0.2
    return {
        "line": line,
        "id": f"made-{number}",
        "kind": kind,
        "places": [(where, "recipient" if kind == "arms_flow" else "happened_at")] if chance.random() > 0.05 else [],
        "date": None if chance.random() < 0.1 else happened.isoformat(),
        "stance": chance.choice(_STANCES),
        "speaker": chance.choice((None, "the police", "a witness", f"official {number % 500}")),
        "planned": chance.random() < 0.1,
        "score": round(chance.uniform(0.5, 1), 3),
        "origin": f"o-{number - number % 3 if copied else number}",
        "event": f"e-{number // 3}",
    }


def _saying(made: dict[str, Any], published: date, chance: random.Random) -> str:
    where = made["places"][0][0].name if made["places"] else "a far valley"
    words = _SAYINGS[made["kind"]].format(
        n=chance.randrange(2, 900), people=chance.choice(_PEOPLE), place=where, when=f"on {published:%A}",
        thing=chance.choice(_THINGS),
    )  # fmt: skip
    return f"{words}, {made['speaker']} said." if made["speaker"] else f"{words}."


def ledger(out: Path, readings: Sequence[Reading] | Iterator[Reading] | None = None, **meta: Any) -> Path:
    """Write a made-up ledger and give back its folder."""
    from geo.ledger.write import write

    facts = {"gazetteer": "made-up", "models": {}} | meta
    write(few() if readings is None else readings, out, facts, country_name=COUNTRIES.get)
    return out


def main() -> None:
    asked = argparse.ArgumentParser(description="Write a made-up ledger.")
    asked.add_argument("out", type=Path)
    asked.add_argument("--claims", type=int, default=0, help="so many random claims besides the few written by hand")
    asked.add_argument("--places", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    ledger(given.out, [*few(), *many(given.claims, given.places, seed=given.seed)])


if __name__ == "__main__":
    main()
