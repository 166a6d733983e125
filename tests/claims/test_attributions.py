"""Who is given what is said, over the ways in which English does so (attributions.toml), and whose quotations are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.claims.speakers import listen
from geo.claims.voices import voices
from geo.model.grammar import Grammar
from geo.text.reader import from_record
from geo.text.sentences import sentences as split
from geo.text.span import Span
from tests.claims.said import article, sentences, voice_of

ROWS: dict[str, list[list[str]]] = tomllib.loads(
    Path(__file__).with_name("attributions.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", list(ROWS))
def test_the_ways_of_giving_words_to_somebody(name: str) -> None:
    wrong = []
    for word, kind, *texts, stances, speakers in ROWS[name]:
        every = sentences(article(*texts))
        docs = Grammar.shared().parse([sentence.text for sentence in every])
        text = texts[-1]
        at = text.lower().index(word.lower())
        found = voices(every[-1], docs[-1], listen(every, docs)[-1], [Span(at, at + len(word))], kind)
        told = [voice.speaker or "" for voice in found]
        right = (
            any(one.lower() in who.lower() for who in told for one in speakers.split("|")) if speakers else not any(told)
        )
        if not right or not any(voice.stance in stances.split("|") for voice in found):
            wrong.append((text, [(voice.stance, voice.speaker) for voice in found]))
    assert not wrong


def test_a_statement_and_its_denial_are_two_judgements() -> None:
    found = voice_of("rifles", "Chad says Sudan hands rifles to the rebels; Khartoum denies it.")
    assert [(voice.stance, voice.speaker) for voice in found] == [("alleged", "Chad"), ("denied", "Khartoum")]


QUOTED = """A town waits

The town of Turku waited on Monday, and few of its people went to work at all.

Lena Voss, the mayor, smiled. “The rally was a success. We shall hold another rally.”

“The police were polite,” she said. “Nobody threw stones.

“And the rally ended at noon, as I had asked of them.”

The bishop was less happy, and said so in a letter to his priests:

“The rally broke the peace of the day and the windows of the church.”

He said that he had written to the union too.

“The next rally must be held elsewhere.”

The union has called this a “storm in a small teacup” and planned more."""


def test_quotations_go_on_over_sentences_and_paragraphs() -> None:
    every = [one for one in split(from_record({"id": "a", "text": QUOTED})) if one.open]
    heard = listen(every, Grammar.shared().parse([one.text for one in every]))
    told = {
        one.text[:12]: next((h.speaker.name for h in who if h.speaker), None)
        for one, who in zip(every, heard, strict=True)
    }
    assert told["“The rally w"] == "Lena Voss"
    assert told["We shall hol"] == "Lena Voss"
    assert told["“And the ral"] == "Lena Voss"
    assert told["“The rally b"] == "The bishop"
    assert told["“The next ra"] == "The bishop"
    assert told["The union ha"] == "The union"
