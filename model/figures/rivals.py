"""What the charts of a comparison ask of its runs: a baseline and rivals, with rows of the same luck side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, cast

import matplotlib as mpl
import numpy as np
from matplotlib.lines import Line2D

from model.figures.looks import Look, as_text, looks_of
from model.figures.readings import Floats
from model.figures.style import MARGIN, RC, Chart, text_inches

if TYPE_CHECKING:
    import pandas as pd

LOW, HIGH = 0.05, 0.95
KEY_POINTS, KEY_LINE = 8.0, 0.17  # letters of the key; height of its lines [inches]
SOURCE = "the model alone; the same household has the same luck in every scenario"


class Twins(Protocol):
    """One outcome of a rival beside the baseline, run by run (`comparison.paired.Pair`)."""

    @property
    def baseline(self) -> Floats:
        """Of the baseline [runs]."""

    @property
    def other(self) -> Floats:
        """Of the rival [runs]."""

    @property
    def sd_paired(self) -> float:
        """Standard deviation of the difference under shared luck."""

    @property
    def sd_unpaired(self) -> float:
        """The same, had every run a luck of its own."""

    @property
    def gain(self) -> float:
        """How many times as many seeds runs without shared luck would need."""

    @property
    def wanted(self) -> float:
        """Half width of the mean's 90 % interval at which it is known well enough."""


@dataclass(frozen=True)
class Rivals:
    """Runs of scenarios, the baseline first; every table holds one run a row, in the same order of luck.

    outcomes   of each headline its label, its unit, and the pair of every rival by name
    """

    version: str
    households: int
    titles: Mapping[str, str]
    digests: Mapping[str, pd.DataFrame]
    outcomes: Mapping[str, tuple[str, str, Mapping[str, Twins]]]

    @property
    def baseline(self) -> str:
        """Name of the scenario that the others are held against."""
        return next(iter(self.titles))

    @property
    def others(self) -> list[str]:
        """Names of the others."""
        return list(self.titles)[1:]

    @property
    def n_runs(self) -> int:
        """Runs of each scenario."""
        return len(self.digests[self.baseline])

    @property
    def ran(self) -> str:
        """Say at the foot of a page what was run."""
        seeds = f"{self.n_runs} seeds" if self.n_runs > 1 else "one seed"
        return f"collectivisation {self.version} · {seeds} · {self.households:,} households"

    @property
    def statistic(self) -> str:
        """Say what a line or dot and its range are."""
        if self.n_runs == 1:
            return "one seed"
        return f"mean of {self.n_runs} paired seeds, range: 90\u00a0% of them"

    def called(self, name: str) -> str:
        """Return a scenario's title as a sentence takes it, in quotes."""
        return f"“{self.titles[name]}”"

    def look(self, name: str) -> Look:
        """Return the one look of a scenario."""
        return looks_of(name)

    def course(self, other: str, subject: str) -> tuple[list[int], Floats]:
        """Return the years of a national subject and a rival's paired differences in them [run, year]."""
        ours, theirs = self.digests[self.baseline], self.digests[other]
        years = sorted(
            int(name.split("/")[1])
            for name in map(str, ours.columns)
            if name.startswith(f"{subject}/") and name.count("/") == 1 and name in theirs.columns
        )
        keys = [f"{subject}/{year}" for year in years]
        values = (theirs[keys].to_numpy(dtype=np.float64) - ours[keys].to_numpy(dtype=np.float64)) if keys else None
        return years, np.empty((self.n_runs, 0)) if values is None else np.asarray(values)

    def numbers(self, name: str, keys: list[str]) -> Floats | None:
        """Return numbers of a scenario's runs [run, key]; None where they are not told."""
        table = self.digests[name]
        if not set(keys) <= set(map(str, table.columns)):
            return None
        values = table[keys].to_numpy(dtype=np.float64)
        return np.asarray(values) if np.isfinite(values).all() else None


def told(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Return mean, lower and upper end of the runs along the first axis."""
    low, high = np.quantile(values, (LOW, HIGH), axis=0)
    return values.mean(axis=0), low, high


def key_rows(rivals: Rivals, names: list[str], width: float) -> list[list[tuple[str, float]]]:
    """Place the names of scenarios in rows that fit a page [inches]: (name, left end) in each."""
    rows: list[list[tuple[str, float]]] = [[]]
    x = MARGIN
    for name in names:
        wide = 0.36 + text_inches(rivals.titles[name], KEY_POINTS, "bold") + 0.14
        if rows[-1] and x + wide > width - MARGIN:
            rows.append([])
            x = MARGIN
        rows[-1].append((name, x))
        x += wide
    return rows


def key_height(rivals: Rivals, width: float) -> float:
    """Return the height of the key with all scenarios [inches]."""
    return KEY_LINE * len(key_rows(rivals, list(rivals.titles), width)) + 0.08


def draw_key(page: Chart, rivals: Rivals) -> None:
    """Name every scenario at the body's foot, each with the dash and mark of its look, and raise the body above it."""
    rows = key_rows(rivals, list(rivals.titles), page.width)
    for place, row in enumerate(reversed(rows)):
        y = page.bottom + 0.04 + KEY_LINE * place
        for name, x in row:
            look = rivals.look(name)
            page.add_artist(
                Line2D(
                    [x, x + 0.15, x + 0.3], [y + 0.04] * 3, color=look.colour, linestyle=look.dash, linewidth=1.8,
                    marker=look.mark, markevery=[1], markersize=4.5, transform=page.dpi_scale_trans,
                )
            )  # fmt: skip
            text = rivals.titles[name]
            page.write(x + 0.36, y, text, size=KEY_POINTS, weight="bold", color=as_text(look.colour))
    page.bottom += key_height(rivals, page.width)


def lines_of(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table, their cells as attributes."""
    return list(table.itertuples())


def chart_of_rivals(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Draw in the style of the house, leaving the user's style alone."""

    @wraps(draw)
    def drawn(rivals: Rivals, **options: Any) -> Chart:
        with mpl.rc_context(cast("Any", RC)):
            return draw(rivals, **options)

    return drawn
