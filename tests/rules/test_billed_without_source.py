"""Rule billed-without-source."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception


def month_with_a_vendor(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Elm", "Seats", "14.00")
    month.cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    return month.bill("Elm", "Seats", "1", "14.00", "14.00")


def test_fires_with_the_billed_amount(books: OpenBooks) -> None:
    """25.00 billed for a product that the vendor does not charge."""
    finding = the_exception(month_with_a_vendor(books).bill("Alder", "Seats", "1", "25.00", "25.00").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("billed-without-source", Decimal("25.00"))
    assert finding.hit.direction == "customer overcharged"


def test_fires_for_a_counted_product(books: OpenBooks) -> None:
    """Devices are counted for Elm, none for Alder, who pays for five."""
    month = month_with_a_vendor(books).product("Device", "fixed", "count").agreement("Elm", "Device", "8.50")
    month.count("Elm", "Device", "2").bill("Elm", "Device", "2", "8.50").bill("Alder", "Device", "5", "8.50", "42.50")
    assert exceptions(month.reconcile()) == [
        ("billed-without-source", "Alder", Decimal("42.50"), "customer overcharged"),
    ]


def test_fires_where_a_cycle_of_last_month_still_runs(books: OpenBooks) -> None:
    """Charged on 20 September until 19 October and not renewed: nothing says that it is over for good."""
    month = month_with_a_vendor(books).seats("Alder", [
        ("renew", "2026-09-20", "2026-10-19", "10.08", "10", "100.80"),
    ], period="2026-09")  # fmt: skip
    month.bill("Alder", "Seats", "10", "14.00", "140.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["billed-without-source"]


def test_a_credit_without_source_is_for_review(books: OpenBooks) -> None:
    """-25.00 on the bill overcharges nobody."""
    month = month_with_a_vendor(books).bill("Alder", "Seats", "1", "-25.00", "-25.00")
    assert exceptions(month.reconcile()) == [("billed-without-source", "Alder", Decimal("25.00"), "review")]


def test_quiet_with_a_source_and_for_a_line_of_nothing(books: OpenBooks) -> None:
    """A vendor line behind it, or 0.00 billed."""
    month = month_with_a_vendor(books).bill("Alder", "Seats", "1", "0.00", "0.00")
    assert month.reconcile().findings == []
