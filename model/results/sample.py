"""A chosen sample of households kept in full: every column of their rows, month by month, and what their village knew.

A family is chosen once, at the founding, so it is the same one in every scenario of a seed: `keep=54` takes the same
number from every region and class of 1927, `keep="17,1234"` takes those rows. The Dataset holds them as
`household_<column>[month, household]` and `village_<column>[month, household]`, `households.csv` as a wide table. Of
several seeds the first one's households are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np
from numpy.typing import NDArray

from model.columns import Column, Countryside, Households, Life, Stratum, Villages, columns_of
from model.history import N_REGIONS, REGION_IDS
from model.results.series import months_of

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[Any]
Rows = NDArray[np.int64]

KEEP = 54  # households kept when nobody asks: one of each class in each of the 18 regions
MOST = 1_000  # households that can be kept
CLASSES = (Stratum.MIDDLE, Stratum.POOR, Stratum.KULAK)  # in the order in which a small sample takes them
STRIDE = 7  # from region to region: a small sample is scattered over the country, not heaped in its first regions
WORDS: dict[str, type[Stratum] | type[Life]] = {"stratum": Stratum, "life": Life}

OF_HOUSEHOLD = {f"household_{name}": column for name, column in columns_of(Households).items()}
_SHARE = Column("f4", "share", "member households over all that are present")
OF_VILLAGE = {
    "village_collectivised_share": _SHARE,
    **{
        f"village_{name}": column
        for name, column in columns_of(Villages).items()
        if name in {"pool_kg", "people", "grievance", "unwilling", "hunger", "trudoden_kg", "searched"}
    },
}


def wish(keep: int | str | Sequence[int], households: int) -> int | tuple[int, ...]:
    """Return how many households, or which rows, are to be kept; a `ValueError` says what is wrong with the wish.

    >>> wish("50", 25_000), wish("17, 1234", 25_000), wish("17,", 25_000)
    (50, (17, 1234), (17,))
    """
    how = f"write a number up to {MOST:,} (0 for none), or rows with commas, for example 17,1234"
    try:
        if isinstance(keep, bool):
            raise TypeError
        if isinstance(keep, str):
            numbers = [int(part) for part in keep.split(",") if part.strip()]
            number = numbers[0] if "," not in keep else None
        else:
            number = keep if isinstance(keep, int | np.integer) else None
            numbers = [] if isinstance(keep, int | np.integer) else [int(row) for row in keep]
    except (TypeError, ValueError, IndexError):
        raise ValueError(f"keep: {keep!r} does not say which households; {how}.") from None
    if number is not None:
        if not 0 <= number <= MOST:
            raise ValueError(f"keep: {number:,} households cannot be kept; {how}.")
        return min(int(number), households)
    rows = tuple(dict.fromkeys(numbers))
    if isinstance(keep, str) and not rows:
        raise ValueError(f"keep: {keep!r} does not say which households; {how}.")
    if len(rows) > MOST:
        raise ValueError(f"keep: {len(rows):,} households cannot be kept; {how}.")
    for row in rows:
        if not 0 <= row < households:
            raise ValueError(f"keep: there is no household {row}; rows go from 0 to {households - 1}.")
    return rows


def choose(land: Countryside, number: int) -> Rows:
    """Choose so many households evenly over regions and classes, and evenly along the rows of each [households].

    Classes of 1927 and rows depend on the seed and the number of households alone, so do the chosen.
    """
    cells = [(stratum, STRIDE * i % N_REGIONS) for stratum in CLASSES for i in range(N_REGIONS)]
    rows = land.first[land.edges]
    chosen: list[Rows] = []
    for place, (stratum, region) in enumerate(cells):
        wanted = (number - place + len(cells) - 1) // len(cells)
        here = np.flatnonzero(land.homes.stratum[rows[region] : rows[region + 1]] == stratum) + rows[region]
        wanted = min(wanted, len(here))
        chosen.append(here[((np.arange(wanted) + 0.5) / max(wanted, 1) * len(here)).astype(np.int64)])
    found = np.concatenate(chosen)
    if len(found) < number:  # a class has fewer households than its part: others take the places
        free = np.setdiff1d(np.arange(rows[-1]), found)
        lacking = number - len(found)
        found = np.append(found, free[((np.arange(lacking) + 0.5) / lacking * len(free)).astype(np.int64)])
    return np.sort(found)


class Sample:
    """The kept households of one country, in arrays made before its first month."""

    def __init__(self, land: Countryside, wanted: int | tuple[int, ...], months: int) -> None:
        """Choose the households and make room for `months` months of theirs."""
        self.land = land
        self.rows: Rows = choose(land, wanted) if isinstance(wanted, int) else np.array(wanted, np.int64)
        self.village: Rows = np.searchsorted(land.first, self.rows, side="right") - 1
        shape = (months, len(self.rows))
        self.values: dict[str, Array] = {
            name: np.zeros(shape, column.dtype) for name, column in (OF_HOUSEHOLD | OF_VILLAGE).items()
        }

    def record(self, row: int) -> None:
        """Keep the month as it stands in the columns."""
        homes, villages = self.land.homes, self.land.villages
        for name, column in homes._asdict().items():
            self.values[f"household_{name}"][row] = column[self.rows]
        for name, values in self.values.items():
            if name.startswith("village_") and name != "village_collectivised_share":
                values[row] = getattr(villages, name.removeprefix("village_"))[self.village]
        inside, present = villages.members[self.village], villages.present[self.village]
        self.values["village_collectivised_share"][row] = inside / np.maximum(present, 1.0)

    def label(self, dataset: xr.Dataset) -> xr.Dataset:
        """Return the Dataset with the kept households beside what it holds; a household is named by its row."""
        if not len(self.rows):
            return dataset
        regions = [REGION_IDS[region] for region in self.land.villages.region[self.village]]
        variables: dict[str, Any] = {}
        for name, column in (OF_HOUSEHOLD | OF_VILLAGE).items():
            whose = "" if name in OF_HOUSEHOLD else ", in its village"
            notes = {"units": column.unit, "long_name": column.meaning + whose, "kind": "kept"}
            if (words := WORDS.get(name.removeprefix("household_"))) is not None:
                notes["flag_meanings"] = " ".join(word.name.lower() for word in words)
            variables[name] = (("month", "household"), self.values[name][-dataset.sizes["month"] :], notes)
        coordinates = {
            "household": self.rows,
            "household_region": ("household", regions),
            "household_village": ("household", self.village),
        }
        return dataset.assign_coords(coordinates).assign(variables)


def write_households(dataset: xr.Dataset, file: TextIO) -> None:
    """Write `households.csv`: a line for each month and kept household, a column for each of its columns."""
    names = [name for name in (*OF_HOUSEHOLD, *OF_VILLAGE) if name in dataset]
    months, homes = [str(month) for month in months_of(dataset)], dataset["household"].values.tolist()
    regions, villages = dataset["household_region"].values.tolist(), dataset["household_village"].values.tolist()
    heads = [name.removeprefix("household_") for name in names]
    file.write(",".join(["month", "household", "region", "village", *heads]) + "\n")
    columns: list[Any] = []
    for name, head in zip(names, heads, strict=True):
        values = dataset[name].values.ravel()
        words = WORDS.get(head)
        columns.append([words(value).name.lower() for value in values.tolist()] if words else values.tolist())
    who = [f"{a},{b},{c},{d}," for a in months for b, c, d in zip(homes, regions, villages, strict=True)]
    line = ",".join("%s" if head in WORDS else "%.7g" for head in heads) + "\n"
    file.writelines(start + line % row for start, row in zip(who, zip(*columns, strict=True), strict=True))
