"""Putting a run's files in their place, all of them or none.

Everything is first written into a hidden folder beside its place, then renamed into it: a run that is interrupted,
killed or meets a full disk leaves the previous results whole. Called by the command line.
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from model.results.distributions import write_distributions
from model.results.sample import write_households
from model.results.series import write_annual, write_series

if TYPE_CHECKING:
    import xarray as xr

STAGE = ".unfinished-"
STALE = 3600.0  # a stage older than this was left by a run that was killed [s]
CHARTS = "charts"
HOUSEHOLDS = "households.csv"


class CannotWriteError(Exception):
    """The results cannot be written; the message is one sentence for the user."""

    @classmethod
    def of(cls, folder: Path, error: OSError) -> CannotWriteError:
        """Say in one sentence what stood in the way."""
        reasons = {
            errno.ENOSPC: "the disk is full",
            errno.EDQUOT: "the disk quota is used up",
            errno.EACCES: "writing there is not permitted",
            errno.EPERM: "writing there is not permitted",
            errno.EROFS: "the disk is read-only",
            errno.ENOTDIR: "a file stands where a folder is needed",
            errno.EEXIST: "a file stands where a folder is needed",
            errno.ENAMETOOLONG: "the name is too long",
        }
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        return cls(f"{folder}: {reason}; earlier results there are untouched. Choose another folder with --out.")


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give a hidden folder on the same disk, gone afterwards whatever happens."""
    stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=folder))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def prepare(folder: Path) -> None:
    """Make the folder and try it, before the first household is made; sweep out what killed runs left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{STAGE}*"):
            if time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True)
        with staged(folder) as stage:
            (stage / "trial").write_bytes(b"grain")
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error


def _place(stage: Path, folder: Path) -> None:
    """Rename what was staged into its place; an earlier run's charts and families go: they have other numbers."""
    old, new = folder / CHARTS, stage / CHARTS
    if old.is_dir():
        old.rename(stage / "earlier-charts")
    if new.is_dir():
        new.rename(old)
    if not (stage / HOUSEHOLDS).exists():
        (folder / HOUSEHOLDS).unlink(missing_ok=True)
    for file in sorted(stage.iterdir()):
        if file.is_file():
            file.replace(folder / file.name)


def write(
    dataset: xr.Dataset,
    folder: Path,
    provenance: dict[str, Any],
    draw: Callable[[xr.Dataset, Path], object] | None = None,
) -> list[Path]:
    """Write `run.nc`, its tables, `provenance.json` and, with `draw`, `charts/`; return their paths.

    The tables are `series.csv`, `annual.csv`, `distributions.csv` and, if households were kept, `households.csv`.
    """
    try:
        with staged(folder) as stage:
            (stage / "run.nc").write_bytes(netcdf(dataset))
            for name, write_table in _tables(dataset).items():
                with (stage / name).open("w", encoding="utf-8", newline="") as file:
                    write_table(dataset, file)
            text = json.dumps(provenance, indent=2, ensure_ascii=False, default=str)
            (stage / "provenance.json").write_text(text + "\n", encoding="utf-8")
            if draw is not None:
                (stage / CHARTS).mkdir()
                draw(dataset, stage / CHARTS)
            written = [path.relative_to(stage) for path in sorted(stage.rglob("*")) if path.is_file()]
            _place(stage, folder)
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error
    return [folder / path for path in written]


def _tables(dataset: xr.Dataset) -> dict[str, Callable[[xr.Dataset, TextIO], None]]:
    """Return the tables of a run and what writes each."""
    tables: dict[str, Callable[[xr.Dataset, TextIO], None]] = {
        "series.csv": write_series,
        "annual.csv": write_annual,
        "distributions.csv": write_distributions,
    }
    return tables | ({HOUSEHOLDS: write_households} if "household" in dataset.dims else {})


def netcdf(dataset: xr.Dataset) -> memoryview | bytes:
    """Return the Dataset as a classic NetCDF file, which everything that reads NetCDF can read."""
    return dataset.to_netcdf(engine="scipy", format="NETCDF3_64BIT")


def load(file: Path) -> xr.Dataset:
    """Read a `run.nc` back, whole, and let go of the file."""
    import xarray as xr

    return xr.load_dataset(file, engine="scipy")
