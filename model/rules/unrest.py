"""Grievance, disturbances and the retreat of the State before them.

Expected disturbances, never drawn ones, move the State: at one row for a thousand households a single drawn
event would stand for a thousand. Called from `model.phases.unrest`.
"""

from __future__ import annotations

from model.arithmetic import exponential
from model.compiled import rule
from model.rules.powers import power


@rule
def bitterness_of_joining(how_forced, taken, forced_embitters):
    """
    What one household's joining adds to the grievance of its village, times its number of households.

    how_forced        [0-1]
    taken             herd that the terms take, before any panic slaughter, over the region's mean herd [ratio]
    forced_embitters  what is felt even if nothing is taken [index]

    >>> float(bitterness_of_joining(1.0, 0.5, 0.25))
    0.75
    """
    return how_forced * (forced_embitters + taken)


@rule
def remembered(grievance, memory, fresh, grain_pressure, share_inside, hunger, grain_embitters, hunger_embitters):
    """
    Grievance of a village at the month's end: what lasts, what the joining did, grain taken by compulsion, hunger.

    grievance       a month ago [index]
    memory          part that lasts a month [share]
    fresh           bitterness of this month's joiners per household [index]
    grain_pressure  share of the surplus taken, times compulsion [0-1]
    share_inside    members feel grain procurement less than the independent [0-1]
    hunger          need not met, mean of the village [share]

    Returns the grievance [index, >= 0]. Source: assumption (fit; docs/model.md).

    >>> float(remembered(1.0, 0.5, 0.25, 0.0, 0.0, 0.0, 0.04, 0.09))
    0.75
    """
    of_grain = grain_embitters * grain_pressure * (1.0 - 0.7 * share_inside)
    return memory * grievance + fresh + of_grain + hunger_embitters * hunger


@rule
def riot_hazard(
    grievance, retreat, unwilling, region_rate, exiled_per_cent, scale, steepness, opportunity, contagion, deters
):
    """
    Expected disturbances of one village in a month.

    A village rises together (`steepness` above 1), most of all when the State has disowned its officials while the
    unwilling are still inside; news of others' riots adds, families already exiled deter.

    retreat          of the State [0-1]
    unwilling        inside against their will [share of households]
    region_rate      last month's disturbances per village of the region [events/month]
    exiled_per_cent  families exiled so far [% of households]

    Returns events [per village-month, at most 0.5]. Source: assumption (fit to OGPU counts 1930; docs/model.md).

    >>> float(riot_hazard(0.0, 1.0, 1.0, 0.0, 0.0, 0.009, 1.4, 10.0, 0.03, 0.04))
    0.0
    """
    risen = scale * power(grievance, steepness) * (1.0 + opportunity * retreat * unwilling)
    moved = risen * (1.0 + contagion * 1000.0 * region_rate) * exponential(-deters * exiled_per_cent)
    return min(moved, 0.5)


REAL_VILLAGE = 60.0
"""Households of a village for which `riot_hazard` tells disturbances [count]; a smaller village has fewer of them."""


@rule
def burnt(grain_kg, events, burnt_per_event):
    """
    Grain that burns when barns and sheds are set on fire [kg].

    >>> float(burnt(100.0, 0.5, 0.5))
    25.0
    """
    return grain_kg * min(events * burnt_per_event, 1.0)


def retreat_asked_for(events: float, threshold: float) -> float:
    """
    How far the State would retreat from last month's disturbances [0-1]: smooth, without a cliff.

    events     expected disturbances in the country last month
    threshold  disturbances a month at which it goes half the way

    Source: assumption (smooth form of "retreats above 800 a month"; docs/model.md).

    >>> retreat_asked_for(800.0, 800.0), retreat_asked_for(0.0, 800.0)
    (0.5, 0.0)
    """
    # a thousandth of the threshold moves nobody; without the cut a quiet month would overflow
    return 1.0 / (1.0 + (threshold / events) ** 6) if events > 1e-3 * threshold else 0.0


def next_retreat(retreat: float, held: int, events: float, threshold: float, pressure: float) -> tuple[float, int]:
    """
    Return the State's retreat this month and the months that it has held it.

    It listens only during a campaign (pressure above 0.3) or while it is retreating. The retreat rises at once,
    is held while disturbances stay above a quarter of the threshold, nine months at most, then halves monthly.

    retreat    last month [0-1]
    held       months [count]
    events     expected disturbances in the country last month
    threshold  disturbances a month at which it goes half the way
    pressure   of the campaign this month [index]

    >>> next_retreat(0.0, 0, 8000.0, 800.0, 0.1)
    (0.0, 0)
    >>> next_retreat(1.0, 3, 100.0, 800.0, 0.1)
    (0.5, 3)
    """
    if pressure <= 0.3 and retreat <= 0.0:
        return 0.0, 0
    if events > 0.25 * threshold and held < 9:
        risen = max(retreat, retreat_asked_for(events, threshold))
        return (risen, held + 1) if risen >= 0.02 else (0.0, 0)
    fading = 0.5 * retreat
    return (fading, held) if fading >= 0.02 else (0.0, 0)
