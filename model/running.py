"""From a scenario and a seed to a labelled Dataset: found a country, live it month by month, keep what happened.

`run` is the whole public interface; the command line, notebooks and ensembles call it. Recording is not part of
living: `Country.step` knows nothing of it.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.results.ledger import OPENING, Recorder
from model.results.provenance import provenance

if TYPE_CHECKING:
    import xarray as xr

    from model.calendar import Month
    from model.policy.scenario import Scenario

HOUSEHOLDS = 25_000  # the smallest at which one seed is worth showing (docs/scale.md)
ROUGH = 12_500  # below it even the mean of many seeds is biased (docs/scale.md)
FEWEST = 900  # below it a region may lack a village of any kind
ALL = 25_600_000  # peasant households of the USSR in 1928: one to one
LAST_SEED = 2**32 - 1

Progress = Callable[[int, int, "Month"], None]


class RunError(ValueError):
    """A run that was asked for cannot be: one sentence for the user."""


class Stopped(Exception):
    """A run was told to stop because another one failed or was interrupted."""


def number_of_households(asked: int | str) -> int:
    """Return a number of simulated households, or say what is wrong with it.

    >>> number_of_households("all"), number_of_households("50_000")
    (25600000, 50000)
    """
    if isinstance(asked, str) and asked.strip().lower() == "all":
        return ALL
    try:
        households = int(asked)
        if households != float(asked):
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise RunError(f"households: {asked!r} is not a whole number; write for example 25000, or all.") from None
    if households <= 0:
        raise RunError(
            f"households: {households:,} is not above zero; write a number from {FEWEST} to {ALL:,}, or all."
        )
    if households < FEWEST:
        raise RunError(
            f"households: {households:,} are too few to give every region its villages; write {FEWEST} or more."
        )
    if households > ALL:
        raise RunError(
            f"households: {households:,} are more than the {ALL:,} that there were; write all for one to one."
        )
    return households


def how_rough(households: int) -> str | None:
    """Say what a small country is not good for, or nothing where it is large enough.

    >>> how_rough(25_000) is None
    True
    """
    if households >= ROUGH:
        return None
    return (
        f"{households:,} households are good for trying things out, not for numbers: deaths differ by a twelfth and "
        f"more from seed to seed, and their mean is somewhat off (docs/scale.md). Take {HOUSEHOLDS:,}."
    )


def check_numbers(households: int | str, seed: int, seeds: int, threads: int | None) -> int:
    """Refuse what no run can be made of; return the number of households."""
    families = number_of_households(households)
    if not 0 <= seed <= LAST_SEED:
        raise RunError(f"seed: {seed} is not a seed; write a whole number from 0 to {LAST_SEED}.")
    if seeds < 1:
        raise RunError(f"seeds: {seeds} runs cannot be made; write 1 or more.")
    if seed + seeds - 1 > LAST_SEED:
        raise RunError(f"seeds: {seeds} runs from seed {seed} on go beyond the last seed, {LAST_SEED}.")
    if threads is not None and threads < 1:
        raise RunError(f"threads: {threads} is not a number of threads; write 1 or more.")
    return families


def _live(
    scenario: Scenario, households: int, seed: int, threads: int | None, tick: Callable[[Month], None]
) -> xr.Dataset:
    """Found one country in July 1927 and live it to the scenario's end; keep what happened from its start on."""
    from model.country import Country

    country = Country(scenario, households=households, seed=seed, threads=threads)
    recorder = Recorder(scenario.end.index - scenario.start.index + 1)
    opening = country.opening
    while country.running:
        country.step()
        readings, row = country.readings(), country.month.index - scenario.start.index
        if row >= 0:
            recorder.record(row, readings)
        else:
            opening = {name: readings[name] for name in OPENING}
        tick(country.month)
    return recorder.dataset(scenario.start, opening, {})


def run(
    scenario: Scenario | str | Path,
    *,
    households: int | str = HOUSEHOLDS,
    seed: int = 1,
    seeds: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Live a scenario and return all that was measured.

    scenario    a Scenario, a name in `scenarios/`, or a path to a TOML file
    households  simulated households, 900 to 25.6 million, or "all" for one to one
    seed        the country's luck; the same seed gives a household the same luck in every scenario
    seeds       how many countries, with the seeds `seed`, `seed + 1`, ...; more than one gives a dimension `member`
    threads     threads to use; None takes one per processor; the numbers do not depend on it
    progress    called as `progress(months lived, months in all, month)` after every month

    Returns an `xarray.Dataset` with dimensions `month` and `region`; every variable carries `units`, `long_name` and
    `kind`, the attributes carry provenance.
    """
    if isinstance(scenario, str | Path):
        from model.policy.scenario import Scenario

        scenario = Scenario.load(scenario)
    families = check_numbers(households, seed, seeds, threads)
    began = time.perf_counter()
    months = seeds * (scenario.end.index + 1)
    stop, lock, lived = threading.Event(), threading.Lock(), 0

    def tick(month: Month) -> None:
        nonlocal lived
        if stop.is_set():
            raise Stopped
        with lock:
            lived += 1
            if progress is not None:
                progress(lived, months, month)

    luck = list(range(seed, seed + seeds))
    if seeds == 1:
        dataset = _live(scenario, families, seed, threads, tick)
    else:
        dataset = _join(_live_side_by_side(scenario, families, luck, threads, tick, stop), luck)
    orders = {"name": scenario.name, "extends": list(scenario.ancestors), **scenario.resolved()}
    record = provenance(orders, households=families, seeds=luck, seconds=time.perf_counter() - began)
    dataset.attrs.update(_attributes(scenario, record))
    return dataset


def _live_side_by_side(
    scenario: Scenario,
    households: int,
    luck: list[int],
    threads: int | None,
    tick: Callable[[Month], None],
    stop: threading.Event,
) -> list[xr.Dataset]:
    """Live one country for each seed, several at a time, one thread each; an interruption stops them all."""
    workers = min(len(luck), threads or os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="country") as pool:
        jobs = [pool.submit(_live, scenario, households, seed, 1, tick) for seed in luck]
        try:
            return [job.result() for job in jobs]
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _join(members: list[xr.Dataset], luck: list[int]) -> xr.Dataset:
    """Put the countries of several seeds into one Dataset, `member` first; a member is named by its seed."""
    import numpy as np
    import xarray as xr

    first = members[0]
    joined: dict[str, Any] = {}
    for name, variable in first.data_vars.items():
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
