"""Evidence cards: one claim, the sentence that makes it, and everything that was judged about it. Pure: rows to HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit

from geo.ledger.export import cite
from geo.text.span import Span
from geo.view.kinds import look
from geo.view.words import Mark, marked, plain

Row = Mapping[str, Any]
"""A row of ``ledger.rows.claims``."""

STANCE_WORDS = {
    "asserted": "asserted",
    "reported": "reported",
    "alleged": "alleged",
    "denied": "denied",
}
STANCE_HINTS = {
    "asserted": "The article says it in its own voice.",
    "reported": "The article reports it as somebody’s statement.",
    "alleged": "Somebody claims it; the article keeps its distance.",
    "denied": "Somebody denies it.",
}
ROLE_WORDS = {
    "happened_at": "happened at",
    "voiced_at": "said at",
    "supplier": "from",
    "route": "by way of",
    "recipient": "received at",
    "speaker_home": "speaker’s home",
    "actor": "actor",
    "mention": "named",
}
TOLD = ("happened_at", "recipient", "supplier", "route", "voiced_at")
"""The roles named at the head of a card, in this order; the others are told under "Why"."""
OPEN = frozenset({"headline", "subhead", "body", "caption"})
"""The sections that are read."""
WORDING_WORDS = {"brief": "brief: our account of the report", "original": "the publisher’s words"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim: the row that all its rows share, its places, the article it stands in (None: not looked up), and the
    claims of other texts that were copied from the same one."""

    claim: Row
    places: tuple[Row, ...]
    article: Row | None = None
    copies: tuple[Evidence, ...] = ()


def grouped(found: Sequence[Row]) -> list[Evidence]:
    """Rows of one claim brought together, in the order in which claims first come."""
    claims: dict[str, list[Row]] = {}
    for row in found:
        claims.setdefault(row["claim_id"], []).append(row)
    return [Evidence(of[0], tuple(row for row in of if row["place_name"] is not None)) for of in claims.values()]


# ---- one card ------------------------------------------------------------------------------------


def card(evidence: Evidence, *, link: str = "", review: str = "") -> str:
    """A claim as an HTML article. ``link`` is the address of the article page at this sentence, ``review`` that of the
    page where it can be put right; empty: no such link."""
    claim = evidence.claim
    parts = [_head(evidence), _sentence(claim), _voice(claim), _source(claim, link), _more(evidence, link, review)]
    colour = look(claim["kind"]).colour
    label = f"{look(claim['kind']).label}, {plain(claim['publisher'] or 'unknown publisher')}"
    return f'<article class="card" aria-label="{label}" style="--kind:{colour}">{"".join(parts)}</article>'


def chip(kind: str) -> str:
    """The letter of a kind on its colour, and its name."""
    shown = look(kind)
    return (
        f'<span class="chip" style="--kind:{plain(shown.colour)}"><b aria-hidden="true">{plain(shown.letter)}</b>'
        f"{plain(shown.label)}</span>"
    )


def _head(evidence: Evidence) -> str:
    claim = evidence.claim
    parts = [chip(claim["kind"])]
    if claim["planned"]:
        parts.append('<span class="tag" title="Announced, not said to have taken place">planned</span>')
    if claim.get("session"):
        parts.append(
            '<span class="tag own" title="From an article that you added; nobody else sees it">of this session</span>'
        )
    stance = claim["stance"]
    parts.append(
        f'<span class="tag s-{plain(stance)}" title="{plain(STANCE_HINTS.get(stance, ""))}">'
        f"{plain(STANCE_WORDS.get(stance, stance))}</span>"
    )
    for change in _changes(claim)[-1:]:
        words = "reviewed" if change.get("action") == "accept" else "corrected"
        parts.append(f'<span class="tag" title="{words} by {plain(change.get("name"))}">{words}</span>')
    parts.append(f'<span class="when" title="{plain(claim["date_because"])}">{event_days(claim)}</span>')
    told = sorted((row for row in evidence.places if row["role"] in TOLD), key=lambda row: TOLD.index(row["role"]))
    groups = [_places(role, list(group)) for role, group in groupby(told[:8], key=lambda row: row["role"])]
    where = ", ".join([*groups, *_parties(claim)])
    return f"<header>{''.join(parts)}</header>" + (f'<p class="where">{where}</p>' if where else "")


def _places(role: str, group: Sequence[Row]) -> str:
    names = {row["place_name"]: (row["role_because"], row["place_because"], row["place_note"]) for row in group}
    return f"<i>{plain(ROLE_WORDS[role])}</i> " + ", ".join(
        f'<b dir="auto" title="{plain("; ".join(part for part in why if part))}">{plain(name)}</b>'
        for name, why in names.items()
    )


