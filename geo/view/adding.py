"""Articles that a reader gives: read for this session, and kept only where the reader asks for it and may."""

from __future__ import annotations

import hashlib
import io
import lzma
import tempfile
import threading
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from geo.build import grouped, read_all
from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger.query import Ledger
from geo.ledger.write import write
from geo.text.article import Article
from geo.text.reader import SUFFIXES, from_record, parse
from geo.view.cards import web_address
from geo.view.fetching import LookUp, fetch

MOST_FILES = 20
MOST_BYTES = 5_000_000  # of one file, and of all files of an archive together
MOST_LETTERS = 200_000  # of all articles together: about a minute's reading on a small host
_ONE_AT_A_TIME = threading.Lock()  # readers wait for each other: a small host has memory for one reading


@dataclass(frozen=True, slots=True)
class Given:
    """The articles a reader gave, and what could not be used, each with its reason."""

    articles: tuple[Article, ...]
    refused: tuple[Fault, ...]

    def __add__(self, other: Given) -> Given:
        return Given(self.articles + other.articles, self.refused + other.refused)


@dataclass(frozen=True, slots=True)
class Own:
    """What was read of them."""

    readings: tuple[Reading, ...]
    refused: tuple[Fault, ...]

    def __add__(self, other: Own) -> Own:
        """Both; an article that is given again takes the place of what was read before."""
        again = {reading.article.id for reading in other.readings}
        before = tuple(reading for reading in self.readings if reading.article.id not in again)
        return Own((*before, *other.readings), other.refused)


def from_text(text: str, publisher: str | None, published: date | None) -> Given:
    """A pasted text."""
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")[:120]
    record = {
        "id": f"pasted-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}",
        "text": text,
        "title": title,
        "publisher": publisher,
    }
    try:
        if len(text) > MOST_LETTERS:
            raise BadInput("pasted text", f"{len(text):,} characters; {MOST_LETTERS:,} at most are read here")
        return Given(
            (from_record(record | ({"date": published.isoformat()} if published else {}), where="pasted text"),), ()
        )
    except Fault as fault:
        return Given((), (fault,))


def from_files(files: Sequence[tuple[str, bytes]]) -> Given:
    """Uploaded files as (name, content); archives are opened, and no name in one is taken for a path."""
    articles: list[Article] = []
    refused: list[Fault] = []
    for n, (name, content) in enumerate(_unpacked(files, refused)):
        if n >= MOST_FILES:
            refused.append(BadInput(name, f"left out: {MOST_FILES} files at most"))
            break
        try:
            if len(content) > MOST_BYTES:
                raise BadInput(name, f"too large: {len(content):,} bytes, {MOST_BYTES:,} at most")
            article = parse(content, Path(Path(name).name))
            if sum(len(other.text) for other in articles) + len(article.text) > MOST_LETTERS:
                raise BadInput(
                    name, f"left out: {MOST_LETTERS:,} characters at most are read here; build a ledger of more"
                )
            articles.append(article)
        except Fault as fault:
            refused.append(fault)
    return Given(tuple(articles), tuple(refused))


def from_address(url: str, look_up: LookUp | None = None) -> Given:
    """A page of the web. Whether a reader may have one fetched at all is asked before (``hosting.allowed``)."""
    try:
        page = fetch(url, look_up)
        article = parse(page.content, Path(page.name))
        if len(article.text) > MOST_LETTERS:
            raise BadInput(page.url, f"{len(article.text):,} characters; {MOST_LETTERS:,} at most are read here")
        return Given((replace(article, url=page.url),), ())
    except Fault as fault:
        return Given((), (fault,))


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
"""What a damaged archive makes zipfile and the unpackers below it raise."""


def _unpacked(files: Sequence[tuple[str, bytes]], refused: list[Fault]) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        if not name.lower().endswith(".zip"):
            yield name, content
            continue
        try:
            yield from _members(name, content)
        except Fault as fault:
            refused.append(fault)
        except _DAMAGE as error:
            refused.append(BadInput(name, f"not an archive that can be read: {error}"))


