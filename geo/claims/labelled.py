"""Labelled sentences from which the weights of the kinds are fitted: where they are, and what was read of them.

The folder SHARED has the training sentences (``claims/``) and the labelled originals and briefs (``gold/``, ``briefs/``);
folders of labelled pages are given beside it. Nothing here is needed at run time.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from geo.claims import kinds as judging
from geo.claims.words import table
from geo.model.encoder import Encoder
from geo.model.grammar import Grammar
from geo.model.train.data import held_back, unspaced

Beliefs = Mapping[str, Mapping[str, float]]
ONE_EVENT = ("plv", "plover", "rams", "wikievents")
"""Sets that label one event a sentence: "none" there does not mean that none is told."""
OPEN = ("body", "headline", "caption")
KINDS = ("protest", "meeting", "arms_flow")
ALONE = -1
"""The number of a sentence that was labelled without the text around it."""
PARSED = ("ORTH", "SPACY", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE")
"""What is kept of a parse between two runs."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: ``labels`` has True or False for the kinds it was read for. ``part`` is what it is held out with;
    ``number`` where it stands in its article, if it is from one; ``tier`` what its set says of its field.
    """

    text: str
    labels: dict[str, bool]
    source: str
    part: str
    number: int = ALONE
    tier: str = ""


def examples(shared: Path, pages: Sequence[Path] = ()) -> list[Example]:
    """Every labelled sentence under ``shared`` and in the folders of pages, those marked borderline left out."""
    return [*originals(shared), *_briefs(shared), *_pages(pages), *_sentences(shared)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def originals(shared: Path) -> Iterator[Example]:
    opened = (row for row in _lines(shared / "gold" / "seed_sentences.jsonl") if row["section"] in OPEN)
    for number, row in enumerate(opened):
        if not row["borderline"]:
            labels = {kind: kind in row["claim_types"] for kind in KINDS}
            yield Example(row["sentence"], labels, "gold", row["seed"], number)


def _briefs(shared: Path) -> Iterator[Example]:
    for number, row in enumerate(_lines(shared / "briefs" / "GOLD.jsonl")):
        if not row.get("borderline"):
            labels = {kind: kind == row["claim_type"] for kind in KINDS}
            yield Example(row["sentence"], labels, "briefs", row["id"], number)


def _pages(folders: Sequence[Path]) -> Iterator[Example]:
    """The sentences of labelled pages whose section is open; on a page a sentence has one kind or none."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.jsonl")):
        rows = (row for row in _lines(path) if row.get("section") in OPEN)
        for number, row in enumerate(rows):
            yield Example(row["text"], {kind: row.get("kind") == kind for kind in KINDS}, "pages", path.stem, number)


def _sentences(shared: Path) -> Iterator[Example]:
    """The training sentences. A protest by the sources' wider sense (attacks, bombings) is left out."""
    for name, kind in (("protest", "protest"), ("meeting", "meeting"), ("arms", "arms_flow")):
        for number, row in enumerate(_lines(shared / "claims" / f"{name}.train.jsonl")):
            tier = row.get("tier")
            if row["label"] is None or tier == "contentious_other":
                continue
            if (
                not row["label"]
                and str(row["source"]).strip("[']").startswith(ONE_EVENT)
                and _unmistakable(kind).search(row["text"])
            ):
                continue
            source = "general" if tier in ("general", "wmd_dual_use") or "framenet" in str(row["source"]) else "news"
            text = " ".join(row["text"].split())
            yield Example(text, {kind: bool(row["label"])}, source, f"{name}{number % 10}", tier=tier or "")


def _unmistakable(kind: str) -> re.Pattern[str]:
    return re.compile(table("kinds")["kinds"][kind]["unmistakable"], re.I)


def unread(item: Example) -> bool:
    """Whether the encoder's head was never trained on the sentence."""
    if item.source != "news":
        return item.source in ("gold", "briefs", "pages")
    recipe = _recipe()
    return held_back(unspaced(item.text), recipe["held_back"]["share"], recipe["seed"])


@cache
def _recipe() -> dict[str, Any]:
    return tomllib.loads((files("geo.model.train") / "kinds.toml").read_text(encoding="utf-8"))


def parses(items: Sequence[Example], kept_in: Path | None = None) -> dict[str, Doc]:
    """The parse of each text, in so many characters as are judged. ``kept_in`` is a folder that keeps them."""
    texts = {item.text[: judging.LONGEST] for item in items}
    kept = kept_in and kept_in / "parses.spacy"
    known: dict[str, Doc] = {}
    if kept is not None and kept.exists():
        known = {
            doc.text: doc for doc in DocBin().from_bytes(kept.read_bytes()).get_docs(Grammar.shared().language.vocab)
        }
    unknown = sorted(texts - known.keys())
    known.update(zip(unknown, Grammar.shared().parse(unknown), strict=True))
    if kept is not None and unknown:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(DocBin(attrs=PARSED, docs=known.values()).to_bytes())
    return known


def believed(items: Sequence[Example], kept_in: Path | None = None) -> dict[str, dict[str, float]]:
    """The encoder's belief in each kind for each text it was not trained on; {} where its head is not shipped."""
    encoder = Encoder.shared("kinds")
    texts = sorted({item.text[: judging.LONGEST] for item in items if unread(item)})
    if encoder is None:
        return {}
    kept = kept_in and kept_in / f"beliefs-{encoder.version}.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept is not None and kept.exists() else {}
    unknown = [text for text in texts if text not in known]
    known.update(zip(unknown, encoder.kinds([unspaced(text) for text in unknown]), strict=True))
    if kept is not None and unknown:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(known), encoding="utf-8")
    return {text: known[text] for text in texts if known[text]}
