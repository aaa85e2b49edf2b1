"""Rule price-not-updated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

OLD, NEW = {"End": "2026-09-30"}, {"Start": "2026-10-01"}


def by_list(books: OpenBooks) -> Books:
    """Ten seats; 12.00 each until September, 14.00 since October."""
    month = books("2026-10").customer("Alder").product("Seats", "list").cycle("Alder", "10", "10.08", "100.80")
    row = {"Billing Product": "Seats", "Currency": "USD"}
    return month.add("Sell Prices", {**row, "Price": "12.00", **OLD}, {**row, "Price": "14.00", **NEW})


def test_fires_at_an_old_list_price(books: OpenBooks) -> None:
    """10 x 12.00 billed, 10 x 14.00 expected: 20.00 lost."""
    finding = the_exception(by_list(books).bill("Alder", "Seats", "10", "12.00", "120.00").reconcile())
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "price-not-updated", Decimal("20.00"), "we lose",
    )  # fmt: skip
    assert "still at 12.00, the price on Sell Prices until 30 Sep 2026; it is 14.00 since 1 Oct 2026" in finding.hit.why


def test_fires_at_the_price_of_the_agreement_before(books: OpenBooks) -> None:
    """Two contracts: 15.00 until September, 14.00 since: the customer is still charged 15.00, 10.00 too much."""
    month = books("2026-10").customer("Alder").product("Seats").cycle("Alder", "10", "10.08", "100.80")
    month.agreement("Alder", "Seats", "15.00", end="2026-09-30").agreement(
        "Alder", "Seats", "14.00", start="2026-10-01"
    )
    assert exceptions(month.bill("Alder", "Seats", "10", "15.00", "150.00").reconcile()) == [
        ("price-not-updated", "Alder", Decimal("10.00"), "customer overcharged"),
    ]


def test_fires_at_the_retail_price_before_the_term(books: OpenBooks) -> None:
    """RRP 14.00 until September, 15.00 since; a term that began on 1 October has 15.00: 10 x 1.00 lost."""
    month = books("2026-10").customer("Alder").product("Seats", "rrp")
    sku = {"Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001", "Currency": "USD"}
    month.add("Price List", {**sku, "ERP Price": "14.00", **OLD}, {**sku, "ERP Price": "15.00", **NEW})
    month.cycle("Alder", "10", "10.08", "100.80", subscription_start_date="2026-10-01")
    finding = the_exception(month.bill("Alder", "Seats", "10", "14.00", "140.00").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("price-not-updated", Decimal("10.00"))
    assert "RRP 14.00 USD of the first price list" in finding.hit.why


def at_renewal(books: OpenBooks) -> Books:
    """10.08 a seat in September, 12.00 since the renewal; 20 % on cost: 12.096, so 12.10, and 14.40."""
    month = books("2026-10").customer("Alder").product("Seats", "markup")
    month.add("Price Rules", {"Level": "product", "Billing Product": "Seats", "Markup": "20"})
    month.seats("Alder", [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")], period="2026-09")
    return month.seats("Alder", [("renew", "2026-10-01", "2026-10-31", "12.00", "10", "120.00")])


def test_fires_at_the_vendor_cost_before_the_renewal(books: OpenBooks) -> None:
    """10 x 12.10 billed, 10 x 14.40 expected: 23.00 lost."""
    finding = the_exception(at_renewal(books).bill("Alder", "Seats", "10", "12.10", "121.00").reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("price-not-updated", Decimal("23.00"))
    assert "10.08 of 1 Sep 2026; it is 12.00 since 1 Oct 2026" in finding.hit.why


def test_fires_in_mid_cycle_at_the_cost_before(books: OpenBooks) -> None:
    """Renewed at 12.00, two seats from 16 October for 16 of 31 days at 6.19: 10 x 14.40 + 2 x 7.43 = 158.86.

    Billed at the old 10.08: 10 x 12.10, and 6.19 x 10.08/12.00 = 5.1996, cut to 5.19, x 1.20 = 6.23: 133.46.
    """
    month = at_renewal(books).seats("Alder", [
        ("addQuantity", "2026-10-16", "2026-10-31", "-6.19", "10", "-61.93"),
        ("addQuantity", "2026-10-16", "2026-10-31", "6.19", "12", "74.32"),
    ])  # fmt: skip
    assert exceptions(month.bill("Alder", "Seats", "12", amount="133.46").reconcile()) == [
        ("price-not-updated", "Alder", Decimal("25.40"), "we lose"),
    ]


@pytest.mark.parametrize(
    ("billed", "at_stake"),
    [
        ("101.80", "26.60"),  # last month's price and rate: 10.08 x 0.842 = 8.487, cut to 8.48, x 1.20 = 10.18
        ("102.20", "26.20"),  # last month's price at this month's rate: 10.08 x 0.846 = 8.527, 8.52, 10.22
    ],
)
def test_fires_at_the_old_cost_with_either_rate(books: OpenBooks, billed: str, at_stake: str) -> None:
    """12.65 USD x 0.846 = 10.7019 EUR, cut to 10.70; x 1.20 = 12.84; ten seats: 128.40 expected."""
    month = books("2026-10").customer("Alder", currency="EUR").product("Seats", "markup")
    month.add("Price Rules", {"Level": "product", "Billing Product": "Seats", "Markup": "20"})
    euros = {"currency": "EUR"}
    month.seats("Alder", [("renew", "2026-09-01", "2026-09-30", "10.08", "10", "84.80")], period="2026-09",
                **{"PC To BC Exchange Rate": "0.842"}, **euros)  # fmt: skip
    month.seats("Alder", [("renew", "2026-10-01", "2026-10-31", "12.65", "10", "107.00")],
                **{"PC To BC Exchange Rate": "0.846"}, **euros)  # fmt: skip
    finding = the_exception(month.bill("Alder", "Seats", "10", amount=billed).reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("price-not-updated", Decimal(at_stake))


def test_fires_at_an_old_markup(books: OpenBooks) -> None:
    """20 % until September, 25 % since: 12.10 billed, 12.60 expected; 5.00 lost."""
    month = books("2026-10").customer("Alder").product("Seats", "markup").cycle("Alder", "10", "10.08", "100.80")
    row = {"Level": "product", "Billing Product": "Seats"}
    month.add("Price Rules", {**row, "Markup": "20", **OLD}, {**row, "Markup": "25", **NEW})
    assert exceptions(month.bill("Alder", "Seats", "10", "12.10", "121.00").reconcile()) == [
        ("price-not-updated", "Alder", Decimal("5.00"), "we lose"),
    ]


def test_fires_for_a_count(books: OpenBooks) -> None:
    """Nine devices at 8.00 instead of 8.50: 4.50."""
    month = books("2026-10").customer("Alder").product("Device", "list", "count").count("Alder", "Device", "9")
    row = {"Billing Product": "Device", "Currency": "USD"}
    month.add("Sell Prices", {**row, "Price": "8.00", **OLD}, {**row, "Price": "8.50", **NEW})
    assert exceptions(month.bill("Alder", "Device", "9", "8.00", "72.00").reconcile()) == [
        ("price-not-updated", "Alder", Decimal("4.50"), "we lose"),
    ]


@pytest.mark.parametrize(("unit", "amount"), [("13.00", "130.00"), ("11.99", "119.90")])
def test_quiet_where_no_earlier_price_gives_the_bill(books: OpenBooks, unit: str, amount: str) -> None:
    """A price that no row ever had is a plain gap."""
    told = exceptions(by_list(books).bill("Alder", "Seats", "10", unit, amount).reconcile())
    assert [one.rule for one in told] == ["underbilled"]


def test_quiet_where_the_quantity_tells_of_the_gap(books: OpenBooks) -> None:
    """6 x 14.00 = 84.00 is just what seven seats cost at the old 12.00; but a seat is missing."""
    month = by_list(books)
    month.tables["Vendor Lines"][0] |= {"Billable Quantity": "7", "Subtotal": "70.56"}
    told = exceptions(month.bill("Alder", "Seats", "6", "14.00", "84.00").reconcile())
    assert told == [("underbilled", "Alder", Decimal("14.00"), "we lose")]


def test_quiet_at_the_new_price(books: OpenBooks) -> None:
    """14.40 after the renewal."""
    assert at_renewal(books).bill("Alder", "Seats", "10", "14.40", "144.00").reconcile().exceptions == []
