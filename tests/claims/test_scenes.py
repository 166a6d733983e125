"""Which places get a marker, by classes of English usage; the sentences are our own, the places real (scenes.toml)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from geo.claims.readings import Name, name_at, use
from geo.claims.roles import roles
from geo.claims.speakers import listen
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.places.place import PINNED_ROLES
from geo.text.span import Span
from tests.claims.said import article, sentences

MARK = re.compile(r"\[([^\]]+)\]|\{(?:(\w+): )?([^}]+)\}|\*([^*]+)\*")
CLASSES = tomllib.loads((Path(__file__).parent / "scenes.toml").read_text(encoding="utf-8"))["class"]
ROWS = [(group["kind"], text) for group in CLASSES for text in group["sentences"]]


def unmarked(marked: str) -> tuple[str, Span, list[tuple[Span, str]]]:
    """The sentence, its deciding word, and each place with what is wanted: "pin", "none" or a role."""
    text, at, word, wanted = "", 0, Span(0, 0), []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        pinned, role, other, event = mark.groups()
        inside = pinned or other or event
        span = Span(len(text), len(text) + len(inside))
        if event:
            word = span
        else:
            wanted.append((span, "pin" if pinned else role or "none"))
        text, at = text + inside, mark.end()
    return text + marked[at:], word, wanted


@pytest.mark.parametrize(("kind", "marked"), ROWS, ids=[row[1][:70] for row in ROWS])
def test_a_marker_stands_where_it_happened_or_arrived(kind: str, marked: str) -> None:
    text, word, wanted = unmarked(marked)
    doc = Grammar.shared().parse([text])[0]
    heard = listen(sentences(article(text)), [doc])[0]
    names: list[Name] = []
    for span, _ in wanted:
        name = name_at(doc, span, next(iter(Gazetteer.shared().named(span.of(text))), None))
        assert name is not None
        names.append(name)
    parts = roles(doc, kind, [word], names, [use(name) for name in names], heard)
    got = []
    for part, (_, want) in zip(parts, wanted, strict=True):
        pinned = part.role in PINNED_ROLES
        got.append(want if want == ("pin" if pinned else "none") or part.role == want else f"{part.role}: {part.because}")
    assert got == [want for _, want in wanted]
