"""The aggregate twin: the same country as some twenty difference equations of national sums, month by month.

No households, no villages, no regions: one field, one barn, one body, one herd of each kind, one mood. It is given what
the agents are given (orders and weather as national means, the tables of 1927), and its own free numbers (`numbers.py`)
are fitted to those rows of the record that may be fitted to (`fitting.py`). Industry and the State's retreat are no
matter of households in the engine either; here the engine's own rules do for them.

What it cannot say - a region, a class, a village, the share of households that starved - it does not say: its digest
has no such names. Relief, seed loans and rations reach those in need only, and a mean knows nothing of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from model.agents.state import EXPORT_SEASON
from model.calendar import N_MONTHS, Month
from model.phases import seasons
from model.phases.draught import HORSE_EQUIVALENTS, TRACTOR_STRENGTH
from model.phases.economy import Economy
from model.rules.planning import DUE
from model.rules.towns import grown_since_census
from model.rules.unrest import next_retreat
from model.validation.baselines.numbers import BARN_1927, Numbers
from model.validation.baselines.orders import TAKEN, Nation

NEED = 2070.0  # kcal/person/day, as in `rules/food.py`
T_A_KCAL = 30.4 / 2800.0 / 1000.0  # t of grain a month for a kcal a day
MILK_AND_MEAT = 305.0  # kcal/person/day with the herds of 1928
FEED = {"horses": 0.36, "cattle": 0.07, "pigs": 0.16, "sheep_goats": 0.006}  # t a head and year on a full ration
SOLD_FREELY = 8.0 / 12.0  # Mt a month that villages sell to towns while the market is free; judgement
LOST = 0.04  # of the harvest, after threshing
SEED_LEFT = 0.3  # t a head that farmers keep before they see a surplus
NORMS_SPARE = 0.65  # how much less the next tonne is taken under norms a hectare; as in the engine
DEATH_RATE, URBAN_DEATH_RATE = 0.0225, 0.019  # 1/year, without hunger; census years
FAMILY = 4.6  # persons of an exiled family
WORKERS = 0.6  # of people who come to towns
RELEASED, DYING = 0.33, 0.05  # of prisoners, 1/year


@dataclass
class Sums:
    """The state of the nation, and what happened in each month by name."""

    sown: float
    barn: float
    herds: dict[str, float]
    villagers: float
    towns: float
    jobs: float
    inside: float = 0.008
    grievance: float = 0.0
    events: float = 0.0
    retreat: float = 0.0
    held: int = 0
    hungry: float = 0.0  # what is missing of enough, smoothed
    fodder: float = 1.0
    settlers: float = 0.0
    prisoners: float = 180_000.0
    take: float = 0.16  # part of the harvest that peasants expect to lose
    harvest: float = 0.0
    plan: float = 0.0
    delivered: float = 0.0
    procured: float = 0.0
    joiners: float = 0.0
    log: dict[str, list[float]] = field(default_factory=dict)

    def note(self, **values: float) -> None:
        """Keep this month's numbers."""
        for name, value in values.items():
            self.log.setdefault(name, []).append(value)


def live(given: Nation, n: Numbers) -> dict[str, list[float]]:
    """Live through the story; returns each quantity by month: flows of the month, stocks at its end."""
    facts = given.facts
    now = Sums(
        sown=given.sown_ha,
        barn=BARN_1927 * float(facts.rural_pop.sum()) / 1e6,
        herds={kind: float(heads) / 1e6 for kind, heads in zip(TAKEN, facts.herds.sum(axis=1), strict=True)},
        villagers=float(facts.rural_pop.sum()) / 1e6,
        towns=float(grown_since_census(float(facts.urban_pop.sum()))) / 1e6,
        jobs=float(given.scenario.behaviour.jobs_1928),
    )
    economy = Economy(given.scenario.behaviour)
    start = _draught(now, economy.tractors) / now.sown
    homes = float(facts.households.sum()) / 1e6
    for index in range(N_MONTHS):
        month = Month.at(index)
        orders = {name: course[index] for name, course in given.course.items()}
        _fields_and_procurement(now, given, n, orders, month, _draught(now, economy.tractors) / now.sown / start)
        _herds(now, n, orders, given)
        _food_and_death(now, n, given, month)
        _kolkhoz(now, n, orders)
        _exile(now, n, orders, homes)
        _towns_and_industry(now, n, orders, given, month, economy)
    return now.log


def _draught(now: Sums, tractors: float) -> float:
    beasts = sum(strength * now.herds[kind] for kind, strength in HORSE_EQUIVALENTS.items())
    return beasts + TRACTOR_STRENGTH * tractors / 1e6


