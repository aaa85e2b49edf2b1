"""Tax on one net line: half up of (net x rate) to the minor unit of its currency.

The rate is the client's own, by tax region and product class, as on the tab Tax; the vendor's tax is never passed on.
Each line is rounded for itself, which is the default of the setting Tax Rounding. Tax of a credit is negative.

Errors: #NUM! for a rate below 0 % or of 100 % and more: type 20%, not 20. #N/A where the net or the rate is missing: a
missing rate is never 0 %.
Source: the user guide, How the expected amount comes about; half up by line, as tax offices accept.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import ZERO
from recon_xl.core.tax import tax_of
from recon_xl.functions.limits import TAX_BELOW, points
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction


def tax(net: Decimal, rate: Decimal, currency_code: str) -> Decimal:
    """The tax of a line, as its draft will show it."""
    return tax_of(net, points(rate, least=ZERO, below=TAX_BELOW), currency_code)


FUNCTION = WorksheetFunction(
    name="TAX",
    help="Tax on one net line, rounded half up to the minor unit of its currency.",
    arguments=(
        Argument("net", "Net amount of the line."),
        Argument("rate", "Tax rate, such as 20%.", takes=Takes.PERCENT),
        Argument(
            "currency_code",
            "Currency of the amount, for its minor unit; two decimals if left out.",
            True,
            takes=Takes.CURRENCY,
            default="",
        ),
    ),
    calculate=tax,
    examples=(
        Example("=RECON_TAX(112.8,20%)", "22.56", "=ROUND(112.8*20%,2)"),
        Example("=RECON_TAX(-10.05,10%)", "-1.01", "=ROUND(-10.05*10%,2)"),
        Example('=RECON_TAX(1005,10%,"JPY")', "101", "=ROUND(1005*10%,0)"),
        Example("=RECON_TAX({100;50},{0.2;0})", "{20;0}"),
        Example("=RECON_TAX(100,20)", "#NUM!"),
    ),
    doc=__doc__ or "",
)
