"""What a chart asks of a results Dataset: national and regional arrays with the members in front, years, moments.

Every array that leaves this module begins with the axis [member]; a run of one seed has one member. Charts work on
plain numpy from here on, since a labelled array costs a millisecond wherever it is touched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.history import REGION_IDS
from model.results.variables import VARIABLES

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
Years = NDArray[np.int64]

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class NothingToDraw(ValueError):
    """The dataset lacks what a chart needs: a variable, a period, or any number at all."""


class Readings:
    """A results Dataset as numpy arrays; sums over regions are made once and kept."""

    def __init__(self, dataset: xr.Dataset, title: str | None = None) -> None:
        """Read the axes; variables are read when a chart asks for them. The title is the scenario's, for subtitles."""
        self.dataset = dataset
        self.title = title or str(dataset.attrs.get("title", "Model"))
        self.months = (
            dataset["month"].values.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        )  # months since year 0
        self.region_ids = tuple(str(region) for region in dataset["region"].values)
        self.n_members = int(dataset.sizes.get("member", 1))
        self._regional: dict[str, Floats] = {}
        self._national: dict[str, Floats] = {}

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Return what the dataset says of its run: scenario, version, seeds."""
        return {str(name): value for name, value in self.dataset.attrs.items()}

    @property
    def luck(self) -> str:
        """Say what the members differ in: seeds, or sets of constants (each with a seed of its own)."""
        return "sets of constants" if "behaviours" in json.loads(self.attributes.get("provenance") or "{}") else "seeds"

    @property
    def flow_time(self) -> Floats:
        """Return the middle of each month [decimal years]."""
        return np.asarray((self.months + 0.5) / 12.0, dtype=np.float64)

    @property
    def stock_time(self) -> Floats:
        """Return the end of each month [decimal years], the moment at which stocks are read."""
        return np.asarray((self.months + 1.0) / 12.0, dtype=np.float64)

    def has(self, *names: str) -> bool:
        """Say whether the dataset holds all these variables."""
        return all(name in self.dataset for name in names)

    def regional(self, name: str) -> Floats:
        """Return one variable by region [member, month, region]."""
        if name not in self._regional:
            self._regional[name] = self._array(name, "region")
        return self._regional[name]

    def national(self, name: str) -> Floats:
        """Return one variable for the whole Union [member, month]: summed over regions, shares by their weight."""
        if name not in self._national:
            self._national[name] = self._sum_of_regions(name)
        return self._national[name]

    def stock_before(self, name: str, place: int) -> Floats:
        """Return a national stock at the end of the month before a place of the axis [member]."""
        if place > 0:
            before: Floats = self.national(name)[:, place - 1]
            return before
        opening = self.dataset.get(f"opening_{name}")
        if opening is None:
            raise NothingToDraw(f"the dataset does not tell the {name!r} before its first month")
        values = np.asarray(opening.values, dtype=np.float64).reshape(self.n_members, -1)
        return np.asarray(values.sum(axis=1))

    def _sum_of_regions(self, name: str) -> Floats:
        if name not in self.dataset or "region" not in self.dataset[name].dims:
            return self._array(name)
        values = self.regional(name)
        weights = VARIABLES[name].weight if name in VARIABLES else ()
        if not weights:
            total: Floats = values.sum(axis=2)
            return total
        weight = np.prod([self.regional(each) for each in weights], axis=0)
        heads = weight.sum(axis=2)
        weighed = (values * weight).sum(axis=2)
        return np.asarray(np.divide(weighed, heads, out=np.full(heads.shape, np.nan), where=heads > 0))

    def _array(self, name: str, *after_month: str) -> Floats:
        if name not in self.dataset:
            raise NothingToDraw(f"the dataset has no variable {name!r}")
        variable = self.dataset[name]
        order = ("member",) * ("member" in variable.dims) + ("month", *after_month)
        values = np.asarray(variable.transpose(*order).values, dtype=np.float64)
        return values if "member" in variable.dims else values[np.newaxis]

    def need_all_regions(self) -> None:
        """Refuse to go on where a map would have holes."""
        if self.region_ids != REGION_IDS:
            raise NothingToDraw("a map needs all 18 regions in their order")

    def years(self, kind: str) -> Years:
        """Return the whole years that the run covers: `calendar`, or `agricultural` (July to June, by first year).

        A `harvest` year is agricultural too, and whole once its December has passed: no grain ripens after it.
        """
        shift = 0 if kind == "calendar" else 6
        first = -((shift - self.months[0]) // 12)
        last = (self.months[-1] - (5 if kind == "harvest" else 11) - shift) // 12
        return np.arange(first, last + 1)

    def by_year(self, values: Floats, kind: str) -> Floats:
        """Add up a monthly flow [member, month, ...] over each whole year [member, year, ...]."""
        years = self.years(kind)
        if not len(years):
            raise NothingToDraw(f"the run covers no whole {kind} year")
        starts = years * 12 + (0 if kind == "calendar" else 6) - self.months[0]
        total: Floats = np.add.reduceat(values[:, : starts[-1] + 12], starts, axis=1)
        return total

    def place(self, year: int, month: int) -> int | None:
        """Return the place of a month on the month axis, None outside the run."""
        place = year * 12 + month - 1 - int(self.months[0])
        return place if 0 <= place < len(self.months) else None

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> slice:
        """Return the places from one (year, month) to another, both included, as far as the run covers them."""
        start = first[0] * 12 + first[1] - 1 - int(self.months[0])
        stop = last[0] * 12 + last[1] - int(self.months[0])
        return slice(min(max(0, start), len(self.months)), min(max(0, stop), len(self.months)))

    def month_name(self, place: int) -> str:
        """Write the month at a place of the axis, as in March 1930."""
        month = int(self.months[place])
        return f"{MONTH_NAMES[month % 12]} {month // 12}"

    def month_label(self, place: int) -> str:
        """Write the month at a place of the axis, as in 1930-03."""
        month = int(self.months[place])
        return f"{month // 12}-{month % 12 + 1:02d}"


def middle(values: Floats) -> Floats:
    """Return the median over members; missing in one member is missing.

    >>> middle(np.array([[1.0], [3.0], [8.0]]))
    array([3.])
    """
    return values[0] if values.shape[0] == 1 else np.asarray(np.median(values, axis=0))


def band(values: Floats) -> tuple[Floats, Floats]:
    """Return the 5th and the 95th percentile over members, between which lie 90 % of the seeds."""
    if values.shape[0] == 1:
        return values[0], values[0]
    low, high = np.quantile(values, [0.05, 0.95], axis=0)
    return np.asarray(low), np.asarray(high)
