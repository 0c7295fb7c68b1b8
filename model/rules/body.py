"""What hunger does to a body, and whom it kills: reserve, wasting, hazards of death, births."""

from __future__ import annotations

from model.compiled import rule


@rule
def draw_on_reserve(reserve_days, intake_share, reserve_max):
    """
    The body lives on its reserve when food is short, and needs less as it wastes.

    reserve_days   reserve in days of full need [days]
    intake_share   food of the month over need [ratio]
    reserve_max    reserve of a well-fed body [days]

    Returns the reserve at the month's end [days]. At half depletion 65 % of need can be lived on.
    Source: assumption, after starvation studies (Keys and others 1950).

    >>> float(draw_on_reserve(66.0, 1.2, 66.0)), round(float(draw_on_reserve(66.0, 0.5, 66.0)), 1)
    (66.0, 50.8)
    """
    depletion = 1.0 - reserve_days / reserve_max
    upkeep = 1.0 - 0.35 * min(1.0, 2.0 * depletion)
    return min(reserve_max, max(0.0, reserve_days + (intake_share - upkeep) * 30.4))


@rule
def waste(wasting, depletion, months, recovery_months):
    """
    Weakness and infection follow depletion with a delay, and leave a body later than they came.

    wasting           depletion over the last months [share]
    depletion         of the reserve now [share]
    months            delay while the body wastes [months]
    recovery_months   delay while it is fed again [months]

    Returns wasting at the month's end [share]. Source: assumption; in the Minnesota experiment strength took twice as
    long to come back as it had taken to go (Keys and others 1950), and typhus and malaria outlasted the hunger of 1933.

    >>> round(float(waste(0.2, 0.8, 3.0, 6.0)), 3), round(float(waste(0.8, 0.2, 3.0, 6.0)), 3)
    (0.4, 0.7)
    """
    delay = months if depletion > wasting else recovery_months
    return wasting + (depletion - wasting) / delay


@rule
def hunger_hazard(wasting, threshold, fastest):
    """
    Hazard of death by hunger for a grown person, a month [1/month].

    wasting     depletion over the last months [share]
    threshold   wasting below which nobody dies of it [share]
    fastest     hazard of a body with nothing left [1/month]

    >>> float(hunger_hazard(0.4, 0.45, 0.1)), round(float(hunger_hazard(1.0, 0.45, 0.1)), 3)
    (0.0, 0.1)
    """
    beyond = max(0.0, wasting - threshold) / (1.0 - threshold)
    return fastest * beyond * beyond


@rule
def births(adults, rate, barrenness, sensitivity):
    """
    Children expected this month [persons].

    adults        persons aged 15-59 at home [persons]
    rate          births a year per adult in good years [1/year]
    barrenness    depletion nine months ago [share]
    sensitivity   how much of the births full depletion takes away [ratio]

    >>> round(float(births(3.0, 0.09, 0.0, 1.1)), 4), float(births(3.0, 0.09, 1.0, 1.1))
    (0.0225, 0.0)
    """
    return adults * rate * 0.083333 * max(0.0, 1.0 - sensitivity * barrenness)
