"""A month of Azure: the plan's monthly line, its daily rows, and the months before, with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.harness import Books, OpenBooks, Row

CLIENT, AZURE, PLAN = "Alder Legal", "Azure", "plan-1"
METER = ("DZH318Z0BNZ5", "006G")
"""Product Id and Sku Id of the meter that stories use."""


def azure(books: OpenBooks, monthly: str = "93.00", **settings: str) -> Books:
    """An Azure plan charged for the month, sold at cost + 10 %, and billed as it should be."""
    month = books("2026-10", **settings).customer(CLIENT).product(AZURE, "markup", product_id=METER[0], sku_id=METER[1])
    month.add("Price Rules", {"Level": "product", "Billing Product": AZURE, "Markup": "10"})
    return charge(month, monthly) if monthly else month


def charge(month: Books, subtotal: str, billed: str = "", **more: str) -> Books:
    """A monthly usage line of the plan, and its bill: 93.00 + 10 % = 102.30."""
    month.vendor(CLIENT, {
        "Charge Type": "new", "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31", "Subscription Id": PLAN,
        "Product Id": METER[0], "Sku Id": METER[1], "Sku Name": "D2s v5", "Subscription Description": "Azure plan",
        "Unit Price": "0.125", "Effective Unit Price": "0.125", "Billable Quantity": "744", "Subtotal": subtotal, "Unit Type": "1 Hour",
        "Term And Billing Cycle": "", "Billing Frequency": "", **_titled(more),
    })  # fmt: skip
    return month.bill(CLIENT, AZURE, "1", amount=billed or {"93.00": "102.30"}[subtotal])


def daily(month: Books, day: str, total: str, **more: str) -> Books:
    """A daily row of the plan: 24 hours at 0.125 are 3.00 of retail, unless it says otherwise."""
    row: Row = {
        "Customer Id": f"id of {CLIENT}", "Customer Name": CLIENT, "Invoice Number": "G001", "Product Id": METER[0],
        "Sku Id": METER[1], "Subscription Id": PLAN, "Usage Date": day, "Meter Category": "Virtual Machines",
        "Unit Price": "0.125", "Quantity": "24", "Billing Pre Tax Total": total, "Billing Currency": "USD",
        "PC To BC Exchange Rate": "1", "Entitlement Id": "ent-1", "Entitlement Description": "Production",
        "Partner Earned Credit Percentage": "15", **_titled(more),
    }  # fmt: skip
    return month.add("Daily Usage", {name: value for name, value in row.items() if value})


def whole_month(month: Books, total: str = "3.00", **more: str) -> Books:
    """A row for each of the 31 days of October."""
    for day in range(1, 32):
        daily(month, f"2026-10-{day:02d}", total, **more)
    return month


def history(month: Books, costs: Mapping[str, str], subscription: str = PLAN, **more: str) -> Books:
    """Earlier months on Usage History: month -> cost."""
    for period, cost in costs.items():
        month.add("Usage History", {
            "Period": period, "Customer": CLIENT, "Subscription Id": subscription, "Cost": cost, "Currency": "USD", **_titled(more),
        })  # fmt: skip
    return month


def _titled(more: Mapping[str, str]) -> Row:
    return {key if " " in key else key.replace("_", " ").title(): value for key, value in more.items()}
