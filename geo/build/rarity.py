"""The words of claims across blocks: in how many articles each stands, and so how much it tells.

items      block    every claim with its origin and words; its words, by word
rarity     bucket   in how many articles each word stands
weighed    block    how much the words of each claim tell; claims with a place, by kind and place; rare words, by word
"""

from __future__ import annotations

import zlib
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.build import copies
from geo.build.copies import NUMBER
from geo.build.exchange import shared_out
from geo.build.inputs import Block
from geo.build.items import ITEM, ITEMS, TEXT, WEIGHED, WHOLE, hashes, item, item_row, place_of
from geo.build.job import Job, first_of, told
from geo.claims import happening, joining
from geo.claims.likeness import telling, weight
from geo.claims.reuse import originated, source

COUNTED = pa.schema([("word", TEXT), ("articles", WHOLE)])
PLACED = pa.schema(ITEM)
KEYS = pa.schema([("key", NUMBER), ("at", NUMBER)])


def list_items(job: Job, block: Block, outlets: frozenset[str]) -> Any:
    """Every claim of a block with its origin, and its words by word."""
    first, number = copies.sources(job, block), first_of(block)
    rows: list[dict[str, Any]] = []
    having: Counter[str] = Counter()
    articles = 0
    for one in told(job, block):
        article = source(one.reading.article)
        begun: dict[int, int] = {}
        found: set[str] = set()
        for claim in one.reading.claims:
            at = begun.setdefault(claim.sentence.span.start, number)
            words = telling(claim.sentence.text)
            rows.append(item_row(number, originated(claim, article, first.get(at, article), outlets), words))
            found |= words
            number += 1
        having.update(found)
        articles += bool(one.reading.claims)
    job.exchange.put("items", block.number, [pa.Table.from_pylist(rows, ITEMS)], None)
    words = pa.table([list(having), list(having.values())], schema=COUNTED)
    keys = np.fromiter((zlib.crc32(word.encode()) for word in having), np.uint64, len(having))
    return job.exchange.put("counted", block.number, shared_out(words, keys, job.buckets), articles)


def count_words(job: Job, bucket: int) -> Any:
    """In how many articles each word of a bucket stands."""
    table = job.exchange.bucket("counted", bucket).group_by("word").aggregate([("articles", "sum")])
    table = pa.table([table["word"], table["articles_sum"]], schema=COUNTED).combine_chunks()
    return job.exchange.put("rarity", bucket, [table], len(table))


def weigh_items(job: Job, block: Block, articles: int) -> Any:
    """How much the words of a block's claims tell; places and rare words shared out."""
    items = job.exchange.part("items", block.number)
    own = pc.unique(pc.list_flatten(items["words"]))
    weights: dict[str, float] = {}
    for bucket in range(job.buckets):
        known = job.exchange.part("rarity", bucket)
        known = known.filter(pc.is_in(known["word"], value_set=own))
        weights |= {w: weight(articles, n) for w, n in zip(*(known[c].to_pylist() for c in COUNTED.names), strict=True)}
    lists = items["words"].to_pylist()
    told = pa.array([[weights[word] for word in words] for words in lists], pa.list_(pa.float64()))
    weighed = items.append_column("weights", told)
    job.exchange.put("weighed", block.number, [weighed.cast(WEIGHED)], None, packed=False)
    rows = weighed.to_pylist()
    placed = [n for n, row in enumerate(rows) if happening.spot(place_of(row)) is not None]
    keys = hashes([f"{rows[n]['kind']} {rows[n]['place']}" for n in placed])
    there = items.select(PLACED.names).take(pa.array(placed, WHOLE))
    job.exchange.put("placed", block.number, shared_out(there, keys, job.buckets), None)
    looked = [(f"{kind} {month} {word}", row["at"]) for row in rows for kind, word, month in joining.keys(item(row))]
    keys = hashes([key for key, _ in looked])
    table = pa.table([keys, np.array([at for _, at in looked], np.uint64)], schema=KEYS)
    return job.exchange.put("keys", block.number, shared_out(table, keys, job.buckets), len(table))
