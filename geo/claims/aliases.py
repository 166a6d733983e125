"""Names that somebody goes by: "a boatman who asked to be called Sekou", "a woman who gave her name as Fatima"."""

from __future__ import annotations

import re

from geo.claims.attribution import pattern
from geo.text.span import Span

LONGEST = 120
"""Characters behind a speaker's phrase in which the name is looked for."""
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Comrade|Commander|Captain|Abu|Umm|Um|Haji|Uncle|Aunt)\.? )?"
_NAME = re.compile(rf"[\s“\"‘']*(?P<name>{_TITLE}[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,2}})")


def alias(text: str, after: int, before: int) -> Span | None:
    """Where the name stands that somebody named just before character ``after`` goes by; looked for up to ``before``."""
    end = min(len(text), max(before, after), after + LONGEST)
    found = pattern("aliases", "phrase").search(text, after, end)
    name = _NAME.match(text, found.end()) if found is not None else None
    return Span(*name.span("name")) if name is not None else None
