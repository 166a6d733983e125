"""The readings of a block in one file: written whole, read as a stream, told apart by the content they were made of.

Line 1 is the header, a JSON object; every other line is an article: its key, a tab, its reading as JSON, or "-", a tab,
and where and why it was refused. The file is compressed, so that a part that is missing or changed is noticed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from geo.build.contents import Raw, article, raws
from geo.build.inputs import Block, remote
from geo.build.reading import Reader, read, ready, same_program
from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger.files import replaced
from geo.ledger.kept import Kept, article_id, article_json, key, reading_from

REFUSED = "-"
_DAMAGE = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Packed:
    """What is known of a block that was read: how many articles, how many of them were read now, the processor time all
    of it took, and what it was made of."""

    number: int
    articles: int
    refused: int
    fresh: int
    seconds: float
    made_of: str


def read_block(block: Block, cache: Path, version: str, reader: Reader | None = None, elsewhere: bool = False) -> Packed:
    """Read a block's articles into its pack in the folder ``cache``; what is there already is not read again.

    Each article is kept by itself until the pack is whole, so a worker that is killed loses one article at most. Raises
    Fault for another version of the program ``elsewhere``, a model that is not whole, or a folder that takes no files.
    """
    if elsewhere:
        _seen_from_here(block, cache, version if reader is None else "")
    ready(reader)
    file = pack_file(cache, block)
    made_of = fingerprint(block, version)
    found = packed(file, block.number)
    if found is not None and found.made_of == made_of:
        return replace(found, fresh=0)
    begun = time.process_time()
    kept, old = Kept(cache), _lines_of(file)
    keys: list[str] = []
    lines: list[str] = []
    fresh = refused = 0
    for raw in raws(block):
        try:
            one = _article(raw)
        except BadInput as error:
            lines.append(refusal(error))
            refused += 1
            continue
        text = article_json(one)
        keys.append(key(text, version))
        known = old.get(keys[-1]) or kept.text(keys[-1])
        if known is None:
            well, known = read(one, reader)
            if not well:
                lines.append(refusal(BadInput(_where(raw), known)))
                refused += 1
                continue
            kept.put(keys[-1], known)
            fresh += 1
        lines.append(f"{keys[-1]}\t{known}\n")
    spent = time.process_time() - begun
    made = Packed(block.number, len(lines) - refused, refused, fresh, spent, made_of)
    _write(file, made, lines)
    kept.drop(keys)
    return made


def _seen_from_here(block: Block, cache: Path, version: str) -> None:
    """Raises Fault unless this worker has the program, the folder of the ledger and the input."""
    same_program(version)
    host = os.uname().nodename
    if not (cache.parent / ".lock").exists():
        raise Fault(cache.parent, f"the worker {host} does not see this folder; a cluster needs one that all share")
    for piece in block.pieces:
        if not remote(piece.address) and not Path(piece.address).exists():
            raise Fault(piece.address, f"the worker {host} does not see this file; a cluster needs one that all share")


def pack_file(cache: Path, block: Block) -> Path:
    """Where the readings of a block stand."""
    return cache / "blocks" / f"{hashlib.sha256(block.slot.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.pack.gz"


def fingerprint(block: Block, version: str) -> str:
    """Changes with any byte of the block's articles, and with the version of what reads them."""
    found = hashlib.sha256(version.encode())
    for raw in raws(block):
        content = str(raw).encode() if isinstance(raw, BadInput) else raw.content
        found.update(f"\n{raw.where} {len(content)}\n".encode("utf-8", "surrogatepass"))
        found.update(content)
    return found.hexdigest()[:32]


def packed(file: Path, number: int) -> Packed | None:
    """What a whole pack says of itself; None when there is none, or a damaged one."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines))
            if sum(1 for _ in lines) != head["articles"] + head["refused"]:
                return None
        return Packed(**head | {"number": number})
    except (StopIteration, *_DAMAGE):
        return None


def readings(file: Path) -> Iterator[Reading | BadInput]:
    """Every reading of a pack, and what was refused, in the order of the block; raises Fault when it is damaged."""
    for at, text in _entries(file):
        if at == REFUSED:
            yield BadInput(*json.loads(text))
        else:
            yield reading_from(text)


def names(file: Path) -> Iterator[str | None]:
    """The id of every article of a pack, and None for what was refused, in the order of the block."""
    return (None if at == REFUSED else article_id(text) for at, text in _entries(file))


def refused(file: Path) -> Iterator[BadInput]:
    """What was refused of a block."""
    return (BadInput(*json.loads(text)) for at, text in _entries(file) if at == REFUSED)


def refusal(fault: BadInput) -> str:
    return f"{REFUSED}\t{json.dumps([str(fault.where), fault.reason])}\n"


def _entries(file: Path) -> Iterator[tuple[str, str]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                at, _, text = line.rstrip("\n").partition("\t")
                yield at, text
    except (StopIteration, *_DAMAGE) as error:
        raise Fault(file, "damaged; delete it and build again, which reads its articles anew") from error


def _lines_of(file: Path) -> dict[str, str]:
    """The readings of an older pack by their key; none when it is damaged."""
    try:
        return {at: text for at, text in _entries(file) if at != REFUSED} if file.exists() else {}
    except Fault:
        return {}


def _article(raw: Raw | BadInput) -> Any:
    if isinstance(raw, BadInput):
        raise raw
    return article(raw)


def _where(raw: Raw | BadInput) -> str:
    return str(raw.where)


def _write(file: Path, made: Packed, lines: list[str]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replaced(file) as out, gzip.GzipFile("", "wb", 3, out, mtime=0) as text:
            text.write((json.dumps(asdict(made)) + "\n").encode())
            for line in lines:
                text.write(line.encode())
    except OSError as error:
        raise Fault(file.parent, f"what was read cannot be kept here: {error.strerror or error}") from error
