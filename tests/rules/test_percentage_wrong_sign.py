"""Rule percentage-wrong-sign."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

METER = {
    "Product Id": "DZH318Z0BPS6", "Sku Id": "0001", "Subscription Id": "plan-1", "Subscription Description": "Azure plan",
    "Term And Billing Cycle": "1 Compute Hour", "Unit Type": "1 Hour", "Charge Type": "new", "Billing Frequency": "",
    "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31",
}  # fmt: skip


def seats_at_retail(books: OpenBooks, points: str) -> Books:
    """Ten seats at an RRP of 14.00."""
    month = books("2026-10").customer("Alder").product("Seats", "rrp", profile="Modern")
    month.add("Price List", {"Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD", "ERP Price": "14.00"})
    month.add("Profiles", {"Profile": "Modern", "Percentage Off RRP": points})
    return month.cycle("Alder", "10", "10.08", "100.80")


@pytest.mark.parametrize(
    ("points", "unit", "billed", "at_stake", "direction"),
    [
        ("5", "13.30", "133.00", "14.00", "we lose"),  # 14.70 expected
        ("-5", "14.70", "147.00", "14.00", "customer overcharged"),  # 13.30 expected
    ],
)
def test_fires_for_seats(books: OpenBooks, points: str, unit: str, billed: str, at_stake: str, direction: str) -> None:
    """Twice the percentage is the error."""
    finding = the_exception(seats_at_retail(books, points).bill("Alder", "Seats", "10", unit, billed).reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "percentage-wrong-sign", Decimal(at_stake), direction,
    )  # fmt: skip
    signs = ("+5 %", "-5 %") if points == "5" else ("-5 %", "+5 %")
    assert f"is {signs[0]}, the bill is what {signs[1]} gives" in finding.hit.why


def test_fires_for_usage(books: OpenBooks) -> None:
    """25.17 of retail: x 1.025 = 25.80 expected, x 0.975 = 24.54 billed."""
    month = books("2026-10").customer("Alder")
    month.product("Azure Plan", "rrp", profile="Azure", product_id="DZH318Z0BPS6", sku_id="0001")
    month.add("Profiles", {"Profile": "Azure", "Percentage Off RRP": "2.5"}).vendor("Alder", {
        **METER, "Unit Price": "0.868", "Effective Unit Price": "0.737586206896552", "Billable Quantity": "29",
        "Subtotal": "21.39",
    })  # fmt: skip
    assert exceptions(month.bill("Alder", "Azure Plan", "1", amount="24.54").reconcile()) == [
        ("percentage-wrong-sign", "Alder", Decimal("1.26"), "we lose"),
    ]


def test_quiet_with_the_right_sign_and_with_none(books: OpenBooks) -> None:
    """14.70; and at 0 % there is no sign to get wrong."""
    assert seats_at_retail(books, "5").bill("Alder", "Seats", "10", "14.70", "147.00").reconcile().exceptions == []
    told = exceptions(seats_at_retail(books, "0").bill("Alder", "Seats", "10", "13.30", "133.00").reconcile())
    assert [one.rule for one in told] == ["underbilled"]


def test_quiet_where_the_quantity_is_wrong_too(books: OpenBooks) -> None:
    """Nine seats with the wrong sign: neither fault alone gives 119.70, so it is a plain gap."""
    told = exceptions(seats_at_retail(books, "5").bill("Alder", "Seats", "9", "13.30", "119.70").reconcile())
    assert told == [("underbilled", "Alder", Decimal("27.30"), "we lose")]
