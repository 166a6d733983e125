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

from geo.text.article import Article
from geo.text.corpus import read_corpus

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"


def read(article: Article) -> tuple[float, float]:
    """Read an article: the processor's seconds that it took, and the megabytes that the process has had at most."""
    from geo.claims.extract import read_article

    begun = time.process_time()
    read_article(article)
    return time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folders: Sequence[Path]) -> int:
    fresh = multiprocessing.get_context("spawn")
    articles = read_corpus(folders).articles
    for workers in (1, 2):
        with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
            list(pool.map(read, articles[:1] * workers * 3))  # models loaded
            begun = time.monotonic()
            done = list(pool.map(read, articles))  # one by one, as `geo claims` gives them out
            clock = time.monotonic() - begun
        spent, most = sum(one[0] for one in done), max(one[1] for one in done)
        print(
            f"{workers} at once: {len(done)} articles, {len(done) / clock:.1f} a second by the clock, "
            f"{spent / len(done):.3f} s of processor each, at most {most:.0f} MB in a process"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]] or [CORPUS]))
