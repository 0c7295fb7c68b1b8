"""The five headline outcomes that the analysis explains, each one number of a run's digest or of a few of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: the numbers of the digest it is made of, and how."""

    name: str
    title: str
    unit: str
    keys: tuple[str, ...]
    join: Callable[[pd.DataFrame], pd.Series]
    """Turns the columns `keys` of runs into one; a run that lacks one of them has no outcome."""


def _whole(runs: pd.DataFrame) -> pd.Series:
    return runs.sum(axis=1, skipna=False)


def _lowest(runs: pd.DataFrame) -> pd.Series:
    return runs.min(axis=1, skipna=False)


def _millions(runs: pd.DataFrame) -> pd.Series:
    return runs.sum(axis=1, skipna=False) / 1e3


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "excess_deaths", "Excess deaths 1930–34", "million",
        tuple(f"excess_deaths/{year}" for year in range(1930, 1935)), _whole,
    ),
    Outcome("harvest", "Grain harvest 1932", "Mt", ("harvest/1932",), _whole),
    Outcome(
        "cattle_trough", "Cattle at their fewest, 1928–38", "million",
        tuple(f"cattle/{year}" for year in range(1928, 1939)), _lowest,
    ),
    Outcome("towns", "Townspeople on 1 January 1939", "million", ("towns/1939",), _millions),
    Outcome("industry", "Industrial output 1937", "1928 = 100", ("industry/1937",), _whole),
)  # fmt: skip


def outcomes(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes of runs (`live_all`), one column each, in the same order; a run that failed has none."""
    import pandas as pd

    return pd.DataFrame({one.name: one.join(runs.reindex(columns=list(one.keys))) for one in OUTCOMES})
