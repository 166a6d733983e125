"""The training sets as examples for the heads: see the model card for what they are and who made them."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from geo.model import pieces
from geo.model.encoder import KINDS, TAGS
from geo.model.pieces import Pieces

GEOPARSING = ("lgl", "trnews", "geowebnews")
UNLABELLED = -100
# GeoWebNews' own classes of a mention. Mixed and coerced ones are neither.
LITERAL = {"Literal", "Literal_Modifier", "Embedded_Literal"}
METONYMIC = {"Metonymic", "Non_Literal_Modifier"}
_SPACED = re.compile(r" (?=[,.;:?!)%]|'s\b|n't\b|'(?:re|ve|ll|d|m)\b)|(?<=[(£$]) |(?<=\w) (?=- )|(?<= -) (?=\w)")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A text cut into pieces, with what is known of it; ``UNLABELLED`` and weight 0 where nothing is."""

    name: str
    source: str
    text: str
    pieces: Pieces
    tags: npt.NDArray[np.int64]  # per piece, an index into TAGS; only the first pieces of words are labelled
    reading: Floats  # per piece 0 literal, 1 metonymic
    reading_weight: Floats
    kinds: Floats  # per kind 0 or 1
    kinds_weight: Floats
    entities: npt.NDArray[np.int64]  # per piece, an index into entities.ENTITIES, as tags
    gold: tuple[dict[str, Any], ...] = field(default=())


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def held_back(name: str, share: float, seed: int) -> bool:
    """Whether a document or sentence belongs to the part kept for figures: the same answer on every machine."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def fold(name: str, folds: int, seed: int) -> int:
    """Which of the cross-validation's folds a document belongs to."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[8:16], "big") % folds


def blank(name: str, source: str, text: str, cut: Pieces, gold: Iterable[dict[str, Any]] = ()) -> Example:
    """An example of which nothing is known yet."""
    n, k = len(cut), len(KINDS)
    tags, entities = (np.full(n, UNLABELLED, np.int64) for _ in range(2))
    meant, meant_weight, kinds, kinds_weight = (np.zeros(size, np.float32) for size in (n, n, k, k))
    return Example(name, source, text, cut, tags, meant, meant_weight, kinds, kinds_weight, entities, tuple(gold))


def covered(cut: Pieces, start: int, end: int) -> npt.NDArray[np.int64]:
    """The pieces that begin words inside the characters ``start`` to ``end``."""
    return np.flatnonzero((cut.starts >= start) & (cut.starts < end) & cut.first)


