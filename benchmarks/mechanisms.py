"""What does each mechanism do? The historical run, and the same run with one mechanism switched off after the other.

`python -m benchmarks.mechanisms` prints two Markdown tables: what came out, and whether the change goes where the
literature says. With `--write` they take the place of those in `docs/model.md`, between the two marks of ablation.
Figures are medians over seeds; a household has the same luck in both runs, so differences are taken seed by seed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
if not __package__:
    sys.path.insert(0, str(ROOT))  # called as a file, from a checkout that is not installed

import xarray as xr  # noqa: E402  # after the path

from model import Scenario, run  # noqa: E402  # the same
from model.policy.mechanisms import MECHANISMS  # noqa: E402  # the same
from model.results.series import national  # noqa: E402  # the same

PAGE = ROOT / "docs" / "model.md"
BEGIN, END = "<!-- ablation -->", "<!-- end of ablation -->"

Seeds = np.ndarray[tuple[int], np.dtype[np.float64]]
Reading = Callable[[xr.Dataset], Seeds]
UKRAINE = ("ukraine_right_bank", "ukraine_left_bank", "ukraine_steppe")
KAZAKHSTAN = ("kazakhstan",)


def over(name: str, first: str, last: str, scale: float, places: Sequence[str] = ()) -> Reading:
    """Sum a flow over months, for the country or some regions [members]."""

    def read(data: xr.Dataset) -> Seeds:
        part = data.sel(month=slice(first, last))
        values = part[name].sel(region=list(places)).sum("region").values if places else national(part, name)
        return np.asarray(values.sum(axis=-1) / scale)

    return read


def mean(name: str, first: str, last: str) -> Reading:
    """Mean over months for the country [members]."""
    return lambda data: np.asarray(national(data.sel(month=slice(first, last)), name).mean(axis=-1))


def end(name: str, month: str, scale: float) -> Reading:
    """Read what stands at the end of a month, for the country [members]."""
    return lambda data: np.asarray(national(data.sel(month=slice(month, month)), name)[..., 0] / scale)


class Column(NamedTuple):
    """A measured quantity: what its column is called, how to read it, how to print it."""

    head: str
    read: Reading
    form: str


COLUMNS = {
    "deaths": Column("excess deaths 1930-34, million", over("excess_deaths", "1930-01", "1934-12", 1e6), ".2f"),
    "harvest": Column("harvest 1932, Mt", over("harvest", "1932-07", "1933-06", 1e6), ".1f"),
    "procured": Column("procured 1932/33, Mt", over("procured", "1932-07", "1933-06", 1e6), ".1f"),
    "exports": Column("grain exports 1930-33, Mt", over("grain_exported", "1930-01", "1933-12", 1e6), ".1f"),
    "cattle": Column("cattle mid-1933, million", end("cattle", "1933-06", 1e6), ".1f"),
    "share_1930": Column("collectivised Sept 1930, %", end("collectivised_share", "1930-09", 0.01), ".0f"),
    "share_1931": Column("collectivised end 1931, %", end("collectivised_share", "1931-12", 0.01), ".0f"),
    "riots": Column("disturbances 1930", over("disturbances", "1930-01", "1930-12", 1.0), ",.0f"),
    "towns": Column("urban people end 1938, million", end("urban_population", "1938-12", 1e6), ".1f"),
    "output": Column(
        "industrial output 1937, 1928 = 100", mean("industrial_output_index", "1937-01", "1937-12"), ".0f"
    ),
    "machines": Column(
        "machinery imports 1930-33, million gold roubles",
        over("machinery_imports", "1930-01", "1933-12", 1e6),
        ",.0f",
    ),
}
"""The columns of the first table."""

OTHERS = {
    "bought": Column("procured 1927/28 and 1928/29, Mt", over("procured", "1927-07", "1929-06", 1e6), ".1f"),
    "rural": Column(
        "excess deaths in villages, million", over("rural_excess_deaths", "1930-01", "1934-12", 1e6), ".2f"
    ),
    "urban": Column("excess deaths in towns, million", over("urban_excess_deaths", "1930-01", "1934-12", 1e6), ".2f"),
    "ukraine": Column(
        "excess deaths in Ukraine, million", over("excess_deaths", "1930-01", "1934-12", 1e6, UKRAINE), ".2f"
    ),
    "kazakhstan": Column(
        "excess deaths in Kazakhstan, million", over("excess_deaths", "1930-01", "1934-12", 1e6, KAZAKHSTAN), ".2f"
    ),
    "settlers": Column(
        "deaths in special settlements 1930-34, million",
        over("special_settler_deaths", "1930-01", "1934-12", 1e6),
        ".2f",
    ),
    "plan": Column("procurement plan 1931/32, Mt", over("procurement_plan", "1931-07", "1932-06", 1e6), ".1f"),
    "procured_1931": Column("procured 1931/32, Mt", over("procured", "1931-07", "1932-06", 1e6), ".1f"),
}
"""What else the second table needs."""


class Claim(NamedTuple):
    """What the literature leads one to expect when a mechanism is off: quantities with the sign of their change."""

    clause: str
    source: str
    signs: dict[str, int]


CLAIMS = {
    "fields_effort": Claim(
        "careless tillage cost much of the harvests of 1931-32", "DW2004", {"harvest": +1, "deaths": -1}
    ),
    "nep_market": Claim(
        "falling prices of the State made the procurement crisis of 1927-29", "JASNY1949", {"bought": +1}
    ),
    "procurement": Claim(
        "procurement took the food of villages, and filled the ships",
        "DW2004; MNQ2021",
        {"procured": -1, "rural": -1, "exports": -1},
    ),
    "concealment": Claim(
        "hiding grain was how villages kept some of it", "VIOLA1996", {"procured_1931": +1, "deaths": +1}
    ),
    "search": Claim(
        "the searches of the winter of 1932/33 killed, most of all in Ukraine",
        "KULCHYTSKY2007; PYRIH2007",
        {"ukraine": -1, "deaths": -1},
    ),
    "collectivisation": Claim(
        "collectivisation raised deaths, eased procurement and halved the herds",
        "NAUMENKO2021; DAVIES1980",
        {"deaths": -1, "procured": -1, "cattle": +1, "share_1931": -1},
    ),
    "unrest_and_retreat": Claim(
        "the risings of early 1930 forced the retreat", "VIOLA1996", {"share_1930": +1, "riots": -1}
    ),
    "livestock_slaughter": Claim(
        "peasants slaughtered rather than give up their animals", "DAVIES1980", {"cattle": +1}
    ),
    "nomad_settling": Claim(
        "forced settling cost the Kazakhs their herds and lives", "PIANCIOLA2004", {"kazakhstan": -1}
    ),
    "dekulakisation": Claim(
        "exile killed, and the fear of it filled the kolkhozy",
        "ZEMSKOV1994; IVNITSKII2000",
        {"settlers": -1, "share_1931": -1},
    ),
    "hunger_kills": Claim("hunger is what these deaths are counted by", "ADK1993", {"deaths": -1}),
    "leaving": Claim(
        "towns and industry grew by people from the villages", "HOFFMANN1991; ALLEN2003", {"towns": -1, "output": -1}
    ),
    "town_rations": Claim("towns starved too when the ration failed", "OSOKINA1999", {"urban": -1}),
    "trade_and_machines": Claim(
        "exports bought machines, most of them without grain; output would have been somewhat lower",
        "DOHAN1976; ALLEN2003",
        {"machines": -1, "exports": -1, "output": -1},
    ),
    "officials_beliefs": Claim(
        "plans made for harvests that did not exist took too much", "DW2004; MQY2015", {"plan": -1, "deaths": -1}
    ),
    "sharing": Claim(
        "neighbours' help spread want; nobody has measured how many it saved", "assumption", {"deaths": +1}
    ),
}


def measure(households: int, seeds: int, tell: Callable[[str], None]) -> dict[str, dict[str, Seeds]]:
    """Live the historical run with all mechanisms and without each of them; all quantities by run [members]."""
    history = Scenario.load("historical")
    runs = {"all at work": history} | {name: history.with_changes({"mechanisms": {name: False}}) for name in MECHANISMS}
    found = {}
    for name, scenario in runs.items():
        tell(name)
        data = run(scenario, households=households, seeds=seeds)
        found[name] = {key: np.atleast_1d(one.read(data)) for key, one in (COLUMNS | OTHERS).items()}
    return found


def outcomes(found: dict[str, dict[str, Seeds]]) -> list[str]:
    """Write the first table: what came out of each run."""
    lines = [
        "| without | " + " | ".join(one.head for one in COLUMNS.values()) + " |",
        "| --- |" + " ---: |" * len(COLUMNS),
    ]
    for name, values in found.items():
        row = (format(float(np.median(values[key])), one.form) for key, one in COLUMNS.items())
        shown = f"(nothing: {name})" if name not in MECHANISMS else f"`{name}`"
        lines.append(f"| {shown} | " + " | ".join(row) + " |")
    return lines


def _verdict(signs: dict[str, int], without: dict[str, Seeds], whole: dict[str, Seeds]) -> str:
    """Say whether all changes go where they should: in every seed, in the median only, or not."""
    judged = []
    for key, sign in signs.items():
        change = sign * (without[key] - whole[key])
        least = max(0.002 * abs(float(np.median(whole[key]))), 0.005)  # a change below 0.2 %, or 5,000 deaths, is none
        judged.append(2 if bool((change > least).all()) else int(float(np.median(change)) > least))
    if min(judged) == 2:
        return "yes"
    if min(judged) == 1:
        return "yes, not in every seed"
    return "in part" if max(judged) > 0 else "**no**"


def claims(found: dict[str, dict[str, Seeds]]) -> list[str]:
    """Write the second table: what the literature says, and what the model does."""
    whole = found["all at work"]
    lines = ["| without | the literature | source | the model | agrees |", "| --- | --- | --- | --- | --- |"]
    for name, claim in CLAIMS.items():
        changes = []
        for key, sign in claim.signs.items():
            one = (COLUMNS | OTHERS)[key]
            before, after = (float(np.median(side[key])) for side in (whole, found[name]))
            hoped = "up" if sign > 0 else "down"
            changes.append(f"{one.head}: {before:{one.form}} -> {after:{one.form}} (expected {hoped})")
        verdict = _verdict(claim.signs, found[name], whole)
        lines.append(f"| `{name}` | {claim.clause} | {claim.source} | {'; '.join(changes)} | {verdict} |")
    return lines


def page_with(table: str, text: str) -> str:
    """Put the table between the marks of a page; a page without them is refused."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"{PAGE.name} should hold {BEGIN} and, after it, {END}, once each.")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Run everything, print the tables, and write them into the page if that is asked for."""
    parser = argparse.ArgumentParser(description="Switch off one mechanism after the other and see what it did.")
    parser.add_argument("--households", type=int, default=25_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/model.md")
    asked = parser.parse_args()
    found = measure(asked.households, asked.seeds, lambda name: sys.stderr.write(f"{name}\n") and None)
    note = (
        f"Medians of {asked.seeds} seeds at {asked.households:,} households; written by "
        "`python -m benchmarks.mechanisms --write`."
    )
    table = "\n".join([note, "", *outcomes(found), "", *claims(found)])
    sys.stdout.write(table + "\n")
    if asked.write:
        PAGE.write_text(page_with(table, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