def _fields_and_procurement(
    now: Sums, given: Nation, n: Numbers, orders: dict[str, float], month: Month, draught: float
) -> None:
    """Sow, reap and deliver [Mt]; one plan, one calendar, one barn."""
    k = month.of_agricultural_year
    if k == 0:
        usual = now.sown * given.usual_yield * n["yield_level"]
        weather = given.weather[month.year]
        above = max(0.0, now.take - 0.25) / 0.25 * (1.0 - NORMS_SPARE * orders["fixed_norms"])
        care = 1.0 - n["effort_loss"] * above * (now.inside + 0.5 * (1.0 - now.inside) * orders["compulsion"])
        now.harvest = usual * weather * min(1.05, draught) ** n["draught_elasticity"] * care
        seen = 1.0 + (1.0 - orders["fixed_norms"]) * orders["weather_seen"] * (weather - 1.0)
        now.plan = orders["rate"] * usual * seen * (1.0 + orders["optimism"])
        now.delivered = now.procured = 0.0
    reaped = now.harvest * given.harvest_share[k] if k in seasons.HARVEST else 0.0
    now.barn += (1.0 - LOST) * reaped
    now.note(harvest=reaped)
    taken = _delivered(now, n, orders, given, k) if k < len(DUE) and DUE[k] > 0.0 else 0.0
    now.barn -= taken
    now.procured += taken
    sold = min(SOLD_FREELY * (1.0 - orders["compulsion"]), 0.2 * now.barn)
    now.barn -= sold
    season = EXPORT_SEASON[k] * min(1.0, now.delivered / max(1e-9, DUE[k] * now.plan if k < 8 else now.plan))
    now.note(procured=taken, exported=orders["grain_exports"] * season)
    if k in {seasons.AUTUMN_SOWING, seasons.SPRING_SOWING}:
        part = 0.35 if k == seasons.AUTUMN_SOWING else 0.65
        now.barn -= min(now.barn, part * given.seed_rate * now.sown)
    if k == seasons.SPRING_SOWING:
        pull = draught * now.sown / given.sown_ha
        now.sown = given.sown_ha * (1.0 + n["sowing_push"] * now.inside) * min(1.0, pull) ** 0.08
    if k == seasons.LAST:
        now.take = 0.7 * now.procured / max(1.0, now.harvest) + 0.3 * now.take
    now.note(sown=now.sown)


def _delivered(now: Sums, n: Numbers, orders: dict[str, float], given: Nation, k: int) -> float:
    """Grain that the State gets this month [Mt]: what it orders, what is offered, payment to stations, purchases."""
    if k in {3, 6}:
        missing = max(0.0, DUE[k - 1] * now.plan - now.delivered)
        now.plan -= orders["shortfall_written_off"] * missing
    step = seasons.due_in(k)
    share = now.plan / max(1.0, now.harvest)
    obeyed = 1.0 - n["resistance"] * max(0.0, share - 0.2) / 0.1
    obeyed = min(1.0, max(0.0, obeyed + (1.0 - obeyed) * orders["search"]))
    demanded = max(0.0, DUE[k] * now.plan - now.delivered) * obeyed
    surplus = max(0.0, now.harvest - SEED_LEFT * now.villagers - given.seed_rate * now.sown)
    offered = min(n["offer"] * orders["price_ratio"] * surplus, now.plan) * step
    plan = orders["compulsion"] * demanded + (1.0 - orders["compulsion"]) * offered
    extra = orders["mts_payment"] * orders["mts_coverage"] * now.inside * now.harvest * step
    if k == 6:
        needed = 0.14 * now.villagers + 0.65 * given.seed_rate * now.sown
        extra += orders["purchases"] * max(0.0, now.barn - needed)
    now.delivered += plan
    return min(plan + extra, 0.9 * now.barn)


def _herds(now: Sums, n: Numbers, orders: dict[str, float], given: Nation) -> None:
    """Beasts are fed what the barn allows, are born and starve; joiners slaughter first [million heads]."""
    full = sum(FEED[kind] * heads for kind, heads in now.herds.items()) / 12.0
    k = len(now.log["harvest"]) % 12 or 12
    ahead = 12.0 - k + 1.0
    needs = ahead * (now.villagers * 0.016 + full) + given.seed_rate * now.sown * seasons.seed_ahead(k - 1)
    now.fodder = min(1.3, max(0.05, n["fodder_thrift"] * now.barn / needs))
    now.barn -= min(now.barn, now.fodder * full)
    for kind in TAKEN:
        growth = n[f"grow_{kind}"] - n[f"starve_{kind}"] * max(0.0, 1.0 - now.fodder)
        growth += n["herd_aid"] * orders["herd_aid"]
        slaughter = min(0.9, n[f"slaughter_{kind}"] * now.joiners * orders[f"take_{kind}"])
        meat = orders["meat"] if kind != "horses" else 0.0
        now.herds[kind] *= (1.0 + (growth - meat) / 12.0) * (1.0 - slaughter)
    now.note(**now.herds)


