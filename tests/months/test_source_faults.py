"""Planted faults of the vendor's files, the counts and the usage, worked out again from the files alone."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from months.looking import (
    billed_rows,
    daily_rows,
    earlier_rows,
    fault_of,
    half_up,
    last_day,
    product,
    total,
    vendor_rows,
)

from recon_xl.sample import Month, PlantedFault, generate_month

SEEDS = (1, 2)
EACH_SEED = pytest.mark.parametrize("seed", SEEDS)


def planted(name: str, seed: int) -> tuple[Month, PlantedFault]:
    month = generate_month(seed, 150, faults=(name,))
    return month, fault_of(month)


def lines(month: Month) -> list[dict[str, str]]:
    return [row for rows in month.vendor_files.values() for row in rows]


@EACH_SEED
@pytest.mark.parametrize(("name", "off"), [("vendor-arithmetic", 5), ("vendor-arithmetic-low", -5)])
def test_a_subtotal_that_is_not_price_times_quantity(name: str, off: int, seed: int) -> None:
    """Five too much or too little; the total and the invoice's total follow it."""
    month, fault = planted(name, seed)
    (row,) = vendor_rows(month, fault.customer, fault.product)
    assert Decimal(row["Subtotal"]) - Decimal(row["EffectiveUnitPrice"]) * Decimal(row["BillableQuantity"]) == off
    assert Decimal(row["Total"]) == Decimal(row["Subtotal"]) + Decimal(row["TaxTotal"])
    assert_controls(month)


@EACH_SEED
def test_a_total_that_is_not_subtotal_and_tax(seed: int) -> None:
    """Three too much, on the invoice too."""
    month, fault = planted("vendor-total", seed)
    (row,) = vendor_rows(month, fault.customer, fault.product)
    assert Decimal(row["Total"]) - Decimal(row["Subtotal"]) - Decimal(row["TaxTotal"]) == fault.at_stake == 3
    assert_controls(month)


def assert_controls(month: Month, red: str | None = None) -> None:
    """Each invoice's total is the sum of its lines, but for one that is red on purpose."""
    sums: Counter[str] = Counter()
    for row in [*lines(month), *(row for _, _, rows in month.earlier_files for row in rows)]:
        sums[row["InvoiceNumber"]] += Decimal(row["Total"])  # type: ignore[assignment]
    off = {number: Decimal(text) - sums[number] for number, text in month.control_totals.items()}
    assert {number for number, difference in off.items() if difference} == ({red} if red else set())


@EACH_SEED
def test_half_an_event(seed: int) -> None:
    """The old seats are taken off under a reference that nothing else has; the bill has all seats."""
    month, fault = planted("broken-pair", seed)
    rows = [row for row in lines(month) if row["SubscriptionId"] == fault.subscription]
    assert sorted(row["ChargeType"] for row in rows) == ["addQuantity", "cycleCharge"]
    (half,) = [row for row in rows if row["ChargeType"] == "addQuantity"]
    assert -Decimal(half["Subtotal"]) == fault.at_stake
    assert_controls(month)


@EACH_SEED
def test_an_unknown_charge_type(seed: int) -> None:
    """One line, at its subtotal."""
    month, fault = planted("unknown-charge-type", seed)
    (row,) = [row for row in lines(month) if row["ChargeType"] == "transferIn"]
    assert vendor_rows(month, fault.customer, fault.product) == [row]
    assert Decimal(row["Subtotal"]) == fault.at_stake


@EACH_SEED
def test_a_red_invoice(seed: int) -> None:
    """A file of its own, whose printed total is higher than its lines."""
    month, fault = planted("invoice-control-difference", seed)
    assert len(month.vendor_files) == 3
    mine = [row for row in lines(month) if row["InvoiceNumber"] == fault.invoice]
    printed = Decimal(month.control_totals[fault.invoice or ""])
    assert printed - total(Decimal(row["Total"]) for row in mine) == fault.at_stake
    assert {row["Currency"] for row in mine} == {fault.currency}
    assert_controls(month, fault.invoice)


@EACH_SEED
def test_a_price_raised_within_its_term(seed: int) -> None:
    """The same subscription, plan and term; the price of this month is higher than last month's."""
    month, fault = planted("vendor-price-mid-term", seed)
    (now,), (before,) = vendor_rows(month, fault.customer, fault.product), earlier_rows(month, fault)
    assert now["SubscriptionId"] == before["SubscriptionId"] == fault.subscription
    assert now["SubscriptionStartDate"] == before["SubscriptionStartDate"]
    fair = Decimal(now["Subtotal"]) * Decimal(before["UnitPrice"]) / Decimal(now["UnitPrice"])
    assert half_up(Decimal(now["Subtotal"]) - fair) == fault.at_stake > 0


@EACH_SEED
def test_ids_that_fit_two_rows(seed: int) -> None:
    """Two customers with one tenant, two products with one SKU: worth what the vendor charged."""
    month, fault = planted("ambiguous-mapping-client", seed)
    ids = Counter(row["Vendor Customer Ids"] for row in month.mapping["Customers"] if row["Vendor Customer Ids"])
    (double,) = [tenant for tenant, times in ids.items() if times == 2]
    mine = [row for row in lines(month) if row["CustomerId"] == double]
    assert {row["CustomerName"] for row in mine} == {fault.customer}
    assert total(Decimal(row["Subtotal"]) for row in mine) == fault.at_stake
    month, fault = planted("ambiguous-mapping-product", seed)
    keys = Counter((row["Product Id"], row["Sku Id"], row["Term"], row["Plan"]) for row in month.mapping["Products"])
    (sku,) = {key[:2] for key, times in keys.items() if times == 2 and key[0]}
    mine = [row for row in lines(month) if (row["ProductId"], row["SkuId"]) == sku]
    assert total(Decimal(row["Subtotal"]) for row in mine) == fault.at_stake > 0


