"""What the charts of the fit have in common: marks by use, names of authors, panels, dates on an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.figures.documented import SOURCE_NAMES
from model.figures.style import INK
from model.history import RIVALS
from model.results.digest import SUBJECTS

if TYPE_CHECKING:
    import pandas as pd

BAND, LINE = "#9db8d2", "#1f4e79"
MARKS = {
    "calibration": ("o", 4.0, "white", INK),
    "validation": ("s", 4.0, "white", INK),
    "context": (".", 4.0, "#8a8a8a", "#8a8a8a"),
}
RIVAL_MARKS = ("^", "x", "+", "v", "D", "*", "1")
SHORT = {
    "grain_harvest_official_1930s": "official then", "grain_harvest_official_revised": "official, revised",
    "grain_harvest_dw1994_low": "DW 1994, low", "grain_harvest_dw2004": "DW 2004", "grain_harvest_tauger": "Tauger",
    "grain_harvest_yield_based": "from yields",
    "industrial_output_index_allen": "Allen", "industrial_output_index_hodgman": "Hodgman",
    "industrial_output_index_jasny": "Jasny", "industrial_output_index_kaplan_moorsteen": "Kaplan, Moorsteen",
    "industrial_output_index_moorsteen_powell": "Moorsteen, Powell", "industrial_output_index_nutter": "Nutter",
    "births_tsunkhu": "TsUNKhU",
}  # fmt: skip
AUTHORS = {
    key: name.replace(" and others", "")
    .replace(" and ", ", ")
    .replace(", Darskii, Khar'kova", "")
    .removesuffix(" (registered)")
    for key, name in SOURCE_NAMES.items()
}
"""Rival series by the names that fit into a small panel."""


class Panel(NamedTuple):
    """One documented series and the subject of the digest beside it."""

    label: str
    subject: str
    file: str
    series: str


WHOLE = "_total"
"""How the series end that count a whole famine: rival authors, no course in time."""


def panels_of(compared: pd.DataFrame) -> list[Panel]:
    """Return the panels: what the runs tell of the nation; rivals stand in the panel of their subject."""
    national = compared[compared["region"] == "ussr"]
    found = [Panel(*row) for row in national[[*Panel._fields]].drop_duplicates().itertuples(index=False)]
    return [panel for panel in found if not any(panel.series in rivals for rivals in RIVALS.values())]


SCALES = {"persons": (1e-3, "thousand"), "households": (1e-3, "thousand"), "percent": (1.0, "%")}
MILLIONS = {"births", "migration", "towns"}


def shown_in(of: Panel) -> tuple[float, str]:
    """Return how a panel counts: the factor from the digest's unit, and the unit that the title names."""
    unit = SUBJECTS[of.subject].unit
    if of.subject in MILLIONS:
        return 1e-3, "million"
    return SCALES.get(unit, (1.0, unit.replace("million gold", "mn gold")))


def moment(when: str, date: str) -> float:
    """Place a time of the digest, or a documented date, on an axis of decimal years.

    >>> moment("agricultural", "1932"), moment("new year", "1937-01-06"), moment("month", "1930-03")
    (1932.5, 1937.0, 1930.2083333333333)
    """
    year = int(date[:4])
    if when == "day":
        return year + (int(date[5:7]) - 1 + (int(date[8:10]) - 1) / 30.4) / 12.0
    if when == "month":
        return year + (int(date[5:7]) - 0.5) / 12.0
    if when == "new year":
        return float(year) if date[5:7] in {"", "01"} else year + int(date[5:7]) / 12.0
    return year + {"end of year": 1.0}.get(when, 0.5)
