"""Exact money for the sample month: fractions all the way, rounded once where a rule says so."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

_EXACT = Context(prec=80)
_MINOR_UNITS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}


def minor_units(currency: str) -> int:
    """Decimals of a currency: 0 for yen, 3 for Kuwaiti dinar, else 2."""
    return _MINOR_UNITS.get(currency, 2)


def round_down(amount: Fraction, places: int) -> Fraction:
    """Toward zero, as Microsoft does."""
    scaled = abs(amount) * 10**places
    magnitude = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return -magnitude if amount < 0 else magnitude


def half_up(amount: Fraction, places: int) -> Fraction:
    """Half away from zero, as customers are billed."""
    scaled = abs(amount) * 10**places
    magnitude = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places)
    return -magnitude if amount < 0 else magnitude


def round_away(amount: Fraction, places: int) -> Fraction:
    """Away from zero to so many decimals; keeps unit x quantity from falling below the cost it came from."""
    down = round_down(amount, places)
    if down == amount:
        return down
    step = Fraction(1, 10**places)
    return down - step if amount < 0 else down + step


def ends_within(amount: Fraction, places: int) -> bool:
    """True if the amount can be written with so many decimals."""
    return bool((10**places) % amount.denominator == 0)


def to_decimal(amount: Fraction) -> Decimal:
    """The same number as a Decimal; only for amounts that end."""
    return _EXACT.divide(Decimal(amount.numerator), Decimal(amount.denominator))


def number_text(amount: Fraction) -> str:
    """The shortest exact text: 10.08, 42, 0.846202666."""
    return str(amount.numerator) if amount.denominator == 1 else format(to_decimal(amount), "f")


def money(amount: Fraction, currency: str) -> Decimal:
    """An amount of money with all decimals of its currency."""
    return Decimal(money_text(amount, currency))


def money_text(amount: Fraction, currency: str) -> str:
    """Text of an amount of money: 1025.00, -94.20, 1500 (yen)."""
    places = minor_units(currency)
    scaled = amount * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{amount} is not an amount of {currency}")
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
