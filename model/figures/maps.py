"""Where: the 18 regions on a map at four moments.

The map is Albers' equal-area projection of present-day borders, which stand for those of the 1930s. Each region is one
path, laid down once for every moment, so that the file of the picture stays small.
"""

from __future__ import annotations

import itertools
from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import Normalize
from matplotlib.path import Path

from model.figures.readings import Floats, NothingToDraw, Readings, middle
from model.figures.style import INK, MUTED, NO_DATA, Chart, Row, chart
from model.figures.words import number
from model.history import REGION_IDS, SHORT_NAMES, borders, regions

STANDARD_PARALLELS, CENTRE = (47.0, 66.0), (68.0, 55.0)  # degrees north; degrees east and north
EAST_END = 110.0  # degrees east: the thinly peopled rest of Siberia is cut, so that the west has room
DETAIL = 0.006  # inches: points nearer than this to the one before are dropped
DEATHS, SHARE = "excess_deaths", "collectivised_share"
PERIODS = (((1931, 1), (1931, 12)), ((1932, 1), (1932, 12)), ((1933, 1), (1933, 6)), ((1933, 7), (1934, 6)))
MOMENTS = ((1929, 9), (1930, 2), (1930, 8), (1934, 6))


def albers(degrees: Floats) -> Floats:
    """Project longitudes and latitudes [points, 2] to the plane [points, 2] in units of the earth's radius.

    Albers' equal-area conic on the sphere (Snyder 1987, equations 14-1 to 14-6).

    >>> albers(np.array([[68.0, 55.0]])).round(6).tolist()
    [[0.0, 0.0]]
    """
    lon, lat = np.radians(degrees).T
    lon_0, lat_0 = np.radians(CENTRE)
    south, north = np.radians(STANDARD_PARALLELS)
    cone = (np.sin(south) + np.sin(north)) / 2.0
    constant = np.cos(south) ** 2 + 2.0 * cone * np.sin(south)
    radius = np.sqrt(constant - 2.0 * cone * np.sin(lat)) / cone
    radius_0 = np.sqrt(constant - 2.0 * cone * np.sin(lat_0)) / cone
    angle = cone * (lon - lon_0)
    return np.column_stack([radius * np.sin(angle), radius_0 - radius * np.cos(angle)])


@cache
def shapes(width: float) -> tuple[dict[str, Path], dict[str, tuple[float, float]], float]:
    """Return each region's path [inches], the place for its number, and the map's height, at a given width [inches]."""
    rings = {name: [albers(west) for ring in found if len(west := _west(ring))] for name, found in borders().items()}
    every = np.concatenate([ring for found in rings.values() for ring in found])
    low, high = every.min(axis=0), every.max(axis=0)
    scale = width / (high[0] - low[0])
    paths = {}
    for name, found in rings.items():
        vertices, codes = [], []
        for ring in found:
            thinned = _thin((ring - low) * scale)
            if len(thinned) < 4:
                continue
            vertices.append(thinned)
            codes.append([Path.MOVETO, *[Path.LINETO] * (len(thinned) - 2), Path.CLOSEPOLY])
        paths[name] = Path(np.concatenate(vertices), np.concatenate(codes))
    table = regions()
    places = (albers(np.column_stack([table.lon.clip(max=EAST_END - 9.0), table.lat])) - low) * scale
    centres = {name: (float(x), float(y)) for name, (x, y) in zip(table.id, places, strict=True)}
    return paths, centres, float((high[1] - low[1]) * scale)


def _west(ring: Floats) -> Floats:
    """Cut a ring [points, 2] at the map's eastern meridian; nothing is left of an island beyond it."""
    kept: list[Floats] = []
    for point, after in itertools.pairwise(ring):
        if point[0] <= EAST_END:
            kept.append(point)
        if (point[0] - EAST_END) * (after[0] - EAST_END) < 0:
            part = (EAST_END - point[0]) / (after[0] - point[0])
            kept.append(point + part * (after - point))
    return np.array([*kept, kept[0]]) if kept else np.empty((0, 2))


