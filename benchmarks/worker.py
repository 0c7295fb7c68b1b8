"""One measurement in a process of its own: `python -m benchmarks.worker NAME '{...}'` prints its result as JSON.

Called by `benchmarks.measure`, so that every size has its own peak of memory, every rival its own compiler.
"""

from __future__ import annotations

import json
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.words import OUTCOMES, SCALE
from model.calendar import Month
from model.columns import Countryside, bytes_per_row
from model.country import Country

SCENARIO = "historical"
YEAR = Month(1930, 6)
"""The twelve months after it are lived by rivals too slow for all months: campaign, exile, searches are at work."""


def peak_memory() -> int:
    """Most memory that this process has held [bytes]; without what the process that started it held."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(1024 * int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _timed(live: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor seconds of a call."""
    wall, processor = perf_counter(), process_time()
    live()
    return perf_counter() - wall, process_time() - processor


def _founded(households: int, threads: int) -> Country:
    return Country(SCENARIO, households=households, seed=1, threads=threads)


def _months(country: Country, months: int | None = None) -> int:
    lived = 0
    while country.running and lived != months:
        country.step()
        country.readings()
        lived += 1
    return lived


def lived(households: int, threads: int, repeat: int = 1, warm: bool = True) -> dict[str, Any]:
    """Found a country and live all its months, `repeat` times."""
    if warm:
        _months(_founded(900, 1))  # loads what was compiled before
    runs: dict[str, list[float]] = {"found_s": [], "months_s": [], "cpu_s": []}
    months = 0
    for _ in range(repeat):
        started = perf_counter()
        country = _founded(households, threads)
        runs["found_s"].append(perf_counter() - started)
        processor = process_time()
        started = perf_counter()
        months = _months(country)
        runs["months_s"].append(perf_counter() - started)
        runs["cpu_s"].append(process_time() - processor)
        del country
    ns = 1e9 * median(runs["months_s"]) / (households * months)
    return {
        "households": households, "threads": threads, "months": months, **runs, "ns": ns, "peak_bytes": peak_memory()
    }  # fmt: skip


@contextmanager
def _listening(heard: Callable[[Any, tuple[Any, ...], Any, Callable[[], None]], None]) -> Iterator[None]:
    """Hear of every loop that a country runs: `heard(land, arguments, loop, run)`, which must call `run`."""
    over = Countryside.over

    def listened(land: Countryside, function: Any, *arguments: Any) -> None:
        heard(land, arguments, function, lambda: over(land, function, *arguments))

    Countryside.over = listened  # type: ignore[method-assign]
    try:
        yield
    finally:
        Countryside.over = over  # type: ignore[method-assign]


def _name(function: Any) -> str:
    return f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"


def loops(households: int, repeat: int = 3) -> dict[str, Any]:
    """Nanoseconds of each loop per household and month on one thread, spread over all months; the rest is Python's."""
    _months(_founded(900, 1))
    found = []
    calls: Counter[str] = Counter()
    months = 0
    for _ in range(repeat):
        spent: dict[str, float] = defaultdict(float)
        calls.clear()

        def heard(land: Any, arguments: Any, function: Any, run: Callable[[], None], spent: Any = spent) -> None:
            del land, arguments
            started = perf_counter()
            run()
            spent[_name(function)] += perf_counter() - started
            calls[_name(function)] += 1

        country = _founded(households, 1)
        with _listening(heard):
            started = perf_counter()
            months = _months(country)
            seconds = perf_counter() - started
        spent["Python and regions"] = seconds - sum(spent.values())
        found.append(spent)
    unit = 1e9 / (households * months)
    ns = {name: unit * median(one[name] for one in found) for name in found[0]}
    return {
        "households": households, "ns": dict(sorted(ns.items(), key=lambda one: -one[1])),
        "calls_per_month": {name: count / months for name, count in calls.items()},
    }  # fmt: skip


def year(households: int, agents: bool, repeat: int = 1) -> dict[str, Any]:
    """Live July 1930 to June 1931 on one thread, by the engine or by Mesa agents; medians of several countries."""
    walls, processors, before = [], [], []
    for _ in range(repeat):
        country: Any
        started = perf_counter()
        if agents:
            from benchmarks.plain.country import PlainCountry

            country = PlainCountry(SCENARIO, households=households, seed=1, threads=1, settled=YEAR)
        else:
            country = _founded(households, 1)
            while country.month < YEAR:
                country.step()
        before.append(perf_counter() - started)
        wall, processor = _timed(lambda: _months(country, 12))  # noqa: B023 - called at once
        walls.append(wall)
        processors.append(processor)
    unit = 1e9 / (households * 12)
    return {
        "households": households, "repeat": repeat, "before_s": before[-1], "ns": unit * median(walls),
        "cpu_ns": unit * median(processors), "peak_bytes": peak_memory(),
    }  # fmt: skip


def outcomes(households: int, seed: int, agents: bool) -> dict[str, Any]:
    """Live all months and sum the main outcomes over the country."""
    from benchmarks.plain.country import PlainCountry

    country = (PlainCountry if agents else Country)(SCENARIO, households=households, seed=seed, threads=1)
    sums = dict.fromkeys(OUTCOMES, 0.0)
    months, started = 0, process_time()
    while country.running:
        country.step()
        readings = country.readings()
        months += 1
        for name in sums:
            sums[name] += float(np.sum(readings[name]))
    found = {name: sums[name] / SCALE[unit] for name, (_, unit) in OUTCOMES.items()}
    return {"seed": seed, "outcomes": found, "cpu_ns": 1e9 * (process_time() - started) / (households * months)}


