"""The whole analysis: screen all constants, then draw the curves and share out the variance of those that matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.ensemble import Variant, live_all
from model.policy.behaviour import BEHAVIOURS
from model.policy.scenario import Scenario
from model.sensitivity import design, measures
from model.sensitivity.outcomes import outcomes

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int, str], None]

SCREENING, CURVES, SHARES = "screening", "curves", "shares of variance"


@dataclass(frozen=True)
class Study:
    """What was found; the tables are those of `measures.py`."""

    scenario: Scenario
    households: int
    seed: int
    budget: design.Budget
    constants: int
    """How many were screened."""
    top: list[str]
    """Those that matter most, foremost first."""
    effects: pd.DataFrame
    curves: pd.DataFrame
    shares: pd.DataFrame
    luck: dict[str, tuple[float, float]]
    """Mean and standard deviation of each outcome over seeds, nothing changed."""
    runs: int
    failed: int


def study(
    scenario: Scenario,
    *,
    households: int = 12_500,
    seed: int = 1,
    constants: Sequence[str] = (),
    budget: design.Budget | None = None,
    store: Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Study:
    """Live and analyse; with a `store` what was lived before is not lived again.

    constants   names of those to screen; none named = all
    progress    called as `progress(runs done, runs in all, stage)`
    """
    budget = budget or design.Budget()
    chosen = design.constants(constants)
    design.salib("sample.morris")  # refused before the first run
    whole, before, failed = budget.runs(len(chosen)), 0, 0

    def lived(points: design.Design, stage: str) -> pd.DataFrame:
        nonlocal before, failed
        asked = [
            Variant(
                scenario,
                seed=int(its_seed),
                households=households,
                behaviour=dict(zip(points.names, map(float, point), strict=True)),
            )
            for point, its_seed in zip(points.points, points.seeds, strict=True)
        ]

        def tick(done: int, runs: int, _failed: int) -> None:
            if progress is not None:
                progress(before + min(done + len(asked) - runs, len(asked)), whole, stage)

        runs = live_all(asked, store=store, workers=workers, progress=tick)
        before += len(asked)
        failed += int((runs["failure"] != "").sum())
        return outcomes(runs)

    screening = design.screening(chosen, budget.trajectories, seed)
    effects = measures.effects(chosen, screening, lived(screening, SCREENING), seed)
    top = measures.foremost(effects, min(budget.top, len(chosen)))
    foremost = [BEHAVIOURS[name] for name in top]
    curves = design.curves(scenario, foremost, budget.values, budget.seeds, seed)
    of_curves = lived(curves, CURVES)
    blocks = design.shares(foremost, budget.blocks, seed)
    of_blocks = lived(blocks, SHARES)
    return Study(
        scenario, households, seed, budget, len(chosen), top, effects,
        curves=measures.along(design.centre(scenario, top), curves, of_curves, budget.seeds),
        shares=measures.variances(foremost, of_blocks, seed),
        luck=measures.luck(of_curves, budget.seeds),
        runs=whole, failed=failed,
    )  # fmt: skip
