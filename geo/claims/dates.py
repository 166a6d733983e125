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
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geo.claims.aspect import is_present, is_under_way, was_under_way
from geo.claims.edges import beyond, bounded, edge_word
from geo.claims.openings import opening
from geo.claims.ties import (
    FARTHEST,
    charge_over,
    goes_on,
    host,
    is_background,
    is_calling_off,
    is_meant,
    is_new_day,
    is_telling,
    is_when,
    steps,
    tokens,
)
from geo.claims.timex import expressions
from geo.claims.timex_expression import TimeExpression
from geo.claims.timex_frame import Tense
from geo.text.period import Period
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS: dict[str, Any] = tomllib.loads(files("geo.claims").joinpath("dates.toml").read_text(encoding="utf-8"))
LONGEST_LIST = {"day": 7, "week": 14, "month": 62, "year": 1461}
"""Days between two dates of one grain up to which "on Monday and Wednesday" is told as one stretch of time."""
_NIGHT = re.compile(r"\b(?:through(?:out)?|during|all|for much of) (?:the )?night\b|\bovernight\b", re.IGNORECASE)
_MORNING = re.compile(r"\b(?:early|into|dawn|(?:early|small) hours of)\s+(?:on\s+)?(?:early\s+)?$", re.IGNORECASE)
_RESTATING = re.compile(r"\s*(?:,|\(|–|—)\s*(?:(?:on|in)\s+)?")


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a sentence weighed as the event's: ``steps`` from the event's words, or ``None`` with why it is not the
    event's. ``report``: it says when the telling was done; ``aside``: it hangs on other words of the sentence.
    """

    expression: TimeExpression
    period: Period
    steps: int | None
    because: str
    report: bool = False
    aside: bool = False


def event_date(
    text: str,
    published: Period,
    *,
    words: Sequence[Span] = (),
    told: Period | None = None,
    planned: bool = False,
    caption: bool = False,
    doc: Doc | None = None,
) -> Period:
    """When the event told in ``text`` happened; unknown, with the reason, when the words do not say.

    ``words`` are the spans in ``text`` that name the event (a kind's deciding words); without them the main verb stands
    for it. ``told`` are the days last spoken of, for "three days later". ``planned`` makes a bare "Wednesday" the next
    one. A ``caption`` tells in the present what its picture shows. ``doc`` is the parse of ``text``; without one the
    first date that is not a report's wins. ``words`` of the result lie in ``text``.
    """
    dated = weigh(text, published, words=words, told=told, planned=planned, caption=caption, doc=doc)
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
    caption: bool = False,
    doc: Doc | None = None,
) -> list[Dated]:
    """Every date of ``text`` with its distance from the event's words, or with the reason why it is not the event's."""
    tense: Tense = "future" if planned else None
    all_of_them = expressions(text, published, told=told, tense=tense, doc=None if caption else doc)
    found = [_of_the_night(text, item) for item in _restated(text, _joined(text, all_of_them)) if item.type != "SET"]
    own = [word for word in words if not any(one.span.contains(word) for one in all_of_them)]
    events = tokens(doc, own or words)
    dated = [_weighed(text, item, events, published, doc) for item in found]
    return [_with_own_word(one, words) if one.steps is None else one for one in _ahead(dated, published, planned)]


def _with_own_word(one: Dated, words: Sequence[Span]) -> Dated:
    """A date that holds a word of the event is the event's where nothing is nearer, however the sentence is parsed."""
    aside = one.aside and any(one.expression.span.contains(word) for word in words)
    return replace(one, steps=FARTHEST, because=one.period.because) if aside else one


def _ahead(dated: list[Dated], published: Period, planned: bool) -> list[Dated]:
    """The dates, the only one that lies ahead tied to an event that is still to come."""
    after = [one for one in dated if one.period.first and published.last and one.period.first > published.last]
    if not planned or len(after) != 1 or any(one.steps is not None for one in dated) or not after[0].aside:
        return dated
    return [replace(one, steps=FARTHEST, because=one.period.because) if one is after[0] else one for one in dated]


def _weighed(text: str, item: TimeExpression, events: list[Token], published: Period, doc: Doc | None) -> Dated:
    found = doc.char_span(item.span.start, item.span.end, alignment_mode="expand") if doc is not None else None
    if found is not None and item.period.known and is_new_day(found.root, events):
        return Dated(item, item.period, -1, item.period.because)
    if item.period.known and _phrase("compared").search(text[max(0, item.span.start - 110) : item.span.start]):
        return Dated(item, item.period, None, f"{item.period.because}, since which nothing like it was seen", report=True)
    period = bounded(text, item, published)
    if not period.known:
        return Dated(item, period, None, period.because)
    if item.span.end <= opening(text):
        return Dated(item, period, None, f"{period.because}, the day on which the report was filed", report=True)
    if doc is None:
        if _follows_telling(text, item):
            return Dated(item, period, None, f"{period.because}, the date of the report")
        return Dated(item, period, item.span.start // 40, period.because)
    if found is None:
        return Dated(item, period, None, period.because)
    return _tied(text, item, period, found.root, events, published)


def _tied(
    text: str, item: TimeExpression, period: Period, date_token: Token, events: list[Token], published: Period
) -> Dated:
    """A date of known days by what it hangs on: on who tells it, on a charge, on a calling off, or on the event."""
    over = host(date_token)
    if not (date_token.head.lower_ == "for" or is_meant(over, date_token)) and is_telling(over, events):
        if any(is_under_way(event) or was_under_way(event) for event in events):
            return Dated(item, period, FARTHEST, f"{period.because}, when it was told as going on")
        return Dated(item, period, None, f"{period.because}, which is when it was told", report=True)
    charge = charge_over(events)
    if charge is not None and over.i in {one.i for one in (charge, *charge.ancestors)}:
        return Dated(item, period, None, f"{period.because}, which dates the charge and not what is charged")
    if is_calling_off(over, date_token) or _is_former(text, item):
        return Dated(item, period, FARTHEST, f"{period.because}, when it was called off or moved")
    edge = edge_word(date_token, events)
    if edge is not None:
        after = beyond(item, text, edge, published, present=any(is_present(event) for event in events))
        return Dated(item, after, FARTHEST if after.known else None, after.because)
    if any(is_when(event, date_token) for event in events):
        return Dated(item, period, 0, period.because)
    if _counts(text, item) or is_background(over) or any(goes_on(over, event) for event in events):
        return Dated(item, period, FARTHEST, period.because)
    way = min((steps(over, event) for event in events), default=0)
    if way > FARTHEST:
        because = f"{period.because}, which belongs to other words of the sentence (“{over.text}”)"
        return Dated(item, period, None, because, aside=True)
    return Dated(item, period, way, period.because)


@cache
def _phrase(name: str) -> re.Pattern[str]:
    """One of the patterns of [phrases] in dates.toml: what stands right before a date."""
    return re.compile(WORDS["phrases"][name], re.IGNORECASE)


def _counts(text: str, item: TimeExpression) -> bool:
    """Whether words only say within what time something is counted: "for the third time this year"."""
    said = item.span.of(text).lower()
    within = item.grain != "day" and said.startswith(("this ", "last ", "the past ", "the last "))
    return within and _phrase("counted").search(text[max(0, item.span.start - 40) : item.span.start]) is not None


def _is_former(text: str, item: TimeExpression) -> bool:
    """Whether the day was given up for another: "originally due in April", "first planned for May"."""
    return _phrase("former").search(text[max(0, item.span.start - 40) : item.span.start]) is not None


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
        if "/" in item.value and item.period.last is not None and _phrase("moved").search(text[: item.span.start][-80:]):
            out.append(replace(item, period=replace(item.period, first=item.period.last)))  # "moved from 4 to 11 May"
            continue
        if out and _is_range(text, out[-1], item) and _phrase("moved").search(text[: out[-1].span.start][-80:]):
            out[-1] = item  # "moved from Monday to Friday"
            continue
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
    between = re.sub(r"^,?\s*and (?:early|late|again) (?:on|in)$", "and", between)
    again = between in ("and", ", and", "and on", "and in", "and then")
    return again or (between == "," and one.grain == "year")


def _width(period: Period) -> int:
    return (period.last - period.first).days if period.first and period.last else 99999


def _sentence(because: str) -> str:
    because = because.strip()
    return because if because.endswith(".") else because + "."
