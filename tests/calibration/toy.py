"""A country of three constants whose answers are known: what the calibration must find again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from model.calibration.space import Space
from model.calibration.targets import Target
from model.calibration.waves import Calibration, Settings

TRUTH = {"rain": 0.7, "greed": 2.0, "mood": 55.0}
SPACE = Space(
    ("rain", "greed", "mood"), np.array([0.0, 1.0, 0.0]), np.array([1.0, 5.0, 100.0]), np.array([0.5, 3.0, 50.0])
)
MOVES_NOTHING = "mood"


def figures(design: pd.DataFrame) -> pd.DataFrame:
    """Harvests grow with rain, procurement with rain and greed, herds fall with greed in a bend; luck is small."""
    luck = np.array([np.random.default_rng(int(seed)).normal(0.0, 0.02, 6) for seed in design["seed"]])
    rain, greed = design["rain"].to_numpy(), design["greed"].to_numpy()
    columns = {
        "harvest/1": 50.0 + 30.0 * rain, "harvest/2": 40.0 + 30.0 * rain**2, "procured/1": 5.0 * greed * rain,
        "procured/2": 4.0 * greed, "herds/1": 30.0 / greed, "herds/2": 20.0 / greed + rain,
    }  # fmt: skip
    return pd.DataFrame({name: values + luck[:, i] for i, (name, values) in enumerate(columns.items())})


def chosen(**moved: float) -> tuple[Target, ...]:
    """The country of the true constants is the record; `moved` shifts a figure."""
    truth = figures(pd.DataFrame([TRUTH | {"seed": 99}])).iloc[0]
    return tuple(
        Target(*name.split("/"), (name,), float(value) + moved.get(name, 0.0), 0.5, 0.3, "Mt", "toy")
        for name, value in truth.items()
    )  # fmt: skip


SETTINGS = Settings(seed=3, waves=2, runs=60, seeds=2, trajectories=4, vectors=140)


class Toy:
    """The simulator, counting its runs; with `dies_after` it is killed once that many stages were lived."""

    def __init__(self, dies_after: int | None = None) -> None:
        self.stages: list[str] = []
        self.dies_after = dies_after

    def __call__(self, stage: str, design: pd.DataFrame) -> pd.DataFrame:
        if self.dies_after is not None and len(self.stages) >= self.dies_after:
            raise KeyboardInterrupt
        self.stages.append(stage)
        return figures(design)


def calibration(out: Path, live: Toy, targets: tuple[Target, ...] | None = None, **changes: int) -> Calibration:
    """A calibration of the toy, ready to run."""
    said: list[str] = []
    settings = Settings(**(SETTINGS.__dict__ | changes))
    declared = {"rain": 0.5, "greed": 3.0, "mood": 50.0}
    return Calibration(SPACE, targets or chosen(), settings, live, out, declared, said.append)