def _thin(ring: Floats) -> Floats:
    """Drop points which the eye could not part from their neighbour, and round the rest to a thousandth of an inch."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= DETAIL:
            kept.append(point)
    kept.append(ring[0])
    return np.round(np.array(kept), 3)


def _draw_maps(page: Chart, panels: list[tuple[str, Floats]], limit: float, unit: str, digits: int | None) -> None:
    """Lay down the map once for each (title, values by region), two in a row, with one scale for all."""
    gap, label = 0.25, 0.26
    width = (page.width - 0.6 - gap) / 2
    paths, centres, height = shapes(round(width, 3))
    corners = []
    for place, (title, _) in enumerate(panels):
        row, column = divmod(place, 2)
        x, y = 0.3 + column * (width + gap), page.top - label - height - row * (height + label + 0.05)
        page.write(x, y + height + 0.02, title, size=9.5, weight="bold")
        corners.append((x, y))
    colours, scale = mpl.colormaps["YlOrRd"], Normalize(0.0, limit)
    inches = page.dpi_scale_trans
    for place, name in enumerate(REGION_IDS):
        values = [float(found[place]) for _, found in panels]
        faces = [NO_DATA if np.isnan(value) else colours(scale(value)) for value in values]
        page.add_artist(
            PathCollection(
                [paths[name]], offsets=corners, offset_transform=inches, transform=inches, facecolors=faces,
                edgecolors="#8a8a8a", linewidths=0.35,
            )
        )  # fmt: skip
        for (title, _), value, (x, y) in zip(panels, values, corners, strict=True):
            page.rows.append(Row(title, SHORT_NAMES[name], "model", name, value, value, value, unit, ""))
            dark = scale(value) > 0.62
            text = "" if np.isnan(value) else "<1" if 0.05 < value < 0.5 else number(value, digits)
            at_x, at_y = x + centres[name][0], y + centres[name][1] - 0.03
            page.write(at_x, at_y, text, size=6.5, color="white" if dark else INK, ha="center")
    _scale_bar(page, limit, unit, digits)


def _scale_bar(page: Chart, limit: float, unit: str, digits: int | None) -> None:
    colours = mpl.colormaps["YlOrRd"]
    left, low, width, height, steps = page.width - 3.75, page.bottom + 0.08, 2.2, 0.1, 44
    boxes = [
        [(left + width * i / steps, low), (left + width * (i + 1) / steps, low),
         (left + width * (i + 1) / steps, low + height), (left + width * i / steps, low + height)]
        for i in range(steps)
    ]  # fmt: skip
    page.add_artist(
        PolyCollection(boxes, facecolors=[colours((i + 0.5) / steps) for i in range(steps)], linewidths=0,
                       transform=page.dpi_scale_trans, antialiaseds=False)
    )  # fmt: skip
    page.write(left - 0.06, low, "0", size=7.5, color=MUTED, ha="right")
    page.write(left + width + 0.06, low, f"{number(limit, digits if limit < 10 else 0)} {unit}", size=7.5, color=MUTED)


def _map_page(readings: Readings, title: str, subtitle: str) -> Chart:
    width = 10.0
    _, _, height = shapes(round((width - 0.85) / 2, 3))
    return Chart(
        readings,
        title,
        f"{readings.title} · {subtitle}; same scale on all maps, grey: no data. "
        f"Siberia is cut at {EAST_END:.0f}° east. Present-day borders stand for those of 1930",
        "the run itself; borders: Natural Earth, regrouped into regions of the 1930s; Albers' equal-area projection",
        width=width,
        body=2 * (height + 0.31) + 0.15,
    )


@chart
def region_map(readings: Readings) -> Chart:
    """Draw excess deaths per 1,000 inhabitants (at a yearly rate) in four periods of the famine."""
    readings.need_all_regions()
    panels = []
    for first, last in PERIODS:
        during = readings.span(first, last)
        months = during.stop - during.start
        if months != (last[0] - first[0]) * 12 + last[1] - first[1] + 1:
            continue
        people = readings.regional("total_population")[:, during].mean(axis=1)
        dead = readings.regional(DEATHS)[:, during].sum(axis=1) * 12.0 / months
        rate = middle(1000.0 * np.divide(dead, people, out=np.full(people.shape, np.nan), where=people > 0))
        panels.append((_period(first, last), rate))
    if not panels:
        raise NothingToDraw("the run covers none of the four periods of the map")
    every = np.array([values for _, values in panels])
    if np.isnan(every).all():
        raise NothingToDraw("excess deaths are missing in every region")
    when, where = np.unravel_index(int(np.nanargmax(every)), every.shape)
    page = _map_page(
        readings,
        f"Highest excess mortality: {SHORT_NAMES[REGION_IDS[where]]}, {panels[when][0]}, "
        f"a rate of {number(float(every[when, where]))} per 1,000 inhabitants a year",
        "excess deaths per 1,000 inhabitants in each period, at a yearly rate (half a year holds half of it)",
    )
    _draw_maps(page, panels, round_up(float(np.nanmax(every))), "per 1,000 a year", 0)
    return page


@chart
def region_map_collectivised(readings: Readings) -> Chart:
    """Draw the collectivised share of households at four moments."""
    readings.need_all_regions()
    shares = 100.0 * middle(readings.regional(SHARE))
    places = [place for moment in MOMENTS if (place := readings.place(*moment)) is not None]
    if not places or np.isnan(shares[places]).all():
        raise NothingToDraw("the run covers none of the four moments of the map")
    panels = [(f"End of {readings.month_name(place)}", shares[place]) for place in places]
    crest = readings.place(1930, 2)
    shown = shares[crest if crest is not None and not np.isnan(shares[crest]).all() else places[-1]]
    top, least = int(np.nanargmax(shown)), int(np.nanargmin(shown))
    page = _map_page(
        readings,
        f"At the end of {readings.month_name(crest if crest is not None else places[-1])} collectivisation ranged from "
        f"{number(float(shown[least]), 0)}\u00a0% ({SHORT_NAMES[REGION_IDS[least]]}) to "
        f"{number(float(shown[top]), 0)}\u00a0% ({SHORT_NAMES[REGION_IDS[top]]})",
        "share of peasant households in kolkhozy, per cent",
    )
    _draw_maps(page, panels, 100.0, "%", 0)
    return page


def _period(first: tuple[int, int], last: tuple[int, int]) -> str:
    if first[1] == 1 and last == (first[0], 12):
        return str(first[0])
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    start = f"{names[first[1] - 1]}" + ("" if first[0] == last[0] else f" {first[0]}")
    return f"{start}–{names[last[1] - 1]} {last[0]}"


def round_up(value: float) -> float:
    """Round up to 1, 2 or 5 times a power of ten, for the end of a scale."""
    if value <= 0 or np.isnan(value):
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 1.5, 2, 3, 4, 5, 7.5, 10) if step * power >= value * 0.999))
