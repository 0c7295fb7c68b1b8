"""Joining and leaving the kolkhoz: own wish, push of the campaign, fear, the door, and what a joiner brings in.

An index in logits. The own wish is what a household would do if left alone; the push is what the campaign
and fear add to it. Called from `model.phases.membership`. Numbers are in `model.policy.behaviour_people`.
"""

from __future__ import annotations

from model.arithmetic import logistic
from model.compiled import rule

PAPER_MONTHS = 5
"""Members of fewer months are members on paper: their animals are still moving, and they leave easily."""


@rule
def village_wish(distaste, share_inside, neighbours_pull, squeeze, leaning, village_spread):
    """
    What a village of mean households wishes: the part of the wish common to all its households.

    distaste         of the kolkhoz when nothing else speaks for it [logits]
    share_inside     of the village's households [0-1]
    neighbours_pull  what a whole village inside adds [logits]
    squeeze          tax on independents and guaranteed plot, already in [logits]
    leaning          of the village [sd]
    village_spread   what one standard deviation is worth [logits]

    Returns the wish [logits]. Source: assumption (fit; docs/model.md).

    >>> round(float(village_wish(7.78, 0.5, 5.0, 0.0, 1.0, 2.0)), 2)
    -3.28
    """
    return neighbours_pull * share_inside + squeeze + village_spread * leaning - distaste


@rule
def own_wish(common_wish, wealth, temper, wealth_ties, household_spread):
    """
    What one household wishes: the wealthier it is, the less it wants to bring its herd into the common one.

    common_wish  of the village [logits]
    wealth       usual herd over the region's mean [ratio]
    temper       own leaning [sd]

    Returns the wish [logits]. Source: assumption (fit; docs/model.md).

    >>> float(own_wish(0.0, 2.0, 0.0, 1.5, 0.5))
    -1.5
    """
    return common_wish - wealth_ties * (wealth - 1.0) + household_spread * temper


@rule
def campaign_push(pressure, retreat, share_of_country, campaign_force, officials_race, retreat_eases):
    """
    The push of officials: stronger when the country seems to be inside already, gone when the State retreats.

    pressure          of the campaign in this region [index, 1 = winter of 1930]
    retreat           of the State [0-1]
    share_of_country  inside [0-1]

    Returns the push [logits, >= 0]. Source: assumption (fit); the retreat follows the article of 2 March 1930.

    >>> float(campaign_push(1.0, 1.0, 0.5, 10.0, 0.1, 1.0))
    0.0
    """
    return campaign_force * pressure * (1.0 - retreat_eases * retreat) * (1.0 + officials_race * share_of_country)


@rule
def fear_push(fear, is_poor, retreat, fear_pull):
    """
    Fear of being called a kulak drives into the kolkhoz; the poor fear it half, and a retreat halves it.

    >>> float(fear_push(2.0, 1.0, 0.0, 0.5)), float(fear_push(2.0, 0.0, 0.0, 0.5))
    (0.5, 1.0)
    """
    return fear_pull * fear * (1.0 - 0.5 * is_poor) * (1.0 - 0.5 * retreat)


@rule
def hazard(index, fastest):
    """
    Monthly probability from an index in logits and the hazard of one wholly ready.

    >>> float(hazard(0.0, 0.5))
    0.25
    """
    return fastest * logistic(index)


@rule
def readiness_to_move(wish, push, outside, merged, pressure_on_members, inertia):
    """
    Index of crossing the door of the kolkhoz this month: of joining for those outside, of leaving for members.

    wish                 its own, to be inside [logits]
    push                 of campaign and fear [logits]
    outside              1 for independents, 0 for members [0-1]
    merged               1 for members of five months and more, whose animals and fields are merged, else 0 [0-1]
    pressure_on_members  part of the push that keeps members inside [share]
    inertia              what merged animals and fields add [logits]

    Returns the index [logits]. Source: assumption (fit; docs/model.md).

    >>> float(readiness_to_move(-2.0, 5.0, 1.0, 0.0, 0.5, 4.0)), float(readiness_to_move(-2.0, 5.0, 0.0, 1.0, 0.5, 4.0))
    (3.0, -4.5)
    """
    member = 1.0 - outside
    return (outside - member) * (wish + (outside + pressure_on_members * member) * push + inertia * merged)