def _parties(claim: Row) -> list[str]:
    """Who is said to supply, pass on or get something without being a place: "to the Taliban"."""
    flow = json.loads(claim.get("flow") or "{}")
    return [
        f'<i>{lead}</i> <b dir="auto" title="{plain(end.get("because"))}">{plain(end.get("name"))}</b>'
        for role, lead in (("supplier", "from"), ("route", "through"), ("recipient", "to"))
        for end in flow.get(role, ())
        if end.get("place_id") is None and end.get("name")
    ]


def _sentence(claim: Row) -> str:
    text, start = claim["sentence"], claim["start"]
    marks = [
        Mark(_shift(mark.span, -start), mark.kind, mark.hint) for mark in claim_marks(claim) if mark.span.end > start
    ]
    return f'<blockquote dir="auto">{marked(text, Span(0, len(text)), marks)}</blockquote>'


def _shift(span: Span, by: int) -> Span:
    return Span(max(0, span.start + by), max(0, span.end + by))


def claim_marks(claim: Row) -> list[Mark]:
    """The words that decided a claim, as marks in the article's text."""
    label = look(claim["kind"]).label.lower()
    marks = [Mark(Span(a, b), "word", f"decides: {label}") for a, b in _pairs(claim["words"])]
    for name, kind, hint in (
        ("place", "place", f"place: {claim['place_name']}"),
        ("date", "date", f"date: {event_days(claim, html=False)}"),
        ("speaker", "speaker", "who says it"),
        ("cue", "cue", f"how firmly: {claim['stance']}"),
    ):
        start, end = claim.get(f"{name}_start"), claim.get(f"{name}_end")
        if start is not None and end is not None and start < end:
            marks.append(Mark(Span(int(start), int(end)), kind, hint))
    return marks


def _pairs(spans: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in json.loads(spans or "[]") if 0 <= a < b]


def _voice(claim: Row) -> str:
    if not claim["speaker"]:
        return ""
    via = f" to <bdi>{plain(claim['via'])}</bdi>" if claim["via"] else ""
    cue = f" · “<bdi>{plain(claim['cue'])}</bdi>”" if claim["cue"] else ""
    speaker = f'<b dir="auto">{plain(claim["speaker"])}</b>'
    return f'<p class="voice" title="{plain(claim["voice_because"])}">said by {speaker}{via}{cue}</p>'


def _source(claim: Row, link: str) -> str:
    parts = [f'<b dir="auto">{plain(claim["publisher"] or "Publisher unknown")}</b>']
    if claim["publisher_type"]:
        parts.append(plain(claim["publisher_type"]))
    published = span_of_days(claim["published_first"], claim["published_last"]) or "date unknown"
    if authors := _authors(claim):
        parts.append(f"by <bdi>{plain(authors)}</bdi>")
    parts.append(f'<span title="{plain(claim["published_because"])}">published {published}</span>')
    parts.append(plain(WORDING_WORDS.get(claim["wording"], claim["wording"])))
    title = f'<cite dir="auto">{plain(claim["title"] or "Untitled")}</cite>'
    opened = f'<a href="{plain(link)}" target="_self">{title}</a>' if link else title
    return f'<p class="source">{opened}<br>{" · ".join(parts)}</p>'


def _authors(claim: Row) -> str:
    authors = claim.get("authors")
    return ", ".join(str(author) for author in authors) if authors is not None else ""


def _changes(claim: Row) -> list[Mapping[str, Any]]:
    """What people decided about a claim, oldest first."""
    return list(json.loads(claim.get("corrected") or "[]"))


def _more(evidence: Evidence, link: str, review: str) -> str:
    claim = evidence.claim
    said = sources(claim["n_origins"])
    around = (
        _fold("In its paragraph", f'<p class="paragraph" dir="auto">{paragraph(evidence)}</p>')
        if evidence.article
        else ""
    )
    why = "".join(
        f"<dt>{plain(name)}</dt><dd>{plain(reason)}</dd>"
        for name, reason in reasons(evidence)
        if reason and str(reason).strip()
    )
    here = f' <a href="{plain(link)}" target="_self">This sentence in the atlas</a>' if link else ""
    cited = _fold("Cite this claim", f'<p class="cite" dir="auto">{citation(claim)}.{here}</p>')
    right = f'<a href="{plain(review)}" target="_self">Review</a>' if review else ""
    folds = f"{_copies(evidence, bool(link))}{around}{_fold('Why', f'<dl>{why}</dl>')}{cited}{right}"
    return f'<footer><span class="said">{said}</span>{folds}</footer>'


