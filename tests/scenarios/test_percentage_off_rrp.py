"""Percentage Off RRP: positive raises, negative lowers; on retail, never on cost after earned credit (RECKONING 3, rrp).

2.5 on a reservation of 1,000.00 is 1,025.00: domain.md 3.1.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, the_exception, the_line

CLIENT, RESERVED, AZURE = "Alder Legal", "Reserved VM", "Azure Plan"
RESERVATION = {"Product Id": "DZH318Z0BQ3P", "Sku Id": "00D4"}
METER = {
    "Product Id": "DZH318Z0BPS6", "Sku Id": "0001", "Subscription Id": "plan-1", "Subscription Description": "Azure plan",
    "Term And Billing Cycle": "1 Compute Hour", "Unit Type": "1 Hour", "Charge Type": "new", "Billing Frequency": "",
    "Charge Start Date": "2026-10-01", "Charge End Date": "2026-10-31",
}  # fmt: skip


def reservation(books: OpenBooks, quantity: str = "1", **client: str) -> Books:
    """Bought on 5 October for a year, charged once; the vendor's price is net of the partner's discount. No margin is asked for."""
    month = (
        books("2026-10", margin_floor="0")
        .customer(CLIENT, **client)
        .product(RESERVED, "rrp", profile="Azure", **RESERVATION)
    )
    month.add("Price List", {**RESERVATION, "Currency": "USD", "ERP Price": "1000.00"})
    return month.vendor(CLIENT, {
        **RESERVATION, "Subscription Id": "", "Reservation Order Id": "r-1", "Charge Type": "new", "Billing Frequency": "",
        "Term And Billing Cycle": "1 Year Reservation", "Charge Start Date": "2026-10-05", "Charge End Date": "2027-10-04",
        "Subscription Start Date": "2026-10-05", "Subscription End Date": "2027-10-04", "Unit Price": "850.00",
        "Effective Unit Price": "850.00", "Billable Quantity": quantity, "Subtotal": str(850 * int(quantity)),
    })  # fmt: skip


def off_rrp(month: Books, points: str, tenant: str = "") -> Books:
    row = {"Profile": "Azure", "Percentage Off RRP": points}
    return month.add("Profiles", row | {"Tenant": tenant} if tenant else row)


@pytest.mark.parametrize(
    ("points", "net"),
    [
        ("2.5", "1025.00"),  # 1000.00 x 1.025
        ("-2.5", "975.00"),  # 1000.00 x 0.975
        ("0", "1000.00"),  # sell = RRP
        ("-10", "900.00"),
        ("0.125", "1001.25"),
    ],
)
def test_a_reservation_of_1000_rrp(books: OpenBooks, points: str, net: str) -> None:
    """The sign of the percentage is the direction of the price."""
    month = off_rrp(reservation(books), points).bill(CLIENT, RESERVED, "1", net, net)
    result = month.reconcile()
    assert result.findings == []
    assert the_line(result).net == Decimal(net)


def test_the_wrong_sign_is_found_with_its_money(books: OpenBooks) -> None:
    """Billed at 975.00 where 2.5 % was to be added: 50.00 lost."""
    finding = the_exception(
        off_rrp(reservation(books), "2.5").bill(CLIENT, RESERVED, "1", "975.00", "975.00").reconcile()
    )
    assert (finding.rule, finding.hit.at_stake, finding.variance) == (
        "percentage-wrong-sign",
        Decimal(50),
        Decimal(-50),
    )


def test_without_a_percentage_the_price_is_rrp(books: OpenBooks) -> None:
    """A product that names no profile is sold at RRP."""
    month = reservation(books).bill(CLIENT, RESERVED, "1", "1000.00", "1000.00")
    del month.tables["Products"][0]["Profile"]
    assert month.reconcile().findings == []


def test_a_profile_that_is_not_there_is_no_percentage_of_zero(books: OpenBooks) -> None:
    """Products name a profile that Profiles does not have: nobody guesses that it is 0."""
    finding = the_exception(reservation(books).bill(CLIENT, RESERVED, "1", "1000.00", "1000.00").reconcile())
    assert finding.rule == "unpriced"


@pytest.mark.parametrize("tenant", [f"id of {CLIENT}", CLIENT])
def test_a_tenants_own_percentage_overrides_the_profile(books: OpenBooks, tenant: str) -> None:
    """The profile adds 2.5 %, this tenant gets 4 % off: 960.00; named by vendor id or by client."""
    month = off_rrp(off_rrp(reservation(books), "2.5"), "-4", tenant)
    assert the_line(month.bill(CLIENT, RESERVED, "1", "960.00").reconcile()).net == Decimal("960.00")


def test_two_reservations_at_one_unit_price(books: OpenBooks) -> None:
    """RRP 1,000.00 x 1.025 = 1,025.00 a unit, two units: 2,050.00."""
    line = the_line(off_rrp(reservation(books, "2"), "2.5").bill(CLIENT, RESERVED, "2", "1025.00").reconcile())
    assert (line.quantity, line.unit, line.net) == (Decimal(2), Decimal("1025.00"), Decimal("2050.00"))


def test_rrp_is_the_one_in_force_when_the_term_began(books: OpenBooks) -> None:
    """1,000.00 until 9 October, 1,200.00 from the 10th: a term that began on the 5th keeps 1,000.00."""
    month = reservation(books)
    month.tables["Price List"][0] |= {"End": "2026-10-09"}
    month.add("Price List", {**RESERVATION, "Currency": "USD", "ERP Price": "1200.00", "Start": "2026-10-10"})
    assert the_line(off_rrp(month, "2.5").bill(CLIENT, RESERVED, "1", "1025.00").reconcile()).net == Decimal("1025.00")


def test_rrp_is_converted_in_the_one_rounding(books: OpenBooks) -> None:
    """1000.00 USD x 1.025 x 0.8333 = 854.1325, so 854.13 EUR."""
    month = off_rrp(reservation(books, currency="EUR"), "2.5")
    month.add("FX Rates", {"From": "USD", "To": "EUR", "Rate": "0.8333"})
    assert the_line(month.bill(CLIENT, RESERVED, "1", "854.13").reconcile()).net == Decimal("854.13")


def metered(books: OpenBooks, points: str, line: dict[str, str], **client: str) -> Books:
    month = books("2026-10").customer(CLIENT, **client)
    month.product(AZURE, "rrp", profile="Azure", product_id="DZH318Z0BPS6", sku_id="0001")
    return off_rrp(month, points).vendor(CLIENT, {**METER, **line})


HOURS = {
    "Unit Price": "0.868", "Effective Unit Price": "0.737586206896552", "Billable Quantity": "29", "Subtotal": "21.39",
}  # fmt: skip


def test_usage_is_built_on_retail_not_on_cost_after_earned_credit(books: OpenBooks) -> None:
    """29 x 0.868 = 25.172, cut to 25.17; x 1.025 = 25.79925, so 25.80. On cost it would be 21.92."""
    month = metered(books, "2.5", HOURS).bill(CLIENT, AZURE, "1", amount="25.80")
    result = month.reconcile()
    assert result.findings == []
    assert the_line(result).net == Decimal("25.80")


@pytest.mark.parametrize(("points", "net"), [("2.5", "21.82"), ("-10", "19.16")])
def test_usage_is_cut_before_and_after_the_vendors_rate(books: OpenBooks, points: str, net: str) -> None:
    """25.17 USD x 0.846202666 = 21.2989..., cut to 21.29 EUR; x 1.025 = 21.82225; x 0.90 = 19.161."""
    line = HOURS | {"Currency": "EUR", "PC To BC Exchange Rate": "0.846202666", "Subtotal": "18.10"}
    month = metered(books, points, line, currency="EUR").bill(CLIENT, AZURE, "1", amount=net)
    assert the_line(month.reconcile()).net == Decimal(net)


def test_usage_in_dollars_is_cut_to_cents_also_where_the_invoice_is_in_yen(books: OpenBooks) -> None:
    """The retail amount is dollars: 25.172 is cut to 25.17 USD, not to 25; x 150.75 = 3794.37..., cut to 3794 JPY.

    3794 x 1.025 = 3888.85, so 3889 JPY.
    """
    line = HOURS | {"Currency": "JPY", "PC To BC Exchange Rate": "150.75", "Subtotal": "3224"}
    month = metered(books, "2.5", line, currency="JPY").bill(CLIENT, AZURE, "1", amount="3889")
    assert the_line(month.reconcile()).net == Decimal(3889)


def test_a_usage_refund_mirrors_the_charge(books: OpenBooks) -> None:
    """The same 29 hours given back: -25.80."""
    line = HOURS | {"Effective Unit Price": "-0.737586206896552", "Subtotal": "-21.39"}
    assert the_line(metered(books, "2.5", line).bill(CLIENT, AZURE, "1", amount="-25.80").reconcile()).net == Decimal(
        "-25.80"
    )


def test_usage_is_rounded_line_by_line_then_summed(books: OpenBooks) -> None:
    """Two meters of 0.019 are cut to 0.01 each: 0.01 x 1.025 = 0.01 each, 0.02; together they would be 0.03."""
    line = {"Unit Price": "0.019", "Effective Unit Price": "0.016", "Billable Quantity": "1", "Subtotal": "0.01"}
    month = metered(books, "2.5", line).vendor(CLIENT, {**METER, **line, "Meter Description": "another"})
    assert the_line(month.bill(CLIENT, AZURE, "1", amount="0.02").reconcile()).net == Decimal("0.02")
