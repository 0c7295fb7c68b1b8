"""Who lives the runs: threads of this process, processes of this machine, or the workers of a cluster.

All of them are asked alike, as an executor of `concurrent.futures`, and all live a run by `task.live_one`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from model.plan import RunError

FEW = 8  # runs that are over before processes have started
LARGE = 200_000  # households from which on a run leaves Python so rarely that threads lose nothing
PATIENCE = 10  # for a scheduler to answer [s]


@dataclass(frozen=True)
class Crew:
    """An executor and how many runs it lives at once."""

    executor: Executor
    workers: int


@contextmanager
def crew(runs: int, households: int, workers: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Hire whoever is fastest for so many runs of so many households; `scheduler` names a cluster."""
    count = min(workers or os.cpu_count() or 1, runs)
    if scheduler is None and (count == 1 or runs <= FEW or households >= LARGE):
        with ThreadPoolExecutor(count, thread_name_prefix="country") as pool:
            try:
                yield Crew(pool, count)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return
    with _client(count, scheduler) as client:
        executor = client.get_executor(pure=False)
        try:
            yield Crew(executor, max(1, sum(client.nthreads().values())))
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _client(count: int, scheduler: str | None) -> Iterator[Any]:
    """Connect to a cluster, or start one of `count` processes with one thread each and no web page."""
    from distributed import Client, LocalCluster

    if scheduler is None:
        with (
            LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                memory_limit=None,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
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
        yield client
