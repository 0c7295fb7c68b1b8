"""Living many runs: those that are not in the store, side by side, each kept at once. `live_all` is the interface."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.ensemble.crews import PATIENCE, Crew, crew
from model.ensemble.store import Run, Store
from model.ensemble.task import Outcome, Task, live_one, task_of
from model.ensemble.variant import Variant, checked
from model.plan import RunError

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, int], None]
GONE = "the cluster gave up ({reason}); finished runs are kept, the same call goes on from there."
AHEAD = 64  # runs handed out beyond those being lived: enough that nobody waits, few enough to call back


def live_all(
    variants: Sequence[Variant],
    *,
    store: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    retry: bool = False,
) -> pd.DataFrame:
    """Live all variants and return their numbers, one row each.

    variants    what is asked for; checked whole before the first run (`ScenarioError`, `RunError`)
    store       a folder where every finished run is kept at once; what is there already is not lived again
    workers     runs at once on this machine; None takes one per processor
    scheduler   address of a dask scheduler, `tcp://host:8786`, whose workers live the runs instead
    progress    called as `progress(runs done, runs in all, of those failed)`, first with what the store held
    retry       live the failed runs of the store again

    Returns a DataFrame in the order asked for, its index the key: `label`, `scenario`, `seed`, `households`, `seconds`,
    `failure` (the reason, or empty), `behaviour.<name>` and the lever of every change, every number of
    `model.results.digest`. A run that failed has its reason and no numbers.

    A script that calls this keeps its own work under `if __name__ == "__main__":`, since workers read the script too.
    """
    if workers is not None and workers < 1:
        raise RunError(f"workers: {workers} is not a number of workers; write 1 or more.")
    asked = checked(variants)
    shelf = Store(Path(store)) if store is not None else None
    wanted = {one.key: one for one in asked}
    runs = dict(shelf.read(wanted)) if shelf else {}
    if retry:
        runs = {key: run for key, run in runs.items() if not run.failure}
    missing = {key: one for key, one in wanted.items() if key not in runs}
    failed = sum(1 for run in runs.values() if run.failure)
    if progress:
        progress(len(runs), len(wanted), failed)
    for key, run in _lived(list(missing.values()), workers, scheduler):
        runs[key] = run
        if shelf:
            shelf.keep(key, run, _about(missing[key]) | {"changes": json.dumps(_changes(missing[key]))})
        failed += bool(run.failure)
        if progress:
            progress(len(runs), len(wanted), failed)
    return _frame(asked, runs)


def _lived(missing: list[Variant], workers: int | None, scheduler: str | None) -> Iterator[tuple[str, Run]]:
    """Yield the runs as they are finished, with their keys."""
    names: dict[tuple[str, ...], tuple[str, ...]] = {}  # those of a thousand runs kept in memory once
    for one in _outcomes(missing, workers, scheduler):
        shared = names.setdefault(tuple(one.numbers), tuple(one.numbers))
        yield one.key, Run(one.seconds, one.failure, shared, np.array(list(one.numbers.values()), np.float64))


def _outcomes(missing: list[Variant], workers: int | None, scheduler: str | None) -> Iterator[Outcome]:
    """Yield the outcomes as they come."""
    from model.compiled import is_cold

    if not missing:
        return
    if is_cold() and scheduler is None:  # compile once, not in every process
        yield live_one(task_of(missing.pop(0)))
    if not missing:
        return
    largest = max(one.households for one in missing)
    with crew(len(missing), largest, workers, scheduler) as hired:
        yield from _hand_out(hired, (task_of(one) for one in missing))


def _hand_out(hired: Crew, tasks: Iterator[Task]) -> Iterator[Outcome]:
    """Keep everybody busy; a worker that dies loses nothing, its run is given to another."""
    pending: dict[Future[Outcome], Task] = {}
    while True:
        for task in tasks:
            pending[hired.submit(task)] = task
            if len(pending) >= AHEAD + hired.workers:
                break
        if not pending:
            return
        done = wait(pending, timeout=PATIENCE, return_when=FIRST_COMPLETED).done
        if not done and not hired.is_there():
            raise RunError(GONE.format(reason="the scheduler does not answer"))
        for future in done:
            yield _outcome(future, pending.pop(future))


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    """Take what came back; `live_one` tells its own failures, so an error here is one of the cluster."""
    try:
        return future.result()
    except Exception as error:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):  # one worker after the other died of it
            return Outcome(task.key, 0.0, "every worker that lived this run died; perhaps of too little memory.")
        reason = " ".join(f"{type(error).__name__} {error}".split())
        raise RunError(GONE.format(reason=reason)) from error


def _changes(variant: Variant) -> dict[str, float]:
    """Return what a variant changes, by the names of the columns."""
    return {f"behaviour.{name}": value for name, value in variant.behaviour.items()} | dict(variant.policy)


def _about(variant: Variant) -> dict[str, str | int]:
    """Return what a line says of its variant."""
    return {
        "label": variant.label,
        "scenario": variant.base.name,
        "seed": variant.seed,
        "households": variant.households,
    }


def _frame(asked: list[Variant], runs: Mapping[str, Run]) -> pd.DataFrame:
    """Return the runs in the order asked for, called as they were asked for now."""
    import pandas as pd

    rows = [runs[one.key] for one in asked]
    index = pd.Index([one.key for one in asked], name="key")
    about = pd.DataFrame([_about(one) for one in asked], index=index)
    about["seconds"] = [run.seconds for run in rows]
    about["failure"] = [run.failure for run in rows]
    changes = pd.DataFrame([_changes(one) for one in asked], index=index, dtype=np.float64)
    kinds = dict.fromkeys(run.names for run in rows)  # one, unless scenarios end in different months
    columns = pd.Index(dict.fromkeys(name for names in kinds for name in names))
    places = {names: columns.get_indexer(pd.Index(names)) for names in kinds}
    numbers = np.full((len(rows), len(columns)), np.nan)
    for line, run in enumerate(rows):
        numbers[line, places[run.names]] = run.values
    return pd.concat([about, changes, pd.DataFrame(numbers, index=index, columns=columns)], axis=1)
