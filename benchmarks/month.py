"""How long a month takes: founding, 150 months of the whole country, and each loop by itself.

    python benchmarks/month.py                  25,000 households, on one thread and on two
    python benchmarks/month.py --json speed.json

Every run is made once to warm up and `--repeat` times for the record; the median is reported. Times of loops are
wall time on one thread in nanoseconds per household and month: a loop that runs in some months only is spread over
all of them. What no loop takes is Python's.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numba
import numpy as np

from model.compiled import Crew
from model.country import Country


def machine() -> dict[str, Any]:
    """What the times were taken on."""
    name = platform.processor() or platform.machine()
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        names = [line.split(":", 1)[1].strip() for line in listing.read_text().splitlines() if "model name" in line]
        name = names[0] if names else name
    return {
        "processor": name,
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
    }


def lived(households: int, threads: int, scenario: str) -> tuple[float, float, int]:
    """Seconds of founding and of all months, and the number of months."""
    started = perf_counter()
    country = Country(scenario, households=households, seed=1, threads=threads)
    founded = perf_counter()
    months = 0
    while country.running:
        country.step()
        country.readings()
        months += 1
    return founded - started, perf_counter() - founded, months


def by_loop(households: int, scenario: str) -> dict[str, float]:
    """Nanoseconds per household and month of each loop, on one thread."""
    spent: dict[str, float] = defaultdict(float)
    over = Crew.over

    def timed(crew: Crew, villages: int, function: Any, *arguments: Any, small: int | None = None) -> None:
        started = perf_counter()
        over(crew, villages, function, *arguments, small=small)
        plain = function.py_func
        spent[f"{plain.__module__.rsplit('.', 1)[-1]}.{plain.__name__}"] += perf_counter() - started

    Crew.over = timed  # type: ignore[assignment,method-assign]
    try:
        _, seconds, months = lived(households, 1, scenario)
    finally:
        Crew.over = over  # type: ignore[method-assign]
    spent["Python and regions"] = seconds - sum(spent.values())
    return {name: 1e9 * time / (households * months) for name, time in sorted(spent.items(), key=lambda loop: -loop[1])}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=25_000)
    parser.add_argument("--scenario", default="historical")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--json", type=Path, help="write the numbers to this file")
    wishes = parser.parse_args()

    report: dict[str, Any] = {"machine": machine(), "households": wishes.households, "scenario": wishes.scenario}
    lived(900, 1, wishes.scenario)  # compiles, or loads what was compiled before
    for threads in wishes.threads:
        runs = [lived(wishes.households, threads, wishes.scenario) for _ in range(wishes.repeat)]
        found, months = median(run[0] for run in runs), median(run[1] for run in runs)
        report[f"threads_{threads}"] = {
            "found_s": round(found, 3), "months_s": round(months, 3), "fastest_s": round(min(r[1] for r in runs), 3),
            "ns_per_household_month": round(1e9 * months / (wishes.households * runs[0][2]), 1),
        }  # fmt: skip
        print(f"{threads} thread(s): founding {found:.3f} s, {runs[0][2]} months {months:.3f} s")  # noqa: T201
    loops = [by_loop(wishes.households, wishes.scenario) for _ in range(wishes.repeat)]
    ns = {name: round(median(run[name] for run in loops), 2) for name in loops[0]}
    report["ns_by_loop"] = ns
    for name, cost in ns.items():
        print(f"  {name:28s} {cost:7.2f} ns")  # noqa: T201
    print(", ".join(f"{key} {value}" for key, value in report["machine"].items()))  # noqa: T201
    if wishes.json:
        wishes.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
