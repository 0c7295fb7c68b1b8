"""What the charts of the fit ask of many runs: their digests, one row a run, or a Dataset from which to make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
import numpy as np

from model.figures.readings import Floats
from model.figures.style import RC, Chart
from model.results.beside import confront, digests_of, told

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


class Digests:
    """Digests of several runs; `luck` says what they are: seeds of one country, or sets of constants."""

    def __init__(self, table: pd.DataFrame, title: str | None = None, luck: str = "seeds") -> None:
        """Take a table with a row for each run and a column for each number of the digest; others are ignored."""
        numbers = [name for name in table.columns if "/" in str(name)]
        whole = table[numbers].notna().any(axis=1)
        self.table = table.loc[whole, numbers]
        self.title = title or str(table.attrs.get("title", "") or "Model")
        self.n_members = len(self.table)
        self.luck = luck
        self._attributes = dict(table.attrs)
        self.compared = confront(self.table)

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

    def told(self, *keys: str) -> Floats | None:
        """Return what each run says at some keys, added up; None where none tells it."""
        return told(self.table, keys)


def chart_of_digests(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Draw in the style of the house from digests, a table of them, or the Dataset of a run with its members."""

    @wraps(draw)
    def drawn(runs: Digests | pd.DataFrame | xr.Dataset, **options: Any) -> Chart:
        import xarray as xr

        if isinstance(runs, xr.Dataset):
            runs = digests_of(runs)
        digests = runs if isinstance(runs, Digests) else Digests(runs)
        with mpl.rc_context(cast("Any", RC)):
            return draw(digests, **options)

    return drawn
