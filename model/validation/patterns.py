"""The sixteen patterns which the historical run must show together: what is measured, and what would be a hit.

A check turns the digest of one run into one number and names the range that number must lie in. Errors against a series
can be told for the calibration and the validation rows apart. The board asks for the number of the median run (the
median of every name of the digest over the runs) and for the numbers of the runs, whose spread is the band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, isnan, log, nan, sqrt

import numpy as np

from model.history import REGION_IDS, Role, regions, series
from model.results.digest import span
from model.validation.beside import Beside, beside, beside_regions

Numbers = dict[str, float]
Measure = Callable[[Numbers], float]


@dataclass(frozen=True, slots=True)
class Check:
    """One number of a run and the range in which it is a hit.

    measure   of a digest; `nan` where the run does not tell it, which is a miss
    low, high the target, both ends included
    unit      of the number
    by_role   the same measure on the calibration or validation rows alone, where the check is an error against a series
    """

    text: str
    measure: Measure
    low: float
    high: float
    unit: str = ""
    by_role: Callable[[Numbers, Role], float] | None = None

    @property
    def has_target(self) -> bool:
        """Whether the number is judged, not only told."""
        return self.low > -inf or self.high < inf

    def is_hit(self, value: float) -> bool:
        """Say whether a value lies in the target range; a number that is only told has none and cannot miss."""
        return not self.has_target or (not isnan(value) and self.low <= value <= self.high)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of the sixteen: a hit if all its checks are; `role` tells which rows of the record its checks read."""

    number: int
    name: str
    checks: tuple[Check, ...]
    role: str


def _points(subjects: Iterable[str], first: str, last: str) -> tuple[Beside, ...]:
    return tuple(one for subject in subjects for one in beside(subject) if first <= one.when[: len(first)] <= last)


def _chosen(points: tuple[Beside, ...], role: Role | None) -> tuple[Beside, ...]:
    return tuple(one for one in points if role is None or one.role == role)


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else nan


def _relative(text: str, subject: str, most: float, first: str = "1927", last: str = "1940") -> Check:
    """Check the mean absolute error of a yearly series, relative to each figure [%]."""
    points = _points((subject,), first, last)

    def error(numbers: Numbers, role: Role | None = None) -> float:
        chosen = _chosen(points, role)
        return _mean([100.0 * abs(one.of(numbers) / one.value - 1.0) for one in chosen if one.value])

    return Check(f"{text}: mean absolute error", error, 0.0, most, "%", error)


def _furthest(text: str, subject: str, most: float, first: str, last: str) -> Check:
    """Check the largest relative error of a series in some years [%]."""
    points = _points((subject,), first, last)

    def error(numbers: Numbers, role: Role | None = None) -> float:
        found = [100.0 * abs(one.of(numbers) / one.value - 1.0) for one in _chosen(points, role)]
        return max(found, default=nan) if not any(map(isnan, found)) else nan

    return Check(text, error, 0.0, most, "%", error)


def _inside(text: str, subject: str, fewest: int) -> Check:
    """Check in how many years a series lies between low and high of the record [years]."""
    points = beside(subject)

    def count(numbers: Numbers, role: Role | None = None) -> float:
        return float(sum(one.low <= one.of(numbers) <= one.high for one in _chosen(points, role)))

    return Check(f"{text}: years inside the record's range", count, fewest, len(points), f"of {len(points)}", count)


def _among(text: str, measure: Measure, low: float, high: float, unit: str = "") -> Check:
    return Check(text, measure, low, high, unit)


# ------------------------------------------------------------------------------------------------- single measures


def _share_taken(numbers: Numbers) -> float:
    """Largest share of a harvest taken in 1930-32 [%]."""
    return max(100.0 * numbers[f"procured/{year}"] / numbers[f"harvest/{year}"] for year in (1930, 1931, 1932))


