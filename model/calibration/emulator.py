"""Emulators: what a run would give, guessed from the runs that were lived, in microseconds and with its doubt.

Each series of targets is a few principal components of its bent standardised figures, and each component a linear and
quadratic trend plus a Gaussian process over the constants that move it most (`ACTIVE`). What the process cannot
explain, luck and the constants that move little, is its noise, and counts as doubt.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXPLAINED = 0.98  # of a series' variance by its components
COMPONENTS = 4  # at most
ACTIVE = 8  # constants seen by one process
RIDGE = 1.0  # of the trend, in runs
MOST = 700  # runs that a process is fitted to: the cost grows as the third power
TAUGHT = 240  # of these, runs from which it learns its length scales


@dataclass(frozen=True)
class Process:
    """One component: trend and Gaussian process."""

    trend: Floats
    active: NDArray[np.intp]
    process: Any
    lived: Floats
    solved: Floats
    inverse: Floats
    scale: float
    noise: float

    @classmethod
    def fit(cls, cube: Floats, score: Floats, seed: int) -> Process:
        """Fit one score [run] over points of the cube [run, constant]."""
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

        basis = _basis(cube)
        penalty = RIDGE * np.eye(basis.shape[1])
        penalty[0, 0] = 0.0
        trend = np.asarray(np.linalg.solve(basis.T @ basis + penalty, basis.T @ score), np.float64)
        n = cube.shape[1]
        strength = np.abs(trend[1 : n + 1]) / np.sqrt(12.0) + np.abs(trend[n + 1 :]) / np.sqrt(180.0)
        active = np.sort(np.argsort(-strength, kind="stable")[:ACTIVE])
        rest = score - basis @ trend
        scale = float(rest.std()) or 1.0
        kernel = ConstantKernel(0.5, (1e-3, 1e2)) * RBF(np.ones(len(active)), (0.2, 20.0)) + WhiteKernel(
            0.5, (1e-4, 2.0)
        )
        taught = np.random.default_rng(seed).permutation(len(cube))[:TAUGHT]
        lengths = GaussianProcessRegressor(kernel, alpha=1e-8, optimizer=_sooner)
        lengths.fit(cube[np.ix_(taught, active)], rest[taught] / scale)
        process = GaussianProcessRegressor(lengths.kernel_, alpha=1e-8, optimizer=None)
        process.fit(cube[:, active], rest / scale)
        smooth = process.kernel_.k1
        inverse = np.linalg.inv(process.L_)
        return cls(
            trend=trend,
            active=active,
            process=smooth,
            lived=cube[:, active],
            solved=process.alpha_,
            inverse=inverse,
            scale=scale,
            noise=float(process.kernel_.k2.noise_level),
        )

    def guess(self, cube: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance [point] of the score of one run at points of the cube, its luck included."""
        across = self.process(cube[:, self.active], self.lived)
        mean = _basis(cube) @ self.trend + self.scale * (across @ self.solved)
        known = ((self.inverse @ across.T) ** 2).sum(axis=0)
        variance = np.maximum(self.process.diag(cube[:, self.active]) - known, 0.0) + self.noise
        return mean, self.scale**2 * variance


def _sooner(objective: Any, start: Floats, bounds: Floats) -> tuple[Floats, float]:
    """Maximise the marginal likelihood in few steps: the last digits of a length scale change nothing."""
    from scipy.optimize import minimize

    found = minimize(objective, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 25})
    return found.x, float(found.fun)


def _basis(cube: Floats) -> Floats:
    """Return one, the constants about their middle, and their squares about the mean square."""
    about = cube - 0.5
    return np.hstack([np.ones((len(cube), 1)), about, about**2 - 1.0 / 12.0])


@dataclass(frozen=True)
class SeriesEmulator:
    """The figures of one series, as a mean and a few components."""

    mean: Floats
    components: Floats
    left_out: Floats
    processes: tuple[Process, ...]

    @classmethod
    def fit(cls, cube: Floats, figures: Floats, seed: int) -> SeriesEmulator:
        """Fit bent distances [run, target] of one series."""
        mean = figures.mean(axis=0)
        _, sizes, components = np.linalg.svd(figures - mean, full_matrices=False)
        share = np.cumsum(sizes**2) / max(float((sizes**2).sum()), 1e-12)
        kept = components[: min(COMPONENTS, int(np.searchsorted(share, EXPLAINED)) + 1)]
        scores = (figures - mean) @ kept.T
        left_out = (figures - mean - scores @ kept).var(axis=0)
        return cls(mean, kept, left_out, tuple(Process.fit(cube, score, seed) for score in scores.T))

    def guess(self, cube: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance [point, target]."""
        guessed = [process.guess(cube) for process in self.processes]
        means = np.stack([mean for mean, _ in guessed], axis=1)
        variances = np.stack([variance for _, variance in guessed], axis=1)
        return self.mean + means @ self.components, variances @ self.components**2 + self.left_out


@dataclass(frozen=True)
class Emulator:
    """All series."""

    places: tuple[NDArray[np.intp], ...]
    series: tuple[SeriesEmulator, ...]

    @classmethod
    def fit(cls, cube: Floats, figures: Floats, blocks: dict[str, NDArray[np.intp]], seed: int) -> Emulator:
        """Fit bent distances [run, target], series by series."""
        from concurrent.futures import ThreadPoolExecutor

        from sklearn.exceptions import ConvergenceWarning
        from threadpoolctl import threadpool_limits

        # one thread for each matrix: several series side by side are faster, and sums have the same bits anywhere
        with warnings.catch_warnings(), threadpool_limits(1), ThreadPoolExecutor() as crew:
            warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its bound is an answer too
            fitted = crew.map(lambda places: SeriesEmulator.fit(cube, figures[:, places], seed), blocks.values())
            return cls(tuple(blocks.values()), tuple(fitted))

    def guess(self, cube: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance [point, target] of the bent distances of one run."""
        mean = np.empty((len(cube), sum(len(places) for places in self.places)))
        variance = np.empty_like(mean)
        for places, one in zip(self.places, self.series, strict=True):
            mean[:, places], variance[:, places] = one.guess(cube)
        return mean, variance