def _members(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The articles of an archive. The size is counted while unpacking: what an archive says of itself may be a lie."""
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        wanted = [info for info in archive.infolist() if Path(info.filename).suffix.lower() in SUFFIXES]
        if not wanted:
            raise BadInput(name, f"holds no article: expected {', '.join(SUFFIXES)}")
        for info in wanted[: MOST_FILES + 1]:
            with archive.open(info) as member:
                text = member.read(left + 1)
            left -= len(text)
            if left < 0:
                raise BadInput(name, f"too large when unpacked: {MOST_BYTES:,} bytes at most")
            yield info.filename, text


def read(articles: Sequence[Article], progress: Callable[[int, int], object] = lambda done, total: None) -> Own:
    """Read them, one after the other, in this process; ``progress`` is told how many of how many are done."""
    readings: list[Reading] = []
    refused: list[Fault] = []
    try:
        with _ONE_AT_A_TIME:
            for done, article in enumerate(articles):
                progress(done, len(articles))
                read_, not_read = read_all([article], workers=1)
                readings += read_
                refused += not_read
            progress(len(articles), len(articles))
    except Fault as fault:  # a model or the gazetteer is not whole: no article can be read
        return Own((), (fault,))
    return Own(tuple(readings), tuple(refused))


def together(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with what only all of them tell: copies of one another, and events told twice."""
    return grouped(readings)


def keep(article: Article, corpus: Path) -> Path:
    """Put an article into a corpus, beside its briefs where it has any; the file that was written.

    Nothing that is there is written over: the same text is left alone, another one gets another name. Raises Fault when
    the folder takes no file.
    """
    folder = corpus.resolve().parent / "originals" if corpus.name == "articles" else corpus
    content = as_file(article)
    name = "-".join(part for part in "".join(s if s.isalnum() else "-" for s in article.id).split("-") if part)[:80]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for n in range(1, 1000):
            file = folder / (f"own-{name or 'article'}" + (f"-{n}" if n > 1 else "") + ".md")
            if not file.exists():
                file.write_text(content, encoding="utf-8")
                return file
            if file.read_text(encoding="utf-8") == content:
                return file
        raise Fault(folder, "there are too many articles of this name")
    except (OSError, UnicodeError) as error:
        raise Fault(folder, f"the article cannot be kept here: {getattr(error, 'strerror', None) or error}") from error


def as_file(article: Article) -> str:
    """An article as Markdown with front matter, which reads as the same article."""
    day = article.published
    facts: dict[str, object] = {
        "title": _one_line(article.title),
        "publisher": _one_line(article.publisher),
        "url": web_address(article.url) if " " not in _one_line(article.url) else None,
        "published": f"{day.first}/{day.last}" if day.first and day.words is None else None,
        "published_basis": _one_line(day.because) if day.first and day.words is None else None,
        "text": "original",
    }
    authors = [_one_line(author) for author in article.authors[:20]]
    known = {name: value for name, value in facts.items() if value} | ({"authors": authors} if authors else {})
    return f"---\n{yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)}---\n{article.text}\n"


def _one_line(words: str | None) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words or "").split())[:500]


MOST_BESIDE = 20_000
"""Claims of a ledger beside which a reader's own are shown: each such reader has the tables in memory once more."""


def beside(folder: Path, readings: Sequence[Reading]) -> Ledger:
    """The ledger in a folder with the articles of one session beside it; their files last as long as it does. Raises
    Fault when there is no disk for them, or the ledger is not whole."""
    try:
        made = tempfile.TemporaryDirectory()
    except OSError as error:
        raise Fault("temporary files", f"what was read cannot be shown: {error.strerror or error}") from error
    write(together(readings), Path(made.name))
    ledger = Ledger.open(folder, made.name)
    weakref.finalize(ledger, made.cleanup)
    return ledger


@contextmanager
def kept(readings: Sequence[Reading]) -> Iterator[Ledger]:
    """A ledger of these readings for as long as it is looked at. Raises Fault when there is no disk for it."""
    try:
        made = tempfile.TemporaryDirectory()
    except OSError as error:
        raise Fault("temporary files", f"what was read cannot be shown: {error.strerror or error}") from error
    with made as folder:
        write(together(readings), Path(folder))
        ledger = Ledger.open(folder)
        try:
            yield ledger
        finally:
            ledger.close()
