"""A corpus becomes a ledger, on this machine or on a Dask cluster.

Each article is read by a pure function, so where and in what order makes no difference. What was read is kept in
``OUT/.cache`` at once, under the article's content and the program's version: a later build reads only what is new, and a
killed one loses nothing. The ledger itself is replaced at the end, in one step.

A corpus that memory holds is put together there (here); a larger one in parts (``geo.build.large``).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.build.crew import crew
from geo.build.inputs import Block, blocks, is_large, remote, signs
from geo.build.progress import Progress, shown
from geo.build.reading import Outcome, Reader, read_one
from geo.claims.claim import Reading
from geo.faults import BadInput, DamagedLedger, Fault
from geo.ledger import corrections as human
from geo.ledger.kept import Kept, article_json, key, reading_from
from geo.ledger.lock import held
from geo.ledger.meta import check_files, read_meta
from geo.ledger.provenance import HOUSE, inputs_version, ledger_version, models, program_version
from geo.text.article import Article

__all__ = ["BuildReport", "build", "grouped", "is_current", "read_all", "sources"]

CORPUS = Path("corpus") / "articles"
CORRECTIONS = "corrections.jsonl"
_WORTH_A_PROCESS = 25  # articles: a worker takes seconds to load its models


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
    block: int | None = None,
) -> BuildReport:
    """Make ``out`` the ledger of the articles in these files, folders and addresses (none: the corpus of this project).

    ``workers`` processes read (None: as many as are worth it), or the Dask cluster of ``scheduler``, an address or a
    client. ``progress`` draws a bar on standard error, or is told how many articles of how many are done. Corrections
    come from the file ``corrections.jsonl`` in or beside a folder given, or from ``corrections``. A large corpus is built
    in parts, and any corpus with ``block``, which is about how many articles a task then reads.

    Raises Fault, and leaves the ledger as it was, when no article can be used, none has a claim, a correction makes no
    sense, another build is at work in ``out``, or ``out`` cannot be written.
    """
    begun = time.monotonic()
    given, folder = sources(paths), Path(out)
    for path in given:
        if isinstance(path, Path) and not path.exists():
            raise BadInput(path, "no such file or folder")
    with held(folder):
        report = None if reader else _report_if_current(given, folder, corrections, begun)
        if report is not None:
            return report
        if block is not None or is_large(given):
            found = blocks(given, most=block)
            return _in_parts(given, found, folder, corrections, workers, scheduler, progress, reader, begun)
        here = [Path(path) for path in given]
        return _build(here, folder, corrections, workers, scheduler, progress, reader, begun)


def is_current(paths: Sequence[Path | str] = (), out: Path | str = "ledger", corrections: Path | None = None) -> bool:
    """Whether ``build`` would find nothing to do: the ledger is whole, and articles, corrections and program are those it
    was made of."""
    try:
        meta = read_meta(Path(out))
        check_files(Path(out), meta)
    except DamagedLedger:
        return False
    return bool(meta.get("made_of") == _made_of(sources(paths), corrections))


def sources(paths: Sequence[Path | str]) -> list[Path | str]:
    """The files, folders and addresses given, or else the corpus: the one of the working folder before the project's."""
    given: list[Path | str] = [str(path) if remote(path) else Path(path) for path in paths]
    return given or [CORPUS if CORPUS.exists() else HOUSE.parent / CORPUS]


def read_all(articles: Sequence[Article], *, workers: int | None = None) -> tuple[list[Reading], list[Fault]]:
    """The readings of articles in their order, and what was refused; nothing is kept on disk."""
    texts = [article_json(article) for article in articles]
    outcomes = dict(_outcomes(texts, "", workers, None, None))
    done = sorted(outcomes.items())
    refused = [BadInput(articles[n].source or articles[n].id, answer) for n, (read, answer) in done if not read]
    return [reading_from(answer) for _, (read, answer) in done if read], list(refused)


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


def _outcomes(
    articles: Sequence[str], version: str, workers: int | None, scheduler: Any, reader: Reader | None
) -> Iterator[tuple[int, Outcome]]:
    """Every article's number and outcome, in the order in which they are done."""
    if not articles:
        return
    version = version if scheduler is not None and reader is None else ""
    with crew(_workers(workers, len(articles)), scheduler) as run:
        yield from run(read_one, ((article, version, reader) for article in articles))


def _workers(workers: int | None, articles: int) -> int:
    """How many processes are worth it, or as many as were asked for, but no more than articles."""
    return min(os.cpu_count() or 1, articles // _WORTH_A_PROCESS) if workers is None else min(workers, articles)


def _in_parts(
    paths: Sequence[Path | str],
    found: Sequence[Block],
    out: Path,
    corrections: Path | None,
    workers: int | None,
    scheduler: Any,
    progress: Progress,
    reader: Reader | None,
    begun: float,
) -> BuildReport:
    from geo.build.large import make
    from geo.places.gazetteer import Gazetteer

    files = _corrections(paths, corrections)
    for file in files:
        human.load(file)
    facts = {
        "gazetteer": Gazetteer.shared().version,
        "models": models(),
        "made_of": _made_of(paths, corrections) if reader is None else "",
    }
    total = sum(block.articles for block in found)
    with shown(progress, total, 0) as show, crew(_workers(workers, max(total, len(found))), scheduler) as run:
        lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
        made = make(
            found,
            out,
            run,
            corrections=lines,
            facts=facts,
            reader=reader,
            elsewhere=scheduler is not None and reader is None,
            show=show,
        )
    articles = made.meta["articles"]
    seconds = time.monotonic() - begun
    return BuildReport(
        out, articles, made.meta["claims"], made.fresh, articles - made.fresh, made.refused, made.unmatched, seconds
    )


def _report_if_current(
    paths: Sequence[Path | str], out: Path, corrections: Path | None, begun: float
) -> BuildReport | None:
    """What the ledger that is there says of itself, when nothing needs to be done."""
    if not is_current(paths, out, corrections):
        return None
    meta = read_meta(out)
    refused = tuple(BadInput(fault["where"], fault["reason"]) for fault in meta["refused"])
    unmatched = meta["corrections"]["unmatched"]
    seconds = time.monotonic() - begun
    return BuildReport(out, meta["articles"], meta["claims"], 0, meta["articles"], refused, unmatched, seconds)


def _made_of(paths: Sequence[Path | str], corrections: Path | None) -> str:
    here = [path for path in paths if isinstance(path, Path)]
    beside = [
        *_corrections(paths, corrections),
        *(path.resolve().parent / "originals" for path in here if path.name == "articles"),
    ]
    return " ".join([ledger_version(), inputs_version(here, beside), *signs(paths)])


def _corrections(paths: Sequence[Path | str], given: Path | None) -> list[Path]:
    """The files of corrections that go with the articles."""
    if given is not None:
        return [given]
    here = (path for path in paths if isinstance(path, Path) and path.is_dir())
    near = (folder for path in here for folder in (path.resolve().parent, path.resolve()))
    return list(dict.fromkeys(file for folder in near if (file := folder / CORRECTIONS).is_file()))


def _nothing(refused: Sequence[Fault]) -> str:
    """Why there is nothing to build."""
    if len(refused) == 1:
        return f"no article can be used: {refused[0]}"
    return f"none of {len(refused)} articles can be used; the first: {refused[0]}" if refused else "no articles there"
