"""The articles of a block, one after the other, as they stand in its files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from geo.build.inputs import ROWS, Block, Form, Piece, opened, parquet
from geo.faults import BadInput
from geo.text.article import Article
from geo.text.decoding import MOST_BYTES, decode
from geo.text.reader import from_record, parse

LINE = 3 * MOST_BYTES
"""Bytes of a line that is looked at; a longer one is refused."""
COLUMNS = ("id", "text", "publisher", "date", "title", "url")


@dataclass(frozen=True, slots=True)
class Raw:
    """One article's bytes as they stand in the input, and where that is."""

    where: str
    form: Form
    content: bytes
    name: str
    """The name of its file."""


def raws(block: Block) -> Iterator[Raw | BadInput]:
    """Every article of a block as it stands in its input; BadInput in the place of what cannot be read."""
    for piece in block.pieces:
        try:
            with opened(piece.address) as file:
                if piece.form == "file":
                    yield _whole(piece, file)
                elif piece.form == "lines":
                    yield from _lines(piece, file)
                else:
                    yield from _rows_of(piece, file)
        except BadInput as error:
            yield error


def article(raw: Raw) -> Article:
    """The article; BadInput when it is none."""
    if raw.form != "file":
        text = raw.content.decode() if raw.form == "rows" else decode(raw.content, raw.where)
        return replace(from_record(_json(text, raw.where), where=raw.where), source=raw.name)
    try:
        return parse(raw.content, Path(raw.where))
    except BadInput as error:
        raise BadInput(raw.where, error.reason) from error  # an address is no path


def _name(piece: Piece) -> str:
    return piece.address.rsplit("/", 1)[-1]


def _whole(piece: Piece, file: BinaryIO) -> Raw | BadInput:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return BadInput(piece.address, f"too large for an article: more than {MOST_BYTES / 1e6:.0f} MB")
    return Raw(piece.address, "file", content, _name(piece))


def _lines(piece: Piece, file: BinaryIO) -> Iterator[Raw | BadInput]:
    if piece.first:
        file.seek(piece.first - 1)
        while (rest := file.readline(LINE)) and not rest.endswith(b"\n"):
            pass  # the line that began before, however long
    at = file.tell()
    while at < piece.last and (line := file.readline(LINE)):
        where = f"{piece.address}, byte {at}"
        if len(line) == LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LINE)) and not rest.endswith(b"\n"):
                pass
            yield BadInput(where, "too large for an article")
        elif line.strip():
            yield Raw(where, "lines", line, _name(piece))
        at = file.tell()


def _rows_of(piece: Piece, file: BinaryIO) -> Iterator[Raw | BadInput]:
    table = parquet(file, piece.address)
    names = [name for name in COLUMNS if name in table.schema_arrow.names]
    at = 0
    for group in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if at < piece.last and piece.first < at + rows:
            for batch in table.iter_batches(ROWS, row_groups=[group], columns=names):
                for number, row in enumerate(batch.to_pylist() if at + len(batch) > piece.first else (), at):
                    if piece.first <= number < piece.last:
                        content = json.dumps(row, default=str).encode()
                        yield Raw(f"{piece.address}, row {number + 1}", "rows", content, _name(piece))
                at += len(batch)
                if at >= piece.last:
                    return
        else:
            at += rows


def _json(content: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadInput(where, "not a line of JSON") from error
    if not isinstance(value, dict):
        raise BadInput(where, 'not a JSON object with "id" and "text"')
    return value
