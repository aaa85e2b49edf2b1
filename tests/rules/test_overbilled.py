"""Rule overbilled."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, the_exception


def test_fires_with_the_customers_money(books: OpenBooks) -> None:
    """140.00 expected, 154.00 billed for eleven seats."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "11", "14.00", "154.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("overbilled", Decimal("14.00"))
    assert (finding.hit.direction, finding.variance) == ("customer overcharged", Decimal("14.00"))
    assert "11 billed, 10 at the vendor: 1 over" in finding.hit.why


@pytest.mark.parametrize("billed", ["140.00", "140.02"])
def test_quiet_inside_the_tolerance(books: OpenBooks, billed: str) -> None:
    """Two cents too many are waived."""
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", amount=billed)
    assert month.reconcile().exceptions == []
