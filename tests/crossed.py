"""End to end on documents that nothing learned from: finder and ranker are fitted anew for each part that is left out.

    python -m tests.crossed [--data ../shared] [--encoders DIR] [--write FILE]

DIR has a folder of encoder weights for each part, trained without it: ``0`` to ``4`` as the folds of ``geo.model.train
--folds``, or ``lgl``, ``trnews``, ``geowebnews`` for a corpus left out. Without DIR the shipped encoder reads the
documents that its training held back, and two tables are made: finder and ranker in five folds, and finder and ranker
without the corpus that they are scored on. Scored by ``tools/score_geoparsing.py`` of the data's folder.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from geo.model import train
from geo.model.encoder import Encoder, Tagging
from geo.model.train.data import fold, held_back
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
from tests.bench_geoparsing import CORPORA, records

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its corpus, what the corpus says of it, the part it is left out with, and what an encoder that was
    trained without that part says of it (None: nobody asked one)."""

    corpus: str
    record: dict[str, Any]
    part: str
    tagging: Tagging | None


def documents(folder: Path, encoders: Path | None) -> list[Document]:
    """All documents of the training sets; those with a tagging are scored."""
    recipe = tomllib.loads(Path(train.__file__).with_name("recipe.toml").read_text(encoding="utf-8"))
    rows = [(corpus, record) for corpus in CORPORA for record in records(folder / "geoparsing", [corpus])]
    if encoders is None:
        kept = [i for i, (_, r) in enumerate(rows) if held_back(r["text"], recipe["held_back"]["share"], recipe["seed"])]
        parts = {i: str(n % FOLDS) for n, i in enumerate(kept)}
        shipped = Encoder.shared()
        assert shipped is not None, "the encoder's weights are not here"
        tagged = dict(zip(kept, shipped.taggings([rows[i][1]["text"] for i in kept]), strict=True))
        return [Document(c, r, parts.get(i, ""), tagged.get(i)) for i, (c, r) in enumerate(rows)]
    folders = {path.name: path for path in sorted(encoders.iterdir()) if path.is_dir()}
    by_corpus = set(folders) == set(CORPORA)
    names = [c if by_corpus else str(fold(r["text"], len(folders), recipe["seed"])) for c, r in rows]
    found: dict[int, Tagging] = {}
    for name, path in folders.items():
        mine = [i for i, part in enumerate(names) if part == name]
        texts = [rows[i][1]["text"] for i in mine]
        found |= dict(zip(mine, Encoder.open(path).taggings(texts), strict=True))
    return [Document(c, r, names[i], found[i]) for i, (c, r) in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What finder and ranker learn from: a page of each document that an encoder read, and each document's lessons with
    its publisher's home told and untold."""

    pages: dict[int, finder.Page]
    placing: list[list[placing.Lesson | None]]

    @staticmethod
    def of(every: Sequence[Document]) -> Lessons:
        gazetteer, words = Gazetteer.shared(), Vocabulary.shared()
        read = ((i, d.record, d.tagging) for i, d in enumerate(every) if d.tagging is not None)
        pages = {i: finder.page(record, None, tagging, gazetteer) for i, record, tagging in read}
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
    """Each scored document, read by a finder and a ranker that learned nothing from its part."""
    pages = lessons.pages
    for part in sorted({every[i].part for i in pages}):
        rest = [i for i, d in enumerate(every) if d.part != part]
        weights = finder.fit([pages[i] for i in rest if i in pages])
        taught = [one for i in rest for one in lessons.placing[i] if one is not None]
        ranker = placing.taught(taught, Gazetteer.shared())
        for i, page in pages.items():
            if every[i].part == part:
                chance = sigmoid(page.signs @ weights)
                names = chosen(page.text, [(s.span, float(p)) for s, p in zip(page.spots, chance, strict=True)], "")
                one = every[i]
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


def tables(folder: Path, encoders: Path | None) -> list[str]:
    """The Markdown tables, each with a line that says what had seen what."""
    every = documents(folder, encoders)
    lessons = Lessons.of(every)
    if encoders is not None:
        return _table("Encoder, finder and ranker have all learned from the other parts only.", every, lessons, folder)
    note = "the shipped encoder, on the fifth of the documents that its training held back"
    left = [replace(one, part=one.corpus) for one in every]
    return [
        *_table(f"Finder and ranker in five folds by document; {note}.", every, lessons, folder),
        "",
        *_table(
            f"Finder and ranker learned from the two other corpora only; {note}: it knows four fifths of each corpus.",
            left,
            lessons,
            folder,
        ),
    ]


def _table(said: str, every: Sequence[Document], lessons: Lessons, folder: Path) -> list[str]:
    """A corpus a row, all of them pooled, and pooled without the publishers' homes."""
    rows = list(parsed(every, lessons))
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
    asked.add_argument("--encoders", type=Path, help="a folder with weights for each part left out")
    asked.add_argument("--write", type=Path, help="a Markdown file for the table")
    given = asked.parse_args()
    text = "\n".join(tables(given.data, given.encoders)) + "\n"
    print(text, end="")
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
