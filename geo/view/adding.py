"""Articles that a reader gives: read for this session and kept nowhere."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.build import read_all
from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger.query import Ledger
from geo.ledger.write import write
from geo.text.article import Article
from geo.text.reader import SUFFIXES, from_record, parse

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


def from_text(text: str, publisher: str | None, published: date | None) -> Given:
    """A pasted text."""
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")[:120]
    record = {"id": "pasted", "text": text, "title": title, "publisher": publisher}
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


def _unpacked(files: Sequence[tuple[str, bytes]], refused: list[Fault]) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        if not name.lower().endswith(".zip"):
            yield name, content
            continue
        try:
            yield from _members(name, content)
        except Fault as fault:
            refused.append(fault)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
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


def read(articles: Sequence[Article]) -> Own:
    """Read them, one after the other, in this process."""
    try:
        with _ONE_AT_A_TIME:
            readings, refused = read_all(articles, workers=1)
    except Fault as fault:  # a model or the gazetteer is not whole: no article can be read
        return Own((), (fault,))
    return Own(tuple(readings), tuple(refused))


@contextmanager
def kept(readings: Sequence[Reading]) -> Iterator[Ledger]:
    """A ledger of these readings for as long as it is looked at. Raises Fault when there is no disk for it."""
    try:
        made = tempfile.TemporaryDirectory()
    except OSError as error:
        raise Fault("temporary files", f"what was read cannot be shown: {error.strerror or error}") from error
    with made as folder:
        write(readings, Path(folder))
        ledger = Ledger.open(folder)
        try:
            yield ledger
        finally:
            ledger.close()
