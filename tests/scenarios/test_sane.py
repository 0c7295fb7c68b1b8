"""No scenario behaves absurdly: accounts close, nothing is negative, herds, towns and people stay within bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from model.policy.scenario import Scenario
from model.results.ledger import check, sentence
from model.results.variables import HERDS, VARIABLES

SIGNED = {"net_rural_urban_migration", "urban_net_arrivals", "urban_from_exile", "foreign_debt"}
STACKS = ("historical+open_borders+relief_1932", "nep_continues+average_weather", "no_dekulakisation+cows_stay_home")


@pytest.mark.parametrize("name", [*Scenario.names(), *STACKS])
def test_no_scenario_behaves_absurdly(name: str, lived: Callable[..., xr.Dataset]) -> None:
    """Bounds are far outside the record on both sides: a run that breaks one is broken, not interesting."""
    country = lived(name)
    balances = check(country)
    assert all(balance.closes for balance in balances), sentence(balances)
    for variable in VARIABLES:
        assert np.isfinite(country[variable].values).all(), variable
        if variable not in SIGNED:
            assert float(country[variable].min()) >= 0.0, variable
    for herd in HERDS:
        over_start = country[herd].sum("region") / float(country[herd].isel(month=0).sum())
        assert float(over_start.min()) > 0.1, herd
        assert float(over_start.max()) < 1.6, herd
    towns = country.urban_population
    assert float((towns.isel(month=-1) / towns.isel(month=0)).min()) > 0.5
    assert 30e6 < float(towns.isel(month=-1).sum()) < 75e6
    people = country.total_population.sum("region")
    assert float(people.min()) > 125e6
    assert float(people.max()) < 200e6
    assert float(country.excess_deaths.sum()) < 30e6
    harvests = np.add.reduceat(country.harvest.sum("region").values, np.arange(0, 150, 12))[:12]
    assert 35e6 < harvests.min() < harvests.max() < 120e6
    industry = country.industrial_output_index.values[6:]
    assert industry.min() > 60.0
    assert (industry[12:] / industry[:-12]).max() < 1.45, "industry never grew by half in a year"
    assert industry.max() < 500.0
