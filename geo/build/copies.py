"""Copies across blocks: the runs of sentences, what has one in common, and pairs with their counts, shared out by key.

As ``geo.claims.reuse`` finds them in memory, for a corpus of any size. Steps, each with a task for every block or bucket:

    names     block    the name of every article, shared out by name
    again     bucket   articles whose id an earlier one has
    runs      block    the runs of every sentence with a claim, by run; who published it
    pairs     bucket   sentences with a run in common, by pair
    copied    bucket   pairs with enough of them
    groups    once     whatever pairs join: the only step that sees all copies, as pairs of numbers
    elders    block    who published each copy, by group
    sources   bucket   for each copy the article that had it first
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from geo.build.exchange import joined_with, shared_out
from geo.build.inputs import Block
from geo.build.job import SHIFT, Job, article_names, beyond, first_of, told
from geo.claims.chains import Numbers, components
from geo.claims.reuse import CLAUSE, COMMON, LEAST, SHARE, Source, runs, seniority, slug, source

NUMBER = pa.uint64()
NAMES = pa.schema([("name", NUMBER), ("rest", NUMBER), ("at", NUMBER)])
AGAIN = pa.schema([("at", NUMBER)])
RUNS = pa.schema([("run", NUMBER), ("at", NUMBER), ("runs", pa.uint32())])
PAIRS = pa.schema([("one", NUMBER), ("other", NUMBER), ("common", pa.uint32()), ("shorter", pa.uint32())])
COPIED = pa.schema([("one", NUMBER), ("other", NUMBER)])
GROUPS = pa.schema([("at", NUMBER), ("group", NUMBER)])
SOURCE = [
    ("id", pa.string()),
    ("name", pa.string()),
    ("publisher", pa.string()),
    ("republishes", pa.string()),
    ("agency", pa.string()),
    ("first", pa.date32()),
    ("last", pa.date32()),
]
PUBLISHED = pa.schema([("at", NUMBER), ("start", pa.int64()), *SOURCE])
ELDERS = pa.schema([("group", NUMBER), *PUBLISHED])
SOURCES = pa.schema([("at", NUMBER), *SOURCE])


def name_articles(job: Job, block: Block) -> Any:
    """Share out the names of a block's articles."""
    found = [
        (at, hashlib.blake2b(_bytes(name), digest_size=16).digest()) for at, name in article_names(job, block) if name
    ]
    whole = np.frombuffer(b"".join(name for _, name in found), "<u8").reshape(-1, 2)
    table = pa.table([whole[:, 0], whole[:, 1], np.array([at for at, _ in found], np.uint64)], schema=NAMES)
    return job.exchange.put("names", block.number, shared_out(table, whole[:, 0], job.buckets), len(found))


def named_again(job: Job, bucket: int) -> Any:
    """Which articles have a name that an earlier one has."""
    name, rest, at = (column.to_numpy() for column in job.exchange.bucket("names", bucket).columns)
    order = np.lexsort((at, rest, name))
    same = (name[order][1:] == name[order][:-1]) & (rest[order][1:] == rest[order][:-1])
    table = pa.table([np.sort(at[order][1:][same])], schema=AGAIN)
    return job.exchange.put("again", bucket, [table], len(table), packed=False)


def run_sentences(job: Job, block: Block) -> Any:
    """Share out the runs of a block's sentences that bear a claim, and note who published them."""
    having: list[Numbers] = []
    published: list[dict[str, Any]] = []
    outlets: set[str] = set()
    met: list[int] = []
    number, articles, claims = first_of(block), 0, 0
    for one in told(job, block):
        articles += 1
        met += one.met
        facts = source(one.reading.article)
        outlets |= {slug(facts.named)} if facts.named else set()
        seen: set[int] = set()
        for claim in one.reading.claims:
            start = claim.sentence.span.start
            if start not in seen:
                own = np.fromiter(runs(claim.sentence.text), np.uint64)
                having.append(np.stack([own, np.full_like(own, number), np.full_like(own, len(own))]))
                published.append({"at": number, "start": start, **_row(facts)})
            seen.add(start)
            number += 1
            claims += 1
    run, at, count = np.concatenate([*having, np.empty((3, 0), np.uint64)], axis=1)
    table = pa.table([run, at, count.astype(np.uint32)], schema=RUNS)
    job.exchange.put("published", block.number, [pa.Table.from_pylist(published, PUBLISHED)], None, packed=False)
    said = {"outlets": sorted(outlets), "met": met, "articles": articles, "claims": claims}
    return job.exchange.put("runs", block.number, shared_out(table, run, job.buckets), said)


