"""Small records that tasks hand to each other through a folder: shared out by key, whole or not there.

    FOLDER/<step>/<part>.arrow    the records of one task, one batch for each bucket
    FOLDER/<step>/<part>.json     what the task says of them; written last, so that it marks the task as done

A task writes one file however many buckets there are; who takes a bucket reads that batch of every file. Files are
mapped into memory, and of records in the order of their first column a stretch is found without reading the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geo.claims.chains import Numbers
from geo.faults import Fault
from geo.ledger.files import replace_bytes, replaced

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, slots=True)
class Exchange:
    """The folder of one build."""

    folder: Path

    def done(self, step: str, part: int) -> list[Any] | None:
        """A list of what a task said when it had done its part of a step; None when it has not."""
        try:
            found = json.loads((self.folder / step / f"{part}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, list) and len(found) == 1 else None

    def put(self, step: str, part: int, buckets: Sequence[pa.Table], said: Any, *, packed: bool = True) -> Any:
        """Write a task's records and what it says of them; gives back the latter. Raises Fault when the disk is full."""
        home = self.folder / step
        try:
            home.mkdir(parents=True, exist_ok=True)
            with (
                replaced(home / f"{part}.arrow", sure=False) as file,
                pa.ipc.new_file(file, buckets[0].schema, options=_PACKED if packed else None) as out,
            ):
                for table in buckets:
                    out.write_batch(_one_batch(table))
            replace_bytes(home / f"{part}.json", json.dumps([said]).encode(), sure=False)
        except OSError as error:
            raise Fault(home, f"cannot be written: {error.strerror or error}") from error
        return said

    def bucket(self, step: str, number: int) -> pa.Table:
        """All records of one bucket of a step."""
        found = [pa.Table.from_batches([batch]) for batch in self._batches(step, number)]
        return pa.concat_tables(found) if found else pa.table({})

    def part(self, step: str, part: int) -> pa.Table:
        """All records of one task."""
        with _mapped(self.folder / step / f"{part}.arrow") as file:
            return pa.ipc.open_file(file).read_all()

    def stretch(self, step: str, first: int, beyond: int) -> pa.Table:
        """The records of a step whose first column lies between two numbers. They must have been written unpacked, each
        task's in the order of that column."""
        found = []
        for batch in self._batches(step, 0):
            low, high = np.searchsorted(batch.column(0).to_numpy(), np.array([first, beyond], np.uint64))
            found.append(pa.Table.from_batches([batch.slice(low, high - low)]))
        return pa.concat_tables(found) if found else pa.table({})

    def matching(self, step: str, keys: Numbers, parts: Iterable[int] | None = None) -> pa.Table:
        """The records of a step whose first column is one of these numbers, which must be sorted; written likewise, no
        number twice. ``parts`` are the tasks that have any of them, where that is known."""
        found = []
        for batch in self._batches(step, 0, parts):
            held = batch.column(0).to_numpy()
            low = np.searchsorted(keys, held[0], "left") if len(held) else 0
            high = np.searchsorted(keys, held[-1], "right") if len(held) else 0
            at = joined_with(keys[low:high], held)  # each look-up costs the number asked for, not the number there
            found.append(pa.Table.from_batches([batch]).take(pa.array(at[at >= 0])))
        return pa.concat_tables(found) if found else pa.table({})

    def _batches(self, step: str, number: int, parts: Iterable[int] | None = None) -> Iterator[pa.RecordBatch]:
        home = self.folder / step
        for part in parts if parts is not None else sorted(int(path.stem) for path in home.glob("*.arrow")):
            with _mapped(home / f"{part}.arrow") as file:
                yield pa.ipc.open_file(file).get_batch(number)


def _mapped(path: Path) -> pa.MemoryMappedFile:
    try:
        return pa.memory_map(str(path))
    except OSError as error:
        raise Fault(path, f"cannot be read: {error}; build again") from error


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    whole = table.combine_chunks().to_batches()
    return whole[0] if whole else pa.RecordBatch.from_pylist([], schema=table.schema)


@cache
def warm() -> None:
    """Load now, once in a process, what Arrow loads when it first meets an array, so that no task's time has it in it."""
    pa.array(np.zeros(1))


def shared_out(table: pa.Table, keys: Numbers, buckets: int) -> list[pa.Table]:
    """The records in so many buckets by numbers, one for each record, in the order in which they come."""
    number = keys % np.uint64(buckets)
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(buckets + 1, dtype=np.uint64))
    ordered = table.take(pa.array(order)) if len(table) else table
    return [ordered.slice(ends[n], ends[n + 1] - ends[n]) for n in range(buckets)]


def joined_with(left: Numbers, right: Numbers) -> Numbers:
    """For each number of ``left`` where it stands in ``right``, which is sorted; -1 where it does not."""
    if not len(right):
        return np.full(len(left), -1, np.int64)
    at = np.minimum(np.searchsorted(right, left), len(right) - 1)
    return np.where(right[at] == left, at, -1).astype(np.int64)
