"""Rule vendor-price-mid-term. More stories: scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception

SEATS = "Seats"
TERM = {"subscription_start_date": "2026-06-01", "subscription_end_date": "2027-05-31"}


def charged_twice(
    books: OpenBooks, now: str = "10.584", subtotal: str = "105.84", basis: str = "markup", **more: str
) -> Books:
    """Ten seats at 10.08 in September, at 5 % more in October; billed at 20 % on what October's line says."""
    month = books("2026-10").customer("Alder").product(SEATS, basis).agreement("Alder", SEATS, "14.00")
    month.add("Price Rules", {"Level": "product", "Markup": "20"})
    september = ("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")
    month.seats("Alder", [september], period="2026-09", invoice_number="G000", unit_price="10.08", **TERM)
    return month.cycle("Alder", "10", now, subtotal, **({"unit_price": now} | TERM | more))


def test_fires_with_what_the_term_price_would_save(books: OpenBooks) -> None:
    """105.84 - 105.84 x 10.08 / 10.584 = 5.04."""
    month = charged_twice(books).bill("Alder", SEATS, "10", "12.70", "127.00")
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("vendor-price-mid-term", Decimal("5.04"))
    assert (finding.hit.direction, finding.hit.customer, finding.hit.product) == ("vendor overcharged", "Alder", SEATS)
    assert "Unit Price 10.584 on invoice G001, 10.08 on invoice G000" in finding.hit.why
    assert finding.source_rows == ("Vendor Lines row 6", "Vendor Lines row 7")


def test_fires_for_review_where_it_is_cheaper(books: OpenBooks) -> None:
    """90.00 instead of 100.80."""
    month = charged_twice(books, "9", "90.00").bill("Alder", SEATS, "10", "10.80", "108.00")
    assert exceptions(month.reconcile()) == [("vendor-price-mid-term", "Alder", Decimal("10.80"), "review")]


@pytest.mark.parametrize(
    "more",
    [
        {"charge_type": "renew"},
        {"subscription_start_date": "2026-10-01"},
        {"billing_frequency": "Annual"},
        {"sku_id": "0002"},
        {"pricing_currency": "EUR"},
        {"unit_price": ""},
        {"unit_price": "10.08"},  # a promotion ended: only the effective price changed
        {"charge_type": "customerCredit", "effective_unit_price": "-10.584", "subtotal": "-105.84"},
        {"term_and_billing_cycle": "1 Year Reservation"},
        {"term_and_billing_cycle": "", "subscription_description": "Azure plan"},
    ],
)
def test_quiet_for_another_term_plan_product_or_kind(books: OpenBooks, more: dict[str, str]) -> None:
    """Each of them has a price of its own, or none."""
    month = charged_twice(books)
    line = month.tables["Vendor Lines"][1]
    line |= {name.replace("_", " ").title(): text for name, text in more.items()}
    month.tables["Vendor Lines"][1] = {name: text for name, text in line.items() if text}
    assert "vendor-price-mid-term" not in {told.rule for told in exceptions(month.reconcile())}


def test_quiet_without_the_start_of_the_term(books: OpenBooks) -> None:
    """Nothing says that both lines are of one term."""
    month = charged_twice(books).bill("Alder", SEATS, "10", "12.70", "127.00")
    for line in month.tables["Vendor Lines"]:
        del line["Subscription Start Date"]
    assert month.reconcile().findings == []


def test_a_bill_at_the_term_price_is_its_consequence(books: OpenBooks) -> None:
    """Billed 12.10 a seat, expected 12.70: the 6.00 go away with the 5.04."""
    month = charged_twice(books).bill("Alder", SEATS, "10", "12.10", "121.00")
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["vendor-price-mid-term"]
    assert len(result.exceptions) == 2


def test_a_share_that_the_price_distorts_is_its_consequence(books: OpenBooks) -> None:
    """At an agreed 14.00, two seats added for 21 of 31 days are 18.97; over a dearer opening price they look like 18.06."""
    month = charged_twice(books, basis="fixed")
    half = [
        ("addQuantity", "2026-10-11", "2026-10-31", "-6.828387096774194", "10", "-68.28"),
        ("addQuantity", "2026-10-11", "2026-10-31", "6.828387096774194", "12", "81.94"),
    ]
    month.seats("Alder", half, unit_price="10.08", reference_id="r", **TERM)
    month.bill("Alder", SEATS, "12", amount="158.97")
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["vendor-price-mid-term"]
    assert [finding.hit.at_stake for finding in result.exceptions if finding.cause] == [Decimal("0.91")]


def test_another_gap_of_the_key_stays_primary(books: OpenBooks) -> None:
    """Three seats are missing: 38.10, which no price explains."""
    month = charged_twice(books).bill("Alder", SEATS, "7", "12.70", "88.90")
    found = [(told.rule, told.at_stake) for told in exceptions(month.reconcile())]
    assert ("vendor-price-mid-term", Decimal("5.04")) in found
    assert len(found) == 2


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """Birch's is not Alder's."""
    month = charged_twice(books).bill("Alder", SEATS, "10", "12.70", "127.00").customer("Birch")
    month.cycle("Birch", "10", "10.584", "105.84", subscription_id="b").bill("Birch", SEATS, "10", "12.20", "122.00")
    assert {told.customer for told in exceptions(month.reconcile())} == {"Alder", "Birch"}