def _harvest_falls(numbers: Numbers) -> float:
    """Harvest of the year of the largest share over that of 1930 [%]."""
    worst = max((1931, 1932), key=lambda year: numbers[f"procured/{year}"] / numbers[f"harvest/{year}"])
    return 100.0 * numbers[f"harvest/{worst}"] / numbers["harvest/1930"]


def _rmse_inside(numbers: Numbers, role: Role | None = None) -> float:
    """Root mean square error of the share in kolkhozy over all dates [points]."""
    found = [(one.of(numbers) - one.value) ** 2 for one in _chosen(beside("collectivised"), role)]
    return sqrt(_mean(found)) if found else nan


def _month_of(numbers: Numbers, subject: str, months: list[str], best: Callable[..., str]) -> float:
    """Place in `months` of the highest or lowest number, counted from 1."""
    return float(months.index(best(months, key=lambda month: numbers.get(f"{subject}/{month}", nan))) + 1)


_DAYS_1930 = [f"1930-{month:02d}-01" for month in range(1, 13)]
_MONTHS_1930 = [f"1930-{month:02d}" for month in range(1, 13)]
_MONTHS_1933 = [f"1933-{month:02d}" for month in range(1, 13)]


def _trough(herd: str) -> Measure:
    """Years between the trough of a herd and that of the record [years]."""
    counts = {one.year: one.value for one in beside(herd)}
    documented = min(counts, key=lambda year: counts[year])

    def apart(numbers: Numbers) -> float:
        years = {year: numbers.get(f"{herd}/{year}", inf) for year in counts}
        return float(min(years, key=lambda year: years[year]) - documented)

    return apart


def _dead(first: int, last: int, place: str = "") -> Measure:
    """Excess deaths of some years [million]."""
    return lambda numbers: span(numbers, "excess_deaths", range(first, last + 1), place)


def _share_of_1933(numbers: Numbers) -> float:
    """Part of the excess deaths of 1930-34 that fell in 1933 [%]."""
    return 100.0 * numbers["excess_deaths/1933"] / max(_dead(1930, 1934)(numbers), 1e-9)


def _by_july(numbers: Numbers) -> float:
    """Part of the excess deaths of 1933 that fell by the end of July [%]."""
    first = sum(numbers[f"excess_deaths_month/{month}"] for month in _MONTHS_1933[:7])
    return 100.0 * first / max(numbers["excess_deaths/1933"], 1e-9)


def _place(name: str, places: tuple[str, ...]) -> Check:
    """Check the excess deaths of 1931-34 of some regions against the sums of their low and high [million]."""
    figures = [one for one in beside_regions("excess_deaths") if one.place in places]
    low, high = sum(one.low for one in figures), sum(one.high for one in figures)
    return _among(f"{name}: excess deaths 1931-34", lambda n: sum(one.of(n) for one in figures), low, high, "million")


def _villages_to_towns(numbers: Numbers) -> float:
    """Excess death rate of 1933 in Ukraine's villages over that in its towns, at most 1000 [ratio]."""
    villages = numbers["rural_excess_deaths/ukraine/1933"] / numbers["villagers/ukraine/1933"]
    towns = numbers["urban_excess_deaths/ukraine/1933"] / (numbers["towns/ukraine/1933"] / 1e3)
    return villages / max(towns, 1e-3 * villages) if villages > 0.0 else nan


def _grain_and_death(numbers: Numbers) -> float:
    """Correlation over regions of the death rate of 1932-33 with usual grain per head, weighed by people [-1, 1].

    Usual grain is land under grain times the mean yield of 1925-29, over villagers. Kazakhstan is left out: its people
    starved for want of herds.
    """
    grown = regions().sown_grain_1928 * regions().mean_yield_1925_29 / regions().rural_pop_1926
    people = np.array([numbers[f"villagers/{region}/1932"] for region in REGION_IDS])
    rate = np.array([span(numbers, "excess_deaths", range(1932, 1934), region) for region in REGION_IDS]) / people
    weight = np.where(np.array(REGION_IDS) == "kazakhstan", 0.0, people)
    return _weighed_correlation(grown, rate, weight)


