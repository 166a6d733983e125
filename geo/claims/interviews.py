"""Interviews printed as questions and answers: whose words the answers are, though no "said" stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from geo.claims.patterns import pattern
from geo.text.article import Sentence
from geo.text.span import Span

FEWEST = 3
"""Questions with an answer each from which on a page that calls itself an interview is one."""
LONGEST_QUESTION = 90
"""Words; a longer line is no question, though it may end with one."""
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,4}) ?: +\S")
_ASKS = re.compile(r"\?[\s\"”’']*$")


@dataclass(frozen=True, slots=True)
class Interview:
    """Who answers (the name as the reader knows it, and where it stands) and the sentences that are answers."""

    name: str
    words: Span
    answers: frozenset[int]


def interview(sentences: Sequence[Sentence], docs: Sequence[Doc]) -> Interview | None:
    """The interview that a page is; None for a page that asks and answers less, or does not name who answers."""
    if not sentences:
        return None
    text = sentences[0].article.text
    lines = [(i, _line(text, sentence.span.start)) for i, sentence in enumerate(sentences) if sentence.section == "body"]
    asked = {line for _, line in lines if _is_question(line.of(text))}
    answered = [(i, line) for i, line in lines if line not in asked and any(one.start < line.start for one in asked)]
    labels = Counter(found["name"] for _, line in lines if (found := _LABEL.match(line.of(text))))
    if len(asked) < FEWEST or not (_called_so(text) or len([name for name in labels if _is_name(name)]) >= 2):
        return None
    who = _who(sentences, docs, labels)
    if who is None:
        return None
    last = max(line.start for line in asked)
    kept = {i for i, line in answered if line.start <= _next_line(text, last) and not _of_the_page(line.of(text))}
    return Interview(*who, frozenset(kept)) if len(kept) >= FEWEST else None


def _line(text: str, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return Span(start, len(text) if end < 0 else end)


def _next_line(text: str, at: int) -> int:
    """Where the line after the one at ``at`` begins, blank lines skipped."""
    end = _line(text, at).end
    return end + len(text[end:]) - len(text[end:].lstrip())


def _is_question(line: str) -> bool:
    return _ASKS.search(line.rstrip()) is not None and len(line.split()) <= LONGEST_QUESTION


def _called_so(text: str) -> bool:
    return pattern("voices", "interviews", "called").search(text[:3000]) is not None


def _of_the_page(line: str) -> bool:
    return pattern("voices", "interviews", "notice").search(line[:200]) is not None


def _is_name(label: str) -> bool:
    return len(label) == 1 or all(word[:1].isupper() for word in label.split())


def _who(sentences: Sequence[Sentence], docs: Sequence[Doc], labels: Counter[str]) -> tuple[str, Span] | None:
    """The person named by a label, or else the first in the text with a full name who is no author of it."""
    people = list(_people(sentences, docs))
    own = {name.casefold() for name in (*sentences[0].article.authors, sentences[0].article.publisher or "")}
    labelled = {name.casefold() for name in labels}
    for name, words in people:
        if name.casefold() in labelled and name.casefold() not in own:
            return name, words
    return next(((name, words) for name, words in people if " " in name and name.casefold() not in own), None)


def _people(sentences: Sequence[Sentence], docs: Sequence[Doc]) -> Iterator[tuple[str, Span]]:
    for sentence, doc in zip(sentences, docs, strict=True):
        if sentence.section in ("headline", "subhead", "body", "caption"):
            for entity in doc.ents:
                if entity.label_ == "PERSON":
                    name = re.sub(r"['’]s?$", "", entity.text).strip()
                    yield name, Span(entity.start_char, entity.end_char).shifted(sentence.span.start)
