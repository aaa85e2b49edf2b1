"""Rule unreadable-cell. More stories: scenarios/test_unreadable_cells.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, the_exception


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_with_address_and_money(books: OpenBooks) -> None:
    """The quantity is "ten", the amount of 140.00 can be read."""
    month = ten_seats(books)
    month.tables["Billed Lines"][0]["Quantity"] = "ten"
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "unreadable-cell",
        Decimal("140.00"),
        "review",
    )
    assert finding.hit.why.startswith("Billed Lines > row 6 > Quantity: found 'ten'; expected")
    assert finding.source_rows == ("Billed Lines row 6",)


def test_fires_in_a_mapping_tab(books: OpenBooks) -> None:
    """A choice that is none of the listed words."""
    month = ten_seats(books).agreement("Alder", "Other", "1.00", status="Perhaps")
    assert the_exception(month.reconcile()).hit.why.startswith("Agreements > row 7 > Status: found 'Perhaps'")


def test_quiet_for_what_reads_as_a_number(books: OpenBooks) -> None:
    """Text that is an amount: thousands, a sign at the end, spaces around it."""
    month = ten_seats(books)
    month.tables["Billed Lines"][0] |= {"Amount": " 1,140.00 "}
    month.bill("Alder", "Seats", "0", amount="1,000.00-")
    assert month.reconcile().findings == []
