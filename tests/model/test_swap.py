"""Training documents with other place names: the labels go with the names."""

from __future__ import annotations

import random

from geo.model import pieces
from geo.model.encoder import TAGS, WEIGHTS
from geo.model.train.data import Example, marked
from geo.model.train.swap import names, swapped

TEXT = "Lisa Morven of Ashby said the Ashby bridge in Tolver County was shut. Afghan drivers of Ashbying went by Ky. 4."
TOWNS = {"Vientiane": 900_000, "São Tomé": 70_000}


def example() -> Example:
    tokenizer = pieces.load(str(WEIGHTS / "places" / "tokenizer.json"))
    gold = []
    for phrase, tag in (("Ashby", "toponym"), ("Tolver County", "toponym"), ("Afghan", "demonym"), ("Ky.", "toponym")):
        at = -1
        while (at := TEXT.find(phrase, at + 1)) >= 0:
            if not TEXT[at + len(phrase) :].startswith("ing"):
                name = {"start": at, "end": at + len(phrase), "phrase": phrase, "tag": tag}
                gold.append({**name, "demonym": tag == "demonym"})
    return marked("made/1", "made", TEXT, tokenizer, gold)


def test_a_name_is_replaced_wherever_it_stands_and_its_labels_go_with_it() -> None:
    old = example()
    tokenizer = pieces.load(str(WEIGHTS / "places" / "tokenizer.json"))
    new = swapped(old, names([old], TOWNS), tokenizer, 1.0, random.Random(7))
    phrases = [n["phrase"] for n in new.gold]
    assert all(new.text[n["start"] : n["end"]] == n["phrase"] for n in new.gold)
    assert len(phrases) == len(old.gold)
    assert phrases[0] == phrases[1] != "Ashby"
    assert "Ashbying" in new.text, "only whole words are names"
    assert phrases[-1] == "Ky.", "short forms stay"
    assert "Afghan" in phrases, "so do peoples"
    begun = new.pieces.starts[new.tags == TAGS.index("B-toponym")].tolist()
    assert begun == [n["start"] for n in sorted(new.gold, key=lambda n: n["start"]) if n["phrase"] != "Afghan"]


def test_nothing_is_replaced_when_no_name_is_drawn() -> None:
    old = example()
    tokenizer = pieces.load(str(WEIGHTS / "places" / "tokenizer.json"))
    assert swapped(old, names([old], TOWNS), tokenizer, 0.0, random.Random(2)) is old
