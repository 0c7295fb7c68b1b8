"""All that is kept of a country while it lives: readings, distributions and chosen households, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.results.distributions import Spread
from model.results.ledger import Recorder
from model.results.sample import Array, Sample

if TYPE_CHECKING:
    import xarray as xr

    from model.calendar import Month
    from model.country import Country


class Record:
    """Arrays made before the first month, so that memory stays flat; the first axis of each is the month."""

    def __init__(self, country: Country, keep: int | tuple[int, ...], months: int) -> None:
        """Make room for `months` months from July 1927 on, and choose the households to keep."""
        self.readings, self.spread = Recorder(months), Spread(months)
        self.sample = Sample(country.land, keep, months)

    @property
    def values(self) -> dict[str, Array]:
        """Every array by its name [months, ...]."""
        return {**self.readings.values, **self.spread.values, **self.sample.values}

    def take(self, country: Country) -> None:
        """Keep the month that the country has just lived."""
        row = country.month.index
        self.readings.record(row, country.readings())
        self.spread.record(row, country.distributions())
        self.sample.record(row)

    def dataset(self, start: Month, country: Country) -> xr.Dataset:
        """Label what was kept from `start` on."""
        opening = {name: np.asarray(value) for name, value in country.opening.items()}
        return self.sample.label(self.spread.label(self.readings.dataset(start, opening, {})))
