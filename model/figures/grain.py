"""Where the grain went: the balance of one agricultural year as a waterfall, and its uses year by year."""

from __future__ import annotations

import textwrap

import numpy as np

from model.figures import marks
from model.figures.looks import BLUE, GREEN, GREY, ORANGE, PINK, SKY
from model.figures.readings import NothingToDraw, Readings, middle
from model.figures.style import INK, Chart, Row, chart, statistic
from model.figures.words import number, share

VILLAGE_STOCKS = ("grain_barns", "grain_concealed", "grain_pools", "grain_market")
INFLOWS = (
    ("harvest", "Harvest"),
    ("relief", "Food relief"),
    ("seed_loans", "Seed loans"),
    ("rural_rations", "Sold back"),
)
OUTFLOWS = (
    ("procured", "Procured"),
    ("grain_eaten", "Eaten in villages"),
    ("seed_used", "Seed"),
    ("fodder_used", "Fodder"),
    ("grain_sold", "Sold on markets"),
    ("grain_lost", "Lost"),
    ("grain_burnt", "Burnt"),
)
TOLERANCE = 1e-4  # Mt: rounding of single-precision columns over a year
LEAST = 0.005  # Mt: what is less is written as nought


def stocks(readings: Readings, names: tuple[str, ...], start: int) -> tuple[float, float]:
    """Return stocks together before a place of the month axis and twelve months later [Mt], means of the members."""
    before = sum(float(readings.stock_before(name, start).mean()) for name in names)
    after = sum(float(readings.national(name)[:, start + 11].mean()) for name in names)
    return before / 1e6, after / 1e6


def over_year(readings: Readings, name: str, start: int) -> float:
    """Return a national flow over the twelve months from a place of the month axis on [Mt], mean of the members."""
    return float(readings.national(name)[:, start : start + 12].sum(axis=1).mean()) / 1e6


def first_month(readings: Readings, year: int) -> int:
    """Return the place of July of a year whose twelve months the run covers."""
    start = readings.place(year, 7)
    if start is None or start + 12 > len(readings.months):
        raise NothingToDraw(f"the run does not cover July {year} to June {year + 1}")
    return start


def balance(readings: Readings, year: int) -> dict[str, float]:
    """Return the grain balance of the countryside in one agricultural year [Mt], mean of the members.

    Means, not medians, since only means add up. Opening stock, inflows, outflows (negative), closing stock; the balance
    closes or it is not drawn.
    """
    start = first_month(readings, year)
    opening, closing = stocks(readings, VILLAGE_STOCKS, start)
    flows = {
        name: sign * over_year(readings, name, start)
        for names, sign in ((INFLOWS, 1), (OUTFLOWS, -1))
        for name, _ in names
    }
    if np.isnan([opening, closing, *flows.values()]).any():
        raise NothingToDraw(f"the grain balance of {year}/{year + 1} has gaps")
    gap = opening + sum(flows.values()) - closing
    assert abs(gap) < max(TOLERANCE, 1e-6 * flows["harvest"]), f"grain balance of {year} is open by {gap} Mt"
    return {"opening": opening, **flows, "closing": closing}


def balance_year(readings: Readings, wanted: int | None) -> int:
    """Return the agricultural year to draw: the wanted one, else 1932, else the last that the run covers."""
    if wanted is not None:
        return wanted
    years = [int(year) for year in readings.years("agricultural")]
    if not years:
        raise NothingToDraw("the run covers no whole agricultural year")
    return 1932 if 1932 in years else years[-1]


