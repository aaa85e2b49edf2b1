"""Planted faults of prices and terms, worked out again from the files alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from months.looking import (
    billed_rows,
    down,
    earlier_rows,
    fault_of,
    half_up,
    in_force,
    last_day,
    net,
    total,
    vendor_rows,
)

from recon_xl.sample import Month, PlantedFault, generate_month

SEEDS = (1, 2, 3)


def planted(name: str, seed: int) -> tuple[Month, PlantedFault]:
    month = generate_month(seed, 150, faults=(name,))
    return month, fault_of(month)


def one_line(month: Month, fault: PlantedFault) -> tuple[Decimal, Decimal]:
    """Quantity and net of the only billed line."""
    (row,) = billed_rows(month, fault.customer, fault.product)
    return Decimal(row["Quantity"]), net(row)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "when"), [("price-not-updated-list", "ended"), ("price-changed-mid-term-list", "begins later")]
)
def test_list_price_of_another_time(name: str, when: str, seed: int) -> None:
    """Quantity x the row of Sell Prices that ended, or that begins later; expected is the row in force."""
    month, fault = planted(name, seed)
    rows = [
        row
        for row in month.mapping["Sell Prices"]
        if (row["Billing Product"], row["Currency"]) == (fault.product, fault.currency)
        and row["Customer"] in ("", fault.customer)
    ]
    own = [row for row in rows if row["Customer"]] or rows
    (now,) = in_force(own, last_day(month))
    (other,) = [row for row in own if row is not now and (row["End"] != "") == (when == "ended")]
    quantity, billed = one_line(month, fault)
    assert billed == fault.billed == quantity * Decimal(other["Price"])
    assert fault.expected == quantity * Decimal(now["Price"])
    assert (fault.direction == "we lose") == (when == "ended")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "version"), [("price-not-updated-fixed", "-OLD"), ("price-changed-mid-term-fixed", "-NEXT")]
)
def test_agreed_price_of_another_time(name: str, version: str, seed: int) -> None:
    """Quantity x the price of an agreement that ended or is announced, while another is in force."""
    month, fault = planted(name, seed)
    rows = [
        row
        for row in month.mapping["Agreements"]
        if (row["Customer"], row["Billing Product"]) == (fault.customer, fault.product)
    ]
    (now,) = in_force(rows, last_day(month))
    (other,) = [row for row in rows if row["Agreement"].endswith(version)]
    quantity, billed = one_line(month, fault)
    assert billed == fault.billed == quantity * Decimal(other["Price"])
    assert fault.expected == quantity * Decimal(now["Price"])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "later"), [("price-not-updated-rrp", False), ("price-changed-mid-term-rrp", True)])
def test_retail_price_of_another_time(name: str, later: bool, seed: int) -> None:
    """ERP x 1.025 of the row before the term began, or of one that begins within it."""
    month, fault = planted(name, seed)
    (line,) = vendor_rows(month, fault.customer, fault.product)
    start = _iso(line["SubscriptionStartDate"])
    rows = [
        row
        for row in month.mapping["Price List"]
        if (row["Product Id"], row["Sku Id"], row["Currency"]) == (line["ProductId"], line["SkuId"], line["Currency"])
    ]
    (at_start,) = in_force(rows, start)
    (other,) = [row for row in rows if row is not at_start]
    assert (other["Start"] > start) == later
    quantity, billed = one_line(month, fault)
    assert billed == fault.billed == quantity * half_up(Decimal(other["ERP Price"]) * Decimal("1.025"))
    assert fault.expected == quantity * half_up(Decimal(at_start["ERP Price"]) * Decimal("1.025"))


@pytest.mark.parametrize("seed", SEEDS)
def test_cost_rose_with_the_renewal(seed: int) -> None:
    """The same subscription cost less before it renewed, in another term; the bill is built on that."""
    month, fault = planted("price-not-updated-markup", seed)
    (now,), (before,) = vendor_rows(month, fault.customer, fault.product), earlier_rows(month, fault)
    assert now["ChargeType"] == "renew"
    assert now["SubscriptionId"] == before["SubscriptionId"]
    assert now["SubscriptionStartDate"] != before["SubscriptionStartDate"]
    assert Decimal(before["UnitPrice"]) < Decimal(now["UnitPrice"])
    quantity, billed = one_line(month, fault)
    factors = {billed / quantity / Decimal(before["UnitPrice"]), fault.expected / quantity / Decimal(now["UnitPrice"])}
    assert max(factors) - min(factors) < Decimal("0.002")


@pytest.mark.parametrize("seed", SEEDS)
def test_percentage_the_wrong_way(seed: int) -> None:
    """A reservation at retail x 0.975 instead of x 1.025."""
    month, fault = planted("percentage-wrong-sign", seed)
    quantity, billed = one_line(month, fault)
    assert fault.expected == quantity * half_up(fault.expected / quantity)
    assert half_up(fault.expected / Decimal("1.025") * Decimal("0.975")) == billed


@pytest.mark.parametrize("seed", SEEDS)
def test_usage_on_cost_or_the_wrong_way(seed: int) -> None:
    """The sums over the meter lines: retail x 1.0725, x 0.9275, and cost after earned credit."""
    month, fault = planted("percentage-wrong-sign-usage", seed)
    rows = vendor_rows(month, fault.customer, fault.product)
    retail = [
        down(down(Decimal(row["UnitPrice"]) * Decimal(row["BillableQuantity"])) * Decimal(row["PCToBCExchangeRate"]))
        for row in rows
    ]
    assert fault.expected == total(half_up(amount * Decimal("1.0725")) for amount in retail)
    assert fault.billed == total(half_up(amount * Decimal("0.9275")) for amount in retail)
    month, fault = planted("pec-in-sell", seed)
    rows = vendor_rows(month, fault.customer, fault.product)
    percent = {
        row["Tenant"]: row["Percentage Off RRP"] for row in month.mapping["Profiles"] if row["Profile"] == "Azure PAYG"
    }
    own = percent.get(rows[0]["CustomerId"]) or percent.get(fault.customer) or percent[""]
    factor = 1 + Decimal(own) / 100
    assert fault.billed == total(half_up(Decimal(row["Subtotal"]) * factor) for row in rows)
    assert fault.at_stake > 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "least", "most"), [("margin-negative", -100, 0), ("margin-below-floor", 0, 8)])
def test_margins(name: str, least: int, most: int, seed: int) -> None:
    """Billed as agreed; what is missing for a margin of 8 % is cost / 0.92 - sell."""
    month, fault = planted(name, seed)
    cost = total(Decimal(row["Subtotal"]) for row in vendor_rows(month, fault.customer, fault.product))
    assert fault.billed == fault.expected == one_line(month, fault)[1]
    assert fault.at_stake == half_up(cost / Decimal("0.92")) - fault.expected
    assert least <= (fault.expected - cost) / fault.expected * 100 < most


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["proration-wrong-full", "proration-wrong-days"])
def test_days_of_added_seats(name: str, seed: int) -> None:
    """The seats are right; the added ones are billed in full, or for a day more or less."""
    month, fault = planted(name, seed)
    rows = vendor_rows(month, fault.customer, fault.product)
    (opening,) = [row for row in rows if row["ChargeType"] == "cycleCharge"]
    (after,) = [row for row in rows if row["ChargeType"] == "addQuantity" and Decimal(row["Subtotal"]) > 0]
    quantity, billed = one_line(month, fault)
    assert quantity == Decimal(after["BillableQuantity"])
    added = quantity - Decimal(opening["BillableQuantity"])
    price = Decimal(_price(month, fault))
    share = Decimal(after["EffectiveUnitPrice"]) / Decimal(opening["EffectiveUnitPrice"])
    assert fault.expected == half_up(price * (quantity - added) + price * added * share)
    if name.endswith("full"):
        assert billed == fault.billed == price * quantity
    else:
        assert abs(fault.at_stake - half_up(price * added / 31)) <= Decimal("0.01")


def _price(month: Month, fault: PlantedFault) -> str:
    rows = [
        row
        for row in month.mapping["Agreements"]
        if (row["Customer"], row["Billing Product"]) == (fault.customer, fault.product)
    ]
    return in_force(rows, last_day(month))[0]["Price"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "charge"), [("credit-not-passed-on", "customerCredit"), ("credit-not-passed-on-refund", "cancelImmediate")]
)
def test_credits_that_were_kept(name: str, charge: str, seed: int) -> None:
    """The vendor gave something back, and the bill is higher by our price of it."""
    month, fault = planted(name, seed)
    (credit,) = [r for r in vendor_rows(month, fault.customer, fault.product) if r["ChargeType"] == charge]
    assert Decimal(credit["Subtotal"]) < 0
    assert fault.billed - fault.expected == fault.at_stake
    assert Decimal("1.1") < fault.at_stake / -Decimal(credit["Subtotal"]) < Decimal("1.5")


@pytest.mark.parametrize("seed", SEEDS)
def test_bills_of_what_is_over(seed: int) -> None:
    """The last cycle ended before the month; or only the portal lists it, as expired; or it was given back this month."""
    month, fault = planted("cancelled-still-billed", seed)
    assert vendor_rows(month, fault.customer, fault.product) == []
    assert {_iso(row["ChargeEndDate"]) < f"{month.period}-01" for row in earlier_rows(month, fault)} == {True}
    assert fault.at_stake == fault.billed == one_line(month, fault)[1]
    month, fault = planted("cancelled-still-billed-listed", seed)
    assert vendor_rows(month, fault.customer, fault.product) + earlier_rows(month, fault) == []
    (gone,) = [row for row in month.mapping["Subscriptions"] if row["Status"] == "Expired"]
    assert gone["End"] < f"{month.period}-01"
    month, fault = planted("cancelled-still-billed-refunded", seed)
    (refund,) = vendor_rows(month, fault.customer, fault.product)
    assert refund["ChargeType"] == "cancelImmediate"
    assert fault.expected < 0 < fault.billed
    assert fault.at_stake == fault.billed - fault.expected


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["renewal-missed", "renewal-missed-partial"])
def test_renewals_that_nobody_billed(name: str, seed: int) -> None:
    """An annual term renews this month; nothing is billed for it, the other subscription is."""
    month, fault = planted(name, seed)
    rows = vendor_rows(month, fault.customer, fault.product)
    renewed = [row for row in rows if row["ChargeType"] == "renew"]
    assert {row["TermAndBillingCycle"][:8] for row in renewed} == {"One-Year"}
    assert bool(fault.billed) == (len(rows) > len(renewed)) == name.endswith("partial")
    assert fault.at_stake == fault.expected - fault.billed


@pytest.mark.parametrize("seed", SEEDS)
def test_bills_in_another_currency(seed: int) -> None:
    """The right figure in the wrong currency; the right value, to a cent; a currency without a rate."""
    for name in ("currency-mismatch", "currency-mismatch-converted", "currency-mismatch-no-rate"):
        month, fault = planted(name, seed)
        (row,) = billed_rows(month, fault.customer, fault.product)
        rates = [
            rate["Rate"]
            for rate in in_force(month.mapping["FX Rates"], last_day(month))
            if (rate["From"], rate["To"]) == (row["Currency"], fault.currency)
        ]
        assert row["Currency"] != fault.currency
        if name.endswith("no-rate"):
            assert (rates, fault.at_stake, fault.direction) == ([], fault.expected, "review")
        else:
            worth = half_up(net(row) * Decimal(rates[0]))
            assert fault.at_stake == abs(worth - fault.expected)
            assert (fault.at_stake <= Decimal("0.01")) == name.endswith("converted")


def _iso(text: str) -> str:
    if "/" not in text:
        return text[:10]
    month, day, year = text.split("/")
    return f"{year}-{int(month):02d}-{int(day):02d}"
