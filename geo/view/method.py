"""The method page: the text of static/method.html, the definitions of the kinds, and what was measured."""

from __future__ import annotations

import json
from pathlib import Path

from geo.view.assets import STATIC
from geo.view.kinds import looks
from geo.view.words import plain

FIGURES = "docs/accuracy.json"
"""What ``python -m tests.accuracy`` writes: for each labelled set its figures by name."""


def prose() -> str:
    """The text of the page, which is ours and safe."""
    return (STATIC / "method.html").read_text(encoding="utf-8")


def kinds() -> str:
    """The definitions of the kinds of claim, as HTML."""
    items = "".join(
        f'<dt><b class="dot" style="--kind:{plain(look.colour)}" aria-hidden="true">{plain(look.letter)}</b> '
        f"{plain(look.label)}</dt>"
        f"<dd>{plain(look.definition)}</dd>"
        for look in looks().values()
    )
    return f'<div class="prose"><h2>What is looked for</h2><dl>{items}</dl></div>'


def figures(root: Path) -> str:
    """What was measured, as HTML tables; nothing where no figures are at hand."""
    found = "".join(_table(name, data) for name, data in _read(root / FIGURES).items() if isinstance(data, dict))
    return f'<div class="prose"><h2>How well it does</h2>{found}</div>' if found else ""


def _read(file: Path) -> dict[str, object]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _table(name: str, data: dict[str, object]) -> str:
    rows = "".join(f"<tr><td>{plain(key)}</td><td>{plain(_number(value))}</td></tr>" for key, value in data.items())
    return f"<table><caption>{plain(name)}</caption><tbody>{rows}</tbody></table>"


def _number(value: object) -> object:
    return f"{value:.3g}" if isinstance(value, float) else value