@chart
def grain_balance(readings: Readings, year: int | None = None) -> Chart:
    """Draw the balance of one agricultural year as a waterfall whose steps add up."""
    year = balance_year(readings, year)
    amounts = balance(readings, year)
    labels = {"opening": f"Stock, 1 July {year}", "closing": f"Stock, 30 June {year + 1}"}
    labels |= dict(INFLOWS) | dict(OUTFLOWS)
    harvest = amounts["harvest"]
    back = amounts["relief"] + amounts["seed_loans"] + amounts["rural_rations"]
    how = f"mean of {readings.n_members} {readings.luck}" if readings.n_members > 1 else "one seed"
    page = Chart(
        readings,
        f"{share(-amounts['procured'] / harvest)} of the grain harvest of {year} was procured; "
        f"{number(-amounts['grain_eaten'])}\u00a0Mt were eaten in villages, {number(back)}\u00a0Mt came back to them",
        f"{readings.title} · grain of the countryside, July {year} to June {year + 1}, million tonnes, {how}; "
        "the steps add up to the closing stock",
        "the run itself (grain ledger)",
        width=10.0,
        body=4.3,
    )
    axes = page.panel(0.5, page.bottom + 0.55, page.width - 0.9, 4.3 - 0.65)
    level = 0.0
    for place, (name, amount) in enumerate(amounts.items()):
        is_stock = name in {"opening", "closing"}
        base = 0.0 if is_stock else level
        colour = GREY if is_stock else GREEN if amount > 0 else BLUE if name == "procured" else ORANGE
        edges = [np.array([edge]) for edge in (place - 0.36, place + 0.36, base, base + amount)]
        marks.blocks(axes, edges[0], edges[1], edges[2], edges[3], colour)
        end = base + amount
        if name != "closing":
            axes.plot([place - 0.36, place + 1.36], [end, end], color="#999999", linewidth=0.7)
        sign = "" if is_stock else "+" if amount > 0 else "−"
        text = f"{sign}{number(abs(amount))}" if abs(amount) >= LEAST else "0"
        top = max(base, end)
        axes.annotate(
            text, (place, top), (0, 3), textcoords="offset points",
            ha="center", fontsize=8.5, fontweight="bold", color=INK,
        )  # fmt: skip
        page.rows.append(
            Row("", labels[name], "model", f"{year}/{(year + 1) % 100:02d}", amount, amount, amount, "Mt", "")
        )
        level = end
    marks.level_axis(axes, 0, (amounts["opening"] + harvest + back) * 1.1)
    axes.set_xticks(range(len(amounts)), ["\n".join(textwrap.wrap(labels[name], 11)) for name in amounts], fontsize=8)
    axes.set_xlim(-0.6, len(amounts) - 0.4)
    return page


USES = (
    ("grain_eaten", "Eaten in villages", GREEN),
    ("seed_used", "Seed", PINK),
    ("fodder_used", "Fodder", ORANGE),
    ("grain_lost", "Lost and burnt", GREY),
    ("grain_sold", "Sold on markets", SKY),
    ("procured", "Procured, net of what came back", BLUE),
)


@chart
def grain_use_over_time(readings: Readings) -> Chart:
    """Draw the uses of grain in every agricultural year as stacked bars under the harvest."""
    years = readings.years("agricultural")
    names = ("harvest", "relief", "seed_loans", "rural_rations", "grain_burnt", *(use for use, _, _ in USES))
    yearly = {name: middle(readings.by_year(readings.national(name), "agricultural")) / 1e6 for name in names}
    back = yearly["relief"] + yearly["seed_loans"] + yearly["rural_rations"]
    yearly["procured"] = yearly["procured"] - back
    yearly["grain_lost"] = yearly["grain_lost"] + yearly["grain_burnt"]
    left = yearly["harvest"] - yearly["procured"]
    if np.isnan(left).all():
        raise NothingToDraw("no agricultural year has both harvest and procurement")
    worst = int(np.nanargmin(left))
    page = Chart(
        readings,
        f"The countryside kept least grain in {years[worst]}/{(years[worst] + 1) % 100:02d}: "
        f"{number(left[worst])} of {number(yearly['harvest'][worst])}\u00a0Mt harvested",
        f"{readings.title} · uses of grain in agricultural years (July–June), million tonnes; "
        f"{f'medians of {readings.n_members} {readings.luck}' if readings.n_members > 1 else statistic(readings)}; "
        "a stack above the harvest was fed by stocks",
        "the run itself (grain ledger)",
        body=4.4,
    )
    axes = page.panel(0.62, page.bottom + 0.34, page.width - 3.0, 4.4 - 0.5)
    base, centres = np.zeros(len(years)), years.astype(np.float64)
    labels = []
    for name, label, colour in USES:
        amount = np.nan_to_num(yearly[name])
        marks.blocks(axes, centres - 0.39, centres + 0.39, base, base + amount, colour, edgecolors="white")
        labels.append((float(base[-1] + amount[-1] / 2), label, colour))
        base = base + amount
        page.rows += [Row("", label, "model", f"{y}/{(y + 1) % 100:02d}", v, v, v, "Mt", "")
                      for y, v in zip(years, yearly[name], strict=True)]  # fmt: skip
    axes.plot(years, yearly["harvest"], "_", color=INK, markersize=17, markeredgewidth=2.0)
    labels.append((float(yearly["harvest"][-1]), "— Harvest", INK))
    marks.from_zero(axes, base, yearly["harvest"])
    axes.set_xticks(years, [f"{y}/{(y + 1) % 100:02d}" for y in years], fontsize=7.5)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.55)
    marks.end_labels(page, axes, labels, room=0.0)
    return page
