"""Nothing that an article says can become markup."""

from __future__ import annotations

import re

import pytest

from geo.text.span import Span
from geo.view.words import Mark, marked, plain
from tests.made import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>", "&lt;b&gt;"),
        ("\"quoted\" & 'so'", "&quot;quoted&quot; &amp; &#x27;so&#x27;"),
        ("a\x00b", "a\ufffdb"),
        ("\u202edrow\u202c", "drow"),
        ("\ud800", "\ufffd"),
        (None, ""),
        (7, "7"),
        ("کابل", "کابل"),
    ],
)
def test_text_is_shown_letter_by_letter(text: object, shown: str) -> None:
    assert plain(text) == shown


def test_marks_stand_around_their_exact_words() -> None:
    text = "Before. They marched in Herat. After."
    html = marked(text, Span(8, 30), [Mark(Span(13, 20), "word", "decides"), Mark(Span(24, 29), "place")])
    assert html == 'They <mark class="m-word" title="decides">marched</mark> in <mark class="m-place">Herat</mark>.'


def test_overlapping_marks_share_a_stretch() -> None:
    html = marked("abcdef", Span(0, 6), [Mark(Span(0, 4), "word"), Mark(Span(2, 6), "cue")])
    assert html == '<mark class="m-word">ab</mark><mark class="m-word m-cue">cd</mark><mark class="m-cue">ef</mark>'


def test_marks_that_reach_outside_are_cut_off() -> None:
    assert marked("abcdef", Span(2, 4), [Mark(Span(0, 3), "word")]) == '<mark class="m-word">c</mark>d'


def test_a_hostile_text_stays_text() -> None:
    html = marked(HOSTILE, Span(0, len(HOSTILE)), [Mark(Span(3, 60), "word", HOSTILE)])
    assert set(re.findall(r"<[^>]*>", html)) <= {"</mark>", *re.findall(r'<mark class="m-word" title="[^"<>]*">', html)}
