"""The charts of distributions say what their bins say."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from model import figures


def test_the_hungriest_month_is_named_with_its_people(country: xr.Dataset) -> None:
    """Put ten million hungry people into one month and region: the title must find them there."""
    changed = country.copy(deep=True)
    people = changed["people_by_deficit"]
    people.values[..., 3:] = 0.0
    place = int(np.flatnonzero(changed["month"].values == np.datetime64("1932-05-01"))[0])
    people.values[place, 4, 1, 6] = 1e7
    title = figures.hunger_spread(changed).title
    assert title.startswith("In May 1932, 10 million village people lacked 40 % or more of their food")
    assert title.endswith("half of them in 1 of 18 regions")


def test_where_nobody_lacks_much_the_title_does_not_cry_hunger(country: xr.Dataset) -> None:
    changed = country.copy(deep=True)
    changed["people_by_deficit"].values[..., 3:] = 0.0
    assert figures.hunger_spread(changed).title.startswith("In no month of 1931–34")


def test_households_by_cows_add_up_to_all_of_them(country: xr.Dataset) -> None:
    rows = [row for row in figures.without_cow_or_horse(country).rows if row.origin == "model"]
    for panel in {row.panel for row in rows}:
        months = {row.at for row in rows if row.panel == panel}
        for month in months:
            parts = [row.value for row in rows if (row.panel, row.at) == (panel, month)]
            assert sum(parts) == pytest.approx(100.0) or np.isnan(parts).all()


def test_members_without_a_cow_stand_beside_the_record(country: xr.Dataset) -> None:
    known = [row for row in figures.without_cow_or_horse(country).rows if row.origin == "documented"]
    assert {row.panel for row in known} == {"Kolkhoz households by cows"}
    assert [row.value for row in known][:2] == [55.0, 50.0]
