"""End to end on documents that nothing learned from: finder and ranker are fitted anew for each part that is left out.

    python -m tests.crossed --encoders DIR [--without DIR] [--data ../shared] [--write FILE]

The first DIR is what ``geo.model.train places --folds 5`` wrote, the second what ``--leave-one-out`` wrote: weights for
each part, trained without it. Scored by ``tools/score_geoparsing.py`` of the data's folder.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from geo.model.encoder import Tagging
from geo.places import spotting_training as finder
from geo.places import training as placing
from geo.places.gazetteer import Gazetteer
from geo.places.homes import publisher_of
from geo.places.parse import record as written
from geo.places.place import Toponym
from geo.places.ranker import Ranker, sigmoid
from geo.places.resolve import resolve
from geo.places.toponyms import chosen
from geo.places.vocabulary import Vocabulary
from geo.text.span import Span
from tests.corpora import CORPORA, records


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its corpus, what the corpus says of it, the part it is left out with, and what the encoder says of it
    that was trained without that part."""

    corpus: str
    record: dict[str, Any]
    part: str
    tagging: Tagging


def documents(folder: Path, encoders: Path, *, by_corpus: bool = False) -> list[Document]:
    """All documents of the training sets."""
    rows = [(corpus, record) for corpus in CORPORA for record in records(folder / "geoparsing", [corpus])]
    texts = [record["text"] for _, record in rows]
    names = [corpus for corpus, _ in rows] if by_corpus else finder.parts(texts)
    tagged = finder.unseen(texts, encoders, names)
    return [Document(c, r, name, t) for (c, r), name, t in zip(rows, names, tagged, strict=True)]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What finder and ranker learn from: a page of each document, and its lessons with its publisher's home told and
    untold."""

    pages: list[finder.Page]
    placing: list[list[placing.Lesson | None]]

    @staticmethod
    def of(every: Sequence[Document]) -> Lessons:
        gazetteer, words = Gazetteer.shared(), Vocabulary.shared()
        pages = [finder.page(d.record, None, d.tagging, gazetteer) for d in every]
        both = [[placing.lesson(d.record, gazetteer, words, homes=told) for told in (True, False)] for d in every]
        return Lessons(pages, both)


@dataclass(frozen=True, slots=True)
class Row:
    """A scored document as ``geo parse`` would write it: from its text, the same without its publisher, and from its gold
    spans."""

    document: Document
    free: dict[str, Any]
    homeless: dict[str, Any]
    given: dict[str, Any]


def parsed(every: Sequence[Document], lessons: Lessons) -> Iterator[Row]:
    """Each document, read by a finder and a ranker that learned nothing from its part."""
    for part in sorted({one.part for one in every}):
        rest = [i for i, d in enumerate(every) if d.part != part]
        weights = finder.fit([lessons.pages[i] for i in rest])
        taught = [one for i in rest for one in lessons.placing[i] if one is not None]
        ranker = placing.taught(taught, Gazetteer.shared())
        for one, page in zip(every, lessons.pages, strict=True):
            if one.part == part:
                chance = sigmoid(page.signs @ weights)
                names = chosen(page.text, [(s.span, float(p)) for s, p in zip(page.spots, chance, strict=True)], "")
                lines = (
                    _line(one, names, ranker),
                    _line(one, names, ranker, told=False),
                    _line(one, _given(one), ranker),
                )
                yield Row(one, *lines)


def _given(document: Document) -> list[Toponym]:
    inside = {(t["start"], t["end"]) for t in document.record["toponyms"] if 0 <= t["start"] < t["end"]}
    return [Toponym(Span(a, b), 1.0) for a, b in sorted(inside) if b <= len(document.record["text"])]


def _line(document: Document, names: Sequence[Toponym], ranker: Ranker, *, told: bool = True) -> dict[str, Any]:
    text = document.record["text"]
    home = publisher_of(document.record) if told else None
    places = resolve(text, names, publisher=home, approximate=True, ranker=ranker)
    return {"id": document.record["id"], "toponyms": [written(text, place) for place in places]}


def scored(tool: Path, gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]], *, spans: bool) -> dict[str, Any]:
    """What the project's scorer says."""
    spec = spec_from_file_location("score_geoparsing", tool)
    assert spec is not None
    assert spec.loader is not None
    scorer = module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
        files = [Path(scratch) / name for name in ("gold.jsonl", "found.jsonl")]
        for file, lines in zip(files, (gold, found), strict=True):
            numbered = [json.dumps({**line, "id": n}) for n, line in enumerate(lines)]
            file.write_text("\n".join(numbered), encoding="utf-8")
        out: dict[str, Any] = scorer.main(*map(str, files), gold_spans=spans)
    return out


def read(folder: Path, encoders: Path, *, by_corpus: bool = False) -> list[Row]:
    """Every document as the geoparser reads it that learned nothing from its part."""
    every = documents(folder, encoders, by_corpus=by_corpus)
    return list(parsed(every, Lessons.of(every)))


def table(said: str, rows: Sequence[Row], folder: Path) -> list[str]:
    """A corpus a row, all of them pooled, and pooled without the publishers' homes."""
    tool = folder / "tools" / "score_geoparsing.py"
    lines = [
        said,
        "",
        "| | documents | F1 | precision | recall | within 161 km | exact id | given spans, within 161 km | exact id |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in (*CORPORA, "pooled", "pooled, no publisher told"):
        mine = [row for row in rows if row.document.corpus == name or name.startswith("pooled")]
        gold = [row.document.record for row in mine]
        free = scored(tool, gold, [row.homeless if "no publisher" in name else row.free for row in mine], spans=False)
        seen, both = free["detection"], free["end_to_end"]
        figures = [f"{seen[key]:.3f}" for key in ("f1", "precision", "recall")]
        figures += [f"{both[key]:.3f}" for key in ("within_161", "exact_id")]
        if "no publisher" not in name:
            right = scored(tool, gold, [row.given for row in mine], spans=True)["end_to_end"]
            figures += [f"{right[key]:.3f}" for key in ("within_161", "exact_id")]
        lines.append(f"| {name} | {len(mine)} | " + " | ".join([*figures, "", ""][:7]) + " |")
    return lines


def main() -> int:
    asked = argparse.ArgumentParser(description="the geoparser on documents that nothing learned from")
    asked.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    asked.add_argument("--encoders", type=Path, required=True, help="weights for each fold left out")
    asked.add_argument("--without", type=Path, help="weights for each corpus left out")
    asked.add_argument("--write", type=Path, help="a Markdown file for the table")
    given = asked.parse_args()
    folds = "Five folds by document: encoder, finder and ranker have learned from the other four."
    left = "A corpus left out: encoder, finder and ranker have learned from the two others."
    lines = table(folds, read(given.data, given.encoders), given.data)
    if given.without:
        lines += ["", *table(left, read(given.data, given.without, by_corpus=True), given.data)]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
