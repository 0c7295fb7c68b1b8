"""Who lives the runs: threads of this process, processes of this machine, or the workers of a cluster.

All of them are asked alike, and all live a run by `task.live_one`.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from threading import Event
from typing import Any

from model.ensemble.task import Outcome, Task, live_one
from model.plan import RunError

FEW = 16
"""Runs that are not worth processes: they start in 3 s, in which one thread lives seven runs of 25,000 households.

Measured on two busy cores: 16 runs take 6.5 s on one thread, 8.5 s in two processes; 60 take 24 s and 18 s.
"""

LARGE = 100_000
"""Households from which on threads help: the others stand in line for Python's lock, since half a run is Python.

Measured, one thread and two: 16 runs of 25,000 take 6.5 s and 8.1 s; 4 of 100,000 4.0 s and 3.5 s; 4 of 400,000 13.5 s
and 8.0 s (two processes: 11.6 s).
"""

PLAIN = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
}
"""What dask would watch a hundred times a second, and nobody looks at; and no early return of memory to the system.

Dask's own environment of a worker has MALLOC_TRIM_THRESHOLD_ too, with which every column of a country would be asked
of the system anew.
"""

PATIENCE = 10  # for a scheduler to answer [s]


@dataclass(frozen=True)
class Crew:
    """Those who live runs: how to hand one over, how many are lived at once, whether they can still be reached."""

    submit: Callable[[Task], Future[Outcome]]
    workers: int
    is_there: Callable[[], bool]


@contextmanager
def crew(runs: int, households: int, workers: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Hire whoever is fastest for so many runs of so many households; `scheduler` names a cluster."""
    count = min(workers or os.cpu_count() or 1, runs)
    at_home = scheduler is None and (count == 1 or runs <= FEW)
    with _threads(count if households >= LARGE else 1) if at_home else _cluster(count, scheduler) as hired:
        yield hired


@contextmanager
def _threads(count: int) -> Iterator[Crew]:
    """Threads of this process; when nobody waits for them any more they stop within a month of their story."""
    leave = Event()
    pool = ThreadPoolExecutor(count, thread_name_prefix="country")
    try:
        yield Crew(lambda task: pool.submit(live_one, task, leave.is_set), count, lambda: True)
    finally:
        leave.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _cluster(count: int, scheduler: str | None) -> Iterator[Crew]:
    """Workers of dask; a run whose worker dies is given to another one."""
    import dask

    with _hushed(), dask.config.set(PLAIN), _client(count, scheduler) as client:
        executor = client.get_executor(pure=False)
        try:
            yield Crew(
                lambda task: executor.submit(live_one, task),
                sum(client.nthreads().values()),
                lambda: client.status in {"running", "connecting"},
            )
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _client(count: int, scheduler: str | None) -> Iterator[Any]:
    """Connect to a cluster, or start one of `count` processes with one thread each and no web page."""
    from distributed import Client, LocalCluster

    if scheduler is None:
        with _deaf_to_ctrl_c():
            cluster = LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                memory_limit=None,
                silence_logs=logging.CRITICAL,  # of the workers
            )
        with cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        raise RunError(
            f"scheduler: nobody answers at {scheduler} ({error}); "
            "start one with `dask scheduler`, and workers with `dask worker`."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise RunError(
                f"scheduler: {scheduler} has no workers; start some with `dask worker {scheduler} --nthreads 1`."
            ) from None
        yield client


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep dask's log off the terminal: what it has to say, a RunError or a reason says in a sentence."""
    from distributed.utils import silence_logging_cmgr

    with ExitStack() as stack:
        for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
            stack.enter_context(silence_logging_cmgr(logging.CRITICAL, root=name))
        yield


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Ctrl-C at a terminal goes to every process; those that are started here, and in their place, leave it to us.

    They inherit a blocked signal. Python's resource tracker would unblock it as it starts, so it is started first.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)  # a Ctrl-C of meanwhile arrives now