@rule
def fastest_move(outside, barred, door, fastest_join, fastest_leave):
    """
    Monthly hazard of one wholly ready to cross the door of the kolkhoz.

    outside  1 for independents, 0 for members [0-1]
    barred   1 where the kolkhoz is forbidden to take it, as kulaks were from November 1929 to 1934 [0-1]
    door     how open it is for those who want to leave [0-1]

    Returns the hazard [1/month].

    >>> float(fastest_move(1.0, 0.0, 0.0, 0.5, 0.25)), float(fastest_move(1.0, 1.0, 1.0, 0.5, 0.25))
    (0.5, 0.0)
    >>> float(fastest_move(0.0, 0.0, 0.5, 0.5, 0.25))
    0.125
    """
    return outside * fastest_join * (1.0 - barred) + (1.0 - outside) * fastest_leave * door


@rule
def open_door(tolerated, retreat, retreat_opens):
    """
    How open the door of the kolkhoz is for those who want to leave [0-1].

    >>> float(open_door(0.5, 1.0, 0.95))
    1.0
    """
    return min(tolerated + retreat_opens * retreat, 1.0)


@rule
def forced(wish, readiness):
    """
    How far a joining was forced: 0 if it would have joined as soon without any push, near 1 if never.

    wish       its own [logits]
    readiness  to join with the push of campaign and fear [share of one wholly ready, 0-1]

    >>> float(forced(0.0, 0.5)), float(forced(0.0, 1.0))
    (0.0, 0.5)
    """
    return max(0.0, 1.0 - logistic(wish) / max(readiness, 1e-12))


@rule
def unwilling(wish, merged):
    """
    How far a member is inside against its will [0-1]; those long inside count half.

    >>> float(unwilling(0.0, 0.0)), float(unwilling(0.0, 1.0))
    (0.5, 0.25)
    """
    return logistic(-wish) * (1.0 - 0.5 * merged)


@rule
def brought_so_far(months_in, pace):
    """
    Part of what a member owes the common herd that has been brought in by the end of a month of membership.

    A share `pace` of what is still owed moves in each of the first three months, the rest in the fourth.

    months_in  1 in the month of joining [months]
    pace       [share/month]

    >>> round(float(brought_so_far(1, 0.35)), 2), float(brought_so_far(4, 0.35)), float(brought_so_far(0, 0.35))
    (0.35, 1.0, 0.0)
    """
    owed = 1.0 - pace
    two = owed * owed
    if months_in <= 0:
        left = 1.0
    elif months_in == 1:
        left = owed
    elif months_in == 2:
        left = two
    elif months_in == 3:
        left = two * owed
    else:
        left = 0.0
    return 1.0 - left


@rule
def part_of_herd_moved(term, months_in, pace):
    """
    Part of the animals still private that moves into the common herd this month.

    term       share of the herd on joining which the terms of the kolkhoz take [0-1]
    months_in  1 in the month of joining [months]
    pace       part of what is owed brought in a month [share/month]

    Returns the part of the present herd [0-1].

    >>> float(part_of_herd_moved(1.0, 4, 0.35)), float(part_of_herd_moved(0.5, 9, 0.35))
    (1.0, 0.0)
    """
    before = brought_so_far(months_in - 1, pace)
    now = brought_so_far(months_in, pace)
    return term * (now - before) / max(1.0 - term * before, 1e-6)


@rule
def mixed(amount, quality, more, quality_of_more):
    """
    Mean quality of two amounts thrown together, weighted, between 0 and 1; 1 when both are nothing.

    >>> round(float(mixed(1.0, 0.5, 3.0, 0.9)), 2), float(mixed(0.0, 0.5, 0.0, 0.9))
    (0.8, 1.0)
    """
    total = amount + more
    mean = (amount * quality + more * quality_of_more) / total if total > 0.0 else 1.0 + 0.0 * total
    return min(1.0, max(0.0, mean))  # a quotient of crumbs may round to anything
