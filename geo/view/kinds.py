"""How each kind of claim looks: its name, letter and colour, from the file that defines the kinds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Used where the definition names none. Told apart by readers with any of the common colour blindnesses (after Okabe and
# Ito), darkened until a white letter on them has a contrast of 4.5.
_COLOURS = ("#bf4a00", "#005f99", "#00755a", "#8a3a7d", "#6d5a00", "#4b5563")


@dataclass(frozen=True, slots=True)
class KindLook:
    """``label`` (or ``plural``) and ``letter`` stand beside every use of ``colour``: nothing is told by colour alone."""

    kind: str
    label: str
    plural: str
    letter: str
    colour: str
    definition: str


@cache
def looks() -> dict[str, KindLook]:
    """Every kind, in the order of its definition."""
    definitions = files("geo.claims") / "kinds.toml"
    data = tomllib.loads(definitions.read_text(encoding="utf-8")) if definitions.is_file() else {}
    entries = data.get("kinds", {})
    found = {}
    for n, (name, entry) in enumerate(entries.items()):
        label = str(entry.get("label", name.replace("_", " ").capitalize()))
        letter = str(entry.get("letter", label[0].upper()))
        colour = str(entry.get("colour", _COLOURS[n % len(_COLOURS)]))
        found[name] = KindLook(
            name,
            label,
            str(entry.get("plural", label + "s")),
            letter,
            colour,
            " ".join(str(entry.get("definition", "")).split()),
        )
    return found


def look(kind: str) -> KindLook:
    """The look of one kind; one that the definitions do not know is shown under its own name."""
    label, colour = kind.replace("_", " ").capitalize(), _COLOURS[sum(map(ord, kind)) % len(_COLOURS)]
    return looks().get(kind) or KindLook(kind, label, label + "s", label[:1] or "?", colour, "")


def ordered(kinds: Iterable[str]) -> tuple[str, ...]:
    """Kinds in the order of their definition, unknown ones last."""
    order = list(looks())
    return tuple(sorted(kinds, key=lambda kind: (order.index(kind) if kind in order else len(order), kind)))
