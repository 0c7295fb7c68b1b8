"""The command `attribute`: live every set of policies, share out what happened among them, lay it beside the claims."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.comparing import signed
from model.cli.terminal import console
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import csv_of, draw_into, print_json

if TYPE_CHECKING:
    import pandas as pd

    from model.comparison import Attribution


CLAIMS_TABLE = "claims.csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """An attribution as it was asked for; None takes the default."""

    scenario: str
    seeds: int | None
    posterior: int
    households: str | None
    out: Path | None
    workers: int | None
    charts: bool
    quiet: bool
    as_json: bool


def carry_out(asked: Asked) -> None:
    """Live, share out, write, tell."""
    from model.comparison import Inquiry, attribute
    from model.comparison.attribution import HOUSEHOLDS, SEEDS_LIVED
    from model.plan import number_of_households
    from model.policy.scenario import Scenario

    began = time.perf_counter()
    households = HOUSEHOLDS if asked.households is None else number_of_households(asked.households)
    seeds = SEEDS_LIVED if asked.seeds is None else asked.seeds
    inquiry = Inquiry(asked.scenario, seeds, asked.posterior, households)
    scenario = Scenario.load(asked.scenario)
    folder = asked.out or Path("results") / f"attribution-{scenario.name}"
    announce(households, quiet=asked.quiet)
    with watched("Attribution", folder, quiet=asked.quiet) as watch:
        found = attribute(inquiry, store=folder / RUNS, workers=asked.workers, progress=watch)
    table = found.table()
    files = _write(found, table, folder, charts=asked.charts)
    seconds = time.perf_counter() - began
    if asked.as_json:
        answer = _plain(found, table) | {"wall_seconds": round(seconds, 1), "files": [str(file) for file in files]}
        print_json(answer)
    elif not asked.quiet:
        _show(found, table, folder, seconds, len(files))


def _claims() -> list[dict[str, Any]]:
    from model.comparison.claims import CLAIMS

    return [asdict(one) for one in CLAIMS]


def _write(found: Attribution, table: pd.DataFrame, folder: Path, *, charts: bool) -> list[Path]:
    """Write the tables, each file whole or not at all, and the chart."""
    from model.calibration.files import write_all

    tables = {"attribution.csv": table, "sets.csv": found.every_set(), CLAIMS_TABLE: claims_table()}
    files = write_all({folder / name: csv_of(one) for name, one in tables.items()})
    if charts:
        files += draw_into(folder, lambda stage: draw_shares(found, table, stage))
    return files


def claims_table() -> pd.DataFrame:
    """Return what the literature claims, a row each."""
    import pandas as pd

    return pd.DataFrame(_claims())


def draw_shares(
    found: Attribution, table: pd.DataFrame, folder: Path, formats: Sequence[str] = ("png", "svg")
) -> list[Path]:
    """Draw the shares beside the claims."""
    from model import __version__
    from model.figures import album
    from model.figures.shares import attribution_shares

    ran = f"collectivisation {__version__} · {found.inquiry.seeds} seeds · {found.inquiry.households:,} households"
    page = attribution_shares(table, claims_table(), title=found.scenario.title, ran=ran)
    return album.save(page, folder / "attribution_shares", formats)


def _plain(found: Attribution, table: pd.DataFrame) -> dict[str, Any]:
    return {
        "scenario": found.scenario.name,
        "seeds": found.inquiry.seeds,
        "posterior_vectors": found.inquiry.vectors,
        "households": found.inquiry.households,
        "policies": {one.name: {"title": one.title, "instead": one.text} for one in found.policies},
        "shares": json.loads(table.to_json(orient="records", double_precision=9)),
        "claims": _claims(),
    }


def _show(found: Attribution, table: pd.DataFrame, folder: Path, seconds: float, files: int) -> None:
    """Print the shares of every outcome, the claims beside them, and where the files are."""
    from rich.table import Table

    from model.figures.rivals import lines_of

    terminal = console()
    asked = found.inquiry
    besides = f", {asked.vectors} sets of constants" if asked.vectors else ""
    terminal.print(
        f"[bold]{found.scenario.title}[/bold]: {2 ** len(found.policies)} sets of {len(found.policies)} policies, "
        f"{asked.households:,} households, {asked.seeds} seeds{besides}. Shares: Shapley's value, the mean over every "
        "order in which policies could have come; in brackets 90 % of the runs."
    )
    for (outcome, luck), rows in table.groupby(["outcome", "luck"], sort=False):
        whole = lines_of(rows[rows["policy"] == "all"])[0]
        out = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), title_justify="left", title_style="bold")
        out.title = (
            f"{whole.label} ({whole.unit}; {'seeds' if luck == 'seeds' else 'sets of constants'}): "
            f"{whole.with_all:.3g} with all policies, {whole.with_none:.3g} with none"
        )
        for heading in ("", "share", "", "of all, %", "", "removed alone", "added alone"):
            out.add_column(heading, justify="right" if heading else "left")
        for row in lines_of(rows):
            every = "bold" if row.policy == "all" else ""
            out.add_row(
                row.title, signed(row.share), f"({signed(row.share_low)} to {signed(row.share_high)})",
                _whole(row.share_of_all), f"({_whole(row.share_of_all_low)} to {_whole(row.share_of_all_high)})",
                signed(row.removed_alone), signed(row.added_alone), style=every,
            )  # fmt: skip
        terminal.print(out)
        for claim in _claims():
            if claim["outcome"] == outcome and luck == "seeds":
                title = next(one.title for one in found.policies if one.name == claim["policy"])
                terminal.print(f"  {claim['source']} on {title.lower()}: {claim['text']}", markup=False)
                terminal.print(f"    In question: {claim['difference']}", markup=False, style="dim")
        terminal.print()
    terminal.print(
        "Instead of each policy (model/comparison/policies.toml): "
        + " ".join(f"{one.title}: {one.text}" for one in found.policies),
        markup=False, style="dim",
    )  # fmt: skip
    terminal.print(f"{folder}: attribution.csv and {files - 1} other tables and charts. {seconds:.0f} s.", markup=False)


def _whole(value: float) -> str:
    """Write per cent without decimals; a whole of nought has no parts.

    >>> _whole(-0.2), _whole(float("nan"))
    ('0', '')
    """
    return f"{round(value)}" if isfinite(value) else ""
