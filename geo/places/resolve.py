"""The place that each name of a text means: all names of a document are judged together.

locations = resolve(article.text, toponyms(article.text), publisher=article.publisher)
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from geo.places.around import Turning, apart, signs, stand_in, turning
from geo.places.candidates import Candidate, Group, Names, blocks, grouped
from geo.places.context import Hint, hints
from geo.places.features import OWN, SHARED, Table, facts
from geo.places.gazetteer import Gazetteer
from geo.places.homes import home_of
from geo.places.place import Location, Place, Rival, Toponym
from geo.places.ranker import Ranker, sigmoid
from geo.places.vocabulary import Vocabulary

REASONS = Path(__file__).with_name("reasons.toml")
RIVALS = 3  # kept with every judgement
DECIDING = 0.25  # what a feature must add over the best rival to be named as a reason
SAID = 2  # reasons named


def resolve(
    text: str,
    toponyms: Sequence[Toponym],
    *,
    publisher: str | None = None,
    approximate: bool = False,
    gazetteer: Names | None = None,
    ranker: Ranker | None = None,
) -> tuple[Location, ...]:
    """One location for each toponym, in the order given, each with the role "mention".

    ``place`` is ``None`` when the gazetteer has no such name or no candidate is believed enough; ``score`` is the
    probability that the place is the one meant. ``publisher`` is a name or web address. With ``approximate`` a name that
    the gazetteer lacks is put around the place about which the text turns, where that is likely: the place then has an id
    below zero and a note.
    """
    gazetteer = gazetteer or Gazetteer.shared()
    ranker = ranker or Ranker.shared()
    order = sorted(range(len(toponyms)), key=lambda i: toponyms[i].span)
    told = hints(text, [toponyms[i].span for i in order])
    groups = grouped(told, gazetteer)
    home = home_of(publisher, gazetteer)
    found: dict[int, Location] = {}
    about: Turning | None = None
    for block in blocks([g for g in groups if g.candidates]):
        f = facts(block, gazetteer)
        verdict = ranker.judge(f, home.places, home.country, gazetteer, Vocabulary.shared())
        if approximate and about is None:
            about = turning(f, verdict.belief, verdict.best.tolist(), home.places)
        for k, group in enumerate(block):
            rows = slice(int(f.starts[k]), int(f.starts[k]) + len(group.candidates))
            trust = float(verdict.trust[k])
            best = f.candidates[int(verdict.best[k])]
            chosen = _around(group.hint, about, ranker, best, trust) or _chosen(
                group, verdict.belief[rows], trust, verdict.parts[rows], told, gazetteer, ranker
            )
            for member in group.members:
                place, score, rivals, because = chosen
                found[order[member]] = Location(toponyms[order[member]], place, "mention", score, rivals, because)
    for group in groups:
        if not group.candidates:
            nowhere = (None, 0.0, (), f"the gazetteer has no place named “{group.hint.name}”")
            place, score, rivals, because = _around(group.hint, about, ranker, None, None) or nowhere
            for member in group.members:
                found[order[member]] = Location(toponyms[order[member]], place, "mention", score, rivals, because)
    return tuple(found[i] for i in range(len(toponyms)))


Choice = tuple[Place | None, float, tuple[Rival, ...], str]
"""A place, how far it is believed, its rivals, and why."""


def _around(
    hint: Hint, about: Turning | None, ranker: Ranker, best: Candidate | None, trust: float | None
) -> Choice | None:
    """A stand-in at the place about which the text turns, when that is likelier than the gazetteer's best candidate."""
    if about is None or (best is not None and not apart(best, about)):
        return None
    people = best.place.population if best is not None else 0
    row = signs(hint, about, trust=trust, part=best is not None and best.how == "part", population=people)
    score = round(float(sigmoid(np.array(row) @ ranker.around)), 4)
    if score < max(ranker.least, trust or 0.0):
        return None
    rivals = (Rival(best.place, round(trust or 0.0, 4)),) if best is not None else ()
    place = stand_in(hint, about)
    return place, score, rivals, f"{hint.name}: somewhere around {about.place.name}; {place.note}"


def _chosen(
    group: Group, belief: Table, trust: float, parts: Table, told: Sequence[Hint], gazetteer: Names, ranker: Ranker
) -> Choice:
    """The place of a group, how far it is believed, its rivals, and why."""
    order = np.argsort(-belief, kind="stable")
    best = int(order[0])
    score = round(trust, 4)
    place = group.candidates[best].place
    fair = [(group.candidates[int(i)].place, round(float(trust * belief[i] / belief[best]), 4)) for i in order]
    rivals = tuple(Rival(*pair) for pair in fair[1 : 1 + RIVALS])
    if score < ranker.least:
        nearest = tuple(Rival(*pair) for pair in fair[:RIVALS])
        return None, score, nearest, f"nothing in the text says which of {len(order)} places of this name is meant"
    lead = np.where(parts[best] > 0, parts[best] - parts[int(order[1])], 0.0) if len(order) > 1 else None
    return place, score, rivals, because(group, group.candidates[best], lead, rivals, told, gazetteer)


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))


def because(
    group: Group,
    chosen: Candidate,
    lead: Table | None,
    rivals: Sequence[Rival],
    told: Sequence[Hint],
    gazetteer: Names,
) -> str:
    """Why this candidate, in one line: the features that put it before its best rival, and that rival."""
    place = chosen.place
    said = described(place, gazetteer)
    if lead is None:
        reasons = [f"the only “{group.hint.name}” in the gazetteer"]
    else:
        names = (*OWN, *SHARED)
        order = [int(i) for i in np.argsort(-lead, kind="stable") if lead[i] >= DECIDING]
        phrases = [_said(names[i], group, place, told, gazetteer) for i in order]
        reasons = list(dict.fromkeys(p for p in phrases if p))[:SAID] or [
            "slightly ahead of its rival on all counts together"
        ]
    if rivals:
        reasons.append(f"rival {described(rivals[0].place, gazetteer)}")
    if place.note:
        reasons.append(place.note)
    return f"{said}: " + "; ".join(reasons)


def described(place: Place, gazetteer: Names) -> str:
    """The place with what tells it from others of its name: "Faizabad (city, Badakhshan, Afghanistan)"."""
    country = gazetteer.country(place.country) if place.country else None
    around = [place.kind, place.admin1 if place.admin1 != place.name else "", country.name if country else ""]
    around = [word for word in around if word and word != place.name]
    return f"{place.name} ({', '.join(around)})"


def _said(feature: str, group: Group, place: Place, told: Sequence[Hint], gazetteer: Names) -> str:
    """One feature as a reader's phrase, "" when it has nothing to fill in."""
    country = gazetteer.country(place.country) if place.country else None
    parent = next((told[h.parent].name for h in group.hints if h.parent is not None), "")
    fills = {
        "country": country.name if country else "",
        "province": place.admin1,
        "district": place.admin2,
        "population": f"{place.population:,}" if place.population else "",
        "word": group.hint.word,
        "parent": parent,
    }
    phrase = _phrases()[feature]
    return "" if any(f"{{{key}}}" in phrase and not value for key, value in fills.items()) else phrase.format(**fills)
