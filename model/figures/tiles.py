"""One small chart for each region at its place on the tile map: how much grain a village head had, and what stayed."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from model.figures.looks import BLUE
from model.figures.readings import Floats, NothingToDraw, Readings, middle
from model.figures.style import INK, Chart, Row, chart
from model.figures.words import number
from model.history import REGION_IDS, SHORT_NAMES, regions

CELL, TALL = 1.28, 0.98  # inches from tile to tile
SPACE, HEAD = 0.14, 0.3  # inches between tiles, and above each for its name
MARK = 400.0  # kg a head: a line for the eye, about what a village head ate, sowed and fed in the 1920s
UNIT = "kg per rural head"

Corners = list[tuple[float, float]]


@chart
def region_small_multiples(readings: Readings) -> Chart:
    """Draw grain per rural head, harvested and left after procurement, for each region at its place on the tile map."""
    readings.need_all_regions()
    years = readings.years("agricultural")
    names = [f"{year}/{(year + 1) % 100:02d}" for year in years]
    harvest, left = _per_head(readings)
    table = regions()
    page = Chart(
        readings,
        _finding(left, names),
        f"{readings.title} · kg of grain per rural inhabitant, agricultural years {names[0]} to {names[-1]}: harvest "
        "(light) and what stayed after procurement, relief and loans (dark); dashed: 400 kg; same scale everywhere; "
        f"{'medians' if readings.n_members > 1 else 'one seed'}",
        "the run itself; regions stand at their places on the tile map",
        width=0.6 + CELL * float(table.tile_col.max()),
        body=TALL * (float(table.tile_row.max()) + 1) + 0.1,
    )
    rise = (TALL - HEAD) / max(float(np.nanmax(harvest)), MARK)
    step = (CELL - SPACE) / len(years)
    grounds: list[Corners] = []
    light: list[Corners] = []
    dark: list[Corners] = []
    marks: list[Corners] = []
    for place, region in enumerate(REGION_IDS):
        x = 0.3 + CELL * (float(table.tile_col[place]) - 1)
        y = page.top - TALL * (float(table.tile_row[place]) + 1) + 0.06
        grounds.append(_box(x, x + CELL - SPACE, y, y + TALL - HEAD))
        marks.append([(x, y + rise * MARK), (x + CELL - SPACE, y + rise * MARK)])
        for series, boxes, values in (("Harvest", light, harvest[:, place]), ("Stayed", dark, left[:, place])):
            for i, value in enumerate(np.nan_to_num(values).clip(min=0.0)):
                boxes.append(_box(x + step * (i + 0.08), x + step * (i + 0.92), y, y + rise * float(value)))
            page.rows += [
                Row(SHORT_NAMES[region], series, "model", name, value, value, value, UNIT, "")
                for name, value in zip(names, values, strict=True)
            ]
        page.write(x, y + TALL - HEAD + 0.04, SHORT_NAMES[region], size=7.5, weight="bold")
    for boxes, colour in ((grounds, "#f5f5f5"), (light, "#f3d9a0"), (dark, BLUE)):
        page.add_artist(PolyCollection(boxes, facecolors=colour, linewidths=0, transform=page.dpi_scale_trans))
    page.add_artist(
        LineCollection(marks, colors=INK, linewidths=0.6, linestyles=(0, (3, 2)), transform=page.dpi_scale_trans)
    )
    return page


def _per_head(readings: Readings) -> tuple[Floats, Floats]:
    """Return harvest and what stayed of it in the villages [year, region], kg per rural inhabitant."""
    heads = readings.by_year(readings.regional("rural_population"), "agricultural") / 12.0
    harvested = readings.by_year(readings.regional("harvest"), "agricultural")
    taken = readings.regional("procured").copy()
    for back in ("relief", "seed_loans", "rural_rations"):
        taken -= readings.regional(back)
    stayed = harvested - readings.by_year(taken, "agricultural")
    return middle(1000.0 * harvested / heads), middle(1000.0 * stayed / heads)


def _finding(left: Floats, names: list[str]) -> str:
    """Name the region and year in which least stayed, against the first two years."""
    usual = left[:2].mean(axis=0)
    against = np.divide(left, usual, out=np.full(left.shape, np.nan), where=usual > 0)
    if np.isnan(against).all():
        raise NothingToDraw("no region has both harvest and procurement")
    when, where = np.unravel_index(int(np.nanargmin(against)), left.shape)
    return (
        f"Grain that stayed in the villages fell most in this region: {SHORT_NAMES[REGION_IDS[where]]}, from "
        f"{number(float(usual[where]))} to {number(float(left[when, where]))}\u00a0kg per rural head in {names[when]}"
    )


def _box(left: float, right: float, low: float, high: float) -> Corners:
    return [(left, low), (right, low), (right, high), (left, high)]
