"""What the encoder of places learns first: names of every kind, as spaCy sees them in the training sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.model import pieces
from geo.model.train import entities
from geo.model.train.data import UNLABELLED
from geo.model.weights import WEIGHTS


def test_each_sentence_is_labelled_once_with_the_names_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Maria Lopez flew from Lisbon to Nairobi on Friday."
    (tmp_path / "claims").mkdir()
    for name in ("one", "two"):
        (tmp_path / "claims" / f"{name}.train.jsonl").write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    monkeypatch.setattr(entities, "own_texts", lambda: {"Nothing is named here.": set()})
    tokenizer = pieces.load(str(WEIGHTS / "places" / "tokenizer.json"))
    named, plain = entities.entities(tmp_path, tokenizer)
    assert (named.text, plain.text) == (text, "Nothing is named here.")
    cut = named.pieces
    labels = {
        text[cut.starts[i] : cut.ends[i]]: entities.ENTITIES[named.entities[i]] for i in range(len(cut)) if cut.first[i]
    }
    assert labels["Maria"] == "B-person"
    assert labels["Lisbon"] == labels["Nairobi"] == "B-state"
    assert labels["flew"] == "O"
    assert set(plain.entities[plain.pieces.first]) == {0}
    assert (named.tags == UNLABELLED).all()


def test_names_of_every_kind_have_a_label_for_their_first_and_their_other_words() -> None:
    kinds = set(entities.KINDS_OF_NAME.values())
    assert entities.ENTITIES[0] == "O"
    assert set(entities.ENTITIES[1:]) == {f"{edge}-{kind}" for kind in kinds for edge in "BI"}
