"""The section gate on made-up pages of many kinds, on the briefs, and on the originals."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.text.article import OPEN_SECTIONS
from geo.text.reader import read
from geo.text.sections import blocks
from geo.text.sentences import sentences
from tests.text.made_up_pages import SECTIONS, MadeUpPage, pages
from tests.text.originals import ROOT, gold_sentences, needs_originals, originals


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_line_of_a_made_up_page_stands_in_its_section(page: MadeUpPage) -> None:
    found = blocks(page.text)
    assert [block.span.of(page.text) for block in found] == [words.strip() for _, words in page.lines]
    wrong = [
        (kind, block.section, words)
        for (kind, words), block in zip(page.lines, found, strict=True)
        if block.section not in SECTIONS[kind]
    ]
    assert not wrong


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_section_has_its_reason(page: MadeUpPage) -> None:
    assert all(block.because for block in blocks(page.text))


@pytest.mark.parametrize("path", sorted((ROOT / "corpus" / "articles").glob("*.md")), ids=lambda path: path.stem)
def test_nothing_of_a_brief_is_shut_out(path: Path) -> None:
    assert {sentence.section for sentence in sentences(read(path))} == {"body"}


@pytest.mark.parametrize("text", ["Protests in Lima", "one", "LIMA, Peru\nMarch begins", "Reply"])
def test_a_text_without_prose_is_still_divided(text: str) -> None:
    assert blocks(text)


@pytest.mark.parametrize(
    "line",
    [
        "Get out of our country, the crowd shouted at the soldiers who had come to the market in the morning.",
        "Follow the money, said the prosecutor, and you will find the generals who sold the rifles to the rebels.",
        "Comments by the minister about the miners drew hundreds of people onto the streets of Potosi on Friday.",
        "Read more slowly, the teacher told the children, while the march passed under the windows of the school.",
        "Share prices fell in Karachi on Monday after talks between the unions and the port authority broke down.",
        "Home Secretary Amber Reyes met union leaders in the town hall on Tuesday to speak about the closures.",
        "Related charges were brought against three men who are said to have carried the weapons over the lake.",
        "By Friday evening the square was full of people again.",
        "From Monday on the shops stayed shut in protest, the union said.",
        "Support for the strike grew on Sunday, when nurses in Porto joined the march to the regional hospital.",
    ],
)
def test_prose_that_begins_like_a_notice_is_not_shut_out(line: str) -> None:
    page = "\n\n".join(
        [
            "Unions march again",
            "Thousands of people marched through the town on Friday, witnesses said.",
            line,
            "The march ended peacefully in the evening, the police said.",
        ]
    )
    found = {block.span.of(page): block.section for block in blocks(page)}
    assert found[line] == "body"


def test_a_first_paragraph_that_begins_with_by_is_no_byline() -> None:
    page = "Porto fills with nurses\n\nBy Friday evening the square was full of nurses from the north.\n\nThey sang."
    assert [block.section for block in blocks(page)][:2] == ["headline", "body"]


def test_a_text_of_very_many_lines_is_read_without_the_gate() -> None:
    found = blocks("Reply\n" * 30_000)
    assert len(found) == 30_000
    assert "not told apart" in found[0].because


@needs_originals
def test_no_comment_bio_or_button_of_the_originals_is_open() -> None:
    for path in originals():
        gold = [row for row in gold_sentences() if row["seed"] == path.name]
        for sentence in sentences(read(path)):
            for row in gold:
                start, end = row["char"]
                shared = min(end, sentence.span.end) - max(start, sentence.span.start)
                if shared > 0.5 * min(end - start, len(sentence.span)):
                    assert sentence.open == (row["section"] in OPEN_SECTIONS), (
                        path.name,
                        row["section"],
                        sentence.section,
                    )
