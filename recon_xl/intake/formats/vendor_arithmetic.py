"""Microsoft's own arithmetic: how a Subtotal follows from price, quantity and exchange rate.

Its documents hold two rounding models for seats. A: round down once, `RD(EUP x quantity x FX)`;
B: round the unit down, `RD(EUP x FX) x quantity`. Of its worked examples fifteen fit A (four of
these B as well), five only B, none needs half-up. Metered usage: `RD(RD(EUP x quantity) x FX)`.

The EffectiveUnitPrice is often printed with two decimals, half-up or cut. Where it is, and the
cycle's days are known, the exact one is `UnitPrice / cycle days x billed days`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_DOWN, Context, Decimal
from fractions import Fraction

Model = str
"""`A`, `B`, `A and B` or `usage`."""

_ONE = Decimal(1)
_CENT = Decimal("0.01")
_EXACT = Context(prec=120)
_STEPS = {digits: Decimal(1).scaleb(-digits) for digits in range(4)}
_PRINTED_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class VendorCharge:
    """The numbers of one vendor line. `cycle_days` and `billed_days` may be months where a plan prorates by months."""

    subtotal: Decimal
    effective_unit_price: Decimal
    quantity: Decimal
    exchange_rate: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    cycle_days: int | None = None
    billed_days: int | None = None
    is_usage: bool = False
    digits: int = 2
    """Digits after the point of the billing currency."""
    pricing_digits: int = 2
    """Digits after the point of the pricing currency: usage is rounded to them before the exchange rate."""
    allowance: Decimal = _CENT
    """What a line, and each unit of it, may differ by."""


def exact_unit_price(charge: VendorCharge) -> Fraction:
    """The EffectiveUnitPrice behind the printed one, as an exact fraction; the printed one where it says more."""
    printed = Fraction(charge.effective_unit_price)
    decimals = -int(charge.effective_unit_price.normalize().as_tuple().exponent)
    if decimals > _PRINTED_DECIMALS or not (charge.unit_price and charge.cycle_days and charge.billed_days):
        return printed
    share = Fraction(abs(charge.unit_price)) * charge.billed_days / charge.cycle_days
    exact = -share if printed < 0 else share
    # A discount or promotion lowers the printed price as well; then only the printed one is right.
    return exact if abs(exact - printed) < Fraction(_CENT) else printed


def recompute_subtotal(charge: VendorCharge) -> list[tuple[Model, Decimal]]:
    """What each documented model makes of a line: model and amount, with the sign of the Subtotal."""
    unit, quantity = exact_unit_price(charge), Fraction(abs(charge.quantity))
    rate, digits = Fraction(charge.exchange_rate), charge.digits
    if charge.is_usage:
        amount = _down(Fraction(_down(unit * quantity, charge.pricing_digits)) * rate, digits)
        return [("usage", _signed(amount, charge))]
    once = _down(unit * quantity * rate, digits)
    by_unit = _decimal(Fraction(_down(unit * rate, digits)) * quantity)
    return [("A", _signed(once, charge)), ("B", _signed(by_unit, charge))]


def tolerance(charge: VendorCharge) -> Decimal:
    """What a line may differ by: a cent, or a cent a unit, because a printed unit price may be cut.

    The price is printed in the pricing currency, so a rate above 1 carries it over; a currency without cents rounds it up.
    """
    allowed = max(charge.allowance, charge.allowance * abs(charge.quantity)) * max(Decimal(1), charge.exchange_rate)
    return allowed if charge.digits else allowed.to_integral_value(ROUND_CEILING)


def fitting_model(charge: VendorCharge) -> Model | None:
    """The model that gives the printed Subtotal: exactly if one does, else the nearest within tolerance, else None.

    Where the price of the days fits no model, the printed one is tried: which days a cycle counts is not always documented.
    """
    found = _fitting(charge)
    if found is None and charge.cycle_days:
        return _fitting(replace(charge, cycle_days=None))
    return found


def plain_model(
    subtotal: Decimal, price: Decimal, quantity: Decimal, rate: Decimal, digits: int, days: Decimal = _ONE
) -> Model | None:
    """As `fitting_model` for seats whose price says all, but only where a model gives the Subtotal exactly.

    The price is that of so many `days`: the printed one of 1, or the Unit Price x days billed of all days of the cycle.

    >>> plain_model(Decimal("-112.89"), Decimal("-9.408"), Decimal(12), Decimal(1), 2)
    'A'
    """
    wanted, seats = abs(subtotal), abs(quantity)
    unit = abs(_EXACT.multiply(price, rate))
    once = _share_down(_EXACT.multiply(unit, seats), days, digits)
    by_unit = _EXACT.multiply(_share_down(unit, days, digits), seats)
    if once == wanted:
        return "A and B" if by_unit == wanted else "A"
    return "B" if by_unit == wanted else None


def _share_down(amount: Decimal, days: Decimal, digits: int) -> Decimal:
    """ROUNDDOWN of an amount divided by days: exact, because only the whole part of a quotient is asked for."""
    if days is _ONE:
        return amount.quantize(_STEPS[digits], ROUND_DOWN, _EXACT)
    return _EXACT.divide_int(amount.scaleb(digits, _EXACT), days).scaleb(-digits, _EXACT)


def plain_usage(subtotal: Decimal, price: Decimal, quantity: Decimal, rate: Decimal, digits: tuple[int, int]) -> bool:
    """Whether usage rounded down twice is the Subtotal exactly; `digits` of the pricing and of the billing currency."""
    cost = abs(_EXACT.multiply(price, quantity)).quantize(_STEPS[digits[0]], ROUND_DOWN, _EXACT)
    return _EXACT.multiply(cost, rate).quantize(_STEPS[digits[1]], ROUND_DOWN, _EXACT) == abs(subtotal)


def has_plain_sign(subtotal: Decimal, price: Decimal, quantity: Decimal) -> bool:
    """False where price x quantity has another sign than the Subtotal; both negative is a refund printed either way."""
    if price < 0 and quantity < 0:
        return True
    return not subtotal or (subtotal < 0) == (price < 0 or quantity < 0)


def _fitting(charge: VendorCharge) -> Model | None:
    gaps = [(abs(amount - charge.subtotal), model) for model, amount in recompute_subtotal(charge)]
    nearest = min(gap for gap, _ in gaps)
    if nearest > tolerance(charge):
        return None
    return " and ".join(model for gap, model in gaps if gap == nearest)


def _down(amount: Fraction, digits: int) -> Decimal:
    """ROUNDDOWN of an exact fraction, toward zero."""
    scaled = abs(amount) * 10**digits
    whole = Decimal(scaled.numerator // scaled.denominator).scaleb(-digits)
    return -whole if amount < 0 else whole


def _decimal(amount: Fraction) -> Decimal:
    """An exact fraction of decimals as a Decimal; a fractional quantity times a cent stays short."""
    digits = 0
    while (amount * 10**digits).denominator != 1:
        digits += 1
    return Decimal(int(amount * 10**digits)).scaleb(-digits)


def _signed(amount: Decimal, charge: VendorCharge) -> Decimal:
    """Refunds are printed with a positive quantity and a negative price, or the other way round; both: as the Subtotal says."""
    both = charge.effective_unit_price < 0 and charge.quantity < 0
    negative = charge.subtotal < 0 if both else charge.effective_unit_price < 0 or charge.quantity < 0
    return -abs(amount) if negative else abs(amount)
