"""Stretches of a text that don't overlap, found again by position in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.text.span import Span


@dataclass(frozen=True, slots=True)
class Stretches:
    """Spans in text order, none overlapping another."""

    spans: Sequence[Span]

    def touching(self, span: Span) -> Iterator[Span]:
        """Those that overlap ``span``."""
        i = max(0, bisect_right(self.spans, Span(span.start, span.start)) - 1)
        while i < len(self.spans) and self.spans[i].start < span.end:
            if self.spans[i].overlaps(span):
                yield self.spans[i]
            i += 1


def apart(found: Iterable[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """The highest rated of spans that overlap, in text order; of equals the first, then the longest."""
    kept: list[Span] = []
    rates: dict[Span, float] = {}
    for span, rate in sorted(found, key=lambda item: (-item[1], item[0].start, -item[0].end)):
        i = bisect_left(kept, span)
        clear_before = i == 0 or kept[i - 1].end <= span.start
        clear_after = i == len(kept) or span.end <= kept[i].start
        if clear_before and clear_after:
            insort(kept, span)
            rates[span] = rate
    return [(span, rates[span]) for span in kept]
