"""Microsoft's printed subtotals follow from one of the documented rounding models, to the cent.

Figures: Microsoft, "Billing scenarios for one-time and select recurring purchases in new commerce
experience" (2022-11-08) and "Effective unit price calculation for Azure plan consumption"
(2021-04-02), as tabulated in the project's domain notes 2.2, 2.3 and 2.7.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.intake.formats.vendor_arithmetic import (
    VendorCharge,
    fitting_model,
    has_plain_sign,
    plain_model,
    recompute_subtotal,
    tolerance,
)


def _charge(
    unit_price: str, days: tuple[int, int], printed: str, quantity: str, subtotal: str, rate: str = "1"
) -> VendorCharge:
    return VendorCharge(
        subtotal=Decimal(subtotal),
        effective_unit_price=Decimal(printed),
        quantity=Decimal(quantity),
        exchange_rate=Decimal(rate),
        unit_price=Decimal(unit_price),
        cycle_days=days[0],
        billed_days=days[1],
    )


@pytest.mark.parametrize(
    ("unit_price", "days", "printed", "quantity", "a", "b", "subtotal", "model"),
    [
        ("10.08", (30, 28), "9.408", "12", "112.89", "112.80", "112.89", "A"),
        ("12", (31, 29), "11.23", "15", "168.38", "168.30", "168.38", "A"),
        ("10.08", (31, 29), "-9.42", "10", "-94.29", "-94.20", "-94.20", "B"),
        ("10.08", (30, 23), "-7.72", "300", "-2318.40", "-2316.00", "-2316.00", "B"),
        ("6.43", (30, 23), "4.92", "300", "1478.90", "1476.00", "1476.00", "B"),
    ],
)
def test_the_measured_examples_hold(
    unit_price: str, days: tuple[int, int], printed: str, quantity: str, a: str, b: str, subtotal: str, model: str
) -> None:
    """Domain notes 2.2: both models to the cent, and the one that Microsoft printed."""
    charge = _charge(unit_price, days, printed, quantity, subtotal)
    assert [("A", Decimal(a)), ("B", Decimal(b))] == recompute_subtotal(charge)
    assert model == fitting_model(charge)


@pytest.mark.parametrize(
    ("unit_price", "days", "printed", "quantity", "subtotal", "model"),
    [
        ("10.08", (30, 30), "10.08", "10", "100.80", "A and B"),
        ("120.96", (365, 365), "120.96", "10", "1209.60", "A and B"),
        ("10.08", (30, 28), "-9.408", "10", "-94.08", "A"),
        ("10.08", (30, 28), "-9.408", "12", "-112.89", "A"),
        ("10.08", (30, 28), "9.408", "8", "75.26", "A"),
        ("12", (31, 29), "-11.23", "10", "-112.25", "A"),
        ("12", (31, 26), "-10.06", "15", "-150.96", "A"),
        ("12", (31, 26), "10.06", "25", "251.61", "A"),
        ("12", (31, 24), "-9.29", "25", "-232.25", "A and B"),
        ("12", (31, 24), "9.29", "23", "213.67", "A and B"),
        ("12", (31, 22), "-8.52", "23", "-195.87", "A"),
        ("12", (31, 22), "8.52", "20", "170.32", "A"),
        ("12", (31, 11), "-4.26", "20", "-85.16", "A"),
        ("12", (31, 11), "4.26", "30", "127.74", "A"),
        ("10.08", (30, 23), "-7.72", "100", "-772", "B"),
        ("6.43", (30, 23), "4.92", "100", "492", "B"),
        ("0", (30, 30), "0", "25", "0", "A and B"),
        ("52.61", (30, 30), "52.61", "25", "1315.25", "A and B"),
        ("250", (12, 11), "229.16", "10", "2291.60", "B"),  # plan change: prorated by months
        ("16", (28, 27), "15.42", "1", "15.42", "A and B"),
        ("192", (365, 181), "95.21", "1", "95.21", "A and B"),
    ],
)
def test_the_worked_cases_hold(
    unit_price: str, days: tuple[int, int], printed: str, quantity: str, subtotal: str, model: str
) -> None:
    """Domain notes 2.3: every printed subtotal is met exactly by the model named."""
    charge = _charge(unit_price, days, printed, quantity, subtotal)
    assert model == fitting_model(charge)
    assert Decimal(subtotal) in [amount for _, amount in recompute_subtotal(charge)]


@pytest.mark.parametrize(
    ("units", "price", "cost"),
    [
        ("29", "0.737586206896552", "21.39"),
        ("210.950039", "0.737757626107858", "155.63"),
        ("555.950039", "0.737782122900436", "410.17"),
    ],
)
def test_metered_usage_holds_within_a_cent(units: str, price: str, cost: str) -> None:
    """Domain notes 2.7: partner cost of Azure meters; the printed 15-digit price may cut the last cent."""
    charge = VendorCharge(Decimal(cost), Decimal(price), Decimal(units), is_usage=True)
    assert fitting_model(charge) == "usage"
    assert abs(recompute_subtotal(charge)[0][1] - Decimal(cost)) <= Decimal("0.01")


def test_usage_is_rounded_down_before_and_after_the_exchange_rate() -> None:
    """RD(RD(0.999 x 10) x 0.846202666) = RD(9.99 x 0.846202666)."""
    charge = VendorCharge(Decimal("8.45"), Decimal("0.999"), Decimal(10), Decimal("0.846202666"), is_usage=True)
    assert [("usage", Decimal("8.45"))] == recompute_subtotal(charge)


def test_a_subtotal_beyond_tolerance_fits_no_model() -> None:
    """Ten seats may differ by ten cents, not by eleven."""
    inside, outside = (_charge("10.08", (30, 30), "10.08", "10", subtotal) for subtotal in ("100.90", "100.91"))
    assert fitting_model(inside) == "A and B"
    assert fitting_model(outside) is None


def test_a_discounted_price_is_not_replaced_by_the_list_price() -> None:
    """A promotion lowers the printed price: then it is the right one."""
    charge = _charge("16", (31, 31), "14.4", "50", "720")
    assert [("A", Decimal(720)), ("B", Decimal(720))] == recompute_subtotal(charge)


def test_yen_has_no_decimals() -> None:
    """Rounding goes to the minor unit of the billing currency."""
    charge = VendorCharge(Decimal(1519), Decimal("10.08"), Decimal(1), Decimal("150.75"), digits=0)
    assert fitting_model(charge) == "A and B"


@given(
    st.decimals("0.01", "999", places=4),
    st.integers(1, 500),
    st.integers(1, 31),
    st.integers(1, 31),
    st.sampled_from(["A", "B"]),
)
def test_a_subtotal_made_by_a_model_is_recognised_as_that_model(
    price: Decimal, quantity: int, cycle: int, billed: int, model: str
) -> None:
    """Whatever the printed price shows, the model that made a subtotal fits it."""
    exact = VendorCharge(Decimal(0), price, Decimal(quantity), unit_price=price, cycle_days=cycle, billed_days=billed)
    made = dict(recompute_subtotal(exact))[model]
    assert model in (fitting_model(VendorCharge(made, price, Decimal(quantity))) or "")


@pytest.mark.parametrize(
    ("subtotal", "price", "quantity", "rate", "digits", "model"),
    [
        ("-112.89", "-9.408", "12", "1", 2, "A"),
        ("-94.2", "-9.4297", "10", "1", 2, "B"),
        ("100.8", "10.08", "10", "1", 2, "A and B"),
        ("15195", "10.08", "10", "150.75", 0, "A"),
        ("28.366", "7.7", "12", "0.307", 3, "A"),
        ("0", "0", "25", "1", 2, "A and B"),
        ("112.88", "9.408", "12", "1", 2, None),
    ],
)
def test_a_printed_price_that_says_all_names_its_model(
    subtotal: str, price: str, quantity: str, rate: str, digits: int, model: str | None
) -> None:
    """10.08 x 10 x 150.75 = 15,195.6 yen; 7.7 x 12 x 0.307 = 28.3668 dinar: only what is exact counts."""
    assert model == plain_model(Decimal(subtotal), Decimal(price), Decimal(quantity), Decimal(rate), digits)


@given(
    st.decimals("0.01", "999", places=4),
    st.integers(1, 500),
    st.decimals("0.2", "200", places=9),
    st.sampled_from([0, 2, 3]),
)
def test_the_short_way_and_the_exact_one_agree(price: Decimal, quantity: int, rate: Decimal, digits: int) -> None:
    """For every amount that a model makes, both name the same model."""
    charge = VendorCharge(Decimal(0), price, Decimal(quantity), rate, digits=digits)
    for _, amount in recompute_subtotal(charge):
        same = replace(charge, subtotal=amount)
        assert fitting_model(same) == plain_model(amount, price, Decimal(quantity), rate, digits)


@given(
    st.decimals("1", "999", places=2),
    st.integers(1, 30),
    st.integers(1, 500),
    st.decimals("0.2", "200", places=9),
    st.sampled_from([0, 2, 3]),
)
def test_the_short_way_by_days_and_the_exact_one_agree(
    unit: Decimal, days: int, quantity: int, rate: Decimal, digits: int
) -> None:
    """The price of some days of a cycle of 31, printed to the cent: thirds of a cent are never rounded before their time."""
    printed = round(unit * days / 31, 2)
    charge = VendorCharge(Decimal(0), printed, Decimal(quantity), rate, unit, 31, days, digits=digits)
    for _, amount in recompute_subtotal(charge):
        same = replace(charge, subtotal=amount)
        assert fitting_model(same) == plain_model(amount, unit * days, Decimal(quantity), rate, digits, Decimal(31))


@pytest.mark.parametrize(
    ("subtotal", "price", "quantity", "fits"),
    [("5", "5", "1", True), ("-5", "-5", "1", True), ("-5", "5", "-1", True), ("-5", "-5", "-1", True), ("5", "-5", "-1", True),
     ("0", "5", "1", True), ("-5", "5", "1", False), ("5", "-5", "1", False), ("5", "5", "-1", False)],
)  # fmt: skip
def test_refunds_are_printed_either_way(subtotal: str, price: str, quantity: str, fits: bool) -> None:
    """A positive price and quantity make no refund."""
    assert has_plain_sign(Decimal(subtotal), Decimal(price), Decimal(quantity)) is fits


@pytest.mark.parametrize(
    ("quantity", "rate", "digits", "allowed"),
    [
        ("10", "1", 2, "0.10"),
        ("0.5", "1", 2, "0.01"),
        ("10", "0.3", 3, "0.10"),
        ("10", "150.75", 0, "16"),
        ("1", "1", 0, "1"),
    ],
)
def test_a_cent_a_unit_of_the_pricing_currency_is_allowed(quantity: str, rate: str, digits: int, allowed: str) -> None:
    """10 x 0.01 x 150.75 = 15.075 yen, and a yen has no cents: 16."""
    charge = VendorCharge(Decimal(0), Decimal(1), Decimal(quantity), Decimal(rate), digits=digits)
    assert tolerance(charge) == Decimal(allowed)


def test_the_printed_price_is_tried_where_the_days_mislead() -> None:
    """10.08 / 31 x 28 is 9.1045...; where the vendor counted other days, 9.11 x 300 is right, at the tightest tolerance too."""
    charge = replace(_charge("10.08", (31, 28), "9.11", "300", "2733.00"), allowance=Decimal("0.001"))
    assert fitting_model(charge) == "A and B"
