"""How investment becomes capital, capital and hands make output, and output brings tractors; for phases/economy.py."""

from __future__ import annotations


def imported_machine_share(capital_ratio: float, half_point: float, steepness: float) -> float:
    """
    Part of the machines that industry must still buy abroad; falls as works that make machines come into use.

    capital_ratio   capital, 1928 = 1
    half_point      capital at which half of the machines are made at home, 1928 = 1
    steepness       how sudden the change is [exponent]

    Returns a share of the machines needed [0-1].
    Source: form by assumption; falls with machinery imports per unit of investment, 1928-34 (VT1918-1940).

    >>> imported_machine_share(2.0, 2.0, 8.0)
    0.5
    >>> imported_machine_share(1.0, 2.0, 8.0) > 0.99
    True
    """
    return float(1.0 / (1.0 + (capital_ratio / half_point) ** steepness))


def machine_shortage(imported_share: float, delivered: float, needed: float) -> float:
    """
    Part of all machines needed that is missing because it was not bought abroad.

    imported_share   part of the machines that must be imported [0-1]
    delivered        machinery that arrives [million gold roubles/year]
    needed           machinery that the investment asks for if all is imported [million gold roubles/year]

    Returns a share of the machines needed [0-1]; more than enough is no help.
    Source: assumption (no substitute for a missing machine within the year).

    >>> machine_shortage(0.8, 40.0, 100.0)
    0.4
    >>> machine_shortage(0.2, 40.0, 100.0)
    0.0
    """
    if needed <= 0.0:
        return 0.0
    return min(max(imported_share - delivered / needed, 0.0), 1.0)


def capital_formation(investment: float, shortage: float, equipment_share: float, works: float) -> float:
    """
    Investment that becomes useful: walls without machines are only walls; prisoners' building comes on top.

    investment        fixed investment [1928 = 1 a year]
    shortage          part of the machines that is missing [0-1]
    equipment_share   part of investment that is of no use without its machines [0-1]
    works             canals, railways and other building by prisoners [1928 investment = 1, a year]

    Returns capital begun [1928 investment = 1, a year].
    Source: assumption; machines were about two fifths of fixed investment (MOORPOW1966).

    >>> capital_formation(2.0, 0.5, 0.5, 0.25)
    1.75
    """
    return investment * (1.0 - equipment_share * shortage) + works


def finished_in_month(begun: float, construction_time: float) -> float:
    """
    Works that come into use this month out of everything begun and not finished.

    begun               unfinished building at the month's start [years of 1928 investment]
    construction_time   mean time from beginning to use [months, at least 1]

    Returns capital that comes into use [years of 1928 investment].
    Source: assumption; unfinished building grew to more than a year's investment by 1932 (DAVIES1980).

    >>> finished_in_month(6.0, 12.0)
    0.5
    """
    return begun / max(construction_time, 1.0)


def capital_after(capital: float, finished: float, depreciation: float) -> float:
    """
    Capital at the month's end.

    capital        capital at the month's start [years of 1928 investment]
    finished       capital that came into use in the month [years of 1928 investment]
    depreciation   wear [share a year]

    Returns capital [years of 1928 investment].
    Source: perpetual inventory, as in MOORPOW1966.

    >>> capital_after(12.0, 0.5, 0.03)
    12.47
    """
    return capital * (1.0 - depreciation / 12.0) + finished


def skill_after(skill: float, newcomers_share: float, learning_time: float, newcomer_skill: float) -> float:
    """
    Mean skill of those at work: newcomers dilute it, time at the bench raises it.

    skill             mean skill at the month's start [0-1, 1 = experienced]
    newcomers_share   villagers taken on this month [share of those at work]
    learning_time     time constant of learning [months]
    newcomer_skill    skill of a villager on the first day [0-1]

    Returns mean skill at the month's end, never below a newcomer's nor above 1.
    Source: mechanisms of the prototype; dilution of the industrial workforce 1930-32 (FILTZER, DAVIES1980).

    >>> skill_after(0.9, 0.0, 10.0, 0.3)
    0.91
    >>> skill_after(0.9, 0.1, 10.0, 0.3) < 0.9
    True
    """
    learned = skill + (1.0 - skill) / learning_time
    diluted = learned - (learned - newcomer_skill) * min(max(newcomers_share, 0.0), 1.0)
    return min(max(diluted, newcomer_skill), 1.0)


