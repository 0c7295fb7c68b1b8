"""The film of the tile map: as many frames as months, one scale for all of them, readable without colour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from PIL import Image
from typer.testing import CliRunner

from model.cli.commands import app
from model.figures import animation
from model.figures.animation import TileFilm, shown, write_gif
from model.figures.readings import NothingToDraw, Readings
from model.results import store


def _call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_gif_has_a_frame_for_every_month_and_they_differ(country: xr.Dataset, tmp_path: Path) -> None:
    film = TileFilm(country, "collectivised_share", slice(26, 34))
    write_gif(film, tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as gif:
        assert gif.n_frames == len(film) == 8
        first = np.asarray(gif.convert("L"), dtype=float)
        gif.seek(5)
        assert np.abs(np.asarray(gif.convert("L"), dtype=float) - first).max() > 30


def test_the_scale_holds_the_worst_month_and_stays(country: xr.Dataset) -> None:
    film = TileFilm(country, animation.PER_THOUSAND, slice(68, 72))
    worst = float(np.nanmax(film.what.by_region[68:72]))
    assert film.scale.vmin == 0.0
    assert film.scale.vmax is not None
    assert worst <= film.scale.vmax < 2.5 * worst
    before = (film.scale.vmin, film.scale.vmax)
    assert len(list(film.frames())) == 4
    assert (film.scale.vmin, film.scale.vmax) == before


def test_darker_means_more(country: xr.Dataset) -> None:
    film = TileFilm(country, "collectivised_share", slice(0, 2))
    light = [animation._luminance(film.colours(part)) for part in np.linspace(0.0, 1.0, 20)]
    assert all(np.diff(light) < 0)


def test_deaths_are_counted_at_a_yearly_rate(country: xr.Dataset) -> None:
    what = shown(Readings(country), animation.PER_THOUSAND)
    month = 70
    dead, people = (country[name].values[month] for name in ("excess_deaths", "total_population"))
    assert what.by_region[month] == pytest.approx(12_000 * dead / people)
    assert what.whole[month] == pytest.approx(12_000 * dead.sum() / people.sum())


def test_a_tile_has_room_for_its_number(country: xr.Dataset) -> None:
    what = shown(Readings(country), "cattle")
    assert what.unit in {"thousand heads", "million heads"}
    assert np.nanmax(what.by_region) < 10_000


def test_a_run_without_the_series_draws_nothing(country: xr.Dataset) -> None:
    with pytest.raises(NothingToDraw):
        TileFilm(country.drop_vars("excess_deaths"), animation.PER_THOUSAND)


@pytest.fixture
def kept(country: xr.Dataset, tmp_path: Path) -> Path:
    (tmp_path / "run.nc").write_bytes(store.netcdf(country))
    return tmp_path


def test_the_command_reads_a_run_and_writes_beside_it(kept: Path) -> None:
    answer = _call("animate", kept, "--variable", "collectivised_share", "--from", "1929-11", "--until", "1930-02")
    assert answer.exit_code == 0, answer.output
    assert "4 frames" in answer.output
    assert {file.name for file in kept.iterdir()} == {"run.nc", "collectivised_share.gif"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--variable", "collectivized_share"), "write for example collectivised_share"),
        (("--out", "film.avi"), "neither a .gif nor an .mp4"),
        (("--out", "film.mp4"), "needs the program ffmpeg"),
        (("--from", "1931-01", "--until", "1930-01"), "from, until: write two months of the run"),
        (("--from", "soon"), "from: 'soon' is not a month"),
    ],
)
def test_what_cannot_be_filmed_gets_one_sentence(
    kept: Path, options: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "has_ffmpeg", lambda: False)
    answer = _call("animate", kept, *options)
    assert answer.exit_code == 2
    assert words in answer.output
    assert len(answer.output.splitlines()) == 1


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    answer = _call("animate", tmp_path)
    assert answer.exit_code == 2
    assert "there is no run.nc" in answer.output


@pytest.mark.skipif(not animation.has_ffmpeg(), reason="ffmpeg is not here")
def test_an_mp4_is_written_where_ffmpeg_is(kept: Path) -> None:
    answer = _call("animate", kept, "--from", "1933-01", "--until", "1933-04", "--out", kept / "film.mp4")
    assert answer.exit_code == 0, answer.output
    assert (kept / "film.mp4").read_bytes()[4:8] == b"ftyp"
