"""A corpus of any size becomes a ledger: read block by block, put together by records shared out by key.

Every task is a pure function that leaves its result in a file, whole or not at all. A build that was killed does only
what has no result yet; what it leaves in ``OUT/.work`` is taken away when the ledger is there. No machine ever holds all
text: the one that gives out the tasks sees numbers, counts, and the names of outlets.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_in
from pathlib import Path
from typing import Any

from geo.build import copies, happenings, packs, parts, rarity, scenes
from geo.build.crew import Crew, Task
from geo.build.exchange import warm
from geo.build.inputs import Block
from geo.build.job import CORRECTIONS, SHIFT, Job, article_names
from geo.build.packs import Packed, pack_file
from geo.build.reading import Reader, named
from geo.build.whole import Made
from geo.faults import BadInput, Fault
from geo.ledger.files import replace
from geo.ledger.provenance import ledger_version, program_version
from geo.ledger.write import publish

A_BUCKET = 10_000
"""Articles whose records make one bucket, about."""
BUCKETS = 1_024
TOLD = 1_000
"""Refused articles that are named; of more only the number is told."""


def make(
    blocks: Sequence[Block],
    out: Path,
    crew: Crew,
    *,
    corrections: Sequence[str],
    facts: dict[str, Any],
    reader: Reader | None = None,
    elsewhere: bool = False,
    show: Callable[[int], None] = lambda n: None,
) -> Made:
    """Make ``out`` the ledger of these blocks. ``corrections`` are lines of the files of what people decided, ``facts``
    what ``meta.json`` says besides, ``show`` is told of every so many articles read.
    A crew that is ``elsewhere`` must have this version of the program."""
    cache = (out / ".cache").resolve()
    read = _read(blocks, cache, crew, reader, elsewhere, show)
    job = _job(blocks, read, out, cache, corrections)
    if not elsewhere:
        job = replace_in(job, version="")
    steps = Steps(job, crew)
    made = _put_together(steps, blocks, read)
    refused, hidden = _refused(job, blocks, read, steps)
    if not made.articles or not made.claims:
        raise BadInput("corpus", _nothing(made.articles, refused))
    unmatched = len([line for line in corrections if line.strip()]) - len(made.met)
    more = [BadInput("corpus", f"{hidden:,} more articles cannot be used")] if hidden else []
    refused = [*refused, *more]
    seconds = {"reading": sum(one.seconds for one in read), **steps.seconds}
    meta = facts | {
        "articles": made.articles,
        "claims": made.claims,
        "refused": [{"where": str(fault.where), "reason": fault.reason} for fault in refused],
        "corrections": {"made": len(made.met), "unmatched": unmatched},
        "parts": len(made.hashes),
        "made": {
            "seconds of processor": {name: round(spent, 2) for name, spent in seconds.items()},
            "pairs of copies": made.copies,
            **made.chains,
        },
    }
    whole = _publish(job, out, {name: digest for one in made.hashes for name, digest in one.items()}, meta)
    shutil.rmtree(out / ".work", ignore_errors=True)
    _sweep(cache, blocks)
    return Made(whole, sum(one.fresh for one in read), tuple(refused), unmatched)


def _read(
    blocks: Sequence[Block], cache: Path, crew: Crew, reader: Reader | None, elsewhere: bool, show: Callable[[int], None]
) -> list[Packed]:
    version = named(reader) or program_version()
    found: dict[int, Packed] = {}
    for number, packed in crew(packs.read_block, ((block, cache, version, reader, elsewhere) for block in blocks)):
        found[number] = packed
        show(packed.articles + packed.refused)
    return [found[n] for n in range(len(blocks))]


def _job(blocks: Sequence[Block], read: Sequence[Packed], out: Path, cache: Path, corrections: Sequence[str]) -> Job:
    """The job, in a folder that is named for all that its results depend on; those of other builds are taken away."""
    buckets = max(1, min(BUCKETS, sum(one.articles for one in read) // A_BUCKET))
    said = "".join(f"{line}\n" for line in corrections if line.strip())
    made_of = [ledger_version(), str(buckets), said, *(f"{one.number} {one.made_of}" for one in read)]
    name = hashlib.sha256("\n".join(made_of).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    work = out.resolve() / ".work" / name
    try:
        work.mkdir(parents=True, exist_ok=True)
        for other in work.parent.iterdir():
            if other != work:
                shutil.rmtree(other, ignore_errors=True)
        replace(work / CORRECTIONS, said)
    except OSError as error:
        raise Fault(out, f"the ledger cannot be written: {error.strerror or error}") from error
    return Job(work, cache, buckets, ledger_version())


class Steps:
    """The steps of a job, done by a crew; a task whose result is there is not done again."""

    def __init__(self, job: Job, crew: Crew) -> None:
        self.job = job
        self.seconds: dict[str, float] = {}
        self._crew = crew

    def each(self, step: str, task: Task, orders: Iterable[tuple[Any, ...]], numbers: Iterable[int]) -> list[Any]:
        """What every task says; ``step`` is the last of the results that it leaves, under its number."""
        said: dict[int, Any] = {}
        todo: list[tuple[int, tuple[Any, ...]]] = []
        for number, order in zip(numbers, orders, strict=True):
            found = self.job.exchange.done(step, number)
            if found is None:
                todo.append((number, (task, self.job, *order)))
            else:
                said[number] = found[0]
        spent = 0.0
        for n, (result, seconds) in self._crew(do, (order for _, order in todo)):
            said[todo[n][0]] = result
            spent += seconds
        self.seconds[step] = spent
        return [said[number] for number in sorted(said)]


def do(task: Task, job: Job, *order: Any) -> tuple[Any, float]:
    """What a task says and the processor time it took, on a worker that has this version of the program and sees the
    folder of the job."""
    if job.version and job.version != ledger_version():
        raise Fault("worker", "it has another version of the atlas, its models or its packages than this machine")
    if not (job.work / CORRECTIONS).exists():
        raise Fault(
            job.work, f"the worker {os.uname().nodename} does not see this folder; a cluster needs one that all share"
        )
    warm()
    begun = time.process_time()
    return task(job, *order), time.process_time() - begun


@dataclass(frozen=True, slots=True)
class _Together:
    articles: int
    claims: int
    met: frozenset[int]
    hashes: list[dict[str, str]]
    copies: int
    chains: dict[str, int]


def _put_together(steps: Steps, blocks: Sequence[Block], read: Sequence[Packed]) -> _Together:
    """Everything after the reading; each line waits for the one before."""
    buckets = range(steps.job.buckets)

    def by_block(step: str, task: Task, *more: Any) -> list[Any]:
        return steps.each(step, task, ((block, *more) for block in blocks), (block.number for block in blocks))

    def by_bucket(step: str, task: Task) -> list[Any]:
        return steps.each(step, task, ((bucket,) for bucket in buckets), buckets)

    def once(step: str, task: Task) -> Any:
        return steps.each(step, task, [()], [0])[0]

    by_block("names", copies.name_articles)
    by_bucket("again", copies.named_again)
    said = by_block("runs", copies.run_sentences)
    outlets = frozenset(name for one in said for name in one["outlets"])
    by_bucket("pairs", copies.pair_sentences)
    by_bucket("copied", copies.copy_pairs)
    copied = once("groups", copies.group_copies)
    by_block("elders", copies.find_elders)
    by_bucket("sources", copies.find_sources)
    articles = sum(by_block("counted", rarity.list_items, outlets))
    by_bucket("rarity", rarity.count_words)
    by_block("keys", rarity.weigh_items, articles)
    by_bucket("dated", scenes.find_scenes)
    by_bucket("hosts", scenes.join_provinces)
    by_bucket("words", happenings.pair_words)
    by_bucket("edges", happenings.judge_pairs)
    chains = once("chains", happenings.find_chains)
    by_block("tellers", happenings.send_tellers)
    by_bucket("joins", happenings.send_edges)
    by_bucket("told", happenings.name_events)
    spans = parts.parts(blocks, [one["articles"] for one in said])
    orders = ((number, span, outlets) for number, span in enumerate(spans))
    hashes = steps.each("rows", parts.write_part, orders, range(len(spans)))
    met = frozenset(number for one in said for number in one["met"])
    articles, claims = (sum(one[what] for one in said) for what in ("articles", "claims"))
    return _Together(articles, claims, met, hashes, copied, chains)


def _refused(job: Job, blocks: Sequence[Block], read: Sequence[Packed], steps: Steps) -> tuple[list[BadInput], int]:
    """The first articles that were refused, and how many more there are."""
    found: list[BadInput] = []
    again: dict[int, set[int]] = {}
    for number in (n for bucket in range(job.buckets) for n in job.exchange.part("again", bucket)["at"].to_pylist()):
        again.setdefault(number >> SHIFT, set()).add(number)
    for block, one in zip(blocks, read, strict=True):
        if (one.refused or again.get(block.number)) and len(found) < TOLD:
            found += packs.refused(pack_file(job.cache, block))
            names = article_names(job, block) if again.get(block.number) else ()
            found += (
                BadInput(block.pieces[0].address, f"a second article with the id {name!r}")
                for number, name in names
                if number in again[block.number]
            )
    number = sum(one.refused for one in read) + sum(map(len, again.values()))
    return found[:TOLD], number - min(len(found), TOLD)


def _nothing(articles: int, refused: Sequence[BadInput]) -> str:
    if articles:
        return f"no claims in {articles:,} articles, so there is nothing to map"
    return f"no article can be used; the first: {refused[0]}" if refused else "no articles there"


def _publish(job: Job, out: Path, hashes: dict[str, str], meta: dict[str, Any]) -> dict[str, Any]:
    """Put the finished parts beside the ledger under a second name, so that a build killed now finds them again."""
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=out))
    try:
        for name in hashes:
            (folder / name).parent.mkdir(exist_ok=True)
            try:
                os.link(job.work / "parts" / name, folder / name)
            except OSError:
                shutil.copyfile(job.work / "parts" / name, folder / name)
        return publish(folder, out, hashes, meta)
    except OSError as error:
        raise Fault(out, f"the ledger cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(cache: Path, blocks: Sequence[Block]) -> None:
    """Take away the packs of blocks that are no more, and what was kept of single articles."""
    keep = {pack_file(cache, block) for block in blocks}
    for path in cache.glob("*/*"):
        if path not in keep:
            path.unlink(missing_ok=True)
