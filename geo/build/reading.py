"""Reading one article, from JSON to JSON: what a worker does, wherever it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger.kept import article_from, reading_json
from geo.ledger.provenance import program_version
from geo.text.article import Article
from geo.text.period import Period

Reader = Callable[[Article], Reading]
Outcome = tuple[bool, str]
"""Whether an article was read, and the reading as JSON, or else why it was not."""


def read_one(article: str, version: str, reader: Reader | None = None) -> Outcome:
    """Read one article, given as ``article_json`` makes it.

    Raises Fault when the worker has another version of the program than ``version``. An article on which the reader
    fails, or in which it finds no sentence, is refused with that reason: one article must not stop the others.
    """
    same_program(version)
    return read(article_from(article), reader)


def read(article: Article, reader: Reader | None = None) -> Outcome:
    """The same for an article at hand."""
    try:
        reading = (reader or own_reader())(article)
        return (True, reading_json(reading)) if reading.sentences else (False, "no sentences in it")
    except BadInput as error:
        return False, error.reason
    except Fault:
        raise  # a model or the gazetteer is not whole: that is no fault of the article's, and no other can be read either
    except Exception as error:
        return False, f"the reader failed on it, which is a mistake of ours: {type(error).__name__}: {error}"[:500]


@cache
def ready(reader: Reader | None) -> None:
    """Load the project's models now, once in a process, so that no article's time has theirs in it."""
    if reader is None:
        own_reader()(Article("a", "A", "They met in Paris.", Period.unknown("")))


def same_program(version: str) -> None:
    """Raises Fault unless this worker has that version of the program; an empty one is any."""
    if version and program_version() != version:
        raise Fault("worker", "it has another version of the atlas, its models or its packages than this machine")


def named(reader: Reader | None) -> str:
    """The name of another reader than the project's own, under which what it read is kept; empty for that one."""
    return f"{reader.__module__}.{reader.__qualname__}" if reader else ""


def own_reader() -> Reader:
    """The project's reader of articles; its models are loaded when it first reads."""
    from geo.claims.extract import read_article

    return read_article
