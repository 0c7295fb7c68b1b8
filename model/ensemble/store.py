"""The store of an ensemble: a folder with one small Parquet file for every finished run, named by its key.

A file appears whole or not at all (a hidden name, written through to the disk, renamed), so that a kill at any moment
leaves finished runs and nothing else; a key has one file, so that nothing is there twice.

`pandas.read_parquet(folder)` reads the whole as one table, a line for each run: what it was, why it failed, and its
numbers as the lists `names` and `values`. As columns of their own two thousand numbers would take 280 kB and 40 ms a
run to write and twice as long to read; as lists they take 17 kB and half a millisecond.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.results.provenance import commit, versions
from model.results.store import STALE, CannotWriteError, prepare

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"


@dataclass(frozen=True)
class Run:
    """A finished run: what it came to, or why it came to nothing."""

    seconds: float
    failure: str
    names: tuple[str, ...]
    values: NDArray[np.float64]


class Store:
    """A folder of finished runs."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, try it, and sweep out what killed writers left."""
        self.folder = folder
        prepare(folder)
        for left in folder.glob(f".*{SUFFIX}"):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink(missing_ok=True)

    def read(self, keys: Iterable[str]) -> Iterator[tuple[str, Run]]:
        """Yield those of these runs that are there; a file that cannot be read counts as not there."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        there = {path.stem for path in self.folder.glob(f"[!.]*{SUFFIX}")}
        known: tuple[pa.Array, tuple[str, ...]] | None = None  # runs of one scenario share their names
        for key in keys:
            if key not in there:
                continue
            try:
                table = pq.ParquetFile(self.folder / f"{key}{SUFFIX}").read(use_threads=False)
                words, values = (table[column].chunk(0).flatten() for column in ("names", "values"))
                about = table.select(["seconds", "failure"]).to_pylist()[0]
            except (pa.ArrowException, OSError, LookupError):  # damaged, and not by us
                continue
            if known is None or not known[0].equals(words):
                known = words, tuple(words.to_pylist())
            yield key, Run(about["seconds"], about["failure"], known[1], np.array(values))

    def keep(self, key: str, run: Run, about: Mapping[str, str | int]) -> None:
        """Put one finished run in its place; of a run that was there before, the old outcome goes."""
        import pyarrow.parquet as pq

        hidden = self.folder / f".{key}-{os.getpid()}{SUFFIX}"
        try:
            try:
                with hidden.open("wb") as file:
                    pq.write_table(_table(key, run, about), file, compression="zstd", write_statistics=False)
                    file.flush()
                    os.fsync(file.fileno())
                hidden.replace(self.folder / f"{key}{SUFFIX}")
            finally:
                hidden.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWriteError.of(self.folder, error) from error


def _table(key: str, run: Run, about: Mapping[str, str | int]) -> pa.Table:
    """Return one run as a table of one line, with versions and commit beside it."""
    import pyarrow as pa

    columns = {"key": key, **about, "seconds": run.seconds, "failure": run.failure}
    table = pa.table({name: [value] for name, value in columns.items()})
    table = table.append_column("names", pa.array([run.names], pa.list_(pa.string())))
    table = table.append_column("values", pa.array([run.values], pa.list_(pa.float64())))
    return table.replace_schema_metadata({"collectivisation": json.dumps({"versions": versions(), "commit": commit()})})
