"""The method page: the text of static/method.html, the definitions and judges of the kinds, and what was measured."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from geo.view.assets import STATIC
from geo.view.kinds import looks
from geo.view.words import plain

FIGURES = "docs/accuracy.json"
"""What ``python -m tests.accuracy`` writes: for each labelled set its figures by name."""
JUDGED = "docs/kinds.json"
"""What ``python -m geo.claims.weighing`` writes with ``--report``: of each kind its figures and mistakes."""
COLUMNS = ("precision", "recall", "F1", "claims", "sentences")
SLIGHT = 0.3
"""Weight from which a sign is worth telling."""
EXAMPLES = 5
AFTER = " (only just after a sentence that makes such a claim)"
SUM = (
    "Each sign that a sentence shows adds its weight or takes it away; where the signs leave doubt, the belief of a "
    "small trained language model takes the place of the starting value. The sum is the score on the card. “Why” on a "
    "card names the signs and words that decided, and what spoke against. Every figure here is of sentences that the "
    "weights had not seen: each article was held out in turn, the training sentences in tenths, and the language model "
    "is counted only where it was not trained. The words were written while looking at these sets, so an unseen page "
    "does somewhat worse."
)


def prose() -> str:
    """The text of the page, which is ours and safe."""
    return (STATIC / "method.html").read_text(encoding="utf-8")


def kinds() -> str:
    """The definitions of the kinds of claim, what they count and what they leave out, as HTML."""
    items = "".join(
        f'<dt><b class="dot" style="--kind:{plain(look.colour)}" aria-hidden="true">{plain(look.letter)}</b> '
        f"{plain(look.label)}</dt>"
        f"<dd>{plain(look.definition)}{_bounds(name)}</dd>"
        for name, look in looks().items()
    )
    return f'<div class="prose"><h2>What is looked for</h2><dl>{items}</dl></div>'


def judges(root: Path) -> str:
    """How each kind is judged, as HTML: its rules with their weights, how right it is, and where it was wrong.

    The figures come from ``docs/kinds.json``; without that file only the rules are told.
    """
    measured = _read(root / JUDGED)
    parts = "".join(_judge(name, look.label, measured.get(name)) for name, look in looks().items())
    return f'<div class="prose"><h2>How a kind is judged</h2><p>{SUM}</p>{parts}</div>'


def _bounds(kind: str) -> str:
    """What the kind counts, what it leaves out, and whose definition it is near to."""
    entry = _defined("kinds")["kinds"].get(kind, {})
    lines = ((head, entry.get(key)) for head, key in (("Counts", "counts"), ("Left out", "excludes"), ("After", "sense")))
    return "".join(f"<br><b>{head}:</b> {plain(text)}" for head, text in lines if text)


def _judge(kind: str, label: str, measured: object) -> str:
    data = measured if isinstance(measured, dict) else {}
    sets = data.get("sets", {})
    tables = _precision(sets) if isinstance(sets, dict) and sets else ""
    return f"<h3>{plain(label)}</h3>{tables}{_rules(kind)}{_mistakes(data.get('wrong', []))}"


def _precision(sets: dict[str, Any]) -> str:
    """Precision and recall on each labelled set."""
    heads = "".join(f"<th>{head}</th>" for head in ("Labelled set", "Precision", "Recall", "F1", "Claims", "Sentences"))
    rows = "".join(
        f"<tr><td>{plain(name)}</td>" + "".join(f"<td>{plain(_number(found.get(key)))}</td>" for key in COLUMNS) + "</tr>"
        for name, found in sets.items()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _rules(kind: str) -> str:
    """Every sign of a kind, the weightiest first, as a reader understands it."""
    signs = {one["name"]: one for one in _defined("kinds")["kinds"][kind]["signs"]}
    weights = _defined("weights").get(kind, {})
    weighed = sorted(weights.get("signs", {}).items(), key=lambda pair: -abs(pair[1]))
    items = "".join(
        f"<li>{weight:+.1f}: words that {plain(signs[name]['says'])}{AFTER if signs[name].get('after') else ''}</li>"
        for name, weight in weighed
        if name in signs and abs(weight) >= SLIGHT
    )
    start = f"A sentence starts at {weights.get('bias', 0.0):+.1f}; above 0 it is a claim."
    return f"<details><summary>{len(signs)} signs and their weights</summary><p>{start}</p><ul>{items}</ul></details>"


def _mistakes(wrong: object) -> str:
    """Some sentences of our own that are judged wrongly, the surest mistakes first."""
    found = [one for one in wrong if isinstance(one, dict)] if isinstance(wrong, list) else []
    worst = sorted(found, key=lambda one: -abs(float(one.get("score", 0.5)) - 0.5))
    missed = [one for one in worst if one.get("claimed")][:EXAMPLES]
    taken = [one for one in worst if not one.get("claimed")][:EXAMPLES]
    lists = "".join(
        f"<p>{head}</p><ul>{_items(some)}</ul>"
        for head, some in (("Missed:", missed), ("Taken for claims, and none:", taken))
        if some
    )
    return f"<details><summary>Where it goes wrong</summary>{lists}</details>" if lists else ""


def _items(wrong: list[dict[str, Any]]) -> str:
    return "".join(f"<li>{plain(one.get('text', ''))}</li>" for one in wrong)


@cache
def _defined(name: str) -> dict[str, Any]:
    """A table of the room that judges: kinds or weights."""
    return tomllib.loads((files("geo.claims") / f"{name}.toml").read_text(encoding="utf-8"))


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
