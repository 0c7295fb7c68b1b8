"""The command `calibrate`: find the constants of behaviour that the record allows, and say what it leaves open."""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.door import say
from model.cli.terminal import console
from model.cli.watching import announce, watched
from model.cli.writing import print_json

if TYPE_CHECKING:
    from model.calibration.outcome import Outcome
    from model.calibration.waves import Settings

CHART = "posterior_ranges"
MISSED = 2.0  # sigma
NOTHING_LEARNT = 0.9  # of the prior remains


@dataclass(frozen=True, slots=True)
class Wish:
    """A calibration as it was asked for; None takes the default."""

    waves: int | None
    runs: int | None
    households: str | None
    seed: int
    seeds: int | None
    workers: int | None
    out: Path
    quick: bool
    ship: bool
    quiet: bool
    as_json: bool


def carry_out(wish: Wish) -> None:
    """Calibrate, write what was found, and say it."""
    from model.calibration.files import write_all
    from model.calibration.living import calibrate
    from model.calibration.outcome import outcome
    from model.calibration.shipped import ship, texts
    from model.plan import RunError

    began = time.perf_counter()
    for library in ("SALib", "sklearn"):
        if find_spec(library) is None:
            raise RunError(
                f"calibrate needs {library}, which is not installed: pip install 'collectivisation[calibration]'."
            )
    settings = _settings(wish)
    if wish.ship and wish.quick:
        raise RunError("ship: a quick calibration only shows that everything works; leave --quick or --ship out.")
    announce(settings.households, quiet=wish.quiet)
    with watched("Calibration", wish.out, quiet=wish.quiet) as watch:
        found = outcome(
            calibrate(
                settings,
                wish.out,
                workers=wish.workers,
                watch=watch,
                say=_silence if wish.quiet else say,
            )
        )
    record = _record(_seconds_in_all(wish.out, time.perf_counter() - began))
    files = write_all({wish.out / name: text for name, text in texts(found, record).items()})
    files += _draw(found, wish.out, f"seed {settings.seed} · {sum(found.facts['runs'].values()):,} runs")
    if wish.ship:
        files += ship(found, record)
    if wish.as_json:
        answer = record | found.as_json() | {"files": [str(file) for file in files]}
        print_json(answer)
    elif not wish.quiet:
        _report(found, wish, record["seconds"])


def _silence(_: str) -> None:
    """Say nothing."""


def _settings(wish: Wish) -> Settings:
    """Lay what was asked for over the usual settings, or over those of a quick look."""
    from model.calibration.living import QUICK
    from model.calibration.waves import Settings
    from model.plan import number_of_households

    asked: dict[str, Any] = {"waves": wish.waves, "runs": wish.runs, "seeds": wish.seeds, "seed": wish.seed}
    if wish.households is not None:
        asked["households"] = number_of_households(wish.households)
    return Settings(**((QUICK if wish.quick else {}) | {name: one for name, one in asked.items() if one is not None}))


def _seconds_in_all(out: Path, seconds: float) -> float:
    """Add this call to the earlier ones of the same calibration: one that was stopped, or is shipped, took both."""
    from model.calibration.files import write_all
    from model.calibration.living import MARK
    from model.calibration.waves import DESIGNS

    known = (out / DESIGNS / MARK).read_text(encoding="utf-8").strip()
    file = out / DESIGNS / "seconds.txt"
    before = file.read_text(encoding="utf-8").split() if file.exists() else []
    whole = seconds + (float(before[1]) if len(before) == 2 and before[0] == known else 0.0)
    write_all({file: f"{known} {whole:.1f}\n"})
    return whole


def _record(seconds: float) -> dict[str, Any]:
    """Return where the numbers come from; the folder and the machine's name are nobody's business."""
    import os
    from datetime import UTC, datetime

    from model.ensemble.variant import engine
    from model.results.provenance import commit, versions

    return {
        "engine": engine(),
        "commit": commit(),
        "versions": versions(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "processors": os.cpu_count(),
    }


def _draw(found: Outcome, out: Path, ran: str) -> list[Path]:
    from model.figures import posterior_ranges, save

    return save(posterior_ranges(found.constants, ran=ran), out / CHART)


def _report(found: Outcome, wish: Wish, seconds: float) -> None:
    """Print the new defaults, the fit by series, and what the data do not pin down."""
    from rich.table import Table

    terminal = console()
    constants = Table(box=None, pad_edge=False)
    for heading in ("constant", "plausible", "declared", "centre", "90 % of the posterior", "prior left"):
        constants.add_column(heading, justify="left" if heading == "constant" else "right")
    for name, one in found.constants.iterrows():
        constants.add_row(
            str(name), f"{one.prior_low:.4g} to {one.prior_high:.4g}", f"{one.declared:.4g}", f"{one.centre:.4g}",
            f"{one.p05:.4g} to {one.p95:.4g}", f"{100 * one.remaining:.0f} %",
        )  # fmt: skip
    terminal.print("[bold]New defaults[/bold]: the centre is the vector of the set that fits best under fresh seeds")
    terminal.print(constants)
    series = Table(box=None, pad_edge=False)
    for heading in ("series", "figures", "declared", "posterior", "least of all runs", ""):
        series.add_column(heading, justify="right" if heading not in {"series", ""} else "left")
    for name, one in found.series.iterrows():
        series.add_row(
            str(name), f"{one.figures}", f"{one.declared:.1f}", f"{one.posterior:.1f}", f"{one.least:.1f}",
            "" if one.met else "not met: this needs a mechanism, not a number",
        )  # fmt: skip
    terminal.print("\n[bold]Fit[/bold]: root mean square distance in standard deviations of observation and model")
    terminal.print(series)
    off = found.figures[found.figures.sigma.abs() > MISSED]
    missed = ", ".join(f"{name} {sigma:+.1f}" for name, sigma in off.sigma.items())
    terminal.print(f"\nFigures off by more than {MISSED:g} sigma in the posterior's median: {missed or 'none'}.")
    facts = found.facts
    terminal.print(
        f"{facts['vectors_kept']} of {facts['vectors_lived']} vectors are kept (cut {facts['cut_used']:.2g} sigma on "
        f"the second-worst series, {facts['cut']:g} was asked for), worth {facts['effective_vectors']:.0f} by weight."
    )
    free = [str(name) for name in found.constants.index[found.constants.remaining >= NOTHING_LEARNT]]
    terminal.print(f"What the data do not pin down: {', '.join(free) or 'nothing'}.")
    for tie in found.ties.head(5).itertuples():
        terminal.print(f"Trade-off: {tie.one} and {tie.other}, correlation {tie.correlation:+.2f}.")
    terminal.print(f"{wish.out}: posterior.csv, posterior.json, {CHART}. {seconds / 60.0:.1f} minutes.", markup=False)
    if wish.ship:
        terminal.print("Shipped with the package; now renew docs/parameters.md by python -m model.policy.schema.")
