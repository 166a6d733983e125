"""Files written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from geo.faults import BadInput, Fault


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all: whoever reads ``path`` sees the old text or the new one."""
    replace_bytes(path, text.encode("utf-8", "surrogatepass"))


def replace_bytes(path: Path, content: bytes, *, sure: bool = True) -> None:
    """The same for bytes; ``sure`` waits until they are on the disk."""
    with replaced(path, sure=sure) as file:
        file.write(content)


@contextmanager
def replaced(path: Path, *, sure: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of ``path`` when it is done and well, and is gone otherwise."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            if sure:
                os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if sure:
        flush(path.parent)


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def ready(path: Path) -> Path:
    """The path, when a file can be written there; raises Fault before an hour's work is lost for it."""
    if path.is_dir():
        raise Fault(path, "a folder; a file is to be written here")
    if not path.parent.is_dir():
        raise Fault(path, f"cannot be written: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise Fault(path, f"cannot be written: {path.parent} takes no new files")
    return path


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """A file of lines, whole or not at all; raises Fault when the disk does not take it."""
    descriptor, name = -1, ""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(f"{line}\n")
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError as error:
        raise Fault(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a file of lines, each with where it stands ("in.jsonl, line 7"); empty lines are left out.

    Raises BadInput when the file cannot be read or a line is no JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(path, "not UTF-8 text") from error
    except OSError as error:
        raise BadInput(path, f"cannot be read: {error.strerror}") from error
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{path}, line {n}"
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadInput(where, "not a line of JSON") from error
            if not isinstance(record, dict):
                raise BadInput(where, 'not a JSON object with "id" and "text"')
            yield where, record
