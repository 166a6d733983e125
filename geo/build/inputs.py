"""What is to be read, in blocks: files, lines of files of lines, rows of Parquet files, here or at an fsspec address.

A block is a small description that any worker can open for itself, so that the text of a large corpus never passes
through the machine that gives the work out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from geo.faults import BadInput, Fault
from geo.text.corpus import NOT_ARTICLES, RECORDS
from geo.text.decoding import MOST_BYTES
from geo.text.reader import SUFFIXES

PARQUET = (".parquet", ".pq")
FILES = 250
"""Files of a block at most."""
BYTES = 2**18
"""Bytes of a block at least; those of a very large corpus are larger, so that there are some thousands of them."""
MOST = 2**22
MANY = 4_000
LARGE = 5_000
"""Articles up to which a corpus is put together in memory."""
ROWS = 250

NO_FILE = "no such file"

Form = Literal["file", "lines", "rows"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one input. ``first`` and ``last`` are bytes of a file of lines (a line belongs to the piece in which it
    begins) or rows of a Parquet file; of another file they are its bytes, all of them."""

    address: str
    form: Form
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Block:
    """What one task reads: its number among all blocks, its pieces, and about how many articles they hold."""

    number: int
    pieces: tuple[Piece, ...]
    articles: int

    @property
    def slot(self) -> str:
        """A name that stays while the input only grows at its end."""
        first = self.pieces[0]
        return f"{first.address} {first.first}"


def remote(path: Path | str) -> bool:
    """Whether it is an address for fsspec and no path here."""
    return isinstance(path, str) and "://" in path


def blocks(paths: Iterable[Path | str], *, most: int | None = None) -> list[Block]:
    """The blocks of all inputs, in order; ``most`` articles a block, about, instead of the usual size.

    Raises BadInput for an address or folder where there is nothing, and Fault where fsspec or what it needs is missing.
    """
    pieces = [piece for path in paths for piece in _pieces(path, most)]
    found: list[Block] = []
    held: list[Piece] = []
    for piece in pieces:
        if held and (piece.form != "file" or _full([*held, piece], most)):
            found.append(_block(len(found), held))
            held = []
        held.append(piece)
    return [*found, _block(len(found), held)] if held else found


