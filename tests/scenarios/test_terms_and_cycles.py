"""Annual plans that grow, first cycles that end early, and charges that cost nothing.

All figures are worked by hand; the working stands beside them.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, the_draft, the_match

CLIENT, SEATS = "Alder Legal", "Business Standard"
YEAR = {
    "billing_frequency": "Annual", "subscription_start_date": "2026-06-05", "subscription_end_date": "2027-06-04",
}  # fmt: skip
THIS_YEAR = {
    "billing_frequency": "Annual", "subscription_start_date": "2026-10-05", "subscription_end_date": "2027-10-04",
}  # fmt: skip
TO_MONTH_END = [("new", "2026-10-18", "2026-10-31", "4.5522580645", "10", "45.52")]


def sold(books: OpenBooks, basis: str, price: str) -> Books:
    month = books("2026-10").customer(CLIENT).product(SEATS, basis)
    if basis == "fixed":
        month.agreement(CLIENT, SEATS, price)
    return month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": price})


def a_year_that_grew(books: OpenBooks, basis: str) -> Books:
    """Ten seats for a year since June, two more on 5 October for 243 of 365 days."""
    month = sold(books, basis, "168.00")
    month.seats(
        CLIENT,
        [("new", "2026-06-05", "2027-06-04", "120.96", "10", "1209.60")],
        period="2026-06",
        invoice_number="G000",
        **YEAR,
    )
    return month.seats(
        CLIENT,
        [
            ("addQuantity", "2026-10-05", "2027-06-04", "-80.54", "10", "-805.40"),
            ("addQuantity", "2026-10-05", "2027-06-04", "80.54", "12", "966.48"),
        ],
        reference_id="more", **YEAR,
    )  # fmt: skip


@pytest.mark.parametrize("basis", ["fixed", "list", "as billed"])
def test_seats_added_to_a_year_are_billed_by_the_month(books: OpenBooks, basis: str) -> None:
    """12 x 14.00 = 168.00: a month of every seat, those of June and those of October."""
    result = a_year_that_grew(books, basis).bill(CLIENT, SEATS, "12", "14.00", "168.00").reconcile()
    assert exceptions(result) == []
    assert the_draft(result).net == Decimal("168.00")


def test_seats_added_to_a_year_and_left_off_the_monthly_bill(books: OpenBooks) -> None:
    """Two seats a month: 28.00."""
    month = a_year_that_grew(books, "fixed").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert exceptions(month.reconcile()) == [("underbilled", CLIENT, Decimal("28.00"), "we lose")]


@pytest.mark.parametrize(("quantity", "unit", "amount"), [("10", "14.00", "140.00"), ("10", "168.00", "1680.00")])
def test_a_year_billed_as_billed_by_the_month_or_at_once(
    books: OpenBooks, quantity: str, unit: str, amount: str
) -> None:
    """14.00 is a price of a month, for 120.96 a year, and 168.00 one of a year: neither is a margin below cost."""
    month = sold(books, "as billed", "168.00")
    month.seats(CLIENT, [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")], **THIS_YEAR)
    assert exceptions(month.bill(CLIENT, SEATS, quantity, unit, amount).reconcile()) == []


def test_a_year_as_billed_by_the_month_with_seats_missing(books: OpenBooks) -> None:
    month = sold(books, "as billed", "168.00")
    month.seats(CLIENT, [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")], **THIS_YEAR)
    month.bill(CLIENT, SEATS, "8", "14.00", "112.00")
    assert exceptions(month.reconcile()) == [("underbilled", CLIENT, Decimal("28.00"), "we lose")]


def test_a_first_cycle_that_ends_with_another_subscription_is_paid_by_its_days(books: OpenBooks) -> None:
    """14 of October's 31 days: 10 x 14.00 x 14/31 = 63.2258, so 63.23."""
    month = sold(books, "fixed", "14.00").seats(CLIENT, TO_MONTH_END, unit_price="10.08")
    month.bill(CLIENT, SEATS, "10", "", "63.23")
    result = month.reconcile()
    assert exceptions(result) == []
    assert the_match(result)["expected"] == Decimal("63.23")


def test_a_short_first_cycle_billed_in_full_is_a_matter_of_days(books: OpenBooks) -> None:
    month = sold(books, "fixed", "14.00").seats(CLIENT, TO_MONTH_END, unit_price="10.08")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00")
    assert exceptions(month.reconcile()) == [("proration-wrong", CLIENT, Decimal("76.77"), "customer overcharged")]


def test_a_seat_missing_in_a_short_first_cycle_is_a_seat(books: OpenBooks) -> None:
    """Nine seats: 56.90, where ten are worth 63.23."""
    month = sold(books, "fixed", "14.00").seats(CLIENT, TO_MONTH_END, unit_price="10.08")
    month.bill(CLIENT, SEATS, "9", "", "56.90")
    assert exceptions(month.reconcile()) == [("underbilled", CLIENT, Decimal("6.33"), "we lose")]


def test_a_promotion_is_no_short_cycle(books: OpenBooks) -> None:
    """15 % off the vendor's price of a whole cycle leaves ours as it is."""
    promoted = [("new", "2026-10-01", "2026-10-31", "8.568", "10", "85.68")]
    month = sold(books, "fixed", "14.00").seats(CLIENT, promoted, unit_price="10.08")
    assert exceptions(month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()) == []


@pytest.mark.parametrize("basis", ["fixed", "list", "rrp", "markup"])
def test_a_free_charge_needs_no_price(books: OpenBooks, basis: str) -> None:
    """A trial or an own subscription of a product that nobody has priced: worth 0.00, nothing to hold, nothing to find."""
    month = (
        books("2026-10").customer(CLIENT).customer("Elm Dental").product(SEATS, basis).cycle(CLIENT, "10", "0", "0.00")
    )
    month.product("Basic", product_id="B", sku_id="1").agreement("Elm Dental", "Basic", "14.00")
    month.cycle("Elm Dental", "1", "10.08", "10.08", product_id="B", sku_id="1", subscription_id="elm")
    result = month.bill("Elm Dental", "Basic", "1", "14.00", "14.00").reconcile()
    assert result.findings == []
    assert result.exit_code == 0
