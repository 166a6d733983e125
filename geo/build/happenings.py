"""Events across blocks: happenings that are told in the same rare words are one, unless place or days speak against it.

With ``rarity`` and ``scenes`` this does as ``geo.claims.events`` does in memory, by the same functions, for a corpus of
any size:

    words      bucket   claims with a rare word in common, as pairs
    edges      bucket   pairs that tell of one happening by their words
    chains     once     happenings that edges join: the only step that sees all edges, as numbers
    tellers    block    claims of happenings with several, or with edges, by happening or chain
    joins      bucket   edges, by chain
    events     bucket   the events
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa

from geo.build import copies
from geo.build.copies import NUMBER
from geo.build.exchange import joined_with, shared_out
from geo.build.inputs import Block
from geo.build.items import ITEMS, TEXT, WHOLE, hashes, item
from geo.build.job import SHIFT, Job, beyond, first_of
from geo.build.scenes import homes, replaced
from geo.claims import events, joining
from geo.claims.chains import Numbers, chains
from geo.claims.happening import Happening, Item, spot
from geo.claims.likeness import Rarity

AT_ONCE = 10_000
"""Pairs of claims that a worker holds in memory."""
PAIRS = pa.schema([("one", NUMBER), ("other", NUMBER)])
EDGES = pa.schema(
    [
        *PAIRS,
        ("happening", NUMBER),
        ("another", NUMBER),
        ("likeness", pa.float64()),
        ("tie", NUMBER),
        ("words", pa.list_(TEXT)),
    ]
)
CHAINS = pa.schema([("happening", NUMBER), ("chain", NUMBER)])
TELLERS = pa.schema([*ITEMS, ("happening", NUMBER)])
NAMED = pa.schema([("at", NUMBER), ("event", TEXT)])
EVENTS = pa.schema([("key", NUMBER), ("event", TEXT), ("because", TEXT), ("origins", WHOLE), ("disagreements", TEXT)])


def pair_words(job: Job, bucket: int) -> Any:
    """Claims of a bucket that have a rare word, kind and month in common, as pairs."""
    key, at = (column.to_numpy() for column in job.exchange.bucket("keys", bucket).columns)
    order = np.lexsort((at, key))
    key, at = key[order], at[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    one, other = copies.each_two(starts, np.diff(np.append(starts, len(key))), joining.BLOCK)
    pairs = np.unique(np.stack([at[one], at[other]], axis=1), axis=0)
    table = pa.table([pairs[:, 0], pairs[:, 1]], schema=PAIRS)
    near = pairs[:, 0] >> np.uint64(SHIFT)  # pairs of one block: what they are made of lies in few files, most often
    return job.exchange.put("words", bucket, shared_out(table, near, job.buckets), len(table))


def judge_pairs(job: Job, bucket: int) -> Any:
    """Which pairs of a bucket tell of one happening by their words."""
    table = job.exchange.bucket("words", bucket)
    pairs = np.unique(np.stack([table["one"].to_numpy(), table["other"].to_numpy()], axis=1), axis=0)
    found: list[tuple[int, int, float, int, list[str]]] = []
    for begin in range(0, len(pairs), AT_ONCE):
        some = pairs[begin : begin + AT_ONCE]
        items, rare = _items_of(job, np.unique(some))
        for left, right in some.tolist():
            edge = joining.judged(items[left], items[right], rare)
            if edge is not None:
                first, second = (left, right) if edge[1] is items[left] else (right, left)
                found.append((first, second, edge[0], joining.tie(edge), edge[3]))
    one, other = (np.array([edge[n] for edge in found], np.uint64) for n in (0, 1))
    home, another = homes(job, one), homes(job, other)
    rows = [one, other, home, another, *([edge[n] for edge in found] for n in (2, 3, 4))]
    kept = pa.table(rows, schema=EDGES).filter(pa.array(home != another))
    return job.exchange.put("edges", bucket, [kept], len(kept), packed=False)


def _items_of(job: Job, numbers: Numbers) -> tuple[dict[int, Item], Rarity]:
    """The claims of these numbers, sorted, with their words, and what the words tell."""
    items: dict[int, Item] = {}
    weights: dict[str, float] = {}
    blocks = np.unique(numbers >> np.uint64(SHIFT)).tolist()
    for row in job.exchange.matching("weighed", numbers, blocks).to_pylist() if blocks else ():
        items[row["at"]] = item(row)
        weights.update(zip(row["words"], row["weights"], strict=True))
    return items, Rarity(weights)


def find_chains(job: Job) -> Any:
    """The happenings that edges join."""
    table = job.exchange.bucket("edges", 0).select(["happening", "another", "likeness", "tie"])
    one, other, likeness, tie = (column.to_numpy() for column in table.columns)
    happening, chain = chains(one, other, np.lexsort((tie, -likeness)))
    sizes = np.unique(chain, return_counts=True)[1]
    said = {"edges": len(table), "chains": len(sizes), "longest": int(sizes.max(initial=0))}
    return job.exchange.put("chains", 0, [pa.table([happening, chain], schema=CHAINS)], said, packed=False)


def send_tellers(job: Job, block: Block) -> Any:
    """A block's claims that are not by themselves, shared out by happening, or by chain where edges join it."""
    items = job.exchange.part("weighed", block.number)
    at = items["at"].to_numpy()
    home = homes(job, at)
    names = np.unique(home)
    chains = job.exchange.matching("chains", names)
    alone = np.ones(len(at), bool)
    for table in (job.exchange.matching("members", at), chains, job.exchange.matching("hosts", names)):
        found = np.sort(table.column(0).to_numpy())
        alone &= (joined_with(home, found) < 0) & (joined_with(at, found) < 0)
    kept = pa.array(~alone)
    keys = copies.mixed(replaced(home, chains))[~alone]
    told = items.select(ITEMS.names).append_column("happening", pa.array(home)).filter(kept).cast(TELLERS)
    return job.exchange.put("tellers", block.number, shared_out(told, keys, job.buckets), len(told))


