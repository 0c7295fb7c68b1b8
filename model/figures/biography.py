"""One family's years in four small panels: people, grain, animals and hunger, in one world or in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import matplotlib as mpl
import numpy as np

from model.biography.differences import ending
from model.biography.family import ANIMALS, Family
from model.figures import marks
from model.figures.looks import GREY, as_text, looks_of
from model.figures.readings import Floats
from model.figures.style import MUTED, RC, Chart, Row, text_inches
from model.history import SHORT_NAMES

IN_CATTLE = {"horses": 1.0, "cattle": 1.0, "pigs": 0.25, "sheep_goats": 0.1}
"""Heads of cattle that an animal counts for, by feed, roughly."""
PANELS = (
    ("People at home", "persons"),
    ("Grain in barn and concealed, kg", "kg"),
    ("Animals, in heads of cattle", "heads"),
    ("Need of food not met, %", "%"),
)


def life(families: Sequence[Family], version: str = "") -> Chart:
    """Draw the same family in one world or two; a line ends where the household does."""
    with mpl.rc_context(cast("Any", RC)):
        return _draw(list(families), version)


def _draw(families: list[Family], version: str) -> Chart:
    one = families[0]
    page = Chart(
        f"collectivisation {version} · seed {one.seed}".replace("  ", " "),
        f"One household of {SHORT_NAMES[one.region]}, {one.stratum.name.lower()} in 1927: {_finding(families)}",
        f"Household {one.row} of {one.households:,} in the model, month by month; a line ends where the household was "
        "exiled, left or died out; crosses: deaths of hunger; a pig counts as 0.25 and a sheep or goat as 0.1 heads of "
        "cattle, a horse as one",
        "the run itself; the household stands for many like it and is no real one",
        width=9.0,
        body=3.95,
    )
    page.top -= 0.2  # for the key
    panels = page.panels(2, 2, [title for title, _ in PANELS])
    colours = [looks_of(each.scenario).colour for each in families]
    if len(set(colours)) < len(colours):
        colours[1] = GREY
    for place, (axes, (title, unit)) in enumerate(zip(panels, PANELS, strict=True)):
        top = 0.0
        for family, colour, dash in reversed(list(zip(families, colours, ("-", (0, (4, 1.6))), strict=False))):
            values = _values(family)[place]
            times = np.array([(month.year * 12 + month.month) / 12.0 for month in family.months])
            axes.plot(times, values, color=colour, linestyle=dash, linewidth=1.6, drawstyle="steps-post")
            top = max(top, float(np.nanmax(values)))
            page.rows += [
                Row(title, family.scenario, "model", str(month), value, value, value, unit, "")
                for month, value in zip(family.months, values.tolist(), strict=True)
                if not np.isnan(value)
            ]
            if place == 0:
                died = np.flatnonzero(np.diff(family["starved"], prepend=family["starved"][0]) > 0)
                axes.plot(times[died], family.at_home[died], linestyle="none", marker="x", color=colour, markersize=6)
        if unit == "persons":
            axes.set_ylim(0.0, top + 1.0)
            whole = [level for level in marks.levels(0.0, top + 1.0) if level == int(level)]
            axes.set_yticks(whole, [f"{level:.0f}" for level in whole])
        else:
            marks.level_axis(axes, 0.0, 100.0 if unit == "%" else max(top * 1.12, 1.0))
        first, last = one.months[0], one.months[-1]
        years = [year for year in range(first.year, last.year + 1) if year % 2 == 0]
        axes.set_xlim(first.year + (first.month - 1) / 12.0, last.year + last.month / 12.0 + 0.1)
        axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])
        axes.tick_params(axis="x", colors=MUTED)
    left = 0.3
    for place, (family, colour) in enumerate(zip(families, colours, strict=False)):
        name = f"{family.title} (dashed)" if place else family.title
        page.write(left, page.top + 0.13, name, size=8.5, weight="bold", color=as_text(colour), va="center")
        left += text_inches(name, 8.5, "bold") + 0.3
    return page


def _values(family: Family) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what the four panels show [month]; missing where the household is no longer there."""
    there = np.arange(len(family.months)) < family.present_months
    grain = family["barn_kg"] + family["concealed_kg"]
    herd = np.sum([IN_CATTLE[kind] * family[kind] for kind in ANIMALS], axis=0)
    hunger = 100.0 * np.where(family.at_home > 0, family["deficit"], 0.0)
    people, grain, herd, hunger = (np.where(there, values, np.nan) for values in (family.at_home, grain, herd, hunger))
    return people, grain, herd, hunger


def _finding(families: list[Family]) -> str:
    """Say how it ended in each world."""
    found = [ending(family) for family in families]
    if len(found) == 1 or found[0] == found[1]:
        return found[0]
    (place, *_), (other_place, *people) = (end.split(", ") for end in found)
    otherwise = people[0] if people and place == other_place else found[1]
    return f"{found[0]}; “{families[1].title}”: {otherwise}"
