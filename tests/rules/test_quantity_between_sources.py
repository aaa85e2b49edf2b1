"""Sources that count the same thing differently."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

CLIENT, SEATS, DEVICES = "Harbour Dental", "Business Standard", "Managed Workstation"


def devices(books: OpenBooks, **limits: str) -> Books:
    """Nine workstations counted by the RMM and billed."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count", **limits)
    month.agreement(CLIENT, DEVICES, "8.50").bill(CLIENT, DEVICES, "9", "8.50", "76.50")
    return month.count(CLIENT, DEVICES, "9")


def seats(books: OpenBooks) -> Books:
    """42 seats charged by the vendor and billed."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    return month.cycle(CLIENT, "42", "10.08", "423.36").bill(CLIENT, SEATS, "42", "14.00", "588.00")


def test_fires_where_two_tools_disagree(books: OpenBooks) -> None:
    """The RMM decides with 9, the backup tool says 12: for review, nothing at stake."""
    month = devices(books, count_source="RMM").count(CLIENT, DEVICES, "12", "2026-10-30", count_source="Backup")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "quantity-between-sources", Decimal(0), "review",
    )  # fmt: skip
    assert "9 counted by RMM on 2026-10-31 (total), 12 counted by Backup on 2026-10-30 (total)" in finding.hit.why


def test_fires_where_a_count_disagrees_with_the_vendor_that_decides(books: OpenBooks) -> None:
    """40 owned by the count, 42 charged."""
    finding = the_exception(seats(books).count(CLIENT, SEATS, "40", count_source="Microsoft 365").reconcile())
    assert finding.rule == "quantity-between-sources"
    assert "42 seats at the vendor at period end, 40 counted by Microsoft 365 on 2026-10-31 (total)" in finding.hit.why


def test_quiet_where_they_agree(books: OpenBooks) -> None:
    """Two tools, the same nine; the vendor's 42 and a count of 42."""
    assert exceptions(devices(books).count(CLIENT, DEVICES, "9.0", count_source="Backup").reconcile()) == []
    assert exceptions(seats(books).count(CLIENT, SEATS, "42").reconcile()) == []


def test_quiet_for_other_bases_and_stale_counts(books: OpenBooks) -> None:
    """38 assigned of 42 owned is waste, not a mismatch; an old snapshot of another tool is not held against a fresh one."""
    assert exceptions(seats(books).count(CLIENT, SEATS, "38", basis="assigned").reconcile()) == []
    month = devices(books).count(CLIENT, DEVICES, "7", "2026-08-31", count_source="Backup")
    assert exceptions(month.reconcile()) == []


def test_quiet_for_seats_of_a_cycle_that_has_ended(books: OpenBooks) -> None:
    """September's other subscription, cancelled since, is not counted among the seats of October."""
    month = seats(books).count(CLIENT, SEATS, "42")
    month.seats(CLIENT, [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "5", "50.40")], subscription_id="sub-old",
                period="2026-09", invoice_number="G000")  # fmt: skip
    assert exceptions(month.reconcile()) == []
