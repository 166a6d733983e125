"""One time expression: its words, what they are worth in TimeML, and the days they mean."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.timex_frame import Tense, Type
from geo.text.period import Period
from geo.text.span import Span


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One expression: where it stands, its TimeML type and value, and the days it means.

    ``value`` follows TimeML ("2019-05", "P3D", "PAST_REF", "1998-W32"), "" when it cannot be told. ``period`` is unknown,
    with the reason, for durations, sets, and for whatever is counted from a day that is not given. ``grain`` is the unit
    of the words.
    """

    span: Span
    type: Type
    value: str
    period: Period
    grain: str = "day"
    tense: Tense = None
