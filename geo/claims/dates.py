"""When the event of a sentence happened or is to happen: the interval its words give, never a made-up day.

Of several dates the one that belongs to the event's own words wins, by the shortest way through the sentence's grammar.
The date of a report ("…, the paper reported June 26") is kept apart from the event's. ``geo.claims.chronology`` lets a
sentence without a date inherit one from its neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geo.claims.aspect import is_present, is_under_way, was_under_way
from geo.claims.edges import beyond, bounded, edge_word
from geo.claims.openings import opening
from geo.claims.timex import expressions
from geo.claims.timex_expression import TimeExpression
from geo.claims.timex_frame import Tense
from geo.text.period import Period
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS: dict[str, Any] = tomllib.loads(files("geo.claims").joinpath("dates.toml").read_text(encoding="utf-8"))
FARTHEST = 6
"""Steps through the grammar between the event's words and a date beyond which they have nothing to do with each other."""

LONGEST_LIST = {"day": 7, "week": 14, "month": 62, "year": 1461}
"""Days between two dates of one grain up to which "on Monday and Wednesday" is told as one stretch of time."""
_NIGHT = re.compile(r"\b(?:through(?:out)?|during|all|for much of) (?:the )?night\b|\bovernight\b", re.IGNORECASE)
_MORNING = re.compile(r"\b(?:early|into|dawn|(?:early|small) hours of)\s+(?:on\s+)?(?:early\s+)?$", re.IGNORECASE)
_RESTATING = re.compile(r"\s*(?:,|\(|–|—)\s*(?:(?:on|in)\s+)?")


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a sentence weighed as the event's: ``steps`` from the event's words, or ``None`` with why it is not the
    event's. ``report``: it says when the telling was done.
    """

    expression: TimeExpression
    period: Period
    steps: int | None
    because: str
    report: bool = False


def event_date(
    text: str,
    published: Period,
    *,
    words: Sequence[Span] = (),
    told: Period | None = None,
    planned: bool = False,
    doc: Doc | None = None,
) -> Period:
    """When the event told in ``text`` happened; unknown, with the reason, when the words do not say.

    ``words`` are the spans in ``text`` that name the event (a kind's deciding words); without them the main verb stands
    for it. ``told`` are the days last spoken of, for "three days later". ``planned`` makes a bare "Wednesday" the next
    one. ``doc`` is the parse of ``text``; without one the first date that is not a report's wins. ``words`` of the result
    lie in ``text``.
    """
    dated = weigh(text, published, words=words, told=told, planned=planned, doc=doc)
    fitting = [item for item in dated if item.steps is not None and item.period.known]
    if fitting:
        best = min(fitting, key=lambda item: (item.steps or 0, _width(item.period)))
        return replace(best.period, because=_sentence(best.because))
    others = "; ".join(dict.fromkeys(item.because for item in dated))
    return Period.unknown(_sentence(others) if others else "The sentence gives no date.")


def only_date(text: str, published: Period, *, planned: bool = False, doc: Doc | None = None) -> Period:
    """The one date of ``text`` that is not the date of a report, whatever it belongs to; unknown when there are two."""
    dated = [one for one in weigh(text, published, planned=planned, doc=doc) if one.period.known and not one.report]
    found = {(one.period.first, one.period.last): one.period for one in dated}
    return next(iter(found.values())) if len(found) == 1 else Period.unknown("No single date is told.")


def weigh(
    text: str,
    published: Period,
    *,
    words: Sequence[Span] = (),
    told: Period | None = None,
    planned: bool = False,
    doc: Doc | None = None,
) -> list[Dated]:
    """Every date of ``text`` with its distance from the event's words, or with the reason why it is not the event's."""
    tense: Tense = "future" if planned else None
    all_of_them = expressions(text, published, told=told, tense=tense, doc=doc)
    found = [_of_the_night(text, item) for item in _restated(text, _joined(text, all_of_them)) if item.type != "SET"]
    events = _tokens(doc, words)
    return [_weighed(text, item, events, published, doc) for item in found]


def _weighed(text: str, item: TimeExpression, events: list[Token], published: Period, doc: Doc | None) -> Dated:
    period = bounded(text, item, published)
    if not period.known:
        return Dated(item, period, None, period.because)
    if item.span.end <= opening(text):
        return Dated(item, period, None, f"{period.because}, the day on which the report was filed", report=True)
    if doc is None:
        steps = None if _follows_telling(text, item) else item.span.start // 40
        return Dated(
            item, period, steps, period.because if steps is not None else f"{period.because}, the date of the report"
        )
    token = doc.char_span(item.span.start, item.span.end, alignment_mode="expand")
    if token is None:
        return Dated(item, period, None, period.because)
    host = _host(token.root)
    meant = token.root.head.lower_ == "for" or _is_meant(host, token.root)
    if not meant and _is_telling(host, events):
        if any(is_under_way(event) or was_under_way(event) for event in events):
            return Dated(item, period, FARTHEST, f"{period.because}, when it was told as going on")
        return Dated(item, period, None, f"{period.because}, which is when it was told", report=True)
    if _is_calling_off(host, token.root):
        return Dated(item, period, FARTHEST, f"{period.because}, when it was called off or moved")
    edge = edge_word(token.root, events)
    if edge is not None:
        after = beyond(item, text, edge, published, present=any(is_present(event) for event in events))
        return Dated(item, after, FARTHEST if after.known else None, after.because)
    steps = min((_steps(host, event) for event in events), default=0)
    if steps > FARTHEST:
        return Dated(
            item, period, None, f"{period.because}, which belongs to other words of the sentence (“{host.text}”)"
        )
    return Dated(item, period, steps, period.because)


def _tokens(doc: Doc | None, words: Sequence[Span]) -> list[Token]:
    """The tokens that stand for the event: those of its words, else the sentence's main verb."""
    if doc is None:
        return []
    spans = [doc.char_span(span.start, span.end, alignment_mode="expand") for span in words]
    roots = [span.root for span in spans if span is not None]
    telling = [root for root in roots if root.lemma_.lower() in WORDS["telling"] or root.pos_ in ("ADP", "DET", "PRON")]
    named = [root for root in roots if all(root.i != other.i for other in telling)]
    return named or roots or _main_verb(doc)


def _main_verb(doc: Doc) -> list[Token]:
    """The main verb, or, when it only tells something, the verb of what is told."""
    roots = [token for token in doc if token.dep_ == "ROOT"]
    root = next((token for token in roots if token.pos_ in ("VERB", "AUX")), roots[0] if roots else None)
    if root is not None and root.lemma_.lower() in WORDS["telling"]:
        root = next((child for child in root.children if child.dep_ == "ccomp"), None)
    return [root, *_subject_of_light(root)] if root is not None else []


def _subject_of_light(verb: Token) -> list[Token]:
    """What a verb says to have been held or called off: the meeting, and the verb of its own clause."""
    if verb.lemma_.lower() not in WORDS["light"]:
        return []
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return subjects + [one for child in subjects for one in child.children if one.dep_ in ("relcl", "acl")]


def _host(token: Any) -> Any:
    """The verb or noun that a date hangs on, through its preposition and a date it explains ("Sunday (July 12)")."""
    head = token
    while head.head.i != head.i and (
        head.i == token.i or head.pos_ in ("ADP", "SCONJ", "NUM", "PUNCT", "ADV") or head.ent_type_ in ("DATE", "TIME")
    ):
        head = head.head
    return head


def _is_telling(host: Any, events: list[Token]) -> bool:
    """Whether the date tells when something was said, while the event stands inside what was said.

    "Said on Friday", "in a statement issued on Friday", "made the remark on Friday".
    """
    if any(event.i == host.i for event in events):
        return False
    if _outside_what_is_told(host, events):
        return True
    beside = [child for child in host.children if child.dep_ in ("dobj", "nsubjpass")]
    beside += [host.head] if host.dep_ in ("acl", "relcl") and host.pos_ == "VERB" else []
    carried = any(one.pos_ == "NOUN" and one.lemma_.lower() in WORDS["telling"] for one in beside)
    return host.lemma_.lower() in WORDS["telling"] or (
        carried and all(event.i != one.i for event in events for one in beside)
    )


def _outside_what_is_told(host: Any, events: list[Token]) -> bool:
    """Whether a verb of telling stands between: "At a briefing on Tuesday, she denied arming them"."""
    inside = {one.i for one in host.subtree}
    for _ in range(4):
        if host.head.i == host.i:
            return False
        host = host.head
        if host.pos_ in ("VERB", "AUX"):
            told = [child for child in host.children if child.dep_ in ("ccomp", "xcomp", "pcomp")]
            below = [{one.i for one in child.subtree} for child in told]
            if host.lemma_.lower() not in WORDS["telling"] or any(words & inside for words in below):
                return False
            return bool(events) and all(any(event.i in words for words in below) for event in events)
    return False


def _is_calling_off(host: Any, date_token: Any) -> bool:
    """Whether a date says when something was called off: "was cancelled on Wednesday", not "was put off to May"."""
    if host.lemma_.lower() not in WORDS["calling_off"] or host.pos_ != "VERB":
        return False
    if host.lemma_.lower() in ("call", "put", "push") and not any(one.dep_ in ("prt", "advmod") for one in host.children):
        return False  # "called a strike", "put up tents"
    return date_token.head.lower_ in ("on", "in", host.lower_)


def _is_meant(host: Any, date_token: Any) -> bool:
    """Whether something was announced for a place or time beside the date: not the day of the announcement."""
    return any(child.lower_ == "for" and child.dep_ == "prep" and child.i < date_token.i for child in host.children) and (
        host.lemma_.lower() in WORDS["announcing"]
    )


def _steps(host: Any, event: Any) -> int:
    """Steps through the grammar from ``host`` to ``event``; entering or leaving a clause of its own counts more.

    What a relative clause dates is not what the sentence around it tells ("Oz, whose troops came in 2006, gave …"),
    unless the clause hangs on the event's own word.
    """
    above = {token.i: cost for token, cost in _way_up(host, event)}
    best = 99
    for token, cost in _way_up(event):
        if token.i in above:
            best = min(best, cost + above[token.i])
    return best


def _way_up(token: Any, event: Any = None) -> list[tuple[Any, int]]:
    """``token`` and everything above it, with the cost of the way; out of a relative clause only to the ``event``."""
    way, cost = [(token, 0)], 0
    while token.head.i != token.i and len(way) < 40:
        if event is not None and token.dep_ == "relcl" and token.head.i != event.i:
            cost += FARTHEST
        cost += 3 if token.dep_ in ("advcl", "relcl", "acl", "ccomp", "csubj", "parataxis") else 1
        token = token.head
        way.append((token, cost))
    return way


def _follows_telling(text: str, item: TimeExpression) -> bool:
    before = text[max(0, item.span.start - 30) : item.span.start].lower()
    return (
        bool(re.search(rf"\b(?:{'|'.join(WORDS['telling'])})(?:ed|d|s)?\b[^,;]*$", before))
        or "said" in before.split()[-3:]
    )


# What stands between dates


def _joined(text: str, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions, "between A and B", "from A to B" and "A, B and C" made one."""
    out: list[TimeExpression] = []
    for item in found:
        if out and (_is_range(text, out[-1], item) or _is_list(text, out[-1], item)):
            first, last = out[-1].period, item.period
            if first.first and last.last and first.first <= last.last:
                span = Span(out[-1].span.start, item.span.end)
                because = f"“{' '.join(span.of(text).split())}”: from {first.first} to {last.last}"
                value = f"{out[-1].value}/{item.value}"
                out[-1] = replace(out[-1], span=span, value=value, period=Period(first.first, last.last, because, span))
                continue
        out.append(item)
    return out


def _of_the_night(text: str, item: TimeExpression) -> TimeExpression:
    """ "Marched through the night and by early Monday stood at the gate": the night before that day as well."""
    first, last = item.period.first, item.period.last
    if first is None or last is None or first != last or not _NIGHT.search(text):
        return item
    early = _MORNING.search(text[max(0, item.span.start - 30) : item.span.start])
    if not early and not item.span.of(text).lower().endswith("morning"):
        return item
    begun = first - timedelta(days=1)
    return replace(
        item, period=replace(item.period, first=begun, because=f"{item.period.because}, and the night before it")
    )


def _restated(text: str, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions without those that the next one says more exactly: "two weeks ago, on 14 September"."""
    kept = []
    for at, item in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) and item.type != "DURATION" else None
        exact = after is not None and after.period.known and after.grain in ("day", "month")
        if after is None or not exact or not _RESTATING.fullmatch(text[item.span.end : after.span.start]):
            kept.append(item)
    return kept


def told_last(text: str, published: Period, told: Period | None, *, doc: Doc | None = None) -> Period | None:
    """The days last spoken of at the end of ``text``, for the next sentence's "two days later"; None when not known."""
    found = [
        item for item in expressions(text, published, told=told, doc=doc) if item.type == "DATE" and item.grain != "vague"
    ]
    if not found:
        return told
    return found[-1].period if found[-1].period.known else None


def _is_range(text: str, one: TimeExpression, other: TimeExpression) -> bool:
    before = text[max(0, one.span.start - 12) : one.span.start].lower()
    between = text[one.span.end : other.span.start].lower().strip()
    if re.search(r"\bbetween\s+(?:the\s+)?$", before):
        return between in ("and", "and the")
    return bool(re.search(r"\bfrom\s+(?:the\s+)?$", before)) and between in (
        "to",
        "until",
        "till",
        "through",
        "to the",
        "up to",
    )


def _is_list(text: str, one: TimeExpression, other: TimeExpression) -> bool:
    """ "On Friday and Saturday", "in 2009, 2011 and 2013": days, months or years of one sort, one behind the other."""
    if one.type != "DATE" or other.type != "DATE" or one.grain != other.grain or one.grain == "vague":
        return False
    first, last = one.period.last, other.period.first
    if first is None or last is None or not 0 < (last - first).days <= LONGEST_LIST[one.grain]:
        return False
    between = text[one.span.end : other.span.start].lower().strip()
    return between in ("and", ", and", "and on", "and in", "and then") or (between == "," and one.grain == "year")


def _width(period: Period) -> int:
    return (period.last - period.first).days if period.first and period.last else 99999


def _sentence(because: str) -> str:
    because = because.strip()
    return because if because.endswith(".") else because + "."