def uncompiled(households: int, months: int) -> dict[str, Any]:
    """Live the first months with the compiler off; to be started with NUMBA_DISABLE_JIT=1 (or without, to compare)."""
    with np.errstate(over="ignore"):  # a hash is meant to overflow
        country = _founded(households, 1)
        country.step()
        wall, processor = _timed(lambda: _months(country, months))
    unit = 1e9 / (households * months)
    return {"households": households, "months": months, "ns": unit * wall, "cpu_ns": unit * processor}


def _is_filled(argument: Any, land: Any) -> bool:
    """Whether an argument of a loop is a column of villages that it fills."""
    return isinstance(argument, np.ndarray) and argument.shape[-1] == land.n_villages


def branchy(households: int, repeat: int = 9) -> dict[str, Any]:
    """Run three loops of November 1932 against their branchy rivals on the same rows; check that they agree."""
    from benchmarks.branchy import RIVALS

    found: dict[str, Any] = {}
    country = _founded(households, 1)
    while country.month < Month(1932, 10):
        country.step()

    def heard(land: Any, arguments: Any, function: Any, run: Callable[[], None]) -> None:
        rival = RIVALS.get(_name(function))
        if rival is None:
            run()
            return
        columns = [*land.homes, *land.villages, land.sheet, *(one for one in arguments if _is_filled(one, land))]
        here = land.homes.life == 0  # the engine reckons the empty rows of those gone too
        before = [column.copy() for column in columns]
        after, best = [], []
        for live in (lambda: over(land, rival, *arguments), run):
            times = []
            for _ in range(repeat + 1):
                for column, was in zip(columns, before, strict=True):
                    column[:] = was
                times.append(_timed(live)[0])
            best.append(min(times[1:]))
            after.append([column.copy() for column in columns])
        alike = [
            float((np.abs(one - other) <= 1e-4 * np.abs(other).max() + 1e-6).mean())
            for one, other in (
                (one[here], other[here]) if len(one) == len(here) else (one, other)
                for one, other in zip(*after, strict=True)
            )
        ]
        found[_name(function)] = {
            "branchy_ns": 1e9 * best[0] / households, "engine_ns": 1e9 * best[1] / households, "alike": min(alike)
        }  # fmt: skip

    over = Countryside.over
    with _listening(heard):
        country.step()
    return {"households": households, "loops": found}


def copying(threads: int = 1, megabytes: int = 256, repeat: int = 7) -> dict[str, Any]:
    """How fast memory is copied with numpy: bytes read and written in a second."""
    size = megabytes * 2**20 // threads // 8
    pairs = [(np.ones(size), np.zeros(size)) for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        times = []
        for _ in range(repeat + 1):
            started = perf_counter()
            list(pool.map(lambda pair: np.copyto(pair[1], pair[0]), pairs))
            times.append(perf_counter() - started)
    return {"threads": threads, "bytes_per_s": 2 * 8 * size * threads / min(times[1:])}


def traffic(households: int = 2_000) -> dict[str, Any]:
    """Bytes of households that the loops read and write in a month, each column once for each loop that names it.

    A column counts as written where some call of the loop changed it. Loops that visit marked villages only
    (`leavings._close`) are left out. Village columns are a sixtieth and left out too.
    """
    from model.columns import Households, columns_of
    from model.compiled import names_used

    sizes = {name: np.dtype(column.dtype).itemsize for name, column in columns_of(Households).items()}
    written: dict[str, set[str]] = defaultdict(set)
    read: dict[str, set[str]] = {}
    calls: Counter[str] = Counter()

    def heard(land: Any, arguments: Any, function: Any, run: Callable[[], None]) -> None:
        del arguments
        name = _name(function)
        before = [column.copy() for column in land.homes]
        run()
        calls[name] += 1
        read.setdefault(name, names_used(function) & set(sizes))
        changed = (
            column
            for column, was, now in zip(land.homes._fields, before, land.homes, strict=True)
            if not np.array_equal(was, now)
        )
        written[name].update(changed)

    country = _founded(households, 1)
    with _listening(heard):
        months = _months(country)
    by_loop = {
        name: (sum(sizes[c] for c in read[name]) + sum(sizes[c] for c in written[name])) * calls[name] / months
        for name in calls
        if name != "leavings._close"
    }
    return {
        "bytes_per_household": bytes_per_row(Households),
        "by_loop": dict(sorted(by_loop.items(), key=lambda one: -one[1])),
        "as_built": sum(by_loop.values()),
        "each_column_once": 2 * bytes_per_row(Households),
    }


def ensemble(first: int, runs: int, households: int = 25_000) -> dict[str, Any]:
    """Make several runs of the public function, one after another, on one thread."""
    from model import run

    run(SCENARIO, households=900, threads=1)  # loads what was compiled before, once for all runs
    seeds = range(first, first + runs)
    wall, processor = _timed(lambda: [run(SCENARIO, households=households, seed=seed, threads=1) for seed in seeds])
    return {"runs": runs, "wall_s": wall, "cpu_s": processor}


WORK = {one.__name__: one for one in (lived, loops, year, outcomes, uncompiled, branchy, copying, traffic, ensemble)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(WORK[sys.argv[1]](**json.loads(sys.argv[2]))))