def _food_and_death(now: Sums, n: Numbers, given: Nation, month: Month) -> None:
    """One mean body: what is missing of enough, smoothed, kills by its square [million persons]."""
    k = month.of_agricultural_year
    weather = given.weather[month.agricultural_year]
    beasts = now.herds["cattle"] / (float(given.facts.herds[1].sum()) / 1e6)
    other = n["other_food"] * (0.5 + 0.5 * weather) + MILK_AND_MEAT * beasts
    wanted = max(0.0, 1.45 * NEED - other) * T_A_KCAL * now.villagers
    seed = given.seed_rate * now.sown * seasons.seed_ahead(k)
    eaten = min(wanted, max(0.0, now.barn - seed) / (12.0 - k + n["carry"]))
    now.barn -= eaten
    intake = (eaten / now.villagers / T_A_KCAL + other) / NEED
    now.hungry += (max(0.0, n["enough"] - intake) - now.hungry) / max(1.0, n["lag"])
    died = now.villagers * min(0.5, n["hazard"] * now.hungry**2) / 12.0
    past = now.log.get("hungry", [0.0])
    fertile = n["birth_rate"] / 12.0 * max(0.0, 1.0 - n["barrenness"] * (past[-9] if len(past) >= 9 else 0.0))
    now.villagers += now.villagers * (fertile - DEATH_RATE / 12.0) - died
    births = (now.villagers + now.towns) * fertile
    now.note(hungry=now.hungry, excess_deaths=died, births=births, village_grain=now.barn)


def _kolkhoz(now: Sums, n: Numbers, orders: dict[str, float]) -> None:
    """Pressure brings in, the State's retreat lets out; forced joining embitters, and bitterness breaks out."""
    now.retreat, now.held = next_retreat(
        now.retreat, now.held, now.events, orders["retreat_threshold"], orders["pressure"]
    )
    outside = 1.0 - now.inside
    forced = n["join"] * orders["pressure"] * (1.0 - now.retreat) * (1.0 + n["neighbours"] * now.inside) * outside
    now.joiners = min(outside, forced + n["tax_join"] * orders["tax_on_independents"] * outside)
    unwilling = max(0.0, now.inside - n["willing"])
    left = min(1.0, n["leave"] * orders["leaving_tolerated"] + n["desert"] * now.retreat) * unwilling
    now.inside += now.joiners - left
    now.grievance = n["memory"] * now.grievance + forced
    now.events = 1000.0 * n["riots"] * now.grievance**1.4 * (1.0 + n["opportunity"] * now.retreat)
    now.note(collectivised=now.inside, disturbances=now.events)


def _exile(now: Sums, n: Numbers, orders: dict[str, float], homes: float) -> None:
    """Families are exiled as ordered [households, persons]."""
    families = min(1000.0 * orders["families_exiled"], 1e6 * homes * 0.05)
    arrested = 1000.0 * orders["arrests"]
    people = FAMILY * families + 1000.0 * orders["settler_arrivals_other"]
    died = n["settler_deaths"] / 12.0 * now.settlers
    gone = n["settler_escapes"] / 12.0 * now.settlers + 1000.0 * orders["settlers_released"]
    now.settlers = max(0.0, now.settlers + people - died - gone)
    now.prisoners += arrested + 1000.0 * orders["other_arrivals"] - now.prisoners * (RELEASED + DYING) / 12.0
    now.villagers -= (FAMILY * families + arrested) / 1e6
    now.note(exiled=families, settlers=now.settlers, settler_deaths=died, prisoners=now.prisoners)


def _towns_and_industry(
    now: Sums, n: Numbers, orders: dict[str, float], given: Nation, month: Month, economy: Economy
) -> None:
    """Vacancies call villagers; capital and hands make output by the engine's own rules."""
    policy = given.scenario.at(month)
    vacant = economy.jobs_wanted(policy) / 1e6 - now.jobs
    called = (n["base_migration"] + n["pull"] * max(0.0, vacant)) * (1.0 - n["passports"] * orders["passports"]) / 12.0
    now.towns += called + n["town_growth"] / 12.0 * now.towns
    now.villagers -= called
    now.jobs += WORKERS * called + n["at_home"] / 12.0 * vacant
    report = economy.advance(
        policy,
        grain_exported_t=1e6 * now.log["exported"][-1],
        jobs_filled=1e6 * now.jobs,
        newcomers=1e6 * WORKERS * max(0.0, called),
        prisoners=now.prisoners,
        settlers=now.settlers,
        mechanisms=given.scenario.mechanisms,
    )
    now.note(
        migration=called, towns=now.towns, villagers=now.villagers, industry=report.output_index,
        tractors=report.tractors_total, machinery=report.machinery_imports,
    )  # fmt: skip
