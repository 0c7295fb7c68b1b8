"""How hunger and possessions are spread, declared once: what is counted, on which scale, in which bins, how often.

The recorder keeps people by hunger every month and households by possessions at the censuses of June and December; the
Dataset holds them as `[month or census, region, membership, bin]`, and `distributions.csv` as a tidy table. Bins are
named by their lower edge (`deficit_from`), with the upper one beside it (`deficit_to`, infinite for the last).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TextIO

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.history import N_REGIONS
from model.phases.census import COUNTED_IN, EDGES
from model.results.series import lines, members, months_of

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
MEMBERSHIPS = ("independent", "kolkhoz")


@dataclass(frozen=True, slots=True)
class Scale:
    """What households or people are told apart by."""

    name: str
    unit: str
    long_name: str

    @property
    def edges(self) -> tuple[float, ...]:
        """Lower edges of its bins, in its unit."""
        return EDGES[self.name]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One variable of counts; its bins add up to `total`, which the recorder keeps too."""

    name: str
    unit: str
    long_name: str
    scale: Scale
    time: Literal["month", "census"]
    total: Literal["rural_population", "households"]

    @property
    def dims(self) -> tuple[str, ...]:
        """Dimensions of the variable."""
        return self.time, "region", "membership", f"{self.scale.name}_from"


_SCALES = (
    Scale("deficit", "share", "need of the month not met"),
    Scale("reserve", "days", "reserve of the body in days of full need"),
    Scale("livestock", "heads", "the household's own animals in heads of large livestock (pig 0.2, sheep or goat 0.1)"),
    Scale("grain", "kg/person", "the household's own grain, in barn and pit, a head"),
    Scale("cows", "heads", "the household's own cows: 42 of 100 cattle in June, 49 in December"),
    Scale("horses", "heads", "the household's own horses"),
)

DISTRIBUTIONS: dict[str, Distribution] = {
    one.name: one
    for one in (
        *(
            Distribution(
                f"people_by_{scale.name}", "persons", f"village people by {scale.long_name}", scale, "month",
                "rural_population",
            )
            for scale in _SCALES[:2]
        ),
        *(
            Distribution(
                f"households_by_{scale.name}", "households", f"peasant households by {scale.long_name}", scale,
                "census", "households",
            )
            for scale in _SCALES[2:]
        ),
    )
}  # fmt: skip


def censuses(first: int, months: int) -> list[int]:
    """Return the months, counted from July 1927, at which possessions are counted.

    >>> censuses(0, 13), censuses(6, 13)
    ([5, 11], [11])
    """
    return [row for row in range(first, months) if Month.at(row).month in COUNTED_IN]


class Spread:
    """The distributions of every month, in arrays made before the first one."""

    def __init__(self, months: int) -> None:
        """Make room for `months` months from July 1927 on, also where nothing will be counted."""
        self.months = months
        self.values: dict[str, Array] = {
            name: np.zeros((months, N_REGIONS, len(MEMBERSHIPS), len(one.scale.edges)))
            for name, one in DISTRIBUTIONS.items()
        }

    def record(self, row: int, counted: Mapping[str, Array]) -> None:
        """Keep what was counted after one month."""
        for name, values in counted.items():
            self.values[name][row] = values

    def label(self, dataset: xr.Dataset) -> xr.Dataset:
        """Return the Dataset with the distributions beside what it holds; possessions only if they were counted."""
        first = self.months - dataset.sizes["month"]
        rows = {"month": list(range(first, self.months)), "census": censuses(first, self.months)}
        kept = {name: one for name, one in DISTRIBUTIONS.items() if rows[one.time]}
        variables: dict[str, Any] = {}
        coordinates: dict[str, Any] = {"membership": list(MEMBERSHIPS)}
        for name, one in kept.items():
            notes = {"units": one.unit, "long_name": one.long_name, "kind": "distribution"}
            variables[name] = (one.dims, self.values[name][rows[one.time]], notes)
            for end, edges in (("from", one.scale.edges), ("to", (*one.scale.edges[1:], np.inf))):
                told = {"units": one.scale.unit, "long_name": f"{one.scale.long_name}: {end}"}
                coordinates[f"{one.scale.name}_{end}"] = (one.dims[-1], np.array(edges), told)
        if rows["census"]:
            coordinates["census"] = dataset["month"].values[np.array(rows["census"]) - first]
        return dataset.assign_coords(coordinates).assign(variables)


def uncounted(dataset: xr.Dataset, distribution: Distribution) -> tuple[Array, Array]:
    """Return what the bins of a distribution lack or have beyond its total, and that total [.., time, region]."""
    bins = np.asarray(dataset[distribution.name].values, np.float64).sum(axis=(-2, -1))
    total = dataset[distribution.total]
    if distribution.time == "census":
        total = total.sel(month=dataset["census"].values)
    values = np.asarray(total.values, np.float64)
    return np.abs(bins - values), np.abs(values)


def write_distributions(dataset: xr.Dataset, file: TextIO) -> None:
    """Write `distributions.csv`, one line a bin; with several seeds `member` stands first. The last bin has no `to`."""
    opening = "member," if "member" in dataset.dims else ""
    file.write(f"{opening}month,region,membership,variable,unit,scale,from,to,scale_unit,value\n")
    regions = [str(region) for region in dataset["region"].values]
    months = [str(month) for month in months_of(dataset)]
    times = {"month": months}
    if "census" in dataset.coords:
        times["census"] = [str(month) for month in dataset["census"].values.astype("datetime64[M]")]
    for start, member in members(dataset):
        for name, one in DISTRIBUTIONS.items():
            if name not in dataset:
                continue
            tail = f",{name},{one.unit},{one.scale.name},"
            ends = [f"{a:g},{b:g}" for a, b in zip(one.scale.edges, one.scale.edges[1:], strict=False)]
            ends.append(f"{one.scale.edges[-1]:g},")
            bins = [f"{who}{tail}{end}" for who in MEMBERSHIPS for end in ends]
            starts = [
                f"{start}{month},{region},{each}" for month in times[one.time] for region in regions for each in bins
            ]
            file.write(lines(starts, f",{one.scale.unit},%.9g\n", member[name].values))
