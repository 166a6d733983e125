"""How fast articles are read, and in how much memory: ``python -m tests.bench_claims [FOLDER ...]``, or else the corpus.

Prints articles a second by the clock and by the processor's time, for one process and for two, each with one thread, the
loading of the models left out, and the greatest memory of a process. Run it on an idle machine: others' work is in it.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"


def read(folders: Sequence[Path], part: int, parts: int) -> tuple[int, float, float]:
    """Read every ``parts``-th article: how many, and the processor's seconds and megabytes it took."""
    from geo.claims.extract import read_article
    from geo.text.corpus import read_corpus

    articles = read_corpus(folders).articles[part::parts]
    read_article(articles[0])  # loads the models
    begun = time.process_time()
    for article in articles:
        read_article(article)
    spent = time.process_time() - begun
    return len(articles), spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folders: Sequence[Path]) -> int:
    fresh = multiprocessing.get_context("spawn")
    for workers in (1, 2):
        with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
            list(pool.map(read, [folders] * workers, [0] * workers, [1000] * workers))  # models loaded
            begun = time.monotonic()
            parts = list(pool.map(read, [folders] * workers, range(workers), [workers] * workers))
            clock = time.monotonic() - begun
        count, spent = sum(part[0] for part in parts), sum(part[1] for part in parts)
        most = max(part[2] for part in parts)
        print(
            f"{workers} at once: {count} articles, {count / clock:.1f} a second by the clock, "
            f"{spent / count:.3f} s of processor each, at most {most:.0f} MB in a process"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]] or [CORPUS]))
