"""Where a decision spared or hit: the change of excess deaths by region on the tile map."""

from __future__ import annotations

import itertools

import matplotlib as mpl
import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import Colormap, Normalize

from model.figures.looks import as_text
from model.figures.readings import Floats, NothingToDraw
from model.figures.rivals import SOURCE, Rivals, chart_of_rivals, told
from model.figures.style import INK, MUTED, Chart, Row
from model.figures.words import number
from model.history import REGION_IDS, SHORT_NAMES, regions

YEARS = range(1930, 1935)
DIVERGING = "PuOr_r"  # fewer deaths purple, more deaths orange
UNIT = "per 1,000"
CELL = 0.62  # a tile [inches]


def shades(limit: float) -> tuple[Colormap, Normalize]:
    """Return the diverging colours and the scale from minus to plus `limit`."""
    return mpl.colormaps[DIVERGING], Normalize(-limit, limit)


def letters(value: float, limit: float) -> str:
    """Return white on the dark ends of the scale, ink between them."""
    return "white" if abs(value) > 0.55 * limit else INK


def signed(value: float, digits: int | None = None) -> str:
    """Write a number with its sign.

    >>> signed(2.0), signed(0.0)
    ('+2.0', '0.00')
    """
    text = number(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def box(page: Chart, where: tuple[float, float, float, float], colour: object) -> None:
    """Fill a box (left, bottom, width, height) [inches]."""
    x, y, width, height = where
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    page.add_artist(
        PolyCollection(
            [corners], facecolors=[colour], edgecolors="#999999", linewidths=0.4, transform=page.dpi_scale_trans
        )
    )


def scale_bar(page: Chart, limit: float, unit: str) -> None:
    """Draw the scale of colours at the right of the body's foot."""
    colours, scale = shades(limit)
    left, low, width, steps = page.width - 3.4, page.bottom + 0.06, 2.0, 41
    edges = np.linspace(left, left + width, steps + 1)
    boxes = [[(a, low), (b, low), (b, low + 0.1), (a, low + 0.1)] for a, b in itertools.pairwise(edges)]
    faces = [colours(scale(limit * (2 * (i + 0.5) / steps - 1))) for i in range(steps)]
    page.add_artist(
        PolyCollection(boxes, facecolors=faces, linewidths=0, antialiaseds=False, transform=page.dpi_scale_trans)
    )
    page.write(left - 0.06, low, signed(-limit, 0), size=7.5, color=MUTED, ha="right")
    page.write(left + width + 0.06, low, f"{signed(limit, 0)} {unit}", size=7.5, color=MUTED)


def _deaths(rivals: Rivals) -> dict[str, Floats]:
    """Return the change of excess deaths per 1,000 inhabitants of 1926 by rival [run, region]."""
    keys = [f"excess_deaths/{region}/{year}" for region in REGION_IDS for year in YEARS]
    table = regions()
    people = (np.asarray(table.rural_pop_1926) + np.asarray(table.urban_pop_1926)) * 1e3
    base, found = rivals.numbers(rivals.baseline, keys), {}
    for name in rivals.others:
        values = rivals.numbers(name, keys)
        if base is not None and values is not None:
            dead = (values - base).reshape(len(values), len(REGION_IDS), len(YEARS)).sum(axis=2)
            found[name] = np.asarray(dead * 1e6 / people * 1000.0)
    if not found:
        raise NothingToDraw("the runs do not cover the famine")
    return found


@chart_of_rivals
def compare_map(rivals: Rivals) -> Chart:
    """Draw for each rival what it changed in excess deaths per 1,000 inhabitants of every region."""
    found = _deaths(rivals)
    table = regions()
    limit = max(float(np.abs(values.mean(axis=0)).max()) for values in found.values()) or 1.0
    columns = min(2 if len(found) <= 4 else 3, len(found))
    tall, wide = CELL * (float(table.tile_row.max()) + 1), CELL * float(table.tile_col.max())
    first, values = next(iter(found.items()))
    most = int(np.abs(values.mean(axis=0)).argmax())
    page = Chart(
        rivals.ran,
        f"{rivals.called(first)}: the greatest change in {SHORT_NAMES[REGION_IDS[most]]}, "
        f"{signed(float(values.mean(axis=0)[most]))} excess deaths per 1,000 inhabitants",
        f"Difference to {rivals.called(rivals.baseline)} in excess deaths of 1930 to 1934 per 1,000 inhabitants of "
        f"1926; purple: fewer, orange: more; {rivals.statistic}; same scale on all maps",
        SOURCE + "; regions stand at their places on the tile map",
        width=max(6.6, 0.6 + columns * (wide + 0.4)),
        body=-(-len(found) // columns) * (tall + 0.36) + 0.3,
    )
    for place, (name, values) in enumerate(found.items()):
        row, column = divmod(place, columns)
        _tiles(page, rivals, name, values, (0.3 + column * (wide + 0.4), page.top - row * (tall + 0.36) - 0.2), limit)
    scale_bar(page, limit, UNIT)
    return page


def _tiles(
    page: Chart, rivals: Rivals, name: str, values: Floats, corner: tuple[float, float], limit: float
) -> None:  # fmt: skip
    """Draw one map, its upper left corner at a place [inches]."""
    table, (colours, scale) = regions(), shades(limit)
    left, top = corner
    page.write(left, top, rivals.titles[name], size=9.5, weight="bold", color=as_text(rivals.look(name).colour))
    mean, low, high = told(values)
    for spot, region in enumerate(REGION_IDS):
        x = left + CELL * (float(table.tile_col[spot]) - 1)
        y = top - 0.08 - CELL * (float(table.tile_row[spot]) + 1)
        value = float(mean[spot])
        box(page, (x, y, CELL - 0.04, CELL - 0.04), colours(scale(value)))
        ink = letters(value, limit)
        for line, part in enumerate(SHORT_NAMES[region].split(", ")):
            page.write(x + CELL / 2 - 0.02, y + 0.44 - 0.09 * line, part, size=5.2, color=ink, ha="center")
        page.write(
            x + CELL / 2 - 0.02,
            y + 0.12,
            signed(value, 0 if limit >= 20 else None),
            size=8.5,
            weight="bold",
            color=ink,
            ha="center",
        )
        ends = (value, float(low[spot]), float(high[spot]))
        page.rows.append(
            Row(rivals.titles[name], SHORT_NAMES[region], "model", region, *ends, f"excess deaths {UNIT}", "")
        )
