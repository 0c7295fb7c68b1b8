"""The posterior set that is shipped with the package: vectors of constants that were lived and are not ruled out.

Any scenario can be lived over it: `scenario.with_changes({"behaviour": vector})` for every vector of `vectors(20)`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.plan import RunError

if TYPE_CHECKING:
    import pandas as pd

    from model.calibration.outcome import Outcome

DATA = Path(__file__).parent / "data"
POSTERIOR = DATA / "posterior.csv"
PROVENANCE = DATA / "posterior.json"
BESIDES = ("weight", "misfit", "worst")
"""Columns beside the constants: share of the posterior, minus twice the log likelihood, second largest distance."""


def posterior() -> pd.DataFrame:
    """Return the posterior set, one vector a row: a column for each constant, and those of `BESIDES`."""
    from model.calibration.files import read_table

    return read_table(_shipped(POSTERIOR))


@cache
def provenance() -> dict[str, Any]:
    """Return how the posterior was found: engine, seed, date, runs, targets and errors, fit, what stays open."""
    found: dict[str, Any] = json.loads(_shipped(PROVENANCE).read_text(encoding="utf-8"))
    return found


def vectors(n: int, seed: int = 1) -> list[dict[str, float]]:
    """Return `n` vectors drawn by weight, each a mapping that a scenario takes as its `behaviour`.

    Draws are systematic: a vector of weight w comes n x w times, rounded up or down by luck, so that few draws already
    spread over the set as many would. The same seed gives the same vectors.
    """
    import numpy as np

    if n < 1:
        raise RunError(f"posterior: {n} vectors cannot be drawn; write 1 or more.")
    table = posterior()
    constants = table.drop(columns=[name for name in BESIDES if name in table])
    luck = np.random.default_rng(seed)
    order = luck.permutation(len(table))
    reached = np.cumsum(table["weight"].to_numpy()[order])
    places = np.searchsorted(reached / reached[-1], (np.arange(n) + luck.random()) / n)
    rows = constants.iloc[order[np.minimum(places, len(order) - 1)]]
    return [{str(name): float(value) for name, value in row.items()} for row in rows.to_dict("records")]


def _shipped(file: Path) -> Path:
    if not file.exists():
        raise RunError("posterior: none is shipped with this version; collectivisation calibrate --ship makes one.")
    return file


def texts(found: Outcome, record: dict[str, Any]) -> dict[str, str]:
    """Return the files of an outcome by name: the set as a table, and everything else as its provenance."""
    return {
        POSTERIOR.name: found.posterior.to_csv(index=False, lineterminator="\n", float_format="%.6g"),
        PROVENANCE.name: json.dumps(record | found.as_json(), indent=1, ensure_ascii=False) + "\n",
    }


def ship(found: Outcome, record: dict[str, Any]) -> list[Path]:
    """Put an outcome in the package: the set, its provenance, and its centre as the defaults; all of them or none."""
    from model.calibration.files import write_all
    from model.policy.centre import CENTRE

    centre = {"engine": record["engine"], "written": record["written"], "constants": found.centre}
    files = {DATA / name: text for name, text in texts(found, record).items()}
    files[CENTRE] = json.dumps(centre, indent=1) + "\n"
    return write_all(files)
