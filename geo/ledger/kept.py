"""Readings kept on disk between builds, as JSON: a damaged or hostile file can at worst be refused, never run."""

from __future__ import annotations

import gzip
import hashlib
import json
import types
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from geo.claims.claim import Claim, Reading
from geo.faults import Fault
from geo.ledger.files import replace_bytes
from geo.text.article import Article, Sentence

T = TypeVar("T")


class Kept:
    """A folder of readings by key. A reading that is there is whole; one that is damaged counts as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Reading | None:
        try:
            return reading_from(gzip.decompress(self._file(key).read_bytes()).decode())
        except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
            return None

    def text(self, key: str) -> str | None:
        """The same as ``put`` was given it."""
        try:
            text = gzip.decompress(self._file(key).read_bytes()).decode()
            reading_from(text)
            return text
        except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
            return None

    def put(self, key: str, reading: str) -> None:
        """Keep a reading, given as ``reading_json`` made it; raises Fault when the disk does not take it."""
        file = self._file(key)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_bytes(file, gzip.compress(reading.encode(), 3, mtime=0), sure=False)
        except OSError as error:
            raise Fault(self._folder, f"what was read cannot be kept here: {error.strerror or error}") from error

    def drop(self, keys: Iterable[str]) -> None:
        """Take these away, if they are there."""
        for key in keys:
            self._file(key).unlink(missing_ok=True)

    def sweep(self, keep: set[str]) -> None:
        """Take away what no article of the corpus uses any more."""
        for file in self._folder.glob("*/*"):
            if file.name.removesuffix(".json.gz") not in keep:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json.gz"


def key(article: str, version: str) -> str:
    """The key of an article, given as ``article_json`` made it, as read by one version of the program."""
    return hashlib.sha256(f"{version}\n{article}".encode()).hexdigest()


def article_json(article: Article) -> str:
    return _dumps(_plain(article))


def article_from(text: str) -> Article:
    return _made(Article, json.loads(text))


def reading_json(reading: Reading) -> str:
    """The reading as JSON; its article stands once, and a claim gives the number of its sentence."""
    number = {(s.span, s.section): n for n, s in enumerate(reading.sentences)}
    sentences = [_plain(s, "article") for s in reading.sentences]
    claims = [_plain(c, "sentence") | {"sentence": number[c.sentence.span, c.sentence.section]} for c in reading.claims]
    return _dumps(_plain(reading, "sentences", "claims") | {"sentences": sentences, "claims": claims})


def reading_from(text: str) -> Reading:
    """The reading that ``reading_json`` was given; raises ValueError, LookupError or TypeError for anything else."""
    data = json.loads(text)
    article = _made(Article, data["article"])
    sentences = tuple(_made(Sentence, s, article=article) for s in data["sentences"])
    claims = tuple(_made(Claim, c, sentence=sentences[c["sentence"]]) for c in data["claims"])
    return _made(Reading, data, article=article, sentences=sentences, claims=claims)


def article_id(reading: str) -> str:
    """The id of the article of a reading, without reading the rest of it where the text begins as ours do."""
    if reading.startswith(_HEAD):
        return str(_DECODER.raw_decode(reading, len(_HEAD))[0])
    return reading_from(reading).article.id


_HEAD = '{"article":{"id":'
_DECODER = json.JSONDecoder()


def _dumps(value: object) -> str:
    # Scores may come as numpy's numbers; ASCII keeps even half surrogate pairs exact.
    return json.dumps(value, separators=(",", ":"), default=lambda number: number.item())


def _plain(value: Any, *without: str) -> Any:
    """Dataclasses as objects, tuples as lists, days as ISO dates."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in without}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: type[T], data: Mapping[str, Any], **given: Any) -> T:
    """The dataclass of which ``data`` is the plain form; ``given`` are fields that are there already."""
    hints = _hints(kind)
    read = {name: _value(hints[name], value) for name, value in data.items() if name not in given}
    return kind(**read, **given)


def _value(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if data is None else _value(next(h for h in get_args(hint) if h is not types.NoneType), data)
    if origin is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in data)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, data)
    return date.fromisoformat(data) if hint is date else data


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
