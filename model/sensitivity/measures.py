"""From the outcomes of a design's runs to tables: what each constant does, how surely, and how much of it is luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.plan import RunError
from model.sensitivity.design import LEVELS, Design, problem, salib
from model.sensitivity.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from model.policy.constant import Constant

Floats = NDArray[np.float64]

RESAMPLES = 500
CONFIDENCE = 0.95
FEWEST = 2  # trajectories or blocks without a failed run


def _whole(values: Floats, size: int, what: str) -> NDArray[np.bool_]:
    """Return which runs lie in groups of `size` (trajectories, blocks) of which none failed [runs]."""
    whole: NDArray[np.bool_] = np.asarray(~np.isnan(values).reshape(-1, size).any(axis=1))
    if whole.sum() < FEWEST:
        raise RunError(
            f"sensitivity: runs failed in all but {int(whole.sum())} of {len(whole)} {what}; "
            "the reasons stand in the store of runs; ask for more of them or name fewer constants."
        )
    return np.repeat(whole, size)


def effects(chosen: Sequence[Constant], design: Design, found: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return Morris's elementary effects over the whole range, a row for each outcome and constant.

    `mean_size` is mu*, the mean size of the effect; `low` and `high` its 95 % interval; `spread` is sigma, how much it
    differs from place to place (interactions, curvature and rare events); `rank` 1 is the largest.
    """
    import pandas as pd

    tables = []
    for one in OUTCOMES:
        values = found[one.name].to_numpy(np.float64)
        kept = _whole(values, len(chosen) + 1, "trajectories")
        answer = salib("analyze.morris").analyze(
            problem(chosen), design.points[kept], values[kept], num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            num_levels=LEVELS, seed=seed,
        )  # fmt: skip
        size, half = np.asarray(answer["mu_star"], np.float64), np.asarray(answer["mu_star_conf"], np.float64)
        table = pd.DataFrame(
            {
                "outcome": one.name, "unit": one.unit, "constant": [each.name for each in chosen], "mean_size": size,
                "low": np.maximum(0.0, size - half), "high": size + half,
                "mean": np.asarray(answer["mu"], np.float64), "spread": np.asarray(answer["sigma"], np.float64),
            }
        )  # fmt: skip
        table["rank"] = table["mean_size"].rank(ascending=False, method="first").astype(int)
        tables.append(table.sort_values("rank"))
    return pd.concat(tables, ignore_index=True)


def foremost(table: pd.DataFrame, top: int) -> list[str]:
    """Return the constants that matter most over all outcomes: by their effect over the largest one's, on average."""
    relative = table["mean_size"] / table.groupby("outcome")["mean_size"].transform("max").clip(lower=1e-12)
    score = relative.groupby(table["constant"]).mean()
    return [str(name) for name in score.sort_values(ascending=False, kind="stable").index[:top]]


def along(scenario_values: Floats, design: Design, found: pd.DataFrame, seeds: int) -> pd.DataFrame:
    """Return the curves, a row for each outcome, constant and value: mean, lowest, highest of the seeds.

    `change` is the mean difference to the scenario under the same seeds, `change_low` and `change_high` its range.
    """
    import pandas as pd

    rows = []
    points = design.points[::seeds]
    for one in OUTCOMES:
        values = found[one.name].to_numpy(np.float64).reshape(-1, seeds)
        for row in range(1, len(points)):
            place = (row - 1) // ((len(points) - 1) // len(design.names))
            here, change = values[row], values[row] - values[0]
            if np.isnan(change).all():
                continue
            rows.append(
                {
                    "outcome": one.name, "unit": one.unit, "constant": design.names[place],
                    "value": points[row, place], "own": scenario_values[place], "mean": np.nanmean(here),
                    "low": np.nanmin(here), "high": np.nanmax(here), "change": np.nanmean(change),
                    "change_low": np.nanmin(change), "change_high": np.nanmax(change),
                    "seeds": int((~np.isnan(change)).sum()),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def luck(found: pd.DataFrame, seeds: int) -> dict[str, tuple[float, float]]:
    """Return mean and standard deviation of each outcome over the seeds of the scenario itself."""
    own = found.iloc[:seeds]
    return {
        one.name: (float(own[one.name].mean()), float(own[one.name].std(ddof=1)) if seeds > 1 else float("nan"))
        for one in OUTCOMES
    }


def variances(chosen: Sequence[Constant], found: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return Sobol's shares of variance with 95 % intervals, a row for each outcome and constant.

    `first` is what the constant explains alone, `total` with all its interactions. What no `first` explains is
    interaction, and luck: every block of runs has a seed of its own.
    """
    import pandas as pd

    tables = []
    for one in OUTCOMES:
        values = found[one.name].to_numpy(np.float64)
        kept = _whole(values, len(chosen) + 2, "blocks")
        table: dict[str, Any] = {"outcome": one.name, "unit": one.unit, "constant": [each.name for each in chosen]}
        if np.ptp(values[kept]) == 0.0:  # nothing moves it: there is nothing to share out
            tables.append(pd.DataFrame(table | dict.fromkeys(SHARES, 0.0)))
            continue
        answer = salib("analyze.sobol").analyze(
            problem(chosen), values[kept], calc_second_order=False, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            seed=seed,
        )  # fmt: skip
        for name, key in (("first", "S1"), ("total", "ST")):
            share, half = np.asarray(answer[key], np.float64), np.asarray(answer[f"{key}_conf"], np.float64)
            table |= {name: share, f"{name}_low": share - half, f"{name}_high": share + half}
        tables.append(pd.DataFrame(table).sort_values("total", ascending=False))
    return pd.concat(tables, ignore_index=True)


SHARES = ("first", "first_low", "first_high", "total", "total_low", "total_high")
