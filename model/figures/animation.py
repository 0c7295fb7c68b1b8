"""The tile map through time: one frame a month, the same scale over all of them, the date in words.

What stays (title, names, scale, the line of the whole Union) is painted once; a frame paints only tiles, numbers and
date over it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import Colormap, Normalize
from PIL import Image

from model.figures.maps import round_up
from model.figures.readings import Floats, NothingToDraw, Readings, middle
from model.figures.style import INK, MUTED, NO_DATA, RC, Chart
from model.figures.words import number
from model.history import REGION_IDS, SHORT_NAMES, regions
from model.results.variables import VARIABLES

if TYPE_CHECKING:
    import xarray as xr

PER_THOUSAND = "excess_deaths_per_thousand"
WIDE, TALL, GAP = 1.02, 0.74, 0.07  # a tile and the space between two [inches]
LINE = 0.75  # height of the line of the whole Union [inches]
DOTS = 100  # per inch: a film is seen on screens
MOST = 150  # frames; of a longer span every second or third month is shown


class Shown(NamedTuple):
    """What the tiles show."""

    by_region: Floats
    """Values by month and region, in the unit of the tiles [months, regions]."""
    whole: Floats
    """The same for the whole Union [months]."""
    meaning: str
    unit: str


def shown(readings: Readings, name: str) -> Shown:
    """Read a series by region, scaled so that a tile has room for its number."""
    if name == PER_THOUSAND:
        rates = [
            12_000.0 * dead / people
            for dead, people in (
                (readings.regional("excess_deaths"), readings.regional("total_population")),
                (readings.national("excess_deaths"), readings.national("total_population")),
            )
        ]
        meaning = "excess deaths among inhabitants, each month at a yearly rate"
        return Shown(middle(rates[0]), middle(rates[1]), meaning, "per 1,000 a year")
    variable = VARIABLES[name]
    values, whole = middle(readings.regional(name)), middle(readings.national(name))
    unit = variable.unit
    if unit == "share":
        values, whole, unit = 100.0 * values, 100.0 * whole, "%"
    else:
        top = float(np.nanmax(np.abs(values), initial=0.0))
        for factor, word in ((1e6, "million"), (1e3, "thousand")):
            if top >= 10.0 * factor:
                values, whole, unit = values / factor, whole / factor, f"{word} {unit}"
                break
    return Shown(values, whole, variable.long_name, unit)


class TileFilm:
    """The pages of a film: `len` of them, painted one after another by `frames`."""

    def __init__(self, dataset: xr.Dataset, name: str, span: slice = slice(None)) -> None:
        """Lay out what stays; `span` are the places of the months to be shown."""
        self.readings = Readings(dataset)
        self.readings.need_all_regions()
        self.what = shown(self.readings, name)
        places = np.arange(len(self.readings.months))[span]
        self.places: list[int] = places[:: -(-len(places) // MOST) or 1].tolist()
        seen = self.what.by_region[places]
        if not len(places) or np.isnan(seen).all():
            raise NothingToDraw(f"the run has no number of {name} in these months")
        end = round_up(float(np.nanmax(np.abs(seen))))
        end = 100.0 if self.what.unit == "%" else end
        low = -end if float(np.nanmin(seen)) < -0.02 * end else 0.0
        self.scale = Normalize(low, end)
        self.colours: Colormap = mpl.colormaps["PuOr_r" if low else "YlOrRd"]
        self.digits = 0 if end >= 20 else 1 if end >= 2 else 2
        with mpl.rc_context(cast("Any", RC)):
            self._lay_out(places)

    def __len__(self) -> int:
        """Count the frames."""
        return len(self.places)

    def _lay_out(self, places: Any) -> None:
        """Make the page: title, tiles, scale, line."""
        table = regions()
        rows = int(table.tile_row.max()) - int(table.tile_row.min()) + 1
        columns = int(table.tile_col.max()) - int(table.tile_col.min()) + 1
        tiles_high = rows * (TALL + GAP)
        self.page = page = Chart(
            self.readings,
            self._finding(places),
            f"{self.readings.title} · {self.what.meaning}; {self.what.unit}; same scale in all months, grey: no data",
            "the run itself; regions stand at their places on a tile map, each tile of one size whatever lives there",
            width=max(0.6 + columns * (WIDE + GAP), 7.6),
            body=tiles_high + LINE + 0.62,
        )
        page.set_dpi(DOTS)
        boxes, self.numbers = [], []
        left, top = 0.3, page.top - 0.42
        for place, name in enumerate(REGION_IDS):
            x = left + (int(table.tile_col[place]) - int(table.tile_col.min())) * (WIDE + GAP)
            y = top - (int(table.tile_row[place]) - int(table.tile_row.min()) + 1) * (TALL + GAP)
            boxes.append([(x, y), (x + WIDE, y), (x + WIDE, y + TALL), (x, y + TALL)])
            self.numbers += [
                self._moving(x + WIDE / 2, y + TALL - 0.2, SHORT_NAMES[name], 6.5),
                self._moving(x + WIDE / 2, y + 0.2, "", 11.0, "bold"),
            ]
        self.tiles = PolyCollection(boxes, edgecolors="#8a8a8a", linewidths=0.4, transform=page.dpi_scale_trans)
        self.tiles.set_animated(True)
        page.add_artist(self.tiles)
        self.date = page.text(
            page.width - 0.3, page.top - 0.12, "", transform=page.dpi_scale_trans, ha="right", va="center",
            fontsize=15, fontweight="bold", color=INK, animated=True,
        )  # fmt: skip
        self._scale_bar(left, page.top - 0.17)
        self._line(places)

    def _moving(self, x: float, y: float, text: str, size: float, weight: str = "normal") -> Any:
        return self.page.text(
            x, y, text, transform=self.page.dpi_scale_trans, ha="center", va="center", fontsize=size,
            fontweight=weight, animated=True,
        )  # fmt: skip

    def _scale_bar(self, left: float, low: float) -> None:
        page, steps, width = self.page, 48, 2.2
        start, end = float(self.scale.vmin or 0.0), float(self.scale.vmax or 1.0)
        page.write(left, low, number(start, 0), size=7.5, color=MUTED)
        left += 0.06 + 0.075 * len(number(start, 0))
        edges = [left + width * i / steps for i in range(steps + 1)]
        boxes = [[(a, low), (b, low), (b, low + 0.1), (a, low + 0.1)] for a, b in itertools.pairwise(edges)]
        faces = [self.colours((i + 0.5) / steps) for i in range(steps)]
        page.add_artist(PolyCollection(boxes, facecolors=faces, linewidths=0, transform=page.dpi_scale_trans))
        page.write(left + width + 0.06, low, f"{number(end)} {self.what.unit}", size=7.5, color=MUTED)

    def _line(self, places: Any) -> None:
        """Draw the whole Union under the tiles, and the mark that walks along it."""
        page = self.page
        axes = page.panel(0.72, page.bottom + 0.28, page.width - 1.05, LINE - 0.3, "")
        page.write(0.3, page.bottom + LINE + 0.06, f"The whole Union, {self.what.unit}", size=7.5, color=MUTED)
        times = (self.readings.months[places] + 0.5) / 12.0
        axes.plot(times, self.what.whole[places], color=INK, linewidth=1.4)
        known = [0.0, *self.what.whole[places][~np.isnan(self.what.whole[places])].tolist()]  # a lost region: no sum
        top, low = max(known), min(known)
        axes.set_ylim(low * 1.1, max(top, 1e-9) * 1.1)
        axes.set_xlim(times[0] - 0.04, times[-1] + 0.04)
        axes.set_yticks([0.0, top], ["0", number(top)])
        first, last = int(times[0]), int(times[-1])
        years = [year for year in range(first, last + 1) if times[0] <= year + 0.5 <= times[-1]]
        axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])
        self.axes, self.mark = axes, axes.axvline(times[0], color=INK, linewidth=1.2, animated=True)

    def _finding(self, places: Any) -> str:
        """Name the highest value with its region and month."""
        seen = self.what.by_region[places]
        when, where = np.unravel_index(int(np.nanargmax(seen)), seen.shape)
        return (
            f"Highest: {SHORT_NAMES[REGION_IDS[where]]}, {self.readings.month_name(int(places[when]))}, "
            f"{number(float(seen[when, where]))} {self.what.unit}"
        )

    def frames(self) -> Iterator[Image.Image]:
        """Paint one frame after another."""
        with mpl.rc_context(cast("Any", RC)):
            canvas = FigureCanvasAgg(self.page)
            canvas.draw()  # type: ignore[no-untyped-call]
            ground = canvas.copy_from_bbox(self.page.bbox)  # type: ignore[no-untyped-call]
            for place in self.places:
                canvas.restore_region(ground)  # type: ignore[no-untyped-call]
                self._set(place)
                for artist in (self.tiles, *self.numbers, self.date, self.mark):
                    artist.draw(canvas.get_renderer())  # type: ignore[no-untyped-call]
                size = canvas.get_width_height(physical=True)
                pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
                yield Image.frombytes("RGBA", size, pixels).convert("RGB")

    def _set(self, place: int) -> None:
        """Set tiles, numbers and date to a month."""
        values = self.what.by_region[place]
        faces: list[Any] = [NO_DATA if np.isnan(v) else self.colours(self.scale(v)) for v in values.tolist()]
        self.tiles.set_facecolor(faces)
        for i, (value, face) in enumerate(zip(values.tolist(), faces, strict=True)):
            ink = INK if isinstance(face, str) or _luminance(face) > 0.45 else "white"
            self.numbers[2 * i].set_color(ink)
            self.numbers[2 * i + 1].set_color(ink)
            self.numbers[2 * i + 1].set_text("" if np.isnan(value) else number(value, self.digits))
        self.date.set_text(self.readings.month_name(place))
        time = (self.readings.months[place] + 0.5) / 12.0
        self.mark.set_xdata([time, time])

    def palette(self) -> Image.Image:
        """Return the colours of the film for a picture that can hold 256: the whole scale, and greys for letters."""
        steps = [self.colours(i / 191.0)[:3] for i in range(192)] + [(i / 63.0,) * 3 for i in range(64)]
        image = Image.new("P", (1, 1))
        image.putpalette([round(255 * part) for colour in steps for part in colour])
        return image


def _luminance(colour: Sequence[float]) -> float:
    """How light a colour is to the eye [0-1]."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
