"""One kept household, month by month, as plain arrays; and how long its life is the same under two policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.columns import Life, Stratum
from model.results.series import months_of

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
AGES = ("small", "children", "adults", "elderly")
ANIMALS = ("horses", "cattle", "pigs", "sheep_goats")


@dataclass(frozen=True)
class Family:
    """A household of one run."""

    row: int
    region: str
    scenario: str
    title: str
    households: int
    """Simulated households of the country."""
    seed: int
    months: tuple[Month, ...]
    columns: Mapping[str, Floats]
    """Every column of its row [month], and those of its village under `village_...`."""

    @classmethod
    def of(cls, dataset: xr.Dataset, row: int) -> Family:
        """Read a kept household out of a run; of several seeds the first one's households are kept."""
        kept = dataset.sel(household=row)
        columns = {
            str(name).removeprefix("household_"): np.asarray(kept[name].values, np.float64)
            for name in kept.data_vars
            if str(name).startswith(("household_", "village_")) and kept[name].dims == ("month",)
        }
        attributes = dataset.attrs
        return cls(
            row=row,
            region=str(kept["household_region"].values),
            scenario=str(attributes["scenario"]),
            title=str(attributes["title"]),
            households=int(attributes["households"]),
            seed=int(str(attributes["seeds"]).split()[0]),
            months=tuple(Month.parse(str(month)[:7]) for month in months_of(dataset)),
            columns=columns,
        )

    def __getitem__(self, name: str) -> Floats:
        """Return a column [month]."""
        return self.columns[name]

    @property
    def stratum(self) -> Stratum:
        """The class that the census of 1927 gave it."""
        return Stratum(int(self["stratum"][0]))

    @property
    def at_home(self) -> Floats:
        """People at home at the end of each month [persons]."""
        return np.asarray(np.sum([self[age] for age in AGES], axis=0))

    @property
    def present_months(self) -> int:
        """Months at whose end the household was in its village: those before it was exiled, departed or died out."""
        gone = np.flatnonzero(self["life"] != Life.PRESENT)
        return int(gone[0]) if len(gone) else len(self.months)


def months_alike(one: Family, other: Family) -> int:
    """Count the months from the first on in which no column of the family differs between two worlds."""
    shared = min(len(one.months), len(other.months))
    differs = np.zeros(shared, bool)
    for name, values in one.columns.items():
        if not name.startswith("village_"):
            differs |= values[:shared] != other[name][:shared]
    first: Any = np.flatnonzero(differs)
    return int(first[0]) if len(first) else shared