def effective_labour(
    jobs_filled: float, prisoners: float, settlers: float, prisoner_labour: float, settler_labour: float
) -> float:
    """
    Hands at work outside farming, forced labour counted by what it does.

    jobs_filled       people in jobs outside farming [persons]
    prisoners         people in camps [persons]
    settlers          people in special settlements, children included [persons]
    prisoner_labour   work of a prisoner against a free worker's [0-1], the sick and idle counted in
    settler_labour    work of a settler in industry against a free worker's [0-1], families counted in

    Returns workers [persons].
    Source: assumption; about 600 thousand settlers at work outside farming early in 1932 with families (ZEMSKOV1994).

    >>> effective_labour(10e6, 1e6, 1e6, 0.33, 0.2)
    10530000.0
    """
    return jobs_filled + prisoner_labour * prisoners + settler_labour * settlers


def fed_effort(fed: float, hunger_loss: float) -> float:
    """
    Work done by people who eat too little: absence, changing of jobs, weakness.

    fed           part of their need that workers eat, ration and market together [0-1]
    hunger_loss   work lost if there were nothing to eat [share, 0-1]

    Returns work [share of the normal].
    Source: assumption; absence and turnover of 1932-33 (FILTZER).

    >>> fed_effort(0.5, 0.3)
    0.85
    """
    return 1.0 - hunger_loss * (1.0 - min(max(fed, 0.0), 1.0))


def output_index(
    capital_ratio: float, labour_ratio: float, capital_share: float, productivity_growth: float, years_since_1928: float
) -> float:
    """
    Industrial output of capital and skilled labour.

    capital_ratio         capital, mean of 1928 = 1
    labour_ratio          labour x skill x effort, mean of 1928 = 1
    capital_share         elasticity of output to capital [0-1]
    productivity_growth   growth from neither capital nor labour [share a year]
    years_since_1928      time since the middle of 1928 [years]

    Returns output [1928 = 100].
    Source: Cobb-Douglas as in MOORPOW1966 and ALLEN2003.

    >>> output_index(1.0, 1.0, 0.4, 0.01, 0.0)
    100.0
    """
    labour = max(labour_ratio, 0.0)
    growth = (1.0 + productivity_growth) ** years_since_1928
    return float(100.0 * capital_ratio**capital_share * labour ** (1.0 - capital_share) * growth)


def jobs_wanted(
    investment: float, capital_ratio: float, real_wage: float, scale: float, elasticities: tuple[float, float, float]
) -> float:
    """
    Jobs outside farming which works, offices and building sites want to fill.

    investment      fixed investment [1928 = 1]
    capital_ratio   capital, 1928 = 1
    real_wage       real wage [1928 = 1]
    scale           jobs in 1928 [persons]
    elasticities    to investment, to capital, to the real wage (negative) [-]

    Returns jobs [persons].
    Source: regression on wage_earners_total_1930s_series less farm wage earners, 1928-37.

    >>> jobs_wanted(1.0, 1.0, 1.0, 9.5e6, (0.33, 0.3, -0.32))
    9500000.0
    """
    to_investment, to_capital, to_wage = elasticities
    return float(scale * investment**to_investment * capital_ratio**to_capital * real_wage**to_wage)


def tractors_made(output: float, tractor_share: float) -> float:
    """
    Tractors which industry makes in a month.

    output          industrial output [1928 = 100]
    tractor_share   tractors for each point of that index [tractors/year/point]

    Returns tractors [a month].
    Source: industry.csv tractor_output; the share is an order.

    >>> tractors_made(200.0, 300.0)
    5000.0
    """
    return max(output, 0.0) * tractor_share / 12.0


def tractors_after(tractors: float, added: float, delivered_share: float, wear: float) -> float:
    """
    Tractors at work on the land at the month's end.

    tractors          tractors at the month's start
    added             tractors made and imported in the month
    delivered_share   part of them that reaches farming [0-1]
    wear              scrapped [share a year]

    Returns tractors.
    Source: livestock.csv tractors_stock 1927-38; 8 % a year fits best.

    >>> tractors_after(1200.0, 100.0, 1.0, 0.12)
    1288.0
    """
    return tractors * (1.0 - wear / 12.0) + delivered_share * added
