"""The film of the tile map: as many frames as months, one scale for all of them, readable without colour."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from matplotlib.colors import to_hex
from PIL import Image
from typer.testing import CliRunner

from model.cli.commands import app
from model.figures import animation, film_files
from model.figures.animation import TileFilm, shown
from model.figures.film_files import write_gif
from model.figures.readings import NothingToDraw, Readings
from model.figures.style import NO_DATA
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
        (("--variable", ""), "variable: there is no series ''"),
        (("--out", "film.avi"), "neither a .gif nor an .mp4"),
        (("--out", "film.mp4"), "needs the program ffmpeg"),
        (("--from", "1931-01", "--until", "1930-01"), "from, until: write two months of the run"),
        (("--from", "soon"), "from: 'soon' is not a month"),
    ],
)
def test_what_cannot_be_filmed_gets_one_sentence(
    kept: Path, options: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(film_files, "has_ffmpeg", lambda: False)
    answer = _call("animate", kept, *options)
    assert answer.exit_code == 2
    assert words in answer.output
    assert len(answer.output.splitlines()) == 1


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    answer = _call("animate", tmp_path)
    assert answer.exit_code == 2
    assert "there is no run.nc" in answer.output


def test_a_damaged_run_gets_one_sentence_without_the_words_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "run.nc").write_text("no run", encoding="utf-8")
    answer = _call("animate", tmp_path)
    assert answer.exit_code == 2
    assert answer.output.splitlines() == [
        f"{tmp_path / 'run.nc'}: this is no run of ours, or it is damaged; live it anew."
    ]


def test_a_folder_in_the_place_of_the_film_is_left(kept: Path) -> None:
    (kept / "film.gif").mkdir()
    answer = _call("animate", kept, "--out", kept / "film.gif")
    assert answer.exit_code == 2
    assert "film.gif is a folder; name a file in it." in answer.output


FAKE = """#!/bin/sh
for last; do :; done
{ printf '\\000\\000\\000\\030ftyp'; cat; } > "$last"
printf '%s ' "$@" >> "$last"
"""


def _ffmpeg(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called ffmpeg first on the PATH."""
    folder.mkdir()
    program = folder / "ffmpeg"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_ffmpeg_is_handed_every_frame_of_an_mp4(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ffmpeg(kept / "bin", FAKE, monkeypatch)
    answer = _call("animate", kept, "--from", "1933-01", "--until", "1933-04", "--out", kept / "film.mp4")
    assert answer.exit_code == 0, answer.output
    film = (kept / "film.mp4").read_bytes()
    assert film[4:8] == b"ftyp"
    wide, high = map(int, film.rsplit(b" -s ", 1)[1].split(b" ")[0].split(b"x"))
    pixels = film[8 : film.rindex(b"-loglevel")]
    assert len(pixels) == 4 * wide * high * 3
    assert b"yuv420p" in film[-300:]  # what players can show


def test_what_ffmpeg_says_is_passed_on_and_no_film_left(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ffmpeg(kept / "bin", "#!/bin/sh\necho 'Unknown encoder' >&2\nexit 1\n", monkeypatch)
    answer = _call("animate", kept, "--from", "1933-01", "--until", "1933-04", "--out", kept / "film.mp4")
    assert answer.exit_code == 2
    assert "ffmpeg did not write it: Unknown encoder" in answer.output
    assert len(answer.output.splitlines()) == 1
    assert {file.name for file in kept.iterdir()} == {"run.nc", "bin"}


@pytest.mark.parametrize(
    ("error", "words", "status"),
    [
        (OSError(28, "No space left on device"), "the disk is full; earlier results there are untouched", 2),
        (KeyboardInterrupt(), "Interrupted. Nothing was written; an earlier file is untouched.", 130),
    ],
)
def test_a_film_that_breaks_off_leaves_the_earlier_one(
    error: BaseException, words: str, status: int, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: object, file: Path) -> None:
        file.write_bytes(b"half")
        raise error

    (kept / "film.gif").write_bytes(b"earlier")
    monkeypatch.setattr(film_files, "write_gif", breaks)
    answer = _call("animate", kept, "--out", kept / "film.gif")
    assert answer.exit_code == status
    assert words in answer.output
    assert len(answer.output.splitlines()) == 1
    assert (kept / "film.gif").read_bytes() == b"earlier"
    assert {file.name for file in kept.iterdir()} == {"run.nc", "film.gif"}


def test_a_region_without_a_number_is_grey_and_empty(country: xr.Dataset) -> None:
    lost = country.copy()
    lost["collectivised_share"] = lost["collectivised_share"].where(lost["region"] != "kazakhstan")
    film = TileFilm(lost, "collectivised_share", slice(60, 62))
    film._set(61)
    place = lost["region"].values.tolist().index("kazakhstan")
    assert to_hex(film.tiles.get_facecolor()[place]) == NO_DATA
    assert film.numbers[2 * place + 1].get_text() == ""
