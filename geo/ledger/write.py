"""The ledger on disk: whole or not at all.

    OUT/meta.json                          what is in the ledger, from what it was made, the SHA-256 of each file
    OUT/g-<hash>/<table>.parquet           one generation of the tables
    OUT/g-<hash>/<table>/part-*.parquet    the same of a large corpus, in parts

A generation is written beside the others, flushed, and becomes the ledger when ``meta.json`` is replaced in one step.
Whatever ends a build before that step leaves the ledger as it was. The generation before is kept until the next build,
so that a reader who has just opened it can go on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo import __version__
from geo.claims.claim import Reading
from geo.faults import Fault
from geo.ledger.files import flush, replace
from geo.ledger.meta import FORMAT
from geo.ledger.rows import Row, rows
from geo.ledger.schema import TABLES
from geo.text.decoding import without_surrogates

_ROWS_IN_A_GROUP = 20_000


def write(
    readings: Iterable[Reading],
    out: Path,
    meta: Mapping[str, Any] | None = None,
    *,
    country_name: Callable[[str], str | None] = lambda code: None,
    corrected: Mapping[str, Sequence[Row]] | None = None,
) -> dict[str, Any]:
    """Make ``out`` the ledger of these readings and give back its ``meta.json``.

    ``meta`` adds to what stands there ("gazetteer", "models", "refused", ...). Raises Fault when the folder cannot be
    written; the ledger that was there then stays. Two writers at once must be kept apart by ``lock.held``.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _write(readings, out, meta or {}, country_name, corrected)
    except OSError as error:
        raise Fault(error.filename or out, f"the ledger cannot be written: {error.strerror or error}") from error


def _write(
    readings: Iterable[Reading],
    out: Path,
    meta: Mapping[str, Any],
    country_name: Callable[[str], str | None],
    corrected: Mapping[str, Sequence[Row]] | None,
) -> dict[str, Any]:
    made = rows(readings, country_name=country_name, corrected=corrected)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=out))
    try:
        hashes = {}
        for name, schema in TABLES.items():
            file = folder / f"{name}.parquet"
            pq.write_table(arrow_table(getattr(made, name), schema), file, row_group_size=_ROWS_IN_A_GROUP)
            flush(file)
            hashes[file.name] = sha256(file)
        facts = {"articles": len(made.articles), "claims": len({row["claim_id"] for row in made.claims})}
        return publish(folder, out, hashes, facts | dict(meta))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def arrow_table(made: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """The rows as Arrow holds them; half characters, which no file can hold, are U+FFFD."""
    try:
        return pa.Table.from_pylist(list(made), schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([_whole(row) for row in made], schema)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, Mapping):
        return {name: _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list | tuple) else value


def publish(folder: Path, out: Path, hashes: Mapping[str, str], meta: Mapping[str, Any]) -> dict[str, Any]:
    """Make the finished files in a folder of ``out``, given with their SHA-256, the ledger; its ``meta.json``.

    A table is a file ``<table>.parquet`` or files ``<table>/part-<number>.parquet``, which DuckDB reads as one.
    """
    folder.chmod(0o755)
    generation = _settle(folder, out, hashes)
    whole = {
        "format": FORMAT,
        "atlas": __version__,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "refused": [],
        **meta,
        "files": {f"{generation}/{name}": digest for name, digest in hashes.items()},
    }
    before = _generation(out)
    replace(out / "meta.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    _sweep(out, keep={generation, before})
    return whole


def sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _settle(folder: Path, out: Path, hashes: Mapping[str, str]) -> str:
    """Give the finished folder the name of its content; the same content may be there already."""
    content = "".join(f"{name}={digest};" for name, digest in sorted(hashes.items()))
    generation = f"g-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
    target = out / generation
    if target.exists() and not _holds(target, hashes):
        shutil.rmtree(target)
    if not target.exists():
        flush(folder)
        folder.rename(target)
        flush(out)
    return generation


def _holds(folder: Path, hashes: Mapping[str, str]) -> bool:
    """Whether the folder has exactly these files, byte for byte."""
    try:
        found = {file.relative_to(folder).as_posix(): sha256(file) for file in folder.rglob("*") if file.is_file()}
    except OSError:
        return False
    return found == dict(hashes)


def _generation(out: Path) -> str | None:
    """The generation that ``meta.json`` points to now."""
    try:
        files = json.loads((out / "meta.json").read_text(encoding="utf-8"))["files"]
        return str(next(iter(files))).split("/")[0]
    except (OSError, ValueError, LookupError, TypeError, StopIteration):
        return None


def _sweep(out: Path, keep: set[str | None]) -> None:
    """Take away generations that nobody can be reading any more, and what killed builds left."""
    for path in out.iterdir():
        if path.name.startswith(("g-", ".new-")) and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(".meta.json-"):
            path.unlink(missing_ok=True)
