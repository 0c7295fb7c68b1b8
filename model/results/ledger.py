"""Recording a country month by month, and the ledgers which prove that nothing came from nowhere.

`Recorder` keeps the readings of every month; `check` asks of a finished Dataset, month by month and region by region,
whether closing stock less opening stock is what came in less what went out: grain, State grain, people, livestock; and
whether the bins of every distribution add up to the people and households that were there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.calendar import START, Month
from model.history import N_REGIONS, REGION_IDS
from model.results.distributions import DISTRIBUTIONS, uncounted
from model.results.variables import HERDS, VARIABLES

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One account: what stands, what comes in, what goes out."""

    name: str
    unit: str
    stocks: tuple[str, ...]
    incomes: tuple[str, ...]
    expenses: tuple[str, ...]
    tolerance: float  # largest gap that is still rounding [share of what passed through the account]

    @property
    def scope(self) -> str:
        """`region` or `ussr`; an account of the whole country takes the sums of regional flows."""
        return VARIABLES[self.stocks[0]].scope


ROUNDING = 1e-5  # columns are kept in single precision and summed in double
EXACT = 1e-9  # persons are whole

LEDGERS = (
    Ledger(
        "grain in villages",
        "t",
        ("grain_barns", "grain_concealed", "grain_pools", "grain_market"),
        ("harvest", "relief", "seed_loans", "rural_rations"),
        ("seed_used", "fodder_used", "grain_eaten", "procured", "grain_sold", "grain_burnt", "grain_lost"),
        ROUNDING,
    ),
    Ledger(
        "grain of the State",
        "t",
        ("grain_state",),
        ("procured", "grain_imported"),
        (
            "grain_exported",
            "grain_to_towns",
            "grain_army",
            "grain_industry",
            "grain_transport",
            "grain_state_farms",
            "grain_camps",
            "relief",
            "seed_loans",
            "rural_rations",
            "grain_unnamed",
            "grain_state_lost",
        ),
        ROUNDING,
    ),
    Ledger(
        "people in villages",
        "persons",
        ("rural_population",),
        ("rural_births", "persons_returned"),
        ("rural_deaths", "net_rural_urban_migration", "persons_exiled", "persons_arrested", "nomads_gone"),
        EXACT,
    ),
    Ledger(
        "people in towns",
        "persons",
        ("urban_population",),
        ("urban_births", "urban_net_arrivals", "urban_from_exile"),
        ("urban_deaths",),
        EXACT,
    ),
    *(
        Ledger(
            herd.replace("_", " and "),
            "heads",
            (herd,),
            (f"born_{herd}",),
            (f"died_{herd}", f"slaughtered_{herd}", f"delivered_{herd}"),
            ROUNDING,
        )
        for herd in HERDS
    ),
)

OPENING = tuple(dict.fromkeys(stock for ledger in LEDGERS for stock in ledger.stocks))


class NoNumberError(ArithmeticError):
    """A month was reckoned to something that is no number; the message is one sentence."""


class Recorder:
    """The readings of every month, in arrays made before the first one."""

    def __init__(self, months: int) -> None:
        """Make room for `months` months of every declared variable."""
        self.months = months
        found: dict[str, Array] = {}
        self._sheets: list[tuple[tuple[str, ...], Array]] = []  # one for each scope: a month is kept in two strokes
        for scope, places in (("region", (N_REGIONS,)), ("ussr", ())):
            names = tuple(name for name, variable in VARIABLES.items() if variable.scope == scope)
            sheet = np.full((len(names), months, *places), np.nan)
            self._sheets.append((names, sheet))
            found |= zip(names, sheet, strict=True)
        self.values = {name: found[name] for name in VARIABLES}

    def record(self, row: int, readings: Mapping[str, Array | float]) -> None:
        """Keep one month's readings; a name that is missing or that nobody declared is our own mistake.

        What is not finite would spoil every sum after it: `NoNumberError` says which reading it is, and where.
        """
        if row == 0 and readings.keys() != VARIABLES.keys():
            missing, unknown = VARIABLES.keys() - readings.keys(), readings.keys() - VARIABLES.keys()
            raise KeyError(f"readings and model/results/variables.py differ: missing {missing}, undeclared {unknown}")
        for names, sheet in self._sheets:
            month = np.array([readings[name] for name in names], dtype=np.float64)
            if not np.isfinite(month).all():
                name, *place = np.argwhere(~np.isfinite(month))[0].tolist()
                where = "".join(f" of {REGION_IDS[region]}" for region in place)
                raise NoNumberError(f"{names[name]}{where} is no finite number")
            sheet[:, row] = month

    def dataset(self, start: Month, opening: Mapping[str, Array | float], attributes: Mapping[str, Any]) -> xr.Dataset:
        """Label what was recorded: dimensions `month` and `region`, units and meaning beside every variable.

        start     first month that is kept; ledgers then open with the stocks of the month before
        opening   stocks before the first month of all
        """
        import xarray as xr

        skipped = start.index - START.index
        first = np.datetime64(str(start), "M")
        months = (first + np.arange(self.months - skipped)).astype("datetime64[ns]")
        if skipped:
            opening = {name: self.values[name][skipped - 1] for name in OPENING}
        dimensions = {"region": ("month", "region"), "ussr": ("month",)}
        variables: dict[str, Any] = {}
        for name, values in self.values.items():
            one = VARIABLES[name]
            notes = {"units": one.unit, "long_name": one.long_name, "kind": one.kind}
            variables[name] = (dimensions[one.scope], values[skipped:], notes)
        for name in OPENING:
            one = VARIABLES[name]
            notes = {"units": one.unit, "long_name": f"{one.long_name}, before the first month", "kind": "opening"}
            here = ("region",) if one.scope == "region" else ()
            variables[f"opening_{name}"] = (here, np.array(opening[name], dtype=np.float64), notes)
        return xr.Dataset(variables, coords={"month": months, "region": list(REGION_IDS)}, attrs=dict(attributes))


