"""A made-up country with plausible curves, so that the charts can be tried without the engine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from model import history
from model.results.distributions import DISTRIBUTIONS, Spread, censuses

MONTHS = np.arange("1927-07", "1940-01", dtype="datetime64[M]").astype("datetime64[ns]")
Build = Callable[..., xr.Dataset]


def _curve(**at: float) -> np.ndarray:
    """Join the values given for decimal years (y1930_5=…) by straight lines [month]."""
    years = [float(key[1:].replace("_", ".")) for key in at]
    return np.interp(1927.5 + np.arange(150) / 12, years, list(at.values()))


def _country(members: int | None = None, seed: int = 1) -> xr.Dataset:  # noqa: PLR0915 - one line a variable
    rng = np.random.default_rng(seed)
    table = history.regions()
    shape = (members or 1, 150, 18)
    month_of_year = (np.arange(150) + 6) % 12 + 1
    time = 1927.5 + np.arange(150) / 12
    luck = 1 + 0.03 * rng.standard_normal((members or 1, 1, 18))
    data: dict[str, tuple[tuple[str, ...], np.ndarray]] = {}

    def region(name: str, values: np.ndarray) -> None:
        data[name] = (("member", "month", "region"), np.broadcast_to(values, shape) * luck)

    def ussr(name: str, values: np.ndarray) -> None:
        noise = 1 + 0.02 * rng.standard_normal((members or 1, 1))
        data[name] = (("member", "month"), np.broadcast_to(values, shape[:2]) * noise)

    by_month = lambda values: np.asarray(values)[:, None]  # noqa: E731
    season = np.isin(month_of_year, [7, 8, 9]) / 3
    weather = np.repeat(history.weather(), 12, axis=0)[:150]
    area = table.sown_grain_1928 * 1000
    norm = area * table.mean_yield_1925_29
    harvest = season[:, None] * norm * weather * by_month(_curve(y1927=1, y1929=1, y1932=0.8, y1934=0.95, y1939=1.1))
    region("harvest", harvest)
    region("reported_harvest", harvest * by_month(_curve(y1927=1, y1932=1.1, y1933=1.25, y1939=1.25)))
    taken = np.isin(month_of_year, [8, 9, 10, 11, 12]) / 5
    rate = _curve(y1927=0.15, y1929=0.2, y1930=0.28, y1931_6=0.38, y1932_6=0.33, y1939=0.35)
    year_harvest = np.repeat(np.add.reduceat(harvest, np.arange(0, 150, 12), axis=0), 12, axis=0)[:150]
    procured = year_harvest * by_month(taken * rate)
    region("procured", procured)
    region("procurement_plan", procured * 1.1)
    rural = table.rural_pop_1926 * 1000 * by_month(_curve(y1927=1.01, y1930_5=1.06, y1932=1.03, y1934=0.96, y1940=0.95))
    urban = table.urban_pop_1926 * 1000 * by_month(_curve(y1927=1.02, y1930=1.2, y1933=1.55, y1934=1.55, y1940=2.2))
    flows = {
        "grain_eaten": 0.24 / 12 * rural,
        "seed_used": 0.13 * year_harvest * by_month(np.isin(month_of_year, [4, 5]) / 2),
        "fodder_used": 0.17 / 12 * year_harvest,
        "grain_lost": 0.05 / 12 * year_harvest,
        "grain_burnt": 0.001 * procured,
        "relief": 0.01 * procured,
        "seed_loans": 0.02 * procured,
        "rural_rations": 0.05 * procured,
        "grain_sold": 0.02 * procured,
    }
    for name, values in flows.items():
        region(name, values)
    ins = ("harvest", "relief", "seed_loans", "rural_rations")
    outs = ("seed_used", "fodder_used", "grain_eaten", "procured", "grain_sold", "grain_burnt", "grain_lost")
    change = sum(data[n][1] for n in ins) - sum(data[n][1] for n in outs)
    stock = 0.5 * norm + np.cumsum(change, axis=1)
    for name, part in {"grain_barns": 0.8, "grain_concealed": 0.05, "grain_pools": 0.1, "grain_market": 0.05}.items():
        data[name] = (("member", "month", "region"), stock * part)
        data[f"opening_{name}"] = (("member", "region"), 0.5 * norm * part * np.ones((members or 1, 1)))
    total = procured.sum(axis=1)
    uses = {
        "grain_exported": 0.15,
        "grain_army": 0.04,
        "grain_industry": 0.05,
        "grain_transport": 0.05,
        "grain_state_farms": 0.03,
        "grain_camps": 0.01,
        "grain_state_lost": 0.02,
    }
    for name, part in uses.items():
        ussr(name, total * part)
    ussr("grain_imported", 0.0 * total)
    region("grain_to_towns", 0.18 / 12 * urban)
    given = ("grain_to_towns", "relief", "seed_loans", "rural_rations")
    state = data["procured"][1].sum(axis=2) - sum(data[n][1].sum(axis=2) for n in given) - sum(data[n][1] for n in uses)
    data["grain_state"] = (("member", "month"), 2e6 + np.cumsum(state, axis=1))
    data["opening_grain_state"] = (("member",), np.full(members or 1, 2e6))
    region("sown_area", np.broadcast_to(area, (150, 18)))
    for kind, low, last in (
        ("horses", 0.48, 0.53),
        ("cattle", 0.55, 0.9),
        ("pigs", 0.45, 1.2),
        ("sheep_goats", 0.35, 0.7),
    ):
        herd = (
            getattr(table, f"{kind}_1928")
            * 1000
            * by_month(_curve(y1927=0.97, y1929=1, y1930=0.8, y1933=low, y1939=last))
        )
        region(kind, herd)
        region(f"common_{kind}", herd * by_month(_curve(y1929=0, y1930_2=0.5, y1930_7=0.2, y1932=0.5)))
        region(f"slaughtered_{kind}", herd * 0.02)
        region(f"died_{kind}", herd * 0.005)
    share = _curve(
        y1927_5=0.008,
        y1929_4=0.04,
        y1929_8=0.08,
        y1930_16=0.56,
        y1930_3=0.3,
        y1930_6=0.23,
        y1931=0.26,
        y1931_6=0.58,
        y1933=0.64,
        y1937=0.93,
    )
    region("collectivised_share", np.clip(by_month(share) * (0.8 + 0.4 * rng.random(18)), 0, 0.99))
    region("households", table.peasant_households_1928 * 1000 * by_month(_curve(y1927=1, y1940=0.8)))
    region("rural_population", rural)
    region("urban_population", urban)
    region("total_population", rural + urban)
    hunger = np.exp(-0.5 * ((time - 1933.4) / 0.2) ** 2)
    worst = np.where(
        np.isin(history.REGION_IDS, (*history.members_of("ukraine"), "kazakhstan", "north_caucasus")), 0.011, 0.001
    )
    dead = rural * worst * by_month(hunger)
    for who, people, part in (("rural_", rural, 0.95), ("urban_", urban, 0.05), ("", rural + urban, 1.0)):
        region(f"{who}births", people * by_month(_curve(y1927=0.044, y1930=0.04, y1934=0.03, y1938=0.039)) / 12)
        region(f"{who}excess_deaths", dead * part)
        region(f"{who}deaths", people * 0.024 / 12 + dead * part)
    moves = rural * by_month(_curve(y1927=0.008, y1930=0.02, y1931=0.034, y1933_2=0.006, y1935=0.02, y1939=0.015)) / 12
    region("net_rural_urban_migration", moves)
    region("urban_net_arrivals", moves)
    region(
        "households_exiled",
        table.kulak_pct_1927 * by_month(_curve(y1930=0, y1930_1=300, y1930_5=0, y1931_4=700, y1931_8=0)),
    )
    region("disturbances", norm / 1e6 * by_month(_curve(y1929_9=0.3, y1930_2=100, y1930_5=8, y1931=2, y1934=0)))
    region("tractors", area / 200 * by_month(_curve(y1927=0.01, y1930=0.1, y1939=1)))
    region("living_space_per_head", np.broadcast_to(by_month(_curve(y1927=5.8, y1933=4.6, y1940=4.1)), (150, 18)))
    region("food_per_head_rural", by_month(2400 - 600 * hunger) * np.ones(18))
    region("food_per_head_urban", np.full((150, 18), 2300.0))
    region("grain_per_labour_day", np.broadcast_to(by_month(_curve(y1932=2.3, y1937=4)), (150, 18)))
    ussr("special_settlers", _curve(y1929_9=0, y1930_4=4e5, y1931_8=1.4e6, y1934=1.07e6, y1939=9e5))
    ussr("special_settler_deaths", _curve(y1930=1000, y1933=13000, y1934=3000))
    ussr("prisoners", _curve(y1930=1.8e5, y1934=5.1e5, y1939=1.6e6))
    ussr("industrial_output_index", _curve(y1927_5=85, y1928_5=100, y1933=190, y1939_9=420))
    dataset = xr.Dataset(data, coords={"month": MONTHS, "region": list(history.REGION_IDS)})
    dataset = _spread(dataset, 2.0 * hunger)
    dataset.attrs.update(scenario="historical", title="What happened", version="0.1.0", seeds="1")
    return dataset if members else dataset.isel(member=0)


def _spread(dataset: xr.Dataset, hunger: np.ndarray) -> xr.Dataset:
    """Spread people and households over bins: most at the lower end, in hunger also further up."""
    spread = Spread(150)
    labelled = spread.label(dataset.isel(member=0, drop=True))
    counted = {}
    for name, one in DISTRIBUTIONS.items():
        rows = slice(None) if one.time == "month" else censuses(0, 150)
        whole, inside = (dataset[each].values[:, rows] for each in (one.total, "collectivised_share"))
        steep = 0.3 + hunger[rows, None] if one.scale.name == "deficit" else 1.0
        parts = np.exp(-np.arange(len(one.scale.edges)) / steep) * np.ones((whole.shape[1], 1))
        parts /= parts.sum(axis=1, keepdims=True)
        people = whole[..., None] * np.stack([1 - inside, inside], axis=-1)
        counted[name] = (("member", *one.dims), people[..., None] * parts[:, None, None, :])
    return dataset.assign_coords(labelled.coords).assign(counted)


@pytest.fixture(scope="session")
def build() -> Build:
    """Make a country of one seed, or of several with `members`."""
    return _country


@pytest.fixture(scope="session")
def country() -> xr.Dataset:
    """One country of one seed, for reading only."""
    return _country()