@EACH_SEED
def test_rows_that_contradict_each_other(seed: int) -> None:
    """A product with two price bases; a client with two prices in force for one product."""
    month, fault = planted("mapping-conflict-product", seed)
    rows = [row for row in month.mapping["Products"] if row["Billing Product"] == fault.product]
    assert {row["Price Basis"] for row in rows} == {"markup", "list"}
    assert rows[0] == product(month, fault.product or "")
    month, fault = planted("mapping-conflict-contract", seed)
    rows = [
        row
        for row in month.mapping["Agreements"]
        if (row["Customer"], row["Billing Product"]) == (fault.customer, fault.product)
        and (row["Start"] or "0") <= last_day(month) <= (row["End"] or "9")
    ]
    assert len({row["Price"] for row in rows}) == 2


@EACH_SEED
def test_counts(seed: int) -> None:
    """One row twice; two tools that differ; a report that differs from the seats; reports that are old."""
    month, fault = planted("duplicate-count", seed)
    keys = Counter(tuple(row.values()) for row in month.counts)
    assert [times for times in keys.values() if times > 1] == [2]
    month, fault = planted("quantity-between-sources-counts", seed)
    sums: Counter[str] = Counter()
    for row in fresh(month, fault):
        sums[row["Count Source"]] += int(row["Count"])
    assert len(set(sums.values())) == len(sums) == 2
    month, fault = planted("quantity-between-sources-vendor", seed)
    (count,) = fresh(month, fault)
    (line,) = vendor_rows(month, fault.customer, fault.product)
    assert int(count["Count"]) != int(line["BillableQuantity"])
    for name in ("stale-source", "stale-source-counted"):
        month, fault = planted(name, seed)
        oldest = (date.fromisoformat(last_day(month)) - timedelta(days=31)).isoformat()
        dates = {row["As Of"] for row in counts(month, fault)}
        assert dates
        assert max(dates) < oldest
        assert billed_rows(month, fault.customer, fault.product)


def counts(month: Month, fault: PlantedFault) -> list[dict[str, str]]:
    owner = next(row for row in month.mapping["Customers"] if row["Customer"] == fault.customer)
    names = {fault.customer, *owner["Aliases"].split("; ")}
    return [row for row in month.counts if row["Customer"] in names and row["Product"] == fault.product]


def fresh(month: Month, fault: PlantedFault) -> list[dict[str, str]]:
    """The latest rows of each source in the month."""
    rows = [row for row in counts(month, fault) if row["As Of"] <= last_day(month)]
    latest = {
        row["Count Source"]: max(r["As Of"] for r in rows if r["Count Source"] == row["Count Source"]) for row in rows
    }
    return [row for row in rows if row["As Of"] == latest[row["Count Source"]]]


@EACH_SEED
@pytest.mark.parametrize(("name", "side"), [("usage-spike", 1), ("usage-drop", -1)])
def test_usage_far_from_the_months_before(name: str, side: int, seed: int) -> None:
    """More than twice or less than half of the mean of three months, and more than 50 away from it."""
    month, fault = planted(name, seed)
    costs = [
        Decimal(row["Cost"]) for row in month.mapping["Usage History"] if row["Subscription Id"] == fault.subscription
    ]
    assert len(costs) == 3
    now = total(Decimal(row["Subtotal"]) for row in lines(month) if row["SubscriptionId"] == fault.subscription)
    assert side * (now - total(costs) / 3) == fault.at_stake > 80
    high, low = max(now, total(costs) / 3), min(now, total(costs) / 3)
    assert high > 2 * low


@EACH_SEED
def test_a_daily_file_that_does_not_add_up(seed: int) -> None:
    """One SKU of one plan is further from the monthly line than a cent a row and two."""
    month, fault = planted("usage-tie-out", seed)
    (far,) = [key for key, (off, rows) in gaps(month).items() if off > Decimal("0.01") * rows + Decimal("0.02")]
    assert far[0] == fault.subscription
    assert gaps(month)[far][0] == fault.at_stake


def gaps(month: Month) -> dict[tuple[str, str, str], tuple[Decimal, int]]:
    """By plan, product and SKU: monthly against daily, and how many daily rows."""
    daily = daily_rows(month)
    found = {}
    for key in {(row["SubscriptionId"], row["ProductId"], row["SkuId"]) for row in daily}:
        mine = [row for row in daily if (row["SubscriptionId"], row["ProductId"], row["SkuId"]) == key]
        monthly = [row for row in lines(month) if (row["SubscriptionId"], row["ProductId"], row["SkuId"]) == key]
        difference = total(Decimal(row["BillingPreTaxTotal"]) for row in mine) - total(
            Decimal(row["Subtotal"]) for row in monthly
        )
        found[key] = (abs(difference), len(mine))
    return found


@EACH_SEED
def test_usage_that_came_late(seed: int) -> None:
    """One day is dated before the month; monthly and daily file agree all the same."""
    month, fault = planted("late-usage", seed)
    (late,) = [row for row in daily_rows(month) if not row["UsageDate"].startswith(f"{int(month.period[5:])}/")]
    assert late["EntitlementId"] == fault.subscription
    assert Decimal(late["BillingPreTaxTotal"]) == fault.at_stake > 0
    assert all(off <= Decimal("0.01") * rows + Decimal("0.02") for off, rows in gaps(month).values())
