"""The method page: the text of static/method.html, the definitions of the kinds, and what was measured."""

from __future__ import annotations

import json
from pathlib import Path

from geo.view.assets import STATIC
from geo.view.kinds import looks
from geo.view.words import plain

FIGURES = ("tests/accuracy/figures.json", "tests/accuracy/measured.json", "geo/model/card.json")
"""Files that a measuring command writes: a flat object of names and numbers, or of such objects."""


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
    found = "".join(_table(name, data) for name in FIGURES for data in [_read(root / name)] if data)
    return f'<div class="prose"><h2>How well it does</h2>{found}</div>' if found else ""


def _read(file: Path) -> dict[str, object]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _table(name: str, data: dict[str, object]) -> str:
    rows = "".join(f"<tr><td>{plain(key)}</td><td>{plain(_number(value))}</td></tr>" for key, value in _flat(data))
    return f"<table><caption>{plain(name)}</caption><tbody>{rows}</tbody></table>"


def _flat(data: dict[str, object], lead: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in data.items():
        name = f"{lead}{str(key).replace('_', ' ')}"
        found += _flat(value, f"{name}: ") if isinstance(value, dict) else [(name, value)]
    return found


def _number(value: object) -> object:
    return f"{value:.3g}" if isinstance(value, float) else value