def is_large(paths: Iterable[Path | str]) -> bool:
    """Whether these are to be built in parts: at an address, in Parquet, or more than memory should hold at once. Folders
    with originals beside them are read whole, whatever their size."""
    paths = list(paths)
    if any(remote(path) for path in paths):
        return True
    here = [Path(path) for path in paths]
    if any(path.name == "articles" and (path.resolve().parent / "originals").is_dir() for path in here):
        return False
    try:
        found = [piece for path in here for piece in _pieces(path, None)]
    except BadInput:
        return False  # told in its own words by who reads it whole
    long = any(piece.form == "lines" and piece.first >= MOST_BYTES // BYTES * BYTES for piece in found)
    return long or any(piece.form == "rows" for piece in found) or sum(map(_articles, found)) > LARGE


def signs(paths: Iterable[Path | str]) -> Iterator[str]:
    """What changes when an input does that is too large, or too far away, to be read for it."""
    for path in paths:
        try:
            listed = list(_listed(path))
        except BadInput as error:
            yield str(error)
            continue
        for address, size in listed:
            if remote(address):
                yield f"{address} {size} {filesystem(address)[0].ukey(address)}"
            elif size > MOST_BYTES:
                yield f"{address} {size} {Path(address).stat().st_mtime_ns}"


def _block(number: int, pieces: Sequence[Piece]) -> Block:
    return Block(number, tuple(pieces), sum(_articles(piece) for piece in pieces))


def _full(pieces: Sequence[Piece], most: int | None) -> bool:
    if any(piece.form != "file" for piece in pieces):
        return True
    return len(pieces) > (most or FILES) or sum(piece.last for piece in pieces) > MOST


def _articles(piece: Piece) -> int:
    return {"file": 1, "lines": max(1, (piece.last - piece.first) // 1000), "rows": piece.last - piece.first}[piece.form]


def _pieces(path: Path | str, most: int | None) -> Iterator[Piece]:
    for address, size in _listed(path):
        suffix = Path(address).suffix.casefold()
        if suffix in RECORDS:
            step = max(BYTES, min(MOST, 1 << (size // MANY).bit_length())) if most is None else most * 400
            starts = range(0, size, step)
            yield from (Piece(address, "lines", start, min(start + step, size)) for start in starts)
        elif suffix in PARQUET:
            yield from _rows(address, most or ROWS)
        else:
            yield Piece(address, "file", 0, size)


def _rows(address: str, step: int) -> Iterator[Piece]:
    try:
        with opened(address) as file:
            rows = parquet(file, address).metadata.num_rows
    except BadInput:
        rows = 1  # so that a worker opens it and tells what is wrong
    yield from (Piece(address, "rows", start, min(start + step, rows)) for start in range(0, rows, step))


def _listed(path: Path | str) -> Iterator[tuple[str, int]]:
    """Every file with articles below a path or address, by name, with its bytes."""
    if remote(path):
        yield from _listed_remote(str(path))
        return
    path = Path(path)
    if not path.exists():
        raise BadInput(path, "no such file or folder")
    found = list(_below(path)) if path.is_dir() else [path]
    if not found:
        raise BadInput(path, f"no articles in this folder: expected files ending in {', '.join(ENDINGS)}")
    yield from ((str(file), file.stat().st_size) for file in found)


def _below(folder: Path) -> Iterator[Path]:
    """The files with articles in a folder and those in it, by name; a ledger that lies there is no input."""
    ledgers = {file.parent for file in folder.rglob("meta.json")}
    for file in sorted(folder.rglob("*")):
        if wanted(file.relative_to(folder)) and file.is_file() and ledgers.isdisjoint(file.parents):
            yield file


def _listed_remote(address: str) -> Iterator[tuple[str, int]]:
    files, root = filesystem(address)
    scheme = address.split("://")[0]
    try:
        if files.isfile(root):
            found = {root: files.info(root)}
        else:
            found = files.find(root, detail=True) if files.exists(root) else {}
    except OSError as error:
        raise BadInput(address, f"cannot be read: {error}") from error
    named = {name: facts for name, facts in sorted(found.items()) if name == root or wanted(Path(name[len(root) :]))}
    if not named:
        raise BadInput(address, f"no articles there: expected files ending in {', '.join(ENDINGS)}")
    yield from ((f"{scheme}://{name}", int(facts.get("size") or 0)) for name, facts in named.items())


ENDINGS = (*SUFFIXES, *RECORDS, *PARQUET)


def wanted(name: Path) -> bool:
    """Whether a file of this name below a folder holds articles."""
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.suffix.casefold() in ENDINGS and name.stem.casefold() not in NOT_ARTICLES


def filesystem(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise Fault(address, "fsspec is not installed: pip install 'claim-atlas[cluster]'") from error
    try:
        files, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise Fault(address, f"nothing here can open it: {error}") from error
    return files, root


@contextmanager
def opened(address: str) -> Iterator[BinaryIO]:
    """The bytes of a file or an address; BadInput when they cannot be had."""
    try:
        if remote(address):
            files, root = filesystem(address)
            with files.open(root, "rb") as file:
                yield file
        else:
            with Path(address).open("rb") as file:
                yield file
    except FileNotFoundError as error:
        raise BadInput(address, NO_FILE) from error
    except OSError as error:
        raise BadInput(address, f"cannot be read: {error.strerror or error}") from error


def parquet(file: BinaryIO, address: str) -> Any:
    """The Parquet file in these bytes; BadInput when they are none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise BadInput(address, f"not a Parquet file: {str(error).splitlines()[0]}") from error