def _weighed_correlation(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    dx, dy = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
    spread = float((weight * dx**2).sum() * (weight * dy**2).sum())
    return float((weight * dx * dy).sum()) / sqrt(spread) if spread > 0.0 else nan


def _moved(first: int, last: int) -> Measure:
    """People who moved to towns, net [million]."""
    return lambda numbers: span(numbers, "migration", range(first, last + 1)) / 1e3


def _low_of_1933(numbers: Numbers) -> float:
    """Net move to towns in 1933 over the mean of the years beside it [ratio]."""
    return 2.0 * numbers["migration/1933"] / (numbers["migration/1932"] + numbers["migration/1934"])


def _march_over_january(numbers: Numbers) -> float:
    """Disturbances of March over January 1930 [ratio]."""
    return numbers["disturbances_month/1930-03"] / max(numbers["disturbances_month/1930-01"], 1e-9)


def _between_indices(numbers: Numbers) -> float:
    """Years of 1929-39 in which industrial output lies between Nutter's and the official index, ends included."""
    official = {point.year: point.value for point in series("industrial_output_index_official")}
    known = {point.year: point.value for point in series("industrial_output_index_nutter")}
    inside = 0
    for year in range(1929, 1940):
        before = max(one for one in known if one <= year)
        after = min(one for one in known if one >= year)
        part = (year - before) / max(after - before, 1)
        nutter = np.exp((1.0 - part) * log(known[before]) + part * log(known[after]))
        inside += bool(min(nutter, official[year]) <= numbers[f"industry/{year}"] <= max(nutter, official[year]))
    return float(inside)


AVERAGE_WEATHER = "average_weather:"
"""Names of the run with average weather in a digest that holds both runs."""


def _remains(place: str) -> Measure:
    """Excess deaths of 1930-34 with average weather over those with the weather as it was [%]."""

    def part(numbers: Numbers) -> float:
        if f"{AVERAGE_WEATHER}excess_deaths/1933" not in numbers:
            return nan
        average = {name: numbers[AVERAGE_WEATHER + name] for name in numbers if AVERAGE_WEATHER + name in numbers}
        as_it_was = _dead(1930, 1934, place)(numbers)
        return 100.0 * _dead(1930, 1934, place)(average) / as_it_was if as_it_was > 0.0 else nan

    return part


_UKRAINE = tuple(region for region in REGION_IDS if region.startswith("ukraine"))
_VOLGA = ("lower_volga", "middle_volga")
_ELSEWHERE = tuple(r for r in REGION_IDS if r not in {*_UKRAINE, *_VOLGA, "kazakhstan", "north_caucasus"})
_HERDS = {"horses": "horses", "cattle": "cattle", "pigs": "pigs", "sheep_goats": "sheep and goats"}

PATTERNS: tuple[Pattern, ...] = (
    Pattern(1, "Grain harvest 1927-39", (
        _relative("harvest", "harvest", 7.0), _inside("harvest", "harvest", 10),
    ), "both"),
    Pattern(2, "Procurement 1927/28-1938/39", (
        _relative("procurement", "procured", 10.0),
        _among("largest share of a harvest taken, 1930-32", _share_taken, 33.0, 100.0, "%"),
        _among("harvest of that year, 1930 = 100", _harvest_falls, 0.0, 95.0, "%"),
    ), "both"),
    Pattern(3, "Grain exports", (_relative("exports of 1930/31-1933/34", "exported", 15.0, "1930", "1933"),),
            "calibration"),
    Pattern(4, "Share of households in kolkhozy", (
        Check("all dates: root mean square error", _rmse_inside, 0.0, 5.0, "points", _rmse_inside),
        _among("highest first of a month in early 1930", lambda n: _month_of(n, "collectivised", _DAYS_1930[:6], max),
               3, 3, "month"),
        _among("lowest first of a month from May 1930 to January 1931", lambda n: 4 + _month_of(
            n, "collectivised", [*_DAYS_1930[4:], "1931-01-01"], min), 7, 10, "month"),
    ), "both"),
    Pattern(5, "Horses, cattle, pigs, sheep and goats 1928-38", tuple(
        check for herd, words in _HERDS.items() for check in (
            _relative(words, herd, 10.0), _among(f"{words}: trough, years after the record's", _trough(herd), -1, 1,
                                                 "years"),
        )
    ), "both"),
    Pattern(6, "Excess deaths 1930-34", (
        _among("all", _dead(1930, 1934), 5.5, 8.7, "million"),
        _among("part of them in 1933", _share_of_1933, 75.0, 100.0, "%"),
    ), "both"),
    Pattern(7, "Season of the deaths of 1933", (
        _among("peak", lambda n: _month_of(n, "excess_deaths_month", _MONTHS_1933, max), 5, 7, "month"),
        _among("part by the end of July", _by_july, 65.0, 80.0, "%"),
    ), "validation"),
    Pattern(8, "Place of the deaths", (
        _place("Ukraine", _UKRAINE), _place("Kazakhstan", ("kazakhstan",)),
        _place("North Caucasus", ("north_caucasus",)), _place("Volga", _VOLGA), _place("elsewhere", _ELSEWHERE),
        _among("Ukraine 1933: rural over urban rate", _villages_to_towns, 2.5, 6.5, "ratio"),
    ), "validation"),
    Pattern(9, "Mortality is not lower where more grain was grown per head", (
        _among("correlation over regions", _grain_and_death, 0.0, 1.0, ""),
    ), "validation"),
    Pattern(10, "Net rural-urban migration", (
        _relative("net move 1928-35", "migration", 15.0, "1928", "1935"),
        _among("1933 over the mean of 1932 and 1934", _low_of_1933, 0.0, 0.6, "ratio"),
        _among("1928-39", _moved(1928, 1939), 17.0, 24.5, "million"),
    ), "both"),
    Pattern(11, "Urban population", (
        _furthest("census of 1939: error", "towns", 4.0, "1939", "1939"),
        _furthest("townspeople, New Year 1929-36: largest error", "towns", 6.0, "1929", "1936"),
    ), "both"),
    Pattern(12, "Disturbances of 1930", (
        _among("month of the peak", lambda n: _month_of(n, "disturbances_month", _MONTHS_1930, max), 3, 3, "month"),
        _among("March over January", _march_over_january, 5.0, inf, "ratio"),
        _among("in the year", lambda n: n["disturbances/1930"], 13754 / 1.5, 13754 * 1.5, "events"),
    ), "both"),
    Pattern(13, "Exiled families, settlers, their deaths", (
        _furthest("families exiled: largest error of 1930-31", "exiled", 15.0, "1930", "1931"),
        _relative("settlers on 1 January", "settlers", 15.0),
        _relative("deaths of settlers 1932-33", "settler_deaths", 15.0),
    ), "both"),
    Pattern(14, "Industrial output between Nutter and the official index", (
        _among("years 1929-39 inside", _between_indices, 11, 11, "of 11"),
    ), "validation"),
    Pattern(15, "Average weather", (
        _among("deaths of Ukraine that remain", _remains("ukraine"), 50.0, 200.0, "%"),
        _among("deaths of the country that remain (told, no target)", _remains(""), -inf, inf, "%"),
    ), "validation"),
    Pattern(16, "Concentration", (
        _among("share of households with four fifths of the dead", lambda n: n["most_of_the_dead/1934"], 0.0, 15.0,
               "%"),
    ), "validation"),
)  # fmt: skip
"""Section 7 of the design, in its order; targets as they stand there."""
