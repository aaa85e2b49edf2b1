"""Money: exact decimals, minor units, and the only places where anything is rounded.

RD = ROUNDDOWN (toward zero), HU = half-up (away from zero); see the reckoning, section 3.
Every multiplication goes through `product`, so that a vendor's 22-digit unit price loses nothing
to Python's default precision of 28 digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import lru_cache, reduce

EXACT = Context(prec=120, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
"""Precision that holds every product of the reckoning exactly; a quotient is cut at 120 digits."""

ZERO = Decimal(0)
_add, _multiply, _quantize = EXACT.add, EXACT.multiply, EXACT.quantize

NO_MINOR_UNIT = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
THOUSANDTHS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
"""Currencies whose amounts have no decimals, and those with three; all others have two (ISO 4217)."""
_DIGITS = dict.fromkeys(NO_MINOR_UNIT, 0) | dict.fromkeys(THOUSANDTHS, 3)
_STEP = {digits: Decimal(1).scaleb(-digits) for digits in range(4)}
_UNIT = {currency: _STEP[digits] for currency, digits in _DIGITS.items()}
_CENT = _STEP[2]


def minor_digits(currency: str) -> int:
    """Digits after the point in amounts of a currency (ISO 4217): 0, 2 or 3."""
    return _DIGITS.get(currency, 2)


def product(first: Decimal, *others: Decimal) -> Decimal:
    """The exact product of all factors.

    >>> product(Decimal("0.1999968000511991808131"), Decimal("12.5"))
    Decimal('2.49996000063998976016375')
    """
    result = first
    for factor in others:
        result = _multiply(result, factor)
    return result


_RECIPROCAL = Context(prec=240, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])


def reciprocal(rate: Decimal) -> Decimal:
    """1 / rate to 240 digits: multiplied and rounded to the 120 of `EXACT`, even an exact half cent comes out right.

    >>> round_half_up(product(Decimal("45.48"), reciprocal(Decimal("4.8"))), 2)
    Decimal('9.48')
    """
    return _RECIPROCAL.divide(Decimal(1), rate)


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A quotient to 120 digits: far beyond the last cent, whichever way it rounds."""
    return EXACT.divide(numerator, denominator)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum; 0 for none."""
    return reduce(_add, amounts, ZERO)


def round_half_up(amount: Decimal, digits: int) -> Decimal:
    """HU: to the minor unit, a half going away from zero.

    >>> round_half_up(Decimal("-2.345"), 2)
    Decimal('-2.35')
    """
    return _quantize(amount, _STEP[digits])  # EXACT rounds half up


def to_minor_unit(amount: Decimal, currency: str) -> Decimal:
    """HU: to the minor unit of a currency.

    >>> to_minor_unit(Decimal("2.345"), "USD"), to_minor_unit(Decimal("2.5"), "JPY")
    (Decimal('2.35'), Decimal('3'))
    """
    return _quantize(amount, _UNIT.get(currency, _CENT))


def round_down(amount: Decimal, digits: int) -> Decimal:
    """RD: to the minor unit, toward zero, as Microsoft does.

    >>> round_down(Decimal("112.896"), 2)
    Decimal('112.89')
    """
    return amount.quantize(_STEP[digits], ROUND_DOWN, EXACT)


@lru_cache(maxsize=4096)
def percent(points: Decimal) -> Decimal:
    """A percentage as a factor part: 2.5 (per cent) is 0.025.

    >>> percent(Decimal("2.5"))
    Decimal('0.025')
    """
    return points.scaleb(-2, context=EXACT)


def plain(amount: Decimal) -> str:
    """An amount as text: no exponent, no trailing zeros beyond the second decimal.

    >>> plain(Decimal("1E+3")), plain(Decimal("12.340")), plain(Decimal("0.737586"))
    ('1000.00', '12.34', '0.737586')
    """
    text = f"{amount:f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def money_text(amount: Decimal, currency: str) -> str:
    """An amount for a sentence, with thousands and its currency: `1,025.00 USD`."""
    return f"{amount:,.{minor_digits(currency)}f} {currency}"


def _grouped(amount: Decimal) -> str:
    """All digits, with thousands: where there are none and no exponent, the plain text, in a fifth of the time."""
    text = str(amount)
    return text if len(text.partition(".")[0]) <= 3 and "E" not in text else f"{amount:,f}"


def price_text(price: Decimal, currency: str) -> str:
    """A unit price for a sentence: the digits of its currency, and more only where it has them.

    >>> price_text(Decimal("12.5"), "USD"), price_text(Decimal("1000"), "JPY"), price_text(Decimal("0.737586"), "EUR")
    ('12.50', '1,000', '0.737586')
    """
    whole, _, decimals = _grouped(price).partition(".")
    decimals = decimals.rstrip("0").ljust(minor_digits(currency), "0")
    return f"{whole}.{decimals}" if decimals else whole


_SHOWN = Decimal(1).scaleb(-8)


def shown_price(price: Decimal) -> Decimal:
    """A unit price as people see it: with its own decimals, eight at most; an average or a converted price can have any number.

    >>> shown_price(Decimal("24.5575")), shown_price(Decimal(100) / 3)
    (Decimal('24.5575'), Decimal('33.33333333'))
    """
    exponent = price.as_tuple().exponent
    return _quantize(price, _SHOWN) if isinstance(exponent, int) and exponent < -8 else price


def quantity_text(quantity: Decimal) -> str:
    """A quantity with thousands and without needless zeros: `42`, `1,495`, `3.1618`."""
    text = _grouped(quantity)
    return text.rstrip("0").rstrip(".") if "." in text else text
