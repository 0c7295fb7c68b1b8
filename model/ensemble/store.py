"""The store of an ensemble: a folder with one small Parquet file for every finished run, named by its key.

A file appears whole or not at all (a hidden name, written through to the disk, renamed), so that a kill at any moment
leaves finished runs and nothing else; a key has one file, so that nothing is there twice. `pandas.read_parquet(folder)`
reads the whole as one table: pyarrow takes the columns of the first file, and `done-` stands before `failed-`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from model.results.provenance import commit, versions
from model.results.store import STALE, CannotWriteError, prepare

DONE, FAILED = "done-", "failed-"
SUFFIX = ".parquet"

Row = dict[str, Any]


class Store:
    """A folder of finished runs."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, try it, and sweep out what killed writers left."""
        self.folder = folder
        prepare(folder)
        for left in folder.glob(f".*{SUFFIX}"):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink(missing_ok=True)

    def keys(self) -> set[str]:
        """Return the keys of the runs that are there, failed ones included."""
        return {path.stem.partition("-")[2] for path in self._files()}

    def _files(self) -> Iterable[Path]:
        return (*self.folder.glob(f"{DONE}*{SUFFIX}"), *self.folder.glob(f"{FAILED}*{SUFFIX}"))

    def read(self, keys: Iterable[str]) -> dict[str, Row]:
        """Return the rows of these keys that are there; a file that cannot be read counts as not there."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows: dict[str, Row] = {}
        for key in keys:
            for kind in (DONE, FAILED):
                file = self.folder / f"{kind}{key}{SUFFIX}"
                try:
                    rows[key] = pq.ParquetFile(file).read(use_threads=False).to_pylist()[0]
                except FileNotFoundError:
                    continue
                except (pa.ArrowException, OSError, IndexError):  # damaged by something else than us
                    file.unlink(missing_ok=True)
                    continue
                break
        return rows

    def keep(self, key: str, row: Mapping[str, Any]) -> None:
        """Put one finished run in its place; of a run that failed before, the failure goes."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        kind = FAILED if row["failure"] else DONE
        hidden = self.folder / f".{key}-{os.getpid()}{SUFFIX}"
        notes = {"versions": versions(), "commit": commit()}
        table = pa.table({name: [value] for name, value in row.items()}).replace_schema_metadata(
            {"collectivisation": json.dumps(notes)}
        )
        try:
            try:
                with hidden.open("wb") as file:
                    pq.write_table(table, file, compression="none", use_dictionary=False, write_statistics=False)
                    file.flush()
                    os.fsync(file.fileno())
                hidden.replace(self.folder / f"{kind}{key}{SUFFIX}")
            finally:
                hidden.unlink(missing_ok=True)
            if kind == DONE:
                (self.folder / f"{FAILED}{key}{SUFFIX}").unlink(missing_ok=True)
        except OSError as error:
            raise CannotWriteError.of(self.folder, error) from error
