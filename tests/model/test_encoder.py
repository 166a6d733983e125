"""The shipped encoders: floors on sentences of our own, exact offsets, and text that means harm."""

from __future__ import annotations

import json
import re
import shutil
import time
import tomllib
from pathlib import Path

import pytest

from geo.faults import DamagedModel
from geo.model.encoder import KINDS, MANIFEST, WEIGHTS, Encoder
from geo.model.weights import SUBJECTS

CASES = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
MARKED = re.compile(r"\[([^\]]+)\]|<([^>]+)>|\{([^}]+)\}")

HERE = all((WEIGHTS / subject / MANIFEST).exists() for subject in SUBJECTS)
needs_weights = pytest.mark.skipif(not HERE, reason="no weights in geo/model/weights")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = Encoder.shared("places")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def of_kinds() -> Encoder:
    found = Encoder.shared("kinds")
    assert found is not None
    return found


def unmarked(sentence: str) -> tuple[str, dict[tuple[int, int], str]]:
    """The plain sentence, and its names: (start, end) to place, actor or demonym."""
    plain, names, end = "", {}, 0
    for mark in MARKED.finditer(sentence):
        plain += sentence[end : mark.start()]
        kind = ("place", "actor", "demonym")[(mark.lastindex or 1) - 1]
        names[len(plain), len(plain) + len(mark[mark.lastindex or 1])] = kind
        plain += mark[mark.lastindex or 1]
        end = mark.end()
    return plain + sentence[end:], names


GOLD = [unmarked(s) for s in (*CASES["sentences"], *CASES["without"])]


@needs_weights
def test_names_are_found_and_demonyms_kept_apart(encoder: Encoder) -> None:
    hit = extra = missed = 0
    for (_, gold), found in zip(GOLD, encoder.toponyms([text for text, _ in GOLD]), strict=True):
        want = {(*span, kind == "demonym") for span, kind in gold.items()}
        got = {(n.start, n.end, n.demonym) for n in found}
        hit, extra, missed = hit + len(want & got), extra + len(got - want), missed + len(want - got)
    assert 2 * hit / (2 * hit + extra + missed) >= 0.85


@needs_weights
def test_a_capital_that_acts_is_told_from_one_where_things_happen(encoder: Encoder) -> None:
    right = seen = 0
    for (_, gold), found in zip(GOLD, encoder.toponyms([text for text, _ in GOLD]), strict=True):
        for name in found:
            kind = gold.get((name.start, name.end))
            if kind in ("place", "actor"):
                seen += 1
                right += (name.metonymy > 0.5) == (kind == "actor")
    assert right / seen >= 0.85


@needs_weights
def test_offsets_are_those_of_the_text_whatever_stands_before(encoder: Encoder) -> None:
    text = "\u202e\x00 \U0001f525 e\u0301 {{7*7}}\r\n\r\n" * 40 + "The fire reached Lisbon on Sunday."
    ends = [text[n.start : n.end] for n in encoder.toponyms([text])[0]]
    assert "Lisbon" in ends


@needs_weights
def test_a_name_is_found_at_every_place_of_a_long_text(encoder: Encoder) -> None:
    text = "Heavy rain fell on Lisbon again, and the river rose.\n" * 120
    found = [text[n.start : n.end] for n in encoder.toponyms([text])[0]]
    assert found.count("Lisbon") >= 114


@needs_weights
def test_texts_do_not_depend_on_their_company(encoder: Encoder, of_kinds: Encoder) -> None:
    texts = [text for text, _ in GOLD]
    together = encoder.toponyms(texts)
    for text, found in list(zip(texts, together, strict=True))[:6]:
        alone = encoder.toponyms([text])[0]
        assert alone == found
    assert of_kinds.kinds(texts)[:6] == [of_kinds.kinds([text])[0] for text in texts[:6]]


@needs_weights
@pytest.mark.parametrize("text", ["", "\x00", " \n ", "\udc80", "(" * 3_000, "{% raw %}", "x" * 50_000])
def test_hostile_text_is_just_text(encoder: Encoder, of_kinds: Encoder, text: str) -> None:
    for name in encoder.toponyms([text])[0]:
        assert 0 <= name.start < name.end <= len(text)
    for score in of_kinds.kinds([text])[0].values():
        assert 0 <= score <= 1


@needs_weights
def test_ten_million_characters_without_a_blank_take_seconds(encoder: Encoder) -> None:
    began = time.process_time()
    assert encoder.toponyms(["(" * 10_000_000]) == [[]]
    assert time.process_time() - began < 60


@needs_weights
def test_no_text_gives_no_names(encoder: Encoder, of_kinds: Encoder) -> None:
    assert encoder.toponyms([]) == []
    assert of_kinds.kinds([]) == []


@needs_weights
def test_a_head_that_is_not_shipped_says_nothing(encoder: Encoder, of_kinds: Encoder) -> None:
    assert encoder.kinds(["Crowds marched through Lisbon."]) == [{}]
    assert of_kinds.toponyms(["Crowds marched through Lisbon."]) == [[]]


KIND_CASES = {
    "protest": [
        "Hundreds of students marched to the parliament to demand lower fees.",
        "Nurses went on strike and picketed the hospital over unpaid wages.",
        "Crowds gathered in the square and chanted slogans against the mayor.",
    ],
    "arms_flow": [
        "Officials said the militia had received rifles and ammunition from its neighbour.",
        "The ministry denied supplying weapons to the rebels.",
        "Two ships carrying missiles for the insurgents were stopped at sea.",
    ],
    "meeting": [
        "The two foreign ministers held talks on the border dispute.",
        "Delegations from five states will meet for a peace conference next month.",
        "The president travelled to the summit and met his counterpart there.",
    ],
}


@needs_weights
def test_a_sentence_scores_highest_in_its_own_kind(of_kinds: Encoder) -> None:
    texts = [text for texts in KIND_CASES.values() for text in texts]
    scores = of_kinds.kinds(texts)
    assert set(scores[0]) == set(KINDS)
    wanted = [kind for kind in KIND_CASES for _ in range(3)]
    assert sum(max(s, key=s.__getitem__) == kind for s, kind in zip(scores, wanted, strict=True)) >= 8


@needs_weights
def test_no_file_is_larger_than_forty_megabytes() -> None:
    assert max(file.stat().st_size for file in WEIGHTS.rglob("*.*")) < 40_000_000


@needs_weights
@pytest.mark.parametrize("damage", ["encoder.onnx", "labels.json", "tokenizer.json", MANIFEST])
def test_damaged_weights_are_refused_before_they_are_opened(damage: str, tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS / "places", tmp_path / "weights")
    with (tmp_path / "weights" / damage).open("r+b") as file:
        file.write(b"!")
    with pytest.raises(DamagedModel, match=damage):
        Encoder.open(tmp_path / "weights")


@needs_weights
def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS / "places", tmp_path / "weights")
    (tmp_path / "weights" / "labels.json").unlink()
    with pytest.raises(DamagedModel, match=r"labels\.json"):
        Encoder.open(tmp_path / "weights")


@needs_weights
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_manifest_names_every_file_that_is_read(subject: str) -> None:
    files = json.loads((WEIGHTS / subject / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert set(files) == {"encoder.onnx", "labels.json", "tokenizer.json"}
