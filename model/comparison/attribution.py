"""Shares of what happened among policies: every set of them lived under the same luck, Shapley's value of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.comparison.contest import SEEDS, SET, Progress, constants, lived
from model.comparison.outcomes import Outcome, years
from model.comparison.paired import Told
from model.comparison.policies import Policy, policies, subsets
from model.comparison.shapley import alone, shapley
from model.ensemble import Variant
from model.plan import RunError
from model.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
HOUSEHOLDS, SEEDS_LIVED = 12_500, 4

SHARED: tuple[Outcome, ...] = (
    Outcome("deaths", "Excess deaths 1930-34", "million", years("excess_deaths", range(1930, 1935))),
    Outcome("deaths_ukraine", "Deaths in Ukraine 1932-34", "million",
            years("excess_deaths", range(1932, 1935), "ukraine")),
    Outcome("deaths_kazakhstan", "Deaths in Kazakhstan 1930-33", "million",
            years("excess_deaths", range(1930, 1934), "kazakhstan")),
    Outcome("cattle_lost", "Cattle lost 1928-33", "million",
            (("cattle/1928", 1.0), ("cattle/1933", -1.0))),
    Outcome("industry", "Industrial output 1937", "1928 = 100", years("industry", [1937])),
)  # fmt: skip
"""What is shared out among the policies."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An attribution as it is asked for; `vectors` of the posterior come besides the seeds, one seed each."""

    scenario: str = "historical"
    seeds: int = SEEDS_LIVED
    vectors: int = 0
    households: int = HOUSEHOLDS

    def __post_init__(self) -> None:
        """Refuse what cannot be lived."""
        if self.seeds < 1:
            raise RunError(f"seeds: {self.seeds} countries cannot be lived; write 1 or more (4 is usual).")
        if self.vectors < 0:
            raise RunError(f"posterior: {self.vectors} sets of constants cannot be lived; write 0 or more.")


@dataclass(frozen=True)
class Attribution:
    """What was lived: by kind of luck and outcome, the values of all sets of policies [subsets, runs]."""

    inquiry: Inquiry
    scenario: Scenario
    policies: tuple[Policy, ...]
    values: Mapping[str, Mapping[str, Floats]]

    def table(self) -> pd.DataFrame:
        """Return a row for each outcome, policy and kind of luck; the last row of each, `all`, is what they add up to.

        share, share_of_all       Shapley's value in the unit of the outcome and as a part of the whole difference [%],
                                  each with its range over runs
        removed_alone             what goes when this policy alone goes from what was
        added_alone               what comes when it alone comes to a country without any of them
        """
        import pandas as pd

        rows = []
        for luck, outcomes in self.values.items():
            for one in SHARED:
                if one.name not in outcomes:
                    continue
                values = outcomes[one.name]
                shares, (gone, first), whole = shapley(values), alone(values), values[-1] - values[0]
                parts = [(p.name, p.title, *row) for p, *row in zip(self.policies, shares, gone, first, strict=True)]
                parts.append(("all", "All of them together", whole, whole, whole))
                for name, title, share, removed, added in parts:
                    told, part = Told.of(share), Told.of(_per_cent(share, whole))
                    rows.append({
                        "outcome": one.name, "label": one.label, "unit": one.unit, "luck": luck, "runs": len(whole),
                        "policy": name, "title": title, "share": told.mean, "share_low": told.low,
                        "share_high": told.high,
                        "share_of_all": 100.0 * told.mean / float(whole.mean()) if whole.mean() else np.nan,
                        "share_of_all_low": part.low, "share_of_all_high": part.high,
                        "removed_alone": float(removed.mean()), "added_alone": float(added.mean()),
                        "with_all": float(values[-1].mean()), "with_none": float(values[0].mean()),
                    })  # fmt: skip
        return pd.DataFrame(rows)

    def every_set(self) -> pd.DataFrame:
        """Return the outcomes of every set of policies and every run, one row each."""
        import pandas as pd

        tables = []
        for luck, outcomes in self.values.items():
            sets, runs = next(iter(outcomes.values())).shape
            in_force = [
                "+".join(one.name for i, one in enumerate(self.policies) if mask >> i & 1) for mask in range(sets)
            ]
            about = {"luck": luck, "in_force": np.repeat(in_force, runs), "run": np.tile(np.arange(1, runs + 1), sets)}
            tables.append(pd.DataFrame(about | {name: values.ravel() for name, values in outcomes.items()}))
        return pd.concat(tables, ignore_index=True)


def _per_cent(share: Floats, whole: Floats) -> Floats:
    return np.asarray(100.0 * np.divide(share, whole, out=np.full(whole.shape, np.nan), where=whole != 0.0))


def attribute(
    inquiry: Inquiry, *, among: tuple[Policy, ...] | None = None,
    store: Path | None = None, workers: int | None = None, progress: Progress | None = None,
) -> Attribution:  # fmt: skip
    """Live what is missing of an attribution; arguments as in `contest.hold`. `among` takes fewer policies than all."""
    scenario, among = Scenario.load(inquiry.scenario), among or policies()
    worlds = subsets(scenario, among)
    asked: dict[tuple[str, int], list[Variant]] = {
        (SEEDS, mask): [Variant(world, seed, inquiry.households) for seed in range(1, inquiry.seeds + 1)]
        for mask, world in enumerate(worlds)
    }
    if inquiry.vectors:
        from model.calibration import vectors

        chosen = [constants(scenario, vector) for vector in vectors(inquiry.vectors)]
        for mask, world in enumerate(worlds):
            asked[SET, mask] = [
                Variant(world, seed, inquiry.households, behaviour=vector)
                for seed, vector in enumerate(chosen, start=1)
            ]
    tables = lived(asked, "attribute", store=store, workers=workers, progress=progress)
    values: dict[str, dict[str, Floats]] = {}
    for luck in dict.fromkeys(luck for luck, _ in asked):
        values[luck] = {}
        for one in SHARED:
            told = [one.of(tables[luck, mask]) for mask in range(len(worlds))]
            if all(value is not None for value in told):
                values[luck][one.name] = np.array(told, np.float64)
    if not any(values.values()):
        raise RunError(f"attribute: {scenario.name} ends in {scenario.end}, before any of the outcomes; none is told.")
    return Attribution(inquiry, scenario, among, values)
