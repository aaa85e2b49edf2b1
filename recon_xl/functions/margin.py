"""Margin in per cent of the sell price: (sell - cost) / sell.

Both amounts are net and in one currency; the result is a fraction to be shown as a percentage, rounded half up to
0.01 %, as on the tab Margin. A credit (both amounts negative) has the margin of the charge that it takes back.

Errors: #DIV/0! where nothing is sold; #N/A where an amount is missing.
Source: the words of the house, margin = (sell - cost) / sell, never of cost.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import percent
from recon_xl.core.price import margin_of
from recon_xl.functions.errors import DIV0, CellFault
from recon_xl.functions.model import Argument, Example, WorksheetFunction


def margin(sell: Decimal, cost: Decimal) -> Decimal:
    """The share of the sell price that is left after cost."""
    points = margin_of(sell, cost)
    if points is None:
        raise CellFault(DIV0)
    return percent(points)


FUNCTION = WorksheetFunction(
    name="MARGIN",
    help="Margin: the part of the sell price that is left after cost.",
    arguments=(
        Argument("sell", "Net sell price or revenue."),
        Argument("cost", "Net vendor cost, in the same currency."),
    ),
    calculate=margin,
    examples=(
        Example("=RECON_MARGIN(120,100)", "0.1667", "=ROUND((120-100)/120,4)"),
        Example("=RECON_MARGIN(-120,-100)", "0.1667", "=ROUND((-120+100)/-120,4)"),
        Example("=RECON_MARGIN({120;80},{100;100})", "{0.1667;-0.25}"),
        Example("=RECON_MARGIN(0,100)", "#DIV/0!", "=(0-100)/0"),
    ),
    doc=__doc__ or "",
)
