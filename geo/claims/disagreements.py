"""What the tellers of one event do not agree about: how many, which day, whether it was so, whether it took place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from geo.claims.claim import Claim, Disagreement, Side
from geo.claims.words import table
from geo.text.span import Span

SAME = 0.15
"""Share by which two counts may differ and still be the same: "about 200" and "over 210"."""
MOST = 400
"""Claims of one event that are compared."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what a sentence counts: the least and the most its words mean, and the words."""

    of: str
    least: float
    most: float
    words: str

    def agrees(self, other: Count) -> bool:
        """Whether both can be right."""
        return self.least <= other.most * (1 + SAME) and other.least <= self.most * (1 + SAME)


def disagreements(claims: Sequence[Claim]) -> tuple[Disagreement, ...]:
    """The disagreements among claims of one event; claims copied from one text are one voice."""
    told = claims[:MOST]
    if len(told) < 2:
        return ()
    return (*numbers(told), *days(told), *denials(told), *plans(told))


def numbers(claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """Counts of the same people or things that cannot both be right, from different articles."""
    having: dict[str, list[tuple[Count, Claim]]] = defaultdict(list)
    for claim in claims:
        for count in counts(claim.sentence.text):
            having[count.of].append((count, claim))
    for of, told in sorted(having.items()):
        sides = apart(told)
        if len(sides) > 1:
            values = [side.value for side in sides]
            because = f"The texts count differently: {'; '.join(f'“{value}”' for value in values)}."
            yield Disagreement("number", of, tuple(sides), because)


def apart(told: Sequence[tuple[Count, Claim]]) -> list[Side]:
    """The counts that no article brings together, each with those who agree with it."""
    groups: list[list[tuple[Count, Claim]]] = []
    for count, claim in told:
        fit = next((g for g in groups if all(count.agrees(c) or one_text(claim, k) for c, k in g)), None)
        if fit is None:
            groups.append([(count, claim)])
        else:
            fit.append((count, claim))
    return [side(group[0][0].words, [claim for _, claim in group]) for group in groups]


def one_text(one: Claim, other: Claim) -> bool:
    """Whether two claims are of one article or one origin: those do not contradict themselves."""
    return one.sentence.article.id == other.sentence.article.id or bool(one.origin and one.origin == other.origin)


def days(claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """Exact days of different articles that differ."""
    exact = [c for c in claims if c.event_date.first is not None and c.event_date.first == c.event_date.last]
    own: dict[str, set[str]] = defaultdict(set)
    for claim in exact:
        own[claim.sentence.article.id].add(str(claim.event_date.first))
    single = [c for c in exact if len(own[c.sentence.article.id]) == 1]
    sides = by_value([(str(c.event_date.first), c) for c in single])
    if len(sides) > 1:
        because = f"The texts give different days: {', '.join(s.value for s in sides)}."
        yield Disagreement("date", "day", tuple(sides), because)


def denials(claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """One denies what another asserts, reports or alleges."""
    sides = by_value([("denied" if c.voice.stance == "denied" else "said to be so", c) for c in claims])
    if len(sides) > 1:
        who = next((c.voice.speaker for c in claims if c.voice.stance == "denied" and c.voice.speaker), None)
        because = f"{who[:1].upper() + who[1:] if who else 'Somebody'} denies what others say."
        yield Disagreement("stance", "", tuple(sides), because)


def plans(claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """Told afterwards as put off or refused by one and as done by another; a plan told before is no contradiction."""
    last = max((c.event_date.last for c in claims if c.event_date.last is not None), default=None)
    after = [c for c in claims if last is not None and (c.sentence.article.published.first or date.min) >= last]
    sides = by_value([("put off or refused" if c.planned else "took place", c) for c in after])
    if len(sides) > 1 and len({c.sentence.article.id for c in after}) > 1:
        because = "Of the texts written afterwards some tell of it as put off or refused, others as done."
        yield Disagreement("plan", "", tuple(sides), because)


def by_value(told: Sequence[tuple[str, Claim]]) -> list[Side]:
    """One side a value, in the order of the claims."""
    groups: dict[str, list[Claim]] = {}
    for value, claim in told:
        groups.setdefault(value, []).append(claim)
    return [side(value, group) for value, group in groups.items()]


def side(value: str, claims: Sequence[Claim]) -> Side:
    return Side(value, tuple(claim.id for claim in claims), len({claim.origin or claim.id for claim in claims}))


def counts(text: str) -> Iterator[Count]:
    """The people and things that a sentence counts: "about 200 protesters", "dozens of women", "13 posts"."""
    for match in _counting().finditer(text):
        least, most = meant(match["about"] or "", match["number"])
        noun = match["noun"].lower()
        of = table("disagreements")["same"].get(noun, noun.removesuffix("s") if noun.endswith("s") else noun)
        if most > 0 and of not in table("disagreements")["units"]:
            yield Count(of, least, most, " ".join(Span(match.start(), match.end()).of(text).split()))


def meant(about: str, number: str) -> tuple[float, float]:
    """The least and the most that number words mean."""
    words, hedge = table("disagreements"), about.lower().strip()
    plain = " ".join(number.lower().replace(",", "").split())
    if plain in words["vague"]:
        least, most = words["vague"][plain]
        return float(least), float(most)
    value = float(plain) if plain.replace(".", "", 1).isdigit() else float(words["numbers"].get(plain, 0))
    if hedge in words["more"]:
        return value, value * 1.5
    if hedge in words["less"]:
        return value * 0.6, value
    return value, value


@cache
def _counting() -> re.Pattern[str]:
    words = table("disagreements")
    hedges = "|".join(sorted([*words["more"], *words["less"], *words["about"]], key=len, reverse=True))
    vague = "|".join(sorted((w.replace(" ", r"\s") for w in words["vague"]), key=len, reverse=True))
    spelt = "|".join(sorted(words["numbers"], key=len, reverse=True))
    number = rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,7}}(?![\d.,]\d)|{vague}|{spelt}"
    between = r"(?:\s(?:of|more|other|armed|young|angry|local|Afghan|[a-z]{3,12}))?"
    return re.compile(
        rf"\b(?:(?P<about>{hedges})\s)?(?<![\d.,])(?P<number>{number})(?:\sof)?{between}\s(?P<noun>[a-z]{{3,14}}s|people|men|women)\b",
        re.IGNORECASE,
    )
