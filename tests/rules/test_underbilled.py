"""Rule underbilled."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, the_exception


@pytest.mark.parametrize(
    ("billed", "at_stake"), [("110.00", "30.00"), ("139.97", "0.03"), ("0.00", "140.00"), ("-5.00", "145.00")]
)
def test_fires_beyond_the_tolerance(books: OpenBooks, billed: str, at_stake: str) -> None:
    """140.00 expected: whatever is missing is lost, from three cents on."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", amount=billed)
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("underbilled", Decimal(at_stake), "we lose")
    assert finding.variance == -Decimal(at_stake)
    assert finding.source_rows == ("Vendor Lines row 6", "Billed Lines row 6")


@pytest.mark.parametrize("billed", ["140.00", "139.98"])
def test_quiet_inside_the_tolerance(books: OpenBooks, billed: str) -> None:
    """Two cents are no exception; the tolerance is never scaled by quantity."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", amount=billed)
    assert month.reconcile().exceptions == []


def test_fires_at_a_tolerance_of_ones_own(books: OpenBooks) -> None:
    """Billed Tolerance 0: a cent is an exception."""
    month = (
        books("2026-10", billed_tolerance="0").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    )
    month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", amount="139.99")
    assert the_exception(month.reconcile()).hit.at_stake == Decimal("0.01")
