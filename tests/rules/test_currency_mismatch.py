"""Rule currency-mismatch."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, rules_of, the_exception


def in_euros(books: OpenBooks, amount: str, rate: str = "1.10") -> Books:
    """Ten seats at 11.00 are 110.00 USD; the bill is in euros."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "11.00")
    if rate:
        month.add("FX Rates", {"From": "EUR", "To": "USD", "Rate": rate})
    month.cycle("Alder", "10", "10.08", "100.80")
    return month.bill("Alder", "Seats", "10", amount=amount, currency="EUR")


@pytest.mark.parametrize(
    ("euros", "at_stake", "direction"),
    [
        ("100.00", "0.00", "customer overcharged"),  # 110.00 USD
        ("90.00", "11.00", "we lose"),  # 99.00 USD
        ("120.00", "22.00", "customer overcharged"),  # 132.00 USD
        ("99.99", "0.01", "we lose"),  # 109.989, so 109.99: a cent, and no rounding beside it
    ],
)
def test_fires_whatever_the_difference(books: OpenBooks, euros: str, at_stake: str, direction: str) -> None:
    """One finding on the key, and no other."""
    result = in_euros(books, euros).reconcile()
    assert rules_of(result) == ["currency-mismatch"]
    hit = the_exception(result).hit
    assert (hit.at_stake, hit.direction) == (Decimal(at_stake), direction)
    assert f"{euros} EUR billed to a client in USD" in hit.why


def test_fires_without_a_rate(books: OpenBooks) -> None:
    """The expected 110.00 are the exposure, for review."""
    result = in_euros(books, "100.00", rate="").reconcile()
    assert rules_of(result) == ["currency-mismatch"]
    hit = the_exception(result).hit
    assert (hit.at_stake, hit.direction, hit.billed) == (Decimal("110.00"), "review", None)
    assert "no rate from EUR to USD" in hit.why


def test_fires_once_where_the_line_stands_twice(books: OpenBooks) -> None:
    """200.00 EUR are 220.00 USD against 110.00."""
    month = in_euros(books, "100.00").bill("Alder", "Seats", "10", amount="100.00", currency="EUR")
    result = month.reconcile()
    assert rules_of(result) == ["currency-mismatch"]
    assert the_exception(result).hit.at_stake == Decimal("110.00")


def test_fires_without_a_source(books: OpenBooks) -> None:
    """100.00 EUR for a product that the vendor does not charge: 110.00 USD too much."""
    month = in_euros(books, "100.00").product("Backup", "list", product_id="B", sku_id="1")
    del month.tables["Billed Lines"][0]
    month.bill("Alder", "Seats", "10", "11.00", "110.00").bill("Alder", "Backup", "1", amount="100.00", currency="EUR")
    hit = the_exception(month.reconcile()).hit
    assert (hit.product, hit.at_stake, hit.direction) == ("Backup", Decimal("110.00"), "customer overcharged")


def test_quiet_in_the_clients_currency(books: OpenBooks) -> None:
    """Named or left blank."""
    for currency in ("USD", ""):
        month = in_euros(books, "110.00")
        month.tables["Billed Lines"][0] |= {"Currency": currency}
        assert month.reconcile().findings == []
