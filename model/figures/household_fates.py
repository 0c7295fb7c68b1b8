"""Whom a decision spared or hit: fates of the households of 1927 by class, and their deaths of hunger by region."""

from __future__ import annotations

import numpy as np

from model.figures.difference_map import box, letters, shades, signed
from model.figures.looks import as_text
from model.figures.readings import Floats, NothingToDraw
from model.figures.rivals import SOURCE, Rivals, chart_of_rivals, draw_key, key_height, told
from model.figures.style import INK, MUTED, NO_DATA, Chart, Row
from model.figures.words import number
from model.history import REGION_IDS, SHORT_NAMES

CLASSES = {"poor": "Poor", "middle": "Middle", "kulak": "Kulak"}
FEWEST = 20  # households of the model below which the fate of a class in a region is that of a handful
FATES = (
    ("starved", "people", 1000.0, "Died of hunger, per 1,000"),
    ("exiled", "households", 100.0, "Exiled, of 100 households"),
    ("departed", "households", 100.0, "Left whole, of 100"),
    ("own_cattle", "households", 100.0, "Own cattle, per 100"),
)
"""What is drawn: a count of `results.fates`, what it is divided by, and per how many of it."""
LINE, LOW, CELL = 0.15, 0.235, 0.56  # of a class and scenario, of a region, of a class in the matrix [inches]
WIDE, MATRIX = 2.35, 7.75  # of a panel; left end of the matrix [inches]
BLOCKS = 3  # rivals whose regions are shown


def _fate(rivals: Rivals, name: str, fate: str, stratum: str) -> Floats:
    """Return counts of a class by region [run, region]."""
    values = rivals.numbers(name, [f"fate.{fate}/{stratum}/{region}" for region in REGION_IDS])
    if values is None:
        raise NothingToDraw("the runs do not tell the fates of households")
    return values


def _rate(rivals: Rivals, name: str, fate: str, of: str, stratum: str, per: float) -> Floats:
    """Return a fate of a class in the whole country per so many of it [run]."""
    counts, whole = _fate(rivals, name, fate, stratum), _fate(rivals, name, of, stratum)
    return np.asarray(per * counts.sum(axis=1) / whole.sum(axis=1))


@chart_of_rivals
def compare_households(rivals: Rivals) -> Chart:
    """Draw the fates of the classes of 1927 under every scenario, and by region what changed in deaths of hunger."""
    finding = _finding(rivals)
    names, shown = [rivals.baseline, *rivals.others], rivals.others[:BLOCKS]
    panel = max(2.0, 3 * LINE * (len(names) + 1))
    width = MATRIX + (3 * CELL + 0.25) * len(shown) + 0.2
    page = Chart(
        rivals.ran,
        finding,
        "Left: what became of the households and people of 1927 by class (dead at home; exiled; gone whole to towns or "
        "other lands; own cattle at the end); right: change of deaths by hunger at home against "
        f"{rivals.called(rivals.baseline)}, per 1,000 people of the class in 1927, by region (grey: fewer than "
        f"{FEWEST} households in the model); {rivals.statistic}",
        SOURCE + "; those who died in exile or in towns are not counted here",
        width=width,
        body=max(2 * (panel + 0.65), len(REGION_IDS) * LOW + 0.55) + key_height(rivals, width),
    )
    draw_key(page, rivals)
    for place, fate in enumerate(FATES):
        row, column = divmod(place, 2)
        corner = (0.85 + column * (WIDE + 0.75), page.top - 0.3 - (row + 1) * panel - row * 0.65)
        _panel(page, rivals, names, fate, corner, panel)
    _matrix(page, rivals, shown)
    return page


