"""The whole library beside what was, in tables small enough to keep: `results/reference/`, renewed by `reference`.

What is kept can be told again without living anything: the runs' outcomes, from which the tables and verdicts of
docs/what_if.md are made, and the years of every scenario.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

from model.comparison.contest import SEEDS, Contest, Wish
from model.comparison.outcomes import OUTCOMES, Outcome, years
from model.comparison.paired import BAND, Pair
from model.plan import HOUSEHOLDS
from model.policy.scenario import Scenario
from model.results.digest import SUBJECTS

if TYPE_CHECKING:
    import pandas as pd

BASELINE = "historical"

TOLD: tuple[Outcome, ...] = (
    *OUTCOMES,
    Outcome("herd_trough", "Cattle at their lowest, June 1928-38", "million", years("cattle", range(1928, 1939)), True),
    Outcome("cattle_1930", "Cattle, June 1930", "million", years("cattle", [1930])),
    Outcome("procured_1928", "Procured 1928/29", "Mt", years("procured", [1928])),
    Outcome("deaths_ukraine", "Excess deaths in Ukraine 1932-34", "million",
            years("excess_deaths", range(1932, 1935), "ukraine")),
    Outcome("deaths_kazakhstan", "Excess deaths in Kazakhstan 1930-33", "million",
            years("excess_deaths", range(1930, 1934), "kazakhstan")),
)  # fmt: skip
"""What is kept of every run: the headlines of a comparison, and what the literature speaks of besides."""

FOREMOST = ("deaths", "alive", "harvest", "herd_trough", "towns", "industry")
"""Outcomes of the one table and the one chart that show all scenarios."""

BY_YEAR = (
    "harvest", "procured", "exported", "collectivised", "horses", "cattle", "pigs", "sheep_goats", "excess_deaths",
    "births", "villagers", "towns", "migration", "food_villages", "food_towns", "disturbances", "exiled", "settlers",
    "prisoners", "tractors", "machinery", "industry",
)  # fmt: skip
"""Subjects of the digest that are kept by year; of a share that is told for any day, the one of 1 July."""


def library(seeds: int, households: int = HOUSEHOLDS) -> Wish:
    """Return the comparison of all scenarios that `list` shows with what was."""
    return Wish((BASELINE, *(name for name in Scenario.names() if name != BASELINE)), seeds, 0, households)


def outcomes_of(contest: Contest) -> pd.DataFrame:
    """Return what is kept of every run, a row each: scenario, seed, and every outcome of `TOLD` [its unit]."""
    import pandas as pd

    tables = []
    for name, runs in contest.runs[SEEDS].items():
        told = {one.name: values for one in TOLD if (values := one.of(runs)) is not None}
        tables.append(pd.DataFrame({"scenario": name, "seed": runs["seed"].to_numpy()} | told))
    return pd.concat(tables, ignore_index=True)


def pair(kept: pd.DataFrame, scenario: str, outcome: str) -> Pair:
    """Return an outcome of a scenario beside what was, seed by seed; what was, beside itself."""
    ours, theirs = (kept.loc[kept["scenario"] == name, outcome].to_numpy(np.float64) for name in (BASELINE, scenario))
    return Pair(ours, theirs)


def by_year(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the years of one scenario: of each subject the median of its runs, and between what 90 % of them lie."""
    import pandas as pd

    rows = []
    for name in BY_YEAR:
        subject = SUBJECTS[name]
        ending = "-07-01" if subject.when == "day" else ""
        for year in range(1927, 1941):
            if (key := f"{name}/{year}{ending}") in runs:
                low, middle, high = np.quantile(runs[key].to_numpy(np.float64), (BAND[0], 0.5, BAND[1]))
                counted = "1 July" if subject.when == "day" else subject.when
                rows.append((year, name, subject.unit, counted, middle, low, high))
    return pd.DataFrame(rows, columns=["year", "series", "unit", "counted", "median", "low", "high"])


def fingerprint(scenario: Scenario) -> str:
    """Return a hash of all that a scenario orders and of the constants it is lived with; not of its words."""
    document = {name: one for name, one in scenario.resolved().items() if name not in {"title", "question"}}
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16]
