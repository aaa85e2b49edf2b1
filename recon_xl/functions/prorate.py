"""The share of a cycle's price that some of its days cost: price x days charged / days of the charge cycle.

Days are inclusive and UTC, as the vendor prints them. A monthly cycle is spread over the days of the calendar month in
which it starts, an annual one over 365 or 366. A whole cycle costs the whole price. The price may be of
one unit or of many, in any currency.

Give `cycle_start` wherever you know it. Without it the dates of the charge alone must say how long the cycle is: 20 June to
17 July is part of a cycle that began in June, however it ended. 1 to 15 October may be a cancelled cycle of October (31
days) or the end of one that began in September (30); nothing is guessed, and the answer is #NUM!.

The result is not rounded unless `currency_code` is given: add the parts of a cycle first, and round their sum once.
Errors: #NUM! where the charge ends before it starts, starts before its cycle, or is longer than one, and where the cycle is
needed to tell; #VALUE! for another
plan or what is no date; #N/A where price or a date is missing.
Source: Microsoft's billing scenarios, EffectiveUnitPrice = UnitPrice / days of the cycle x days billed.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from recon_xl.core.money import to_minor_unit
from recon_xl.core.proration import prorated
from recon_xl.functions.cycles import PLAN, share_of_cycle
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction


def prorate(
    price: Decimal, charge_start: date, charge_end: date, plan: str, cycle_start: date | None, currency_code: str
) -> Decimal:
    """The part of the price, exact or rounded half up."""
    share = share_of_cycle(charge_start, charge_end, plan, cycle_start)
    exact = prorated(price, [(Decimal(1), share)])
    return to_minor_unit(exact, currency_code) if currency_code else exact


FUNCTION = WorksheetFunction(
    name="PRORATE",
    help="The share of a cycle's price that some of its days cost.",
    arguments=(
        Argument("price", "Price of the whole cycle, of one unit or of all."),
        Argument("charge_start", "First day charged.", takes=Takes.DATE),
        Argument("charge_end", "Last day charged.", takes=Takes.DATE),
        PLAN,
        Argument(
            name="cycle_start",
            help="First day of the cycle; needed where the charge's dates fit cycles of different length, such as a cancellation.",
            is_optional=True,
            takes=Takes.DATE,
        ),
        Argument(
            name="currency_code",
            help="Round half up to this currency's minor unit; exact if left out.",
            is_optional=True,
            takes=Takes.CURRENCY,
            default="",
        ),
    ),
    calculate=prorate,
    examples=(
        Example("=RECON_PRORATE(30,DATE(2021,6,20),DATE(2021,7,17))", "28", "=30*28/30"),
        Example(
            '=RECON_PRORATE(14,DATE(2026,6,20),DATE(2026,7,17),"Monthly",DATE(2026,6,18),"USD")',
            "13.07",
            "=ROUND(14*(DATE(2026,7,17)-DATE(2026,6,20)+1)/DAY(EOMONTH(DATE(2026,6,18),0)),2)",
        ),
        Example(
            '=RECON_PRORATE(365,DATE(2026,3,1),DATE(2026,12,31),"Annual",DATE(2026,1,1))',
            "306",
            "=365*(DATE(2026,12,31)-DATE(2026,3,1)+1)/365",
        ),
        Example(
            '=RECON_PRORATE(31,DATE(2026,10,1),DATE(2026,10,15),"Monthly",DATE(2026,10,1))',
            "15",
            "=31*(DATE(2026,10,15)-DATE(2026,10,1)+1)/DAY(EOMONTH(DATE(2026,10,1),0))",
        ),
        Example("=RECON_PRORATE(31,DATE(2026,10,1),DATE(2026,10,15))", "#NUM!"),
        Example("=RECON_PRORATE({30;60},DATE(2021,6,20),DATE(2021,7,17))", "{28;56}"),
        Example("=RECON_PRORATE(30,DATE(2021,7,17),DATE(2021,6,20))", "#NUM!"),
    ),
    doc=__doc__ or "",
)
