"""Claims brought together: those of one event in one frame, copies folded under the text they come from, and where the
tellers disagree, their versions side by side. Pure: rows to HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from geo.view.cards import Evidence, Row, card, chip, event_days, sources, span_of_days
from geo.view.words import plain

Tellers = Mapping[str, str]
"""The publisher of each claim, by the claim's id."""
Link = Callable[[Row], str]
"""The address of something about a claim; empty where there is none."""

_LAST = date.max


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as some claims tell it: one claim for each independent text, with its copies."""

    event: str
    told: tuple[Evidence, ...]

    @property
    def disagreements(self) -> list[Mapping[str, Any]]:
        """What the tellers of the event do not agree about, as the ledger has it."""
        return list(json.loads(self.told[0].claim.get("disagreements") or "[]"))

    @property
    def claims(self) -> int:
        return sum(1 + len(one.copies) for one in self.told)


def happenings(found: Sequence[Evidence], *, fold: bool = True) -> list[Happening]:
    """The events behind some claims, in the order in which their first claims come; a claim of no event is its own.
    With ``fold`` false a copy stands beside the claim that it was copied from, and not under it."""
    events: dict[str, list[Evidence]] = {}
    for one in found:
        events.setdefault(one.claim["event"] or one.claim["claim_id"], []).append(one)
    return [Happening(event, folded(told) if fold else tuple(told)) for event, told in events.items()]


def folded(told: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """One claim for each origin: the one published first, with the others as its copies."""
    origins: dict[str, list[Evidence]] = {}
    for one in told:
        origins.setdefault(one.claim["origin"] or one.claim["claim_id"], []).append(one)
    return tuple(_first(same) for same in origins.values())


def _first(same: Sequence[Evidence]) -> Evidence:
    lead, *copies = sorted(same, key=lambda one: (one.claim["published_first"] or _LAST, bool(one.claim["republishes"])))
    return replace(lead, copies=tuple(copies))


def shown(happening: Happening, tellers: Tellers, *, link: Link, review: Link = lambda claim: "") -> str:
    """An event as HTML: a lone claim is its card, several stand in one frame under what is common to them."""
    return framed(
        happening, tellers, "".join(card(one, link=link(one.claim), review=review(one.claim)) for one in happening.told)
    )


def framed(happening: Happening, tellers: Tellers, cards: str) -> str:
    """The cards of an event under what is common to them; a lone card as it is."""
    sides = "".join(_disagreement(one, tellers) for one in happening.disagreements)
    if len(happening.told) == 1 and not sides:
        return cards
    lead = happening.told[0].claim
    n = happening.claims
    told = f"{n} {'claim' if n == 1 else 'claims'} here, {sources(lead['n_origins'])} in all"
    head = f"<h3>One event <span>{event_days(lead)} · {told}</span></h3>"
    return f'<section class="event" aria-label="One event, {told}">{head}{sides}{cards}</section>'


def _disagreement(one: Mapping[str, Any], tellers: Tellers) -> str:
    """Two versions or more, next to each other, each with who tells it."""
    items = "".join(_side(side, tellers) for side in one.get("sides", ()))
    return (
        f'<div class="disagree"><p><b>{_about(one)}</b> <span dir="auto">{plain(one.get("because"))}</span></p>'
        f'<ul class="sides">{items}</ul></div>'
    )


def _about(one: Mapping[str, Any]) -> str:
    what = plain(one.get("what"))
    return {
        "number": f"How many {what}?" if what else "How many?",
        "date": "Which day?",
        "stance": "Did it happen?",
        "plan": "Planned or held?",
    }.get(str(one.get("about")), "They disagree.")


def _side(side: Mapping[str, Any], tellers: Tellers) -> str:
    names = dict.fromkeys(tellers.get(claim) or "publisher unknown" for claim in side.get("claims", ()))
    told = ", ".join(f"<bdi>{plain(name)}</bdi>" for name in names)
    return (
        f'<li><b dir="auto">{plain(side.get("value"))}</b><span>{told}</span><i>{sources(side.get("origins"))}</i></li>'
    )


def listing(events: Sequence[Row], caption: str) -> str:
    """Events as ``Ledger.events`` gives them, as a table; each leads to its own page."""
    columns = ("When", "Kind", "Sentence", "Where", "Told by", "How firmly")
    names = "".join(f'<th scope="col">{name if name != "Sentence" else "As first told"}</th>' for name in columns)
    body = "".join(_row(event, columns) for event in events)
    titled = f"<caption>{plain(caption)}</caption><thead><tr>{names}</tr></thead>"
    return f'<table class="claims">{titled}<tbody>{body}</tbody></table>'


def _row(event: Row, columns: Sequence[str]) -> str:
    cells = (
        span_of_days(event["first"], event["last"]) or "<i>undated</i>",
        chip(event["kind"]),
        f'<a href="{plain(event_link(event))}" target="_self" dir="auto">{plain(event["sentence"])}</a>',
        f"<bdi>{plain(event['places'])}</bdi>" if event["places"] else "<i>no marker</i>",
        told_by(event),
        plain(event["stances"]),
    )
    return "<tr>" + "".join(f'<td data-label="{n}">{c}</td>' for n, c in zip(columns, cells, strict=True)) + "</tr>"


def chronicle(events: Sequence[Row]) -> str:
    """Events by month, the earliest first, and those without a date after them, as HTML."""
    dated = sorted((event for event in events if event["first"]), key=lambda event: (event["first"], event["last"]))
    months = groupby(dated, key=lambda event: _month(event["first"], event["last"]))
    undated = [event for event in events if not event["first"]]
    stretches = [(name, list(of)) for name, of in months] + ([("Without a date", undated)] if undated else [])
    return "".join(
        f'<section class="chronicle"><h2 class="side">{plain(name)}</h2><ul>{"".join(map(_entry, of))}</ul></section>'
        for name, of in stretches
    )


def _month(first: date, last: date) -> str:
    """The month in which an event lies; the year of one that may lie in several."""
    return f"{first:%B %Y}" if (first.year, first.month) == (last.year, last.month) else f"{first.year}, month not known"


def _entry(event: Row) -> str:
    where = f" · <bdi>{plain(event['places'])}</bdi>" if event["places"] else ""
    return (
        f"<li><span>{span_of_days(event['first'], event['last']) or 'undated'}</span>{chip(event['kind'])}"
        f'<a href="{plain(event_link(event))}" target="_self" dir="auto">{plain(event["sentence"])}</a>'
        f"<i>{plain(event['stances'])}{where} · {told_by(event)}</i></li>"
    )


def event_link(event: Row) -> str:
    """The page of one event."""
    return f"events?event={quote(event['event'], safe='')}"


def told_by(event: Row) -> str:
    """How many claims and articles tell of an event, and how many of them on their own account."""
    n, articles = int(event["n"]), int(event["n_articles"])
    return (
        f"{n} {'claim' if n == 1 else 'claims'} in {articles} {'article' if articles == 1 else 'articles'}, "
        f"{int(event['n_origins'])} independent"
    )
