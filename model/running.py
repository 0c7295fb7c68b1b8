"""From a scenario and a seed to a labelled Dataset: found a country, live it month by month, keep what happened.

`run` is the whole public interface; the command line, notebooks and ensembles call it. Recording is not part of
living: `Country.step` knows nothing of it.
"""

from __future__ import annotations

import json
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.calendar import Month
from model.plan import Plan, RunError, planned
from model.results import checkpoint
from model.results.ledger import NoNumberError
from model.results.provenance import provenance
from model.results.record import Record
from model.results.store import CannotWriteError

if TYPE_CHECKING:
    import xarray as xr

    from model.country import Country
    from model.policy.scenario import Scenario

Progress = Callable[[int, int, Month], None]


class RunWarning(UserWarning):
    """What the user should know of a run that goes on all the same: one sentence."""


class CheckpointLost(RunWarning):
    """A checkpoint could not be written."""


class Stopped(Exception):
    """A run was told to stop because another one failed or was interrupted."""


def _live(
    plan: Plan,
    member: int,
    threads: int | None,
    tick: Callable[[Month], None],
    keep: Callable[[Country, Record], None],
) -> xr.Dataset:
    """Found one country in July 1927, or wake one that was kept, and live it to the scenario's end."""
    from model.country import Country

    scenario, seed = plan.countries[member]
    months = scenario.end.index + 1
    if plan.began:
        country, record = plan.began.wake(scenario, threads, months)
    else:
        country = Country(scenario, households=plan.households, seed=seed, threads=threads)
        record = Record(country, plan.keep if seed == plan.luck[0] else (), months)
    while country.running:
        country.step()
        try:
            record.take(country)
        except NoNumberError as error:
            raise RunError(f"{scenario.name}, seed {seed}, {country.month}: {error}; the run was ended.") from None
        tick(country.month)
        if country.month.next() in plan.save_at:
            keep(country, record)
    return record.dataset(scenario.start, country)


def run(
    scenario: Scenario | str | Path | None = None,
    *,
    households: int | str | None = None,
    seed: int | None = None,
    seeds: int = 1,
    threads: int | None = None,
    keep: int | str | Sequence[int] | None = None,
    progress: Progress | None = None,
    start_from: str | Path | None = None,
    save_at: Iterable[str | Month] = (),
    folder: str | Path | None = None,
    behaviours: Sequence[Mapping[str, float]] = (),
) -> xr.Dataset:
    """Live a scenario and return all that was measured.

    scenario    a Scenario, a name in `scenarios/`, or a path to a TOML file; may be left out with `start_from`
    households  simulated households, 900 to 25.6 million, or "all" for one to one; None takes 25,000
    seed        the country's luck; the same seed gives a household the same luck in every scenario; None takes 1
    seeds       how many countries, with the seeds `seed`, `seed + 1`, ...; more than one gives a dimension `member`
    threads     threads to use; None takes one per processor; the numbers do not depend on it
    keep        households kept in full, month by month: how many (spread evenly over regions and classes of 1927, the
                same in every scenario), or which rows; None takes 54; of several seeds, those of the first
    progress    called as `progress(months lived, months in all, month)` after every month
    start_from  a checkpoint to go on from, under the orders of `scenario` or, without one, under its own
    save_at     months, as in "1930-01": the country is kept as it stands on the first morning, before its orders
    folder      where checkpoints go, `<month>.checkpoint`; None takes `results/<scenario>`
    behaviours  constants in place of the defaults, one country for each mapping with a seed of its own: twenty
                `model.calibration.vectors(20)` of the posterior set give an honest band; what a scenario names stays

    Returns an `xarray.Dataset` with dimensions `month` and `region`; every variable carries `units`, `long_name` and
    `kind`, the attributes carry provenance. It holds the months before a checkpoint as they were lived.
    Distributions (`people_by_...`, `households_by_...`) have dimensions `membership` and a bin besides, kept households
    (`household_...`, `village_...`) `month` and `household`.
    """
    plan = planned(
        scenario,
        households=households,
        seed=seed,
        seeds=seeds,
        threads=threads,
        keep=keep,
        start_from=start_from,
        save_at=save_at,
        behaviours=behaviours,
    )
    return live(plan, folder=Path(folder) if folder else Path("results") / plan.scenario.name, progress=progress)


