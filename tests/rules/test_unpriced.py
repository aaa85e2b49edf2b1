"""Rule unpriced."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, exceptions, the_draft, the_exception


@pytest.mark.parametrize(
    ("basis", "where"),
    [("markup", "Price Rules"), ("fixed", "Agreements"), ("list", "Sell Prices"), ("rrp", "Price List")],
)
def test_fires_and_names_the_tab_that_misses_a_row(books: OpenBooks, basis: str, where: str) -> None:
    """140.00 are billed and nothing says what they should be: the cost is for review, the draft line held."""
    month = books("2026-10").customer("Alder").product("Seats", basis).cycle("Alder", "10", "10.08", "100.80")
    result = month.bill("Alder", "Seats", "10", "14.00", "140.00").reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("unpriced", Decimal("100.80"), "review")
    assert where in finding.hit.why
    draft = the_draft(result)
    assert [line.is_held for line in draft.lines] == [True]
    assert draft.net == 0


@pytest.mark.parametrize("basis", ["markup", "rrp"])
def test_fires_where_a_count_has_no_vendor_price(books: OpenBooks, basis: str) -> None:
    """Markup and rrp need vendor lines."""
    month = books("2026-10").customer("Alder").product("Device", basis, "count").count("Alder", "Device", "9")
    month.add("Price Rules", {"Level": "product", "Billing Product": "Device", "Markup": "20"})
    finding = the_exception(month.bill("Alder", "Device", "9", "8.50").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("unpriced", Decimal(0))


def test_quiet_with_a_price(books: OpenBooks) -> None:
    """A markup of 0 % is a markup."""
    month = books("2026-10", margin_floor="0").customer("Alder").product("Seats", "markup")
    month.cycle("Alder", "10", "10.08", "100.80")
    month.add("Price Rules", {"Level": "product", "Markup": "0"}).bill("Alder", "Seats", "10", "10.08", "100.80")
    assert exceptions(month.reconcile()) == []
