"""Every chart draws, says what it found, in which unit and from which source, and never more than its data."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from model import figures
from model.figures.album import CHARTS, chart_named, draw_all, save
from model.figures.grain import balance
from model.figures.readings import NothingToDraw, Readings
from model.figures.style import MARGIN, Chart

Build = Callable[..., xr.Dataset]


def _texts(page: Chart) -> list[str]:
    return [text.get_text() for text in page.texts]


@pytest.fixture(scope="module")
def album(country: xr.Dataset, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """All charts of the made-up country."""
    return draw_all(country, tmp_path_factory.mktemp("charts"), scenario_title="What happened")


def test_every_chart_leaves_two_pictures_and_a_table(album: list[Path]) -> None:
    """A reader needs the picture, a printer the drawing, a scholar the numbers."""
    assert {file.name for file in album} == {f"{name}.{kind}" for name in CHARTS for kind in ("png", "svg", "csv")}
    assert all(file.stat().st_size > 500 for file in album)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_finding_a_measure_and_a_source(name: str, country: xr.Dataset) -> None:
    """A picture that travels without its page must still say what it shows, whence, and from how many runs."""
    page = chart_named(name)(country)
    texts = " ".join(_texts(page))
    assert len(page.title) > 30
    assert re.search(r"\d", page.title), "a finding has a number"
    assert page.title[:20] in texts
    measures = [page.subtitle, *(axes.get_title(loc="left") for axes in page.axes)]
    assert re.search(r"million|%|per cent|per 1,000|kg|Mt|tonnes", " ".join(measures))
    assert "Sources: " in texts
    assert "seed 1" in texts
    assert "collectivisation 0.1.0" in texts


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_runs_over_the_edge_of_the_page(name: str, country: xr.Dataset) -> None:
    """Words cut off at the margin are lost."""
    page = chart_named(name)(country)
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [*page.texts, *(text for axes in page.axes for text in (*axes.texts, *axes.get_yticklabels()))]
    for text in texts:
        if text.get_text():
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= page.bbox.width - MARGIN * page.dpi * 0.2, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.y1 <= page.bbox.height, text.get_text()


@pytest.mark.parametrize("name", CHARTS)
def test_labels_on_the_page_do_not_cover_each_other(name: str, country: xr.Dataset) -> None:
    """Two labels on one place are none."""
    page = chart_named(name)(country)
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in page.texts if text.get_text()]
    for axes in page.axes:
        boxes += [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts if text.get_text()]
    for i, (first, a) in enumerate(boxes):
        for second, b in boxes[:i]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            tall = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert wide <= 2 or tall <= 0.3 * min(a.height, b.height), (first, second)


@pytest.mark.parametrize("name", CHARTS)
def test_a_band_of_seeds_is_drawn_and_named(name: str, build: Build) -> None:
    """With several seeds the page says how many, and what the line or bar is."""
    page = chart_named(name)(build(members=5))
    assert any(text.endswith("5 seeds") for text in _texts(page))
    assert re.search(r"median|mean", page.subtitle) or "map" in name


@pytest.mark.parametrize("name", CHARTS)
def test_gaps_in_the_data_leave_gaps_or_no_chart(name: str, country: xr.Dataset, tmp_path: Path) -> None:
    """A missing month in one region, and a run without any number, may cost a chart but never an accident."""
    holed = country.copy(deep=True)
    for variable in holed.data_vars.values():
        if variable.dims == ("month", "region"):
            variable.values[70, 3] = np.nan
    empty = country * np.nan
    empty.attrs = country.attrs
    for dataset in (holed, empty):
        try:
            save(chart_named(name)(dataset), tmp_path / name, ["png"])
        except NothingToDraw:
            continue


def test_charts_without_their_numbers_are_left_out(country: xr.Dataset, tmp_path: Path) -> None:
    """A dataset of three variables gives the charts that can be made of three variables."""
    few = country[["excess_deaths", "total_population", "births", "deaths"]]
    names = {file.stem for file in draw_all(few, tmp_path, scenario_title="x", formats=["png"])}
    assert names == {"famine", "region_map", "demography"}


def test_a_short_run_draws_what_it_covers(country: xr.Dataset, tmp_path: Path) -> None:
    """Two years of a run have a grain balance but no famine map."""
    names = {
        file.stem for file in draw_all(country.isel(month=slice(0, 24)), tmp_path, scenario_title="x", formats=["png"])
    }
    assert "grain_balance" in names
    assert "region_map" not in names


def test_the_grain_balance_closes(country: xr.Dataset) -> None:
    """Opening stock and inflows less outflows are the closing stock, in every agricultural year, the first included."""
    readings = Readings(country)
    for year in readings.years("agricultural"):
        amounts = balance(readings, int(year))
        assert sum(value for name, value in amounts.items() if name != "closing") == pytest.approx(amounts["closing"])


def test_a_grain_balance_that_does_not_close_is_not_drawn(country: xr.Dataset) -> None:
    """A waterfall that hides a hole would lie."""
    leaking = country.copy(deep=True)
    leaking["grain_barns"].values[65:] -= 1000.0
    with pytest.raises(AssertionError, match="open by"):
        figures.grain_balance(leaking, year=1932)


def test_the_year_of_a_balance_can_be_chosen(country: xr.Dataset) -> None:
    """The default is the year of the famine; any other covered year will do, an uncovered one is refused."""
    assert "1932" in figures.grain_balance(country).title
    assert "1936" in figures.grain_flows(country, year=1936).title
    with pytest.raises(NothingToDraw, match="July 1939 to June 1940"):
        figures.grain_balance(country, year=1939)


@pytest.mark.parametrize("name", ["overview", "region_map", "grain_flows"])
def test_the_same_numbers_give_the_same_drawing(name: str, country: xr.Dataset, tmp_path: Path) -> None:
    """No date and no random name stands in the file, so that a picture changes only when its numbers do."""
    first = save(chart_named(name)(country), tmp_path / "first")
    second = save(chart_named(name)(country), tmp_path / "second")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
    drawing = first[1].read_text(encoding="utf-8")
    assert "<dc:date>" not in drawing
    assert ">Sources: " in drawing, "letters stay letters"


def test_titles_follow_the_numbers(country: xr.Dataset) -> None:
    """A finding is computed: with ten times the deaths the title says ten times as many."""
    before = figures.famine(country).title
    worse = country.copy(deep=True)
    worse["excess_deaths"].values[:] *= 10
    after = figures.famine(worse).title
    assert float(re.search(r"[\d.]+(?= million)", after)[0]) == pytest.approx(
        10 * float(re.search(r"[\d.]+(?= million)", before)[0]), rel=0.05
    )
    none = country.copy(deep=True)
    none["excess_deaths"].values[:] = 0
    assert figures.famine(none).title == "Excess deaths 1930–34: 0.00 million"


def test_the_table_holds_rival_historians_under_their_names(album: list[Path]) -> None:
    """What is drawn can be read: every author of a total, with his range and source key."""
    table = next(file for file in album if file.name == "famine.csv")
    with table.open(encoding="utf-8") as rows:
        sources = {row["source"] for row in csv.DictReader(rows) if row["origin"] == "documented"}
    assert {"DW2004", "ADK1993", "RUDNYTSKYI2018", "TSAPLIN1989"} <= sources


def test_pictures_are_sharp_and_charts_leave_the_users_style_alone(album: list[Path]) -> None:
    """At least 1,300 pixels wide; a notebook keeps its own fonts."""
    import matplotlib as mpl

    assert mpl.rcParams["axes.spines.left"] is mpl.rcParamsDefault["axes.spines.left"]
    for file in album:
        if file.suffix == ".png":
            with Image.open(file) as picture:
                assert picture.size[0] >= 1300


def test_the_worst_year_of_the_famine_is_one_of_its_years(country: xr.Dataset) -> None:
    """Deaths of other years are not part of a total of 1930 to 1934."""
    elsewhere = country.copy(deep=True)
    elsewhere["excess_deaths"].values[6:18] += 1e5
    assert "of them in 1933" in figures.famine(elsewhere).title


@pytest.mark.parametrize("name", ["overview", "grain_balance", "grain_flows", "grain_use_over_time", "hunger_spread"])
def test_sets_of_constants_are_not_called_seeds(name: str, build: Build) -> None:
    """What luck alone does and what we do not know are two bands."""
    of_constants = build(4)
    of_constants.attrs["provenance"] = '{"behaviours": [{"advance": 0.1}]}'
    drawn = chart_named(name)(of_constants)
    words = " ".join(text.get_text() for text in drawn.texts)
    assert "4 sets of constants" in words
    assert "seeds" not in words
