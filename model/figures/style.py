"""The page: fonts of the house, a header in inches from the top, a footer, panels between them.

Panels are placed by hand in inches. A layout engine would draw every page twice to learn what is known here beforehand.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

import matplotlib as mpl
from matplotlib.figure import Figure

from model.figures.looks import looks_of
from model.figures.readings import Readings

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

INK, MUTED, RULE, NO_DATA = "#1a1a1a", "#555555", "#e3e3e3", "#dddddd"

RC: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.5,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 7,
    "axes.titley": 1.0,  # a title that need not look for ticks above itself is drawn sooner
    "axes.labelcolor": MUTED,
    "axes.edgecolor": "#888888",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": RULE,
    "grid.linewidth": 0.7,
    "xtick.bottom": False,
    "ytick.left": False,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "lines.linewidth": 1.9,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "figure.constrained_layout.use": False,
    "path.simplify_threshold": 0.3,
    "text.hinting": "none",
    "text.parse_math": False,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "collectivisation",
    "pdf.fonttype": 42,
}

PIXELS_PER_INCH = 150  # sharp on a screen, and in print at half a page
MARGIN = 0.3  # inches, left and right of the page
TITLE_POINTS, SUBTITLE_POINTS, FOOT_POINTS = 13.0, 9.0, 7.0
LETTER = {"bold": 0.62, "normal": 0.53}  # mean width of a letter of DejaVu Sans [share of its size in points]


class Ran(Protocol):
    """Who ran: what a page says of the runs behind it, whether it reads months of them or their digests."""

    title: str
    n_members: int

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Return scenario, version and seeds."""


class Row(NamedTuple):
    """One number of a chart, as written to the table beside it."""

    panel: str
    series: str
    origin: str  # model or documented
    at: str  # 1932-11, 1932/33, 1932, or a region
    value: float
    low: float
    high: float
    unit: str
    source: str


def text_inches(text: str, points: float, weight: str = "normal") -> float:
    """Estimate how wide a line of text will be [inches]."""
    return len(text) * LETTER[weight] * points / 72.0


def wrap(text: str, inches: float, points: float, weight: str = "normal") -> list[str]:
    """Break a text into lines that fit the width."""
    letters = max(20, int(inches / (LETTER[weight] * points / 72.0)))
    lines = textwrap.wrap(text, letters) or [""]
    while len(lines) > 1 and len(textwrap.wrap(text, letters - 2)) == len(lines):  # even lines, no orphan
        letters -= 2
    return textwrap.wrap(text, letters) or [""]


class Chart(Figure):
    """A page with a finding as its title, a measure under it, sources at its foot, and the table of what it shows."""

    def __init__(
        self, ran: Ran | str, title: str, subtitle: str, sources: str, *, width: float = 9.0, body: float = 4.6
    ) -> None:
        """Lay out header and footer; `width` and `body` (the height left for panels) are in inches.

        `ran` says at the foot what was run: the readings of a Dataset, or where there is none, words.
        """
        inner = width - 2 * MARGIN
        titles = wrap(title, inner, TITLE_POINTS, "bold")
        subtitles = wrap(subtitle, inner, SUBTITLE_POINTS)
        right = ran if isinstance(ran, str) else _who_ran(ran)
        feet = wrap("Sources: " + sources, inner - text_inches(right, FOOT_POINTS) - 0.3, FOOT_POINTS)
        header = 0.2 + 0.225 * len(titles) + 0.165 * len(subtitles) + 0.1
        footer = 0.16 + 0.125 * len(feet)
        super().__init__(figsize=(width, header + body + footer), dpi=PIXELS_PER_INCH, facecolor="white")
        self.width, self.height = width, header + body + footer
        self.bottom, self.top = footer, footer + body
        self.title, self.subtitle, self.sources = title, subtitle, sources
        self.rows: list[Row] = []
        at = self.height - 0.16
        for line in titles:
            self.write(MARGIN, at, line, size=TITLE_POINTS, weight="bold", va="top")
            at -= 0.225
        at -= 0.02
        for line in subtitles:
            self.write(MARGIN, at, line, size=SUBTITLE_POINTS, color=MUTED, va="top")
            at -= 0.165
        for i, line in enumerate(reversed(feet)):
            self.write(MARGIN, 0.09 + 0.125 * i, line, size=FOOT_POINTS, color=MUTED)
        self.write(width - MARGIN, 0.09, right, size=FOOT_POINTS, color=MUTED, ha="right")

    def write(self, x: float, y: float, text: str, **how: Any) -> None:
        """Put text on the page at x, y [inches from the lower left corner]."""
        how.setdefault("color", INK)
        how.setdefault("va", "baseline")
        self.text(x, y, text, transform=self.dpi_scale_trans, **how)

    def panel(self, left: float, bottom: float, width: float, height: float, title: str = "", **how: Any) -> Axes:
        """Add axes at a place given in inches."""
        box = (left / self.width, bottom / self.height, width / self.width, height / self.height)
        axes = self.add_axes(box, **how)
        axes.tick_params(axis="y", pad=2)
        axes.xaxis.set_label_coords(0.5, -0.1)  # labels that need not look for their ticks are drawn sooner
        axes.yaxis.set_label_coords(-0.06, 0.5)  # (panel titles carry the units; axes have no names)
        if title:
            axes.set_title(title)
        return axes

    def panels(self, n_rows: int, n_columns: int, titles: Sequence[str], *, right: float = 0.1) -> list[Axes]:
        """Fill the body with a grid of panels; `right` leaves room for labels at the end of each [inches]."""
        left, above, below = 0.42, 0.34, 0.3
        cell_width = (self.width - MARGIN) / n_columns
        cell_height = (self.top - self.bottom) / n_rows
        found = []
        for i, title in enumerate(titles):
            row, column = divmod(i, n_columns)
            x = MARGIN * 0.5 + column * cell_width + left
            y = self.top - (row + 1) * cell_height + below
            found.append(self.panel(x, y, cell_width - left - right, cell_height - above - below, title))
        return found


def _who_ran(readings: Ran) -> str:
    """Write the model's version and the number of seeds, for the foot of the page."""
    attributes = readings.attributes
    version = str(attributes.get("version", ""))
    version = version if version[:1].isdigit() else ""
    kind = getattr(readings, "luck", "seeds")  # digests may be of sets of constants
    seeds = f"{readings.n_members} {kind}" if readings.n_members > 1 else f"seed {attributes.get('seeds', 1)}"
    return " · ".join(part for part in (f"collectivisation {version}".strip(), seeds) if part)


def scenario_colour(readings: Ran) -> str:
    """Return the one colour of the run's scenario."""
    return looks_of(str(readings.attributes.get("scenario", "historical"))).colour


def statistic(readings: Readings) -> str:
    """Say what a line and its band are."""
    if readings.n_members > 1:
        return f"line: median of {readings.n_members} {readings.luck}, band: 90\u00a0% of them"
    return "one seed"


def chart(draw: Callable[..., Chart]) -> Callable[..., Chart]:
    """Draw in the style of the house, from a Dataset or from readings already made, leaving the user's style alone."""

    @wraps(draw)
    def drawn(dataset: xr.Dataset | Readings, **options: Any) -> Chart:
        readings = dataset if isinstance(dataset, Readings) else Readings(dataset)
        with mpl.rc_context(cast("Any", RC)):
            return draw(readings, **options)

    return drawn
