"""How hunger and possessions are spread: households present and their people, counted by region, membership and bin.

Read by the recorder after a month is over; reads columns, never writes them. Rows are counted, so sums are whole
numbers, the same in any order and for any number of threads; regions' weights are applied afterwards. A country of
25.6 million rows is counted in pieces that need some hundred kilobytes.

Whether a value has reached the lower edge of a bin is asked of many rows at once; a bin is what reached its edge and
not the next. Both memberships are counted in one number, independents below bit 16 and members above it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.calendar import Month
from model.columns import Countryside, narrowed
from model.compiled import loop, rule

Counts = NDArray[np.float64]

EDGES: dict[str, tuple[float, ...]] = {
    "deficit": (0.0, 0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "reserve": (0.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0),
    "livestock": (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 15.0),
    "grain": (0.0, 5.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0),
    "cows": (0.0, 0.5, 1.5, 2.5),
    "horses": (0.0, 0.5, 1.5, 2.5),
}
"""Lower edges of the bins of every scale; a bin reaches to the next edge, the last has no end.

deficit    need of the month not met [share]; below 0.05 is nothing, from 0.2 on is hunger (`hungry_share`)
reserve    reserve of the body [days of full need]; a well-fed body has 66
livestock  the household's own animals [heads of cattle or horses; a pig is 0.2, a sheep or goat 0.1]
grain      the household's own grain, barn and pit, a head of those at home [kg/person]; a month's need is about 16
cows       own cows: 0, 1, 2, 3 and more, since herds are real numbers here and these are their halves
horses     own horses, likewise
"""

HUNGER, POSSESSIONS = ("deficit", "reserve"), ("livestock", "grain", "cows", "horses")

PIG, SHEEP = np.float32(0.2), np.float32(0.1)
"""Heads of large livestock that a pig and a sheep or goat stand for. Source: assumption, near the usage of the time."""
COWS = {6: np.float32(0.42), 12: np.float32(0.49)}
"""Cows among cattle when the year's calves are there and when they are gone [share]. Source: `cows` of 1928 over
`cattle_midyear` and over `cattle` of 1 January."""

COUNTED_IN = tuple(COWS)  # months at whose end possessions are counted: the livestock censuses of June and of 1 January

BLOCK = 512  # rows counted at once: 16 bits hold them, up to 63 persons a household
PIECE = 32 * BLOCK  # rows of one region that one thread counts in one go
FEW = 64  # pieces; below them one thread is as fast


@rule
def _tally(values, weights, rows, edges, reached, at):
    """Add up the weights of those rows whose value has reached each edge [edges; independents, members]."""
    for k in range(edges.size):
        edge = edges[k]
        found = np.int32(0)
        for i in range(rows):
            found = np.int32(found + (weights[i] if values[i] >= edge else np.int32(0)))
        reached[at + k, 0] += found & 0xFFFF
        reached[at + k, 1] += found >> 16


@loop
def _hunger(start, stop, pieces, homes, deficit, reserve, reached):
    """Count people [pieces, edges, memberships] by need not met and by reserve of the body."""
    people = np.empty(BLOCK, np.int32)
    for piece in range(start, stop):
        for begin in range(pieces[piece], pieces[piece + 1], BLOCK):
            end = min(begin + BLOCK, pieces[piece + 1])
            rows = np.uint64(end - begin)
            life, months_in = homes.life[begin:end], homes.months_in[begin:end]
            small, children = homes.small[begin:end], homes.children[begin:end]
            adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
            for i in range(rows):
                size = np.int32(small[i]) + np.int32(children[i]) + np.int32(adults[i]) + np.int32(elderly[i])
                here = np.int32(size if life[i] == 0 else 0)
                people[i] = np.int32(here << 16) if months_in[i] > 0 else here
            _tally(homes.deficit[begin:end], people, rows, deficit, reached[piece], 0)
            _tally(homes.reserve_days[begin:end], people, rows, reserve, reached[piece], deficit.size)


@loop
def _possessions(start, stop, pieces, homes, cows_among, livestock, grain, cows, horses, reached):
    """Count households [pieces, edges, memberships] by animals, grain a head, cows and horses of their own."""
    present = np.empty(BLOCK, np.int32)
    herd = np.empty(BLOCK, np.float32)
    milch = np.empty(BLOCK, np.float32)
    held = np.empty(BLOCK, np.float32)
    for piece in range(start, stop):
        for begin in range(pieces[piece], pieces[piece + 1], BLOCK):
            end = min(begin + BLOCK, pieces[piece + 1])
            rows = np.uint64(end - begin)
            life, months_in = homes.life[begin:end], homes.months_in[begin:end]
            small, children = homes.small[begin:end], homes.children[begin:end]
            adults, elderly = homes.adults[begin:end], homes.elderly[begin:end]
            own_horses, cattle = homes.horses[begin:end], homes.cattle[begin:end]
            pigs, sheep_goats = homes.pigs[begin:end], homes.sheep_goats[begin:end]
            barn_kg, concealed_kg = homes.barn_kg[begin:end], homes.concealed_kg[begin:end]
            for i in range(rows):
                here = np.int32(life[i] == 0)
                present[i] = np.int32(here << 16) if months_in[i] > 0 else here
            for i in range(rows):
                size = np.int32(small[i]) + np.int32(children[i]) + np.int32(adults[i]) + np.int32(elderly[i])
                held[i] = (barn_kg[i] + concealed_kg[i]) / np.float32(max(size, 1))
                herd[i] = own_horses[i] + cattle[i] + PIG * pigs[i] + SHEEP * sheep_goats[i]
                milch[i] = cows_among * cattle[i]
            at = 0
            _tally(herd, present, rows, livestock, reached[piece], at)
            at += livestock.size
            _tally(held, present, rows, grain, reached[piece], at)
            at += grain.size
            _tally(milch, present, rows, cows, reached[piece], at)
            at += cows.size
            _tally(own_horses, present, rows, horses, reached[piece], at)


def _pieces(land: Countryside) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut the rows of every region into pieces; return their first rows and the end, and each region's first piece."""
    rows = land.first[land.edges]
    cuts = [np.arange(begin, end, PIECE) for begin, end in pairwise(rows)]
    first = np.cumsum([0, *(len(cut) for cut in cuts)])[:-1]
    return np.concatenate([*cuts, rows[-1:]]), first