def pair_sentences(job: Job, bucket: int) -> Any:
    """Share out the pairs of sentences that have runs of a bucket in common."""
    run, at, count = (column.to_numpy() for column in job.exchange.bucket("runs", bucket).columns)
    order = np.lexsort((at, run))
    run, at, count = run[order], at[order], count[order]
    starts = np.flatnonzero(np.concatenate([[True], run[1:] != run[:-1]])) if len(run) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(run)))
    one, other = each_two(starts, sizes, COMMON)
    table = _summed(at[one], at[other], np.ones(len(one), np.uint32), np.minimum(count[one], count[other]))
    return job.exchange.put("pairs", bucket, shared_out(table, mixed(table["one"].to_numpy()), job.buckets), len(table))


def copy_pairs(job: Job, bucket: int) -> Any:
    """Which pairs of a bucket are copies."""
    one, other, common, shorter = (column.to_numpy() for column in job.exchange.bucket("pairs", bucket).columns)
    table = _summed(one, other, common, shorter)
    common, shorter = table["common"].to_numpy(), table["shorter"].to_numpy()
    enough = (common / np.maximum(shorter, 1) >= SHARE) & (common >= np.minimum(LEAST, shorter))
    table = table.filter(pa.array((common >= CLAUSE) | enough)).select(["one", "other"])
    return job.exchange.put("copied", bucket, [table], len(table))


def group_copies(job: Job) -> Any:
    """The groups that pairs of copies make."""
    table = job.exchange.bucket("copied", 0)
    at, group = components(table["one"].to_numpy(), table["other"].to_numpy())
    return job.exchange.put("groups", 0, [pa.table([at, group], schema=GROUPS)], len(table), packed=False)


def find_elders(job: Job, block: Block) -> Any:
    """Share out by group who published the copies of a block."""
    groups = job.exchange.stretch("groups", first_of(block), beyond(block))
    published = job.exchange.part("published", block.number)
    at = joined_with(groups["at"].to_numpy(), published["at"].to_numpy())
    table = published.take(pa.array(at)).add_column(0, "group", groups["group"].combine_chunks()).cast(ELDERS)
    keys = mixed(groups["group"].to_numpy())
    return job.exchange.put("elders", block.number, shared_out(table, keys, job.buckets), len(table))


def find_sources(job: Job, bucket: int) -> Any:
    """For every copy of a bucket the article that had it first."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in job.exchange.bucket("elders", bucket).to_pylist():
        found.setdefault(row.pop("group"), []).append(row)
    rows = []
    for group in found.values():
        eldest = min(group, key=lambda row: seniority(source_of(row), row["start"]))
        rows += [{"at": row["at"], **_row(source_of(eldest))} for row in group]
    table = pa.Table.from_pylist(sorted(rows, key=lambda row: int(row["at"])), SOURCES)
    return job.exchange.put("sources", bucket, [table], len(table), packed=False)


def sources(job: Job, block: Block) -> dict[int, Source]:
    """Where the copied sentences of a block come from, by the number of the first claim of each."""
    rows = job.exchange.stretch("sources", first_of(block), beyond(block)).to_pylist()
    return {row.pop("at"): source_of(row) for row in rows}


def source_of(row: dict[str, Any]) -> Source:
    return Source(*(row[name] for name, _ in SOURCE))


def _row(facts: Source) -> dict[str, Any]:
    values: Iterator[str | date | None] = (getattr(facts, name) for name, _ in SOURCE)
    return dict(zip((name for name, _ in SOURCE), values, strict=True))


def each_two(starts: Numbers, sizes: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """Each two places of groups of two to ``most`` that lie one after the other, by where the groups begin."""
    one, other = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for size in range(2, most + 1):
        begun = starts[sizes == size]
        if len(begun):
            left, right = np.triu_indices(size, 1)
            one.append((begun[:, None] + left).ravel())
            other.append((begun[:, None] + right).ravel())
    return np.concatenate(one), np.concatenate(other)


def _summed(one: Numbers, other: Numbers, common: Numbers, shorter: Numbers) -> pa.Table:
    """Each pair once, with its counts added up."""
    order = np.lexsort((other, one))
    one, other, common, shorter = one[order], other[order], common[order], shorter[order]
    new = np.concatenate([[True], (one[1:] != one[:-1]) | (other[1:] != other[:-1])]) if len(one) else np.empty(0, bool)
    starts = np.flatnonzero(new)
    total = np.add.reduceat(common, starts) if len(starts) else common
    return pa.table([one[new], other[new], total.astype(np.uint32), shorter[new].astype(np.uint32)], schema=PAIRS)


def mixed(numbers: Numbers) -> Numbers:
    """Numbers whose remainders are spread evenly, whatever those of the given ones are."""
    spread = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return spread >> np.uint64(SHIFT)


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
