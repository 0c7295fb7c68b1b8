"""All charts of a run, as pictures in two formats, each with the table of the numbers that it shows."""

from __future__ import annotations

import csv
import gc
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
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

    from model.figures.digests import Digests
    from model.figures.rivals import Rivals


CHARTS: dict[str, str] = {
    "overview": "glance",
    "famine": "hunger",
    "hunger_spread": "spread",
    "region_map": "maps",
    "region_map_collectivised": "maps",
    "region_small_multiples": "tiles",
    "collectivisation": "kolkhozy",
    "grain_balance": "grain",
    "grain_flows": "flows",
    "grain_use_over_time": "grain",
    "livestock_by_kind": "livestock",
    "without_cow_or_horse": "spread",
    "urbanisation": "towns",
    "demography": "towns",
    "fit_to_history": "fit",
}
"""Every chart and the room in which it is drawn."""

CHARTS_OF_THE_FIT: dict[str, str] = {
    "fit_series": "fit_panels",
    "fit_regions": "fit_places",
    "coverage": "fit_band",
}
"""Charts of many runs beside the record, drawn from their digests; the room of each."""

CHARTS_OF_A_COMPARISON: dict[str, str] = {
    "compare_over_time": "differences",
    "compare_outcomes": "differences",
    "compare_map": "difference_map",
    "compare_households": "household_fates",
    "compare_seeds": "seeds_needed",
}
"""Charts of scenarios beside a baseline; the room of each."""


def chart_named(name: str) -> Callable[..., Chart]:
    """Return the function which draws a chart."""
    room = (CHARTS | CHARTS_OF_THE_FIT | CHARTS_OF_A_COMPARISON)[name]
    found: Callable[..., Chart] = getattr(import_module(f"model.figures.{room}"), name)
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
    with _no_sweeping(), ThreadPoolExecutor(1) as packer:
        packed = []
        for name in CHARTS:
            try:
                page = chart_named(name)(readings)
            except NothingToDraw:
                continue
            files += save(page, out_dir / name, kinds, hand_over=lambda pack: packed.append(packer.submit(pack)))
        for done in packed:
            done.result()
    return files


def draw_fit(digests: Digests, out_dir: Path, *, formats: Iterable[str] = ("png", "svg")) -> list[Path]:
    """Draw the charts of the fit; what the digests do not tell is left out. Return the files, pictures and tables."""
    return _draw_each(CHARTS_OF_THE_FIT, digests, out_dir, formats)


def draw_comparison(rivals: Rivals, out_dir: Path, *, formats: Iterable[str] = ("png", "svg")) -> list[Path]:
    """Draw the charts of a comparison; what the runs do not tell is left out. Return the files."""
    return _draw_each(CHARTS_OF_A_COMPARISON, rivals, out_dir, formats)


def _draw_each(names: Iterable[str], shown: object, out_dir: Path, formats: Iterable[str]) -> list[Path]:
    """Draw some charts of the same numbers."""
    out_dir.mkdir(parents=True, exist_ok=True)
    kinds, files = tuple(formats), []
    for name in names:
        try:
            page = chart_named(name)(shown)
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


def save(
    page: Chart,
    stem: Path,
    formats: Iterable[str] = ("png", "svg"),
    hand_over: Callable[[Callable[[], None]], None] = lambda pack: pack(),
) -> list[Path]:
    """Write one chart in each format, and its table as CSV; the same chart gives the same bytes.

    `hand_over` is given the packing of the picture, which may be done beside the drawing of the next.
    """
    files = []
    with mpl.rc_context(cast("Any", RC)):
        for kind in formats:
            file = stem.with_suffix(f".{kind}")
            if kind == "png":
                hand_over(_painted(page, file))
            elif kind == "svg":
                page.savefig(file, format="svg", metadata={"Date": None, "Title": page.title})
            else:
                page.savefig(file, metadata={"CreationDate": None} if kind == "pdf" else None)
            files.append(file)
    files.append(write_table(page.rows, stem.with_suffix(".csv")))
    return files


def _painted(page: Chart, file: Path) -> Callable[[], None]:
    """Paint a chart, and return what packs the picture into its file."""
    canvas = FigureCanvasAgg(page)
    canvas.draw()  # type: ignore[no-untyped-call]
    size = canvas.get_width_height(physical=True)
    pixels = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1)  # type: ignore[no-untyped-call]
    dots = round(page.dpi)
    picture = pixels.convert("RGB")
    return lambda: picture.save(file, dpi=(dots, dots), compress_level=1, compress_type=zlib.Z_RLE)


def write_table(rows: Iterable[Row], file: Path) -> Path:
    """Write the numbers behind a chart: panel, series, origin, when or where, value, range, unit, source."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(
            (*row[:4], f"{row.value:.7g}", f"{row.low:.7g}", f"{row.high:.7g}", row.unit, row.source) for row in rows
        )
    return file