@dataclass(frozen=True, slots=True)
class Balance:
    """How well one ledger closed over a whole run."""

    ledger: str
    unit: str
    gap: float  # largest gap of any month and region [unit]
    relative: float  # the same over what passed through the account
    closes: bool


def _values(dataset: xr.Dataset, name: str) -> Array:
    return np.asarray(dataset[name].values, dtype=np.float64)


def gaps(dataset: xr.Dataset, ledger: Ledger) -> tuple[Array, Array]:
    """Return the gap of every month [.., month, region] and what passed through the account, both in its unit."""
    regional = ledger.scope == "region"

    def flow(name: str) -> Array:
        values = _values(dataset, name)
        return values.sum(axis=-1) if VARIABLES[name].scope == "region" and not regional else values

    axis = -2 if regional else -1
    closing = sum((_values(dataset, name) for name in ledger.stocks), np.zeros(()))
    before = sum((_values(dataset, f"opening_{name}") for name in ledger.stocks), np.zeros(()))
    opening = np.roll(closing, 1, axis=axis)
    if regional:
        opening[..., 0, :] = before
    else:
        opening[..., 0] = before
    income = sum((flow(name) for name in ledger.incomes), np.zeros(()))
    expense = sum((flow(name) for name in ledger.expenses), np.zeros(()))
    return closing - opening - income + expense, np.abs(opening) + np.abs(income) + np.abs(expense)


def check(dataset: xr.Dataset) -> tuple[Balance, ...]:
    """Close every ledger of a run, also of one read back from its file; a value that is no number does not close."""
    balances = []
    for ledger in LEDGERS:
        gap, passed = gaps(dataset, ledger)
        worst = float(np.max(np.abs(gap)))
        relative = float(np.max(np.abs(gap) / np.maximum(passed, 1.0)))
        balances.append(Balance(ledger.name, ledger.unit, worst, relative, bool(relative <= ledger.tolerance)))
    left = _values(dataset, "net_rural_urban_migration").sum(axis=-1)
    arrived = _values(dataset, "urban_net_arrivals").sum(axis=-1)
    gap, passed = np.abs(left - arrived), np.maximum(np.abs(left), 1.0)
    worst, relative = float(gap.max()), float((gap / passed).max())
    balances.append(Balance("road from villages to towns", "persons", worst, relative, relative <= EXACT))
    for unit in ("persons", "households"):
        spread = [one for one in DISTRIBUTIONS.values() if one.unit == unit and one.name in dataset]
        if spread:
            pairs = [uncounted(dataset, one) for one in spread]
            worst = max(float(gap.max()) for gap, _ in pairs)
            relative = max(float((gap / np.maximum(total, 1.0)).max()) for gap, total in pairs)
            balances.append(Balance(f"{unit} in all bins", unit, worst, relative, relative <= EXACT))
    return tuple(balances)


def sentence(balances: tuple[Balance, ...]) -> str:
    """Say in one line whether all ledgers close."""
    broken = [balance for balance in balances if not balance.closes]
    if not broken:
        largest = max(balance.relative for balance in balances)
        return f"All {len(balances)} ledgers close every month and region (largest gap {largest:.0e} of what passed)."
    named = "; ".join(f"{balance.ledger} by up to {balance.gap:,.6g} {balance.unit}" for balance in broken)
    return f"Ledgers that do not close: {named}."
