"""How far a build is, for whoever wants to know."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = bool | Callable[[int, int], None]


@contextmanager
def shown(progress: Progress, total: int, done: int) -> Iterator[Callable[[int], None]]:
    """Something to tell of every so many articles done; ``done`` are done already. A guessed total may be short."""
    if callable(progress):
        told = progress
        told(done, total)

        def tell(number: int) -> None:
            nonlocal done
            done += number
            told(done, max(done, total))

        yield tell
        return
    from tqdm import tqdm

    with tqdm(
        total=total, initial=done, unit=" articles", desc="reading", file=sys.stderr, disable=not progress, leave=False
    ) as bar:

        def draw(number: int) -> None:
            bar.update(number)

        yield draw
