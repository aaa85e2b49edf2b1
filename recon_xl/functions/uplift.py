"""The sell price of one unit on vendor retail, by a signed Percentage Off RRP: positive raises, negative lowers.

Half up of (retail price x (1 + percentage) x exchange rate) to the minor unit of the client's currency. In spite of its
name the percentage is an uplift: 2.5 % of 1,000.00 sells at 1,025.00, -2.5 % at 975.00. The retail price is the
vendor's list price, never the cost after partner earned credit. A negative price is a refund and stays negative.

Errors: #NUM! for a percentage of 100 % or more, or below -100 %: such a number was meant as per cent, type 2.5%; and
for a rate of 0 or less. #N/A where the price or the percentage is missing; a missing percentage is never 0.
Source: CSP Portal's Azure billing profiles; the user guide, How the expected amount comes about.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import minor_digits
from recon_xl.core.price import ONE, rrp_unit
from recon_xl.functions.limits import NOTHING_LEFT, UPLIFT_BELOW, points, require_rates
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction


def uplift(retail_price: Decimal, percentage: Decimal, exchange_rate: Decimal, currency_code: str) -> Decimal:
    """The price of one unit; prices are magnitudes to the price method, so the sign is put back."""
    require_rates(exchange_rate)
    per_cent = points(percentage, least=NOTHING_LEFT, below=UPLIFT_BELOW)
    amount = rrp_unit(retail_price, per_cent, exchange_rate, minor_digits(currency_code)).amount
    return -amount if retail_price < 0 else amount


FUNCTION = WorksheetFunction(
    name="UPLIFT",
    help="Sell price of one unit: vendor retail raised or lowered by a signed Percentage Off RRP.",
    arguments=(
        Argument("retail_price", "The vendor's retail price (RRP, ERP) of one unit."),
        Argument("percentage", "Percentage Off RRP, signed: 2.5% raises, -2.5% lowers.", takes=Takes.PERCENT),
        Argument(
            "exchange_rate", "1 unit of the retail currency in the client's currency; 1 if left out.", True, default=ONE
        ),
        Argument(
            "currency_code",
            "The client's currency, for its minor unit; two decimals if left out.",
            True,
            takes=Takes.CURRENCY,
            default="",
        ),
    ),
    calculate=uplift,
    examples=(
        Example("=RECON_UPLIFT(1000,2.5%)", "1025", "=ROUND(1000*(1+2.5%),2)"),
        Example("=RECON_UPLIFT(1000,-2.5%)", "975", "=ROUND(1000*(1-2.5%),2)"),
        Example('=RECON_UPLIFT(99.9,2.5%,150,"JPY")', "15360", "=ROUND(99.9*(1+2.5%)*150,0)"),
        Example("=RECON_UPLIFT({1000;200},{0.025;0})", "{1025;200}"),
        Example("=RECON_UPLIFT(1000,2.5)", "#NUM!"),
    ),
    doc=__doc__ or "",
)
