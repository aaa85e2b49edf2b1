"""The first day of the charge cycle that a day falls into.

A cycle starts on the day of the month on which the subscription was bought, or on the last day of a shorter month, always
counted from the purchase: bought on 31 January it starts on 28 February, 31 March, 30 April. One exception is printed
by the vendor: an annual term billed monthly, bought on the day before a month's end, keeps its distance from month end.
All days are UTC. The result is a day number: format the cell as a date.

Errors: #NUM! for a day before the purchase; #VALUE! for another plan or term, or what is no date; #N/A for a missing day.
Source: Microsoft's billing scenarios (new commerce), tables of charge cycles.
"""

from __future__ import annotations

from datetime import date

from recon_xl.functions.cycles import PLAN, TERM, cycle_on
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction


def cycle_start(subscription_start: date, on_date: date, plan: str, term: str) -> date:
    """The first day of the cycle."""
    return cycle_on(subscription_start, on_date, plan, term)[0]


FUNCTION = WorksheetFunction(
    name="CYCLESTART",
    help="The first day of the charge cycle that a day falls into.",
    arguments=(
        Argument("subscription_start", "Day of the purchase.", takes=Takes.DATE),
        Argument("on_date", "Any day of the cycle asked for.", takes=Takes.DATE),
        PLAN,
        TERM,
    ),
    calculate=cycle_start,
    examples=(
        Example("=RECON_CYCLESTART(DATE(2022,2,21),DATE(2022,3,25))", "2022-03-21", "=EDATE(DATE(2022,2,21),1)"),
        Example("=RECON_CYCLESTART(DATE(2021,1,31),DATE(2021,3,1))", "2021-02-28", "=EDATE(DATE(2021,1,31),1)"),
        Example("=RECON_CYCLESTART(DATE(2021,1,30),DATE(2021,3,1))", "2021-02-27", "=EOMONTH(DATE(2021,1,30),1)-1"),
        Example(
            '=RECON_CYCLESTART(DATE(2021,1,30),DATE(2021,3,1),"Monthly","P1M")',
            "2021-02-28",
            "=EDATE(DATE(2021,1,30),1)",
        ),
        Example('=RECON_CYCLESTART("2024-02-29",{"2024-03-01";"2026-01-31"},"Annual")', "{2024-02-29;2025-02-28}"),
        Example("=RECON_CYCLESTART(DATE(2022,2,21),DATE(2022,2,20))", "#NUM!"),
    ),
    doc=__doc__ or "",
)
