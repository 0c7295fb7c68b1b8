"""Two countries that never were, to ask what the differences of households do: holdings dealt out anew, or alike.

*Shuffled*: the nation's means of land, animals, classes and members hold in every region (`facts.evened`), and within
the country every farmer's holdings go by lot to any other farmer. What a household has tells nothing any more of its
region, its village or its size. *Average*: every head of a region has the same land and the same animals, nobody is
poor, kulak, willing or unwilling, no village leans to either side. In both, people, soil, sky, diet, nomads and orders
stay in their place and every total of the Union is kept; in the second those of every region too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.columns import Countryside, Stratum
from model.draws import in_turn

Floats = NDArray[np.float64]

DEALT = ("stratum", "hired", "months_in", "temper", "wealth", "land_ha")
"""Columns of what a household has and leans to; they change hands together."""


def deal_anew(land: Countryside, mass: NDArray[np.float32], key: np.uint64) -> Floats:
    """Deal out the farmers' holdings by lot over the whole country; land a head goes with them, not hectares.

    Arguments: `mass` of a household for its land by whole persons, `key` of the lot.
    Returns ratios of land and of wealth, summed by village [2, villages].
    """
    homes = land.homes
    farmers = np.flatnonzero(np.repeat(land.villages.nomad, land.sizes) == 0)
    from_whom = farmers[np.argsort(in_turn(key, np.array([0, len(farmers)])), kind="stable")]
    weight = mass[np.minimum(_people(land), len(mass) - 1)]
    homes.land_ha[farmers] /= weight[farmers]
    for name in DEALT:
        column = getattr(homes, name)
        column[farmers] = column[from_whom]
    homes.land_ha[farmers] *= weight[farmers]
    villages = land.villages
    villages.members[:] = np.add.reduceat(homes.months_in > 0, land.first[:-1], dtype=np.int64)
    villages.experience[:] = np.where(villages.members > 0, homes.months_in.max() / 12.0, 0.0)
    return _sums(land)


def level(land: Countryside) -> Floats:
    """Give every head of a region the same, and nobody a will of their own; who was a member in 1927 still is.

    Returns ratios of land and of wealth, summed by village [2, villages].
    """
    homes, people = land.homes, _people(land)
    farmers = np.repeat(land.villages.nomad, land.sizes) == 0
    homes.stratum[:] = Stratum.MIDDLE
    homes.hired[:] = 0
    homes.temper[:] = 0.0
    homes.wealth[:] = people
    homes.land_ha[:] = people * farmers
    land.villages.leaning[:] = 0.0
    return _sums(land)


def _people(land: Countryside) -> NDArray[np.int64]:
    homes = land.homes
    return np.asarray(homes.small.astype(np.int64) + homes.children + homes.adults + homes.elderly)


def _sums(land: Countryside) -> Floats:
    columns = (land.homes.land_ha, land.homes.wealth)
    return np.stack([np.add.reduceat(column, land.first[:-1], dtype=np.float64) for column in columns])
