"""Rule price-changed-mid-term."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

RESERVATION = {"Product Id": "DZH318Z0BQ3P", "Sku Id": "00D4"}


def reserved(books: OpenBooks) -> Books:
    """Bought on 5 October at an RRP of 1,000.00, which is 1,200.00 from the 10th on; 2.5 % on top."""
    month = books("2026-10").customer("Alder").product("Reserved VM", "rrp", profile="Azure", **RESERVATION)
    month.add("Profiles", {"Profile": "Azure", "Percentage Off RRP": "2.5"})
    row = {**RESERVATION, "Currency": "USD"}
    month.add("Price List", {**row, "ERP Price": "1000.00", "End": "2026-10-09"})
    month.add("Price List", {**row, "ERP Price": "1200.00", "Start": "2026-10-10"})
    return month.vendor("Alder", {
        **RESERVATION, "Subscription Id": "", "Reservation Order Id": "r-1", "Charge Type": "new", "Billing Frequency": "",
        "Term And Billing Cycle": "1 Year Reservation", "Charge Start Date": "2026-10-05", "Charge End Date": "2027-10-04",
        "Subscription Start Date": "2026-10-05", "Subscription End Date": "2027-10-04", "Unit Price": "850.00",
        "Effective Unit Price": "850.00", "Billable Quantity": "1", "Subtotal": "850.00",
    })  # fmt: skip


def test_fires_at_a_retail_price_that_came_after_the_term_began(books: OpenBooks) -> None:
    """1,200.00 x 1.025 = 1,230.00 billed, 1,025.00 expected: 205.00 too much."""
    finding = the_exception(reserved(books).bill("Alder", "Reserved VM", "1", "1230.00", "1230.00").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("price-changed-mid-term", Decimal("205.00"))
    assert finding.hit.direction == "customer overcharged"
    assert "RRP 1,200.00 USD of the price list of 10 Oct 2026" in finding.hit.why
    assert "began on 5 Oct 2026 has 1,000.00 USD" in finding.hit.why


def test_fires_at_a_list_price_of_next_month(books: OpenBooks) -> None:
    """16.00 from November on, billed in October: 10 x 2.00 too much."""
    month = books("2026-10").customer("Alder").product("Seats", "list").cycle("Alder", "10", "10.08", "100.80")
    row = {"Billing Product": "Seats", "Currency": "USD"}
    month.add("Sell Prices", {**row, "Price": "14.00"}, {**row, "Price": "16.00", "Start": "2026-11-01"})
    assert exceptions(month.bill("Alder", "Seats", "10", "16.00", "160.00").reconcile()) == [
        ("price-changed-mid-term", "Alder", Decimal("20.00"), "customer overcharged"),
    ]


def test_fires_at_the_price_of_an_agreement_to_come(books: OpenBooks) -> None:
    """13.00 was agreed from November on: 10.00 lost in October."""
    month = books("2026-10").customer("Alder").product("Seats").cycle("Alder", "10", "10.08", "100.80")
    month.agreement("Alder", "Seats", "14.00", end="2026-10-31").agreement(
        "Alder", "Seats", "13.00", start="2026-11-01"
    )
    assert exceptions(month.bill("Alder", "Seats", "10", "13.00", "130.00").reconcile()) == [
        ("price-changed-mid-term", "Alder", Decimal("10.00"), "we lose"),
    ]


def test_quiet_at_the_price_of_the_term(books: OpenBooks) -> None:
    """1,000.00 x 1.025."""
    assert reserved(books).bill("Alder", "Reserved VM", "1", "1025.00", "1025.00").reconcile().exceptions == []


def test_quiet_at_a_price_that_no_list_has(books: OpenBooks) -> None:
    """1,100.00 x 1.025 = 1,127.50 is nobody's price."""
    told = exceptions(reserved(books).bill("Alder", "Reserved VM", "1", "1127.50", "1127.50").reconcile())
    assert told == [("overbilled", "Alder", Decimal("102.50"), "customer overcharged")]
