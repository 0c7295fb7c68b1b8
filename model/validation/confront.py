"""Many runs beside the record, figure by figure: one table, from which the fit is charted and its coverage told.

A row is one documented figure with its role, range and source, and the median and band of the runs there. Rivals keep
rows of their own. Nothing is fitted here; who fits must ask for the role `calibration`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.calibration.targets import SERIES
from model.history import series
from model.results.digest import SUBJECTS, digest
from model.validation.beside import NATIONAL, REGIONAL, Beside, Series, beside, beside_regions, stand

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

BAND = (0.05, 0.95)
"""Between these quantiles lie 90 % of the runs."""

LABELS = {
    "harvest": "Grain harvest",
    "sown": "Area under grain",
    "procured": "Procurement",
    "exported": "Exports, July to June",
    "exported_calendar": "Exports, calendar years",
    "collectivised": "Collectivised households",
    "horses": "Horses",
    "cattle": "Cattle",
    "pigs": "Pigs",
    "sheep_goats": "Sheep and goats",
    "tractors": "Tractors",
    "excess_deaths": "Excess deaths by year",
    "births": "Births",
    "migration": "Net move to towns",
    "towns": "Townspeople",
    "disturbances_month": "Disturbances by month",
    "disturbances": "Disturbances by year",
    "exiled": "Families exiled",
    "settlers": "Special settlers",
    "settler_deaths": "Deaths of settlers",
    "prisoners": "Prisoners of camps",
    "machinery": "Machinery bought",
}
"""What a reader calls the national series of a subject."""

REGIONAL_LABELS = {
    "procured": "Procurement by region", "collectivised": "Collectivised by region",
    "excess_deaths": "Excess deaths by region", "horses": "Horses of two republics",
    "cattle": "Cattle of two republics", "pigs": "Pigs of two republics",
    "sheep_goats": "Sheep and goats of two republics",
}  # fmt: skip
"""The same for the regions; herds were counted in Ukraine and Kazakhstan."""

TOTALS = (
    ("Deaths, whole famine", Series("famine.csv", "famine_excess_deaths_total"), "", range(1930, 1935)),
    ("Deaths in Ukraine", Series("famine.csv", "ukraine_famine_excess_deaths_total"), "ukraine", range(1932, 1935)),
    (
        "Deaths in Kazakhstan",
        Series("famine.csv", "kazakhstan_famine_excess_deaths_total"),
        "kazakhstan",
        range(1930, 1934),
    ),
)
"""Totals of the famine by rival authors, dated to 1933 in the record: their years, and where."""

INDICES = (
    ("Industry, official index", Series("industry.csv", "industrial_output_index_official")),
    ("Industry, Nutter", Series("industry.csv", "industrial_output_index_nutter")),
)
"""Two rival indices beside one subject."""

COLUMNS = (
    "label", "subject", "file", "series", "unit", "region", "date", "year", "role", "value", "low", "high", "source",
    "middle", "model_low", "model_high", "inside", "touches", "in_range",
    "predicted_low", "predicted_high", "predicted",
)  # fmt: skip


@cache
def figures() -> tuple[tuple[str, Series, Beside], ...]:
    """Return every documented figure that a digest can tell, with the label of its chart and its series."""
    found = [(LABELS[subject], NATIONAL[subject], one) for subject in NATIONAL for one in beside(subject)]
    for label, of in INDICES:
        found += [(label, of, stand("industry", of, point)) for point in series(of.name, of.file) if point.year < 1940]
    for label, of, place, years in TOTALS:
        names = tuple("/".join(part for part in ("excess_deaths", place, str(year)) if part) for year in years)
        for point in series(of.name, of.file):
            one = stand("excess_deaths", of, point)
            found.append((label, of, one.over(names, place)))
    for subject, of in REGIONAL.items():
        found += [(REGIONAL_LABELS[subject], of, one) for one in beside_regions(subject)]
    return tuple(found)


def digests_of(dataset: xr.Dataset) -> pd.DataFrame:
    """Return the digests of a run, or of each of its members, one row each."""
    import pandas as pd

    members = (
        [dataset.isel(member=i) for i in range(dataset.sizes["member"])] if "member" in dataset.dims else [dataset]
    )
    table = pd.DataFrame([digest(member) for member in members])
    table.attrs = {name: str(dataset.attrs.get(name, "")) for name in ("scenario", "title", "version", "seeds")}
    return table


def told(digests: pd.DataFrame, one: Beside) -> NDArray[np.float64]:
    """Return what each run says of a figure [runs which tell it]."""
    if not all(name in digests.columns for name in one.names):
        return np.empty(0)
    values = digests[list(one.names)].to_numpy(dtype=np.float64) @ np.array(one.weights)
    return np.asarray(values[np.isfinite(values)])


def confront(digests: pd.DataFrame, role: str | None = None) -> pd.DataFrame:
    """Return one row for each documented figure that the runs tell, in the unit of the digest; of one role or of all.

    middle, model_low, model_high    median of the runs, and the band that holds 90 % of them
    inside      the figure lies within the band
    touches     its documented range and the band have a number in common
    in_range    the median lies within the documented range
    predicted_low, predicted_high, predicted   the band widened by the stated errors of record and model, scaled until
                nine of ten calibration figures lie within it, and whether this figure does
    """
    import pandas as pd

    told_all = [(label, of, one, values) for label, of, one in figures() if (values := told(digests, one)).size]
    scale = calibrated_errors([(one, _band(values)) for _, _, one, values in told_all if one.role == "calibration"])
    rows = []
    for label, of, one, values in told_all:
        if role not in {None, one.role}:
            continue
        low, middle, high = band = _band(values)
        rows.append(
            (
                label, one.subject, of.file, of.name, SUBJECTS[one.subject].unit, one.place or "ussr", one.when,
                one.year, one.role, one.value, one.low, one.high, one.source, middle, low, high,
                low <= one.value <= high, low <= one.high and one.low <= high, one.low <= middle <= one.high,
                *_predicted(one, band, scale),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


NINE_TENTHS = 1.645  # standard deviations either side of the middle that hold 90 %
OF_REGION = 3.0
"""How much further a region's figure errs than the nation's, relative to its size. Source: assumption (18 regions
with errors of their own would give 4; they have part of their errors in common)."""
UNJUDGED = (0.05, 0.10, 0.0)
"""Floor of the observation error, discrepancy [shares] and least discrepancy of a series that calibration never saw."""

Band = tuple[float, float, float]
"""Of the runs: 5 %, median, 95 %."""


def _band(values: NDArray[np.float64]) -> Band:
    low, middle, high = (float(q) for q in np.quantile(values, (BAND[0], 0.5, BAND[1])))
    return low, middle, high


def _error(one: Beside, middle: float) -> float:
    """Return what nine of ten figures should err by at most, as the calibration states it: of the record, of any model.

    What is stated as a share of the figure counts `OF_REGION` times for a region, and so does what is stated in points
    of per cent, as the share in kolkhozy; a least error in tonnes or heads is the nation's alone.
    """
    stated = {each.subject: (each.floor, each.discrepancy, each.least) for each in SERIES}
    floor, share, least = stated.get(one.subject.removesuffix("_month"), UNJUDGED)
    observed = max((one.high - one.low) / 4.0, floor * abs(one.value))
    of_model = max(share * abs(middle), least if share == 0.0 or not one.place else 0.0)
    return NINE_TENTHS * float(np.hypot(observed, of_model * (OF_REGION if one.place else 1.0)))


def calibrated_errors(fitted: list[tuple[Beside, Band]]) -> float:
    """Return by how much stated errors must be scaled so that nine of ten figures of the calibration lie within them.

    At least 1; the figures kept for testing play no part (a conformal band: Vovk, Gammerman and Shafer 2005).
    """
    needed = [0.0]
    for one, (low, middle, high) in fitted:
        side = middle - low if one.value < middle else high - middle
        beyond = max((one.value - middle) ** 2 - side**2, 0.0)
        needed.append(float(np.sqrt(beyond)) / max(_error(one, middle), 1e-12))
    return max(1.0, float(np.quantile(needed, 0.9)))


def _predicted(one: Beside, band: Band, scale: float) -> tuple[float, float, bool]:
    """Widen a band by the stated errors times their scale."""
    low, middle, high = band
    error = scale * _error(one, middle)
    low_end, high_end = middle - float(np.hypot(middle - low, error)), middle + float(np.hypot(high - middle, error))
    return low_end, high_end, low_end <= one.value <= high_end


def coverage(compared: pd.DataFrame, role: str = "validation") -> pd.DataFrame:
    """Return by series how many figures of a role lie within the band, how many ranges meet it; their sum is last."""
    import pandas as pd

    rows = compared[compared["role"] == role]
    table = rows.groupby("label", sort=False).agg(
        figures=("inside", "size"), inside=("inside", "sum"), touches=("touches", "sum"), in_range=("in_range", "sum"),
        predicted=("predicted", "sum"),
    )  # fmt: skip
    table.loc["all"] = table.sum()
    return pd.DataFrame(table.astype(int))
