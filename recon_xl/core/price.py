"""Price methods: what a vendor line is worth to the customer (the reckoning, section 3).

Prices are magnitudes; the sign is carried by the signed quantity. `fx` is "1 From = Rate To",
from the vendor's billing currency to the client's. Digits are minor units: of the
pricing or billing currency inside RD, of the client's currency inside HU.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from recon_xl.core.money import percent, product, ratio, round_down, round_half_up

ONE = Decimal(1)


class Rounded(NamedTuple):
    """A price before and after its one rounding."""

    exact: Decimal
    amount: Decimal


@lru_cache(maxsize=4096)
def uplift(points: Decimal) -> Decimal:
    """The factor of a signed percentage: 2.5 -> 1.025, -10 -> 0.9. Positive raises."""
    return ONE + percent(points)


@lru_cache(maxsize=65536)
def markup_unit(
    price: Decimal, pc_to_bc: Decimal, markup: Decimal, fx: Decimal, cost_digits: int, digits: int
) -> Rounded:
    """Unit price on vendor cost: HU(RD(EffectiveUnitPrice x PCToBCExchangeRate) x (1 + markup) x FX).

    >>> markup_unit(Decimal("9.408"), ONE, Decimal(20), ONE, 2, 2).amount
    Decimal('11.28')
    """
    cost = round_down(product(abs(price), pc_to_bc), cost_digits)
    exact = product(cost, uplift(markup), fx)
    return Rounded(exact, round_half_up(exact, digits))


def markup_usage(subtotal: Decimal, markup: Decimal, fx: Decimal, digits: int) -> Rounded:
    """A usage line on vendor cost: sign x HU(|Subtotal| x (1 + markup) x FX)."""
    exact = product(subtotal, uplift(markup), fx)
    return Rounded(exact, round_half_up(exact, digits))


def rrp_usage(
    unit_price: Decimal,
    signed_quantity: Decimal,
    pc_to_bc: Decimal,
    points: Decimal,
    fx: Decimal,
    pricing_digits: int,
    billing_digits: int,
    digits: int,
) -> Rounded:
    """A usage line on vendor retail, never on cost after earned credit.

    sign x HU(RD(RD(UnitPrice x |BillableQuantity|) x PCToBCExchangeRate) x (1 + p/100) x FX).
    """
    billing = usage_retail(unit_price, signed_quantity, pc_to_bc, pricing_digits, billing_digits)
    exact = product(billing, uplift(points), fx)
    return Rounded(exact, round_half_up(exact, digits))


def usage_retail(
    unit_price: Decimal, signed_quantity: Decimal, pc_to_bc: Decimal, pricing_digits: int, billing_digits: int
) -> Decimal:
    """What a usage line costs at retail, in the vendor's billing currency."""
    retail = round_down(product(abs(unit_price), signed_quantity), pricing_digits)
    return round_down(product(retail, pc_to_bc), billing_digits)


@lru_cache(maxsize=65536)
def rrp_unit(retail: Decimal, points: Decimal, fx: Decimal, digits: int) -> Rounded:
    """Unit price on vendor retail of a reservation: HU(ERP at SubscriptionStartDate x (1 + p/100) x FX).

    >>> rrp_unit(Decimal(1000), Decimal("2.5"), ONE, 2).amount
    Decimal('1025.00')
    """
    exact = product(abs(retail), uplift(points), fx)
    return Rounded(exact, round_half_up(exact, digits))


def billable_units(
    quantity: Decimal, included: Decimal | None, minimum: Decimal | None, maximum: Decimal | None
) -> Decimal:
    """Units billed: what exceeds the included ones, at least the minimum, at most the maximum."""
    units = max(quantity - (included or 0), Decimal(0))
    if minimum is not None:
        units = max(units, minimum)
    return units if maximum is None else min(units, maximum)


def markup_of(sell: Decimal, cost: Decimal) -> Decimal | None:
    """Markup in percent of cost: (sell - cost) / cost; None where nothing was paid."""
    return None if cost == 0 else round_half_up(ratio((sell - cost) * 100, cost), 2)


def margin_of(sell: Decimal, cost: Decimal) -> Decimal | None:
    """Margin in percent of sell: (sell - cost) / sell; None where nothing is sold."""
    return None if sell == 0 else round_half_up(ratio((sell - cost) * 100, sell), 2)
