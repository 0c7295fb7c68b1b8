"""Writing documented figures to a file that others can read: CSV, JSON, NetCDF, or a folder with all of it.

Whole or not at all: what is written goes into a hidden neighbour first and is then renamed. Called by `data --export`.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.history.labelled import RecordError, catalogue, sources
from model.history.tables import text_of

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

COPIED = ("README.md", "sources.md", "regions.md", "regions.csv", "regions.geojson", "orders.csv", "roles.csv")
"""Files of the record that go into an exported folder as they are."""


def export(table: pd.DataFrame, to: Path) -> list[Path]:
    """Write figures to `to`; its suffix names the format, and a name without one is a folder. Return the files."""
    if to.suffix in WRITERS:
        if to.is_dir():
            raise RecordError(f"{to}: a folder stands there; name a file in it.")
        to.parent.mkdir(parents=True, exist_ok=True)
        _whole(to, WRITERS[to.suffix](table))
        return [to]
    if to.suffix and not to.is_dir():
        known = ", ".join(WRITERS)
        raise RecordError(
            f"{to}: the suffix {to.suffix} names no format; {known}, or a folder's name without a suffix."
        )
    return _folder(table, to)


def _folder(table: pd.DataFrame, to: Path) -> list[Path]:
    """Write the figures, their series and sources, and the pages that explain them."""
    to.mkdir(parents=True, exist_ok=True)
    texts = {"figures.csv": _csv(table), "series.csv": _csv(series_table(table))}
    texts |= {name: text_of(name).encode() for name in COPIED}
    return [_whole(to / name, text) for name, text in texts.items()]


def series_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each series that has a figure in the table."""
    import pandas as pd

    held = set(zip(table["file"], table["series"], strict=True))
    lines = [asdict(entry) for entry in catalogue() if (entry.file, entry.series) in held]
    plain = [{key: ";".join(v) if isinstance(v, tuple) else v for key, v in line.items()} for line in lines]
    return pd.DataFrame(plain)


def rows_of_table(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures as plain rows; where no range is known it is None."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def dataset_of(table: pd.DataFrame) -> xr.Dataset:
    """Return the figures as an xarray Dataset along `figure`: values and ranges, each labelled as in the table."""
    import xarray as xr

    held = {name: ("figure", table[name].to_numpy(dtype=float)) for name in ("value", "low", "high")}
    labels = {
        name: ("figure", table[name].to_numpy(dtype=int if name == "year" else str))
        for name in table.columns
        if name not in held
    }
    about = {
        "title": "The documented record of Soviet collectivisation, 1926-1940",
        "comment": "One figure is one estimate by one source; rivals share a subject, a region and a date.",
        "references": json.dumps({key: sources()[key] for key in sorted(set(table["source"])) if key in sources()}),
    }
    return xr.Dataset(held, coords=labels, attrs=about)


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _json(table: pd.DataFrame) -> bytes:
    return (json.dumps(rows_of_table(table), indent=1, ensure_ascii=False) + "\n").encode()


def _netcdf(table: pd.DataFrame) -> bytes:
    return bytes(dataset_of(table).to_netcdf(engine="scipy", format="NETCDF3_64BIT"))


WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {".csv": _csv, ".json": _json, ".nc": _netcdf}


def _whole(file: Path, content: bytes) -> Path:
    """Write a file so that a full disk or an interruption leaves the earlier one as it was."""
    handle, beside = tempfile.mkstemp(prefix=".unfinished-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(file)
    except BaseException as error:
        Path(beside).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(file), None  # the name that was asked for
        raise
    return file


def _umask() -> int:
    """Return the user's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
