"""Living many runs: those that are not in the store, side by side, each kept at once. `live_all` is the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.ensemble.crews import Crew, crew
from model.ensemble.store import Row, Store
from model.ensemble.task import Outcome, Task, live_one, task_of
from model.ensemble.variant import Variant, checked
from model.plan import RunError

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, int], None]
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
    rows = shelf.read(wanted.keys() & shelf.keys()) if shelf else {}
    if retry:
        rows = {key: row for key, row in rows.items() if not row["failure"]}
    missing = {key: one for key, one in wanted.items() if key not in rows}
    if progress:
        progress(len(rows), len(wanted), _failed(rows))
    columns = _changed(asked)
    for outcome in _outcomes(list(missing.values()), workers, scheduler):
        row = _about(missing[outcome.key], columns) | {"seconds": outcome.seconds, "failure": outcome.failure}
        rows[outcome.key] = row | dict(outcome.numbers)
        if shelf:
            shelf.keep(outcome.key, {"key": outcome.key, **rows[outcome.key]})
        if progress:
            progress(len(rows), len(wanted), _failed(rows))
    return _frame(asked, rows, columns)


def _failed(rows: dict[str, Row]) -> int:
    return sum(1 for row in rows.values() if row["failure"])


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
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            yield _outcome(future, pending.pop(future))


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    """Take what came back; `live_one` tells its own failures, so an error here is the death of workers."""
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001  # dask's own errors
        return Outcome(task.key, 0.0, f"the worker was lost: {error}")


def _changed(variants: Sequence[Variant]) -> list[str]:
    """Return the names of everything that some variant changes, as columns."""
    names: dict[str, None] = {}
    for one in variants:
        names |= dict.fromkeys([f"behaviour.{name}" for name in one.behaviour] + list(one.policy))
    return list(names)


def _about(variant: Variant, columns: list[str]) -> Row:
    """Return what a row says of its variant; a change that this one does not make is no number."""
    made = {f"behaviour.{name}": value for name, value in variant.behaviour.items()} | dict(variant.policy)
    return {
        "label": variant.label,
        "scenario": variant.base.name,
        "seed": variant.seed,
        "households": variant.households,
        **{name: float(made.get(name, "nan")) for name in columns},
    }


def _frame(asked: list[Variant], rows: dict[str, Row], columns: list[str]) -> pd.DataFrame:
    """Return the rows in the order asked for, called as they were asked for now."""
    import pandas as pd

    found: list[dict[str, Any]] = [rows[one.key] | _about(one, columns) for one in asked]
    frame = pd.DataFrame(found, index=pd.Index([one.key for one in asked], name="key"))
    return frame.drop(columns="key", errors="ignore")
