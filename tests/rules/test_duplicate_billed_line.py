"""Rule duplicate-billed-line. More stories: scenarios/test_duplicates.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, the_exception


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_with_the_amount_of_the_copy(books: OpenBooks) -> None:
    """140.00 twice on the bill; the line ids differ, as the PSA gave them."""
    month = ten_seats(books).bill("Alder", "Seats", "10", "14.00", "140.00")
    for number, row in enumerate(month.tables["Billed Lines"]):
        row["Line"] = f"L{number}"
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("duplicate-billed-line", Decimal("140.00"))
    assert finding.hit.direction == "customer overcharged"


def test_quiet_where_both_are_owed(books: OpenBooks) -> None:
    """Two subscriptions, two equal lines."""
    month = ten_seats(books).bill("Alder", "Seats", "10", "14.00", "140.00")
    assert month.cycle("Alder", "10", "10.08", "100.80", subscription_id="sub-2").reconcile().findings == []


def test_quiet_without_a_source(books: OpenBooks) -> None:
    """Nothing supports either line: that is another rule's finding, for all of it."""
    month = ten_seats(books).customer("Elm")
    for _ in range(2):
        month.bill("Elm", "Seats", "1", "5.00", "5.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("billed-without-source", Decimal("10.00"))
