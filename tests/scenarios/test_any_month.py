"""Whatever stands in the sheets, the run goes through and its own controls hold: no month is refused for our arithmetic."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from recon_xl.core.money import to_minor_unit
from scenarios.harness import Books, OpenBooks

BASES = ("markup", "rrp", "fixed", "list", "as billed")
SPANS = [
    ("2026-10-01", "2026-10-31", "2026-10", "Monthly"),
    ("2026-10-14", "2026-11-13", "2026-10", "Monthly"),
    ("2026-09-14", "2026-10-13", "2026-09", "Monthly"),
    ("2026-10-05", "2027-10-04", "2026-10", "Annual"),
    ("2026-03-15", "2027-03-14", "2026-03", "Annual"),
    ("2025-10-01", "2026-09-30", "2025-10", "Annual"),
    ("2026-10-05", "2029-10-04", "2026-10", "Triennial"),
    ("2026-10-31", "", "2026-10", "OneTime"),
]
CHARGES = (
    "new",
    "renew",
    "cycleCharge",
    "addQuantity",
    "removeQuantity",
    "convert",
    "customerCredit",
    "cancelImmediate",
)
CURRENCIES = ("USD", "USD", "EUR", "JPY", "KWD", "CHF")


def any_month(books: OpenBooks, seed: int) -> Books:
    """Forty clients with a few products each, billed at random, with damage of every kind here and there."""
    rng = random.Random(seed)  # noqa: S311 - test data
    rounding = {"sell_rounding": rng.choice(("unit", "line")), "tax_rounding": rng.choice(("line", "invoice"))}
    month = books("2026-10", **rounding)
    month.add("FX Rates", *(
        {"From": source, "To": target, "Rate": value}
        for source, target, value in (("EUR", "USD", "1.1"), ("USD", "JPY", "150.75"), ("USD", "KWD", "0.307"),
                                      ("EUR", "JPY", "165.8"), ("KWD", "EUR", "2.96"))
    ))  # fmt: skip
    products = [_product(month, rng, number) for number in range(14)]
    month.add("Price Rules", {"Level": "product", "Markup": "20"})
    for number in range(40):
        name, currency = f"Client {number}", rng.choice(CURRENCIES)
        month.customer(name, currency=currency, tax_region=rng.choice(("US", "US", "US", "Mars")))
        for product in rng.sample(products, rng.randint(1, 4)):
            _deal(month, rng, name, product)
    for invoice in ("G000", "G001"):
        if rng.random() < 0.5:
            month.control_total("1.00", invoice)
    return month


def _product(month: Books, rng: random.Random, number: int) -> str:
    name = f"Product {number}"
    limits = {limit: str(rng.randint(1, 6)) for limit in ("included", "minimum", "maximum") if rng.random() < 0.1}
    month.product(
        name, BASES[number % 5], "count" if number > 10 else "vendor", product_id=f"P{number}", sku_id="1", **limits
    )
    for currency in ("USD", "EUR", "JPY", "KWD"):
        if rng.random() < 0.8:
            month.add(
                "Sell Prices", {"Billing Product": name, "Currency": currency, "Price": f"{rng.randint(1, 90)}.5"}
            )
    month.add("Price List", {"Product Id": f"P{number}", "Sku Id": "1", "Currency": "USD", "ERP Price": "99.99",
                             "Plan": rng.choice(("Annual", "Monthly", ""))})  # fmt: skip
    return name


def _deal(month: Books, rng: random.Random, client: str, product: str) -> None:
    number = product.split()[1]
    if rng.random() < 0.7:
        month.agreement(
            client, product, f"{rng.randint(1, 200)}.{rng.randint(0, 99):02}", prorate=rng.choice(("Yes", "Yes", "No"))
        )
    subscriptions = [f"{client} {product} {letter}" for letter in "ab"[: rng.randint(0, 2)]]
    for subscription in subscriptions:
        start, end, period, plan = rng.choice(SPANS)
        for charge in rng.choices(CHARGES, k=rng.randint(1, 4)):
            quantity = rng.randint(0, 30)
            price = Decimal(rng.randint(0, 4000)).scaleb(-rng.randint(0, 4)) * rng.choice((1, 1, -1))
            line = {
                "Charge Type": charge, "Charge Start Date": start, "Charge End Date": end, "Period": period,
                "Billing Frequency": plan if plan in ("Monthly", "Annual") else "", "Order Date": start,
                "Effective Unit Price": str(price), "Unit Price": str(abs(price)), "Billable Quantity": str(quantity),
                "Subtotal": f"{price * quantity:.2f}", "Subscription Id": subscription, "Product Id": f"P{number}",
                "Sku Id": "1", "Currency": rng.choice(("USD", "USD", "EUR")), "Invoice Number": rng.choice(("G000", "G001")),
                "Subscription Description": "Azure plan" if number == "1" else "",
                "Term And Billing Cycle": rng.choice(("One-Year commitment", "1 Year Reservation")),
            }  # fmt: skip
            if rng.random() < 0.02:
                line[rng.choice(("Subtotal", "Billable Quantity", "Charge Start Date"))] = "ten"
            month.vendor(client if rng.random() > 0.02 else "Stranger", *[line] * rng.choice((1, 1, 1, 1, 2)))
    if rng.random() < 0.4:
        month.count(client, product, str(rng.randint(0, 20)), rng.choice(("2026-10-31", "2026-10-20", "2026-07-01")))
    for _ in range(rng.randint(0, 3)):
        named = {"subscription_id": rng.choice(subscriptions)} if subscriptions and rng.random() < 0.5 else {}
        foreign = {"currency": rng.choice(CURRENCIES)} if rng.random() < 0.1 else {}
        month.bill(
            client,
            product,
            str(rng.randint(-2, 30)),
            f"{rng.randint(0, 99)}.{rng.randint(0, 99):02}",
            **named,
            **foreign,
        )


@pytest.mark.parametrize("seed", range(6))
def test_any_month_goes_through(books: OpenBooks, seed: int) -> None:
    """No control of ours fails, no key stands twice, quantity x unit is each draft line, or rounds to it."""
    result = any_month(books, seed).reconcile()
    assert [control for control in result.controls if control.is_ours and not control.ok] == []
    keys = [finding.key for finding in result.findings]
    assert sorted(keys) == sorted(set(keys))
    for draft in result.drafts:
        for line in draft.lines:
            exact = line.quantity * line.unit
            assert to_minor_unit(exact, draft.currency) == line.net, (draft.customer, line)
