"""Who does the tasks of a build: this process, processes beside it, or the workers of a Dask cluster.

A crew is a function: given a task, which is a pure function of its order, and orders, it gives the number and the result
of each as they are done. A process that is killed is replaced and its tasks are given out again.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from geo.faults import Fault

Task = Callable[..., Any]
Orders = Iterable[tuple[Any, ...]]
Crew = Callable[[Task, Orders], Iterator[tuple[int, Any]]]

AHEAD = 4
"""Tasks given out for each worker."""
AGAIN = 3
"""Times that processes are replaced without a single task getting done in between."""
KILLED = "a worker process was killed, perhaps for want of memory; what was read is kept, build again"


@contextmanager
def crew(workers: int, scheduler: Any = None) -> Iterator[Crew]:
    """So many processes, or the cluster of a scheduler, for as long as the context lasts. Raises Fault when no scheduler
    answers at its address."""
    if scheduler is not None:
        with _cluster(scheduler) as found:
            yield found
    elif workers > 1:
        processes = _Processes(workers)
        try:
            yield processes.run
        finally:
            processes.end()
    else:
        yield _here


def _here(task: Task, orders: Orders) -> Iterator[tuple[int, Any]]:
    return ((number, task(*order)) for number, order in enumerate(orders))


class _Processes:
    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Any = None

    def run(self, task: Task, orders: Orders) -> Iterator[tuple[int, Any]]:
        from concurrent.futures import FIRST_COMPLETED, Future, wait
        from concurrent.futures.process import BrokenProcessPool

        rest = iter(enumerate(orders))
        todo: deque[tuple[int, tuple[Any, ...]]] = deque()
        waiting: dict[Future[Any], tuple[int, tuple[Any, ...]]] = {}
        broken = 0
        while True:
            try:
                while len(waiting) < AHEAD * self._workers:
                    todo.extend(islice(rest, 0 if todo else 1))
                    if not todo:
                        break
                    waiting[self._started().submit(task, *todo[0][1])] = todo[0]
                    todo.popleft()
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    broken = 0
                    yield waiting.pop(future)[0], result
            except BrokenProcessPool as error:
                broken += 1
                if broken > AGAIN:
                    raise Fault("build", KILLED) from error
                todo.extendleft(waiting.values())
                waiting.clear()
                self.end()

    def _started(self) -> Any:
        if self._pool is None:
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            # Spawned, not forked: the models' threads do not survive a fork.
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=fresh, initializer=_begin)
        return self._pool

    def end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def _begin() -> None:
    """A worker leaves Ctrl-C to its parent and ends when its parent is no more."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _cluster(scheduler: Any) -> Iterator[Crew]:
    try:
        from distributed import Client
    except ImportError as error:
        raise Fault(str(scheduler), "Dask is not installed: pip install 'claim-atlas[cluster]'") from error
    connect: Any = Client  # Dask has types in some places only
    client, own = scheduler, False
    if isinstance(scheduler, str):
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would tell, a Fault does
        try:
            client, own = connect(scheduler, timeout="10s", set_as_default=False), True
        except (OSError, ValueError) as error:
            raise Fault(scheduler, "no Dask scheduler answers there") from error

    def run(task: Task, orders: Orders) -> Iterator[tuple[int, Any]]:
        return _on_cluster(client, task, orders, str(scheduler))

    try:
        yield run
    finally:
        if own:
            client.close(timeout=2)


def _on_cluster(client: Any, task: Task, orders: Orders, address: str) -> Iterator[tuple[int, Any]]:
    from concurrent.futures import CancelledError

    from distributed import as_completed
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    finished: Any = as_completed
    number: dict[str, int] = {}
    rest = iter(enumerate(orders))

    def given(most: int) -> list[Any]:
        futures = []
        for n, order in islice(rest, most):
            futures.append(client.submit(task, *order, pure=False))
            number[futures[-1].key] = n
        return futures

    try:
        running = finished(given(AHEAD * max(1, sum(client.nthreads().values()))), loop=client.loop)
        for future in running:
            result = future.result()
            yield number.pop(future.key), result
            for more in given(1):
                running.add(more)
    except KilledWorker as error:
        raise Fault(address, "workers of the cluster were killed again and again; what was read is kept") from error
    except (CancelledError, CommClosedError, TimeoutError) as error:
        raise Fault(address, "the cluster went away; what was read is kept, build again") from error
