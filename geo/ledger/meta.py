"""``meta.json``: what a ledger is made of, and whether it is whole. Light to import: no Parquet, no database."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from geo.faults import DamagedLedger

FORMAT = 1
"""Goes up whenever a reader of the older form would misread the newer one."""

NAMES = ("claims", "articles", "mentions")
"""The tables, each a file ``g-<hash>/<name>.parquet``, or the files ``g-<hash>/<name>/part-<number>.parquet``."""


def read_meta(folder: Path) -> dict[str, Any]:
    """What stands in ``meta.json``; raises DamagedLedger, with what to do, when it is missing or makes no sense."""
    file = folder / "meta.json"
    again = "build it again with “python -m geo build”"
    try:
        meta = json.loads(file.read_text(encoding="utf-8", errors="surrogatepass"))
    except FileNotFoundError as error:
        raise DamagedLedger(
            folder, "there is no ledger here (no meta.json); make one with “python -m geo build”"
        ) from error
    except NotADirectoryError as error:
        raise DamagedLedger(folder, "this is a file, not the folder of a ledger") from error
    except OSError as error:
        raise DamagedLedger(file, f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise DamagedLedger(file, f"damaged (not JSON); {again}") from error
    if not isinstance(meta, dict) or not isinstance(meta.get("files"), dict):
        raise DamagedLedger(file, f"damaged (it names no files); {again}")
    if meta.get("format") != FORMAT:
        raise DamagedLedger(file, f"of another form ({meta.get('format')!r}, this is {FORMAT}); {again}")
    if set(tables(meta)) != set(NAMES):
        raise DamagedLedger(file, f"damaged (it does not name the tables {', '.join(NAMES)}); {again}")
    return meta


def tables(meta: dict[str, Any]) -> dict[str, list[str]]:
    """The files of each table, in the order of their parts."""
    found: dict[str, list[str]] = {}
    for name in meta["files"]:
        parts = Path(name).parts
        found.setdefault(parts[-2] if len(parts) > 1 and parts[-1].startswith("part-") else Path(name).stem, []).append(
            name
        )
    return {name: sorted(files) for name, files in found.items()}


def check_files(folder: Path, meta: dict[str, Any]) -> None:
    """Raise DamagedLedger unless every file of the ledger is there and is what was written."""
    for name, digest in meta["files"].items():
        file = folder / name
        if not file.resolve().is_relative_to(folder.resolve()):
            raise DamagedLedger(folder / "meta.json", f"damaged (it names a file elsewhere: {name})")
        try:
            with file.open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            raise DamagedLedger(file, f"cannot be read: {error.strerror}; build the ledger again") from error
        if found != digest:
            raise DamagedLedger(file, "damaged (its content is not what was written); build the ledger again")


def content_version(meta: dict[str, Any]) -> str:
    """A short name of the ledger's content: the same content has the same name whenever and wherever it is built."""
    files = sorted(f"{name.partition('/')[2]} {digest}" for name, digest in meta["files"].items())
    return hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]
