"""The charts of the fit: many runs beside the record, what may fit and what only tests kept apart, readable in grey."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb

from model.figures import Digests, draw_fit, fit_series
from model.figures.album import CHARTS_OF_THE_FIT, chart_named, save
from model.figures.fit_band import place_in_band
from model.figures.fit_marks import BAND, LINE, MARKS
from model.figures.readings import NothingToDraw
from model.history.series import points_of
from model.validation.confront import confront, digests_of

Build = Callable[..., xr.Dataset]


@pytest.fixture(scope="module")
def digests(build: Build) -> Digests:
    """Five seeds of the made-up country."""
    country = build(members=5)
    country["machinery_imports"] = (("member", "month"), np.full((5, 150), 2e7))
    country["most_of_the_dead"] = (("member", "month"), np.full((5, 150), 0.1))
    table = digests_of(country)
    return Digests(table, confront(table))


@pytest.mark.parametrize("name", CHARTS_OF_THE_FIT)
def test_a_chart_of_the_fit_says_what_it_found_in_how_many_runs(name: str, digests: Digests) -> None:
    page = chart_named(name)(digests)
    texts = " ".join(text.get_text() for text in page.texts)
    assert re.search(r"\d", page.title)
    assert page.title[:20] in texts
    assert "5 seeds" in texts
    assert "Sources: " in texts
    assert {row.origin for row in page.rows} == {"model", "documented"}


@pytest.mark.parametrize("name", CHARTS_OF_THE_FIT)
def test_no_text_of_the_fit_runs_over_the_page(name: str, digests: Digests) -> None:
    page = chart_named(name)(digests)
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    for text in [*page.texts, *(t for axes in page.axes for t in (*axes.texts, *axes.get_yticklabels(), axes.title))]:
        if text.get_text() and text.get_visible():
            box = text.get_window_extent(canvas.get_renderer())
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= page.bbox.width, text.get_text()


def test_titles_of_panels_do_not_run_into_their_neighbours(digests: Digests) -> None:
    """25 small panels leave little room for words."""
    page = fit_series(digests)
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    boxes = [axes._left_title.get_window_extent(canvas.get_renderer()) for axes in page.axes]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            assert not one.overlaps(other)


def test_what_may_fit_and_what_only_tests_have_their_own_shapes(digests: Digests) -> None:
    """Colours are lost in print; a circle and a square are not."""
    assert MARKS["calibration"][0] != MARKS["validation"][0] != MARKS["context"][0]
    axes = next(axes for axes in fit_series(digests).axes if axes.get_title(loc="left").startswith("Grain harvest"))
    by_marker = {marker: set() for marker in ("o", "s")}
    for line in axes.lines:
        if line.get_marker() in by_marker:
            by_marker[line.get_marker()].update(int(x) for x in line.get_xdata())
    assert by_marker["o"] == set(range(1927, 1934))
    assert by_marker["s"] == set(range(1934, 1940))
    borders = [line.get_xdata()[0] for line in axes.lines if line.get_linestyle() == "--" or line.is_dashed()]
    assert any(1933.5 <= x <= 1934.5 for x in borders), "a line stands where testing begins"


def test_the_band_is_told_from_its_line_in_grey() -> None:
    """By lightness alone, at least 40 parts of 100."""
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (to_rgb(BAND), to_rgb(LINE))]
    assert light[0] - light[1] > 0.4


def test_rival_authors_are_named_and_never_averaged(digests: Digests) -> None:
    rows = fit_series(digests).rows
    harvest = {row.series for row in rows if row.panel == "Grain harvest" and row.at == "1932"}
    assert {"Tauger", "DW 2004", "official then"} <= harvest
    authors = [row for row in rows if row.panel == "Deaths, whole famine" and row.origin == "documented"]
    assert len(authors) == len(points_of("famine.csv")["famine_excess_deaths_total"])


def test_the_score_of_the_title_follows_the_runs(digests: Digests) -> None:
    """With every figure of the runs a hundred times too high hardly anything is met."""
    met = int(re.search(r"meets (\d+)", fit_series(digests).title)[1])
    wrong = digests.table * 100.0
    assert int(re.search(r"meets (\d+)", fit_series(Digests(wrong, confront(wrong))).title)[1]) < met


def test_a_figure_at_the_end_of_the_band_is_one_half_band_away() -> None:
    placed = place_in_band(*(np.array(each) for each in ([7.0, 3.0, 5.0, 11.0], [5.0] * 4, [3.0] * 4, [7.0] * 4)))
    np.testing.assert_allclose(placed, [1.0, -1.0, 0.0, 3.0])


def test_a_band_of_no_width_holds_its_one_value_alone() -> None:
    """One run has no spread: equal is 0, anything else beyond the edge."""
    placed = place_in_band(*(np.array(each) for each in ([5.0, 5.1], [5.0] * 2, [5.0] * 2, [5.0] * 2)))
    assert placed[0] == 0.0
    assert placed[1] > 1e5


def test_one_run_and_a_failed_run_are_drawn_as_what_they_are(digests: Digests, tmp_path: Path) -> None:
    """A run that failed has no number and counts for none."""
    table = digests.table.iloc[:2].copy()
    table.iloc[1] = np.nan
    one = Digests(table, confront(table))
    assert one.n_members == 1
    for name in CHARTS_OF_THE_FIT:
        save(chart_named(name)(one), tmp_path / name, ["png"])


def test_what_the_runs_do_not_tell_is_left_out(digests: Digests, tmp_path: Path) -> None:
    few = digests.table[[name for name in digests.table.columns if name.startswith("horses/19")]]
    files = draw_fit(Digests(few, confront(few)), tmp_path, formats=["png"])
    assert {file.stem for file in files} == {"fit_series", "coverage"}
    with pytest.raises(NothingToDraw):
        fit_series(Digests(pd.DataFrame({"label": ["x"]}), confront(pd.DataFrame())))
