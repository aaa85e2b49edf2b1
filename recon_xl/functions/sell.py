"""What a vendor line or a quantity sells at, net in the client's currency, by the price basis of its product.

| Price basis | `price` is | Result |
| --- | --- | --- |
| `markup` | EffectiveUnitPrice | half up of (price x vendor rate, cut, x (1 + percentage) x exchange rate), x quantity |
| `markup usage` | the whole Subtotal | half up of (price x (1 + percentage) x exchange rate) |
| `rrp` | retail price of a unit | half up of (price x (1 + percentage) x exchange rate), x quantity |
| `rrp usage` | retail price of a unit | price x quantity, cut, x vendor rate, cut, x (1 + percentage) x exchange rate, half up |
| `fixed`, `list`, `as billed` | your price of a unit | half up of (price x exchange rate, rounded where it converts, x quantity) |

The unit price is rounded first, so that quantity x unit price is always the line; with `sell_rounding` "line" only the
line is rounded. "Cut" is toward zero to the vendor's minor unit, as Microsoft does. The sign is that of price x quantity, so
a refund is read right whichever of the two is negative. Percentages are signed: positive raises, negative lowers.
Quantities with included, minimum or maximum units, and shares of a cycle, are put in before: see RECON_PRORATE.

Errors: #VALUE! for another price basis, a percentage where the basis has none, or a quantity beside a Subtotal; #NUM! for
a percentage below -100 %, of 1,000 % and more on cost or 100 % and more on retail, or a rate of 0 or less; #N/A where the price, or
the percentage of a basis that needs one, is missing: a missing markup is never 0.
Source: the user guide, How the expected amount comes about, whose worked examples these are.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import ZERO, minor_digits, product, round_half_up
from recon_xl.core.price import ONE, Rounded, markup_unit, markup_usage, rrp_unit, rrp_usage
from recon_xl.functions.errors import NA, VALUE, CellFault
from recon_xl.functions.limits import MARKUP_BELOW, NOTHING_LEFT, UPLIFT_BELOW, points, require_rates
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction

MARKUP, MARKUP_USAGE, RRP, RRP_USAGE = "markup", "markup usage", "rrp", "rrp usage"
BASES = (MARKUP, MARKUP_USAGE, RRP, RRP_USAGE, "fixed", "list", "as billed")
ROUNDINGS = ("unit", "line")


def sell(
    price_basis: str,
    price: Decimal,
    percentage: Decimal | None,
    quantity: Decimal,
    exchange_rate: Decimal,
    currency_code: str,
    vendor_rate: Decimal,
    vendor_currency: str,
    pricing_currency: str,
    sell_rounding: str,
) -> Decimal:
    """The net amount of the line; prices and quantities are magnitudes to the price methods, so the sign is put back."""
    per_cent = _per_cent(price_basis, percentage)
    require_rates(exchange_rate, vendor_rate)
    if price_basis == MARKUP_USAGE and quantity != ONE:
        raise CellFault(VALUE)
    cost, units = abs(price), abs(quantity)
    digits, vendor_digits = minor_digits(currency_code), minor_digits(vendor_currency)
    if price_basis == MARKUP_USAGE:
        amount = markup_usage(cost, per_cent, exchange_rate, digits).amount
    elif price_basis == RRP_USAGE:
        cut = minor_digits(pricing_currency or vendor_currency), vendor_digits
        amount = rrp_usage(cost, units, vendor_rate, per_cent, exchange_rate, *cut, digits).amount
    else:
        unit = _unit(price_basis, cost, per_cent, exchange_rate, vendor_rate, vendor_digits, digits)
        amount = round_half_up(product(unit.exact if sell_rounding == "line" else unit.amount, units), digits)
    return -amount if (price < 0) != (quantity < 0) else amount


def _per_cent(price_basis: str, percentage: Decimal | None) -> Decimal:
    """The percentage that a basis needs, or 0 for one that has none."""
    if price_basis in (MARKUP, MARKUP_USAGE, RRP, RRP_USAGE):
        if percentage is None:
            raise CellFault(NA)
        on_cost = price_basis in (MARKUP, MARKUP_USAGE)
        return points(percentage, least=NOTHING_LEFT, below=MARKUP_BELOW if on_cost else UPLIFT_BELOW)
    if percentage:
        raise CellFault(VALUE)
    return ZERO


def _unit(
    price_basis: str,
    price: Decimal,
    per_cent: Decimal,
    exchange_rate: Decimal,
    vendor_rate: Decimal,
    vendor_digits: int,
    digits: int,
) -> Rounded:
    """The price of one unit. Your own price is kept with all its digits where it needs no conversion."""
    if price_basis == MARKUP:
        return markup_unit(price, vendor_rate, per_cent, exchange_rate, vendor_digits, digits)
    if price_basis == RRP:
        return rrp_unit(price, per_cent, exchange_rate, digits)
    exact = product(price, exchange_rate)
    return Rounded(exact, exact if exchange_rate == ONE else round_half_up(exact, digits))


def _optional(
    name: str, text: str, takes: Takes, default: Decimal | str | None, choices: tuple[str, ...] = ()
) -> Argument:
    return Argument(name, text, is_optional=True, takes=takes, default=default, choices=choices)


FUNCTION = WorksheetFunction(
    name="SELL",
    help="What a line sells at, net in the client's currency, by its price basis.",
    arguments=(
        Argument("price_basis", f"One of {', '.join(BASES)}.", takes=Takes.TEXT, choices=BASES),
        Argument("price", "Vendor cost, vendor retail or your price, as the price basis says."),
        _optional("percentage", "Markup on cost, or signed Percentage Off RRP, such as 20%.", Takes.PERCENT, None),
        _optional("quantity", "Units; negative for a refund; 1 if left out.", Takes.NUMBER, ONE),
        _optional("exchange_rate", "1 unit of the price in the client's currency; 1 if left out.", Takes.NUMBER, ONE),
        _optional("currency_code", "The client's currency; two decimals if left out.", Takes.CURRENCY, ""),
        _optional("vendor_rate", "PCToBCExchangeRate of the vendor line; 1 if left out.", Takes.NUMBER, ONE),
        _optional("vendor_currency", "The vendor's billing currency; two decimals if left out.", Takes.CURRENCY, ""),
        _optional(
            "pricing_currency", "Currency of a retail price of usage; the billing one if left out.", Takes.CURRENCY, ""
        ),
        _optional(
            "sell_rounding", "Round the unit price or only the line; unit if left out.", Takes.TEXT, "unit", ROUNDINGS
        ),
    ),
    calculate=sell,
    examples=(
        Example('=RECON_SELL("markup",9.408,20%,10)', "112.8", "=ROUND(ROUNDDOWN(9.408,2)*(1+20%),2)*10"),
        Example(
            '=RECON_SELL("markup",20.9,20%,1,1,"EUR",0.846202666)',
            "21.22",
            "=ROUND(ROUNDDOWN(20.9*0.846202666,2)*(1+20%),2)",
        ),
        Example(
            '=RECON_SELL("markup",9.408,22.5%,37,,,,,,"line")', "426.06", "=ROUND(ROUNDDOWN(9.408,2)*(1+22.5%)*37,2)"
        ),
        Example('=RECON_SELL("markup usage",21.39,15%)', "24.6", "=ROUND(21.39*(1+15%),2)"),
        Example('=RECON_SELL("rrp",1000,2.5%)', "1025", "=ROUND(1000*(1+2.5%),2)"),
        Example(
            '=RECON_SELL("rrp usage",0.0124,2.5%,1234.5)', "15.68", "=ROUND(ROUNDDOWN(0.0124*1234.5,2)*(1+2.5%),2)"
        ),
        Example('=RECON_SELL("fixed",14,,12)', "168", "=ROUND(14*12,2)"),
        Example('=RECON_SELL({"markup";"fixed"},{-9.408;14},{0.2;""},{10;2})', "{-112.8;28}"),
        Example('=RECON_SELL("markup",9.408)', "#N/A"),
        Example('=RECON_SELL("markup",9.408,20)', "#NUM!"),
    ),
    doc=__doc__ or "",
)
