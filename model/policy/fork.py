"""A fork in the road: until a month the orders of one scenario were lived, from it on those of another hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.calendar import Month
from model.policy.errors import ScenarioError
from model.policy.scenario import Scenario

SHOWN = 3  # names in a sentence before it says how many more


def spliced(past: Scenario, future: Scenario, month: Month) -> Scenario:
    """Return `future` with the orders of `past` before `month`: what was and what will be ordered, told as one.

    Mechanisms, constants and weather are those of `future`: they have no dates (`not_lived` names what differs).
    """
    if future.end < month:
        raise ScenarioError(
            f"{future.where}, end: {future.end} lies before {month}, the month in which it would go on; "
            f"choose a scenario that ends in {month} or later."
        )
    tables = {}
    for key, table in future.tables.items():
        tables[key] = table.copy()
        tables[key][: month.index] = past.tables[key][: month.index]
        tables[key].flags.writeable = False
    return replace(future, tables=tables)


def not_lived(past: Scenario, future: Scenario, month: Month) -> dict[str, list[str]]:
    """Name what `future` would have had otherwise before `month`: orders, mechanisms, constants, weather, spread."""
    rows = slice(0, month.index)
    orders = [key for key, table in future.tables.items() if not np.array_equal(table[rows], past.tables[key][rows])]
    mechanisms = [
        name for name, works in future.mechanisms._asdict().items() if works != getattr(past.mechanisms, name)
    ]
    constants = [name for name, value in future.behaviour._asdict().items() if value != getattr(past.behaviour, name)]
    weather = [future.weather_mode] if future.weather_mode != past.weather_mode else []
    spread = [future.spread] if future.spread != past.spread else []
    found = {
        "orders": orders, "mechanisms": mechanisms, "constants": constants, "weather": weather, "households": spread,
    }  # fmt: skip
    return {what: names for what, names in found.items() if names}


def in_a_sentence(past: Scenario, future: Scenario, month: Month) -> str:
    """Say what of `future` was not lived before `month`; empty where nothing differs.

    >>> history = Scenario.load("historical")
    >>> in_a_sentence(history, history.with_changes({"trade": {"grain_exports": 0}}, "child"), Month(1930, 1))
    'child goes on in 1930-01 from the past of historical: its own orders (trade.grain_exports) were not lived before.'
    """
    parts = []
    for what, names in not_lived(past, future, month).items():
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        parts.append(f"{what} ({', '.join(names[:SHOWN])}{more})")
    if not parts:
        return ""
    own = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{future.name} goes on in {month} from the past of {past.name}: its own {own} were not lived before."
