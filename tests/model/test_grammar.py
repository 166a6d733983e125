"""The grammar gives exact offsets for any text, and in a time that grows no faster than the text."""

from __future__ import annotations

import time

import pytest

from geo.model.grammar import PIECE, RUN, Grammar


def test_a_sentence_has_a_tree_and_entities() -> None:
    (doc,) = Grammar.shared().parse(["The governor met elders in Herat on Sunday."])
    assert [t.lemma_ for t in doc if t.dep_ == "ROOT"] == ["meet"]
    assert "Sunday" in [e.text for e in doc.ents if e.label_ == "DATE"]


HOSTILE = ["", " ", "\n\n", "a\x00b went home.", "x\udc80 y.", "\u202eabc\u202c", "{{7*7}} {% raw %}", "(" * 3_000]


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 3_000 + " and on."])
def test_offsets_are_those_of_the_text(text: str) -> None:
    (doc,) = Grammar.shared().parse([text])
    assert len(doc.text) == len(text)
    for token in doc:
        assert doc.text[token.idx : token.idx + len(token)] == token.text


def test_a_long_text_is_parsed_in_pieces_that_join_exactly() -> None:
    text = "The mayor spoke in Oslo.\n" * (3 * PIECE // 25)
    first, second = Grammar.shared().parse([text, "And then?"])
    assert first.text == text
    assert second.text == "And then?"


@pytest.mark.parametrize("mark", ["(", "\u2026"])
def test_ten_million_characters_without_a_blank_take_seconds(mark: str) -> None:
    began = time.process_time()
    (doc,) = Grammar.shared().parse([mark * 10_000_000])
    assert len(doc) == 1
    assert time.process_time() - began < 60


def test_marks_in_runs_just_short_of_the_limit_stay_cheap() -> None:
    began = time.process_time()
    Grammar.shared().parse([("(" * (RUN - 1) + " ") * 100])
    assert time.process_time() - began < 30
