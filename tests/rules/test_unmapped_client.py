"""Rule unmapped-client. More stories: scenarios/test_unmapped.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_with_the_vendor_cost(books: OpenBooks) -> None:
    """A tenant that nobody knows."""
    month = ten_seats(books).cycle("Stranger", "3", "10.08", "30.24")
    assert exceptions(month.reconcile()) == [("unmapped-client", "Stranger", Decimal("30.24"), "we lose")]


def test_fires_once_a_currency(books: OpenBooks) -> None:
    """Money of two currencies is never added up."""
    month = ten_seats(books).cycle("Stranger", "3", "10.08", "30.24")
    month.cycle("Stranger", "1", "9.00", "9.00", currency="EUR", invoice_number="G002")
    found = [(f.hit.currency, f.hit.at_stake) for f in month.reconcile().exceptions]
    assert sorted(found) == [("EUR", Decimal("9.00")), ("USD", Decimal("30.24"))]


def test_quiet_for_a_known_name(books: OpenBooks) -> None:
    """The id is new, but the name fits exactly one client."""
    month = ten_seats(books)
    month.tables["Vendor Lines"][0] |= {"Customer Id": "new tenant", "Customer Name": "ALDER, Ltd."}
    assert month.reconcile().findings == []
