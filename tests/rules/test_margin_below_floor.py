"""Rule margin-below-floor."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, the_exception


def agreed(books: OpenBooks, price: str, **settings: str) -> Books:
    """Ten seats at 10.08 cost 100.80; billed as agreed."""
    month = books("2026-10", **settings).customer("Alder").product("Seats").agreement("Alder", "Seats", price)
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", price)


@pytest.mark.parametrize(
    ("price", "at_stake"),
    [("10.50", "4.57"), ("10.08", "8.77"), ("10.95", "0.07")],  # 109.57 is needed
)
def test_fires_between_cost_and_floor(books: OpenBooks, price: str, at_stake: str) -> None:
    """100.80 / 0.92 = 109.57 keeps 8 %."""
    finding = the_exception(agreed(books, price).reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "margin-below-floor", Decimal(at_stake), "we lose",
    )  # fmt: skip


def test_fires_at_a_floor_of_ones_own(books: OpenBooks) -> None:
    """30 %: 100.80 / 0.70 = 144.00, and 140.00 is agreed."""
    finding = the_exception(agreed(books, "14.00", margin_floor="30").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("margin-below-floor", Decimal("4.00"))
    assert "a margin of 28 %; 30 % need 144.00 USD" in finding.hit.why


def test_fires_for_each_product_of_a_client_once(books: OpenBooks) -> None:
    """Two subscriptions that both sides name are one row of Margin, and one finding."""
    month = agreed(books, "10.50")
    month.tables["Billed Lines"][0] |= {"Subscription Id": "sub-1"}
    month.cycle("Alder", "10", "10.08", "100.80", subscription_id="sub-2")
    month.bill("Alder", "Seats", "10", "10.50", subscription_id="sub-2")
    assert the_exception(month.reconcile()).hit.at_stake == Decimal("9.13")  # 201.60 / 0.92 = 219.13, less 210.00


@pytest.mark.parametrize("price", ["10.96", "14.00"])
def test_quiet_from_the_floor_on(books: OpenBooks, price: str) -> None:
    """109.60 is enough."""
    assert agreed(books, price).reconcile().findings == []
