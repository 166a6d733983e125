"""A corpus becomes a ledger, on this machine or on a Dask cluster.

Each article is read by a pure function, so where and in what order makes no difference. What was read is kept in
``OUT/.cache`` at once, under the article's content and the program's version: a later build reads only what is new, and a
killed one loses nothing. The ledger itself is replaced at the end, in one step.

A corpus that memory holds is put together there (``geo.build.whole``), a larger one in parts (``geo.build.large``).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.build import whole
from geo.build.crew import crew
from geo.build.inputs import Block, blocks, is_large, remote, signs
from geo.build.progress import Progress, shown
from geo.build.reading import Reader
from geo.build.whole import Made, grouped, read_all, worth
from geo.faults import BadInput, DamagedLedger, Fault
from geo.ledger import corrections as human
from geo.ledger.lock import held
from geo.ledger.meta import check_files, read_meta
from geo.ledger.provenance import HOUSE, inputs_version, ledger_version, models

__all__ = ["BuildReport", "build", "grouped", "is_current", "read_all", "sources"]

CORPUS = Path("corpus") / "articles"
CORRECTIONS = "corrections.jsonl"


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

    @classmethod
    def of(cls, out: Path, made: Made, begun: float) -> BuildReport:
        """The report of a build that began at that moment of the monotonic clock."""
        articles, seconds = made.meta["articles"], time.monotonic() - begun
        kept = articles - made.fresh
        return cls(out, articles, made.meta["claims"], made.fresh, kept, made.refused, made.unmatched, seconds)

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
            made = _in_parts(given, found, folder, corrections, workers, scheduler, progress, reader)
            return BuildReport.of(folder, made, begun)
        made = whole.make(
            [Path(path) for path in given],
            folder,
            corrections=_corrections(given, corrections),
            made_of=_made_of(given, corrections) if reader is None else "",
            workers=workers,
            scheduler=scheduler,
            progress=progress,
            reader=reader,
        )
        return BuildReport.of(folder, made, begun)


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


def _in_parts(
    paths: Sequence[Path | str],
    found: Sequence[Block],
    out: Path,
    corrections: Path | None,
    workers: int | None,
    scheduler: Any,
    progress: Progress,
    reader: Reader | None,
) -> Made:
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
    with shown(progress, total, 0) as show, crew(worth(workers, max(total, len(found))), scheduler) as run:
        lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
        return make(
            found,
            out,
            run,
            corrections=lines,
            facts=facts,
            reader=reader,
            elsewhere=scheduler is not None and reader is None,
            show=show,
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
