"""Which documented figure stands beside which number of a run's digest, and how runs and record compare there.

`pairs` only reads the record; `confront` lays many digests (an ensemble, some seeds) beside it, figure by figure. Used by
the charts of the fit and by whoever scores a run. A figure's role travels with it: who fits asks for `calibration`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from model.history import REGION_GROUPS, USSR, Point, Role, region_index, role_of, series
from model.results.digest import SUBJECTS

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

REGIONAL = "regions_series.csv"
BAND = (0.05, 0.95)
"""Between these quantiles of the runs lie 90 % of them."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A documented series and the subject of the digest that tells the same thing."""

    subject: str  # of the digest
    file: str
    series: str
    label: str
    factor: float = 1.0  # times the figure gives the unit of the digest
    years: range | None = None  # the figure is the sum over these years, whatever date it bears
    place: str = ""  # the figures of the whole series are those of this place


NATIONAL = (
    Beside("harvest", "grain.csv", "grain_harvest", "Grain harvest"),
    Beside("sown", "grain.csv", "sown_area_grain", "Area under grain"),
    Beside("procured", "grain.csv", "grain_procurement_agyear", "Procurement"),
    Beside("exported", "grain.csv", "grain_export_agyear", "Exports, July to June"),
    Beside("exported_calendar", "grain.csv", "grain_export", "Exports, calendar years"),
    Beside("collectivised", "collectivisation.csv", "collectivised_households_share", "Collectivised households"),
    Beside("horses", "livestock.csv", "horses_midyear", "Horses"),
    Beside("cattle", "livestock.csv", "cattle_midyear", "Cattle"),
    Beside("pigs", "livestock.csv", "pigs_midyear", "Pigs"),
    Beside("sheep_goats", "livestock.csv", "sheep_goats_midyear", "Sheep and goats"),
    Beside("tractors", "livestock.csv", "tractors_stock", "Tractors"),
    Beside("excess_deaths", "famine.csv", "famine_excess_deaths", "Excess deaths by year"),
    Beside(
        "excess_deaths", "famine.csv", "famine_excess_deaths_total", "Deaths, whole famine",
        years=range(1930, 1935),
    ),
    Beside("births", "population.csv", "births", "Births"),
    Beside("migration", "migration_urban.csv", "net_rural_urban_migration", "Net move to towns"),
    Beside("towns", "population.csv", "population_urban", "Townspeople"),
    Beside("disturbances_month", "repression.csv", "peasant_disturbances_month", "Disturbances by month"),
    Beside("disturbances", "repression.csv", "peasant_disturbances", "Disturbances by year"),
    Beside("exiled", "repression.csv", "dekulakised_households_exiled", "Families exiled"),
    Beside("settlers", "repression.csv", "special_settlers_stock", "Special settlers"),
    Beside("settler_deaths", "repression.csv", "special_settler_deaths", "Deaths of settlers"),
    Beside("prisoners", "repression.csv", "gulag_camp_prisoners", "Prisoners of camps"),
    Beside("industry", "industry.csv", "industrial_output_index_official", "Industry, official index"),
    Beside("industry", "industry.csv", "industrial_output_index_nutter", "Industry, Nutter"),
    Beside("machinery", "trade.csv", "machinery_imports", "Machinery bought"),
)  # fmt: skip
"""The series of the nation that roles.csv names, each beside the digest."""

OF_REGIONS = (
    Beside(
        "excess_deaths", "famine.csv", "ukraine_famine_excess_deaths_total", "Excess deaths in Ukraine",
        years=range(1932, 1935), place="ukraine",
    ),
    Beside(
        "excess_deaths", "famine.csv", "kazakhstan_famine_excess_deaths_total", "Excess deaths in Kazakhstan",
        years=range(1930, 1934), place="kazakhstan",
    ),
    Beside("excess_deaths", REGIONAL, "excess_deaths", "Excess deaths by region", 1e-3, years=range(1931, 1935)),
    Beside("procured", REGIONAL, "grain_procurement", "Procurement by region", 1e-3),
    Beside("collectivised", REGIONAL, "collectivised_share", "Collectivised by region"),
    *(
        Beside(herd, REGIONAL, herd, f"{herd.replace('_', ' and ').capitalize()} of Ukraine and Kazakhstan", 1e-3)
        for herd in ("horses", "cattle", "pigs", "sheep_goats")
    ),
)  # fmt: skip
"""The series by region that roles.csv names. The regional rows of the whole Union repeat the national files."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One documented figure and the numbers of the digest that tell the same."""

    beside: Beside
    point: Point
    role: Role
    region: str  # region id, `ukraine`, or `ussr`
    keys: tuple[str, ...]  # of the digest; more than one are added up

    @property
    def value(self) -> float:
        """Return the figure in the unit of the digest."""
        return self.point.value * self.beside.factor

    @property
    def range(self) -> tuple[float, float]:
        """Return low and high in the unit of the digest; both are the value where no range is known."""
        low, high = self.point.range
        return low * self.beside.factor, high * self.beside.factor


