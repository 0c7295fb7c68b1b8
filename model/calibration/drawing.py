"""New vectors from the part of the space that is not ruled out yet.

A crowd of points moves by steps that are differences between its own members (ter Braak 2006), so it learns the long
narrow valleys in which constants trade off. It sinks first: no step may lead above the present level of
implausibility, and the level falls with the crowd until it reaches the cut. Then it spreads by likelihood and
prior raised to a power, which grows from wave to wave: early waves see the whole space, the last one the posterior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.calibration.emulator import Emulator
from model.calibration.misfit import Misfit
from model.calibration.space import Space

Floats = NDArray[np.float64]
CROWD = 200  # points that move together
SINKING, SPREADING = 60, 60  # steps
SCATTER = 20  # starting points tried for each that is kept


@dataclass(frozen=True)
class Guess:
    """What the emulator says of a vector."""

    emulator: Emulator
    misfit: Misfit
    space: Space
    aside: frozenset[str]

    def __call__(self, cube: Floats) -> tuple[Floats, Floats]:
        """Return total misfit with what the prior adds to it, and second largest implausibility [point]."""
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):
            mean, variance = self.emulator.guess(cube)
        by_series = self.misfit.by_series(mean, variance)
        return self.misfit.total(by_series) + self.space.prior(cube), self.misfit.worst_but_one(by_series, self.aside)


@dataclass(frozen=True)
class Drawn:
    """Vectors to be lived, and how low the crowd could sink."""

    cube: Floats
    total: Floats
    level: float


def draw(guess: Guess, starts: Floats, count: int, *, cut: float, power: float, seed: int) -> Drawn:
    """Draw `count` points that are not ruled out, by the likelihood to the `power`; `starts` are good known points."""
    luck = np.random.default_rng(seed)
    size = starts.shape[1]
    tried = np.vstack([starts, luck.random((SCATTER * CROWD - len(starts), size))]) if len(starts) else None
    crowd = luck.random((SCATTER * CROWD, size)) if tried is None else tried
    total, worst = guess(crowd)
    best = np.argsort(np.maximum(worst, cut) + 1e-3 * total, kind="stable")[:CROWD]
    crowd, total, worst = crowd[best], total[best], worst[best]
    level = max(cut, float(np.median(worst)))
    for _ in range(SINKING):
        crowd, total, worst = _step(guess, crowd, total, worst, level, power, luck)
        level = max(cut, min(level, float(np.median(worst))))
    below = np.flatnonzero(worst <= level)  # those left above take the place of one that sank
    above = np.flatnonzero(worst > level)
    taken = luck.choice(below, len(above))
    crowd[above], total[above], worst[above] = crowd[taken], total[taken], worst[taken]
    snapshots = -(-count // CROWD)
    kept: list[tuple[Floats, Floats]] = []
    for step in range(snapshots * SPREADING):
        crowd, total, worst = _step(guess, crowd, total, worst, level, power, luck)
        if (step + 1) % SPREADING == 0:
            kept.append((crowd.copy(), total.copy()))
    cube = np.vstack([points for points, _ in kept])
    totals = np.concatenate([values for _, values in kept])
    chosen = np.sort(luck.choice(len(cube), count, replace=False))
    return Drawn(cube[chosen], totals[chosen], level)


def _step(
    guess: Guess, crowd: Floats, total: Floats, worst: Floats, level: float, power: float, luck: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Let every point try one move."""
    n, size = crowd.shape
    first, second = luck.integers(n, size=n), luck.integers(n, size=n)
    crossed = luck.random((n, size)) < luck.choice([0.1, 0.3, 1.0], size=n)[:, None]
    length = np.where(luck.random(n) < 0.1, 1.0, 2.38 / np.sqrt(2.0 * np.maximum(crossed.sum(axis=1), 1)))
    moves = length[:, None] * (crowd[first] - crowd[second]) + luck.normal(0.0, 0.01, (n, size))
    there = crowd + np.where(crossed, moves, 0.0)
    inside = ((there >= 0.0) & (there <= 1.0)).all(axis=1)
    there_total, there_worst = guess(np.clip(there, 0.0, 1.0))
    likelier = np.log(luck.random(n)) < power * 0.5 * (total - there_total)
    sinks = (there_worst <= level) | (there_worst < worst)
    moved = inside & sinks & (likelier | (worst > level))
    return (
        np.where(moved[:, None], there, crowd),
        np.where(moved, there_total, total),
        np.where(moved, there_worst, worst),
    )
