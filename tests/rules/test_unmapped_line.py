"""Rule unmapped-line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions


def ten_seats(books: OpenBooks) -> Books:
    month = (
        books("2026-10")
        .customer("Alder", code="ALD", aliases="Alder Group")
        .product("Seats", aliases="M365 Bus. Std; Seats old")
    )
    month.agreement("Alder", "Seats", "14.00").cycle("Alder", "10", "10.08", "100.80")
    return month.bill("Alder", "Seats", "10", "14.00", "140.00")


def test_fires_for_an_unknown_product_name(books: OpenBooks) -> None:
    """280.00 are billed that cannot be compared."""
    month = ten_seats(books).bill("Alder", "What is this", "20", "14.00", "280.00")
    assert exceptions(month.reconcile()) == [("unmapped-line", "Alder", Decimal("280.00"), "review")]


def test_fires_for_an_unknown_client_name(books: OpenBooks) -> None:
    """One finding for all lines of one client and product."""
    month = (
        ten_seats(books).bill("Nobody", "Seats", "1", "14.00", "14.00").bill("Nobody", "Seats", "2", "14.00", "28.00")
    )
    assert exceptions(month.reconcile()) == [("unmapped-line", "Nobody", Decimal("42.00"), "review")]


@pytest.mark.parametrize("client", ["Alder", "ALDER Ltd", "Alder Group", "ald"])
@pytest.mark.parametrize("product", ["Seats", "seats", "M365 bus std", "SEATS OLD"])
def test_quiet_for_every_declared_name(books: OpenBooks, client: str, product: str) -> None:
    """Name, alias and code, whatever their case and punctuation."""
    month = ten_seats(books)
    month.tables["Billed Lines"][0] |= {"Customer": client, "Product": product}
    assert month.reconcile().findings == []


def test_fires_once_where_a_blank_currency_is_the_base_currency(books: OpenBooks) -> None:
    """14.00 without a currency and 28.00 USD of one unknown client: one finding of 42.00, one key."""
    month = ten_seats(books).bill("Nobody", "Seats", "1", "14.00", "14.00")
    month.bill("Nobody", "Seats", "2", "14.00", "28.00", currency="USD")
    assert exceptions(month.reconcile()) == [("unmapped-line", "Nobody", Decimal("42.00"), "review")]
