"""How many poor, middle and kulak households each village has, who is in a kolkhoz, which villages lean towards it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.columns import Stratum, group_edges
from model.draws import in_turn, normal
from model.founding.facts import RegionFacts
from model.founding.layout import Layout, largest_remainder

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SIZE = np.array([0.82, 1.07, 1.35])
"""Household size by class, poor, middle, kulak, over the same base [ratio]: about 4.0, 5.2 and 6.5 people in 1927.

Source: judgement, after the sample surveys of the 1920s.
"""
LAND_A_HEAD = np.array([0.75, 1.08, 1.5])
"""Grain land a head by class [ratio]. Source: judgement; with more spread the poor starve in good years."""
STANDING = np.array([0.45, 1.15, 2.3])
"""Animals of a household by class [ratio], before its own luck. Source: judgement, after the surveys of the 1920s."""

MIX_KULAK, MIX_POOR = 0.5, 0.2  # how far a village's share of the class may lie from its region's [ratio]
HIGHEST_LEANING = 2.0  # sd; above it there were a handful of communes, which are not made villages of
KOLKHOZ_PART = 3  # at most one household in so many of a village is a member in 1927


class Census(NamedTuple):
    """Counts of each village [villages]."""

    kulaks: Ints
    poor: Ints
    members: Ints
    leaning: Floats


def _share_out(wish: Floats, edges: Ints, totals: Ints) -> Ints:
    """Give each region's total to its villages in proportion to their wish, rounded along the row of villages."""
    counts = np.zeros(len(wish), np.int64)
    for region, total in enumerate(totals.tolist()):
        here = slice(int(edges[region]), int(edges[region + 1]))
        ends = np.cumsum(wish[here])
        whole = np.floor(ends * (total / ends[-1]) + 0.5).astype(np.int64)
        whole[-1] = total
        counts[here] = np.diff(whole, prepend=0)
    return counts


def class_totals(rows: Ints, facts: RegionFacts) -> Ints:
    """Return the rows of each class in each region, to the nearest whole row [classes, regions]."""
    shares = facts.class_shares
    return np.stack([largest_remainder(shares[:, r], n) for r, n in enumerate(rows.tolist())], axis=1)


def _leaning(layout: Layout, key: np.uint64) -> Floats:
    """Return each village's leaning: quantiles of the normal, by lot, mean 0 over a region's farmers or nomads [sd]."""
    edges = group_edges(layout.region, layout.nomad)
    leaning = np.minimum(normal(in_turn(key, edges)), HIGHEST_LEANING)
    sizes = np.diff(layout.first)
    mean = np.add.reduceat(leaning * sizes, edges[:-1]) / np.add.reduceat(sizes, edges[:-1])
    return np.asarray(leaning - np.repeat(mean, np.diff(edges)))


def _members(layout: Layout, leaning: Floats, kulaks: Ints, wish: Floats) -> Ints:
    """Return the member households of each village: a third of the villages that lean most, until all are placed."""
    sizes = np.diff(layout.first)
    wanted = largest_remainder(wish, round(float(wish.sum())))
    room = np.where(layout.nomad == 0, np.minimum(-(-sizes // KOLKHOZ_PART), sizes - kulaks), 0)
    order = np.lexsort((-leaning, layout.region))
    filled = np.cumsum(room[order])
    before = filled - room[order]
    start = np.repeat(before[layout.edges[:-1]], np.diff(layout.edges))
    members = np.zeros_like(sizes)
    members[order] = np.clip(wanted[layout.region[order]] - (before - start), 0, room[order])
    return members


def count(layout: Layout, keys: NDArray[np.uint64], facts: RegionFacts) -> Census:
    """Count each village's classes, members and leaning.

    Arguments: `keys` of the lots by which villages have more or fewer kulaks, more or fewer poor, and lean [3].
    """
    sizes = np.diff(layout.first)
    rows = np.add.reduceat(sizes, layout.edges[:-1])
    totals = class_totals(rows, facts)
    edges = group_edges(layout.region, layout.nomad)
    more_kulaks, more_poor = (2.0 * in_turn(key, edges) - 1.0 for key in keys[:2])
    kulaks = _share_out(sizes * (1.0 + MIX_KULAK * more_kulaks), layout.edges, totals[Stratum.KULAK])
    poor = _share_out(sizes * (1.0 + MIX_POOR * more_poor), layout.edges, totals[Stratum.POOR])
    leaning = _leaning(layout, keys[2])
    return Census(kulaks, poor, _members(layout, leaning, kulaks, facts.members_share * rows), leaning)


def by_class_and_region(base: Floats, facts: RegionFacts) -> Floats:
    """Turn ratios by class into ratios to the region's mean household [classes, regions]."""
    ratios: Floats = base[:, None] / (facts.class_shares * base[:, None]).sum(axis=0)
    return ratios
