"""What this copy of the atlas lacks, and what works all the same: a page keeps silent about neither."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from geo.faults import Fault
from geo.model.weights import MANIFEST, SUBJECTS, WEIGHTS, verify
from geo.places.gazetteer import SHIPPED
from geo.places.storage import read_manifest

ROOM = 20_000_000
"""Bytes of temporary disk below which nothing of a reader's own is tried; the ledger of a few articles has 100 kB."""

_AS_BEFORE = "Everything that was read before, on the map and on the other pages, is as it was."


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, why we think so, and what still works, each in words for the reader.

    ``reading`` says whether a text of one's own can be read without it.
    """

    what: str
    because: str
    works: str
    reading: bool


def lacks(weights: Path | None = None, gazetteer: Path | None = None) -> tuple[Lack, ...]:
    """Everything that this copy lacks; the files are looked through again when one of them has changed."""
    weights, gazetteer = weights or WEIGHTS, gazetteer or SHIPPED
    files = (_stamps(weights), _stamps(gazetteer))
    return (*_of_files(str(weights), str(gazetteer), files), *_of_disk())


def without_encoder(models: object) -> str:
    """What to say of a ledger that was read with the grammar alone; nothing when the encoder read it too."""
    if not isinstance(models, dict) or "grammar" not in models or "encoder" in models:
        return ""
    return "These articles were read without the encoder: more claims and places were missed than need be."


@st.cache_data(max_entries=3, show_spinner=False)
def _of_files(weights: str, gazetteer: str, stamps: object) -> tuple[Lack, ...]:
    return (*_of_encoder(Path(weights)), *_of_gazetteer(Path(gazetteer)))


def _of_encoder(weights: Path) -> Iterator[Lack]:
    absent = [weights / subject for subject in SUBJECTS if not (weights / subject / MANIFEST).exists()]
    if absent:
        yield Lack(
            "The encoder is missing",
            f"{absent[0]}: no weights are there.",
            f"{_AS_BEFORE} A text of your own is read with the grammar, the gazetteer and lists of words alone, which "
            "misses more.",
            True,
        )
        return
    try:
        for subject in SUBJECTS:
            verify(weights / subject)
    except Fault as fault:
        works = f"{_AS_BEFORE} A text of your own cannot be read until the file is put back."
        yield Lack("The encoder is damaged", str(fault), works, False)


def _of_gazetteer(folder: Path) -> Iterator[Lack]:
    try:
        read_manifest(folder)
    except Fault as fault:
        works = f"{_AS_BEFORE} A text of your own cannot be read without it."
        yield Lack("The gazetteer is missing or damaged", str(fault), works, False)


def _of_disk() -> Iterator[Lack]:
    works = f"{_AS_BEFORE} A text of your own cannot be shown, and no ledger can be built."
    try:
        left = shutil.disk_usage(tempfile.gettempdir()).free
    except OSError as error:
        yield Lack("Nothing can be written here", f"There is no folder for temporary files: {error}.", works, False)
        return
    if left < ROOM:
        because = f"{tempfile.gettempdir()} has {left / 1e6:.0f} MB left."
        yield Lack("The disk is full", because, works, False)


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the folder does."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            told = path.stat()
        except OSError:
            continue
        found.append((path.relative_to(folder).as_posix(), told.st_size, told.st_mtime_ns))
    return tuple(found)
