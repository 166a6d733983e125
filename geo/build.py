"""A corpus becomes a ledger, on this machine or on a Dask cluster.

Each article is read by a pure function, so where and in what order makes no difference. What was read is kept in
``OUT/.cache`` at once, under the article's content and the program's version: a later build reads only what is new, and a
killed one loses nothing. The ledger itself is replaced at the end, in one step.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from geo.claims.claim import Reading
from geo.faults import BadInput, DamagedLedger, Fault
from geo.ledger import corrections as human
from geo.ledger.kept import Kept, article_from, article_json, key, reading_from, reading_json
from geo.ledger.lock import held
from geo.ledger.meta import check_files, read_meta
from geo.ledger.provenance import HOUSE, inputs_version, ledger_version, models, program_version
from geo.text.article import Article

Reader = Callable[[Article], Reading]
Outcome = tuple[bool, str]
"""Whether an article was read, and the reading as JSON, or else why it was not."""
Progress = bool | Callable[[int, int], None]

CORPUS = Path("corpus") / "articles"
CORRECTIONS = "corrections.jsonl"
_WORTH_A_PROCESS = 25  # articles: a worker takes seconds to load its models
_AHEAD = 4  # tasks given out for each worker


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``fresh`` articles were read now, ``kept`` ones were there from before; ``refused`` says of each
    article that could not be used why; ``unmatched`` corrections met no claim any more."""

    out: Path
    articles: int
    claims: int
    fresh: int
    kept: int
    refused: tuple[Fault, ...]
    unmatched: int
    seconds: float

    @property
    def line(self) -> str:
        what = f"{self.articles} articles ({self.fresh} read now, {self.kept} unchanged), {self.claims} claims"
        lost = f"; {self.unmatched} corrections meet no claim any more" if self.unmatched else ""
        return f"{self.out}: {what}{lost}, {self.seconds:.1f} s"


def build(
    paths: Sequence[Path | str] = (),
    out: Path | str = "ledger",
    *,
    workers: int | None = None,
    scheduler: Any = None,
    progress: Progress = True,
    corrections: Path | None = None,
    reader: Reader | None = None,
) -> BuildReport:
    """Make ``out`` the ledger of the articles in these files and folders (none: the corpus of this project).

    ``workers`` processes read (None: as many as are worth it), or the Dask cluster of ``scheduler``, an address or a
    client. ``progress`` draws a bar on standard error, or is told how many articles of how many are done. Corrections
    come from the file ``corrections.jsonl`` in or beside a folder given, or from ``corrections``.

    Raises Fault, and leaves the ledger as it was, when no article can be used, none has a claim, a correction makes no
    sense, another build is at work in ``out``, or ``out`` cannot be written.
    """
    begun = time.monotonic()
    given, folder = sources(paths), Path(out)
    for path in given:
        if not path.exists():
            raise BadInput(path, "no such file or folder")
    with held(folder):
        report = None if reader else _report_if_current(given, folder, corrections, begun)
        return report or _build(given, folder, corrections, workers, scheduler, progress, reader, begun)


def is_current(paths: Sequence[Path | str] = (), out: Path | str = "ledger", corrections: Path | None = None) -> bool:
    """Whether ``build`` would find nothing to do: the ledger is whole, and articles, corrections and program are those it
    was made of."""
    try:
        meta = read_meta(Path(out))
        check_files(Path(out), meta)
    except DamagedLedger:
        return False
    return bool(meta.get("made_of") == _made_of(sources(paths), corrections))


def sources(paths: Sequence[Path | str]) -> list[Path]:
    """The files and folders given, or else the corpus: the one of the working folder before the one of the project."""
    return [Path(path) for path in paths] or [CORPUS if CORPUS.exists() else HOUSE.parent / CORPUS]


def read_all(articles: Sequence[Article], *, workers: int | None = None) -> tuple[list[Reading], list[Fault]]:
    """The readings of articles in their order, and what was refused; nothing is kept on disk."""
    texts = [article_json(article) for article in articles]
    outcomes = dict(_outcomes(texts, "", workers, None, None))
    done = sorted(outcomes.items())
    refused = [BadInput(articles[n].source or articles[n].id, answer) for n, (read, answer) in done if not read]
    return [reading_from(answer) for _, (read, answer) in done if read], list(refused)


