"""An interval of days, as precise as the words it comes from."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from geo.text.span import Span


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``first`` to ``last``, both included, and why: "June 2017" is thirty days, never a made-up one.

    Both ends ``None`` means unknown; ``because`` then says what was looked at. ``words`` is where the article says it,
    ``None`` when it is inferred or comes from outside the text.
    """

    first: date | None
    last: date | None
    because: str
    words: Span | None = None

    def __post_init__(self) -> None:
        if (self.first is None) != (self.last is None):
            raise ValueError(f"half a period: {self.first}..{self.last}")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(f"a period that ends before it begins: {self.first}..{self.last}")

    @property
    def known(self) -> bool:
        return self.first is not None

    @classmethod
    def unknown(cls, because: str) -> Period:
        return cls(None, None, because)

    @classmethod
    def iso(cls, value: str, because: str, words: Span | None = None) -> Period:
        """Read "2017", "2017-06", "2017-06-12" or two of these joined by "/".

        Raises ValueError, naming the value, for anything else.
        """
        ends = value.split("/")
        if len(ends) > 2:
            raise ValueError(f"not a date or interval: {value!r}")
        first, last = _days(ends[0].strip()), _days(ends[-1].strip())
        return cls(first[0], last[1], because, words)


def _days(iso: str) -> tuple[date, date]:
    """The first and last day that a shortened ISO date covers."""
    try:
        match [int(part) for part in iso.split("-")]:
            case [year]:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month]:
                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise ValueError(f"not a date: {iso!r}") from error
    raise ValueError(f"not a date: {iso!r}")
