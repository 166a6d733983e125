"""What every task of a build in parts knows, and the readings of a block as they stand after people have spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.build.exchange import Exchange
from geo.build.inputs import Block
from geo.build.packs import names, pack_file, readings
from geo.claims.claim import Reading
from geo.faults import BadInput
from geo.ledger import corrections as human
from geo.ledger.corrections import Correction
from geo.places.gazetteer import Gazetteer

SHIFT = 24
"""Bits of a number of an article or a claim that count within its block; those above are the block's."""
CORRECTIONS = "corrections.jsonl"


@dataclass(frozen=True, slots=True)
class Job:
    """A build in parts: its folder of exchange, its folder of packs, the buckets that records are shared out in,
    and the version of the program that began it."""

    work: Path
    cache: Path
    buckets: int
    version: str

    @property
    def exchange(self) -> Exchange:
        return Exchange(self.work)


@dataclass(frozen=True, slots=True)
class Told:
    """A reading with every correction made: its number, what was done by claim id, and which corrections met a claim."""

    number: int
    reading: Reading
    marks: dict[str, list[dict[str, Any]]]
    met: tuple[int, ...]


def first_of(block: Block) -> int:
    """The number of the first article, and of the first claim, of a block."""
    return block.number << SHIFT


def beyond(block: Block) -> int:
    return (block.number + 1) << SHIFT


def article_names(job: Job, block: Block) -> Iterator[tuple[int, str | None]]:
    """The number and the id of every article of a block; None where it was refused."""
    return ((first_of(block) + n, name) for n, name in enumerate(names(pack_file(job.cache, block))))


def told(job: Job, block: Block) -> Iterator[Told]:
    """The readings of a block, one after the other, without those whose id an earlier article has."""
    again = set(job.exchange.stretch("again", first_of(block), beyond(block))["at"].to_pylist())
    said = _corrections(job.work / CORRECTIONS)
    for number, reading in enumerate(readings(pack_file(job.cache, block)), first_of(block)):
        if not isinstance(reading, BadInput) and number not in again:
            yield _told(number, reading, said.get(reading.article.id, ()))


def _told(number: int, reading: Reading, said: tuple[tuple[int, Correction], ...]) -> Told:
    if not said:
        return Told(number, reading, {}, ())
    right = human.replay([reading], [one for _, one in said], Gazetteer.shared().get)
    missed = {id(one) for one in right.unmatched}
    met = tuple(n for n, one in said if id(one) not in missed)
    return Told(number, right.readings[0], right.marks, met)


@lru_cache(maxsize=2)
def _corrections(file: Path) -> dict[str, tuple[tuple[int, Correction], ...]]:
    found: dict[str, tuple[tuple[int, Correction], ...]] = {}
    for number, one in enumerate(human.load(file)):
        found[one.article] = (*found.get(one.article, ()), (number, one))
    return found
