"""Who says it on whole made-up pages: a wire report, live text, a court, a tabloid, HTML, a briefing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.claims.speakers import listen
from geo.claims.voices import voices
from geo.model.grammar import Grammar
from geo.text.reader import read
from geo.text.sentences import sentences
from geo.text.span import Span

PAGES = Path(__file__).with_name("pages")
ROWS: dict[str, list[list[str]]] = tomllib.loads((PAGES / "said.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", list(ROWS))
def test_the_sentences_of_a_page_are_given_to_who_says_them(name: str) -> None:
    path = next(path for path in sorted(PAGES.glob(f"{name}.*")))
    every = [sentence for sentence in sentences(read(path)) if sentence.open]
    docs = Grammar.shared().parse([sentence.text for sentence in every])
    heard = listen(every, docs)
    wrong = []
    for key, word, kind, stances, speakers in ROWS[name]:
        i = next(i for i, one in enumerate(every) if key in " ".join(one.text.split()))
        text = every[i].text
        at = max(text.find(word, max(0, text.find(key[:8]))), text.find(word))
        found = voices(every[i], docs[i], heard[i], [Span(at, at + len(word))], kind)
        told = [voice.speaker or "" for voice in found]
        right = (
            any(one.lower() in who.lower() for who in told for one in speakers.split("|")) if speakers else not any(told)
        )
        if not right or not any(voice.stance in stances.split("|") for voice in found):
            wrong.append((text, [(voice.stance, voice.speaker) for voice in found]))
    assert not wrong