def live(
    plan: Plan, *, folder: Path, progress: Progress | None = None, kept: Callable[[Path], None] | None = None
) -> xr.Dataset:
    """Live what was planned; the arguments are those of `run`, and `kept` is called with every checkpoint written."""
    began = time.perf_counter()
    scenario, seeds = plan.scenario, len(plan.luck)
    months = seeds * (scenario.end.index + 1)
    stop, lock, lived = threading.Event(), threading.Lock(), plan.first.index
    if plan.notice:
        warnings.warn(plan.notice, RunWarning, stacklevel=2)

    def tick(month: Month) -> None:
        nonlocal lived
        if stop.is_set():
            raise Stopped
        with lock:
            lived += 1
            if progress is not None:
                progress(lived, months, month)

    def keep(country: Country, record: Record) -> None:
        file = folder / f"{country.month.next()}{checkpoint.SUFFIX}"
        try:
            checkpoint.save(country, record, plan.past, file)
        except CannotWriteError as error:  # the months lived are worth more than the file
            warnings.warn(f"{error} The run goes on without this checkpoint.", CheckpointLost, stacklevel=2)
        else:
            if kept is not None:
                kept(file)

    if seeds == 1:
        dataset = _live(plan, 0, plan.threads, tick, keep)
    else:
        dataset = _join(_live_side_by_side(plan, tick, stop, keep), plan.luck)
    orders = {"name": scenario.name, "extends": list(scenario.ancestors), **scenario.resolved()}
    record = provenance(orders, households=plan.households, seeds=plan.luck, seconds=time.perf_counter() - began)
    if plan.past:
        record["past"] = plan.past
    if plan.behaviours:
        record["behaviours"] = [dict(constants) for constants in plan.behaviours]
    dataset.attrs.update(_attributes(scenario, record))
    return dataset


def _live_side_by_side(
    plan: Plan, tick: Callable[[Month], None], stop: threading.Event, keep: Callable[[Country, Record], None]
) -> list[xr.Dataset]:
    """Live one country for each seed, several at a time, one thread each; an interruption stops them all."""
    workers = min(len(plan.luck), plan.threads or os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="country") as pool:
        jobs = [pool.submit(_live, plan, member, 1, tick, keep) for member in range(len(plan.luck))]
        try:
            return [job.result() for job in jobs]
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _join(members: list[xr.Dataset], luck: list[int]) -> xr.Dataset:
    """Put the countries of several seeds into one Dataset, `member` first; a member is named by its seed.

    Kept households are those of the first seed and know no members.
    """
    import numpy as np
    import xarray as xr

    first = members[0]
    joined: dict[str, Any] = {}
    for name, variable in first.data_vars.items():
        if "household" in variable.dims:
            joined[str(name)] = variable
            continue
        values = np.stack([member[name].values for member in members])
        joined[str(name)] = (("member", *variable.dims), values, variable.attrs)
    return xr.Dataset(joined, coords={"member": luck, **first.coords}, attrs=first.attrs)


def _attributes(scenario: Scenario, record: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a Dataset: the few that people look for, and the whole record as JSON."""
    return {
        "title": scenario.title,
        "scenario": scenario.name,
        "households": record["households"],
        "seeds": " ".join(str(seed) for seed in record["seeds"]),
        "version": record["versions"]["collectivisation"],
        "wall_seconds": record["wall_seconds"],
        "provenance": json.dumps(record, ensure_ascii=False, default=str),
    }
