"""Counts that are too old to rely on."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

CLIENT, SEATS, DEVICES = "Harbour Dental", "Business Standard", "Managed Workstation"


def devices(books: OpenBooks, as_of: str, **limits: str) -> Books:
    """Five workstations counted by the RMM on that day, five billed; ten seats as the vendor charges them."""
    month = books("2026-10").customer(CLIENT).product(SEATS).product(DEVICES, "fixed", "count", **limits)
    month.agreement(CLIENT, SEATS, "14.00").agreement(CLIENT, DEVICES, "8.50").cycle(CLIENT, "10", "10.08", "100.80")
    month.bill(CLIENT, SEATS, "10", "14.00", "140.00").bill(CLIENT, DEVICES, "5", "8.50", "42.50")
    return month.count(CLIENT, DEVICES, "5", as_of)


def test_fires_once_a_client_and_product(books: OpenBooks) -> None:
    """32 days before period end is one too many; the product is not compared, and nothing else is said of it."""
    month = devices(books, "2026-09-29")
    month.tables["Billed Lines"][1] |= {"Quantity": "9", "Amount": "76.50"}
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("stale-source", Decimal(0), "review")
    assert "last counted by RMM on 2026-09-29 (total): 32 days before 2026-10-31, more than 31" in finding.hit.why
    assert finding.hit.product == DEVICES


def test_fires_where_the_source_that_decides_is_stale(books: OpenBooks) -> None:
    """Products names the RMM; the backup tool's fresh count does not speak."""
    month = devices(books, "2026-08-31", count_source="RMM").count(CLIENT, DEVICES, "7", count_source="Backup")
    assert [told.rule for told in exceptions(month.reconcile())] == ["stale-source"]


def test_fires_for_a_second_opinion_and_mutes_no_vendor_gap(books: OpenBooks) -> None:
    """Seats by the vendor, 10 charged and 8 billed, and a count of spring: both are said."""
    month = devices(books, "2026-10-31").count(CLIENT, SEATS, "10", "2026-04-30")
    month.tables["Billed Lines"][0] |= {"Quantity": "8", "Amount": "112.00"}
    told = exceptions(month.reconcile())
    assert told == [
        ("stale-source", CLIENT, Decimal(0), "review"),
        ("underbilled", CLIENT, Decimal("28.00"), "we lose"),  # 2 x 14.00
    ]


def test_quiet_for_a_fresh_count(books: OpenBooks) -> None:
    """31 days are just fresh, and an older snapshot beside a fresh one does no harm."""
    month = devices(books, "2026-09-30").count(CLIENT, DEVICES, "4", "2026-05-31")
    assert exceptions(month.reconcile()) == []
