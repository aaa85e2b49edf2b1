"""Rule po-exceeded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, rules_of, the_draft, the_exception
from scenarios.plain import CLIENT, plain_month


def test_fires_above_the_amount(books: OpenBooks) -> None:
    """140.00 net expected, 100.00 ordered: 40.00 too much."""
    month = plain_month(books).add("Purchase Orders", {"Customer": CLIENT, "PO": "P-1", "Amount": "100.00"})
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("po-exceeded", Decimal("40.00"), "review")
    assert finding.hit.why == (f"140.00 USD net expected of {CLIENT}, P-1 covers 100.00 USD: 40.00 USD too much.")
    assert (the_draft(result).po, the_draft(result).status) == ("P-1", "Draft")


@pytest.mark.parametrize(
    ("orders", "quoted"),
    [
        ([{"PO": "P-1", "Amount": "140.00"}], "P-1"),
        ([{"PO": "P-1"}], "P-1"),
        ([{"PO": "P-1", "Amount": "500.00"}, {"PO": "P-2", "Amount": "100.00", "Start": "2026-10-01"}], "P-1"),
        ([{"PO": "P-1", "Amount": "1.00", "Currency": "EUR"}], ""),
    ],
)
def test_quiet_inside_the_amount(books: OpenBooks, orders: list[dict[str, str]], quoted: str) -> None:
    """Of two in force the draft quotes the one that covers it; an order in euros caps nothing in dollars."""
    result = plain_month(books).add("Purchase Orders", *({"Customer": CLIENT, **row} for row in orders)).reconcile()
    assert (rules_of(result), the_draft(result).po) == ([], quoted)
