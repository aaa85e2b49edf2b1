"""Rule unmapped-product. More stories: scenarios/test_unmapped.py."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions


def ten_seats(books: OpenBooks) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_once_a_product_with_the_vendor_cost(books: OpenBooks) -> None:
    """Two lines of one new SKU, one of another: 40.00 and 7.00."""
    month = ten_seats(books).cycle("Alder", "3", "10.00", "30.00", product_id="NEW", sku_id="0001")
    month.cycle("Alder", "1", "10.00", "10.00", product_id="NEW", sku_id="0001", subscription_id="sub-2")
    month.cycle("Alder", "1", "7.00", "7.00", product_id="NEW", sku_id="0002", subscription_id="sub-3")
    assert exceptions(month.reconcile()) == [
        ("unmapped-product", "Alder", Decimal("7.00"), "we lose"),
        ("unmapped-product", "Alder", Decimal("40.00"), "we lose"),
    ]


def test_quiet_where_two_products_claim_the_sku(books: OpenBooks) -> None:
    """That is an ambiguous mapping, and not told twice."""
    month = ten_seats(books).product("Other Seats")
    month.tables["Billed Lines"].clear()
    month.bill("Alder", "Other Seats", "0", "1.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["ambiguous-mapping"]


def test_quiet_for_ids_in_another_case(books: OpenBooks) -> None:
    """cfq7ttc0ldpb is CFQ7TTC0LDPB."""
    month = ten_seats(books)
    month.tables["Vendor Lines"][0]["Product Id"] = "cfq7ttc0ldpb"
    assert month.reconcile().findings == []
