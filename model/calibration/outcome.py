"""What a calibration found: the posterior set, its centre, what the data pin down and what they leave open."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.calibration.misfit import BEND
from model.calibration.space import LEVELS
from model.calibration.waves import CENTRE, LUCK, POSTERIOR, SCREENING, Calibration

Floats = NDArray[np.float64]
LEFT, MIDDLE, RIGHT = 0.05, 0.5, 0.95
STRONG = 0.3  # a correlation worth telling
MOST_TOLD = 15  # correlations


@dataclass(frozen=True)
class Outcome:
    """The result of one calibration as tables."""

    posterior: pd.DataFrame
    """One really lived vector a row: constants, weight, misfit (minus twice the log likelihood), worst."""
    centre: dict[str, float]
    constants: pd.DataFrame
    """By constant: prior, posterior, what remains of the prior, the centre."""
    ties: pd.DataFrame
    """Pairs of constants that trade off: their correlation within the posterior."""
    figures: pd.DataFrame
    """By target: documented value, its errors, the posterior's median and 90 % band."""
    series: pd.DataFrame
    """By series: implausibility of the declared constants, of the posterior, the least of all runs; `met` or not."""
    screening: pd.DataFrame
    """By constant and series: Morris' mean absolute effect over the prior, in standard deviations of the errors."""
    facts: dict[str, Any]
    """Cut, set, effective size, emulator checks, runs, runtime."""

    def as_json(self) -> dict[str, Any]:
        """Return everything but the vectors as plain data."""
        tables = ("constants", "ties", "figures", "series", "screening")
        return {
            **self.facts,
            "centre": self.centre,
            **{name: getattr(self, name).reset_index().to_dict("records") for name in tables},
        }


def outcome(calibration: Calibration) -> Outcome:
    """Make the outcome of a calibration all of whose stages were lived."""
    settings = calibration.settings
    lived, kept = calibration.vectors(), calibration.kept()
    kept = kept.assign(weight=kept.weight / kept.weight.sum())
    best = calibration.weighed(calibration.lived[CENTRE])
    first = best.sort_values("total", kind="stable").iloc[0]
    centre = {name: float(first[name]) for name in calibration.names}
    weights = kept.weight.to_numpy(np.float64)
    runs = {stage: len(rows) for stage, rows in calibration.lived.items()}
    facts = {
        "cut": settings.cut,
        "cut_used": max(settings.cut, float(kept.worst.max())),
        "vectors_lived": len(lived),
        "vectors_kept": len(kept),
        "effective_vectors": float(1.0 / (weights**2).sum()),
        "set_aside": sorted(calibration.aside()),
        "emulators": _checks(calibration),
        "misfit_declared": float(calibration.misfit.total(_declared(calibration))[0]),
        "misfit_centre": float(first.misfit),
        "runs": runs,
        "settings": asdict(settings),
    }
    return Outcome(
        posterior=kept[[*calibration.names, "weight", "misfit", "worst"]].reset_index(drop=True),
        centre=centre,
        constants=_constants(calibration, kept, centre),
        ties=_ties(kept[calibration.names], weights),
        figures=_figures(calibration, kept),
        series=_series(calibration, kept),
        screening=_screening(calibration),
        facts=facts,
    )


