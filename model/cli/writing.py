"""How commands hand over what they found: plain data on stdout, tables as text, charts into a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def print_json(answer: Any) -> None:
    """Print plain data for machines."""
    json.dump(answer, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def csv_of(table: pd.DataFrame, *, figures: int = 9) -> str:
    """Return a table as CSV."""
    return table.to_csv(index=False, lineterminator="\n", float_format=f"%.{figures}g")


def prepare_page(page: Path | None) -> None:
    """Refuse a page that cannot be written, before the first run is lived; nothing but a file is ever replaced."""
    from model.plan import RunError
    from model.results.store import CannotWriteError, prepare

    if page is None:
        return
    refuse_other_than_file("write", page)
    try:
        prepare(page.parent)
    except CannotWriteError as error:
        raise RunError(f"write: {str(error).replace('--out', '--write')}") from None


def refuse_other_than_file(option: str, file: Path) -> None:
    """Refuse a folder or a device where a file is to be written: renamed into its place, the file would take it."""
    from model.plan import RunError

    if file.is_dir():
        raise RunError(f"{option}: {file} is a folder; name a file in it.")
    if file.exists() and not file.is_file():
        raise RunError(f"{option}: {file} is no file that could be written anew; name another.")


def draw_into(folder: Path, draw: Callable[[Path], list[Path]]) -> list[Path]:
    """Let charts be drawn beside their place and put them there when all are done; return where they are."""
    from model.results.store import CannotWriteError, staged

    try:
        with staged(folder) as stage:
            drawn = draw(stage)
            for file in drawn:
                file.replace(folder / file.name)
    except OSError as error:
        raise CannotWriteError.of(folder, error) from error
    return [folder / file.name for file in drawn]
