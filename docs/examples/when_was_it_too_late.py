"""When was it too late? Relief as generous as that of 1936 begins in one month after the other; who is saved?

A script to run and to change:

    python docs/examples/when_was_it_too_late.py            some ten seconds, once the rules are compiled
    python docs/examples/when_was_it_too_late.py 2500 1     rough, to see that it works: households, seeds

Prints a table and draws too_late.png where you stand. Each start of relief is compared with history under the same
seeds, so that a difference is policy, not luck.
"""

from __future__ import annotations

import sys

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from model import Scenario, run
from model.figures.style import BLUE, GREY, RC

STARTS = ("1932-01", "1932-07", "1933-01", "1933-03", "1933-05", "1933-07")
"""Months in which stores are opened; change them."""


def relief_from(month: str) -> Scenario:
    """Return history with relief as in 1936, from a month on."""
    orders = {
        "share": {month: {"value": 0.8, "why": "as from August 1936"}},
        "delay": {month: {"value": 1, "why": "as from August 1936"}},
        "threshold": {month: {"value": 0.15, "why": "as under the NEP"}},
        "reserve_kept": {month: {"value": 0.3, "why": "as in 1927"}},
    }
    return Scenario.load("historical").with_changes({"relief": orders}, name=f"relief from {month}")


def outcome(scenario: Scenario, households: int, seed: int) -> tuple[float, float]:
    """Return excess deaths of 1932-34 [million] and grain given as relief in 1932-33 [Mt]."""
    country = run(scenario, households=households, seed=seed, keep=0)
    deaths = country.excess_deaths.sel(month=slice("1932-01-01", "1934-12-31")).sum()
    relief = country.relief.sel(month=slice("1932-01-01", "1933-12-31")).sum()
    return float(deaths) / 1e6, float(relief) / 1e6


def main(households: int = 12_500, seeds: int = 2) -> None:
    """Live history and every start of relief, then tell and draw."""
    luck = range(1, seeds + 1)
    history = np.array([outcome(Scenario.load("historical"), households, seed) for seed in luck])
    print(f"history               {history[:, 0].mean():5.2f} million excess deaths 1932-34")
    saved = []
    for month in STARTS:
        found = np.array([outcome(relief_from(month), households, seed) for seed in luck])
        saved.append(history[:, 0] - found[:, 0])
        print(
            f"relief from {month}   {found[:, 0].mean():5.2f} million, {saved[-1].mean():5.2f} million fewer, "
            f"for {found[:, 1].mean():4.2f} Mt of grain"
        )
    plt.rcParams.update(RC)
    figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
    months = [np.datetime64(month) for month in STARTS]
    axes.plot(months, saved, "o", color=GREY, markersize=4)
    axes.plot(months, np.mean(saved, axis=1), color=BLUE)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(AutoDateLocator()))
    axes.set_ylim(bottom=min(0.0, float(np.min(saved))))
    axes.set_title("Fewer excess deaths 1932-34 where relief begins in that month, million")
    figure.savefig("too_late.png", dpi=150)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
