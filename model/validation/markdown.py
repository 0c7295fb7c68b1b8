"""Tables, pictures and numbers as Markdown has them; called by the page of validation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page: a line above it, the heads of its columns, its cells."""

    caption: str
    heads: Sequence[str]
    cells: Sequence[Sequence[str | float | int]]

    @classmethod
    def of(cls, frame: pd.DataFrame, caption: str = "") -> Table:
        """Take a frame, its index as the first column."""
        heads = [str(frame.index.name or ""), *map(str, frame.columns)]
        cells = [[str(name), *row] for name, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)]
        return cls(caption, heads, cells)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: where its file lies, and what it shows in words, for those who cannot see it."""

    file: Path
    shows: str


def table_of(table: Table | None) -> str:
    """Return a Markdown table, columns of numbers to the right."""
    if table is None or not table.cells:
        return ""
    right = [all(_is_number(row[place]) for row in table.cells) for place in range(len(table.heads))]
    lines = [
        "| " + " | ".join(_cell(head) for head in table.heads) + " |",
        "| " + " | ".join("---:" if each else "---" for each in right) + " |",
        *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.cells),
    ]
    return "\n\n".join(filter(None, (table.caption, "\n".join(lines))))


def tables(them: Iterable[Table]) -> str:
    """Return several tables below each other."""
    return "\n\n".join(filter(None, map(table_of, them)))


def _is_number(cell: str | float) -> bool:
    return not isinstance(cell, str) or bool(re.fullmatch(r"[-−+]?[\d,.]+( ?%)?|", cell))


def _cell(cell: str | float) -> str:
    text = told(cell) if isinstance(cell, float) else str(cell)
    return text.replace("|", "\\|").replace("\n", " ")


def pictures_of(pictures: Sequence[Picture], folder: Path) -> str:
    """Return the pictures with their words below; a file that is not there is named rather than linked."""
    parts = []
    for picture in pictures:
        if not picture.file.exists():
            parts.append(f"*{picture.file.name}* is missing: {picture.shows}")
            continue
        link = Path(os.path.relpath(picture.file.resolve(), folder.resolve())).as_posix()
        parts.append(f"![{picture.shows.replace(']', ')')}]({link})\n\n{picture.shows}")
    return "\n\n".join(parts)


def told(value: float) -> str:
    """Write a number with three digits that count, thousands parted; what is not known is a dash.

    >>> told(5.7312), told(13754.0), told(0.0812), told(float("nan")), told(98.4), told(0.0)
    ('5.73', '13,754', '0.0812', '-', '98.4', '0')
    """
    if isinstance(value, int):
        return f"{value:,}"
    if not isfinite(value):
        return "-"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def demoted(text: str, by: int = 1) -> str:
    r"""Lower every heading of a page by some levels, so that it can be a chapter of another.

    >>> demoted("# One\n\n## Two")
    '## One\n\n### Two'
    """
    return re.sub(r"^(#+ )", lambda found: "#" * by + found[1], text.strip(), flags=re.MULTILINE)
