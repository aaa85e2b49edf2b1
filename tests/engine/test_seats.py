"""Seats at period end: the SQL against a reference written from RECKONING 1 alone, on random histories."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, Row

OPENINGS = ("new", "renew", "cycleCharge")
CYCLES = [("2026-09-14", "2026-10-13", "2026-09"), ("2026-10-14", "2026-11-13", "2026-10")]


def reference(lines: list[Row]) -> Decimal:
    """The rule as the reckoning words it, for one subscription."""

    def signed(line: Row) -> Decimal:
        money = Decimal(line["Subtotal"]) or Decimal(line["Effective Unit Price"])
        size = abs(Decimal(line["Billable Quantity"]))
        if money:
            return -size if money < 0 else size
        return -size if line["Billable Quantity"].startswith("-") or line["Charge Type"] == "cancelImmediate" else size

    counting = [line for line in lines if line["Charge Type"] != "customerCredit"]
    latest = max(line["Charge End Date"] for line in counting)
    cycle = sorted(
        (line for line in counting if line["Charge End Date"] == latest), key=lambda line: line["Order Date"]
    )
    if all(Decimal(line["Subtotal"]) == 0 == Decimal(line["Effective Unit Price"]) for line in cycle):
        return max(signed(cycle[-1]), Decimal(0))
    if any(line["Charge Type"] in OPENINGS for line in cycle):
        return sum((signed(line) for line in cycle), Decimal(0))
    return [signed(line) for line in cycle if signed(line) > 0][-1]


def history(rng: random.Random, subscription: str) -> list[Row]:
    """One or two cycles of a subscription: opened or not, changed, credited, cancelled, or free; never empty."""
    lines: list[Row] = []
    free = rng.random() < 0.15
    for start, end, period in CYCLES[rng.randint(0, 1) :]:
        seats, day = rng.randint(1, 60), 14

        def line(charge: str, quantity: int, price: str) -> Row:
            amount = "0" if free else str(Decimal(price) * abs(quantity))
            unit = "0" if free else price
            size = abs(quantity)
            if not free and rng.random() < 0.3 and price.startswith("-"):
                unit, size = price[1:], -size
            return {
                "Subscription Id": subscription, "Charge Type": charge, "Effective Unit Price": unit, "Subtotal": amount,
                "Billable Quantity": str(size), "Charge Start Date": start, "Charge End Date": end, "Period": period,  # noqa: B023
                "Order Date": f"{start[:8]}{day}T0{len(lines) % 10}:00:00Z",  # noqa: B023
            }  # fmt: skip

        opened = free or rng.random() < 0.7
        if opened:
            lines.append(line(rng.choice(OPENINGS), seats, "12.00"))
        for _ in range(rng.randint(0 if opened else 1, 4)):
            day += rng.randint(1, 3)
            after = rng.randint(1, 60)
            kind = "addQuantity" if after > seats else "removeQuantity"
            if not free:
                lines.append(line(kind, seats, "-6.50"))
            lines.append(line(kind, after, "6.50"))
            seats = after
        if opened and not free and rng.random() < 0.2:
            day += 1
            lines.append(line("cancelImmediate", seats, "-3.25"))
        if rng.random() < 0.3:
            lines.append(line("customerCredit", seats, "-1.00") | {"Charge End Date": end})
    return lines


@pytest.mark.parametrize("seed", range(4))
def test_seats_agree_with_the_reference(books: OpenBooks, seed: int) -> None:
    """Eighty subscriptions a seed, rows shuffled: the quantity of every key is the reference's."""
    rng = random.Random(seed)  # noqa: S311 - test data
    by_subscription: dict[str, list[Row]] = defaultdict(list)
    rows: list[Row] = []
    month: Books = books("2026-10").customer("Alder").product("Business Standard", "markup")
    month.add("Price Rules", {"Level": "product", "Billing Product": "Business Standard", "Markup": "20"})
    for number in range(80):
        subscription = f"sub-{number}"
        for line in history(rng, subscription):
            by_subscription[subscription].append(line)
            rows.append(line | {"Order Id": str(len(rows))})
        month.bill("Alder", "Business Standard", "1", "1.00", subscription_id=subscription)
    rng.shuffle(rows)
    month.vendor("Alder", *rows)
    found = {match["subscription_id"]: match["expected_quantity"] for match in month.reconcile().matches}
    expected = {
        name: reference(lines)
        for name, lines in by_subscription.items()
        if max(line["Period"] for line in lines if line["Charge Type"] != "customerCredit") == "2026-10"
    }
    assert expected == {name: seats for name, seats in found.items() if name in expected}
    assert len(expected) == 80
