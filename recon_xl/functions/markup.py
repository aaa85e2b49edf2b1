"""Markup in per cent of the vendor cost: (sell - cost) / cost.

Both amounts are net and in one currency; the result is a fraction to be shown as a percentage, rounded half up to
0.01 %, as on the tab Margin. It is not the margin: a markup of 25 % is a margin of 20 %.

Errors: #DIV/0! where nothing was paid; #N/A where an amount is missing.
Source: the words of the house, markup = (sell - cost) / cost, never of sell.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import percent
from recon_xl.core.price import markup_of
from recon_xl.functions.errors import DIV0, CellFault
from recon_xl.functions.model import Argument, Example, WorksheetFunction


def markup(sell: Decimal, cost: Decimal) -> Decimal:
    """What was put on the cost, as a part of the cost."""
    points = markup_of(sell, cost)
    if points is None:
        raise CellFault(DIV0)
    return percent(points)


FUNCTION = WorksheetFunction(
    name="MARKUP",
    help="Markup: what was put on the vendor cost, as a part of the cost.",
    arguments=(
        Argument("sell", "Net sell price or revenue."),
        Argument("cost", "Net vendor cost, in the same currency."),
    ),
    calculate=markup,
    examples=(
        Example("=RECON_MARKUP(120,100)", "0.2", "=ROUND((120-100)/100,4)"),
        Example("=RECON_MARKUP(11.28,9.4)", "0.2", "=ROUND((11.28-9.4)/9.4,4)"),
        Example("=RECON_MARKUP({125;90},{100;100})", "{0.25;-0.1}"),
        Example("=RECON_MARKUP(120,0)", "#DIV/0!", "=(120-0)/0"),
    ),
    doc=__doc__ or "",
)
