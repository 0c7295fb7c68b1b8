"""Events as plain sentences. No names, no feelings, no places below the region: the columns know none."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Mapping

from model.biography.events import Event
from model.biography.family import ANIMALS
from model.calendar import Month

_ANIMAL_WORDS = (
    ("horse", "horses"),
    ("head of cattle", "cattle"),
    ("pig", "pigs"),
    ("sheep or goat", "sheep and goats"),
)
_SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def when(month: Month) -> str:
    """Write a month in words.

    >>> when(Month(1930, 2))
    'February 1930'
    """
    return f"{month_name[month.month]} {month.year}"


def count(number: float, one: str, many: str) -> str:
    """Count people or months in words up to twelve.

    >>> count(1, "child", "children"), count(3, "child", "children"), count(14, "month", "months")
    ('one child', 'three children', '14 months')
    """
    whole = round(number)
    return f"{_SMALL_NUMBERS[whole] if 0 <= whole <= 12 else whole} {one if whole == 1 else many}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def animals(facts: Mapping[str, float]) -> str:
    """Name the animals, a tenth of one being the least.

    >>> animals({"horses": 1.0, "cattle": 0.84, "pigs": 0.01, "sheep_goats": 2.0})
    '1 horse, 0.8 cattle and 2 sheep and goats'
    """
    held = []
    for kind, (one, many) in zip(ANIMALS, _ANIMAL_WORDS, strict=True):
        number = f"{facts[kind]:.1f}".removesuffix(".0")
        if number != "0":
            held.append(f"{number} {one if number == '1' else many}")
    return " and ".join(filter(None, (", ".join(held[:-1]), *held[-1:]))) or "no animals"


def _persons(one: str, many: str, ending: str = "") -> Callable[[Event], str]:
    return lambda event: f"{_capital(count(event.facts['persons'], one, many))}{ending}."


def _starved(event: Event) -> str:
    dead, in_all = event.facts["persons"], event.facts["in_all"]
    before = "" if dead == in_all else f"; with those before {count(in_all, 'person', 'people')} in all"
    return f"{_capital(count(dead, 'member', 'members'))} of the family died of hunger{before}."


def _left(event: Event) -> str:
    stayed = "ten years or more" if event.facts["held"] else count(event.facts["months"], "month", "months")
    return f"The family left the kolkhoz after {stayed} as a member."


def _hunger(event: Event) -> str:
    months, met = event.facts["months"], 100.0 * event.facts["met"]
    if months == 1:
        return f"The family ate {met:.0f} % of what it needed; in every other month of the year more than four fifths."
    return (
        f"The family ate {met:.0f} % of what it needed, the least of that year; "
        f"{count(months, 'month', 'months')} of the year brought no more than four fifths."
    )


def _searched(event: Event) -> str:
    more = event.facts["months"] - 1
    again = f", and again in {count(more, 'more month', 'more months')} of the year" if more else ""
    return f"Brigades searched the village for grain{again}."


def _departed(event: Event) -> str:
    people, unmet = count(event.facts["people"], "person", "people"), 100.0 * event.facts["deficit"]
    ate = "all the food needed" if unmet < 0.5 else f"{100.0 - unmet:.0f} % of the food needed"
    return (
        f"The household left the village whole. The month before, {people} had been at home and had eaten {ate}. "
        "The run keeps neither why it left nor where it went."
    )


def _exiled(event: Event) -> str:
    people = event.facts["people"]
    were = "was" if round(people) == 1 else "were"
    named = "named the household kulak and exiled it" if event.facts["named_now"] else "exiled the household as kulak"
    return (
        f"Officials {named}. The month before, {count(people, 'person', 'people')} {were} at home; the model takes a "
        "part of such a household to have left before. What it held passed to the village or was lost. From here on "
        "exiles are followed all together, not by family."
    )


def _grain(facts: Mapping[str, float]) -> str:
    """Tell of the year's grain, in kg."""
    harvested, delivered, concealed = (facts[name] for name in ("harvested_kg", "delivered_kg", "concealed_kg"))
    told = []
    if harvested >= 0.5:
        to_state = f"{delivered:,.0f} kg" if delivered >= 0.5 else "nothing"
        told.append(f"The family harvested {harvested:,.0f} kg of grain of its own; {to_state} went to the State")
    elif delivered >= 0.5:
        told.append(f"From the family's own barn {delivered:,.0f} kg of grain went to the State")
    elif not facts["member"]:
        told.append("The family harvested no grain of its own")
    if concealed >= 0.5:
        told.append(f"{'at' if told else 'At'} most {concealed:,.0f} kg lay concealed")
    text = ", and ".join(told) + ". " if told else ""
    if facts["member"]:
        paid = f"{facts['trudoden_kg']:.1f} kg of" if facts["trudoden_kg"] >= 0.05 else "no"
        text += f"The kolkhoz paid {paid} grain for a labour-day. "
    return text


def _account(event: Event) -> str:
    facts = event.facts
    home = count(facts["people"], "person", "people") if facts["people"] else "nobody"
    if facts["away"]:
        home += f", and {count(facts['away'], 'worker', 'workers')} in town"
    sown = f"; {facts['sown_ha']:.1f} ha of its own sown" if facts["sown_ha"] >= 0.05 else ""
    at = month_name[event.month.month]
    return f"{_grain(facts)}At home at the end of {at}: {home}; {animals(facts)}{sown}."


_TELL: dict[str, Callable[[Event], str]] = {
    "born": _persons("child was born", "children were born"),
    "starved": _starved,
    "died_old": _persons("elderly member of the family died", "elderly members of the family died"),
    "died_young": _persons("child died", "children died"),
    "lost_adult": _persons("adult died or was arrested", "adults died or were arrested"),
    "lost": _persons("more member died otherwise or was arrested", "more members died otherwise or were arrested"),
    "to_town": _persons("adult went to work in a town", "adults went to work in a town"),
    "came_home": _persons("worker came home from town", "workers came home from town"),
    "stayed_in_town": _persons("worker stayed in town for good", "workers stayed in town for good"),
    "named_kulak": lambda _: "Officials named the household kulak.",
    "joined": lambda event: (
        "The family joined the kolkhoz; "
        f"{100 * event.facts['village_share']:.0f} % of the village's households were then members."
    ),
    "left_kolkhoz": _left,
    "hunger": _hunger,
    "searched": _searched,
    "exiled": _exiled,
    "departed": _departed,
    "extinct": lambda _: "Nobody of the family was left.",
    "account": _account,
}


def sentence(event: Event) -> str:
    """Tell an event, its month first.

    >>> sentence(Event(Month(1933, 5), "starved", {"persons": 2.0, "in_all": 2.0}))
    'May 1933: Two members of the family died of hunger.'
    """
    at = when(event.month)
    if event.kind == "account":
        first = Month.at(event.month.index + 1 - int(event.facts["months"]))
        begin = month_name[first.month] if first.year == event.month.year else when(first)
        if event.facts["months"] == 12:
            at = f"Year to {at}"
        elif first < event.month:
            at = f"{begin} to {at}"
    return f"{at}: {_TELL[event.kind](event)}"
