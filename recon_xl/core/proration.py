"""Proration: the share of a charge cycle that a change in mid-cycle pays for.

Microsoft: EffectiveUnitPrice = UnitPrice / days of the charge cycle x days billed. A changed
quantity is written as a pair: the old quantity in full as a refund, the new one as a charge.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recon_xl.core.cycle import cycle_of
from recon_xl.core.money import EXACT, ZERO, product, ratio


class Share(NamedTuple):
    """A part of one cycle's price, as a fraction that is never divided before its time."""

    numerator: Decimal
    denominator: Decimal


FULL = Share(Decimal(1), Decimal(1))
FREE = Share(ZERO, Decimal(1))


def share_by_price(
    effective_unit_price: Decimal, opening_unit_price: Decimal, by_days: Share | None = None, digits: int = 2
) -> Share:
    """The share that the vendor itself charged: |price of this line| over |price of the cycle's opening line|.

    Where `by_days` is what the printed prices stand for, it is the share: a price printed beyond the cents is rounded, days
    are not. One in cents (`digits` of its currency) is what was charged, and stands for itself.
    >>> share_by_price(Decimal("0.253333333333"), Decimal("3.8"), Share(Decimal(2), Decimal(30)))
    Share(numerator=Decimal('2'), denominator=Decimal('30'))
    """
    price, opening = abs(effective_unit_price), abs(opening_unit_price)
    if by_days is not None and price != opening and _stands_for(price, opening, by_days, digits):
        return by_days
    return Share(price, opening)


def _stands_for(price: Decimal, opening: Decimal, by_days: Share, digits: int) -> bool:
    """Whether a price is that share of another, both rounded to their last printed digit, and of no other number of days."""
    days, whole = by_days
    gap = abs(EXACT.subtract(product(price, whole), product(opening, days)))
    if gap == 0 or _decimals(price) <= digits:
        return gap == 0
    step = Decimal(1).scaleb(-max(_decimals(price), _decimals(opening)))
    return 2 * gap < product(step, EXACT.add(whole, days)) and opening > 2 * product(step, whole)


def _decimals(price: Decimal) -> int:
    """Digits after the point, without the zeros that a cell does not keep."""
    exponent = price.normalize(EXACT).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def share_by_days(charge_start: date, charge_end: date, plan: str) -> Share:
    """Days billed over days of the whole cycle, where the opening line is unknown.

    >>> share_by_days(date(2021, 6, 20), date(2021, 7, 17), "Monthly")
    Share(numerator=Decimal('28'), denominator=Decimal('30'))
    """
    _, days = cycle_of(charge_start, charge_end, plan)
    billed = (charge_end - charge_start).days + 1
    return Share(Decimal(min(billed, days)), Decimal(days))


def prorated(price: Decimal, parts: Iterable[tuple[Decimal, Share]]) -> Decimal:
    """Sum of price x signed quantity x share, unrounded: sum exactly, round late.

    >>> f"{prorated(Decimal(14), [(Decimal(10), FULL), (Decimal(2), Share(Decimal(28), Decimal(30)))]):.6f}"
    '166.133333'
    """
    by_denominator: dict[Decimal, Decimal] = {}
    for quantity, share in parts:
        part = product(quantity, share.numerator)
        by_denominator[share.denominator] = EXACT.add(by_denominator.get(share.denominator, ZERO), part)
    amount = ZERO
    for denominator, numerator in by_denominator.items():
        amount = EXACT.add(amount, ratio(product(price, numerator), denominator))
    return amount
