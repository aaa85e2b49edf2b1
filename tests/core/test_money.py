"""Rounding and exact arithmetic, held against fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.core.money import (
    minor_digits,
    money_text,
    percent,
    plain,
    product,
    quantity_text,
    ratio,
    round_down,
    round_half_up,
    total,
)

AMOUNTS = st.decimals("-99999999999", "99999999999", places=9)
DIGITS = st.sampled_from([0, 2, 3])


@pytest.mark.parametrize(
    ("amount", "digits", "half_up", "down"),
    [
        ("2.345", 2, "2.35", "2.34"),
        ("-2.345", 2, "-2.35", "-2.34"),
        ("2.344999999999999999", 2, "2.34", "2.34"),
        ("0.005", 2, "0.01", "0.00"),
        ("-0.004", 2, "0.00", "0.00"),
        ("112.896", 2, "112.90", "112.89"),
        ("1823.5", 0, "1824", "1823"),
        ("-0.5", 0, "-1", "0"),
        ("1.8565", 3, "1.857", "1.856"),
    ],
)
def test_half_up_goes_away_from_zero_and_down_goes_toward_it(amount: str, digits: int, half_up: str, down: str) -> None:
    """HU and RD of the reckoning, for minor units of 0, 2 and 3 digits."""
    assert Decimal(half_up) == round_half_up(Decimal(amount), digits)
    assert Decimal(down) == round_down(Decimal(amount), digits)


@given(AMOUNTS, DIGITS)
def test_half_up_is_the_nearest_and_away_from_zero_on_a_tie(amount: Decimal, digits: int) -> None:
    """|x| scaled, plus a half, whole part, sign back: on exact fractions."""
    scaled = abs(Fraction(amount)) * 10**digits + Fraction(1, 2)
    expected = Fraction(scaled.numerator // scaled.denominator, 10**digits) * (-1 if amount < 0 else 1)
    assert expected == Fraction(round_half_up(amount, digits))


@given(AMOUNTS, DIGITS)
def test_down_drops_what_is_beyond_the_minor_unit(amount: Decimal, digits: int) -> None:
    """Toward zero, and never by a whole minor unit."""
    found = Fraction(round_down(amount, digits))
    gap = abs(Fraction(amount)) - abs(found)
    assert 0 <= gap < Fraction(1, 10**digits)
    assert found * Fraction(amount) >= 0
    assert (found * 10**digits).denominator == 1


@given(st.lists(st.decimals("-99999", "99999", places=22), min_size=1, max_size=4))
def test_products_are_exact(factors: list[Decimal]) -> None:
    """Four factors of 27 digits each lose nothing."""
    exact = Fraction(1)
    for factor in factors:
        exact *= Fraction(factor)
    assert exact == Fraction(product(*factors))


@given(st.lists(AMOUNTS))
def test_totals_do_not_depend_on_order(amounts: list[Decimal]) -> None:
    """Exact sums, forwards and backwards; 0 for none."""
    assert sum(map(Fraction, amounts), Fraction(0)) == Fraction(total(amounts))
    assert total(amounts) == total(reversed(amounts))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_a_quotient_rounds_as_the_fraction_does(cents: int, divisor: int) -> None:
    """Dividing money by a whole number and rounding half-up is what the fraction says."""
    scaled = abs(Fraction(cents, divisor)) + Fraction(1, 2)
    expected = scaled.numerator // scaled.denominator * (-1 if cents < 0 else 1)
    assert Decimal(expected) == round_half_up(ratio(Decimal(cents), Decimal(divisor)), 0)


@pytest.mark.parametrize(
    ("currency", "digits"), [("USD", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("BHD", 3)]
)
def test_minor_units(currency: str, digits: int) -> None:
    """ISO 4217."""
    assert digits == minor_digits(currency)


def test_percentages_are_points() -> None:
    """2.5 per cent is 0.025, exactly."""
    assert Decimal("0.025") == percent(Decimal("2.5"))
    assert Decimal("-0.025") == percent(Decimal("-2.5"))


def test_amounts_read_well() -> None:
    """Thousands, minor units, no exponent and no needless zeros."""
    assert "1,025.00 USD" == money_text(Decimal(1025), "USD")
    assert "18,230 JPY" == money_text(Decimal(18230), "JPY")
    assert "37.130 KWD" == money_text(Decimal("37.13"), "KWD")
    assert ["42", "3.1618", "100"] == [quantity_text(Decimal(text)) for text in ("42", "3.16180", "100")]
    assert "1000.00" == plain(Decimal("1E+3"))
