"""Keep or slaughter: why a household's herd stands still, falls before the kolkhoz comes, and grows again."""

from __future__ import annotations

from typing import Any

from model.arithmetic import exponential
from model.compiled import rule


@rule
def foresee(join_hazard, months_in, horizon):
    """
    How sure a household is to be inside the kolkhoz soon; just after joining it is quite sure.

    join_hazard   how soon it expects to join [1/month]
    months_in     months since it joined, 0 = independent [months]
    horizon       how far ahead it looks [months]

    Returns probability [share]: 1 in the first four months inside, when animals are still being led away; 0 later.
    Source: assumption; `slaughter before joining`.

    >>> round(float(foresee(0.1, 0, 10.0)), 3), float(foresee(0.0, 3, 10.0)), float(foresee(0.0, 9, 10.0))
    (0.632, 1.0, 0.0)
    """
    alone = 1.0 - exponential(-horizon * max(0.0, join_hazard))
    inside = 1.0 if months_in <= 4 else 0.0
    return alone if months_in == 0 else inside


@rule
def standing(stratum, named_kulak, wealth):
    """
    How far a household stands in the eyes of officials who have a quota to fill.

    stratum       0 poor, 1 middle, 2 kulak [Stratum]
    named_kulak   1 where officials have called it kulak [0/1]
    wealth        usual herd over the region's mean [ratio]

    Returns 1 for a kulak, less by wealth for a middle household, 0 for a poor one [share]. Source: assumption.

    >>> float(standing(2, 0, 1.0)), round(float(standing(1, 0, 1.5)), 2), float(standing(0, 0, 0.4))
    (1.0, 0.12, 0.0)
    """
    middle = 0.08 * wealth if stratum == 1 else 0.0
    return 1.0 if (stratum == 2) | (named_kulak == 1) else middle


@rule
def dread(fear, standing, is_member, exile_dread, horizon):
    """
    How sure a household is to lose everything by exile.

    fear          families exiled in the region, remembered [% of households]
    standing      1 for a kulak, less by wealth for a middle household, 0 for a poor one [share]
    is_member     1 inside the kolkhoz, which protects for the time being [0/1]
    exile_dread   loss expected in a month by a kulak at fear 1 [1/month]
    horizon       how far ahead it looks [months]

    Returns probability [share]. Source: assumption; `self-dekulakisation`.

    >>> round(float(dread(2.0, 1.0, 0.0, 0.02, 10.0)), 3), float(dread(2.0, 0.0, 0.0, 0.02, 10.0))
    (0.33, 0.0)
    """
    return 1.0 - exponential(-exile_dread * horizon * fear * standing * (1.0 - 0.7 * is_member))


def believe(pressure: Any, half: float) -> Any:
    """
    Share of households that believe the rumour of seizure, from the campaign they see around them.

    pressure   pressure of the campaign, a number or an array of regions [index]
    half       pressure at which half of them believe it [index]

    Source: assumption; cattle fell by a fifth in the winter of 1929/30, before most of the joiners joined.

    >>> believe(0.3, 0.3), believe(0.0, 0.3)
    (0.5, 0.0)
    """
    return pressure / (pressure + half)


USUAL_PRICE_RATIO = 0.8
"""State price over market price in 1927. Source: `market_to_procurement_price_ratio`."""


def feed_that_pays(price_ratio: float, free: float, elasticity: float) -> float:
    """
    Part of the usual pigs that it pays to feed where grain may be sold dear.

    price_ratio   State price over market price of grain; the lower, the dearer is grain on the market [ratio]
    free          how far grain may be sold as one likes; where it is taken by force a price tells nothing [share]
    elasticity    of the pigs kept to that price

    Returns a factor on the pigs that are kept. Source: the scissors of 1928-29 (pigs fell by a fifth within a year
    while harvests were good); assumption for the elasticity.

    >>> round(feed_that_pays(0.4, 1.0, 0.5), 3), feed_that_pays(0.4, 0.0, 0.5), feed_that_pays(0.8, 1.0, 0.5)
    (0.707, 1.0, 1.0)
    """
    return 1.0 + free * (min(1.0, price_ratio / USUAL_PRICE_RATIO) ** elasticity - 1.0)


