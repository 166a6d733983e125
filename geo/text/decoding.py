"""Bytes of a file become text, or are refused in one line."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from geo.faults import BadInput

MOST_BYTES = 5_000_000
"""Larger files are refused by their size, before they are read: a news article has some ten thousand characters."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read_bytes(path: Path) -> bytes:
    """The file's bytes; BadInput when it cannot be opened or is larger than MOST_BYTES."""
    try:
        if not path.is_file():
            raise BadInput(path, "no such file" if not path.exists() else "not a file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadInput(path, f"too large for an article: {size / 1e6:.1f} MB, at most {MOST_BYTES / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"cannot be read: {error.strerror or error}") from error


def decode(raw: bytes, where: Path | str) -> str:
    """Text in UTF-8, in UTF-16 or UTF-32 with a byte order mark, or else in Windows-1252; the mark is dropped.

    Windows-1252 contains Latin-1's letters. Raises BadInput for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return _checked(raw[len(mark) :].decode(encoding), where)
            except UnicodeDecodeError as error:
                raise BadInput(where, f"not text: marked as {encoding.upper()} but byte {error.start} is not") from error
    try:
        return _checked(raw.decode("utf-8"), where)
    except UnicodeDecodeError:
        pass
    try:
        return _checked(raw.decode("cp1252"), where)
    except UnicodeDecodeError as error:
        raise BadInput(where, "not text in UTF-8, UTF-16 with a byte order mark, or Windows-1252") from error


def _checked(text: str, where: Path | str) -> str:
    found = _CONTROL.search(text)
    if found:
        raise BadInput(where, f"not text: it holds the control character U+{ord(found.group()):04X}")
    return text


def without_surrogates(text: str) -> str:
    """Half characters, which JSON can carry and no file can hold, become U+FFFD: one for one, so offsets stay."""
    return _SURROGATE.sub("\ufffd", text)
