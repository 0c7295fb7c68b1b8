"""What is sold abroad, what is borrowed, and what machines the money buys; for phases/economy.py."""

from __future__ import annotations


def forced_labour_exports(settlers: float, earnings_per_settler: float) -> float:
    """
    What timber and other goods made by special settlers earn abroad in a month.

    settlers               people in special settlements [persons]
    earnings_per_settler   earnings for each of them, families counted in [gold roubles/person/year]

    Returns gold roubles in the month.
    Source: assumption; timber was about a seventh of exports of 1931, about half of the settlers cut it (ZEMSKOV1994).

    >>> forced_labour_exports(1_200_000.0, 30.0)
    3000000.0
    """
    return settlers * earnings_per_settler / 12.0


def export_earnings(grain_t: float, grain_price: float, other_exports: float, forced_exports: float) -> float:
    """
    Earnings of a month's exports.

    grain_t          grain shipped [t]
    grain_price      world price at the border [gold roubles/t]
    other_exports    oil, timber, furs and other goods [gold roubles/month]
    forced_exports   goods of forced labour [gold roubles/month]

    Returns gold roubles in the month.
    Source: trade.csv exports_total, grain_export_revenue.

    >>> export_earnings(400_000.0, 40.0, 60e6, 3e6)
    79000000.0
    """
    return grain_t * grain_price + other_exports + forced_exports


def credit_granted(wanted: float, debt: float, ceiling: float) -> float:
    """
    Credit which foreigners give in a month; a repayment (negative) never exceeds the debt.

    wanted    net credit which the State asks for [gold roubles/month]
    debt      debt at the month's start [gold roubles]
    ceiling   debt at which no bank lends any more [gold roubles]

    Returns net credit [gold roubles/month].
    Source: DOHAN1976, limit of German and British credits in 1931-32.

    >>> credit_granted(20e6, 1_395e6, 1_400e6)
    5000000.0
    >>> credit_granted(-20e6, 8e6, 1_400e6)
    -8000000.0
    """
    if wanted >= 0.0:
        return min(wanted, max(ceiling - debt, 0.0))
    return max(wanted, -max(debt, 0.0))


def debt_after(debt: float, credit: float, gold_sales: float, interest: float) -> float:
    """
    Foreign debt at the month's end.

    debt         debt at the month's start [gold roubles]
    credit       net credit of the month [gold roubles]
    gold_sales   gold and valuables sold for the service of debt, and debt wiped out by devaluation [gold roubles]
    interest     interest [share a year]

    Returns debt, never below nothing [gold roubles].
    Source: trade.csv foreign_debt; inputs.csv gold_exports, torgsin_valuables, debt_relief_devaluation.

    >>> round(debt_after(1_200e6, 10e6, 6e6, 0.06))
    1210000000
    """
    return max(debt * (1.0 + interest / 12.0) + credit - gold_sales, 0.0)


def machinery_bought(imports: float, machinery_share: float) -> float:
    """
    Machines bought abroad.

    imports           all imports [gold roubles/month]
    machinery_share   part of imports spent on machinery [0-1]

    Returns gold roubles in the month.
    Source: trade.csv machinery_import_share.

    >>> machinery_bought(100e6, 0.5)
    50000000.0
    """
    return max(imports, 0.0) * machinery_share


def machinery_delivered(delivered: float, bought: float, delivery_time: float) -> float:
    """
    Machinery that arrives at the works, months after it was ordered and paid for.

    delivered       rate of arrival so far [million gold roubles/year]
    bought          bought this month, as a yearly rate [million gold roubles/year]
    delivery_time   mean time from order to arrival [months, at least 1]

    Returns rate of arrival [million gold roubles/year].
    Source: assumption; German orders were filled within about a year (DOHAN1976).

    >>> machinery_delivered(200.0, 380.0, 9.0)
    220.0
    """
    return delivered + (bought - delivered) / max(delivery_time, 1.0)


def tractors_bought(planned: float, machinery: float, tractor_price: float, currency_share: float) -> float:
    """
    Tractors bought abroad: the plan, as far as the money for machinery goes.

    planned          tractors to be imported [a month]
    machinery        spent on machinery this month [gold roubles]
    tractor_price    price of a tractor at the border [gold roubles]
    currency_share   largest part of the money for machinery that tractors may take [0-1]

    Returns tractors [a month].
    Source: assumption; 23 thousand tractors were about a tenth of machinery imports of 1930.

    >>> tractors_bought(2000.0, 40e6, 2000.0, 0.25)
    2000.0
    >>> tractors_bought(2000.0, 0.0, 2000.0, 0.25)
    0.0
    """
    return min(planned, max(machinery, 0.0) * currency_share / tractor_price)
