"""Where the grain goes before it is eaten: sold, concealed, delivered, searched for, paid out."""

from __future__ import annotations

from model.compiled import rule


@rule
def offer(barn_kg, kept_kg, price_ratio, eagerness):
    """
    Grain that an independent household sells to the State of its own will in a month.

    barn_kg       grain in the barn [kg]
    kept_kg       seed, food until the harvest and fodder [kg]
    price_ratio   State price over the price on the market [ratio]
    eagerness     share of the surplus sold in a month at equal prices [1/month]

    Returns grain sold [kg]. Source: `market_to_procurement_price_ratio`; the scissors of 1927-28.

    >>> float(offer(1000.0, 600.0, 0.5, 0.2))
    40.0
    """
    return max(0.0, barn_kg - kept_kg) * min(1.0, eagerness * price_ratio)


@rule
def deliver(grain_kg, seed_kg, harvest_kg, reach, due_kg):
    """
    Grain delivered under obligation: what is due, as far as collectors reach. They leave the seed.

    grain_kg     grain that can be seen [kg]
    seed_kg      seed still to be sown [kg]
    harvest_kg   harvest of this agricultural year so far [kg]
    reach        share of the harvest beyond which collectors cannot go [share]
    due_kg       due by now and not yet delivered [kg]

    Returns grain delivered [kg] and what collectors could reach [kg].
    Source: `procurement_enforcement` orders; seed is guarded in ordinary collection.

    >>> [round(float(x), 2) for x in deliver(1000.0, 300.0, 900.0, 0.8, 700.0)]
    [520.0, 520.0]
    """
    reachable = max(0.0, grain_kg - seed_kg - (1.0 - reach) * harvest_kg)
    return min(max(0.0, due_kg), reachable), reachable


@rule
def conceal(barn_kg, concealed_kg, harvest_kg, share):
    """
    Grain moved from the barn to a pit, until a share of the harvest lies hidden.

    barn_kg        grain in the barn [kg]
    concealed_kg   grain concealed already [kg]
    harvest_kg     own harvest of this agricultural year [kg]
    share          share of the harvest that the household dares to hide [share]

    Returns grain moved [kg]. Source: assumption.

    >>> round(float(conceal(500.0, 20.0, 1000.0, 0.1)), 2)
    80.0
    """
    return min(0.5 * barn_kg, max(0.0, share * harvest_kg - concealed_kg))


@rule
def daring(most, share_taken, compulsion, theft_law, deterrence):
    """
    Share of the harvest that a household dares to conceal.

    most          share hidden when a third of the harvest is taken by force [share]
    share_taken   share of former harvests taken [share]
    compulsion    0 = the State buys, 1 = it demands [share]
    theft_law     severity of the law of 7 August 1932 [index 0-1]
    deterrence    how much of the concealment the law deters [share]

    >>> round(float(daring(0.08, 0.3333333, 1.0, 0.0, 0.4)), 3), float(daring(0.08, 0.33, 0.0, 0.0, 0.4))
    (0.08, 0.0)
    """
    bitter = 3.0 * share_taken
    return min(0.5, most * compulsion * bitter * bitter * (1.0 - deterrence * theft_law))


@rule
def pay(pool_kg, kept_kg, share):
    """
    Grain that a kolkhoz pays out this month for labour-days: what is left when State, MTS, seed and fodder are served.

    pool_kg   grain of the kolkhoz [kg]
    kept_kg   seed still to be sown, and fodder [kg]
    share     share of the rest paid out this month [share]

    >>> float(pay(1000.0, 400.0, 0.5)), float(pay(300.0, 400.0, 0.5))
    (300.0, 0.0)
    """
    return share * max(0.0, pool_kg - kept_kg)
