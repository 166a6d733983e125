"""The ledger of a large corpus, in parts: each task writes the rows of some thousand articles, block after block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.build import copies
from geo.build.happenings import named
from geo.build.inputs import Block
from geo.build.job import Job, first_of, told
from geo.claims.claim import Claim
from geo.claims.events import ALONE, event_name
from geo.claims.reuse import Source, originated, source
from geo.faults import Fault
from geo.ledger.files import replaced
from geo.ledger.rows import Row, Rows, rows
from geo.ledger.schema import TABLES
from geo.ledger.write import arrow_table, sha256
from geo.places.gazetteer import Gazetteer

PART = 10_000
"""Articles of a part, about."""
AT_ONCE = 5_000
"""Rows of a table that are held before they are written."""


def parts(blocks: Sequence[Block], articles: Sequence[int]) -> list[tuple[Block, ...]]:
    """The blocks of each part, from how many articles each block has."""
    found: list[list[Block]] = []
    held = PART
    for block, n in zip(blocks, articles, strict=True):
        if held >= PART:
            found.append([])
            held = 0
        found[-1].append(block)
        held += n
    return [tuple(part) for part in found]


def write_part(job: Job, number: int, blocks: Sequence[Block], outlets: frozenset[str]) -> Any:
    """Write one part of every table; says what each file's SHA-256 is."""
    files = {name: job.work / "parts" / name / f"part-{number:05}.parquet" for name in TABLES}
    try:
        with ExitStack() as stack:
            tables = {name: stack.enter_context(_Table.opened(file, TABLES[name])) for name, file in files.items()}
            for block in blocks:
                for made in _rows(job, block, outlets):
                    for name, table in tables.items():
                        table.add(getattr(made, name))
        hashes = {f"{name}/{file.name}": sha256(file) for name, file in files.items()}
    except OSError as error:
        raise Fault(job.work, f"the ledger cannot be written: {error.strerror or error}") from error
    return job.exchange.put("rows", number, [pa.table({"part": [number]})], hashes)


class _Table:
    """A Parquet file that grows by rows, some thousand at a time."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._held: list[Row] = []

    @classmethod
    def opened(cls, file: Path, schema: pa.Schema) -> Any:
        from contextlib import contextmanager

        @contextmanager
        def opened() -> Iterator[_Table]:
            file.parent.mkdir(parents=True, exist_ok=True)
            with replaced(file) as out, pq.ParquetWriter(out, schema) as writer:
                table = cls(writer, schema)
                yield table
                table._write()

        return opened()

    def add(self, more: Sequence[Row]) -> None:
        self._held += more
        if len(self._held) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(arrow_table(self._held, self._schema))
        self._held = []


def _rows(job: Job, block: Block, outlets: frozenset[str]) -> Iterator[Rows]:
    """The rows of each article of a block, with the origins and events of its claims."""
    first, events, number = copies.sources(job, block), named(job, block), first_of(block)
    gazetteer = Gazetteer.shared()

    def country_name(code: str) -> str | None:
        place = gazetteer.country(code)
        return place.name if place else None

    for one in told(job, block):
        numbers = range(number, number + len(one.reading.claims))
        number += len(numbers)
        claims = _claims(one.reading.claims, numbers, source(one.reading.article), first, outlets)
        claims = [
            replace(claim, event=events[n][0], event_because=events[n][1])
            if n in events
            else replace(claim, event=event_name(claim.id), event_because=ALONE)
            for n, claim in zip(numbers, claims, strict=True)
        ]
        made = rows([replace(one.reading, claims=tuple(claims))], country_name=country_name, corrected=one.marks)
        known = {claim.id: events[n] for n, claim in zip(numbers, claims, strict=True) if n in events}
        for row in made.claims:
            row["n_origins"] = 1
            if (event := known.get(row["claim_id"])) is not None:
                row["n_origins"], row["disagreements"] = event[2], event[3]
        yield made


def _claims(
    claims: Sequence[Claim], numbers: range, article: Source, first: dict[int, Source], outlets: frozenset[str]
) -> list[Claim]:
    """The claims of an article with their origins; copies are known by the number of the first claim of a sentence."""
    begun: dict[int, int] = {}
    found = []
    for number, claim in zip(numbers, claims, strict=True):
        at = begun.setdefault(claim.sentence.span.start, number)
        found.append(originated(claim, article, first.get(at, article), outlets))
    return found
