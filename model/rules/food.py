"""What a household needs, what else than grain it eats, and how it spreads its grain over the months to the harvest."""

from __future__ import annotations

from model.compiled import rule


@rule
def need(small, children, adults, elderly):
    """
    Food that the household needs in a day [kcal/day].

    small, children, adults, elderly   persons aged 0-4, 5-14, 15-59, 60 and over [persons]

    Source: assumption (norms of the 1920s budgets; mean 2,070 kcal a head).

    >>> float(need(1, 1, 2, 0))
    8050.0
    """
    return 1100.0 * small + 1850.0 * children + 2550.0 * adults + 1950.0 * elderly


@rule
def garden_kcal(potatoes_kg, weather, plot, garden):
    """
    Potatoes and garden, per person and day [kcal/person/day].

    potatoes_kg   potatoes eaten per head in a usual year of the region [kg/year]
    weather       weather of the fields; roots suffer half as much [ratio]
    plot          garden land left to the household, relative to 1927 [ratio]
    garden        part of it not taken in fines [share]

    Potatoes 700 kcal/kg. Source: `potatoes_eaten_per_rural_head`.

    >>> round(float(garden_kcal(180.0, 1.0, 1.0, 1.0)))
    345
    """
    return potatoes_kg * 1.9178 * (0.5 + 0.5 * weather) * plot * garden


@rule
def milk_kcal(cattle):
    """
    Milk of the household's own cattle [kcal/day]: 0.42 cows a head, 1,000 l a year of which 70 % drunk, 650 kcal/l.

    >>> round(float(milk_kcal(2.0)))
    1047
    """
    return cattle * 523.6


@rule
def bare_grain(need_kcal, other_kcal):
    """
    Grain for nine tenths of need in a month [kg].

    >>> round(float(bare_grain(8000.0, 2000.0)), 1)
    56.5
    """
    return max(0.0, 0.9 * need_kcal - other_kcal) * 0.010857


@rule
def herd_food(need_kcal, horses, cattle, sheep_goats, usual_horses, usual_cattle, usual_sheep_goats, plenty):
    """
    Food that nomads have of their herds, trade for grain included [kcal/day].

    need_kcal               need of the household [kcal/day]
    horses ... sheep_goats  herds at hand [heads]
    usual_...               herds of a usual nomad household in 1927 [heads]
    plenty                  food over need with usual herds [ratio]

    Source: `PIANCIOLA2004`; assumption for the weights of the kinds.

    >>> round(float(herd_food(8000.0, 5.0, 6.0, 40.0, 5.0, 6.0, 40.0, 1.5)), 1)
    12000.0
    """
    share = (
        0.2 * horses / (usual_horses + 1e-6)
        + 0.4 * cattle / (usual_cattle + 1e-6)
        + 0.4 * sheep_goats / (usual_sheep_goats + 1e-6)
    )
    return need_kcal * plenty * share


@rule
def wanted_grain(need_kcal, other_kcal, desire):
    """
    Grain that the household would like to eat this month [kg], at 2,800 kcal/kg and 30.4 days.

    need_kcal    need [kcal/day]
    other_kcal   food other than grain [kcal/day]
    desire       intake wanted over need, when grain is there [ratio]

    >>> round(float(wanted_grain(8050.0, 2000.0, 1.4)), 1)
    100.6
    """
    return max(0.0, desire * need_kcal - other_kcal) * 0.010857


@rule
def helping(stock_kg, expected_kg, seed_kg, wanted_kg, bare_kg, months_to_harvest, carry_months):
    """
    Grain the household allows itself this month: thrift spreads what it has and expects over the months.

    stock_kg            grain at home, concealed included [kg]
    expected_kg         pay for labour-days still expected [kg]
    seed_kg             seed still to be sown [kg]
    wanted_kg           grain it would like to eat [kg]
    bare_kg             grain for nine tenths of need [kg]
    months_to_harvest   months until new grain [months]
    carry_months        months of food it likes to carry into the next year; given up where food is short [months]

    Returns grain set aside for this month [kg]; it may be more than is at home. Source: assumption.

    >>> round(float(helping(900.0, 0.0, 100.0, 100.0, 50.0, 8.0, 2.0)), 1)
    80.0
    >>> round(float(helping(300.0, 0.0, 100.0, 100.0, 50.0, 8.0, 2.0)), 1)
    25.0
    """
    free = max(0.0, stock_kg + expected_kg - seed_kg)
    steady = free / (months_to_harvest + carry_months)
    bare = min(bare_kg, free / months_to_harvest)
    return min(wanted_kg, max(steady, bare))


@rule
def above_bare(stock_kg, seed_kg, need_kcal, other_kcal, months_to_harvest):
    """
    Grain above what nine tenths of need would take until the harvest [kg]: this can be shared.

    stock_kg            grain at home, concealed included [kg]
    seed_kg             seed still to be sown [kg]
    need_kcal           need [kcal/day]
    other_kcal          food other than grain [kcal/day]
    months_to_harvest   months until new grain [months]

    >>> round(float(above_bare(900.0, 100.0, 8000.0, 2000.0, 8.0)))
    348
    """
    return max(0.0, stock_kg - seed_kg - max(0.0, 0.9 * need_kcal - other_kcal) * 0.010857 * months_to_harvest)


@rule
def hungry_helping(stock_kg, helping_kg, need_kcal, other_kcal, bare_share):
    """
    Hunger overrides thrift: below a bare share of need the household eats what it has, its seed last.

    stock_kg     grain at home, seed included [kg]
    helping_kg   what thrift would allow [kg]
    need_kcal    need [kcal/day]
    other_kcal   food other than grain [kcal/day]
    bare_share   share of need below which thrift ends [share]

    Returns grain eaten out of its own stock [kg].

    >>> round(float(hungry_helping(40.0, 10.0, 8000.0, 2000.0, 0.6)), 1)
    30.4
    """
    bare_kg = max(0.0, bare_share * need_kcal - other_kcal) * 0.010857
    return min(stock_kg, max(helping_kg, bare_kg))


@rule
def out_of_barn(in_barn_kg, stock_kg, eaten_kg):
    """
    Part of the grain eaten that comes out of the barn [kg]: pit and barn are eaten alike, hidden grain is to be eaten.

    in_barn_kg   grain in the barn [kg]
    stock_kg     grain in barn and pit [kg]
    eaten_kg     grain eaten of both [kg]

    Never more than lies there, however the quotient is rounded. Source: assumption.

    >>> float(out_of_barn(300.0, 400.0, 40.0))
    30.0
    """
    return min(in_barn_kg, in_barn_kg * eaten_kg / max(stock_kg, 1e-6))