def documents(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """The news articles of LGL, TR-News and GeoWebNews with their toponyms and demonyms."""
    out = []
    for source in GEOPARSING:
        rows = read(folder / "geoparsing" / f"{source}.train.jsonl")
        adjectives = _adjectives(rows)
        for row in rows:
            gold = [{**n, "tag": _tag(n, adjectives)} for n in row["toponyms"]]
            out.append(marked(f"{source}/{row['id']}", source, row["text"], tokenizer, gold))
    return out


def marked(name: str, source: str, text: str, tokenizer: Tokenizer, gold: Sequence[dict[str, Any]]) -> Example:
    """A document of which every toponym and demonym is known; ``tag`` of each says which of the two it counts as."""
    cut = pieces.cut(tokenizer, text)
    example = blank(name, source, text, cut, gold)
    example.tags[cut.first] = TAGS.index("O")
    for toponym in gold:
        _mark(example, toponym)
    return example


def _adjectives(rows: list[dict[str, Any]]) -> set[str]:
    """Phrases that a set marks as demonyms more often than not: "Aleppo" and "US" are marked so now and then."""
    count: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        for name in row["toponyms"]:
            count[name["phrase"]][bool(name["demonym"])] += 1
    return {phrase for phrase, seen in count.items() if seen[True] > seen[False]}


def _tag(name: Mapping[str, Any], adjectives: set[str]) -> str:
    return "demonym" if name["demonym"] and name["phrase"] in adjectives else "toponym"


def _mark(example: Example, name: Mapping[str, Any]) -> None:
    where = covered(example.pieces, name["start"], name["end"])
    if not len(where):
        return
    example.tags[where] = TAGS.index(f"I-{name['tag']}")
    example.tags[where[0]] = TAGS.index(f"B-{name['tag']}")
    if name.get("kind") in LITERAL | METONYMIC:
        example.reading[where] = name["kind"] in METONYMIC
        example.reading_weight[where] = 1.0 / len(where)


def readings(folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """One place name a sentence, literal or standing for those who act there."""
    out = []
    for source in ("relocar", "semeval"):
        for number, row in enumerate(read(folder / "claims" / f"metonymy_{source}.train.jsonl")):
            (span,) = row["spans"]
            if span["reading"] == "mixed":
                continue
            text, start, end = _around(row["text"], span["start"], span["end"])
            cut = pieces.cut(tokenizer, text)
            example = blank(f"{source}/{number}", source, text, cut, [{**span, "start": start, "end": end}])
            where = covered(cut, start, end)
            example.reading[where] = span["reading"] == "metonymic"
            example.reading_weight[where] = 1.0 / max(1, len(where))
            out.append(example)
    return out


def _around(text: str, start: int, end: int, reach: int = 160) -> tuple[str, int, int]:
    """The words around a name: a reading is decided by its neighbours, and a page costs as much as ten sentences."""
    left = text.find(" ", max(0, start - reach), start) + 1 if start > reach else 0
    right = text.rfind(" ", end, end + reach) if len(text) > end + reach else len(text)
    return text[left:right], start - left, end - left


def sentences(folder: Path, tokenizer: Tokenizer, recipe: Mapping[str, Any]) -> list[Example]:
    """Sentences with the kinds of claim they hold. A sentence listed for two kinds is one example."""
    found: dict[str, tuple[str, dict[str, tuple[float, float]]]] = {}
    for kind, file in zip(KINDS, ("protest", "arms", "meeting"), strict=True):
        for row in read(folder / "claims" / f"{file}.train.jsonl"):
            weight = _weight(kind, row, recipe)
            if row["label"] is None or weight == 0:
                continue
            source, known = found.setdefault(row["text"], (_source(row), {}))
            label, _ = known.get(kind, (0.0, 0.0))
            known[kind] = (max(label, float(row["label"])), weight)
    out = []
    for number, (text, (source, known)) in enumerate(found.items()):
        plain = unspaced(text)
        example = blank(f"kinds/{number}", source, plain, pieces.cut(tokenizer, plain))
        for kind, (label, weight) in known.items():
            example.kinds[KINDS.index(kind)] = label
            example.kinds_weight[KINDS.index(kind)] = weight
        out.append(example)
    return out


def own_texts() -> dict[str, set[str]]:
    """The sentences written for this project, each with the kinds it is listed under."""
    found: dict[str, set[str]] = {}
    for file in sorted(Path(__file__).parent.glob("sentences*.toml")):
        for kind, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for text in texts:
                found.setdefault(text, set()).add(kind)
    return found


def own_sentences(tokenizer: Tokenizer, recipe: Mapping[str, Any]) -> list[Example]:
    """Our own sentences, which say where each kind ends: always read, never held back."""
    out = []
    for number, (text, held) in enumerate(own_texts().items()):
        example = blank(f"own/{number}", "own", text, pieces.cut(tokenizer, text))
        example.kinds[:] = [kind in held for kind in KINDS]
        example.kinds_weight[:] = recipe["kinds"]["own_weight"]
        out.append(example)
    return out


def _source(row: Mapping[str, Any]) -> str:
    source = row["source"]
    return str(source if isinstance(source, str) else "+".join(source))


def _weight(kind: str, row: Mapping[str, Any], recipe: Mapping[str, Any]) -> float:
    """How far a source's label means what we mean by the kind; see the recipe."""
    kinds = recipe["kinds"]
    if kind == "protest" and row.get("tier") == "contentious_other":
        return 1.0 if re.search(kinds["protest"]["crowd"], row["text"]) else 0.0
    if kind == "arms_flow" and row.get("tier") == "wmd_dual_use":
        return float(kinds["arms_flow"]["wmd_weight"])
    if kind == "meeting" and row.get("tier") == "general":
        return float(kinds["meeting"]["general_weight"])
    return 1.0


def unspaced(text: str) -> str:
    """Text as newspapers print it: several sets keep a blank before each mark and two grave accents for a quote."""
    return _SPACED.sub("", text.replace("`` ", "“").replace(" ''", "”").replace("``", "“").replace("''", "”"))
