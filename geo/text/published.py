"""When an article was published, as an interval with its reason, from its text alone.

A date beside the headline is the article's; a date above it is often the day on which the page was stored, and counts
only when the text agrees with it. Without either, the dates that the article tells of bound the day from below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.text.period import Period
from geo.text.sections import Block
from geo.text.span import Span

UNKNOWN = Period.unknown("neither the page nor the text tells when it was published")


@dataclass(frozen=True, slots=True)
class Dating:
    """When a page was published, and the dates on it that an archive or the day of reading left there."""

    published: Period
    crawl_dates: tuple[Span, ...] = ()


def date_page(text: str, blocks: Sequence[Block]) -> Dating:
    return Dating(UNKNOWN)
