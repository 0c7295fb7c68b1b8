"""What became of the households of 1927, by the class and the region of that year, at the end of a run.

An ensemble keeps these counts beside the digest: they tell whom a policy spared and whom it hit. A household is one row
from the founding to the end and never moves, so both classes and regions are the same in every scenario of a seed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.columns import Countryside, Life, Stratum
from model.history import N_REGIONS, REGION_IDS

Array = NDArray[np.float64]

CLASSES = {"poor": Stratum.POOR, "middle": Stratum.MIDDLE, "kulak": Stratum.KULAK}
"""Classes of 1927, as keys have them."""

FATES = {
    "people": ("persons", "people of the households in 1927"),
    "starved": ("persons", "people of these households who died of hunger at home since 1927, children born later too"),
    "households": ("households", "households of 1927"),
    "bereaved": ("households", "of them those that lost somebody to hunger"),
    "exiled": ("households", "of them those in exile or brought to camps whole"),
    "departed": ("households", "of them those gone whole to towns or other lands"),
    "extinct": ("households", "of them those of which nobody is left"),
    "own_cattle": ("heads", "cattle of their own that those still in their village have"),
}
"""What is counted, with its unit and meaning."""


def key(fate: str, stratum: str, region: str) -> str:
    """Name one count.

    >>> key("starved", "poor", "kazakhstan")
    'fate.starved/poor/kazakhstan'
    """
    return f"fate.{fate}/{stratum}/{region}"


def people_of(land: Countryside) -> Array:
    """Count real people by class and region [classes, regions], those at work in towns with their household."""
    homes = land.homes
    rows = homes.small.astype(np.float64) + homes.children + homes.adults + homes.elderly + homes.away
    return _counted(_cells(land), rows) * land.person_weight


def fates(land: Countryside, people: Array) -> dict[str, float]:
    """Return all counts of a country as it stands, by name; `people` are those whom it was founded with."""
    homes, cells = land.homes, _cells(land)
    found = {
        "people": people,
        "starved": _counted(cells, homes.starved) * land.person_weight,
        "households": _counted(cells, np.ones(len(cells))) * land.weight,
        "bereaved": _counted(cells, homes.starved > 0) * land.weight,
        "exiled": _counted(cells, homes.life == Life.EXILED) * land.weight,
        "departed": _counted(cells, homes.life == Life.DEPARTED) * land.weight,
        "extinct": _counted(cells, homes.life == Life.EXTINCT) * land.weight,
        "own_cattle": _counted(cells, np.where(homes.life == Life.PRESENT, homes.cattle, 0.0)) * land.weight,
    }
    return {
        key(fate, stratum, region): float(counts[row, place])
        for fate, counts in found.items()
        for stratum, row in CLASSES.items()
        for place, region in enumerate(REGION_IDS)
    }


def _cells(land: Countryside) -> NDArray[np.int64]:
    """Return for every household its place in a table of classes and regions, row after row [households]."""
    region = np.repeat(land.villages.region.astype(np.int64), land.sizes)
    return land.homes.stratum.astype(np.int64) * N_REGIONS + region


def _counted(cells: NDArray[np.int64], rows: NDArray[np.generic]) -> Array:
    """Add up a column of households [households] by class and region [classes, regions], unweighted."""
    counted = np.bincount(cells, weights=rows.astype(np.float64), minlength=len(CLASSES) * N_REGIONS)
    return np.asarray(counted.reshape(len(CLASSES), N_REGIONS))
