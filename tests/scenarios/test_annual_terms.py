"""Years paid upfront and billed by the month: timing, and what cannot be reconciled (RECKONING 3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception

CLIENT, SEATS = "Alder Legal", "Business Standard"
YEARLY = {"billing_frequency": "Annual", "subscription_id": "year"}
MARCH = [("new", "2026-03-15", "2027-03-14", "120.96", "10", "1209.60")]
OCTOBER = [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")]


def month_with_a_neighbour(books: OpenBooks) -> Books:
    """Elm Dental's ordinary monthly seats make October reconcilable; Alder's year costs 168.00 a seat."""
    month = books("2026-10").customer(CLIENT).customer("Elm Dental").product(SEATS)
    month.agreement(CLIENT, SEATS, "168.00").agreement("Elm Dental", SEATS, "14.00")
    month.cycle("Elm Dental", "2", "10.08", "20.16", subscription_id="elm")
    return month.bill("Elm Dental", SEATS, "2", "14.00", "28.00")


def test_a_year_of_an_earlier_period_billed_monthly_is_timing(books: OpenBooks) -> None:
    """Paid in March, 10 x 168.00 / 12 = 140.00 billed in October: information, nothing at stake."""
    month = month_with_a_neighbour(books).seats(CLIENT, MARCH, period="2026-03", **YEARLY)
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert rules_of(result) == ["timing"]
    (finding,) = result.information
    assert (finding.hit.customer, finding.hit.at_stake) == (CLIENT, Decimal(0))
    assert (result.status, result.exit_code) == ("CLEAN", 0)
    (line,) = next(draft for draft in result.drafts if draft.customer == CLIENT).lines
    assert (line.kind, line.net) == ("instalment", Decimal("140.00"))


def test_a_year_of_this_month_billed_monthly_is_timing(books: OpenBooks) -> None:
    """Charged 1,209.60 in October, first instalment of 140.00 billed: not 1,540.00 lost."""
    month = month_with_a_neighbour(books).seats(CLIENT, OCTOBER, **YEARLY)
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert rules_of(result) == ["timing"]
    (line,) = next(draft for draft in result.drafts if draft.customer == CLIENT).lines
    assert (line.kind, line.net) == ("instalment", Decimal("140.00"))


def test_a_year_billed_at_once_is_compared(books: OpenBooks) -> None:
    """10 x 168.00 = 1,680.00 billed in full agrees; 1,512.00 for nine seats loses 168.00."""
    month = month_with_a_neighbour(books).seats(CLIENT, OCTOBER, **YEARLY)
    agreed = month.shuffled(0).bill(CLIENT, SEATS, "10", "168.00", "1680.00")
    assert agreed.reconcile().findings == []
    hit = the_exception(month.bill(CLIENT, SEATS, "9", "168.00", "1512.00").reconcile()).hit
    assert (hit.at_stake, hit.direction) == (Decimal("168.00"), "we lose")


def test_a_year_of_an_earlier_period_that_was_billed_then_is_quiet(books: OpenBooks) -> None:
    """Nothing charged, nothing billed in October."""
    result = month_with_a_neighbour(books).seats(CLIENT, MARCH, period="2026-03", **YEARLY).reconcile()
    assert result.findings == []


def test_a_year_that_is_over_does_not_cover_the_month(books: OpenBooks) -> None:
    """Ended on 30 September: October's 140.00 are for a term that is over."""
    ended = [("new", "2025-10-01", "2026-09-30", "120.96", "10", "1209.60")]
    month = month_with_a_neighbour(books).seats(CLIENT, ended, period="2025-10", **YEARLY)
    assert exceptions(month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()) == [
        ("cancelled-still-billed", CLIENT, Decimal("140.00"), "customer overcharged"),
    ]


def test_a_year_that_was_cancelled_does_not_cover_the_month(books: OpenBooks) -> None:
    """Bought and given back in March: October's bill is for something that was cancelled."""
    month = month_with_a_neighbour(books).seats(CLIENT, [
        *MARCH, ("cancelImmediate", "2026-03-16", "2027-03-14", "-120.62", "10", "-1206.20"),
    ], period="2026-03", **YEARLY)  # fmt: skip
    result = month.bill(CLIENT, SEATS, "10", "14.00", "140.00").reconcile()
    assert [told.rule for told in exceptions(result)] == ["cancelled-still-billed"]


def test_an_annual_subscription_without_its_charge_is_not_reconcilable(books: OpenBooks) -> None:
    """Subscriptions lists an active annual one, the upfront charge is not loaded: said so, and held, but no finding."""
    month = month_with_a_neighbour(books).bill(CLIENT, SEATS, "10", "14.00", "140.00")
    month.add("Subscriptions", {
        "Subscription Id": "year", "Customer Id": f"id of {CLIENT}", "Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001",
        "Status": "Active", "Term": "P1Y", "Plan": "Annual",
    })  # fmt: skip
    result = month.reconcile()
    assert result.findings == []
    assert "NOT RECONCILABLE" in {row.status for row in result.coverage}
    assert result.checked_keys == result.keys - 1
    (line,) = next(draft for draft in result.drafts if draft.customer == CLIENT).lines
    assert line.is_held
    assert "NOT RECONCILABLE" in line.hold_reason


