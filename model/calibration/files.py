"""Tables and texts of a calibration on disk: written whole or not at all, read back to the last bit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

COUNTED = ("seed", "vector")  # columns of whole numbers


def read_table(file: Path) -> pd.DataFrame:
    """Return a table of numbers exactly as it was written (pandas' own reading may err in the last digit)."""
    table = pd.read_csv(file, dtype=str).map(float)
    return table.astype({name: int for name in COUNTED if name in table})


def write_all(files: Mapping[Path, str]) -> list[Path]:
    """Write texts to files, first beside their places, then into them: a full disk leaves all of them as they were."""
    from model.results.store import CannotWriteError

    parts = {file: file.with_name(f".{file.name}.unfinished") for file in files}
    try:
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[file].write_text(text, encoding="utf-8")
        for file, part in parts.items():
            part.replace(file)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise CannotWriteError.of(next(iter(files)).parent, error) from error
    return list(files)
