"""Which documented figure stands beside which number of a digest: one table for the board, coverage and fit charts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

from model.history import REGION_IDS, Point, Role, role_of, series
from model.results.digest import SUBJECTS


@dataclass(frozen=True, slots=True)
class Series:
    """A documented series beside a subject of the digest; documented value times `per` is in the subject's unit."""

    file: str
    name: str
    per: float = 1.0


NATIONAL: dict[str, Series] = {
    "harvest": Series("grain.csv", "grain_harvest"),
    "sown": Series("grain.csv", "sown_area_grain"),
    "procured": Series("grain.csv", "grain_procurement_agyear"),
    "exported": Series("grain.csv", "grain_export_agyear"),
    "exported_calendar": Series("grain.csv", "grain_export"),
    "collectivised": Series("collectivisation.csv", "collectivised_households_share"),
    "horses": Series("livestock.csv", "horses_midyear"),
    "cattle": Series("livestock.csv", "cattle_midyear"),
    "pigs": Series("livestock.csv", "pigs_midyear"),
    "sheep_goats": Series("livestock.csv", "sheep_goats_midyear"),
    "tractors": Series("livestock.csv", "tractors_stock"),
    "excess_deaths": Series("famine.csv", "famine_excess_deaths"),
    "births": Series("population.csv", "births"),
    "migration": Series("migration_urban.csv", "net_rural_urban_migration"),
    "towns": Series("population.csv", "population_urban"),
    "machinery": Series("trade.csv", "machinery_imports"),
    "disturbances": Series("repression.csv", "peasant_disturbances"),
    "disturbances_month": Series("repression.csv", "peasant_disturbances_month"),
    "exiled": Series("repression.csv", "dekulakised_households_exiled"),
    "settlers": Series("repression.csv", "special_settlers_stock"),
    "settler_deaths": Series("repression.csv", "special_settler_deaths"),
    "prisoners": Series("repression.csv", "gulag_camp_prisoners"),
}
"""Series of the whole country, by subject."""

REGIONAL: dict[str, Series] = {
    "procured": Series("regions_series.csv", "grain_procurement", 1e-3),
    "collectivised": Series("regions_series.csv", "collectivised_share"),
    "horses": Series("regions_series.csv", "horses", 1e-3),
    "cattle": Series("regions_series.csv", "cattle", 1e-3),
    "pigs": Series("regions_series.csv", "pigs", 1e-3),
    "sheep_goats": Series("regions_series.csv", "sheep_goats", 1e-3),
    "excess_deaths": Series("regions_series.csv", "excess_deaths", 1e-3),
}
"""Series by region, by subject."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One documented figure beside the model's own.

    names   of the digest, whose numbers add up (a span of years) or are weighed to the figure
    weights of those numbers [ratio]
    value, low, high   documented, in the subject's unit; where no range is known both are the value
    """

    subject: str
    place: str
    when: str
    names: tuple[str, ...]
    weights: tuple[float, ...]
    value: float
    low: float
    high: float
    role: Role
    source: str

    @property
    def year(self) -> int:
        """The (first) year of the figure."""
        return int(self.when[:4])

    def over(self, names: tuple[str, ...], place: str) -> Beside:
        """Return the same figure as the sum of other names of the digest, for another place."""
        return replace(self, names=names, weights=(1.0,) * len(names), place=place)

    def of(self, numbers: dict[str, float]) -> float:
        """The model's figure in one digest; `nan` where the run does not tell it."""
        return sum(
            weight * numbers.get(name, float("nan")) for name, weight in zip(self.names, self.weights, strict=True)
        )


def _days(date: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Name the two first days of months between which a day lies, and their weights.

    >>> _days("1930-04-16")
    (('1930-04-01', '1930-05-01'), (0.5, 0.5))
    """
    day = dt.date.fromisoformat(date)
    first = day.replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    part = (day - first).days / (after - first).days
    return ((first.isoformat(), after.isoformat()), (1.0 - part, part)) if part else ((date,), (1.0,))


def _times(subject: str, point: Point) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Name the times of the digest which make up the time of a documented figure, and their weights."""
    if point.is_span:
        years = tuple(str(year) for year in range(point.year, point.last_year + 1))
        return years, (1.0,) * len(years)
    if SUBJECTS[subject].when == "day":
        return _days(point.date)
    if SUBJECTS[subject].when == "month":
        return (point.date,), (1.0,)
    return (str(point.year),), (1.0,)


def stand(subject: str, series_of: Series, point: Point) -> Beside:
    """Put a documented figure beside the names of the digest that tell it."""
    place = {"ussr": "", "agg_ukraine": "ukraine"}.get(point.region, point.region)
    times, weights = _times(subject, point)
    low, high = point.range
    return Beside(
        subject=subject,
        place=place,
        when=point.date,
        names=tuple("/".join(part for part in (subject, place, time) if part) for time in times),
        weights=weights,
        value=point.value * series_of.per,
        low=low * series_of.per,
        high=high * series_of.per,
        role=role_of(series_of.file, series_of.name, point.year),
        source=point.source,
    )


@cache
def beside(subject: str) -> tuple[Beside, ...]:
    """Return the documented figures of the whole country for a subject, in order of time; a founding figure is none.

    >>> [one.value for one in beside("harvest") if one.year == 1932]
    [57.5]
    """
    series_of = NATIONAL[subject]
    found = (stand(subject, series_of, point) for point in series(series_of.name, series_of.file))
    return tuple(one for one in found if _is_lived(one))


@cache
def beside_regions(subject: str) -> tuple[Beside, ...]:
    """Return the documented figures of regions and of Ukraine for a subject, January counts of herds left out."""
    series_of = REGIONAL[subject]
    told = (*SUBJECTS[subject].places, "agg_ukraine")
    points = (
        point
        for point in series(series_of.name, series_of.file, region=None)
        if point.region in told and (point.region in REGION_IDS or point.region == "agg_ukraine")
    )
    yearly = SUBJECTS[subject].when == "end of June"
    found = (stand(subject, series_of, point) for point in points if not (yearly and len(point.date) == 10))
    return tuple(one for one in found if _is_lived(one))


_FIRST_LIVED = {"calendar": "1928", "month": "1927-07", "day": "1927-08", "end of year": "1927"}


def _is_lived(one: Beside) -> bool:
    """Say whether a run from July 1927 to December 1939 tells the figure."""
    when = SUBJECTS[one.subject].when
    if when == "calendar" and len(one.when) == 7:
        return False  # the disturbances of the first half of 1932
    last = "1940" if when == "new year" else "1938-12" if when == "agricultural" else "1939-12"
    return _FIRST_LIVED.get(when, "1927" if when in {"harvest", "agricultural"} else "1928") <= one.when <= last
