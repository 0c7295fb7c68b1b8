"""The contest: runs of a baseline and of other scenarios under the same luck, lived through the ensemble's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from model.comparison.outcomes import OUTCOMES, Outcome
from model.comparison.paired import Pair, Told
from model.ensemble import Variant, live_all
from model.plan import HOUSEHOLDS, RunError
from model.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, int], None]
Key = TypeVar("Key")
SEEDS, SET = "seeds", "posterior"
"""Two kinds of luck: countries of the default constants, and sets of constants that the record allows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A comparison as it is asked for.

    scenarios    names or paths; the first one is the baseline of all others
    seeds        countries of each under the default constants, the same seeds for all
    vectors      besides: sets of constants of the posterior, one seed each, the same for all
    households   rows of each
    """

    scenarios: tuple[str, ...]
    seeds: int = 20
    vectors: int = 0
    households: int = HOUSEHOLDS

    def __post_init__(self) -> None:
        """Refuse what cannot be compared."""
        if len(self.scenarios) < 2:
            raise RunError("compare: name a baseline and at least one other scenario, as in historical nep_continues.")
        if self.seeds < 1:
            raise RunError(f"seeds: {self.seeds} countries cannot be compared; write 1 or more (20 is usual).")
        if self.vectors < 0:
            raise RunError(f"posterior: {self.vectors} sets of constants cannot be lived; write 0 or more.")


@dataclass(frozen=True)
class Contest:
    """What was lived: for each kind of luck, a table of runs by scenario, rows of the same luck side by side."""

    wish: Wish
    scenarios: list[Scenario]
    runs: Mapping[str, Mapping[str, pd.DataFrame]]

    @property
    def baseline(self) -> Scenario:
        """The scenario that the others are held against."""
        return self.scenarios[0]

    @property
    def others(self) -> list[Scenario]:
        """All scenarios but the baseline."""
        return self.scenarios[1:]

    def pairs(self, luck: str, other: str, outcomes: Sequence[Outcome] = OUTCOMES) -> dict[str, Pair]:
        """Return those outcomes, the headlines or others, that both scenarios tell, by name."""
        runs, found = self.runs[luck], {}
        for one in outcomes:
            ours, theirs = one.of(runs[self.baseline.name]), one.of(runs[other])
            if ours is not None and theirs is not None:
                found[one.name] = Pair(ours, theirs)
        return found

    def table(self) -> pd.DataFrame:
        """Return a row for each outcome, scenario and kind of luck, with levels, differences and their certainty."""
        import pandas as pd

        rows = []
        for luck in self.runs:
            for scenario in self.others:
                pairs = self.pairs(luck, scenario.name)
                for one in OUTCOMES:
                    if (pair := pairs.get(one.name)) is None:
                        continue
                    base, level, gap = Told.of(pair.baseline), Told.of(pair.other), pair.difference
                    rows.append({
                        "outcome": one.name, "label": one.label, "unit": one.unit, "luck": luck,
                        "runs": len(pair.baseline), "baseline": self.baseline.name, "scenario": scenario.name,
                        "baseline_mean": base.mean, "baseline_low": base.low, "baseline_high": base.high,
                        "scenario_mean": level.mean, "scenario_low": level.low, "scenario_high": level.high,
                        "difference": gap.mean, "difference_low": gap.low, "difference_high": gap.high,
                        "standard_error": pair.standard_error, "sd_paired": pair.sd_paired,
                        "sd_unpaired": pair.sd_unpaired, "gain_from_pairing": pair.gain,
                        "seeds_enough": pair.seeds_enough,
                    })  # fmt: skip
        return pd.DataFrame(rows)

    def everything(self) -> pd.DataFrame:
        """Return the paired difference of every number that the runs tell, one row each."""
        import pandas as pd

        tables = []
        for luck, runs in self.runs.items():
            base = runs[self.baseline.name]
            names = [name for name in base.columns if "/" in str(name)]
            for scenario in self.others:
                shared = [name for name in names if name in runs[scenario.name].columns]
                gap = runs[scenario.name][shared] - base[shared]
                tables.append(pd.DataFrame({
                    "number": shared, "luck": luck, "scenario": scenario.name,
                    "baseline_mean": base[shared].mean().to_numpy(), "difference": gap.mean().to_numpy(),
                    "difference_low": gap.quantile(0.05).to_numpy(), "difference_high": gap.quantile(0.95).to_numpy(),
                }).dropna())  # fmt: skip
        return pd.concat(tables, ignore_index=True)

    def headlines(self) -> pd.DataFrame:
        """Return the headline outcomes of every run, one row each."""
        import pandas as pd

        tables = []
        for luck, runs in self.runs.items():
            for name, table in runs.items():
                told = {one.name: values for one in OUTCOMES if (values := one.of(table)) is not None}
                about = {"luck": luck, "scenario": name, "seed": table["seed"].to_numpy()}
                tables.append(pd.DataFrame(about | told))
        return pd.concat(tables, ignore_index=True)


def loaded(names: Sequence[str]) -> list[Scenario]:
    """Load the scenarios; two that would be called alike could not be told apart."""
    found = [Scenario.load(name) for name in names]
    called = [one.name for one in found]
    twice = next((name for name in called if called.count(name) > 1), None)
    if twice:
        raise RunError(f"compare: {twice} is named twice; name each scenario once.")
    return found


def constants(scenario: Scenario, vector: Mapping[str, float]) -> dict[str, float]:
    """Return a set of constants as a scenario takes it: those that it sets itself stay."""
    return {name: value for name, value in vector.items() if name not in scenario.overrides}


def hold(
    wish: Wish, *, store: Path | None = None, workers: int | None = None, progress: Progress | None = None
) -> Contest:
    """Live what is missing of a comparison.

    store      folder of the ensemble's runs; what is there is not lived again, except runs that failed
    workers    runs at once; None takes one per processor
    progress   called as `progress(runs done, runs in all, of those failed)`
    """
    scenarios = loaded(wish.scenarios)
    asked: dict[tuple[str, str], list[Variant]] = {}
    for scenario in scenarios:
        asked[SEEDS, scenario.name] = [Variant(scenario, seed, wish.households) for seed in range(1, wish.seeds + 1)]
    if wish.vectors:
        from model.calibration import vectors

        chosen = vectors(wish.vectors)
        for scenario in scenarios:
            asked[SET, scenario.name] = [
                Variant(scenario, seed, wish.households, behaviour=constants(scenario, vector))
                for seed, vector in enumerate(chosen, start=1)
            ]
    tables = lived(asked, "compare", store=store, workers=workers, progress=progress)
    kinds = dict.fromkeys(luck for luck, _ in asked)
    return Contest(
        wish, scenarios, {luck: {one.name: tables[luck, one.name] for one in scenarios} for luck in kinds}
    )  # fmt: skip


def lived(
    asked: Mapping[Key, list[Variant]], command: str, *,
    store: Path | None, workers: int | None, progress: Progress | None,
) -> dict[Key, pd.DataFrame]:  # fmt: skip
    """Live groups of variants in one go; a run that failed has no twin, so it ends the work with its reason."""
    every = list(chain.from_iterable(asked.values()))
    runs = live_all(every, store=store, workers=workers, progress=progress, retry=True)
    failed = runs[runs["failure"] != ""]
    if len(failed):
        raise RunError(f"{command}: {len(failed)} of {len(runs)} runs failed, the first: {failed['failure'].iloc[0]}")
    tables, begin = {}, 0
    for key, group in asked.items():
        tables[key] = runs.iloc[begin : begin + len(group)].reset_index(drop=True)
        begin += len(group)
    return tables
