"""The command `validate`: live the trial, print the board, write its files."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.terminal import console
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import csv_of, prepare_page, print_json

if TYPE_CHECKING:
    import pandas as pd

    from model.validation.board import BoardRow
    from model.validation.trial import Trial

ROLES = ("calibration", "validation")


@dataclass(frozen=True, slots=True)
class Asked:
    """A validation as it was asked for; None takes the default."""

    scenario: str
    seeds: int
    households: str | None
    posterior: int
    baselines: bool
    workers: int | None
    out: Path
    page: Path | None
    quiet: bool
    as_json: bool


def carry_out(asked: Asked) -> None:
    """Live, score, write, say."""
    from model.plan import HOUSEHOLDS, number_of_households
    from model.validation.confront import confront, coverage
    from model.validation.trial import Wish, hold

    began = time.perf_counter()
    households = HOUSEHOLDS if asked.households is None else number_of_households(asked.households)
    wish = Wish(asked.scenario, asked.seeds, households, asked.posterior, asked.baselines)
    prepare_page(asked.page)
    announce(households, quiet=asked.quiet)
    with watched("Validation", asked.out, quiet=asked.quiet) as watch:
        trial = hold(wish, store=asked.out / RUNS, workers=asked.workers, progress=watch)
    compared = confront(trial.band_runs)
    held = coverage(compared)
    files = _write(asked, trial, compared)
    record = {
        "scenario": wish.scenario,
        "seeds": wish.seeds,
        "households": wish.households,
        "posterior_vectors": 0 if trial.posterior is None else len(trial.posterior),
        "wall_seconds": round(time.perf_counter() - began, 1),
    }
    if asked.page is not None:
        from model.cli.validation_page import write_page

        files.append(write_page(asked.page, trial, held, asked.out, record))
    if asked.as_json:
        answer = record | _plain(trial, held) | {"files": [str(file) for file in files]}
        print_json(answer)
    elif not asked.quiet:
        _show(trial, held, asked.out, record)


def _plain(trial: Trial, held: pd.DataFrame) -> dict[str, Any]:
    """Return board, coverage and baselines as plain data."""
    from model.validation.board import hits

    return {
        "hits": hits(trial.board),
        "patterns": [row.plain() for row in trial.board],
        "coverage": {str(name): {str(key): int(value) for key, value in row.items()} for name, row in held.iterrows()},
        "baselines": {
            name: {"hits": hits(rows), "patterns": {row.number: row.hit for row in rows}}
            for name, rows in trial.baselines.items()
        },
    }


def _write(asked: Asked, trial: Trial, compared: pd.DataFrame) -> list[Path]:
    """Write the tables and charts of a trial, each file whole or not at all."""
    from model import __version__
    from model.calibration.files import write_all
    from model.figures import Digests, board_chart, draw_fit, save
    from model.validation.confront import coverage

    ran = f"collectivisation {__version__} · {trial.wish.seeds} seeds · {trial.wish.households:,} households"
    files = save(board_chart(trial.board, ran=ran), asked.out / "board")
    luck = "seeds" if trial.posterior is None else "sets of constants"
    trial.band_runs.attrs["version"] = __version__
    files += draw_fit(Digests(trial.band_runs, compared, title="As it was", luck=luck), asked.out)
    texts = {
        "board.csv": _board_table(trial.board),
        "beside_the_record.csv": csv_of(compared, figures=6),
        "coverage.csv": coverage(compared).to_csv(lineterminator="\n"),
    }
    return files + write_all({asked.out / name: text for name, text in texts.items()})


def _board_table(rows: Sequence[BoardRow]) -> str:
    import pandas as pd

    lines = [
        {
            "number": row.number, "pattern": row.pattern, "reads": row.role, "pattern_hit": row.hit, "check": mark.text,
            "unit": mark.unit, "target_low": mark.target_low, "target_high": mark.target_high, "median": mark.median,
            "low": mark.low, "high": mark.high, "hit": mark.hit, "on_calibration_rows": mark.calibration,
            "on_validation_rows": mark.validation,
        }
        for row in rows
        for mark in row.marks
    ]  # fmt: skip
    return csv_of(pd.DataFrame(lines), figures=6)


def _show(trial: Trial, held: pd.DataFrame, out: Path, record: Mapping[str, Any]) -> None:
    """Print the board, what the band holds, and what the baselines score."""
    from rich.table import Table

    from model.validation.board import hits

    terminal = console()
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("", "", "pattern", "median", "90 % of runs", "target"):
        table.add_column(heading, justify="right" if heading in {"median", "90 % of runs"} else "left")
    for row in trial.board:
        for place, mark in enumerate(row.marks):
            verdict = "[bold blue]hit[/]" if row.hit else "[bold red]miss[/]"
            middle = f"{_number(mark.median)}" if mark.hit else f"[red]{_number(mark.median)}[/]"
            table.add_row(
                verdict if not place else "", str(row.number) if not place else "",
                f"[bold]{row.pattern}[/]: {mark.text}" if not place else f"  {mark.text}", middle,
                f"{_number(mark.low)} to {_number(mark.high)}", mark.target,
            )  # fmt: skip
    terminal.print(table)
    parts = ", ".join(
        f"{role} {sum(row.hit for row in rows)} of {len(rows)}"
        for role in dict.fromkeys(row.role for row in trial.board)
        if (rows := [row for row in trial.board if row.role == role])
    )
    terminal.print(f"\n[bold]{hits(trial.board)} of {len(trial.board)} patterns inside their targets[/] ({parts}).")
    every = held.loc["all"]
    whose = f"{record['posterior_vectors']} sets of constants" if record["posterior_vectors"] else "seeds alone"
    terminal.print(
        f"Of {every.figures} figures kept for testing {every.inside} ({100 * every.inside / every.figures:.0f} %) lie "
        f"in the 90 % band of the runs over {whose}, {every.predicted} ({100 * every.predicted / every.figures:.0f} %) "
        "once errors of record and model, as large as the calibration figures ask for, widen it."
    )
    for name, rows in trial.baselines.items():
        terminal.print(f"  {name.replace('_', ' ')}: {hits(rows)} of {len(rows)}")
    terminal.print(f"{out}: board, fit charts, tables. {record['wall_seconds']:.0f} s.", markup=False)


def _number(value: float) -> str:
    """Write a number with three figures or so.

    >>> _number(0.0364), _number(12345.6), _number(float("nan"))
    ('0.036', '12,346', 'not told')
    """
    if value != value:  # noqa: PLR0124  # no number
        return "not told"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}"
