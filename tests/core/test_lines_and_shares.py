"""The sign of a line, and shares of a charge cycle."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.core.cycle import charge_cycle
from recon_xl.core.lines import signed_quantity
from recon_xl.core.money import round_half_up
from recon_xl.core.proration import FREE, FULL, Share, prorated, share_by_days, share_by_price


@pytest.mark.parametrize(
    ("subtotal", "price", "quantity", "charge", "signed"),
    [
        ("100.80", "10.08", "10", "new", "10"),
        ("-94.08", "-9.408", "10", "addquantity", "-10"),  # Microsoft: positive quantity, negative price
        ("-94.08", "9.408", "-10", "addquantity", "-10"),  # others: the other way round
        ("-94.08", "-9.408", "-10", "addquantity", "-10"),  # both: still one refund
        ("0.00", "-0.0004", "10", "removequantity", "-10"),  # no subtotal: the price tells
        ("0.00", "0.0004", "10", "new", "10"),
        ("0.00", "0", "25", "new", "25"),  # a free trial
        ("0.00", "0", "25", "cancelimmediate", "-25"),  # and its end
        ("0.00", "0", "-25", "new", "-25"),
    ],
)
def test_the_sign_of_a_line(subtotal: str, price: str, quantity: str, charge: str, signed: str) -> None:
    """By Subtotal, else EffectiveUnitPrice, else plus unless negative or cancelled at once (RECKONING 1)."""
    assert Decimal(signed) == signed_quantity(Decimal(subtotal), Decimal(price), Decimal(quantity), charge)


@given(st.decimals("-999", "999", places=2), st.decimals("-99", "99", places=4), st.integers(-500, 500))
def test_the_printed_sign_of_a_quantity_never_matters_where_money_tells(
    subtotal: Decimal, price: Decimal, quantity: int
) -> None:
    """Only the money has a sign; the quantity keeps its size."""
    found = signed_quantity(subtotal, price, Decimal(quantity), "new")
    assert abs(found) == abs(quantity)
    if subtotal or price:
        assert found == signed_quantity(subtotal, price, Decimal(-quantity), "new")
        assert found * (subtotal or price) >= 0


@given(st.dates(date(2021, 1, 1), date(2027, 12, 1)), st.integers(1, 500), st.data())
def test_a_cycle_split_into_days_adds_up_to_the_whole(start: date, quantity: int, data: st.DataObject) -> None:
    """Whatever days a cycle is split at, the shares add up to the price, and round to it."""
    first, last = charge_cycle(start, "Monthly")
    days = (last - first).days + 1
    cuts = sorted(data.draw(st.sets(st.integers(1, days - 1), max_size=6)))
    bounds = [0, *cuts, days]
    parts = [(Decimal(quantity), Share(Decimal(after - before), Decimal(days))) for before, after in pairwise(bounds)]
    price = data.draw(st.decimals("0.01", "9999", places=2))
    assert round_half_up(prorated(price, parts), 2) == price * quantity


@given(
    st.decimals("0.0001", "9999", places=4),
    st.lists(st.tuples(st.integers(-300, 300), st.integers(0, 31), st.sampled_from([28, 30, 31, 365])), max_size=8),
)
def test_prorated_sums_are_those_of_fractions(price: Decimal, parts: list[tuple[int, int, int]]) -> None:
    """Summed exactly and divided late: no day is lost to rounding."""
    exact = sum((Fraction(price) * quantity * Fraction(days, cycle) for quantity, days, cycle in parts), Fraction(0))
    found = prorated(price, [(Decimal(q), Share(Decimal(days), Decimal(cycle))) for q, days, cycle in parts])
    assert abs(exact - Fraction(found)) < Fraction(1, 10**90)


def test_the_vendors_own_share_beats_days() -> None:
    """|price of this line| over |price of the opening line|: 9.408 of 10.08 is 28 of 30 days."""
    share = share_by_price(Decimal("-9.408"), Decimal("10.08"))
    assert Fraction(28, 30) == Fraction(share.numerator) / Fraction(share.denominator)


@pytest.mark.parametrize(
    ("start", "end", "plan", "share"),
    [
        ("2021-06-20", "2021-07-17", "Monthly", (28, 30)),
        ("2022-03-25", "2022-04-04", "Monthly", (11, 31)),
        ("2021-06-18", "2021-07-17", "Monthly", (30, 30)),
        ("2021-01-31", "2021-02-27", "Monthly", (28, 31)),
        ("2021-07-18", "2022-06-17", "Annual", (335, 365)),
    ],
)
def test_days_billed_over_days_of_the_cycle(start: str, end: str, plan: str, share: tuple[int, int]) -> None:
    """Microsoft's tables: 28 of 30, 11 of 31."""
    found = share_by_days(date.fromisoformat(start), date.fromisoformat(end), plan)
    assert share == (int(found.numerator), int(found.denominator))


@given(st.dates(date(2021, 1, 1), date(2027, 12, 1)), st.integers(0, 40), st.integers(0, 40))
def test_a_share_is_never_more_than_the_whole(start: date, offset: int, length: int) -> None:
    """Whatever dates a vendor prints."""
    first = start + timedelta(days=offset)
    share = share_by_days(first, first + timedelta(days=length % 31), "Monthly")
    assert 0 < share.numerator <= share.denominator


def test_full_and_free() -> None:
    """A whole cycle, and a line without a price."""
    assert Decimal(14) == prorated(Decimal(14), [(Decimal(1), FULL)])
    assert Decimal(0) == prorated(Decimal(14), [(Decimal(9), FREE)])


@pytest.mark.parametrize(
    ("price", "opening", "share"),
    [
        ("0.253333333333", "3.8", ("2", "30")),  # printed to 12 digits: two days
        ("-0.2533333333333333", "3.8", ("2", "30")),
        ("3.1111111111111111", "3.3333333333333333", ("28", "30")),  # both are rounded
        ("9.408", "10.08", ("28", "30")),
        ("9.42", "10.08", ("9.42", "10.08")),  # in cents: charged so
        ("0.253333333433", "3.8", ("0.253333333433", "3.8")),  # another price than that of the days
        ("0.000000000003", "0.000000000005", ("0.000000000003", "0.000000000005")),  # its digits cannot tell the days
        ("10.08", "10.08", ("10.08", "10.08")),
    ],
)
def test_printed_prices_that_stand_for_days(price: str, opening: str, share: tuple[str, str]) -> None:
    """A price is rounded when it is printed; where it can be nothing but so many days, the share is one of days."""
    days = {"9.408": (28, 30), "9.42": (29, 31), "3.1111111111111111": (28, 30)}.get(price, (2, 30))
    by_days = Share(Decimal(days[0]), Decimal(days[1]))
    found = share_by_price(Decimal(price), Decimal(opening), by_days)
    assert found == Share(*map(Decimal, share))
