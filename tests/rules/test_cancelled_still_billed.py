"""Rule cancelled-still-billed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, Row, exceptions, the_exception

SEPTEMBER = [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")]
LISTED: Row = {
    "Subscription Id": "sub-1", "Customer Id": "id of Alder", "Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Plan": "Monthly",
}  # fmt: skip


def still_billed(books: OpenBooks) -> Books:
    """Alder pays 140.00 for ten seats in October, without a vendor line; Elm's single seat is in order."""
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Elm", "Seats", "14.00")
    month.agreement("Alder", "Seats", "14.00").cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    month.bill("Elm", "Seats", "1", "14.00", "14.00")
    return month.bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_where_the_last_cycle_is_over(books: OpenBooks) -> None:
    """September's file has the last cycle."""
    finding = the_exception(still_billed(books).seats("Alder", SEPTEMBER, period="2026-09").reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "cancelled-still-billed", Decimal("140.00"), "customer overcharged",
    )  # fmt: skip
    assert finding.hit.why == "140.00 USD billed, but the vendor's last cycle ended on 30 Sep 2026."


def test_fires_after_a_cancellation_of_last_month(books: OpenBooks) -> None:
    """Given back on 25 September, in a cycle that would have run to 19 October."""
    month = still_billed(books).seats("Alder", [
        ("new", "2026-09-20", "2026-10-19", "10.08", "10", "100.80"),
        ("cancelImmediate", "2026-09-25", "2026-10-19", "-8.40", "10", "-84.00"),
    ], period="2026-09")  # fmt: skip
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("cancelled-still-billed", Decimal("140.00"))
    assert "a cancellation on 25 Sep 2026" in finding.hit.why


@pytest.mark.parametrize(
    ("row", "word"),
    [({"Status": "Deleted"}, "as Deleted"), ({"Status": "Active", "End": "2026-09-30"}, "until 30 Sep 2026")],
)
def test_fires_where_subscriptions_says_so(books: OpenBooks, row: Row, word: str) -> None:
    """Not active any more, or ended before the period."""
    finding = the_exception(still_billed(books).add("Subscriptions", LISTED | row).reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("cancelled-still-billed", Decimal("140.00"))
    assert word in finding.hit.why


def test_fires_with_the_variance_where_the_period_has_a_refund(books: OpenBooks) -> None:
    """Cancelled on 2 October with 18 of 30 days left: -10 x 14.00 x 18/30 = -84.00 is due, 140.00 is billed."""
    month = still_billed(books).seats("Alder", [
        ("renew", "2026-09-20", "2026-10-19", "10.08", "10", "100.80"),
    ], period="2026-09")  # fmt: skip
    month.seats("Alder", [("cancelImmediate", "2026-10-02", "2026-10-19", "-6.048", "10", "-60.48")])
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.variance) == (
        "cancelled-still-billed", Decimal("224.00"), Decimal("224.00"),
    )  # fmt: skip
    assert finding.hit.why.startswith("Cancelled on 2 Oct 2026, no seat is left at period end")


def test_fires_for_one_subscription_beside_a_live_one(books: OpenBooks) -> None:
    """Ten seats ended in September, five others go on; all fifteen are billed: 140.00 too much."""
    month = still_billed(books).seats("Alder", SEPTEMBER, period="2026-09", subscription_id="gone")
    month.cycle("Alder", "5", "10.08", "50.40", subscription_id="live")
    month.tables["Billed Lines"][1] |= {"Quantity": "15", "Amount": "210.00"}
    assert exceptions(month.reconcile()) == [
        ("cancelled-still-billed", "Alder", Decimal("140.00"), "customer overcharged"),
    ]


def test_fires_for_the_subscription_that_the_bill_names(books: OpenBooks) -> None:
    """Both sides carry ids: the live one agrees, the ended one is on the bill."""
    month = still_billed(books).seats("Alder", SEPTEMBER, period="2026-09", subscription_id="gone")
    month.cycle("Alder", "5", "10.08", "50.40", subscription_id="live")
    month.tables["Billed Lines"][1] |= {"Subscription Id": "gone"}
    month.bill("Alder", "Seats", "5", "14.00", "70.00", subscription_id="live")
    assert exceptions(month.reconcile()) == [
        ("cancelled-still-billed", "Alder", Decimal("140.00"), "customer overcharged"),
    ]


@pytest.mark.parametrize("row", [{"Status": "Active"}, {"Status": "Active", "End": "2026-10-15"}])
def test_quiet_where_nothing_says_that_it_is_over(books: OpenBooks, row: Row) -> None:
    """An active monthly subscription: the vendor's line is missing, and nobody knows why."""
    told = exceptions(still_billed(books).add("Subscriptions", LISTED | row).reconcile())
    assert [one.rule for one in told] == ["billed-without-source"]


def test_quiet_where_the_cancellation_is_on_the_bill(books: OpenBooks) -> None:
    """9.17 for the two days of a cancelled purchase; 10.00 is a little much, but nobody bills the seats on."""
    month = books("2021-07").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00").seats("Alder", [
        ("new", "2021-07-15", "2021-08-14", "10.08", "10", "100.80"),
        ("cancelImmediate", "2021-07-17", "2021-08-14", "-9.42", "10", "-94.20"),
    ])  # fmt: skip
    assert exceptions(month.bill("Alder", "Seats", "1", amount="10.00").reconcile()) == [
        ("overbilled", "Alder", Decimal("0.83"), "customer overcharged"),
    ]


def test_quiet_while_it_is_charged(books: OpenBooks) -> None:
    """Charged in September and in October."""
    month = still_billed(books).seats("Alder", SEPTEMBER, period="2026-09").cycle("Alder", "10", "10.08", "100.80")
    assert month.reconcile().exceptions == []
