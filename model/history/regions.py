"""The 18 regions of the USSR in its borders before September 1939, as the census and the statisticians left them.

Read by founding (totals to be met), by every table by region, and by the maps. `data/regions.md` says
how the units of the time were regrouped and how sure each column is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.history.tables import rows_of, text_of

Floats = NDArray[np.float64]

REGION_IDS: tuple[str, ...] = tuple(row["id"] for row in rows_of("regions.csv"))
REGION_NAMES: tuple[str, ...] = tuple(row["name"] for row in rows_of("regions.csv"))
N_REGIONS = len(REGION_IDS)
REGION_GROUPS: dict[str, tuple[str, ...]] = {
    "ukraine": ("ukraine_right_bank", "ukraine_left_bank", "ukraine_steppe"),
    "siberia": ("west_siberia", "east_siberia_far_east"),
}
"""Names under which an order may speak to several regions at once."""

SHORT_NAMES: dict[str, str] = {
    "ukraine_right_bank": "Ukraine, right bank",
    "ukraine_left_bank": "Ukraine, left bank",
    "ukraine_steppe": "Ukraine, steppe",
    "north_caucasus": "North Caucasus",
    "central_black_earth": "Black Earth",
    "lower_volga": "Lower Volga",
    "middle_volga": "Middle Volga",
    "nizhny_vyatka": "Nizhny, Vyatka",
    "moscow_ivanovo": "Moscow, Ivanovo",
    "western": "Western",
    "leningrad_north": "Leningrad, North",
    "urals": "Urals",
    "west_siberia": "West Siberia",
    "east_siberia_far_east": "East Siberia, Far East",
    "kazakhstan": "Kazakhstan",
    "central_asia": "Central Asia",
    "transcaucasia": "Transcaucasia",
    "belorussia": "Belorussia",
}
"""Names short enough for a chart or a table of the terminal."""


@dataclass(frozen=True, slots=True)
class Regions:
    """One array [regions] for every column of `regions.csv`, in its units (thousands left as thousands)."""

    id: tuple[str, ...]
    name: tuple[str, ...]
    grain_role: tuple[str, ...]  # surplus, deficit or pastoral
    rural_pop_1926: Floats  # thousand persons, census of 17 December 1926
    urban_pop_1926: Floats  # thousand persons, census of 17 December 1926
    peasant_households_1928: Floats  # thousand
    mean_household_size: Floats  # persons
    sown_grain_1928: Floats  # thousand ha
    mean_yield_1925_29: Floats  # t/ha, barn yield
    yield_cv: Floats  # standard deviation over mean, year to year
    horses_1928: Floats  # thousand head, mid-1928
    cattle_1928: Floats  # thousand head, mid-1928
    pigs_1928: Floats  # thousand head, mid-1928
    sheep_goats_1928: Floats  # thousand head, mid-1928
    kulak_pct_1927: Floats  # per cent of households
    middle_pct_1927: Floats  # per cent of households
    poor_pct_1927: Floats  # per cent of households, rural proletarians included
    nomadic_pct: Floats  # per cent of rural households, nomadic or half-nomadic
    industrial_weight_pct: Floats  # per cent of national employment in census industry
    lon: Floats  # degrees east
    lat: Floats  # degrees north
    tile_col: NDArray[np.int64]  # cell of the tile map, west to east
    tile_row: NDArray[np.int64]  # cell of the tile map, 0 in the north


@cache
def regions() -> Regions:
    """Return the table of regions; the arrays are read-only, since everybody shares them.

    >>> float(regions().peasant_households_1928.sum()), len(regions().id)
    (25600.0, 18)
    """
    rows = rows_of("regions.csv")

    def column(name: str) -> Any:
        if name in ("id", "name", "grain_role"):
            return tuple(row[name] for row in rows)
        values = np.array([float(row[name]) for row in rows])
        values.flags.writeable = False
        return values.astype(np.int64) if name.startswith("tile_") else values

    return Regions(**{name: column(name) for name in Regions.__slots__})


@cache
def region_index() -> dict[str, int]:
    """Return the place of each region id in every array by region.

    >>> region_index()["kazakhstan"]
    14
    """
    return {region: place for place, region in enumerate(REGION_IDS)}


def members_of(name: str) -> tuple[str, ...]:
    """Return the regions meant by a region id, a group (`ukraine`, `siberia`) or `ussr`; else a `KeyError`.

    >>> members_of("siberia")
    ('west_siberia', 'east_siberia_far_east')
    """
    if name == "ussr":
        return REGION_IDS
    if name in REGION_GROUPS:
        return REGION_GROUPS[name]
    if name in REGION_IDS:
        return (name,)
    raise KeyError(name)


@cache
def borders() -> dict[str, tuple[Floats, ...]]:
    """Return the outer rings of each region, each [points, 2] in degrees east and north.

    Present-day borders stand for those of the 1930s (`data/regions.md` says where they differ); longitudes run past 180
    in Chukotka, so that no polygon is cut.

    >>> sorted(borders()) == sorted(REGION_IDS)
    True
    """
    shapes: dict[str, tuple[Floats, ...]] = {}
    for feature in json.loads(text_of("regions.geojson"))["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        shapes[feature["properties"]["id"]] = tuple(np.asarray(polygon[0], dtype=np.float64) for polygon in polygons)
    return shapes
