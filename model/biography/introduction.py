"""Who the family is and whom it stands for: the lines with which its story begins."""

from __future__ import annotations

from model.biography.family import AGES, ANIMALS, Family
from model.biography.sentences import animals, count, when
from model.columns import Stratum
from model.history import SHORT_NAMES
from model.plan import ALL

CLASSES = {Stratum.POOR: "poor", Stratum.MIDDLE: "middle", Stratum.KULAK: "kulak"}
_AGE_WORDS = ("under 5", "of 5-14", "of 15-59", "of 60 and over")


def introduction(family: Family) -> list[str]:
    """Say who the family is, whom it stands for, and what it had at the end of the first month."""
    real = round(ALL / family.households, -2) if family.households < ALL / 200 else round(ALL / family.households)
    ages = [
        f"{count(family[age][0], words, words)}" for age, words in zip(AGES, _AGE_WORDS, strict=True) if family[age][0]
    ]
    had = animals({kind: float(family[kind][0]) for kind in ANIMALS})
    land = f"{family['land_ha'][0]:.1f} ha of grain land" if family["land_ha"][0] >= 0.05 else "no grain land"
    member = "already in the kolkhoz" if family["months_in"][0] > 0 else "outside any kolkhoz"
    who = (
        f"Household {family.row} of {family.households:,}, seed {family.seed}: {SHORT_NAMES[family.region]}, "
        f"{CLASSES[family.stratum]} by the census of 1927."
    )
    whom = (
        f"It stands for some {real:,.0f} households like it and is no real one: names, places and feelings are not "
        "known; animals are counted in parts, as a mean of such households."
    )
    first = f"{count(family.at_home[0], 'person', 'people')} at home ({', '.join(ages)}); {had}; {land}; {member}"
    return [who, whom, f"End of {when(family.months[0])}: {first}."]
