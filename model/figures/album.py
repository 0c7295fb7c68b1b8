"""All charts of a run, as pictures in two formats, each with the table of the numbers that it shows."""

from __future__ import annotations

import csv
import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from model.figures.readings import NothingToDraw, Readings
from model.figures.style import RC, Chart, Row

if TYPE_CHECKING:
    import xarray as xr

COLOURS = 256  # of a picture: half the file, a third of the time, and no eye sees it

CHARTS: dict[str, str] = {
    "overview": "glance",
    "famine": "hunger",
    "region_map": "maps",
    "region_map_collectivised": "maps",
    "region_small_multiples": "tiles",
    "collectivisation": "kolkhozy",
    "grain_balance": "grain",
    "grain_flows": "flows",
    "grain_use_over_time": "grain",
    "livestock_by_kind": "livestock",
    "urbanisation": "towns",
    "demography": "towns",
    "fit_to_history": "fit",
}
"""Every chart and the room in which it is drawn."""


def chart_named(name: str) -> Callable[..., Chart]:
    """Return the function which draws a chart."""
    found: Callable[..., Chart] = getattr(import_module(f"model.figures.{CHARTS[name]}"), name)
    return found


def draw_all(
    dataset: xr.Dataset, out_dir: Path, *, scenario_title: str, formats: Iterable[str] = ("png", "svg")
) -> list[Path]:
    """Draw every chart which the dataset has the numbers for; return the files, pictures and tables, in order.

    A chart that lacks a variable, a period or all 18 regions is left out; nothing else is.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    readings = Readings(dataset, title=scenario_title)
    kinds = tuple(formats)
    files: list[Path] = []
    with _no_sweeping():
        for name in CHARTS:
            try:
                page = chart_named(name)(readings)
            except NothingToDraw:
                continue
            files += save(page, out_dir / name, kinds)
    return files


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """Put off the search for unused objects: pages are full of circles, and a sixth of the time would go into it."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def save(page: Chart, stem: Path, formats: Iterable[str] = ("png", "svg")) -> list[Path]:
    """Write one chart in each format, and its table as CSV; the same chart gives the same bytes."""
    files = []
    with mpl.rc_context(cast("Any", RC)):
        for kind in formats:
            file = stem.with_suffix(f".{kind}")
            if kind == "png":
                _save_png(page, file)
            elif kind == "svg":
                page.savefig(file, format="svg", metadata={"Date": None, "Title": page.title})
            else:
                page.savefig(file, metadata={"CreationDate": None} if kind == "pdf" else None)
            files.append(file)
    files.append(write_table(page.rows, stem.with_suffix(".csv")))
    return files


def _save_png(page: Chart, file: Path) -> None:
    """Write a picture with a palette: a chart has few colours."""
    canvas = FigureCanvasAgg(page)
    canvas.draw()  # type: ignore[no-untyped-call]
    size = canvas.get_width_height(physical=True)
    pixels = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)  # type: ignore[no-untyped-call]
    few = pixels.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    dots = round(page.dpi)
    few.save(file, compress_level=1, dpi=(dots, dots))


def write_table(rows: Iterable[Row], file: Path) -> Path:
    """Write the numbers behind a chart: panel, series, origin, when or where, value, range, unit, source."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(
            (*row[:4], f"{row.value:.7g}", f"{row.low:.7g}", f"{row.high:.7g}", row.unit, row.source) for row in rows
        )
    return file
