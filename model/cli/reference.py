"""The command `reference`: live the whole library and every set of policies, keep small tables, charts and the page."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.cli.terminal import console
from model.cli.watching import RUNS, announce, watched
from model.cli.writing import csv_of, draw_into, prepare_page, print_json

if TYPE_CHECKING:
    from model.comparison import Attribution, Contest

YEARS, ABOUT, OUTCOMES, SHARES = "years", "reference.json", "runs.csv", "attribution.csv"
"""What lies in the folder: years/SCENARIO.csv, what was lived, the outcomes of every run, the shares of policies."""
PICTURES = ("png",)  # what is checked in is small


@dataclass(frozen=True, slots=True)
class Asked:
    """Reference results as they were asked for; None takes the default."""

    seeds: int
    sharing_seeds: int
    households: str | None
    out: Path
    workers: int | None
    page: Path | None
    quiet: bool
    as_json: bool


def carry_out(asked: Asked) -> None:
    """Live what is missing, write, tell."""
    from model.comparison import Inquiry, attribute, hold
    from model.comparison.attribution import HOUSEHOLDS as FEWER
    from model.comparison.library import BASELINE, library
    from model.plan import HOUSEHOLDS, number_of_households

    began = time.perf_counter()
    given = None if asked.households is None else number_of_households(asked.households)
    wish = library(asked.seeds, HOUSEHOLDS if given is None else given)
    inquiry = Inquiry(BASELINE, asked.sharing_seeds, 0, FEWER if given is None else given)
    prepare_page(asked.page)
    announce(inquiry.households, quiet=asked.quiet)
    with watched("Library", asked.out, quiet=asked.quiet) as watch:
        contest = hold(wish, store=asked.out / RUNS, workers=asked.workers, progress=watch)
    with watched("Sets of policies", asked.out, quiet=asked.quiet) as watch:
        shares = attribute(inquiry, store=asked.out / RUNS, workers=asked.workers, progress=watch)
    files = _write(contest, shares, asked.out)
    if asked.page is not None:
        from model.cli.what_if_page import write_page

        files.append(write_page(asked.page, asked.out))
    seconds = time.perf_counter() - began
    if asked.as_json:
        print_json(_plain(asked.out) | {"wall_seconds": round(seconds, 1), "files": [str(file) for file in files]})
    elif not asked.quiet:
        _show(asked.out, len(files), seconds)


def _write(contest: Contest, shares: Attribution, out: Path) -> list[Path]:
    """Write the tables, each file whole or not at all, and the charts; the same runs give the same bytes."""
    from model import __version__
    from model.calibration.files import write_all
    from model.cli.attributing import CLAIMS_TABLE, claims_table, draw_shares
    from model.cli.comparing import rivals_of
    from model.comparison.contest import SEEDS
    from model.comparison.library import FOREMOST, TOLD, by_year, fingerprint, outcomes_of
    from model.figures import album
    from model.figures.library import library_overview

    about = {
        "made_by": "collectivisation reference",
        "version": __version__,
        "seeds": contest.wish.seeds,
        "households": contest.wish.households,
        "scenarios": {one.name: {"title": one.title, "orders": fingerprint(one)} for one in contest.scenarios},
        "sharing": {
            "seeds": shares.inquiry.seeds,
            "households": shares.inquiry.households,
            "instead": {one.title: one.text for one in shares.policies},
        },
    }
    kept, table = outcomes_of(contest), shares.table()
    texts = {
        out / ABOUT: json.dumps(about, indent=2, ensure_ascii=False) + "\n",
        out / OUTCOMES: csv_of(kept),
        out / "comparison.csv": csv_of(contest.table(), figures=6),
        out / SHARES: csv_of(table, figures=6),
    }
    for name, runs in contest.runs[SEEDS].items():
        texts[out / YEARS / f"{name}.csv"] = csv_of(by_year(runs), figures=6)
    texts[out / CLAIMS_TABLE] = csv_of(claims_table())
    files = write_all(texts)

    def draw(stage: Path) -> list[Path]:
        shown = [one for name in FOREMOST for one in TOLD if one.name == name]
        overview = library_overview(rivals_of(contest, shown))
        return [*album.save(overview, stage / "overview", PICTURES), *draw_shares(shares, table, stage, PICTURES)]

    return files + draw_into(out, draw)


def _plain(out: Path) -> dict[str, Any]:
    """Return the verdicts as plain data."""
    import pandas as pd

    from model.comparison.sayings import SAYINGS, verdict

    kept = pd.read_csv(out / OUTCOMES)
    about = json.loads((out / ABOUT).read_text(encoding="utf-8"))
    found = []
    for one in SAYINGS:
        said = verdict(one, kept)
        number = {} if said.told is None else {"mean": said.told.mean, "low": said.told.low, "high": said.told.high}
        found.append({"scenario": one.scenario, "claim": one.text, "source": one.source, "verdict": said.word} | number)
    return {"seeds": about["seeds"], "households": about["households"], "claims": found}


def _show(out: Path, files: int, seconds: float) -> None:
    """Print how the library stands to the literature, and where the files are."""
    from collections import Counter

    terminal = console()
    words = Counter(one["verdict"] for one in _plain(out)["claims"])
    told = ", ".join(f"{word} {times}" for word, times in words.most_common())
    terminal.print(f"Claims of the literature on the library: {told}.", markup=False)
    terminal.print(f"{out}: {files} tables and charts. {seconds:.0f} s.", markup=False)