def send_edges(job: Job, bucket: int) -> Any:
    """The edges of a bucket, shared out by chain; those between two chains are left out."""
    table = job.exchange.part("edges", bucket)
    one, other = table["happening"].to_numpy(), table["another"].to_numpy()
    known = job.exchange.matching("chains", np.unique(np.concatenate([one, other])))
    chain, another = replaced(one, known), replaced(other, known)
    within = chain == another
    kept = table.filter(pa.array(within))
    return job.exchange.put("joins", bucket, shared_out(kept, copies.mixed(chain[within]), job.buckets), len(kept))


def name_events(job: Job, bucket: int) -> Any:
    """The events of a bucket's claims, and which claims they are of."""
    from geo.ledger.rows import as_json

    rows = {row["at"]: row for row in job.exchange.bucket("tellers", bucket).to_pylist()}
    items = {at: item(row) for at, row in rows.items()}
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in rows.items():
        homes[row["happening"]].append(at)
    found = [_happening(name, [items[at] for at in own], items.get(name)) for name, own in homes.items()]
    edges = [
        (row["likeness"], items[row["one"]], items[row["other"]], row["words"])
        for row in job.exchange.bucket("joins", bucket).to_pylist()
    ]
    number = {item.claim.id: at for at, item in items.items()}
    named: list[tuple[int, str]] = []
    told: list[dict[str, Any]] = []
    for happening in joining.joined(found, edges):
        event = events.told(happening)
        named += [(number[one.claim.id], event.name) for one in happening.members]
        if len(happening.members) > 1:
            differ = as_json([asdict(one) for one in event.disagreements])
            key = int(hashes([event.name])[0])
            told.append(
                {
                    "key": key,
                    "event": event.name,
                    "because": event.because,
                    "origins": event.origins,
                    "disagreements": differ,
                }
            )
    _put_sorted(job, "named", bucket, [{"at": at, "event": event} for at, event in named], NAMED)
    _put_sorted(job, "told", bucket, told, EVENTS)
    return len(told)


def _put_sorted(job: Job, step: str, bucket: int, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    first = schema.names[0]
    table = pa.Table.from_pylist(sorted(rows, key=lambda row: int(row[first])), schema)
    job.exchange.put(step, bucket, [table], len(table), packed=False)


def _happening(name: int, members: list[Item], leader: Item | None) -> Happening:
    """A happening of these claims; its place is the one of the claim that it is named for."""
    place = spot(leader.place) if leader is not None else None
    happening = Happening(members[0].claim.kind, place, None, None)
    for one in members:
        happening.take(one)
    return happening


def named(job: Job, block: Block) -> dict[int, tuple[str, str, int, str]]:
    """Name, reason, number of origins and disagreements of the event of each claim of a block that is not by itself."""
    at = job.exchange.stretch("named", first_of(block), beyond(block)).to_pydict()
    keys = np.unique(hashes(at["event"]))
    told = {row["event"]: row for row in job.exchange.matching("told", keys).to_pylist()}
    return {
        number: (event, told[event]["because"], told[event]["origins"], told[event]["disagreements"])
        for number, event in zip(at["at"], at["event"], strict=True)
        if event in told
    }