def _count(land: Countryside, function: Any, scales: tuple[str, ...], *shares: np.float32) -> list[NDArray[np.int64]]:
    """Count rows or people on some scales [regions, memberships, bins] each."""
    pieces, first = _pieces(land)
    # the first bin takes what rounding left a hair below nothing
    edges = [np.array([-np.inf, *EDGES[scale][1:]], np.float32) for scale in scales]
    reached = np.zeros((len(pieces) - 1, sum(len(edge) for edge in edges), 2), np.int64)
    homes = narrowed(land.homes, function)
    land.crew.over(len(pieces) - 1, function, pieces, homes, *shares, *edges, reached, small=FEW)
    by_region = np.add.reduceat(reached, first, axis=0)
    ends = np.cumsum([len(edge) for edge in edges])[:-1]
    return [-np.diff(part, axis=1, append=0).transpose(0, 2, 1) for part in np.split(by_region, ends, axis=1)]


def take(land: Countryside, month: Month) -> dict[str, Counts]:
    """Count hunger at the end of every month, possessions in June and December [regions, memberships, bins].

    Real persons and households; the first membership is independent, the second the kolkhoz.
    """
    persons, homes = land.person_weight[:, None, None], land.weight[:, None, None]
    people = zip(HUNGER, _count(land, _hunger, HUNGER), strict=True)
    found = {f"people_by_{scale}": count * persons for scale, count in people}
    if month.month in COUNTED_IN:
        households = zip(POSSESSIONS, _count(land, _possessions, POSSESSIONS, COWS[month.month]), strict=True)
        found |= {f"households_by_{scale}": count * homes for scale, count in households}
    return found


def most_of_the_dead(land: Countryside, part: float = 0.8) -> float:
    """Return the smallest share of the households of 1927 among whom `part` of those who starved so far died.

    Rows of a region weigh alike, those of different regions do not; households that are gone count. 0 if nobody died.
    """
    households, deaths = np.zeros(101), np.zeros(101)
    for region in range(len(land.weight)):
        begin, end = (int(land.first[edge]) for edge in land.edges[region : region + 2])
        counted = np.bincount(land.homes.starved[begin:end], minlength=101) * land.weight[region]
        households += counted
        deaths += counted * np.arange(101)
    most, dead = households[:0:-1], deaths[:0:-1]  # those who lost most come first
    if not dead.any():
        return 0.0
    reached = np.concatenate(([0.0], np.cumsum(dead))) / dead.sum()
    held = np.concatenate(([0.0], np.cumsum(most))) / households.sum()
    return float(np.interp(part, reached, held))
