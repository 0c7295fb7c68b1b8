"""How a calibration lives its runs: through the ensemble, whose store keeps every finished one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from model.calibration.files import write_all
from model.calibration.free import declared, space
from model.calibration.targets import targets
from model.calibration.waves import (
    DESIGNS,
    FINALISTS,
    LUCK_SEEDS,
    Calibration,
    Live,
    Say,
    Settings,
    fingerprint,
)
from model.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Watch = Callable[[int, int, str], None]
"""Told how many runs are done, how many the calibration asks for in all, and the stage."""

RUNS = "runs"
MARK = "known.txt"
QUICK = {"waves": 1, "runs": 60, "households": 900, "seeds": 1, "trajectories": 2, "vectors": 110}
"""A calibration that only shows that everything works: its numbers are worth nothing."""


def _living(settings: Settings, store: Path, workers: int | None, watch: Watch | None) -> Live:
    """Return what lives a table of vectors."""
    scenario, whole = Scenario.load(settings.scenario), total(settings)
    stages: dict[str, int] = {}

    def live(stage: str, design: pd.DataFrame) -> pd.DataFrame:
        from model.ensemble import Variant, live_all

        names = [name for name in design.columns if name != "seed"]
        variants = [
            Variant(scenario, int(seed), settings.households, dict(zip(names, values, strict=True)), label=stage)
            for seed, *values in design[["seed", *names]].itertuples(index=False)
        ]

        def tick(done: int, _runs: int, _failed: int) -> None:
            stages[stage] = done
            if watch is not None:
                watch(sum(stages.values()), whole, stage)

        return live_all(variants, store=store, workers=workers, progress=tick, retry=True)  # a lost worker is no answer

    return live


def calibrate(
    settings: Settings, out: Path, *, workers: int | None = None, watch: Watch | None = None, say: Say = print
) -> Calibration:
    """Carry out a calibration in a folder, or go on with the one that stands there.

    Designs of another calibration (other settings, targets, constants or engine) are removed first; its runs stay in
    the store, where what is asked for again is found.
    """
    from model.ensemble import Variant
    from model.results import store

    store.prepare(out)
    searched, chosen, table = space(), targets(), declared()
    values = {name: table[name].default for name in searched.names}
    engine = Variant(settings.scenario, settings.seed, settings.households, values).key
    mark, known = out / DESIGNS / MARK, fingerprint(settings, searched, chosen, engine)
    designs = sorted((out / DESIGNS).glob("*.csv"))
    if mark.exists() and mark.read_text(encoding="utf-8").strip() == known:
        say(f"{out}: goes on with the calibration that stands there.")
    else:
        for file in designs:
            file.unlink()
        write_all({mark: known + "\n"})
        if designs:
            say(f"{out}: held another calibration (other settings or another engine); this one begins anew.")
    calibration = Calibration(
        space=searched,
        chosen=chosen,
        settings=settings,
        live=_living(settings, out / RUNS, workers, watch),
        out=out,
        declared=values,
        say=say,
    )
    calibration.run()
    return calibration


def total(settings: Settings) -> int:
    """Return how many runs a calibration asks for."""
    screening = settings.trajectories * (space().size + 1)
    posterior = settings.vectors * settings.seeds
    return LUCK_SEEDS + screening + settings.waves * settings.runs + posterior + (FINALISTS + 1) * 2 * settings.seeds
