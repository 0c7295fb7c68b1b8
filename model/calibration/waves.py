"""The calibration, stage by stage: luck, screening, waves of history matching, the posterior lived, the centre chosen.

Every stage is a design (which vectors, which seeds) made from the seed and from what earlier stages gave, written down
before it is lived. A calibration that was killed reads its designs back and asks for the same runs; those that were
lived are in the store of the ensemble. So it goes on where it stood and ends in the same posterior.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.calibration.drawing import Drawn, Guess, draw
from model.calibration.emulator import MOST, Emulator
from model.calibration.files import read_table, write_all
from model.calibration.misfit import Misfit, bent
from model.calibration.space import PRIOR_SPREAD, Space
from model.calibration.targets import Target, of_digests, standardised
from model.plan import RunError

Floats = NDArray[np.float64]
Live = Callable[[str, pd.DataFrame], pd.DataFrame]
"""Lives a table of vectors with a column `seed`, of a stage with that name; returns one digest a row, NaN if failed."""
Say = Callable[[str], None]

DESIGNS = "designs"
LUCK = "luck"
SCREENING = "screening"
POSTERIOR = "posterior"
CENTRE = "centre"
LUCK_SEEDS = 8
FINALISTS = 10
FEWEST = 100  # vectors of a posterior set
CHECK_SEEDS = 1_000  # what the finalists live begins here: no seed that chose them


@dataclass(frozen=True)
class Settings:
    """What a calibration is asked for."""

    seed: int = 1
    waves: int = 4
    runs: int = 400
    households: int = 12_500
    seeds: int = 4
    trajectories: int = 10
    vectors: int = 160
    cut: float = 3.0
    scenario: str = "historical"

    def __post_init__(self) -> None:
        """Refuse what cannot be done."""
        for name, least in (("waves", 1), ("runs", 2 * FEWEST // 5), ("seeds", 1), ("trajectories", 2), ("seed", 0)):
            if getattr(self, name) < least:
                raise RunError(f"{name}: {getattr(self, name)} is too few; write {least} or more.")


@dataclass
class Calibration:
    """One calibration: what is searched, by what it is measured, and what has been lived so far."""

    space: Space
    chosen: tuple[Target, ...]
    settings: Settings
    live: Live
    out: Path
    declared: dict[str, float]
    say: Say = print
    lived: dict[str, pd.DataFrame] = field(default_factory=dict)
    """By stage: the design with its columns, and the bent distance of every target."""
    began: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        self.misfit = Misfit(self.chosen)
        self.names = list(self.space.names)
        self.columns = [target.name for target in self.chosen]

    # ------------------------------------------------------------------------------------------ stages

    def run(self) -> None:
        """Carry out all stages."""
        self._stage(LUCK, self._of_luck)
        self._stage(SCREENING, self._of_screening)
        for wave in range(1, self.settings.waves + 1):
            self._stage(f"wave {wave}", partial(self._of_wave, wave))
        self._stage(POSTERIOR, self._of_posterior)
        self._stage(CENTRE, self._of_finalists)

    def _of_luck(self) -> pd.DataFrame:
        """The constants as declared, under several seeds: how much one country differs from the next by luck alone."""
        design = pd.DataFrame([self.declared] * LUCK_SEEDS)[self.names]
        return design.assign(seed=range(1, LUCK_SEEDS + 1))

    def _of_screening(self) -> pd.DataFrame:
        """Morris trajectories: which constant moves which series; they also teach the first emulator.

        A trajectory keeps one seed, so that its steps differ by one constant and not by luck.
        """
        design = self.space.values(self.space.trajectories(self.settings.trajectories, self.settings.seed))
        return design.assign(seed=[1 + row // (self.space.size + 1) % LUCK_SEEDS for row in range(len(design))])

    def _with_seeds(self, cube: Floats) -> pd.DataFrame:
        """Vectors with one seed each, in turn, so that no emulator learns the luck of one country."""
        design = self.space.values(cube)
        return design.assign(seed=[1 + row % LUCK_SEEDS for row in range(len(design))])

    def _of_wave(self, wave: int) -> pd.DataFrame:
        """A Latin hypercube first; then what the emulator of all runs so far does not rule out."""
        if wave == 1:
            return self._with_seeds(self.space.hypercube(self.settings.runs, self.settings.seed))
        drawn = self._draw(self.settings.runs, (wave - 1) / self.settings.waves, wave)
        return self._with_seeds(drawn.cube).assign(guessed=drawn.total)

    def _of_posterior(self) -> pd.DataFrame:
        """Vectors by their emulated likelihood, each to be lived under several seeds."""
        drawn = self._draw(self.settings.vectors, 1.0, self.settings.waves + 1)
        design = self.space.values(drawn.cube)
        design["guessed"] = drawn.total
        every = design.loc[design.index.repeat(self.settings.seeds)].reset_index(names="vector")
        return every.assign(seed=[1 + row % self.settings.seeds for row in range(len(every))])

    def _of_finalists(self) -> pd.DataFrame:
        """The best vectors once more, under seeds that did not choose them: the best of many is partly luck.

        The weighted mean of the posterior stands among them: where the misfit is a bowl, its middle is below its rim.
        """
        kept = self.kept()
        best = kept.sort_values("total", kind="stable").head(FINALISTS)[self.names]
        weights = kept.weight.to_numpy(np.float64)
        mean = self.space.cube(kept).T @ (weights / weights.sum())
        best.loc[int(kept.index.max()) + 1] = self.space.values(mean[None, :]).iloc[0]
        every = best.loc[best.index.repeat(2 * self.settings.seeds)].reset_index(names="vector")
        return every.assign(seed=[CHECK_SEEDS + row % (2 * self.settings.seeds) for row in range(len(every))])

    def _stage(self, name: str, make: Callable[[], pd.DataFrame]) -> None:
        """Read the design of a stage or make and write it, live it, and keep the distances."""
        file = self.out / DESIGNS / f"{name.replace(' ', '_')}.csv"
        if file.exists():
            design = read_table(file)
        else:
            design = make()
            write_all({file: design.to_csv(index=False, lineterminator="\n")})
        digests = self.live(name, design[[*self.names, "seed"]])
        figures = of_digests(digests, self.chosen)
        distances = pd.DataFrame(bent(standardised(figures, self.chosen)), columns=self.columns)
        self.lived[name] = pd.concat([design, distances], axis=1)
        failed = int(np.isnan(figures).any(axis=1).sum())
        if failed == len(design):
            raise RunError(f"calibration, {name}: every run failed or lacks a target{_reason(digests)}.")
        self._tell(name, len(design), failed)

    def _tell(self, name: str, runs: int, failed: int) -> None:
        """Say in a sentence where the calibration stands."""
        by_series = self.misfit.by_series(self.distances(name), self.luck())
        worst = self.misfit.worst_but_one(by_series)
        inside = 100.0 * float((worst <= self.settings.cut).mean())
        lost = f", {failed} failed" if failed else ""
        self.say(
            f"{name}: {runs} runs{lost}; second-worst series of the best run {worst.min():.1f} sigma, "
            f"of the middle one {np.median(worst):.1f}; {inside:.0f} % within {self.settings.cut:g}; "
            f"{(time.perf_counter() - self.began) / 60.0:.1f} minutes."
        )

    # ------------------------------------------------------------------------------------------ what was lived

    def distances(self, *stages: str) -> Floats:
        """Return the bent distances [run, target] of the runs of some stages that did not fail."""
        rows = pd.concat([self.lived[stage] for stage in stages])[self.columns].dropna()
        return rows.to_numpy(np.float64)

    def luck(self) -> Floats:
        """Return the variance [target] that luck alone gives to bent distances."""
        return np.asarray(self.distances(LUCK).var(axis=0, ddof=1), np.float64)

    def searched(self) -> pd.DataFrame:
        """Return all single runs of luck, screening and waves that did not fail."""
        stages = [stage for stage in self.lived if stage not in {POSTERIOR, CENTRE}]
        return pd.concat([self.lived[stage] for stage in stages], ignore_index=True).dropna(subset=self.columns)

    def aside(self) -> frozenset[str]:
        """Return the series that no run so far has met: they cannot tell vectors apart, and rule none out."""
        stages = [stage for stage in self.lived if stage not in {LUCK, CENTRE}]
        nearest = self.misfit.by_series(self.distances(*stages), self.luck()).min(axis=0)
        return frozenset(
            name for name, least in zip(self.misfit.blocks, nearest, strict=True) if least > self.settings.cut
        )

    def _draw(self, count: int, power: float, number: int) -> Drawn:
        """Fit emulators to the nearest of the runs so far and draw the next vectors."""
        lived = self.searched()
        figures = lived[self.columns].to_numpy(np.float64)
        cube = self.space.cube(lived)
        total = self.misfit.total(self.misfit.by_series(figures, self.luck())) + self.space.prior(cube)
        nearest = np.sort(np.argsort(total, kind="stable")[:MOST])
        emulator = Emulator.fit(cube[nearest], figures[nearest], self.misfit.blocks, self.settings.seed)
        starts = cube[np.argsort(total, kind="stable")[:200]]
        guess = Guess(emulator, self.misfit, self.space, self.aside())
        seed = 1_000 * self.settings.seed + number
        return draw(guess, starts, count, cut=self.settings.cut, power=power, seed=seed)

    def vectors(self) -> pd.DataFrame:
        """Return the vectors of the last wave with their mean distances, misfit, `worst`, `total` and weight.

        A vector's distances are means over its seeds, so luck counts for that much less. `total` adds the prior to the
        misfit. The weight is the likelihood as lived over the likelihood as guessed, by which it was drawn, and no
        weight is more than sqrt(n) means (truncated importance sampling, Ionides 2008).
        """
        return self.weighed(self.lived[POSTERIOR])

    def kept(self) -> pd.DataFrame:
        """Return the vectors that are not ruled out; where these are fewer than a hundred, the least implausible."""
        lived = self.vectors()
        within = lived[lived.worst <= self.settings.cut]
        if len(within) >= FEWEST:
            return within
        return lived.sort_values("worst", kind="stable").head(FEWEST).sort_index()

    def weighed(self, lived: pd.DataFrame) -> pd.DataFrame:
        """Return vectors lived under several seeds, one row each; what failed under any seed is left out."""
        means = lived.dropna(subset=self.columns).groupby("vector", sort=True)
        whole = means.mean()[means.size() == lived.groupby("vector").size().max()]
        seeds = int(lived.groupby("vector").size().max())
        by_series = self.misfit.by_series(whole[self.columns].to_numpy(np.float64), self.luck() / seeds)
        whole = whole.assign(
            misfit=self.misfit.total(by_series), worst=self.misfit.worst_but_one(by_series, self.aside())
        )
        whole["total"] = whole.misfit + self.space.prior(self.space.cube(whole))
        if "guessed" in whole:
            doubt = np.exp(-0.5 * ((whole.total - whole.guessed) - (whole.total - whole.guessed).min()))
            doubt = np.minimum(doubt, np.sqrt(len(doubt)) * doubt.mean())
            whole["weight"] = doubt / doubt.sum()
        return whole


def _reason(digests: pd.DataFrame) -> str:
    """Return why the first run failed, where it was told."""
    told = digests["failure"] if "failure" in digests else pd.Series(dtype=str)
    reasons = [str(reason) for reason in told if reason]
    return f"; the first: {reasons[0].rstrip('.')}" if reasons else ""


def fingerprint(settings: Settings, space: Space, chosen: tuple[Target, ...], engine: str) -> str:
    """Return a hash of all that determines the designs."""
    what = [
        asdict(settings), space.names, space.low.tolist(), space.high.tolist(), space.declared.tolist(), PRIOR_SPREAD,
        [asdict(t) for t in chosen], engine,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