def _copies(evidence: Evidence, linked: bool) -> str:
    """The texts that were copied from the same one, folded."""
    if not evidence.copies:
        return ""
    n = len(evidence.copies)
    items = "".join(f"<li>{_copy(one.claim, linked)}</li>" for one in evidence.copies)
    return _fold(f"{n} {'copy' if n == 1 else 'copies'} of this text", f'<ul class="copies">{items}</ul>')


def _copy(claim: Row, linked: bool) -> str:
    published = span_of_days(claim["published_first"], claim["published_last"]) or "date unknown"
    title = f'<cite dir="auto">{plain(claim["title"] or "Untitled")}</cite>'
    if linked:
        link = plain(article_link(claim["article_id"], claim["claim_id"]))
        title = f'<a href="{link}" target="_self">{title}</a>'
    return f"<bdi>{plain(claim['publisher'] or 'Publisher unknown')}</bdi>, {published}: {title}"


def _fold(name: str, content: str) -> str:
    """Something to unfold."""
    return f"<details><summary>{name}</summary>{content}</details>"


def sources(origins: int | None) -> str:
    """How many independent texts tell of the event."""
    count = int(origins or 1)
    return "1 source" if count == 1 else f"{count} independent sources"


def reasons(evidence: Evidence) -> list[tuple[str, str]]:
    """Every judgement about a claim with its reason."""
    claim = evidence.claim
    found = [(look(claim["kind"]).label, f"{claim['because']} (score {claim['score']:.2f})")]
    for row in evidence.places:
        rivals = ", ".join(
            f"{rival.get('name')} ({rival.get('kind')}, {rival.get('admin1') or rival.get('country') or '?'})"
            for rival in json.loads(row["rivals"] or "[]")[:3]
        )
        lost = f" Rivals: {rivals}." if rivals else ""
        found.append(
            (row["place_name"], f"{row['place_because']}{lost} {row['role_because'] or ''} {row['place_note'] or ''}")
        )
    found += [
        ("Date", claim["date_because"]),
        ("Stance", claim["voice_because"]),
        ("Published", claim["published_because"]),
    ]
    found += [("Copies", claim["origin_because"]), ("Event", claim["event_because"])]
    for change in _changes(claim):
        found.append(("Corrected", f"{change.get('action')} by {change.get('name')}: {change.get('reason')}"))
    return found


def paragraph(evidence: Evidence) -> str:
    """The paragraph around the sentence, as HTML with the sentence set off and its words marked; where the sentence is a
    paragraph of its own, the sentences before and after it."""
    claim, article = evidence.claim, evidence.article
    assert article is not None
    same = [s for s in article["sentences"] if s[3] == claim["paragraph"] and s[2] == claim["section"]]
    same = _beside(article, claim) if len(same) < 2 else same
    within = Span(min(min(s[0] for s in same), claim["start"]), max(max(s[1] for s in same), claim["end"]))
    own = Mark(Span(claim["start"], claim["end"]), "own")
    return marked(article["text"], within, [own, *claim_marks(claim)])


def _beside(article: Row, claim: Row) -> list[Any]:
    """The sentence with the one before and the one after, of those that are read."""
    kept = [s for s in article["sentences"] if s[2] in OPEN]
    at = next((n for n, s in enumerate(kept) if s[0] == claim["start"]), None)
    return [[claim["start"], claim["end"]]] if at is None else kept[max(0, at - 1) : at + 2]


def citation(claim: Row) -> str:
    """A plain citation of the article as HTML: publisher, title, date, and its address as a link."""
    url = web_address(claim["url"])
    cited = plain(cite({**claim, "url": None}))
    return f'{cited}, <a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{plain(url)}</a>' if url else cited


# ---- dates and links -----------------------------------------------------------------------------


def event_days(claim: Row, *, html: bool = True) -> str:
    """When a claim says it happened; "undated" when it does not."""
    days = span_of_days(claim["event_first"], claim["event_last"])
    return days or ("<i>undated</i>" if html else "undated")


def span_of_days(first: date | None, last: date | None) -> str:
    """An interval as people write it: "12 Jun 2017", "June 2017", "2017", "12–18 Jun 2017"; nothing when unknown."""
    if first is None or last is None:
        return ""
    if first == last:
        return f"{first.day} {first:%b %Y}"
    whole_months = first.day == 1 and _last_of_month(last)
    if whole_months and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if whole_months:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        return f"{first:%b}–{last:%b %Y}" if first.year == last.year else f"{first:%b %Y}–{last:%b %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b}–{last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y}–{last.day} {last:%b %Y}"


def _last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def web_address(url: str | None) -> str | None:
    """An address that a reader may follow: http or https with a host, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def article_link(article: str, claim: str | None = None) -> str:
    """The article page, at a claim's sentence."""
    return f"article?article={quote(article, safe='')}" + (f"&claim={quote(claim, safe='')}" if claim else "")
