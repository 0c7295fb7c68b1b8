"""Does a country of few households come to the same as one of many? Runs of many seeds at many sizes.

`python -m benchmarks.scale --write` lives the historical run at 900 to 25.6 million households and writes
`docs/scale.md` with its chart `docs/spread.png`. Every run is kept in `docs/scale.csv` as soon as it is over, so a
run that was stopped goes on where it was; rows of another state of the model are left out and lived again.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if not __package__:
    sys.path.insert(0, str(ROOT))  # called as a file, from a checkout that is not installed

from benchmarks.mechanisms import COLUMNS, KAZAKHSTAN, OTHERS, UKRAINE, Column, end, over  # noqa: E402  # after the path
from model import run  # noqa: E402  # the same

RUNS, PAGE, PICTURE = ROOT / "docs" / "scale.csv", ROOT / "docs" / "scale.md", ROOT / "docs" / "spread"
SIZES = (900, 3_000, 6_000, 12_500, 25_000, 50_000, 100_000, 250_000, 2_500_000, 25_600_000)
SEEDS = 24
AT_ONE_SIZE = 5_000_000
"""Households to live at one size, over all its seeds; one seed at least."""

_FIVE_YEARS = ("1930-01", "1934-12")
OUTCOMES: dict[str, Column] = {
    "deaths": COLUMNS["deaths"],
    "deaths_1933": Column("excess deaths 1933, million", over("excess_deaths", "1933-01", "1933-12", 1e6), ".2f"),
    "ukraine": Column("of 1930-34: Ukraine, million", over("excess_deaths", *_FIVE_YEARS, 1e6, UKRAINE), ".2f"),
    "kazakhstan": Column(
        "of 1930-34: Kazakhstan, million", over("excess_deaths", *_FIVE_YEARS, 1e6, KAZAKHSTAN), ".2f"
    ),
    "harvest": COLUMNS["harvest"],
    "procured_1931": OTHERS["procured_1931"],
    "procured": COLUMNS["procured"],
    "cattle": COLUMNS["cattle"],
    "march_1930": Column("collectivised March 1930, %", end("collectivised_share", "1930-03", 0.01), ".1f"),
    "share_1931": Column("collectivised end 1931, %", end("collectivised_share", "1931-12", 0.01), ".1f"),
    "riots": COLUMNS["riots"],
    "exiled": Column("households exiled 1930-34, 1,000", over("households_exiled", *_FIVE_YEARS, 1e3), ".0f"),
    "towns": COLUMNS["towns"],
}


def state_of_the_model() -> str:
    """Name what the numbers depend on: code (without comments and docstrings), record and scenario."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "model").rglob("*.py")):
        if file.relative_to(ROOT / "model").parts[0] not in {"cli", "figures"}:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                    node.value.value = ""
            digest.update(ast.dump(tree).encode())
    for file in (*sorted((ROOT / "model" / "history" / "data").glob("*.csv")), ROOT / "scenarios" / "historical.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


class Size(NamedTuple):
    """What came out at one number of households [seeds] by outcome."""

    households: int
    found: dict[str, np.ndarray]

    @property
    def seeds(self) -> int:
        """How many seeds were lived."""
        return len(self.found["deaths"])

    def mean(self, outcome: str) -> float:
        """Return the mean over seeds."""
        return float(self.found[outcome].mean())

    def spread(self, outcome: str) -> float:
        """Return the standard deviation between seeds; not a number with fewer than three."""
        return float(self.found[outcome].std(ddof=1)) if self.seeds > 2 else float("nan")


def kept(state: str) -> list[dict[str, str]]:
    """Read the runs of this state of the model that are over."""
    if not RUNS.exists():
        return []
    with RUNS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["model"] == state and set(OUTCOMES) <= set(row)]


def keep(rows: Sequence[dict[str, str]]) -> None:
    """Write all runs, by number of households and seed."""
    with RUNS.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["model", "households", "seed", *OUTCOMES], lineterminator="\n")
        table.writeheader()
        table.writerows(sorted(rows, key=lambda row: (int(row["households"]), int(row["seed"]))))


def live(sizes: Sequence[int], seeds: int, threads: int | None) -> list[Size]:
    """Live what is still missing, the small countries first; return all sizes that are known."""
    state = state_of_the_model()
    rows = kept(state)
    over_already = {(int(row["households"]), int(row["seed"])) for row in rows}
    for households in sorted(sizes):
        for seed in range(1, min(seeds, max(1, AT_ONE_SIZE // households)) + 1):
            if (households, seed) not in over_already:
                sys.stderr.write(f"{households:,} households, seed {seed}\n")
                data = run("historical", households=households, seed=seed, threads=threads)
                read = {name: f"{float(np.ravel(one.read(data))[0]):.6g}" for name, one in OUTCOMES.items()}
                rows.append({"model": state, "households": str(households), "seed": str(seed), **read})
                keep(rows)
    known = sorted({int(row["households"]) for row in rows})
    return [
        Size(
            n, {name: np.array([float(row[name]) for row in rows if int(row["households"]) == n]) for name in OUTCOMES}
        )
        for n in known
    ]


def main() -> None:
    """Live, print, and write the page if that is asked for."""
    parser = argparse.ArgumentParser(description="Compare countries of few and of many households.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of households")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="seeds at each size; fewer at the largest")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--write", action="store_true", help="write docs/scale.md and its chart")
    asked = parser.parse_args()
    known = live(asked.sizes, asked.seeds, asked.threads)

    from benchmarks import spread  # after the runs, so that they do not wait for a chart

    sys.stdout.write(spread.table(known) + "\n\n" + spread.disagreements(known) + "\n")
    if asked.write:
        PAGE.write_text(spread.page(known), encoding="utf-8")
        chart = spread.draw(known)
        for kind in ("png", "svg"):
            chart.savefig(PICTURE.with_suffix(f".{kind}"), metadata={"Date": None} if kind == "svg" else None)


if __name__ == "__main__":
    main()
