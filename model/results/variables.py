"""Every variable of a run, declared once: name, unit, meaning, stock or flow, and how it adds up.

The recorder makes its arrays from this table; the Dataset, `series.csv`, `annual.csv`, figures and docs take units and
meaning from it. A flow is what happened during the month, a stock what stands at the month's end. All values are in
real-world units: one simulated household has been multiplied by the number of real ones it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

HERDS = ("horses", "cattle", "pigs", "sheep_goats")


@dataclass(frozen=True, slots=True)
class Variable:
    """One measured quantity.

    `weight` names the variables whose product weighs a share or a per-head value when regions are joined; without it
    regions add up. `over_year` says how months become a year: their sum, the last month's value, or their mean.
    """

    name: str
    unit: str
    long_name: str
    kind: Literal["flow", "stock"]
    scope: Literal["region", "ussr"] = "region"
    weight: tuple[str, ...] = ()
    mean_over_year: bool = False

    @property
    def over_year(self) -> Literal["sum", "end", "mean"]:
        """How the months of a year are joined."""
        if self.mean_over_year:
            return "mean"
        return "sum" if self.kind == "flow" else "end"


def _flows(unit: str, scope: Literal["region", "ussr"], **meanings: str) -> Iterator[Variable]:
    for name, meaning in meanings.items():
        yield Variable(name, unit, meaning, "flow", scope)


def _stocks(unit: str, scope: Literal["region", "ussr"], **meanings: str) -> Iterator[Variable]:
    for name, meaning in meanings.items():
        yield Variable(name, unit, meaning, "stock", scope)


def _herds() -> Iterator[Variable]:
    """Births, deaths, slaughter, deliveries and stocks of the four kinds of livestock."""
    for herd in HERDS:
        kind = "sheep and goats" if herd == "sheep_goats" else herd
        yield Variable(f"born_{herd}", "heads", f"{kind} born", "flow")
        yield Variable(f"died_{herd}", "heads", f"{kind} lost to hunger, disease and neglect", "flow")
        yield Variable(f"slaughtered_{herd}", "heads", f"{kind} slaughtered by their keepers", "flow")
        yield Variable(f"delivered_{herd}", "heads", f"{kind} delivered to the State's meat procurement", "flow")
        yield Variable(herd, "heads", f"{kind}, private and collective", "stock")
        yield Variable(f"common_{herd}", "heads", f"{kind} in collective herds", "stock")


_REGIONAL = (
    *_flows(
        "t",
        "region",
        harvest="grain brought into the barns",
        reported_harvest="grain harvest as the officials report it",
        procurement_plan="grain demanded by the procurement plan",
        procured="grain taken by the State",
        grain_eaten="grain eaten by village people",
        seed_used="grain sown as seed",
        fodder_used="grain fed to livestock",
        grain_lost="grain lost in barns and stores",
        grain_burnt="grain burnt or spoilt in defiance",
        grain_sold="grain sold by villages on the market",
        grain_to_towns="State grain handed out in towns as rations",
        grain_confiscated="hidden grain found by searches, part of what the State took",
        relief="State grain given to hungry villages",
        seed_loans="State grain lent to villages as seed",
        rural_rations="State grain sold back to deficit and technical-crop villages",
    ),
    *_flows(
        "persons",
        "region",
        births="births in villages and towns",
        deaths="deaths in villages and towns",
        excess_deaths="deaths which the same people would not have died without hunger",
        rural_births="births in villages",
        rural_deaths="deaths in villages",
        rural_excess_deaths="deaths in villages owed to hunger",
        urban_births="births in towns",
        urban_deaths="deaths in towns",
        urban_excess_deaths="deaths in towns owed to hunger",
        net_rural_urban_migration="people leaving the region's villages for towns, less those returning",
        urban_from_exile="people come to towns from special settlements and camps, less townspeople sent to camps",
        urban_net_arrivals="people arriving in the region's towns from villages anywhere, less those leaving",
        persons_exiled="villagers exiled",
        persons_arrested="villagers arrested",
        persons_returned="exiled people returned to villages",
        nomads_gone="nomads gone with their families to other lands or abroad",
    ),
    *_flows(
        "households",
        "region",
        households_exiled="households exiled as kulak",
        households_fled="households that fled whole from the threat of exile",
        households_extinct="households of which nobody is left",
    ),
    *_flows("disturbances", "region", disturbances="mass disturbances in villages"),
    *_herds(),
    *_stocks("ha", "region", sown_area="area sown to grain for the current harvest"),
    *_stocks(
        "t",
        "region",
        grain_barns="grain in the barns of households",
        grain_concealed="grain concealed by households and kolkhozy",
        grain_pools="grain in the stores of kolkhozy",
        grain_market="grain brought to market and not yet bought",
    ),
    *_stocks("households", "region", households="peasant households"),
    *_stocks(
        "persons",
        "region",
        rural_population="people living in villages",
        urban_population="people living in towns",
        total_population="people living in villages and towns",
    ),
    *_stocks("tractors", "region", tractors="tractors at work in the fields"),
    Variable("collectivised_share", "share", "households in kolkhozy over all", "stock", weight=("households",)),
    Variable("living_space_per_head", "m2", "dwelling space per town dweller", "stock", weight=("urban_population",)),
    Variable(
        "grain_per_labour_day",
        "kg",
        "grain paid for a labour-day (trudoden)",
        "stock",
        weight=("households", "collectivised_share"),
    ),
    Variable(
        "food_per_head_rural",
        "kcal/person/day",
        "food eaten in villages, mean of the month",
        "flow",
        weight=("rural_population",),
        mean_over_year=True,
    ),
    Variable(
        "food_per_head_urban",
        "kcal/person/day",
        "food eaten in towns, mean of the month",
        "flow",
        weight=("urban_population",),
        mean_over_year=True,
    ),
    Variable(
        "hungry_share",
        "share",
        "village people who eat less than 0.8 of their need",
        "flow",
        weight=("rural_population",),
        mean_over_year=True,
    ),
    Variable(
        "ration_fulfilment",
        "share",
        "part of the intended town ration that was handed out",
        "flow",
        weight=("urban_population",),
        mean_over_year=True,
    ),
)

_NATIONAL = (
    *_flows(
        "t",
        "ussr",
        grain_exported="grain shipped abroad",
        grain_imported="grain bought abroad",
        grain_army="State grain for the army",
        grain_industry="State grain for industry",
        grain_transport="State grain for transport",
        grain_state_farms="State grain for state farms",
        grain_camps="State grain for camps and special settlements",
        grain_unnamed="State grain that went to uses no source names",
        grain_state_lost="State grain lost on the way and in store",
    ),
    *_flows(
        "persons",
        "ussr",
        special_settler_arrivals="people brought to special settlements",
        special_settler_births="births in special settlements",
        special_settler_deaths="deaths in special settlements",
        special_settler_escapes="escapes from special settlements, also of those caught later",
        settlers_released="special settlers released",
        prisoner_arrivals="people brought to camps",
        prisoner_deaths="deaths in camps",
        prisoner_releases="prisoners released",
    ),
    *_flows("gold roubles", "ussr", machinery_imports="machinery bought abroad"),
    *_stocks("t", "ussr", grain_state="grain in the State's stores"),
    *_stocks(
        "persons",
        "ussr",
        special_settlers="people in special settlements",
        prisoners="prisoners in camps",
        jobs_filled="people at work in the towns' economy",
    ),
    *_stocks("gold roubles", "ussr", foreign_debt="debt owed abroad"),
    Variable(
        "industrial_output_index",
        "1928=100",
        "industrial output at the month's yearly rate",
        "stock",
        "ussr",
        mean_over_year=True,
    ),
    Variable("capital_index", "1928=100", "capital of industry", "stock", "ussr"),
    Variable(
        "most_of_the_dead",
        "share",
        "smallest share of the households of 1927 among whom four fifths of those starved so far died; in December",
        "stock",
        "ussr",
    ),
    Variable(
        "retreat", "index", "how far the State has drawn back from forcing peasants to join, 0 to 1", "stock", "ussr"
    ),
)

VARIABLES: dict[str, Variable] = {variable.name: variable for variable in (*_REGIONAL, *_NATIONAL)}