@cache
def pairs(role: str | None = None) -> tuple[Pair, ...]:
    """Return every documented figure that the digest can tell, of one role or of all.

    >>> {pair.role for pair in pairs("calibration")}
    {'calibration'}
    >>> next(pair.keys for pair in pairs() if pair.point.series == "horses_midyear" and pair.point.year == 1933)
    ('horses/1933',)
    """
    found = []
    for beside in (*NATIONAL, *OF_REGIONS):
        for point in series(beside.series, beside.file, region=None):
            use = role_of(beside.file, beside.series, point.year)
            region = beside.place or point.region.removeprefix("agg_")
            keys = _keys(beside, point, region)
            if keys and (role is None or use == role):
                found.append(Pair(beside, point, use, region, keys))
    return tuple(found)


def _keys(beside: Beside, point: Point, region: str) -> tuple[str, ...]:
    """Return the keys of the digest for a figure; none where the digest has no such moment or place."""
    subject = SUBJECTS[beside.subject]
    if beside.file == REGIONAL and region == USSR:
        return ()
    if region != USSR and region not in subject.places:
        return ()
    middle = "" if region == USSR else f"{region}/"
    if beside.years is not None:
        return tuple(f"{beside.subject}/{middle}{year}" for year in beside.years)
    when = _when(subject.when, point)
    return (f"{beside.subject}/{middle}{when}",) if when else ()


def _when(when: str, point: Point) -> str:
    """Write a figure's date as the digest names that time; nothing where the two cannot meet."""
    date = point.date
    if point.is_span:
        return ""
    if when == "month":
        return date if len(date) == 7 else ""
    if when == "day":
        return date if date.endswith("-01") and len(date) == 10 else ""
    if when == "new year":
        return date[:4] if len(date) == 10 and date[5:7] == "01" else ""
    if when == "end of June":
        return date[:4] if len(date) == 4 or date[5:7] in {"06", "07"} else ""
    return date if len(date) == 4 else ""  # years and ends of years; a figure for half a year has no partner


def digests_of(dataset: xr.Dataset) -> pd.DataFrame:
    """Return the digests of a run or of its members, one row each."""
    import pandas as pd

    from model.results.digest import digest

    members = (
        [dataset.isel(member=i) for i in range(dataset.sizes["member"])] if "member" in dataset.dims else [dataset]
    )
    table = pd.DataFrame([digest(member) for member in members])
    table.attrs = {name: str(dataset.attrs.get(name, "")) for name in ("scenario", "title", "version", "seeds")}
    return table


def told(digests: pd.DataFrame, keys: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """Return what each run says at some keys, added up [runs that did not fail]; None where no run tells it."""
    if not all(key in digests.columns for key in keys):
        return None
    values = digests[list(keys)].to_numpy(dtype=float).sum(axis=1)
    values = values[np.isfinite(values)]
    return values if values.size else None


COMPARED = (
    "label", "subject", "file", "series", "region", "date", "year", "role", "value", "low", "high", "source",
    "middle", "model_low", "model_high", "inside", "touches", "in_range",
)  # fmt: skip


def confront(digests: pd.DataFrame, role: str | None = None) -> pd.DataFrame:
    """Return one row for each documented figure that the runs reach, in the unit of the digest, rivals each by itself.

    middle, model_low, model_high    median of the runs, and the band that holds 90 % of them
    inside      the figure lies within the band
    touches     its documented range and the band have a number in common
    in_range    the median lies within the documented range
    """
    import pandas as pd

    rows = []
    for pair in pairs(role):
        values = told(digests, pair.keys)
        if values is None:
            continue
        bottom, middle, top = (float(q) for q in np.quantile(values, (BAND[0], 0.5, BAND[1])))
        low, high = pair.range
        rows.append(
            (
                pair.beside.label, pair.beside.subject, pair.beside.file, pair.point.series, pair.region,
                pair.point.date, pair.point.year, pair.role, pair.value, low, high, pair.point.source,
                middle, bottom, top, bottom <= pair.value <= top, bottom <= high and low <= top, low <= middle <= high,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COMPARED))


def place_name(region: str) -> str:
    """Write a region, a group or the Union for a reader.

    >>> place_name("ukraine"), place_name("kazakhstan"), place_name("ussr")
    ('Ukraine', 'Kazakhstan', 'USSR')
    """
    from model.history import SHORT_NAMES

    if region in region_index():
        return SHORT_NAMES[region]
    return region.capitalize() if region in REGION_GROUPS else region.upper()
