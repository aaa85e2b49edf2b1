"""One purchase that the vendor prints as two lines, a telco part and the rest: a seat is a seat once (Microsoft 365 E5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, the_draft, the_match

CLIENT, SEATS = "Alder Legal", "Microsoft 365 E5"
WHOLE = [
    ("cycleCharge", "2026-10-01", "2026-10-31", "30.00", "10", "300.00"),
    ("cycleCharge", "2026-10-01", "2026-10-31", "8.00", "10", "80.00"),
]
TWO_MORE = [
    ("addQuantity", "2026-10-03", "2026-10-31", "-28.0645161290", "10", "-280.64"),
    ("addQuantity", "2026-10-03", "2026-10-31", "-7.4838709677", "10", "-74.83"),
    ("addQuantity", "2026-10-03", "2026-10-31", "28.0645161290", "12", "336.77"),
    ("addQuantity", "2026-10-03", "2026-10-31", "7.4838709677", "12", "89.80"),
]


def sold(books: OpenBooks, basis: str) -> Books:
    """45.00 a seat by agreement, list or retail; cost + 20 % by markup."""
    month = books("2026-10").customer(CLIENT).product(SEATS, basis)
    month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "45.00"})
    month.add("Price List", {"Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD", "ERP Price": "45.00"})
    month.add("Profiles", {"Profile": SEATS, "Percentage Off RRP": "0"})
    month.add("Price Rules", {"Level": "product", "Billing Product": SEATS, "Markup": "20"})
    return month.agreement(CLIENT, SEATS, "45.00")


@pytest.mark.parametrize("basis", ["fixed", "list", "rrp", "as billed"])
def test_ten_seats_on_two_lines_are_ten_seats(books: OpenBooks, basis: str) -> None:
    month = (
        sold(books, basis).seats(CLIENT, WHOLE).bill(CLIENT, SEATS, "10", "45.00", "450.00").count(CLIENT, SEATS, "10")
    )
    result = month.reconcile()
    assert exceptions(result) == []
    assert the_match(result)["expected"] == Decimal("450.00")
    assert the_draft(result).net == Decimal("450.00")


def test_cost_and_markup_count_both_lines(books: OpenBooks) -> None:
    """300.00 + 80.00 of cost at 20 %: 456.00. Without the telco part the bill has 360.00."""
    month = sold(books, "markup").seats(CLIENT, WHOLE).bill(CLIENT, SEATS, "10", "36.00", "360.00")
    assert exceptions(month.reconcile()) == [("underbilled", CLIENT, Decimal("96.00"), "we lose")]


def test_seats_added_in_mid_cycle_count_once(books: OpenBooks) -> None:
    """450.00 + 2 x 45.00 x 29/31 = 534.19."""
    month = sold(books, "fixed").seats(CLIENT, [*WHOLE, *TWO_MORE], reference_id="more")
    result = month.bill(CLIENT, SEATS, "10", "45.00", "450.00").bill(CLIENT, SEATS, "2", "", "84.19").reconcile()
    assert exceptions(result) == []
    assert the_match(result)["expected_quantity"] == 12


def test_changes_of_a_cycle_that_is_not_loaded_count_once(books: OpenBooks) -> None:
    month = sold(books, "fixed").seats(CLIENT, TWO_MORE, reference_id="more").bill(CLIENT, SEATS, "12", "", "84.19")
    assert exceptions(month.reconcile()) == []


def test_the_two_prices_are_not_a_price_that_changed(books: OpenBooks) -> None:
    """September and October each with 30.00 and 8.00 in one term; 456.00 is billed as it should be."""
    month = sold(books, "markup")
    for period, first, last in (("2026-09", "2026-09-01", "2026-09-30"), ("2026-10", "2026-10-01", "2026-10-31")):
        for price, subtotal in (("30.00", "300.00"), ("8.00", "80.00")):
            month.seats(
                CLIENT, [("cycleCharge", first, last, price, "10", subtotal)], period=period, unit_price=price,
                invoice_number=f"G-{period}", subscription_start_date="2026-03-01",
            )  # fmt: skip
    assert exceptions(month.bill(CLIENT, SEATS, "10", "45.60", "456.00").reconcile()) == []


def test_a_missing_seat_stays_one_seat(books: OpenBooks) -> None:
    month = sold(books, "fixed").seats(CLIENT, WHOLE).bill(CLIENT, SEATS, "8", "45.00", "360.00")
    assert exceptions(month.reconcile()) == [("underbilled", CLIENT, Decimal("90.00"), "we lose")]


def test_two_subscriptions_at_two_prices_are_two_purchases(books: OpenBooks) -> None:
    month = sold(books, "fixed").cycle(CLIENT, "10", "30.00", "300.00")
    month.cycle(CLIENT, "10", "8.00", "80.00", subscription_id="sub-2")
    assert exceptions(month.bill(CLIENT, SEATS, "20", "45.00", "900.00").reconcile()) == []
