"""Rule unknown-charge-type. More stories: scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

SEATS = "Seats"


def two_subscriptions(books: OpenBooks, basis: str, charge: str) -> Books:
    """Ten seats of October, and a mid-month line of a type that is to be tried."""
    month = books("2026-10").customer("Alder").product(SEATS, basis).agreement("Alder", SEATS, "14.00")
    month.add("Price Rules", {"Level": "product", "Markup": "25"})
    month.cycle("Alder", "10", "10.08", "100.80")
    return month.seats("Alder", [(charge, "2026-10-11", "2026-10-31", "10.08", "2", "20.16")], subscription_id="sub-2")


def test_fires_with_the_money_of_its_lines(books: OpenBooks) -> None:
    """Nothing is gapped by markup, whatever the type: 12 x 12.60."""
    month = two_subscriptions(books, "markup", "transferIn").bill("Alder", SEATS, "12", "12.60", "151.20")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "unknown-charge-type",
        Decimal("20.16"),
        "review",
    )
    assert (finding.hit.customer, finding.hit.product, finding.source_rows) == ("Alder", SEATS, ("Vendor Lines row 7",))
    assert '"transferIn"' in finding.hit.why


def test_fires_once_a_type(books: OpenBooks) -> None:
    """Two lines of one type are one finding, another type is another."""
    month = two_subscriptions(books, "markup", "transferIn").bill("Alder", SEATS, "15", "12.60", "189.00")
    month.cycle("Alder", "2", "10.08", "20.16", charge_type="TRANSFERIN", subscription_id="sub-3")
    month.cycle("Alder", "1", "10.08", "10.08", charge_type="transferOut", subscription_id="sub-4")
    assert exceptions(month.reconcile()) == [
        ("unknown-charge-type", "Alder", Decimal("10.08"), "review"),
        ("unknown-charge-type", "Alder", Decimal("40.32"), "review"),
    ]


def test_a_gap_that_the_type_can_make_is_its_consequence(books: OpenBooks) -> None:
    """At an agreed price the type decides what opens the cycle: without one, 21 of 31 days are expected, 18.97 of 28.00."""
    month = two_subscriptions(books, "fixed", "transferIn").bill("Alder", SEATS, "12", "14.00", "168.00")
    result = month.reconcile()
    assert exceptions(result) == [("unknown-charge-type", "Alder", Decimal("20.16"), "review")]
    assert [finding.hit.customer for finding in result.exceptions if finding.cause] == ["Alder"]


def test_a_gap_by_markup_stays_primary(books: OpenBooks) -> None:
    """Each line is priced from its own cost there: one seat short is one seat short."""
    month = two_subscriptions(books, "markup", "transferIn").bill("Alder", SEATS, "11", "12.60", "138.60")
    assert [told.rule for told in exceptions(month.reconcile())] == ["underbilled", "unknown-charge-type"]


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """Birch's is not Alder's."""
    month = two_subscriptions(books, "fixed", "transferIn").bill("Alder", SEATS, "12", "14.00", "168.00")
    month.customer("Birch").agreement("Birch", SEATS, "14.00").cycle(
        "Birch", "2", "10.08", "20.16", subscription_id="b"
    )
    month.bill("Birch", SEATS, "1", "14.00", "14.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["underbilled", "unknown-charge-type"]


def test_quiet_for_every_documented_type(books: OpenBooks) -> None:
    """In any spelling: spaces and case do not matter."""
    month = two_subscriptions(books, "markup", "Move Quantity").bill("Alder", SEATS, "12", "12.60", "151.20")
    result = month.reconcile()
    assert (result.findings, [words for words in result.warnings if "harge type" in words]) == ([], [])
