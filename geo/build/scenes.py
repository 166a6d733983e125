"""Happenings across blocks: claims of one kind at one place, and those of a province with the one place's in it.

scenes     bucket   happenings of one kind at one place; those with days, by kind and province
provinces  bucket   a province's happenings with the one place's that they belong to
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from geo.build.copies import NUMBER
from geo.build.exchange import joined_with, shared_out
from geo.build.items import DAY, TEXT, WHOLE, hashes, item, place_of, place_row
from geo.build.job import Job
from geo.claims import gathering
from geo.claims.chains import Numbers
from geo.claims.happening import Happening

MEMBERS = pa.schema([("at", NUMBER), ("happening", NUMBER)])
DATED = pa.schema(
    [
        ("happening", NUMBER),
        ("kind", TEXT),
        ("first", DAY),
        ("last", DAY),
        ("place", WHOLE),
        ("place_name", TEXT),
        ("place_kind", TEXT),
        ("country", TEXT),
        ("admin1", TEXT),
    ]
)


def find_scenes(job: Job, bucket: int) -> Any:
    """The happenings of the kinds and places of a bucket; those with days go on by province."""
    blocks: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in job.exchange.bucket("placed", bucket).to_pylist():
        blocks[row["kind"], row["place"]].append(row)
    members: list[tuple[int, int]] = []
    dated: list[dict[str, Any]] = []
    keys: list[str] = []
    for rows in blocks.values():
        number = {row["claim"]: row["at"] for row in rows}
        for happening in gathering.here(sorted(map(item, rows), key=lambda one: one.rank)):
            own = [number[one.claim.id] for one in happening.members]
            if len(own) > 1:
                members += [(at, own[0]) for at in own]
            if (key := gathering.province(happening)) is not None:
                keys.append(" ".join(key))
                dated.append(_dated(own[0], happening))
    put_members(job, "members", bucket, members)
    table = pa.Table.from_pylist(dated, DATED)
    return job.exchange.put("dated", bucket, shared_out(table, hashes(keys), job.buckets), len(members))


def _dated(number: int, happening: Happening) -> dict[str, Any]:
    return {
        "happening": number,
        "kind": happening.kind,
        "first": happening.first,
        "last": happening.last,
        **place_row(happening.place),
    }


def put_members(job: Job, step: str, part: int, members: Iterable[tuple[int, int]]) -> None:
    at, happening = np.array(sorted(members), np.uint64).reshape(-1, 2).T
    job.exchange.put(step, part, [pa.table([at, happening], schema=MEMBERS)], len(at), packed=False)


def join_provinces(job: Job, bucket: int) -> Any:
    """The happenings of whole provinces with the one place's that they belong to."""
    blocks: defaultdict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    number: dict[int, int] = {}
    for row in job.exchange.bucket("dated", bucket).to_pylist():
        one = Happening(row["kind"], place_of(row), row["first"], row["last"])
        number[id(one)] = row["happening"]
        if (key := gathering.province(one)) is not None:
            blocks[key].append(one)
    found = [
        (number[id(outer)], number[id(inner)]) for block in blocks.values() for outer, inner in gathering.within(block)
    ]
    put_members(job, "provinces", bucket, found)
    put_members(job, "hosts", bucket, {(inner, inner) for _, inner in found})
    return len(found)


def homes(job: Job, at: Numbers) -> Numbers:
    """The happening of each claim of these numbers, which must be sorted: its own number when it is by itself."""
    for step in ("members", "provinces"):
        at = replaced(at, job.exchange.matching(step, np.unique(at)))
    return at


def replaced(numbers: Numbers, table: pa.Table) -> Numbers:
    """Numbers with those of a table's first column exchanged for its second."""
    table = table.sort_by(table.column_names[0])
    one, other = (column.to_numpy() for column in table.columns)
    at = joined_with(numbers, one)
    return np.where(at >= 0, other[at], numbers) if len(one) else numbers
