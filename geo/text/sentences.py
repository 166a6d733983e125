"""An article becomes sentences: exact stretches of its text, each in its section."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from geo.text.article import Article, Sentence
from geo.text.layout import plain
from geo.text.notices import LONGEST_NOTICE, notice_in
from geo.text.page import Block
from geo.text.sections import blocks
from geo.text.span import Span

LONGEST = 2_000
"""No stretch is longer: a text without a full stop is cut at a blank, one without blanks anywhere, so that what reads
sentences later has a bound. The longest sentence of the training sets has under 1,000 characters."""

_FULL = ".!?…؟۔।॥。！？"
_STOP = re.compile(rf"[{_FULL}]+[\"'”’»)\]]*(?:\[\d{{1,3}}\]){{0,6}}")  # a reference's number may follow: "marched.[3]"
_NO_BLANK = "。！？"  # scripts that put no blank between sentences
_ENUMERATOR = re.compile(
    r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,5})[.)]\s*"
)  # "1." opens a list's sentence and is none itself
_BEFORE = re.compile(r"[^\s\"'“‘(\[]+$")
_AFTER = re.compile(r"\s*[\"'“”‘’«(\[]*\s*([^\s\"'“”‘’«(\[]*)")
_NAMES = re.compile(r"\s*(?:[^\W\d_][\w'’.-]*\s+){1,5}?([a-z]+)\b")
_LOOK = 120  # characters looked at on either side of a full stop: keeps the splitter linear


def sentences(article: Article) -> tuple[Sentence, ...]:
    """Every sentence of the article in text order, headlines, captions and what the gate shuts out included.

    Together they cover every character that is not blank. A text without words gives none.
    """
    found: list[Sentence] = []
    every = blocks(article.text, title=article.title, writers=article.authors, marks=article.marks)
    for number, block in enumerate(every):
        found += [_sentence(article, span, block, number) for span in split(article.text, block)]
    return tuple(found)


def _sentence(article: Article, span: Span, block: Block, number: int) -> Sentence:
    """The sentence in its block's section, unless it is a notice of the site inside a paragraph."""
    if block.section == "body" and len(span) <= LONGEST_NOTICE:
        notice = notice_in(plain(span.of(article.text)))
        if notice is not None:
            because = f"a sentence of the site inside a paragraph, told by its words: {notice.because}"
            return Sentence(article, span, "boilerplate", number, because)
    return Sentence(article, span, block.section, number, block.because)


def split(text: str, block: Block | Span) -> Iterator[Span]:
    """The sentences of one stretch of text, without the blanks around them."""
    whole = block.span if isinstance(block, Block) else block
    start = whole.start
    for stop in _STOP.finditer(text, whole.start, whole.end):
        at = _end(text, stop, whole)
        if at is not None and at > start and not _ENUMERATOR.fullmatch(text, start, min(at, start + 12)):
            yield from _trimmed(text, start, at)
            start = at
    yield from _trimmed(text, start, whole.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without outer blanks, cut where it is longer than LONGEST; nothing when blank."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        blank = max(
            text.rfind(" ", start + LONGEST // 2, start + LONGEST),
            text.rfind("\n", start + LONGEST // 2, start + LONGEST),
        )
        cut = blank if blank > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _end(text: str, stop: re.Match[str], whole: Span) -> int | None:
    """Where the sentence ends that this full stop may close, or None when it goes on."""
    closers = stop.group().lstrip(_FULL)
    mark = stop.group()[: len(stop.group()) - len(closers)]
    at = stop.end()
    if at >= whole.end:
        return at
    ahead = text[at + 1 : at + 2] if text[at] == " " else text[at]
    if ahead.islower() or (ahead.isdigit() and text[at] != " "):
        return None  # the common case, settled without looking further
    if mark[-1] in _NO_BLANK:
        return at
    if not text[at].isspace():
        return _glued_end(text, stop, closers, whole)
    after = text[at : min(at + _LOOK, whole.end)]
    found = _AFTER.match(after)
    follows = found.group(1) if found else ""
    if not follows:
        return at
    if not _may_begin(follows, after):
        return None
    if "." in mark and not closers and mark == "." and _is_shortening(text, stop.start(), whole.start, follows):
        return None
    if mark == "…" and not closers and not follows[0].isupper():
        return None
    if closers and mark[-1] in "?!" and _says(after):
        return None
    return at


def _may_begin(word: str, after: str) -> bool:
    """Whether a sentence can begin with this word: a capital, a digit or a sign, or anything after an opening quote."""
    if word[0].isupper() or word[0].isdigit():
        return True
    if word[0].isalpha():
        quote = after.lstrip()[:1]
        return quote in "“«[" or word[0].lower() == word[0].upper()  # scripts without capitals
    return True


def _is_shortening(text: str, stop: int, start: int, follows: str) -> bool:
    """Whether the full stop belongs to a shortened word or an initial, and the sentence goes on."""
    found = _BEFORE.search(text[max(start, stop - 24) : stop])
    if not found:
        return False
    word = found.group()
    key = word.casefold().rpartition("-")[2]
    if key in _words("before_a_name") and not (len(word) == 1 and word.isupper()):
        return key not in _words("before_a_number") or follows[0].isdigit()
    begins = follows.casefold().rstrip(",.;:") in _words("begins_one")
    if len(word) == 1 and word.isupper():
        return word != "I" or not begins
    if key in _words("sometimes_last") or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return not begins
    return False


def _glued_end(text: str, stop: re.Match[str], closers: str, whole: Span) -> int | None:
    """A sentence that ends without a blank after it: ``results.””We are``, ``says.Currently``."""
    at = stop.end()
    after = text[at : min(at + _LOOK, whole.end)]
    before = text[max(whole.start, stop.start() - _LOOK) : stop.start()]
    if stop.group().strip("\"'”’»)]") in ("…", "...") and not closers:
        return None
    if closers:
        quotes = [i for i, sign in enumerate(closers) if sign in "\"'”’"]
        if after[0].isupper() and len(quotes) >= 2:
            return stop.start() + (len(stop.group()) - len(closers)) + quotes[-1]
        if after[0].isupper() and closers[-1] in "”\"’'" and not _says(" " + after):
            return _side_of_quote(text, stop, closers, whole)
        return at if after[0] in "“‘(" else None
    if after[0] in "“‘" and before[-1:].isalpha():
        return at
    word = _BEFORE.search(before)
    small = word is not None and len(word.group()) > 1 and word.group().isalpha() and word.group()[-2:].islower()
    next_word = re.match(r"[A-Z][a-z’']*(?=[\s,])|[A-Z][a-z]+", after)
    if small and next_word and not re.match(r"\S*[@/]|[A-Za-z]+\.[a-z]", after):
        return at
    return None


def _side_of_quote(text: str, stop: re.Match[str], closers: str, whole: Span) -> int:
    """A single quote mark between two glued sentences opens the second when no quotation is open before it."""
    before = text[max(whole.start, stop.start() - 20 * _LOOK) : stop.start()]
    curly = closers[-1] == "”"
    opened = before.rfind("“") > before.rfind("”") if curly else before.count(closers[-1]) % 2 == 1
    return stop.end() if opened else stop.end() - 1


def _says(after: str) -> bool:
    """Whether the words after a quotation say who spoke: ``Okello asked``."""
    found = _NAMES.match(after)
    return found is not None and found.group(1) in _words("says")


@cache
def _words(name: str) -> frozenset[str]:
    data = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])
