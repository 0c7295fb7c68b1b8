"""Grain from the fields to its users in one agricultural year, as ribbons whose width is their weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from model.figures import marks
from model.figures.grain import INFLOWS, balance, balance_year, first_month, over_year, stocks
from model.figures.looks import BLUE, GREEN, GREY, ORANGE, PINK, SKY, VERMILION, as_text
from model.figures.readings import NothingToDraw, Readings
from model.figures.style import INK, Chart, Row, chart
from model.figures.words import number, share

VILLAGE_USES = (
    (("grain_eaten",), "Eaten in villages", GREEN),
    (("seed_used",), "Seed", PINK),
    (("fodder_used",), "Fodder", ORANGE),
    (("grain_lost", "grain_burnt"), "Lost and burnt in villages", GREY),
    (("grain_sold",), "Sold on markets", SKY),
)
STATE_USES = (
    (("relief", "seed_loans", "rural_rations"), "Back to the villages", GREEN),
    (("grain_to_towns",), "Town rations", BLUE),
    (("grain_army", "grain_camps"), "Army, camps, settlements", GREY),
    (("grain_industry", "grain_transport", "grain_state_farms"), "Industry, transport, state farms", SKY),
    (("grain_exported",), "Exports", VERMILION),
    (("grain_state_lost",), "Lost in State stores", GREY),
)
BACK = tuple(name for name, _ in INFLOWS[1:])
WORTH_A_RIBBON = 0.005  # Mt
GAP = 0.075  # inches between ends of ribbons
BAR = 0.16  # inches, width of a node


@dataclass(slots=True)
class Ribbon:
    """One flow [Mt] with its colour and, once placed, its two ends [inches]."""

    name: str
    amount: float
    colour: str
    left: float = 0.0  # lower edge where it begins
    right: float = 0.0  # lower edge where it ends


@chart
def grain_flows(readings: Readings, year: int | None = None) -> Chart:
    """Draw the grain of one agricultural year from harvest and stocks over villages and State to its uses."""
    year = balance_year(readings, year)
    amounts = balance(readings, year)
    start = first_month(readings, year)
    state_before, state_after = stocks(readings, ("grain_state",), start)
    imported = over_year(readings, "grain_imported", start)
    before = f"State stocks, 1 July {year}" + (", and imports" if imported > WORTH_A_RIBBON else "")
    uses = {name: over_year(readings, name, start) for names, _, _ in STATE_USES for name in names}
    if np.isnan([state_before, state_after, *uses.values()]).any():
        raise NothingToDraw(f"the State's grain balance of {year}/{year + 1} has gaps")
    exported = uses["grain_exported"]
    procured = -amounts["procured"]
    page = Chart(
        readings,
        f"Of {number(amounts['harvest'])}\u00a0Mt harvested in {year} the State took {number(procured)}\u00a0Mt "
        f"({share(procured / amounts['harvest'])}); {number(exported)}\u00a0Mt were exported",
        f"{readings.title} · grain, July {year} to June {year + 1}, million tonnes; "
        f"{f'mean of {readings.n_members} {readings.luck}' if readings.n_members > 1 else 'one seed'}; "
        "widths in proportion",
        "the run itself (ledgers of the villages and of the State, which both close)",
        width=10.0,
        body=5.3,
    )
    village = [Ribbon(label, sum(-amounts[name] for name in names), colour) for names, label, colour in VILLAGE_USES]
    village.append(Ribbon(f"Village stocks, 30 June {year + 1}", amounts["closing"], GREY))
    state = [Ribbon(label, sum(uses[name] for name in names), colour) for names, label, colour in STATE_USES]
    state.append(Ribbon(f"State stocks, 30 June {year + 1}", state_after, GREY))
    sources = [
        Ribbon(f"Village stocks, 1 July {year}", amounts["opening"], GREY),
        Ribbon("Harvest", amounts["harvest"], ORANGE),
        Ribbon("Back from the State", sum(amounts[name] for name in BACK), GREEN),
    ]
    _draw(page, sources, village, state, procured, Ribbon(before, state_before + imported, GREY))
    at = f"{year}/{(year + 1) % 100:02d}"
    for ribbon in (
        *sources,
        *village,
        Ribbon("Procured", procured, BLUE),
        Ribbon("State opening and imports", state_before + imported, GREY),
        *state,
    ):
        page.rows.append(Row("", ribbon.name, "model", at, ribbon.amount, ribbon.amount, ribbon.amount, "Mt", ""))
    return page


def _draw(
    page: Chart, sources: list[Ribbon], village: list[Ribbon], state: list[Ribbon], procured: float, before: Ribbon
) -> None:
    """Place four columns (sources, villages, State, uses) and lay the ribbons between them."""
    ends = [ribbon for ribbon in (*village, *state) if ribbon.amount > WORTH_A_RIBBON]
    whole = sum(ribbon.amount for ribbon in ends)
    per_mt = (page.top - page.bottom - 0.35 - GAP * (len(ends) - 1)) / whole
    columns = (2.4, 3.65, 5.2, 7.2)
    top = page.top - 0.22
    village_in = sum(ribbon.amount for ribbon in sources)
    village_out = sum(ribbon.amount for ribbon in village if ribbon.amount > WORTH_A_RIBBON)
    middle_low = top - village_in * per_mt
    _stack(sources, top + 0.0, per_mt, GAP, "left")
    _stack(sources, top, per_mt, 0.0, "right")
    end = _stack([ribbon for ribbon in ends if ribbon in village], top, per_mt, GAP, "right")
    _stack([ribbon for ribbon in ends if ribbon in state], end, per_mt, GAP, "right")
    _stack([ribbon for ribbon in ends if ribbon in village], top, per_mt, 0.0, "left")
    state_top = min(middle_low + procured * per_mt, top - village_out * per_mt) - 0.42
    _stack([ribbon for ribbon in ends if ribbon in state], state_top, per_mt, 0.0, "left")
    state_size = (procured + before.amount) * per_mt

    for ribbon in sources:
        if ribbon.amount > WORTH_A_RIBBON:
            _ribbon(page, columns[0], columns[1], ribbon, per_mt)
            _name(page, columns[0] - 0.06, ribbon.left + ribbon.amount * per_mt / 2, ribbon, "right")
    taken = Ribbon(
        "Procured", procured, BLUE, top - village_out * per_mt - procured * per_mt, state_top - procured * per_mt
    )
    _ribbon(page, columns[1] + BAR, columns[2], taken, per_mt)
    before.right = state_top - state_size
    before.left = before.right - 0.12
    _ribbon(page, columns[0], columns[2], before, per_mt)
    _name(page, columns[0] - 0.06, before.left + before.amount * per_mt / 2, before, "right")
    for ribbon in ends:
        from_state = ribbon in state
        _ribbon(page, columns[2 if from_state else 1] + BAR, columns[3], ribbon, per_mt)
    places = marks.spread([r.right + r.amount * per_mt / 2 for r in ends], 0.165, page.bottom, page.top)
    for ribbon, place in zip(ends, places, strict=True):
        _name(page, columns[3] + 0.07, place, ribbon, "left")
    _node(page, columns[1], middle_low, village_in * per_mt, f"Villages: {number(village_in)}")
    _node(page, columns[2], state_top - state_size, state_size, f"State: {number(procured + before.amount)}")


def _stack(ribbons: Sequence[Ribbon], top: float, per_mt: float, gap: float, side: str) -> float:
    """Place ribbons under each other from the top; return where the next one would begin."""
    for ribbon in ribbons:
        setattr(ribbon, side, top - ribbon.amount * per_mt)
        top -= ribbon.amount * per_mt + gap
    return top


def _ribbon(page: Chart, x0: float, x1: float, ribbon: Ribbon, per_mt: float) -> None:
    """Draw one ribbon: two curves and the lines that join them."""
    middle, thick = (x0 + x1) / 2, max(ribbon.amount * per_mt, 0.004)
    a, b = ribbon.left, ribbon.right
    vertices = [
        (x0, a + thick), (middle, a + thick), (middle, b + thick), (x1, b + thick),
        (x1, b), (middle, b), (middle, a), (x0, a), (x0, a + thick),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    page.add_artist(
        PathPatch(
            Path(vertices, codes), facecolor=ribbon.colour, alpha=0.55, linewidth=0, transform=page.dpi_scale_trans
        )
    )


def _node(page: Chart, x: float, low: float, height: float, name: str) -> None:
    page.add_artist(
        Rectangle((x, low), BAR, height, facecolor=INK, linewidth=0, transform=page.dpi_scale_trans, zorder=3)
    )
    page.write(x + BAR / 2, low + height + 0.06, name, size=9, weight="bold", ha="center")


def _name(page: Chart, x: float, y: float, ribbon: Ribbon, side: str) -> None:
    page.write(x, y, f"{ribbon.name}: {number(ribbon.amount)}", size=8.5, weight="bold", ha=side, va="center",
               color=as_text(ribbon.colour))  # fmt: skip
