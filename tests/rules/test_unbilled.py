"""Rule unbilled."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception


def month_with_a_bill(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Elm", "Seats", "14.00")
    month.cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    return month.bill("Elm", "Seats", "1", "14.00", "14.00")


def test_fires_with_the_sell_value(books: OpenBooks) -> None:
    """Ten seats charged, no line on the bill: 140.00, not the 100.80 of cost."""
    month = month_with_a_bill(books).agreement("Alder", "Seats", "14.00").cycle("Alder", "10", "10.08", "100.80")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("unbilled", Decimal("140.00"), "we lose")
    assert (finding.hit.expected, finding.hit.billed) == (Decimal("140.00"), Decimal(0))
    assert finding.title == "Vendor charge not billed"


def test_fires_for_a_count(books: OpenBooks) -> None:
    """Nine devices counted that nobody bills."""
    month = month_with_a_bill(books).product("Device", "fixed", "count").agreement("Alder", "Device", "8.50")
    result = month.count("Alder", "Device", "9").reconcile()
    assert exceptions(result) == [("unbilled", "Alder", Decimal("76.50"), "we lose")]
    assert the_exception(result).title == "Counted but not billed"  # no vendor charges for it


def test_fires_with_the_cost_where_no_price_is_known(books: OpenBooks) -> None:
    """Ten seats without an agreement price: at least 100.80."""
    hit = the_exception(month_with_a_bill(books).cycle("Alder", "10", "10.08", "100.80").reconcile()).hit
    assert (hit.at_stake, hit.expected, hit.basis) == (Decimal("100.80"), None, "estimated")


def test_fires_for_a_credit_that_nobody_passed_on(books: OpenBooks) -> None:
    """A refund of last month's seats, and no bill at all: the customer is owed 14.00 x 2 x 3.90/10.08 = 10.83."""
    month = month_with_a_bill(books).agreement("Alder", "Seats", "14.00")
    month.seats("Alder", [("renew", "2026-09-20", "2026-10-19", "10.08", "10", "100.80")], period="2026-09")
    month.seats("Alder", [("removeQuantity", "2026-10-08", "2026-10-19", "-3.90", "2", "-7.80")])
    result = month.reconcile()
    assert exceptions(result) == [("unbilled", "Alder", Decimal("10.83"), "customer overcharged")]
    assert the_exception(result).title == "Vendor credit not passed on"


def test_quiet_for_free_lines_and_a_cent(books: OpenBooks) -> None:
    """Zero-priced seats, and a charge of 0.01, are not worth a line."""
    month = month_with_a_bill(books).agreement("Alder", "Seats", "14.00").cycle("Alder", "25", "0", "0.00")
    month.product("Meter", "list", product_id="M", sku_id="1").cycle(
        "Alder", "1", "0.01", "0.01", product_id="M", sku_id="1"
    )
    month.add("Sell Prices", {"Billing Product": "Meter", "Currency": "USD", "Price": "0.01"})
    assert month.reconcile().exceptions == []
