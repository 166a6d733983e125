"""Folders and files become the articles of a corpus; one bad file never stops the others.

A folder named ``articles`` may have a folder ``originals`` beside it, where a reader keeps publishers' own texts. Each
takes the place of the brief about it, recognised by the brief's ``original_sha256`` or by its name, and keeps the
brief's front matter. An original that no brief tells about is an article of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.faults import BadInput
from geo.text.article import Article
from geo.text.decoding import decode, read_bytes
from geo.text.frontmatter import FrontMatter
from geo.text.reader import SUFFIXES, from_record, parse, read_article_file

RECORDS = (".jsonl", ".ndjson")
NOT_ARTICLES = frozenset({"readme", "license", "licence", "notice"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles that could be read, in the order of their files, and what was refused with its reason."""

    articles: tuple[Article, ...]
    refused: tuple[BadInput, ...]


def read_corpus(paths: Sequence[Path], *, originals: Path | None = None) -> Corpus:
    """Read every article in the files and folders.

    ``originals`` is the folder of publishers' own texts; by default the one beside a folder named ``articles``, when
    there is one. Raises BadInput for a path that does not exist and for a folder without a single article; whatever
    else is wrong with one file stands in ``refused``.
    """
    gathered = _Gathered([], [])
    for path in paths:
        if not path.exists():
            raise BadInput(path, "no such file or folder")
        files = _files(path)
        if not files:
            raise BadInput(
                path, f"no articles in this folder: expected files ending in {', '.join((*SUFFIXES, *RECORDS))}"
            )
        for file in files:
            gathered.read(file)
    if originals is not None and not originals.is_dir():
        raise BadInput(originals, "no such folder")
    for folder in [originals] if originals is not None else _beside(paths):
        gathered.put_originals(folder)
    return gathered.corpus()


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    found: list[tuple[Article, FrontMatter, Path]]
    refused: list[BadInput]

    def read(self, file: Path) -> None:
        try:
            if file.suffix.casefold() in RECORDS:
                self._read_records(file)
            else:
                self.found.append((*read_article_file(file), file))
        except BadInput as error:
            self.refused.append(error)

    def _read_records(self, file: Path) -> None:
        for number, row in enumerate(decode(read_bytes(file), file).split("\n"), 1):
            if not row.strip():
                continue
            where = f"{file}, line {number}"
            try:
                article = from_record(_json(row, where), where=where)
                self.found.append((replace(article, source=file.name), FrontMatter(), file))
            except BadInput as error:
                self.refused.append(error)

    def put_originals(self, folder: Path) -> None:
        """Put every original in its brief's place, or behind all other articles."""
        for file in _files(folder):
            try:
                raw = read_bytes(file)
                at = self._brief_of(file, hashlib.sha256(raw).hexdigest())
                if at is None:
                    self.found.append((parse(raw, file), FrontMatter(), file))
                else:
                    brief, facts, home = self.found[at]
                    self.found[at] = (_in_place_of(brief, parse(raw, file), facts), facts, home)
            except BadInput as error:
                self.refused.append(error)

    def _brief_of(self, file: Path, digest: str) -> int | None:
        """Where the brief stands that this file is the original of: by the hash of its bytes, else by its name."""
        by_hash = [i for i, (_, facts, _) in enumerate(self.found) if facts.original_sha256 == digest]
        by_name = [
            i for i, (article, _, _) in enumerate(self.found) if article.id == file.stem and article.kind == "brief"
        ]
        return next(iter(by_hash + by_name), None)

    def corpus(self) -> Corpus:
        """The articles under their ids; a second article of the same id is refused."""
        kept: dict[str, Article] = {}
        for article, _, file in self.found:
            if article.id in kept:
                self.refused.append(BadInput(file, f"a second article with the id {article.id!r}"))
            else:
                kept[article.id] = article
        return Corpus(tuple(kept.values()), tuple(self.refused))


def _in_place_of(brief: Article, original: Article, facts: FrontMatter) -> Article:
    """The original's words under the brief's id and front matter; what the head leaves open comes from the page."""
    return replace(
        original,
        id=brief.id,
        title=facts.title or original.title,
        publisher=facts.publisher or original.publisher,
        publisher_type=facts.publisher_type,
        authors=facts.authors or original.authors,
        url=facts.url or original.url,
        published=facts.published or original.published,
        republishes=facts.republishes,
        kind="original",
    )


def _files(path: Path) -> list[Path]:
    """The article files of a folder and the folders in it, by name; a file stands for itself."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if _is_article(file.relative_to(path)) and file.is_file())


def _is_article(name: Path) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.suffix.casefold() in (*SUFFIXES, *RECORDS) and name.stem.casefold() not in NOT_ARTICLES


def _beside(paths: Sequence[Path]) -> Iterator[Path]:
    for path in dict.fromkeys(path.resolve() for path in paths):
        folder = path.parent / "originals"
        if path.name == "articles" and path.is_dir() and folder.is_dir():
            yield folder


def _json(row: str, where: str) -> dict[str, object]:
    try:
        value = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise BadInput(where, "not a line of JSON") from error
    if not isinstance(value, dict):
        raise BadInput(where, 'not a JSON object with "id" and "text"')
    return value
