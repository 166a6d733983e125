"""Word lists of this room: TOML files that stand beside the code, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml`` of this room."""
    return tomllib.loads((files("geo.claims") / f"{name}.toml").read_text(encoding="utf-8"))
