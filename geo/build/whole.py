"""A corpus that memory holds becomes a ledger there: articles read by a crew, each kept at once, then put together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.build.crew import crew
from geo.build.progress import Progress, shown
from geo.build.reading import Outcome, Reader, named, read_one
from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger import corrections as human
from geo.ledger.kept import Kept, article_json, key, reading_from
from geo.ledger.provenance import models, program_version
from geo.text.article import Article

_WORTH_A_PROCESS = 25  # articles: a worker takes seconds to load its models


@dataclass(frozen=True, slots=True)
class Made:
    """What a build made: ``meta.json``, how many articles were read now, what was refused, and how many corrections met
    no claim any more."""

    meta: dict[str, Any]
    fresh: int
    refused: tuple[Fault, ...]
    unmatched: int


def make(
    paths: Sequence[Path],
    out: Path,
    *,
    corrections: Sequence[Path],
    made_of: str,
    workers: int | None,
    scheduler: Any,
    progress: Progress,
    reader: Reader | None,
) -> Made:
    """Make ``out`` the ledger of the articles in these files and folders; ``made_of`` is what ``meta.json`` says of them.

    Raises Fault, and leaves the ledger as it was, when there is nothing to map or a correction makes no sense.
    """
    from geo.ledger.write import write
    from geo.places.gazetteer import Gazetteer
    from geo.text.corpus import read_corpus

    said = [line for file in corrections for line in human.load(file)]
    gazetteer = Gazetteer.shared()
    corpus = read_corpus(paths)
    readings, refused, fresh = _readings(corpus.articles, out, workers, scheduler, progress, reader)
    refused = [*corpus.refused, *refused]
    if not readings:
        raise BadInput(", ".join(map(str, paths)), _nothing(refused))
    try:
        right = human.replay(readings, said, gazetteer.get)
    except ValueError as error:
        raise BadInput(corrections[0], str(error)) from error
    # Grouped after people have spoken: a claim that was moved or redated belongs to another event.
    whole = grouped(right.readings)
    if not any(reading.claims for reading in whole):
        raise BadInput(", ".join(map(str, paths)), f"no claims in {len(readings)} articles, so there is nothing to map")
    meta = write(
        whole,
        out,
        {
            "gazetteer": gazetteer.version,
            "models": models(),
            "refused": [{"where": str(fault.where), "reason": fault.reason} for fault in refused],
            "corrections": {"made": len(said) - len(right.unmatched), "unmatched": len(right.unmatched)},
            "made_of": made_of,
        },
        country_name=lambda code: place.name if (place := gazetteer.country(code)) else None,
        corrected=right.marks,
    )
    return Made(meta, fresh, tuple(refused), len(right.unmatched))


def _readings(
    articles: Sequence[Article],
    out: Path,
    workers: int | None,
    scheduler: Any,
    progress: Progress,
    reader: Reader | None,
) -> tuple[list[Reading], list[Fault], int]:
    """The readings in the order of the articles, what was refused, and how many were read now."""
    version = program_version()
    kept = Kept(out / ".cache")
    texts = [article_json(article) for article in articles]
    keys = [key(text, named(reader) or version) for text in texts]
    found = {n: reading for n, k in enumerate(keys) if (reading := kept.get(k)) is not None}
    todo = [n for n in range(len(texts)) if n not in found]
    reasons: dict[int, str] = {}
    with shown(progress, len(articles), len(found)) as show:
        outcomes = _outcomes([texts[n] for n in todo], version, workers, scheduler, reader)
        for position, (read, answer) in outcomes:
            n = todo[position]
            if read:
                kept.put(keys[n], answer)
                found[n] = reading_from(answer)
            else:
                reasons[n] = answer
            show(1)
    kept.sweep(set(keys))
    refused: list[Fault] = [BadInput(articles[n].source or articles[n].id, reasons[n]) for n in sorted(reasons)]
    return [found[n] for n in sorted(found)], refused, len(todo) - len(reasons)


def grouped(readings: Iterable[Reading]) -> list[Reading]:
    """The readings with what only all of them together tell: copied claims, and claims of one happening."""
    from geo.claims.events import with_events
    from geo.claims.reuse import with_origins

    return list(with_events(with_origins(list(readings))))


def read_all(articles: Sequence[Article], *, workers: int | None = None) -> tuple[list[Reading], list[Fault]]:
    """The readings of articles in their order, and what was refused; nothing is kept on disk."""
    texts = [article_json(article) for article in articles]
    outcomes = dict(_outcomes(texts, "", workers, None, None))
    done = sorted(outcomes.items())
    refused = [BadInput(articles[n].source or articles[n].id, answer) for n, (read, answer) in done if not read]
    return [reading_from(answer) for _, (read, answer) in done if read], list(refused)


def _outcomes(
    articles: Sequence[str], version: str, workers: int | None, scheduler: Any, reader: Reader | None
) -> Iterator[tuple[int, Outcome]]:
    """Every article's number and outcome, in the order in which they are done."""
    if not articles:
        return
    version = version if scheduler is not None and reader is None else ""
    with crew(worth(workers, len(articles)), scheduler) as run:
        yield from run(read_one, ((article, version, reader) for article in articles))


def worth(workers: int | None, articles: int) -> int:
    """How many processes are worth it, or as many as were asked for, but no more than articles."""
    return min(os.cpu_count() or 1, articles // _WORTH_A_PROCESS) if workers is None else min(workers, articles)


def _nothing(refused: Sequence[Fault]) -> str:
    """Why there is nothing to build."""
    if len(refused) == 1:
        return f"no article can be used: {refused[0]}"
    return f"none of {len(refused)} articles can be used; the first: {refused[0]}" if refused else "no articles there"
