"""Regular expressions kept in this room's TOML files."""

from __future__ import annotations

import re
from functools import cache

from geo.claims.words import table


@cache
def pattern(file: str, *path: str) -> re.Pattern[str]:
    """The expression (or the alternatives of a list) at ``path`` of ``<file>.toml``, for any case."""
    value: object = table(file)
    for key in path:
        assert isinstance(value, dict)
        value = value[key]
    return re.compile("|".join(value) if isinstance(value, list) else str(value), re.IGNORECASE)