def read_one(article: str, version: str, reader: Reader | None = None) -> Outcome:
    """Read one article, from JSON to JSON: what a worker does, wherever it runs.

    Raises Fault when the worker has another version of the program than ``version``. An article on which the reader
    fails, or in which it finds no sentence, is refused with that reason: one article must not stop the others.
    """
    if version and program_version() != version:
        raise Fault("worker", "it has another version of the atlas, its models or its packages than this machine")
    try:
        reading = (reader or _reader())(article_from(article))
        return (True, reading_json(reading)) if reading.sentences else (False, "no sentences in it")
    except BadInput as error:
        return False, error.reason
    except Fault:
        raise  # a model or the gazetteer is not whole: that is no fault of the article's, and no other can be read either
    except Exception as error:
        return False, f"the reader failed on it, which is a mistake of ours: {type(error).__name__}: {error}"[:500]


def _reader() -> Reader:
    from geo.claims.extract import read_article

    return read_article


def _build(
    paths: Sequence[Path],
    out: Path,
    corrections: Path | None,
    workers: int | None,
    scheduler: Any,
    progress: Progress,
    reader: Reader | None,
    begun: float,
) -> BuildReport:
    from geo.ledger.write import write
    from geo.places.gazetteer import Gazetteer
    from geo.text.corpus import read_corpus

    made_of = _made_of(paths, corrections)
    said = [line for file in _corrections(paths, corrections) for line in human.load(file)]
    gazetteer = Gazetteer.shared()
    corpus = read_corpus(paths)
    readings, refused, fresh = _readings(corpus.articles, out, workers, scheduler, progress, reader)
    refused = [*corpus.refused, *refused]
    if not readings:
        raise BadInput(", ".join(map(str, paths)), _nothing(refused))
    try:
        right = human.replay(readings, said, gazetteer.get)
    except ValueError as error:
        raise BadInput(_corrections(paths, corrections)[0], str(error)) from error
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
            "made_of": made_of if reader is None else "",
        },
        country_name=lambda code: place.name if (place := gazetteer.country(code)) else None,
        corrected=right.marks,
    )
    return BuildReport(
        out, len(readings), meta["claims"], fresh, len(readings) - fresh, tuple(refused), len(right.unmatched),
        time.monotonic() - begun,
    )  # fmt: skip


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
    named = f"{reader.__module__}.{reader.__qualname__}" if reader else version
    keys = [key(text, named) for text in texts]
    found = {n: reading for n, k in enumerate(keys) if (reading := kept.get(k)) is not None}
    todo = [n for n in range(len(texts)) if n not in found]
    reasons: dict[int, str] = {}
    with _shown(progress, len(articles), len(found)) as show:
        outcomes = _outcomes([texts[n] for n in todo], version, workers, scheduler, reader)
        for position, (read, answer) in outcomes:
            n = todo[position]
            if read:
                kept.put(keys[n], answer)
                found[n] = reading_from(answer)
            else:
                reasons[n] = answer
            show()
    kept.sweep(set(keys))
    refused: list[Fault] = [BadInput(articles[n].source or articles[n].id, reasons[n]) for n in sorted(reasons)]
    return [found[n] for n in sorted(found)], refused, len(todo) - len(reasons)


def grouped(readings: Iterable[Reading]) -> list[Reading]:
    """The readings with what only all of them together tell: copied claims, and claims of one happening."""
    from geo.claims.events import with_events
    from geo.claims.reuse import with_origins

    return list(with_events(with_origins(list(readings))))


