"""A family's story is true of its columns: nothing is told that they do not hold, nothing that they hold is left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.biography.events import HUNGRY, Event, events
from model.biography.family import Family, months_alike
from model.biography.sentences import introduction, sentence
from model.calendar import Month
from model.columns import Households, Life, columns_of

MONTHS = 30
OF_VILLAGE = ("collectivised_share", "trudoden_kg", "searched")
OF_VILLAGE = ("collectivised_share", "trudoden_kg", "searched")
people = st.lists(st.integers(0, 6), min_size=MONTHS, max_size=MONTHS)

def family_of(**columns: Any) -> Family:
    """A family of which nothing is known but the columns given, each a number or one for every month."""
    names = [*columns_of(Households), *(f"village_{name}" for name in OF_VILLAGE)]
    values = {name: np.broadcast_to(np.asarray(columns.get(name, 0.0), float), MONTHS).copy() for name in names}
    return Family(
        row=7, region="kazakhstan", scenario="historical", title="What happened", households=12_500, seed=1,
        months=tuple(Month.at(i) for i in range(MONTHS)), columns=values,
    )  # fmt: skip


