"""Markup on vendor cost: levels, units, usage, refunds (RECKONING 3, markup). All figures worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, the_draft, the_line, the_match

CLIENT, SEATS, AZURE = "Alder Legal", "Business Standard", "Azure Plan"
AZURE_IDS = {"product_id": "DZH318Z0BPS6", "sku_id": "0001"}
METER = {
    "Product Id": "DZH318Z0BPS6", "Sku Id": "0001", "Subscription Id": "plan-1", "Subscription Description": "Azure plan",
    "Term And Billing Cycle": "1 Compute Hour", "Unit Type": "1 Hour", "Charge Type": "new", "Billing Frequency": "",
    "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31",
}  # fmt: skip
LEVELS = {
    "product": {"Level": "product", "Billing Product": SEATS, "Markup": "10"},
    "reseller": {"Level": "reseller", "Applies To": "North IT", "Markup": "15"},
    "customer": {"Level": "customer", "Applies To": CLIENT, "Markup": "20"},
    "subscription": {"Level": "subscription", "Applies To": "sub-1", "Markup": "25"},
}


def seats_by_markup(books: OpenBooks, *rules: str, **settings: str) -> Books:
    month = books("2026-10", **settings).customer(CLIENT, reseller="North IT").product(SEATS, "markup")
    month.add("Price Rules", *(LEVELS[rule] for rule in rules))
    return month.cycle(CLIENT, "10", "10.08", "100.80")


@pytest.mark.parametrize(
    ("rules", "unit", "net"),
    [
        (("product",), "11.09", "110.90"),  # 10.08 x 1.10 = 11.088
        (("product", "reseller"), "11.59", "115.90"),  # 10.08 x 1.15 = 11.592
        (("product", "reseller", "customer"), "12.10", "121.00"),  # 10.08 x 1.20 = 12.096
        (("subscription", "customer", "reseller", "product"), "12.60", "126.00"),  # 10.08 x 1.25 = 12.60
        (("subscription", "product"), "12.60", "126.00"),  # never stacked: 1.25, not 1.25 x 1.10
    ],
)
def test_the_most_specific_markup_wins(books: OpenBooks, rules: tuple[str, ...], unit: str, net: str) -> None:
    """Subscription beats customer beats reseller beats product; markups never add up."""
    month = seats_by_markup(books, *rules).bill(CLIENT, SEATS, "10", unit, net)
    result = month.reconcile()
    assert result.findings == []
    line = the_line(result)
    assert (line.quantity, line.unit, line.net) == (Decimal(10), Decimal(unit), Decimal(net))


def test_a_rule_for_one_product_beats_a_rule_for_all_at_the_same_level(books: OpenBooks) -> None:
    """Customer level: 20 % on everything, 30 % on this product: 10.08 x 1.30 = 13.104, so 13.10."""
    month = seats_by_markup(books, "customer")
    month.add("Price Rules", {"Level": "customer", "Applies To": CLIENT, "Billing Product": SEATS, "Markup": "30"})
    assert the_line(month.bill(CLIENT, SEATS, "10", "13.10").reconcile()).net == Decimal("131.00")


def test_a_rule_of_another_year_does_not_count(books: OpenBooks) -> None:
    """20 % until September, 22 % from October: 10.08 x 1.22 = 12.2976, so 12.30."""
    month = seats_by_markup(books)
    for markup, start, end in (("20", "2025-10-01", "2026-09-30"), ("22", "2026-10-01", "2027-09-30")):
        month.add("Price Rules", {
            "Level": "product", "Billing Product": SEATS, "Markup": markup, "Start": start, "End": end,
        })  # fmt: skip
    assert the_line(month.bill(CLIENT, SEATS, "10", "12.30").reconcile()).net == Decimal("123.00")


def test_prorated_and_refunded_lines_use_their_own_unit_price(books: OpenBooks) -> None:
    """Each line at 20 %: 10 x 12.10 - 10 x 11.28 + 12 x 11.28 = 143.56 (9.408 is cut to 9.40 first, x 1.20 = 11.28)."""
    month = books("2021-06").customer(CLIENT).product(SEATS, "markup")
    month.add("Price Rules", LEVELS["customer"]).seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
        ("addQuantity", "2021-06-20", "2021-07-17", "-9.408", "10", "-94.08"),
        ("addQuantity", "2021-06-20", "2021-07-17", "9.408", "12", "112.89"),
    ])  # fmt: skip
    result = month.bill(CLIENT, SEATS, "12", amount="143.56").reconcile()
    assert result.findings == []
    assert sorted((line.kind, line.quantity, line.unit, line.net) for line in the_draft(result).lines) == [
        ("change", Decimal(2), Decimal("11.28"), Decimal("22.56")),
        ("cycle", Decimal(10), Decimal("12.10"), Decimal("121.00")),
    ]


def test_rounding_the_line_instead_of_the_unit(books: OpenBooks) -> None:
    """Setting Sell Rounding = line: 10 x 12.096 = 120.96 instead of 10 x 12.10."""
    month = seats_by_markup(books, "customer", sell_rounding="line")
    result = month.bill(CLIENT, SEATS, "10", amount="120.96").reconcile()
    assert result.findings == []
    line = the_line(result)
    assert (line.net, line.quantity * line.unit) == (Decimal("120.96"), Decimal("120.96"))


def test_the_residual_of_rounding_is_kept(books: OpenBooks) -> None:
    """10 x 12.096 exactly, less 121.00 billed: -0.04."""
    assert the_line(seats_by_markup(books, "customer").bill(CLIENT, SEATS, "10", "12.10").reconcile()).residual == (
        Decimal("-0.04")
    )


def test_vendor_cost_is_cut_in_the_billing_currency_before_the_markup(books: OpenBooks) -> None:
    """10.08 USD x 0.846202666 = 8.5297..., cut to 8.52 EUR; x 1.20 = 10.224, so 10.22; x 10 = 102.20 EUR."""
    month = books("2026-10").customer(CLIENT, currency="EUR").product(SEATS, "markup")
    month.add("Price Rules", LEVELS["customer"])
    month.cycle(CLIENT, "10", "10.08", "85.20", currency="EUR", **{"PC To BC Exchange Rate": "0.846202666"})
    result = month.bill(CLIENT, SEATS, "10", "10.22", "102.20").reconcile()
    assert result.findings == []
    assert the_match(result)["expected"] == Decimal("102.20")


def usage(books: OpenBooks, *meters: tuple[str, str, str, str], markup: str = "20") -> Books:
    month = books("2026-10").customer(CLIENT).product(AZURE, "markup", **AZURE_IDS)
    month.add("Price Rules", {"Level": "product", "Billing Product": AZURE, "Markup": markup})
    for retail, price, units, subtotal in meters:
        month.vendor(CLIENT, {
            **METER, "Unit Price": retail, "Effective Unit Price": price, "Billable Quantity": units, "Subtotal": subtotal,
        })  # fmt: skip
    return month


def test_usage_is_marked_up_on_the_subtotal(books: OpenBooks) -> None:
    """29 hours for 21.39 after earned credit (domain.md 2.7): 21.39 x 1.20 = 25.668, so 25.67."""
    month = usage(books, ("0.868", "0.737586206896552", "29", "21.39")).bill(CLIENT, AZURE, "1", amount="25.67")
    result = month.reconcile()
    assert result.findings == []
    assert the_line(result).net == Decimal("25.67")


def test_a_meter_below_a_cent_keeps_its_money(books: OpenBooks) -> None:
    """A million calls at 0.000000123: 0.12 x 1.25 = 0.15; by unit price nothing would be left."""
    month = usage(books, ("0.000000123", "0.000000123", "1000000", "0.12"), markup="25")
    assert the_line(month.bill(CLIENT, AZURE, "1", amount="0.15").reconcile()).net == Decimal("0.15")


def test_usage_is_rounded_line_by_line_then_summed(books: OpenBooks) -> None:
    """Three meters of 0.03 at 20 %: HU(0.036) = 0.04 each, 0.12; the sum rounded once would give 0.11."""
    month = usage(books, *[("0.03", "0.03", "1", "0.03")] * 2, ("0.015", "0.015", "2", "0.03"))
    month.tables["Vendor Lines"][1]["Meter Description"] = "another meter"
    assert the_line(month.bill(CLIENT, AZURE, "1", amount="0.12").reconcile()).net == Decimal("0.12")


def test_a_usage_credit_rounds_away_from_zero(books: OpenBooks) -> None:
    """-3.15 at 10 %: -3.465 is -3.47, as 3.465 would be 3.47."""
    month = usage(books, ("0.868", "-3.15", "1", "-3.15"), markup="10")
    assert the_line(month.bill(CLIENT, AZURE, "1", amount="-3.47").reconcile()).net == Decimal("-3.47")


def test_usage_quantities_are_never_compared(books: OpenBooks) -> None:
    """29 hours against one billed unit: the money agrees, so nothing is said."""
    month = usage(books, ("0.868", "0.737586206896552", "29", "21.39"))
    match = the_match(month.bill(CLIENT, AZURE, "1", amount="25.67").reconcile())
    assert (match["expected_quantity"], match["expected"]) == (None, match["billed"])
