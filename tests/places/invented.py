"""A made-up dump in GeoNames' own format, as large as asked for: `invent(folder, places)`; the same call, the same bytes.

Shares of features, names a place and names in other scripts are about those of the real one; every word is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COUNTRIES, PROVINCES, DISTRICTS = 40, 12, 10  # provinces a country, districts a province
FEATURES = (
    ("P", "PPL", 38), ("H", "STM", 12), ("T", "HLL", 6), ("T", "MT", 6), ("H", "LK", 4), ("S", "SCH", 8), ("S", "CH", 6),
    ("S", "FRM", 6), ("L", "LCTY", 4), ("L", "PRK", 3), ("R", "RD", 1), ("V", "FRST", 2), ("P", "PPLX", 4),
)  # fmt: skip
BEGINNINGS = ("Ba", "Ke", "Lo", "Mi", "Sha", "Ta", "Zu", "Ro", "Gel", "Hor", "Vin", "Çe", "Nó", "Wa", "Dra", "El")
MIDDLES = ("ra", "li", "no", "ske", "bu", "ni", "ta", "mo", "va", "ge", "ku", "so", "di", "pe", "rü", "shi")
ENDS = ("n", "bad", "ville", "grad", "stan", "ton", "ra", "o", "berg", "pur", "", "ca", "s", "lar", "mouth", "ya")
KIND_WORDS = {
    "STM": " River",
    "MT": "Mount ",
    "LK": "Lake ",
    "SCH": " School",
    "CH": " Church",
    "PRK": " Park",
    "HLL": " Hill",
}


@dataclass(frozen=True, slots=True)
class Division:
    id: int
    code: str
    lat: float
    lon: float


def invent(folder: Path, places: int, seed: int = 20261121) -> None:
    """Writes allCountries.txt with ``places`` rows, alternateNamesV2.txt and both tables of divisions into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    with (
        open(folder / "allCountries.txt", "w", encoding="utf-8", newline="\n") as rows,
        open(folder / "alternateNamesV2.txt", "w", encoding="utf-8", newline="\n") as names,
        open(folder / "admin1CodesASCII.txt", "w", encoding="utf-8", newline="\n") as first,
        open(folder / "admin2Codes.txt", "w", encoding="utf-8", newline="\n") as second,
    ):
        districts: list[Division] = []
        count = 0
        for line, division in _divisions(chance):
            if count == places:
                return
            rows.write(line)
            count += 1
            if division.code.count(".") == 1:
                first.write(f"{division.code}\t{word(chance)}\t{word(chance)}\t{division.id}\n")
            elif division.code.count(".") == 2:
                second.write(f"{division.code}\t{word(chance)}\t{word(chance)}\t{division.id}\n")
                districts.append(division)
        kinds, weights = [feature[:2] for feature in FEATURES], [feature[2] for feature in FEATURES]
        for number, (group, code) in enumerate(chance.choices(kinds, weights, k=places - count)):
            id = 1_000_000 + number
            rows.write(_place(chance, id, group, code, chance.choice(districts)))
            if number % 2 == 0:
                language = chance.choice(("en", "en", "abbr", "fr", "ru", "link", "post", ""))
                names.write(f"{5_000_000 + number}\t{id}\t{language}\t{word(chance)}\t\t\t\t\t\t\n")


def word(chance: random.Random) -> str:
    """A name of two to four made-up syllables, sometimes of two words."""
    one = chance.choice(BEGINNINGS) + "".join(chance.choices(MIDDLES, k=chance.randint(1, 2))) + chance.choice(ENDS)
    return f"{one} {chance.choice(BEGINNINGS)}{chance.choice(MIDDLES)}" if chance.random() < 0.15 else one


def _divisions(chance: random.Random) -> Iterator[tuple[str, Division]]:
    """Countries, provinces and districts, each with its row."""
    id = 1
    for country in range(COUNTRIES):
        code = chr(65 + country // 26) + chr(65 + country % 26)
        middle = (chance.uniform(-50, 65), chance.uniform(-170, 170))
        yield _row(id, word(chance), middle, "A", "PCLI", (code, "00", ""), 10**7), Division(id, code, *middle)
        id += 1
        for first in range(PROVINCES):
            at = (middle[0] + chance.uniform(-4, 4), middle[1] + chance.uniform(-5, 5))
            held = (code, f"{first:02}", "")
            yield _row(id, word(chance), at, "A", "ADM1", held, 10**6), Division(id, f"{code}.{first:02}", *at)
            id += 1
            for second in range(DISTRICTS):
                there = (at[0] + chance.uniform(-0.5, 0.5), at[1] + chance.uniform(-0.5, 0.5))
                held = (code, f"{first:02}", f"{second:03}")
                name = f"{word(chance)} District"
                yield _row(id, name, there, "A", "ADM2", held, 10**5), Division(id, ".".join(held), *there)
                id += 1


def _place(chance: random.Random, id: int, group: str, code: str, district: Division) -> str:
    at = (district.lat + chance.uniform(-0.3, 0.3), district.lon + chance.uniform(-0.3, 0.3))
    country, first, second = district.code.split(".")
    affix = KIND_WORDS.get(code, "")
    name = affix + word(chance) if affix.endswith(" ") else word(chance) + affix
    people = int(10 ** chance.uniform(0, 6)) if code == "PPL" and chance.random() < 0.2 else 0
    others = [word(chance) for _ in range(chance.choice((0, 0, 1, 2)))]
    if chance.random() < 0.3:
        others.append("".join(chr(0x430 + chance.randrange(32)) for _ in range(8)))
    return _row(id, name, at, group, code, (country, first, second), people, others)


def _row(
    id: int,
    name: str,
    at: tuple[float, float],
    group: str,
    code: str,
    held: tuple[str, str, str],
    people: int,
    others: list[str] | None = None,
) -> str:
    country, first, second = held
    plain = name.encode("ascii", "ignore").decode()
    cells = [id, name, plain, ",".join(others or ()), f"{at[0]:.5f}", f"{at[1]:.5f}", group, code, country, ""]
    return "\t".join(map(str, [*cells, first, second, "", "", people, "", 10, "Etc/UTC", "2026-01-01"])) + "\n"
