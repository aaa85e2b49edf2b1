"""Rule margin-negative."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception


def agreed(books: OpenBooks, price: str, **settings: str) -> Books:
    """Ten seats at 10.08 cost 100.80; billed as agreed."""
    month = books("2026-10", **settings).customer("Alder").product("Seats").agreement("Alder", "Seats", price)
    return month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", price)


@pytest.mark.parametrize(
    ("price", "at_stake"),
    [
        ("9.00", "19.57"),  # 100.80 / 0.92 = 109.565..., so 109.57; less 90.00
        ("10.07", "8.87"),
        ("0", "109.57"),
    ],
)
def test_fires_below_cost(books: OpenBooks, price: str, at_stake: str) -> None:
    """At stake is what is missing for a margin of 8 %, not only for the cost."""
    finding = the_exception(agreed(books, price).reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "margin-negative",
        Decimal(at_stake),
        "we lose",
    )
    assert "8 % need 109.57 USD" in finding.hit.why


def test_fires_at_a_floor_of_nothing(books: OpenBooks) -> None:
    """Margin Floor 0: 10.80 to break even."""
    assert the_exception(agreed(books, "9.00", margin_floor="0").reconcile()).hit.at_stake == Decimal("10.80")


def test_fires_also_where_nothing_is_billed(books: OpenBooks) -> None:
    """Not billed, and agreed below cost: two faults, two findings."""
    month = agreed(books, "9.00").customer("Elm").agreement("Elm", "Seats", "14.00")
    month.cycle("Elm", "1", "10.08", "10.08", subscription_id="elm")
    month.tables["Billed Lines"][0] |= {"Customer": "Elm", "Quantity": "1", "Unit Price": "14.00"}
    assert exceptions(month.reconcile()) == [
        ("margin-negative", "Alder", Decimal("19.57"), "we lose"),
        ("unbilled", "Alder", Decimal("90.00"), "we lose"),
    ]


def test_quiet_above_cost_and_for_a_cent(books: OpenBooks) -> None:
    """14.00 is well above; 0.01 for a cost of 0.02 is not worth a word."""
    assert agreed(books, "14.00").reconcile().findings == []
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "0.01")
    assert month.cycle("Alder", "1", "0.02", "0.02").bill("Alder", "Seats", "1", "0.01").reconcile().findings == []


def test_quiet_for_counts_credits_and_unpriced_keys(books: OpenBooks) -> None:
    """Counts have no cost; a credit passed on is no sale; without a price there is no sell."""
    month = books("2026-10").customer("Alder").product("Device", "fixed", "count").agreement("Alder", "Device", "0.10")
    month.product("Seats", "markup").cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "10", "1.00")
    month.count("Alder", "Device", "9").bill("Alder", "Device", "9", "0.10")
    assert rules_of(month.reconcile()) == ["unpriced"]


def test_quiet_for_an_instalment_of_a_year(books: OpenBooks) -> None:
    """1,209.60 of cost and 1,680.00 of sell for a year, billed at 126.00 instead of 140.00 a month: no margin is negative.

    The instalment of 140.00 stands against 100.80 of cost.
    """
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "168.00")
    month.seats("Alder", [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")], billing_frequency="Annual")
    month.bill("Alder", "Seats", "9", "14.00", "126.00")
    assert rules_of(month.reconcile()) == ["underbilled"]