def quantile(values: Floats, weights: Floats, share: float) -> float:
    """Return a weighted quantile: the value at which the weights up to it reach the share.

    >>> quantile(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.4, 0.4]), 0.5)
    2.0
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, share)), len(values) - 1)])


def _constants(calibration: Calibration, kept: pd.DataFrame, centre: dict[str, float]) -> pd.DataFrame:
    space, weights = calibration.space, kept.weight.to_numpy(np.float64)
    rows = []
    widths = space.prior_quantile(RIGHT) - space.prior_quantile(LEFT)
    for name, low, high, width in zip(space.names, space.low, space.high, widths, strict=True):
        left, middle, right = (quantile(kept[name].to_numpy(np.float64), weights, s) for s in (LEFT, MIDDLE, RIGHT))
        rows.append(
            {
                "constant": name, "prior_low": low, "prior_high": high, "declared": calibration.declared[name],
                "p05": left, "p50": middle, "p95": right, "centre": centre[name],
                "remaining": min(1.0, (right - left) / (width * (high - low))),
            }
        )  # fmt: skip
    return pd.DataFrame(rows).set_index("constant")


def _ties(values: pd.DataFrame, weights: Floats) -> pd.DataFrame:
    """Return the strongest correlations within the posterior."""
    together = np.atleast_2d(np.cov(values.to_numpy(np.float64).T, aweights=weights))
    spread = np.sqrt(np.maximum(np.diag(together), 1e-30))
    correlation = together / np.outer(spread, spread)
    pairs = [
        {"one": values.columns[i], "other": values.columns[j], "correlation": float(correlation[i, j])}
        for i in range(len(spread))
        for j in range(i + 1, len(spread))
        if abs(correlation[i, j]) >= STRONG
    ]
    table = pd.DataFrame(pairs, columns=["one", "other", "correlation"])
    strongest = table.correlation.abs().sort_values(ascending=False, kind="stable").index[:MOST_TOLD]
    return table.loc[strongest].reset_index(drop=True)


def _straight(distance: Floats) -> Floats:
    """Undo `bent`."""
    return BEND * np.sinh(distance / BEND)


def _figures(calibration: Calibration, kept: pd.DataFrame) -> pd.DataFrame:
    weights = kept.weight.to_numpy(np.float64)
    lived = calibration.lived[POSTERIOR]
    nearest = _straight(np.abs(calibration.distances(*[s for s in calibration.lived if s != LUCK])).min(axis=0))
    luck = np.sqrt(calibration.luck())
    rows = []
    for place, target in enumerate(calibration.chosen):
        runs = lived[lived.vector.isin(kept.index)]
        shares = runs.vector.map(dict(zip(kept.index, weights, strict=True))).to_numpy(np.float64)
        values = target.value + target.error * _straight(runs[target.name].to_numpy(np.float64))
        left, middle, right = (quantile(values, shares, share) for share in (LEFT, MIDDLE, RIGHT))
        rows.append(
            {
                "target": target.name, "unit": target.unit, "documented": target.value,
                "observation": target.observation, "discrepancy": target.discrepancy,
                "luck": target.error * float(luck[place]), "p05": left, "p50": middle, "p95": right,
                "sigma": (middle - target.value) / target.error, "nearest": float(nearest[place]),
                "source": target.source,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).set_index("target")


def _declared(calibration: Calibration) -> Floats:
    """Return the implausibility [1, series] of the constants as declared, mean over the seeds of luck."""
    mean = calibration.distances(LUCK).mean(axis=0, keepdims=True)
    return calibration.misfit.by_series(mean, calibration.luck() / len(calibration.lived[LUCK]))


def _series(calibration: Calibration, kept: pd.DataFrame) -> pd.DataFrame:
    misfit, luck = calibration.misfit, calibration.luck()
    lived = calibration.lived
    nearest = misfit.by_series(calibration.distances(*[s for s in lived if s != LUCK]), luck).min(axis=0)
    of_set = misfit.by_series(
        kept[calibration.columns].to_numpy(np.float64), luck / calibration.settings.seeds
    )  # fmt: skip
    weights = kept.weight.to_numpy(np.float64)
    middle = [quantile(column, weights, MIDDLE) for column in of_set.T]
    table = pd.DataFrame(
        {"declared": _declared(calibration)[0], "posterior": middle, "least": nearest},
        index=pd.Index(list(misfit.blocks), name="series"),
    )
    return table.assign(
        figures=[len(p) for p in misfit.blocks.values()], met=table.posterior <= calibration.settings.cut
    )


def _screening(calibration: Calibration) -> pd.DataFrame:
    """Return Morris' mu* of every series' figures, as their root mean square; a failed run counts as a middling one."""
    from SALib.analyze import morris

    space, lived = calibration.space, calibration.lived[SCREENING]
    figures = lived[calibration.columns].fillna(lived[calibration.columns].median()).to_numpy(np.float64)
    cube = space.cube(lived)
    effects = np.stack(
        [
            morris.analyze(space.problem, cube, column, num_levels=LEVELS, num_resamples=2)["mu_star"]
            for column in figures.T
        ],
        axis=1,
    ).astype(np.float64)
    table = {
        name: np.sqrt((effects[:, places] ** 2).mean(axis=1)) for name, places in calibration.misfit.blocks.items()
    }
    return pd.DataFrame(table, index=pd.Index(space.names, name="constant"))


def _checks(calibration: Calibration) -> list[dict[str, Any]]:
    """Say of each emulator how its guesses of the total misfit compare with what was then lived."""
    found = []
    for stage, rows in calibration.lived.items():
        if "guessed" not in rows:
            continue
        whole = rows.dropna(subset=calibration.columns)
        by_series = calibration.misfit.by_series(whole[calibration.columns].to_numpy(np.float64), calibration.luck())
        total = calibration.misfit.total(by_series)
        ranks = whole.guessed.reset_index(drop=True).corr(pd.Series(total), method="spearman")
        found.append(
            {
                "stage": stage, "rank_correlation": float(ranks),
                "guessed": float(whole.guessed.median()), "lived": float(np.median(total)),
            }
        )  # fmt: skip
    return found
