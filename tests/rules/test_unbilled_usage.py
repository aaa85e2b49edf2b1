"""Rule unbilled-usage."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

METER = {
    "Product Id": "DZH318Z0BPS6", "Sku Id": "0001", "Subscription Id": "plan-1", "Subscription Description": "Azure plan",
    "Term And Billing Cycle": "1 Compute Hour", "Unit Type": "1 Hour", "Charge Type": "new", "Billing Frequency": "",
    "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31", "Unit Price": "0.868",
}  # fmt: skip


def azure(books: OpenBooks, *, markup: bool = True) -> Books:
    """21.39 of usage at 20 %, 25.67; Elm's seat is in order."""
    month = books("2026-10").customer("Alder").customer("Elm").product("Seats").agreement("Elm", "Seats", "14.00")
    month.cycle("Elm", "1", "10.08", "10.08", subscription_id="elm").bill("Elm", "Seats", "1", "14.00", "14.00")
    month.product("Azure Plan", "markup", product_id="DZH318Z0BPS6", sku_id="0001")
    if markup:
        month.add("Price Rules", {"Level": "product", "Billing Product": "Azure Plan", "Markup": "20"})
    return month.vendor("Alder", {
        **METER, "Effective Unit Price": "0.737586206896552", "Billable Quantity": "29", "Subtotal": "21.39",
    })  # fmt: skip


def test_fires_with_the_sell_value(books: OpenBooks) -> None:
    """21.39 x 1.20 = 25.67, and no line on the bill."""
    finding = the_exception(azure(books).reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "unbilled-usage",
        Decimal("25.67"),
        "we lose",
    )


def test_fires_with_the_cost_where_no_price_is_known(books: OpenBooks) -> None:
    """At least 21.39."""
    finding = the_exception(azure(books, markup=False).reconcile())
    hit = finding.hit
    assert finding.rule == "unbilled-usage"
    assert (hit.at_stake, hit.expected, hit.basis) == (Decimal("21.39"), None, "estimated")


def test_quiet_for_a_refund_of_usage(books: OpenBooks) -> None:
    """Given back, not billed: the customer is owed 25.67, so it is the plain rule that speaks."""
    month = azure(books)
    month.tables["Vendor Lines"][1] |= {"Effective Unit Price": "-0.737586206896552", "Subtotal": "-21.39"}
    assert exceptions(month.reconcile()) == [("unbilled", "Alder", Decimal("25.67"), "customer overcharged")]


def test_quiet_where_it_is_billed(books: OpenBooks) -> None:
    """25.67."""
    assert azure(books).bill("Alder", "Azure Plan", "1", amount="25.67").reconcile().exceptions == []