@pytest.mark.parametrize("status", ["Expired", "Deleted"])
def test_an_annual_subscription_that_is_over_excuses_nothing(books: OpenBooks, status: str) -> None:
    """Then the bill is for something that is over."""
    month = month_with_a_neighbour(books).bill(CLIENT, SEATS, "10", "14.00", "140.00")
    month.add("Subscriptions", {
        "Subscription Id": "year", "Customer Id": f"id of {CLIENT}", "Product Id": "CFQ7TTC0LDPB", "Sku Id": "0001",
        "Status": status, "Plan": "Annual",
    })  # fmt: skip
    assert [told.rule for told in exceptions(month.reconcile())] == ["cancelled-still-billed"]


def priced(month: Books, *plans: str) -> Books:
    for plan in plans:
        month.add("Price List", {
            "Product Id": "CFQ7TTC0LH18", "Sku Id": "0005", "Plan": plan, "Currency": "USD", "Unit Price": "120.96",
        })  # fmt: skip
    return month.product("Visio", "fixed", product_id="CFQ7TTC0LH18", sku_id="0005")


def test_a_product_sold_on_annual_plans_only_is_not_reconcilable(books: OpenBooks) -> None:
    """Price List knows no monthly plan of Visio, so a monthly bill without a charge cannot be judged."""
    month = priced(month_with_a_neighbour(books), "Annual", "Triennial").bill(CLIENT, "Visio", "1", "9.00", "9.00")
    result = month.reconcile()
    assert result.findings == []
    assert "NOT RECONCILABLE" in {row.status for row in result.coverage}


def test_a_product_also_sold_by_the_month_is_billed_without_source(books: OpenBooks) -> None:
    """Price List has a monthly plan as well."""
    month = priced(month_with_a_neighbour(books), "Annual", "Monthly").bill(CLIENT, "Visio", "1", "9.00", "9.00")
    assert [told.rule for told in exceptions(month.reconcile())] == ["billed-without-source"]


def test_a_reservation_for_three_years_is_spread_over_36_months(books: OpenBooks) -> None:
    """3,600.00 upfront, 100.00 a month billed: timing."""
    month = month_with_a_neighbour(books).product("Reserved VM", product_id="DZH318Z0BQ3P", sku_id="00D4")
    month.agreement(CLIENT, "Reserved VM", "3600.00").seats(
        CLIENT, [("new", "2026-10-05", "2029-10-04", "3000.00", "1", "3000.00")],
        billing_frequency="", term_and_billing_cycle="3 Years Reservation", product_id="DZH318Z0BQ3P", sku_id="00D4",
        reservation_order_id="r-1",
    )  # fmt: skip
    result = month.bill(CLIENT, "Reserved VM", "1", "100.00", "100.00").reconcile()
    assert rules_of(result) == ["timing"]


def test_an_instalment_that_is_too_small_is_found(books: OpenBooks) -> None:
    """Charged for a year in October, 126.00 instead of 140.00 billed: 14.00 lost, and the run goes through."""
    month = month_with_a_neighbour(books).seats(CLIENT, OCTOBER, **YEARLY)
    hit = the_exception(month.bill(CLIENT, SEATS, "9", "14.00", "126.00").reconcile()).hit
    assert (hit.expected, hit.billed, hit.at_stake) == (Decimal("140.00"), Decimal("126.00"), Decimal("14.00"))


def test_a_covered_year_beside_a_monthly_subscription(books: OpenBooks) -> None:
    """Ten seats paid in March, five more by the month in October: 140.00 + 5 x 14.00 = 210.00 for 15 seats."""
    month = month_with_a_neighbour(books).seats(CLIENT, MARCH, period="2026-03", **YEARLY)
    month.tables["Agreements"][0]["Billing Product"] = "Seats yearly"
    month.tables["Products"][0]["Plan"] = "Monthly"
    month.product("Seats yearly", plan="Annual").agreement(CLIENT, SEATS, "14.00")
    month.cycle(CLIENT, "5", "10.08", "50.40", subscription_id="month")
    month.bill(CLIENT, SEATS, "5", "14.00", "70.00").bill(CLIENT, "Seats yearly", "10", "14.00", "140.00")
    assert rules_of(month.reconcile()) == ["timing"]


def test_seats_of_a_covered_year_count_in_the_quantity(books: OpenBooks) -> None:
    """By markup on one product: ten seats paid in March (10 x 12.10 = 121.00 a month) and five by the month (60.50).

    13 seats are billed: 157.30 of 181.50, two short of 15, and not eight over 5. The year's price is 120.96 + 20 %:
    145.15 x 10 / 12 = 120.958..., so 120.96 a month, and 181.46 in all.
    """
    month = month_with_a_neighbour(books)
    month.tables["Products"][0]["Price Basis"] = "markup"
    month.add("Price Rules", {"Level": "product", "Billing Product": SEATS, "Markup": "20"})
    month.tables["Billed Lines"][0] |= {"Unit Price": "12.10", "Amount": "24.20"}
    month.seats(CLIENT, MARCH, period="2026-03", **YEARLY).cycle(CLIENT, "5", "10.08", "50.40", subscription_id="month")
    hit = the_exception(month.bill(CLIENT, SEATS, "13", "12.10", "157.30").reconcile()).hit
    assert (hit.expected, hit.at_stake) == (Decimal("181.46"), Decimal("24.16"))
    assert (hit.expected_quantity, hit.billed_quantity) == (Decimal(15), Decimal(13))
