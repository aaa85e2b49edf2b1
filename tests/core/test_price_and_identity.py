"""Price methods against fractions, and keys that survive."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.core.control import Control
from recon_xl.core.errors import ReconError
from recon_xl.core.identity import fingerprint, normalise_label, normalise_name
from recon_xl.core.price import billable_units, margin_of, markup_of, markup_unit, markup_usage, rrp_unit, rrp_usage

ONE = Decimal(1)
POINTS = st.decimals("-50", "150", places=2)
PRICES = st.decimals("0", "9999", places=6)


def half_up(exact: Fraction, digits: int) -> Fraction:
    scaled = abs(exact) * 10**digits + Fraction(1, 2)
    return Fraction(scaled.numerator // scaled.denominator, 10**digits) * (-1 if exact < 0 else 1)


@given(PRICES, POINTS, st.decimals("0.0001", "20000", places=4), st.sampled_from([0, 2, 3]))
def test_a_marked_up_unit_is_the_rounded_fraction(price: Decimal, points: Decimal, fx: Decimal, digits: int) -> None:
    """Cut to the vendor's cent, then one rounding, whatever the rate."""
    cut = Fraction(int(price * 100), 100)
    exact = cut * (1 + Fraction(points) / 100) * Fraction(fx)
    assert half_up(exact, digits) == Fraction(markup_unit(price, ONE, points, fx, 2, digits).amount)


@given(st.decimals("-9999", "9999", places=2), POINTS, st.sampled_from([0, 2, 3]))
def test_usage_and_its_refund_are_mirror_images(subtotal: Decimal, points: Decimal, digits: int) -> None:
    """Half-up goes away from zero on both sides."""
    charge, refund = (markup_usage(amount, points, ONE, digits).amount for amount in (subtotal, -subtotal))
    assert charge == -refund
    assert half_up(Fraction(subtotal) * (1 + Fraction(points) / 100), digits) == Fraction(charge)


@given(PRICES, st.decimals("0", "9999", places=4), POINTS)
def test_retail_usage_is_mirrored_too(unit: Decimal, quantity: Decimal, points: Decimal) -> None:
    """A refund of the same meter is the negative of its charge."""
    rate = Decimal("0.846202666")
    charge = rrp_usage(unit, quantity, rate, points, ONE, 2, 2, 2).amount
    assert charge == -rrp_usage(unit, -quantity, rate, points, ONE, 2, 2, 2).amount


@given(st.decimals("0.01", "99999", places=2), st.decimals("0.01", "90", places=2))
def test_a_positive_percentage_raises_and_a_negative_one_lowers(retail: Decimal, points: Decimal) -> None:
    """Never the other way round."""
    assert rrp_unit(retail, points, ONE, 2).amount >= retail >= rrp_unit(retail, -points, ONE, 2).amount


@pytest.mark.parametrize(
    ("quantity", "included", "minimum", "maximum", "units"),
    [
        ("9", None, None, None, "9"),
        ("9", "5", None, None, "4"),
        ("3", "5", None, None, "0"),
        ("0", None, "12", None, "12"),
        ("9", None, None, "6", "6"),
        ("9", "2", "5", "8", "7"),
    ],
)
def test_billable_units(
    quantity: str, included: str | None, minimum: str | None, maximum: str | None, units: str
) -> None:
    """What exceeds the included ones, at least the minimum, at most the maximum."""
    limits = [None if text is None else Decimal(text) for text in (included, minimum, maximum)]
    assert Decimal(units) == billable_units(Decimal(quantity), *limits)


def test_markup_and_margin() -> None:
    """100 bought, 125 sold: markup 25 %, margin 20 %; none of nothing."""
    assert (Decimal(25), Decimal(20)) == (markup_of(Decimal(125), Decimal(100)), margin_of(Decimal(125), Decimal(100)))
    assert (None, None) == (markup_of(Decimal(1), Decimal(0)), margin_of(Decimal(0), Decimal(1)))


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_fingerprints_tell_facts_apart(first: list[str], second: list[str]) -> None:
    """Equal for equal facts, different for others, also where texts run into each other."""
    keys = [fingerprint("unmapped-client", *facts) for facts in (first, second)]
    assert (first == second) == (keys[0] == keys[1])
    assert keys[0].startswith("UC-")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Alder & Co. Ltd", "ALDER"),
        ("Alder  Dental, Limited", "alder dental"),
        ("Mu\u0308ller GmbH", "M\u00fcller"),  # composed and decomposed
        ("Co", "co"),  # a name that is nothing but a legal form stays itself
    ],
)
def test_names_that_are_one(first: str, second: str) -> None:
    """Case, punctuation, encoding of accents and legal form do not matter."""
    assert normalise_name(first) == normalise_name(second)


def test_names_that_are_two() -> None:
    """Words do matter."""
    assert normalise_name("Alder Dental") != normalise_name("Alder Legal")
    assert normalise_label("Exchange Online (Plan 1)") == "exchange online plan 1"
    assert normalise_label("Exchange Online (Plan 1)") != normalise_label("Exchange Online (Plan 2)")


@pytest.mark.parametrize(
    ("expected", "ok", "word"), [("1.00", True, "OK"), ("1.01", False, "FAIL"), (None, None, "NOT CHECKED")]
)
def test_a_control_without_an_expectation_is_never_ok(expected: str | None, ok: bool | None, word: str) -> None:
    """NOT CHECKED is neither green nor red."""
    control = Control("c", "USD", None if expected is None else Decimal(expected), Decimal("1.00"), "")
    assert (ok, word) == (control.ok, control.word)


def test_an_error_says_where_what_and_what_to_do() -> None:
    """One sentence for people, four fields for `--json`."""
    error = ReconError(where="Settings", found="blank", expected="a month", todo="Type it.")
    assert "Settings: found blank; expected a month. Type it." == str(error)
    assert {"where": "Settings", "found": "blank", "expected": "a month", "todo": "Type it."} == error.as_dict()
