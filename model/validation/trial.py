"""The trial: all runs that the board, its baselines and its bands need, lived through the ensemble's store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from model.ensemble import Variant, live_all
from model.plan import HOUSEHOLDS, RunError
from model.policy.scenario import Scenario
from model.validation.baselines import BASELINES, twin_digest
from model.validation.board import BoardRow, board, numbers_of, with_average_weather
from model.validation.notes import NOTES

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, int], None]

HISTORY, AVERAGE = "history", "average_weather"
SET = "posterior"
BASELINE_SEEDS = 8
"""Seeds of a baseline: its medians are told, not its bands."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A trial as it is asked for.

    scenario     whose run is scored; the historical one, unless somebody scores a change of it
    seeds        countries under the default constants
    households   rows of each
    vectors      vectors of the posterior set, one seed each; none where no set is shipped
    baselines    whether simpler countries are lived too
    """

    scenario: str = "historical"
    seeds: int = 20
    households: int = HOUSEHOLDS
    vectors: int = 100
    baselines: bool = True

    def __post_init__(self) -> None:
        """Refuse what no board can be made of."""
        if self.seeds < 1:
            raise RunError(f"seeds: {self.seeds} countries make no board; write 1 or more (20 is usual).")
        if self.vectors < 0:
            raise RunError(f"posterior: {self.vectors} vectors cannot be lived; write 0 or more.")


@dataclass(frozen=True)
class Trial:
    """What was lived, and its scores; tables hold one run a row (`model.results.digest`)."""

    wish: Wish
    history: pd.DataFrame
    """Runs of the default constants, the deaths of their twin with average weather beside them."""
    posterior: pd.DataFrame | None
    """The same over the posterior set, one seed a vector; None where none was asked for or is shipped."""
    board: list[BoardRow]
    baselines: Mapping[str, list[BoardRow]] = field(default_factory=dict)

    @property
    def band_runs(self) -> pd.DataFrame:
        """The runs whose band is told: those of the posterior, or of the seeds where there is none."""
        return self.history if self.posterior is None else self.posterior


def _vectors(count: int) -> Sequence[Mapping[str, float]]:
    from model.calibration import vectors
    from model.calibration.shipped import POSTERIOR

    return vectors(count) if count and POSTERIOR.exists() else ()


def hold(
    wish: Wish, *, store: Path | None = None, workers: int | None = None, progress: Progress | None = None
) -> Trial:
    """Live what is missing of a trial and score it.

    store      folder of the ensemble's runs; what is there is not lived again
    workers    runs at once; None takes one per processor
    progress   called as `progress(runs done, runs in all, of those failed)`
    """
    scenario = Scenario.load(wish.scenario)
    still = BASELINES[AVERAGE].over(scenario)
    seeds = range(1, wish.seeds + 1)
    asked: dict[str, list[Variant]] = {
        HISTORY: [Variant(scenario, seed, wish.households) for seed in seeds],
        AVERAGE: [Variant(still, seed, wish.households) for seed in seeds],
    }
    chosen = list(enumerate(_vectors(wish.vectors)))
    for name, base in ((SET, scenario), (f"{SET}, {AVERAGE}", still)):
        asked[name] = [Variant(base, 1 + place, wish.households, behaviour=vector) for place, vector in chosen]
    few = range(1, min(wish.seeds, BASELINE_SEEDS) + 1)
    simpler = [one for one in BASELINES.values() if wish.baselines and one.changes is not None and one.name != AVERAGE]
    for one in simpler:
        asked[one.name] = [Variant(one.over(scenario), seed, wish.households) for seed in few]
    tables = _lived(asked, store, workers, progress)
    history = with_average_weather(tables[HISTORY], tables[AVERAGE])
    over_set = with_average_weather(tables[SET], tables[f"{SET}, {AVERAGE}"]) if chosen else None
    scores = {}
    if wish.baselines:
        scores[AVERAGE] = board(numbers_of(tables[AVERAGE]))
        scores |= {one.name: board(numbers_of(tables[one.name])) for one in simpler}
        scores["aggregate_twin"] = board([twin_digest(scenario)])
    return Trial(wish, history, over_set, board(numbers_of(history), NOTES), scores)


def _lived(
    asked: Mapping[str, list[Variant]], store: Path | None, workers: int | None, progress: Progress | None
) -> dict[str, pd.DataFrame]:
    """Live all groups of variants in one go; one run that failed spoils a board, so it ends the trial."""
    every = [variant for group in asked.values() for variant in group]
    runs = live_all(every, store=store, workers=workers, progress=progress)
    failed = runs[runs["failure"] != ""]
    if len(failed):
        raise RunError(f"validate: {len(failed)} of {len(runs)} runs failed, the first: {failed['failure'].iloc[0]}")
    tables, begin = {}, 0
    for name, group in asked.items():
        tables[name] = runs.iloc[begin : begin + len(group)].reset_index(drop=True)
        begin += len(group)
    return tables
