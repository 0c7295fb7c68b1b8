"""Whom officials choose for exile, and how fear of it spreads and drives households away.

Called from `model.phases.dekulakisation`. Numbers are in `model.policy.behaviour_people`.
"""

from __future__ import annotations

from model.arithmetic import exponential
from model.compiled import rule
from model.rules.powers import gumbel, logarithm

OUT_OF_REACH = -1e9
"""Score of a household that is no longer there."""


@rule
def score(wealth, is_kulak, is_member, u, wealth_weight, class_weight, member_spared):
    """
    How high a household stands on the officials' list: wealth, the census class, membership, and chance.

    wealth     usual herd over the region's mean [ratio]
    is_kulak   kulak of the census, or named one since [0-1]
    is_member  of the kolkhoz [0-1]
    u          draw: spite, denunciation, a quota to fill [0-1)

    Returns the score [index]. Source: assumption (docs/model.md).

    >>> bool(score(3.0, 1.0, 0.0, 0.5, 1.5, 2.75, 1.0) > score(1.0, 0.0, 0.0, 0.5, 1.5, 2.75, 1.0))
    True
    """
    standing = wealth_weight * logarithm(wealth + 0.05) + class_weight * is_kulak - member_spared * is_member
    return standing + gumbel(u)


@rule
def threat(wealth, is_kulak, is_poor, is_member, middle_threatened, members_threatened):
    """
    How threatened a household feels by exile, beside an independent kulak [0-1 and above].

    >>> float(threat(2.0, 1.0, 0.0, 0.0, 0.08, 0.3)), float(threat(2.0, 0.0, 1.0, 0.0, 0.08, 0.3))
    (1.0, 0.0)
    """
    outside = 1.0 if is_kulak > 0.0 else middle_threatened * wealth * (1.0 - is_poor)
    return outside * (1.0 - (1.0 - members_threatened) * is_member)


@rule
def flight_hazard(fear, threatened, flight_from_exile):
    """
    Monthly probability that a threatened household sells up and flees to the towns ("self-dekulakisation").

    fear        in the region [index]
    threatened  how far the household feels meant [0-1]

    Returns the probability [0-1]. Source: assumption (gives the 150,000-300,000 of 1930-31; docs/model.md).

    >>> float(flight_hazard(0.0, 1.0, 0.013))
    0.0
    """
    return 1.0 - exponential(-flight_from_exile * fear * threatened)
