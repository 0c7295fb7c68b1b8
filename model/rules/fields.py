"""What a field gives: sowing with the seed there is, and the yield that weather, draught power and will leave."""

from __future__ import annotations

from model.compiled import rule


@rule
def sow(wanted_ha, seed_kg, rate_kg_ha, thinnest, thin_loss):
    """
    Sow the wanted field; with too little seed first sow thinner, then less land.

    wanted_ha    land to be sown [ha]
    seed_kg      seed at hand [kg]
    rate_kg_ha   normal seed rate [kg/ha]
    thinnest     thinnest sowing, as a share of the normal rate [share]
    thin_loss    part of the yield lost at the thinnest sowing [share]

    Returns area sown [ha], seed used [kg] and the stand: the part of the yield that thin sowing leaves [share].
    Source: assumption (seed was sown thinner where it was short; `mechanisms_grain` found that area hardly fell).

    >>> [round(float(x), 3) for x in sow(4.0, 400.0, 125.0, 0.6, 0.25)]
    [4.0, 400.0, 0.875]
    """
    full_kg = wanted_ha * rate_kg_ha
    density = min(1.0, max(thinnest, seed_kg / (full_kg + 1e-6)))
    sown_ha = min(wanted_ha, seed_kg / (density * rate_kg_ha + 1e-6))
    used_kg = min(seed_kg, sown_ha * density * rate_kg_ha)
    stand = 1.0 - thin_loss * (1.0 - density) / (1.0 - thinnest)
    return sown_ha, used_kg, stand


@rule
def timeliness(draught, elasticity):
    """
    Work done in time: what the yield keeps when there is less draught power to the hectare.

    draught      draught power per hectare relative to 1928 [ratio]
    elasticity   yield lost per unit of draught power missing [share]

    Returns a yield factor [share]. Source: `draught_power_horse_equivalents`; a large elasticity is refused by
    the data, since draught power was as low in 1934 as in 1932 while yields recovered.

    >>> round(float(timeliness(0.5, 0.1)), 3)
    0.95
    """
    return 1.0 - elasticity * (1.0 - min(1.05, draught))


@rule
def effort(share_taken, take_of_next_tonne, effort_loss):
    """
    Care for land whose harvest goes elsewhere.

    share_taken          share of former harvests that was taken, as remembered [share]
    take_of_next_tonne   how much of one more tonne would be taken, as believed [share]
    effort_loss          yield lost for each quarter of the harvest taken beyond the first [share]

    Returns a yield factor [share]. Source: assumption; identified by the harvests of 1931-34.

    >>> round(float(effort(0.37, 1.0, 0.3)), 3), float(effort(0.2, 1.0, 0.3))
    (0.856, 1.0)
    """
    beyond = min(1.5, max(0.0, share_taken - 0.25) * 4.0)
    return 1.0 - effort_loss * beyond * take_of_next_tonne


@rule
def organisation(years, loss, learning_years):
    """
    What a young kolkhoz loses to bad organisation; learnt over years.

    years            kolkhoz years behind the village [years]
    loss             yield lost in the first year [share]
    learning_years   years after which half of it is learnt [years]

    Returns a yield factor [share]. Source: assumption; hardly identified beside `effort`.

    >>> float(organisation(0.0, 0.02, 2.0)) < float(organisation(4.0, 0.02, 2.0))
    True
    """
    return 1.0 - loss * learning_years / (learning_years + years)


@rule
def hands(adults, land_ha, ha_per_worker):
    """
    Part of a field that the workers at home can till [share].

    >>> round(float(hands(1.0, 8.0, 4.0)), 3), float(hands(3.0, 8.0, 4.0))
    (0.5, 1.0)
    """
    return min(1.0, adults * ha_per_worker / (land_ha + 1e-6))
