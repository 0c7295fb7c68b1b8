"""The command `animate`: read a run or live one, and write its tile map as a film."""

from __future__ import annotations

import difflib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.cli.running import announce_compiling
from model.cli.terminal import console, progress
from model.cli.writing import refuse_other_than_file

if TYPE_CHECKING:
    import xarray as xr

RUN = "run.nc"


@dataclass(frozen=True, slots=True)
class Film:
    """A film as it was asked for."""

    run: str
    variable: str
    first: str | None
    until: str | None
    seed: int | None
    households: str | None
    out: Path | None
    quiet: bool


def carry_out(asked: Film) -> None:
    """Make it; a file of an unknown kind and a series that no run has are refused before anything is lived."""
    from model.figures import film_files
    from model.figures.animation import TileFilm
    from model.figures.readings import NothingToDraw
    from model.plan import RunError
    from model.results.store import CannotWriteError, prepare, staged

    began = time.perf_counter()
    _check_variable(asked.variable)
    file = _file(asked)
    prepare(file.parent)
    dataset = _dataset(asked)
    try:
        film = TileFilm(dataset, asked.variable, _span(asked, dataset))
    except NothingToDraw as error:
        raise RunError(f"variable: {asked.variable} cannot be shown, {error}.") from None
    write = film_files.write_mp4 if file.suffix.lower() == ".mp4" else film_files.write_gif
    try:
        with staged(file.parent) as stage:
            write(film, stage / file.name)
            (stage / file.name).replace(file)
    except OSError as error:
        raise CannotWriteError.of(file, error) from error
    if not asked.quiet:
        size, seconds = file.stat().st_size / 1e6, time.perf_counter() - began
        console().print(f"{file}: {len(film)} frames, {size:.1f} MB. {seconds:.1f} s in all.", markup=False)


def _file(asked: Film) -> Path:
    """Say where the film goes; refuse what cannot be written."""
    from model.figures.film_files import KINDS, has_ffmpeg
    from model.plan import RunError

    beside = Path(asked.run)
    folder = beside if beside.is_dir() else beside.parent if beside.suffix == ".nc" else Path("results") / beside.stem
    file = asked.out or folder / f"{asked.variable}.gif"
    if file.suffix.lower() not in KINDS:
        raise RunError(f"out: {file} is neither a .gif nor an .mp4 file.")
    refuse_other_than_file("out", file)
    if file.suffix.lower() == ".mp4" and not has_ffmpeg():
        raise RunError(f"out: {file} needs the program ffmpeg, which is not on the PATH; write a .gif file instead.")
    return file


def _check_variable(name: str) -> None:
    from model.figures.animation import PER_THOUSAND
    from model.plan import RunError
    from model.results.variables import VARIABLES

    known = [PER_THOUSAND, *(each.name for each in VARIABLES.values() if each.scope == "region")]
    if name not in known:
        near = difflib.get_close_matches(name, known, 3) or known[:6]
        raise RunError(f"variable: there is no series {name!r} by region; write for example {', '.join(near)}.")


def _dataset(asked: Film) -> xr.Dataset:
    """Read `run.nc` where the words name a run, else live the scenario."""
    from model.plan import RunError
    from model.results import store

    place = Path(asked.run)
    if place.is_dir() or place.suffix == ".nc":
        file = place / RUN if place.is_dir() else place
        if not file.is_file():
            raise RunError(
                f"{place}: there is no {RUN}; name a folder that `collectivisation run` wrote, or a scenario."
            )
        try:
            return store.load(file)
        except (ValueError, TypeError, EOFError):  # the library names other libraries, over several lines
            raise RunError(f"{file}: this is no run of ours, or it is damaged; live it anew.") from None
    from model.running import run

    announce_compiling(quiet=asked.quiet)
    with progress(asked.run, quiet=asked.quiet) as tick:
        return run(asked.run, households=asked.households, seed=asked.seed, keep=0, progress=tick)


def _span(asked: Film, dataset: xr.Dataset) -> slice:
    """Return the places of the months asked for."""
    from model.calendar import Month
    from model.plan import RunError
    from model.results.series import months_of

    months = months_of(dataset)
    ends = [months[0], months[-1]]
    for place, (option, word) in enumerate((("from", asked.first), ("until", asked.until))):
        if word is not None:
            try:
                ends[place] = Month.parse(word)
            except ValueError as wrong:
                raise RunError(f"{option}: {wrong}") from None
    if not months[0].index <= ends[0].index < ends[1].index <= months[-1].index:
        raise RunError(f"from, until: write two months of the run, which lasts from {months[0]} to {months[-1]}.")
    return slice(ends[0].index - months[0].index, ends[1].index - months[0].index + 1)
