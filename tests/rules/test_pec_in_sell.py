"""Rule pec-in-sell."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

METER = {
    "Product Id": "DZH318Z0BPS6", "Sku Id": "0001", "Subscription Id": "plan-1", "Subscription Description": "Azure plan",
    "Term And Billing Cycle": "1 Compute Hour", "Unit Type": "1 Hour", "Charge Type": "new", "Billing Frequency": "",
    "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31",
}  # fmt: skip


def azure(books: OpenBooks, times: int = 1) -> Books:
    """29 hours at 0.868 retail, 21.39 after earned credit; 2.5 % on retail: 25.17 x 1.025 = 25.80."""
    month = books("2026-10").customer("Alder")
    month.product("Azure Plan", "rrp", profile="Azure", product_id="DZH318Z0BPS6", sku_id="0001")
    month.add("Profiles", {"Profile": "Azure", "Percentage Off RRP": "2.5"})
    for number in range(times):
        month.vendor("Alder", {
            **METER, "Unit Price": "0.868", "Effective Unit Price": "0.737586206896552", "Billable Quantity": "29",
            "Subtotal": "21.39", "Meter Description": f"Meter {number}",
        })  # fmt: skip
    return month


def test_fires_where_the_bill_is_built_on_cost(books: OpenBooks) -> None:
    """21.39 x 1.025 = 21.92: 3.88 given away."""
    finding = the_exception(azure(books).bill("Alder", "Azure Plan", "1", amount="21.92").reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("pec-in-sell", Decimal("3.88"), "we lose")
    assert "21.39 USD of cost after earned credit" in finding.hit.why


def test_fires_where_the_cost_of_all_meters_is_rounded_once(books: OpenBooks) -> None:
    """Ten meters: 213.90 x 1.025 = 219.25, not 10 x 21.92 = 219.20; 258.00 expected, so 38.75."""
    month = azure(books, 10).bill("Alder", "Azure Plan", "1", amount="219.25")
    assert exceptions(month.reconcile()) == [("pec-in-sell", "Alder", Decimal("38.75"), "we lose")]


def test_quiet_on_retail(books: OpenBooks) -> None:
    """25.80."""
    assert azure(books).bill("Alder", "Azure Plan", "1", amount="25.80").reconcile().exceptions == []


def test_quiet_for_another_figure(books: OpenBooks) -> None:
    """22.50 is neither."""
    told = exceptions(azure(books).bill("Alder", "Azure Plan", "1", amount="22.50").reconcile())
    assert [one.rule for one in told] == ["underbilled"]
