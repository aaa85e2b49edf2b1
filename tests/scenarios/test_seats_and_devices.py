"""Quantities that disagree: 38 billed for 42 seats, 12 billed for 9 devices (issue 2, "Seen to hold")."""

from __future__ import annotations

from decimal import Decimal

from conftest import OpenBooks
from scenarios.harness import exceptions, the_exception, the_line


def test_38_billed_against_42_vendor_seats(books: OpenBooks) -> None:
    """Four seats at 14.00 are missing on the bill: 56.00, and we lose it."""
    month = books("2026-10").customer("Harbour Dental").product("Business Standard")
    month.agreement("Harbour Dental", "Business Standard", "14.00")
    month.cycle("Harbour Dental", "42", "10.08", "423.36")  # 42 x 10.08
    month.bill("Harbour Dental", "Business Standard", "38", "14.00", "532.00")  # 38 x 14.00

    result = month.reconcile()
    finding = the_exception(result)
    hit = finding.hit
    assert finding.rule == "underbilled"
    assert (hit.expected_quantity, hit.billed_quantity) == (42, 38)
    assert (hit.expected, hit.billed) == (Decimal("588.00"), Decimal("532.00"))  # 42 x 14.00
    assert finding.variance == Decimal("-56.00")
    assert (hit.at_stake, hit.direction, hit.currency) == (Decimal("56.00"), "we lose", "USD")
    assert "38 billed, 42 at the vendor: 4 short" in hit.why
    assert the_line(result).net == Decimal("588.00")