@rule
def threat(joining, rumour, feared_take, exile):
    """
    Part of the herd of one kind that the household expects to lose.

    joining       how sure it is to be inside soon [share]
    rumour        how far it believes that even those outside will lose animals [share]
    feared_take   share of this kind taken on joining, as remembered [share]
    exile         how sure it is to lose everything [share]

    Returns a share. Source: assumption.

    >>> float(threat(0.5, 0.0, 0.5, 0.0)), float(threat(0.0, 0.0, 1.0, 1.0)), float(threat(0.0, 0.0, 1.0, 0.0))
    (0.25, 1.0, 0.0)
    """
    coming = 1.0 - (1.0 - joining) * (1.0 - rumour)
    return 1.0 - (1.0 - coming * feared_take) * (1.0 - exile)


@rule
def allow(usual, mean, is_member, cap, plot):
    """
    Herd that a household would keep if nothing threatened it.

    usual       its own usual herd [heads]
    mean        mean usual herd of the region [heads]
    is_member   1 inside the kolkhoz [0/1]
    cap         what a member may keep, relative to its usual herd [ratio]
    plot        what the guaranteed plot adds, relative to cap x mean [ratio]

    Returns heads. Source: `kolkhoz_statute_1935`.

    >>> float(allow(2.0, 1.0, 0.0, 0.5, 0.5)), float(allow(2.0, 1.0, 1.0, 0.5, 0.5))
    (2.0, 1.25)
    """
    inside = cap * (usual + plot * mean)
    return usual + is_member * (inside - usual)


@rule
def slaughter(herd, kept, ordinary, panic, lost, hungry, most):
    """
    Share of a herd slaughtered this month: ordinary slaughter, and its recovery, and panic, in one formula.

    A herd that is larger than the household wants to keep is slaughtered faster, a smaller one slower: then births
    outrun slaughter and the herd grows.

    herd       animals [heads]
    kept       herd that the household wants to keep [heads]
    ordinary   slaughter of this month from a herd as large as wanted [share]
    panic      slaughtered at once when all is feared lost [share]
    lost       part of the herd that it expects to lose [share]
    hungry     slaughtered out of hunger [share]
    most       largest share in a month [share]

    Returns a share. Source: assumption; form of `mechanisms` with elasticity 1.

    >>> round(float(slaughter(2.0, 1.0, 0.03, 0.05, 0.0, 0.0, 0.6)), 3)
    0.06
    >>> round(float(slaughter(1.0, 0.0, 0.03, 0.05, 1.0, 0.0, 0.6)), 3)
    0.6
    """
    wish = ordinary * herd / (kept + 1e-4) + panic * lost + hungry
    return min(most, wish)


@rule
def sell(herd, target, ordinary):
    """
    Share of a common herd slaughtered or sold this month: little below the target, all the increase at it.

    herd       common animals [heads]
    target     what the kolkhoz strives for [heads]
    ordinary   slaughter of this month that holds a herd [share]

    >>> round(float(sell(5.0, 10.0, 0.04)), 3), round(float(sell(10.0, 10.0, 0.04)), 3)
    (0.01, 0.04)
    """
    fullness = min(4.0, herd / (target + 1e-3))
    return min(0.5, ordinary * fullness * fullness)


@rule
def care(years, care_months):
    """
    Care that a kolkhoz takes of its animals; learnt over years.

    years         kolkhoz years behind the village [years]
    care_months   time constant [months]

    Returns 0 = none, 1 = as at home [share]. Source: assumption.

    >>> float(care(0.0, 17.0)), round(float(care(3.0, 17.0)), 2)
    (0.0, 0.88)
    """
    return 1.0 - exponential(-12.0 * years / care_months)


@rule
def want(herd, kept, pace):
    """
    Young animals that a household without half its usual herd would buy this month.

    herd   animals [heads]
    kept   herd that it wants to keep [heads]
    pace   of buying [1/month]

    Returns heads. Source: `herd_aid`; assumption for the pace.

    >>> float(want(0.0, 2.0, 0.25)), float(want(1.5, 2.0, 0.25))
    (0.25, 0.0)
    """
    return pace * max(0.0, 0.5 * kept - herd)
