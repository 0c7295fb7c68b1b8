"""What the charts of the fit ask of many runs: their digests, and the table that lays them beside the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np

from model.figures.readings import Floats
from model.figures.style import RC, Chart

if TYPE_CHECKING:
    import pandas as pd


class Digests:
    """Digests of several runs beside the record; `luck` says what the runs are: seeds, or sets of constants."""

    def __init__(
        self, table: pd.DataFrame, compared: pd.DataFrame, *, title: str | None = None, luck: str = "seeds"
    ) -> None:
        """Take a table with a row for each run, and one with a row for each documented figure (`confront`)."""
        numbers = [name for name in table.columns if "/" in str(name)]
        whole = table[numbers].notna().any(axis=1)
        self.table = table.loc[whole, numbers]
        self.compared = compared
        self.title = title or str(table.attrs.get("title", "") or "Model")
        self.n_members = len(self.table)
        self.luck = luck
        self._attributes = dict(table.attrs)

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Return scenario, version and seeds, as far as the table carries them."""
        return {str(name): value for name, value in self._attributes.items()}

    @property
    def runs(self) -> str:
        """Say how many runs there are, and of what."""
        return f"{self.n_members} {self.luck}" if self.n_members > 1 else "one run"

    def course(self, subject: str) -> tuple[tuple[str, ...], Floats]:
        """Return the times at which the digest tells a subject of the nation, and its values [run, time]."""
        keys = [
            str(key) for key in self.table.columns if str(key).startswith(f"{subject}/") and str(key).count("/") == 1
        ]
        keys.sort()
        return tuple(key.split("/")[1] for key in keys), np.asarray(self.table[keys].to_numpy(dtype=np.float64))

    def total(self, names: Sequence[str]) -> Floats | None:
        """Return the sum of some names in each run; None where the runs do not tell them."""
        if not all(name in self.table.columns for name in names):
            return None
        return np.asarray(self.table[list(names)].to_numpy(dtype=np.float64).sum(axis=1))


def chart_of_digests(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Draw in the style of the house, leaving the user's style alone."""

    @wraps(draw)
    def drawn(digests: Digests, **options: Any) -> Chart:
        with mpl.rc_context(cast("Any", RC)):
            return draw(digests, **options)

    return drawn
