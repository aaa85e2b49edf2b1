"""Charge cycles as worksheet functions ask for them: the cycle on a day, and the share of it that a charge covers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from recon_xl.core.cycle import charge_cycle, cycle_days, cycle_of, months_of
from recon_xl.core.proration import FULL, Share
from recon_xl.functions.errors import NUM, CellFault
from recon_xl.functions.model import Argument, Takes

PLANS = ("Monthly", "Annual", "Triennial")
TERMS = ("P1M", "P1Y", "P3Y")
_LONGEST = {"Monthly": 31, "Annual": 366, "Triennial": 1097}
"""Days of the longest cycle of a plan; a charge beyond it spans several."""

PLAN = Argument(
    name="plan",
    help="Billing plan: Monthly, Annual or Triennial; Monthly if left out.",
    is_optional=True,
    takes=Takes.TEXT,
    choices=PLANS,
    default="Monthly",
)
TERM = Argument(
    name="term",
    help="Term of the subscription: P1M, P1Y or P3Y; P1Y if left out.",
    is_optional=True,
    takes=Takes.TEXT,
    choices=TERMS,
    default="P1Y",
)


def cycle_on(purchase: date, on: date, plan: str, term: str) -> tuple[date, date]:
    """First and last day of the cycle that a day falls into; `#NUM!` for a day before the purchase."""
    if on < purchase:
        raise CellFault(NUM)
    index = ((on.year - purchase.year) * 12 + on.month - purchase.month) // months_of(plan)
    found = charge_cycle(purchase, plan, index, term=term)
    return found if found[0] <= on else charge_cycle(purchase, plan, index - 1, term=term)


def share_of_cycle(charge_start: date, charge_end: date, plan: str, cycle_start: date | None) -> Share:
    """Days charged over days of the cycle; the whole of it for a whole cycle, also one that a short month cuts.

    Without its start the cycle is the one that ends with the charge, if the charge's own dates say how long it is.
    `#NUM!` where they do not, and for a charge that ends before it starts, starts before its cycle, or is too long.
    """
    if charge_end < charge_start or (cycle_start is not None and charge_start < cycle_start):
        raise CellFault(NUM)
    if cycle_start in (None, charge_start) and _is_whole(charge_start, charge_end, plan):
        return FULL
    if cycle_start is None:
        cycle_start, days = cycle_of(charge_start, charge_end, plan)
        if days != cycle_days(charge_start, plan):
            raise CellFault(NUM)  # one that began before the charge has other days than one that began with it
    if (charge_end - cycle_start).days >= _LONGEST[plan]:
        raise CellFault(NUM)
    days = cycle_days(cycle_start, plan)
    return Share(Decimal(min((charge_end - charge_start).days + 1, days)), Decimal(days))


def _is_whole(charge_start: date, charge_end: date, plan: str) -> bool:
    return any(charge_cycle(charge_start, plan, term=term)[1] == charge_end for term in ("P1M", "P1Y"))
