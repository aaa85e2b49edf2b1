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


def test_fires_for_an_instalment(books: OpenBooks) -> None:
    """A year of 1,680.00 billed by the month, 112.00 CHF at 1.25 = 140.00 USD: the currency, not the timing, is told."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "168.00")
    month.add("FX Rates", {"From": "CHF", "To": "USD", "Rate": "1.25"})
    month.seats("Alder", [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")], billing_frequency="Annual")
    result = month.bill("Alder", "Seats", "10", amount="112.00", currency="CHF").reconcile()
    assert rules_of(result) == ["currency-mismatch"]
    assert the_exception(result).hit.at_stake == Decimal(0)


def test_fires_for_review_where_the_expected_amount_is_unknown(books: OpenBooks) -> None:
    """A counted product without a fresh count: in the wrong currency all the same, with nothing to hold it against."""
    month = in_euros(books, "100.00").product("Device", "fixed", "count").agreement("Alder", "Device", "8.50")
    month.tables["Billed Lines"][0] |= {"Currency": "USD", "Amount": "110.00"}
    month.bill("Alder", "Device", "9", amount="70.00", currency="EUR")
    result = month.reconcile()
    hit = the_exception(result).hit
    assert rules_of(result) == ["currency-mismatch"]
    assert (hit.product, hit.at_stake, hit.direction, hit.expected) == ("Device", Decimal(0), "review", None)


def test_fires_with_the_cost_where_the_charge_has_no_price(books: OpenBooks) -> None:
    """No agreement price: the vendor's 100.80 are the exposure, for review."""
    month = in_euros(books, "100.00")
    del month.tables["Agreements"][0]["Price"]
    result = month.reconcile()
    hit = the_exception(result).hit
    assert rules_of(result) == ["currency-mismatch"]
    assert (hit.at_stake, hit.direction, hit.expected, hit.billed) == (Decimal("100.80"), "review", None, Decimal(110))


def test_quiet_in_the_clients_currency(books: OpenBooks) -> None:
    """Named or left blank."""
    for currency in ("USD", ""):
        month = in_euros(books, "110.00")
        month.tables["Billed Lines"][0] |= {"Currency": currency}
        assert month.reconcile().findings == []
