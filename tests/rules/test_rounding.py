"""Rule rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, control


def ten_seats(books: OpenBooks, billed: str) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", amount=billed)


@pytest.mark.parametrize(
    ("billed", "waived", "direction"),
    [("140.02", "0.02", "customer overcharged"), ("139.99", "0.01", "we lose"), ("139.98", "0.02", "we lose")],
)
def test_fires_as_information_with_the_cents(books: OpenBooks, billed: str, waived: str, direction: str) -> None:
    """Waived money is always shown: in the findings and on Tie-out, but it is no exception and exit is 0."""
    result = ten_seats(books, billed).reconcile()
    (finding,) = result.findings
    assert (finding.rule, finding.severity) == ("rounding", "Information")
    assert (finding.hit.at_stake, finding.hit.direction) == (Decimal(waived), direction)
    assert control(result, "Information: Rounding").actual == Decimal(waived)
    assert (result.exceptions, result.exit_code) == ([], 0)


def test_fires_for_cents_that_only_one_side_knows(books: OpenBooks) -> None:
    """0.02 billed without a source, and 0.01 charged without a bill: waived, shown, and totalled as 0.03."""
    month = ten_seats(books, "140.00").product("Meter", "list", product_id="M", sku_id="1").customer("Elm")
    month.add("Sell Prices", {"Billing Product": "Meter", "Currency": "USD", "Price": "0.01"})
    month.cycle("Alder", "1", "0.01", "0.01", product_id="M", sku_id="1", subscription_id="m").bill(
        "Elm", "Seats", "1", "0.02", "0.02"
    )
    result = month.reconcile()
    assert result.exceptions == []
    assert [finding.rule for finding in result.findings] == ["rounding", "rounding"]
    assert control(result, "Information: Rounding").actual == Decimal("0.03")


@pytest.mark.parametrize("billed", ["140.00", "140.03"])
def test_quiet_where_nothing_differs_or_too_much(books: OpenBooks, billed: str) -> None:
    """Equal amounts have nothing to waive; three cents are an exception."""
    assert "rounding" not in {finding.rule for finding in ten_seats(books, billed).reconcile().findings}
