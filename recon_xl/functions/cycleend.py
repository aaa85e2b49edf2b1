"""The last day of the charge cycle that a day falls into: the day before the next cycle starts.

It is the day on which a charge of the cycle ends, and the one that a change in mid-cycle is prorated to. Cycles start as
RECON_CYCLESTART says. All days are UTC and inclusive. The result is a day number: format the cell as a date.

Errors: #NUM! for a day before the purchase; #VALUE! for another plan or term, or what is no date; #N/A for a missing day.
Source: Microsoft's billing scenarios (new commerce), tables of charge cycles.
"""

from __future__ import annotations

from datetime import date

from recon_xl.functions.cycles import PLAN, TERM, cycle_on
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction


def cycle_end(subscription_start: date, on_date: date, plan: str, term: str) -> date:
    """The last day of the cycle."""
    return cycle_on(subscription_start, on_date, plan, term)[1]


FUNCTION = WorksheetFunction(
    name="CYCLEEND",
    help="The last day of the charge cycle that a day falls into.",
    arguments=(
        Argument("subscription_start", "Day of the purchase.", takes=Takes.DATE),
        Argument("on_date", "Any day of the cycle asked for.", takes=Takes.DATE),
        PLAN,
        TERM,
    ),
    calculate=cycle_end,
    examples=(
        Example("=RECON_CYCLEEND(DATE(2022,2,21),DATE(2022,2,21))", "2022-03-20", "=EDATE(DATE(2022,2,21),1)-1"),
        Example("=RECON_CYCLEEND(DATE(2021,1,31),DATE(2021,2,1))", "2021-02-27", "=EDATE(DATE(2021,1,31),1)-1"),
        Example(
            '=RECON_CYCLEEND(DATE(2026,4,15),DATE(2026,11,1),"Annual")', "2027-04-14", "=EDATE(DATE(2026,4,15),12)-1"
        ),
        Example('=RECON_CYCLEEND("2021-06-18",{"2021-06-20";"2021-07-18"})', "{2021-07-17;2021-08-17}"),
        Example("=RECON_CYCLEEND(DATE(2022,2,21),DATE(2022,2,20))", "#NUM!"),
    ),
    doc=__doc__ or "",
)