def _panel(
    page: Chart, rivals: Rivals, names: list[str], fate: tuple[str, str, float, str],
    corner: tuple[float, float], height: float,
) -> None:  # fmt: skip
    """Draw one fate: three classes, a line for each scenario in each."""
    counted, of, per, title = fate
    axes = page.panel(*corner, WIDE, height, title)
    axes.set_ylim(3 * (len(names) + 1) - 0.6, -0.8)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.set_yticks([i * (len(names) + 1) + (len(names) - 1) / 2 for i in range(3)], list(CLASSES.values()))
    most = 0.0
    for i, stratum in enumerate(CLASSES):
        for j, name in enumerate(names):
            values = _rate(rivals, name, counted, of, stratum, per)
            mean, low, high = (float(value) for value in told(values))
            y, look = i * (len(names) + 1) + j, rivals.look(name)
            axes.plot([low, high], [y, y], color=look.colour, linewidth=2.0, alpha=0.5, solid_capstyle="butt")
            axes.plot(mean, y, marker=look.mark, markersize=4.6, color=look.colour, markeredgecolor="white",
                      markeredgewidth=0.5, clip_on=False)  # fmt: skip
            most = max(most, high)
            who = f"{CLASSES[stratum]}, {rivals.titles[name]}"
            page.rows.append(Row(title, who, "model", "at the end", mean, low, high, title.split(", ")[-1], ""))
    axes.set_xlim(0.0, most * 1.06 or 1.0)


def _changes(rivals: Rivals, name: str, stratum: str) -> Floats:
    """Return the change of deaths per 1,000 people of a class by region [run, region]; nan where it is a handful."""
    people, ours = (_fate(rivals, rivals.baseline, fate, stratum) for fate in ("people", "starved"))
    homes = {each: _fate(rivals, rivals.baseline, "households", each).mean(axis=0) for each in CLASSES}
    real = sum(float(counts.sum()) for counts in homes.values()) / rivals.households  # households of one in the model
    gap = _fate(rivals, name, "starved", stratum) - ours
    rate = 1000.0 * np.divide(gap, people, out=np.full(people.shape, np.nan), where=people > 0)
    rate[:, homes[stratum] < FEWEST * real] = np.nan
    return np.asarray(rate)


def _matrix(page: Chart, rivals: Rivals, shown: list[str]) -> None:
    """Draw the change of deaths by region (rows) and class (columns), a block for each rival."""
    found = {(name, stratum): _changes(rivals, name, stratum) for name in shown for stratum in CLASSES}
    limit = float(np.nanmax([np.abs(rate.mean(axis=0)) for rate in found.values()])) or 1.0
    colours, scale = shades(limit)
    top, left = page.top - 0.5, MATRIX
    for spot, region in enumerate(REGION_IDS):
        page.write(left - 0.08, top - (spot + 1) * LOW + 0.07, SHORT_NAMES[region], size=7, color=INK, ha="right")
    for (name, stratum), rate in found.items():
        column = list(CLASSES).index(stratum)
        x = left + shown.index(name) * (3 * CELL + 0.25)
        title = rivals.titles[name]
        if not column:
            page.write(x, top + 0.22, title, size=8, weight="bold", color=as_text(rivals.look(name).colour))
        page.write(x + (column + 0.5) * CELL, top + 0.05, CLASSES[stratum], size=7, color=MUTED, ha="center")
        mean, low, high = told(rate)
        for spot, region in enumerate(REGION_IDS):
            value, y = float(mean[spot]), top - (spot + 1) * LOW
            known = bool(np.isfinite(value))
            face = colours(scale(value)) if known else NO_DATA
            box(page, (x + column * CELL, y, CELL - 0.02, LOW - 0.02), face)
            if known:
                ink = letters(value, limit)
                page.write(x + (column + 0.5) * CELL, y + 0.065, signed(value, 0), size=7, ha="center", color=ink)
            ends = (value, float(low[spot]), float(high[spot]))
            page.rows.append(
                Row(f"Change by region, {title}", CLASSES[stratum], "model", region, *ends, "per 1,000 people", "")
            )


def _finding(rivals: Rivals) -> str:
    """Say which class lost most, and what the first rival changed for it."""
    rates = {stratum: _rate(rivals, rivals.baseline, "starved", "people", stratum, 1000.0) for stratum in CLASSES}
    worst = max(rates, key=lambda stratum: float(rates[stratum].mean()))
    other = rivals.others[0]
    there = _rate(rivals, other, "starved", "people", worst, 1000.0)
    return (
        f"Of 1,000 people in {CLASSES[worst].lower()} households {number(float(rates[worst].mean()))} died of hunger "
        f"at home under {rivals.called(rivals.baseline)}, {number(float(there.mean()))} under {rivals.called(other)}"
    )
