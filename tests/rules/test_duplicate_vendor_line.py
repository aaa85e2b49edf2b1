"""Rule duplicate-vendor-line. More stories: scenarios/test_duplicates.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, the_exception


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_with_the_cost_of_the_copy(books: OpenBooks) -> None:
    """Equal in every vendor column: 100.80, and the copy is named, not the original."""
    finding = the_exception(ten_seats(books).cycle("Alder", "10", "10.08", "100.80").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("duplicate-vendor-line", Decimal("100.80"))
    assert finding.hit.direction == "vendor overcharged"
    assert finding.source_rows == ("Vendor Lines row 7",)


def test_fires_for_a_line_of_an_earlier_invoice_pasted_again(books: OpenBooks) -> None:
    """September's line stands in October's paste once more: the earlier one is the original."""
    month = ten_seats(books)
    september = [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")]
    month.seats("Alder", september, invoice_number="G000").seats(
        "Alder", september, invoice_number="G000", period="2026-09"
    )
    assert the_exception(month.reconcile()).source_rows == ("Vendor Lines row 7",)


def test_quiet_where_one_column_differs(books: OpenBooks) -> None:
    """The same charge of another subscription."""
    month = ten_seats(books).cycle("Alder", "10", "10.08", "100.80", subscription_id="sub-2")
    month.tables["Billed Lines"][0] |= {"Quantity": "20", "Amount": "280.00"}
    assert month.reconcile().findings == []
