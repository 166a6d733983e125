"""End to end on documents that nothing learned from: finder and ranker are fitted anew for each part that is left out.

    python -m tests.crossed [--data ../shared] [--encoders DIR] [--write FILE]

DIR has a folder of encoder weights for each part, trained without it: ``0`` to ``4`` as the folds of ``geo.model.train
--folds``, or ``lgl``, ``trnews``, ``geowebnews`` for a corpus left out. Without DIR the shipped encoder reads the
documents that its training held back, in five folds. Scored by ``tools/score_geoparsing.py`` of the data's folder.
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
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from geo.model import train
from geo.model.encoder import Encoder, Tagging
from geo.model.train.data import fold, held_back
from geo.places import spotting_training as finder
from geo.places import training as placing
from geo.places.gazetteer import Gazetteer
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


def parsed(every: Sequence[Document]) -> Iterator[tuple[Document, dict[str, Any], dict[str, Any]]]:
    """Each scored document as ``geo parse`` would write it: from its text, and from its gold spans."""
    gazetteer, words = Gazetteer.shared(), Vocabulary.shared()
    pages = {i: finder.page(d.record, None, d.tagging, gazetteer) for i, d in enumerate(every) if d.tagging is not None}
    lessons = [[placing.lesson(d.record, gazetteer, words, homes=told) for told in (True, False)] for d in every]
    for part in sorted({every[i].part for i in pages}):
        rest = [i for i, d in enumerate(every) if d.part != part]
        weights = finder.fit([pages[i] for i in rest if i in pages])
        ranker = placing.taught([one for i in rest for one in lessons[i] if one is not None], gazetteer)
        for i, page in pages.items():
            if every[i].part == part:
                chance = sigmoid(page.signs @ weights)
                names = chosen(page.text, [(s.span, float(p)) for s, p in zip(page.spots, chance, strict=True)], "")
                yield every[i], _line(every[i], names, ranker), _line(every[i], _given(every[i]), ranker)


def _given(document: Document) -> list[Toponym]:
    inside = {(t["start"], t["end"]) for t in document.record["toponyms"] if 0 <= t["start"] < t["end"]}
    return [Toponym(Span(a, b), 1.0) for a, b in sorted(inside) if b <= len(document.record["text"])]


def _line(document: Document, names: Sequence[Toponym], ranker: Ranker) -> dict[str, Any]:
    text, home = document.record["text"], document.record.get("publisher") or document.record.get("outlet")
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


def table(folder: Path, encoders: Path | None) -> list[str]:
    """The Markdown table, a corpus a row and all of them pooled."""
    rows = list(parsed(documents(folder, encoders)))
    tool = folder / "tools" / "score_geoparsing.py"
    lines = [
        "| | documents | F1 | precision | recall | within 161 km | exact id | given spans, within 161 km | exact id |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for corpus in (*CORPORA, "pooled"):
        mine = [row for row in rows if corpus in (row[0].corpus, "pooled")]
        gold = [document.record for document, _, _ in mine]
        free = scored(tool, gold, [line for _, line, _ in mine], spans=False)
        given = scored(tool, gold, [line for _, _, line in mine], spans=True)
        seen, both, right = free["detection"], free["end_to_end"], given["end_to_end"]
        figures = [seen["f1"], seen["precision"], seen["recall"], both["within_161"], both["exact_id"]]
        figures += [right["within_161"], right["exact_id"]]
        lines.append(f"| {corpus} | {len(mine)} | " + " | ".join(f"{value:.3f}" for value in figures) + " |")
    return lines


def main() -> int:
    asked = argparse.ArgumentParser(description="the geoparser on documents that nothing learned from")
    asked.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    asked.add_argument("--encoders", type=Path, help="a folder with weights for each part left out")
    asked.add_argument("--write", type=Path, help="a Markdown file for the table")
    given = asked.parse_args()
    text = "\n".join(table(given.data, given.encoders)) + "\n"
    print(text, end="")
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