def _outcomes(
    articles: Sequence[str], version: str, workers: int | None, scheduler: Any, reader: Reader | None
) -> Iterator[tuple[int, Outcome]]:
    """Every article's number and outcome, in the order in which they are done."""
    if scheduler is not None and articles:
        return _on_cluster(articles, "" if reader else version, scheduler, reader)
    if workers is None:
        workers = min(os.cpu_count() or 1, len(articles) // _WORTH_A_PROCESS)
    if workers > 1 and len(articles) > 1:
        return _in_processes(articles, workers, reader)
    return ((n, read_one(article, "", reader)) for n, article in enumerate(articles))


def _in_processes(articles: Sequence[str], workers: int, reader: Reader | None) -> Iterator[tuple[int, Outcome]]:
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    # Spawned, not forked: the models' threads do not survive a fork.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(articles)), mp_context=fresh, initializer=_begin_worker)
    waiting: dict[Future[Outcome], int] = {}
    rest = iter(enumerate(articles))
    try:
        while True:
            for n, article in islice(rest, _AHEAD * workers - len(waiting)):
                waiting[pool.submit(read_one, article, "", reader)] = n
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool as error:
        raise Fault(
            "build", "a worker process was killed, perhaps for want of memory; what was read is kept, build again"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    """A worker leaves Ctrl-C to its parent and ends when its parent is no more."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def _on_cluster(
    articles: Sequence[str], version: str, scheduler: Any, reader: Reader | None
) -> Iterator[tuple[int, Outcome]]:
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise Fault(str(scheduler), "Dask is not installed: pip install 'claim-atlas[cluster]'") from error
    connect: Any = Client  # Dask has types in some places only
    finished: Any = as_completed
    client, own = scheduler, False
    if isinstance(scheduler, str):
        try:
            client, own = connect(scheduler, timeout="10s", set_as_default=False), True
        except (OSError, ValueError) as error:
            raise Fault(scheduler, "no Dask scheduler answers there") from error
    number: dict[str, int] = {}

    def given(most: int) -> list[Any]:
        futures = []
        for n, article in islice(rest, most):
            futures.append(client.submit(read_one, article, version, reader, pure=False))
            number[futures[-1].key] = n
        return futures

    try:
        rest = iter(enumerate(articles))
        running = finished(given(_AHEAD * max(1, sum(client.nthreads().values()))), loop=client.loop)
        for future in running:
            yield number.pop(future.key), future.result()
            for more in given(1):
                running.add(more)
    finally:
        if own:
            client.close()


def _report_if_current(paths: Sequence[Path], out: Path, corrections: Path | None, begun: float) -> BuildReport | None:
    """What the ledger that is there says of itself, when nothing needs to be done."""
    if not is_current(paths, out, corrections):
        return None
    meta = read_meta(out)
    refused = tuple(BadInput(fault["where"], fault["reason"]) for fault in meta["refused"])
    unmatched = meta["corrections"]["unmatched"]
    seconds = time.monotonic() - begun
    return BuildReport(out, meta["articles"], meta["claims"], 0, meta["articles"], refused, unmatched, seconds)


def _made_of(paths: Sequence[Path], corrections: Path | None) -> str:
    beside = [
        *_corrections(paths, corrections),
        *(path.resolve().parent / "originals" for path in paths if path.name == "articles"),
    ]
    return f"{ledger_version()} {inputs_version(paths, beside)}"


def _corrections(paths: Sequence[Path], given: Path | None) -> list[Path]:
    """The files of corrections that go with the articles."""
    if given is not None:
        return [given]
    near = (folder for path in paths if path.is_dir() for folder in (path.resolve().parent, path.resolve()))
    return list(dict.fromkeys(file for folder in near if (file := folder / CORRECTIONS).is_file()))


def _nothing(refused: Sequence[Fault]) -> str:
    """Why there is nothing to build."""
    if len(refused) == 1:
        return f"no article can be used: {refused[0]}"
    return f"none of {len(refused)} articles can be used; the first: {refused[0]}" if refused else "no articles there"


@contextmanager
def _shown(progress: Progress, total: int, done: int) -> Iterator[Callable[[], None]]:
    """Something to call after each article; ``done`` are done already."""
    if callable(progress):
        counted = iter(range(done + 1, total + 1))
        progress(done, total)
        yield lambda: progress(next(counted), total)
        return
    from tqdm import tqdm

    with tqdm(
        total=total, initial=done, unit=" articles", desc="reading", file=sys.stderr, disable=not progress, leave=False
    ) as bar:

        def one() -> None:
            bar.update()

        yield one
