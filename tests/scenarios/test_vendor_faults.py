"""One fault of the vendor or of the mapping in a small month: one primary finding, to the cent, and the neighbours keep quiet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, Row, exceptions

SEATS, AZURE, ARCHIVE = "Business Standard", "Azure usage", "Mail archive"
TERM = {"subscription_start_date": "2026-06-01", "subscription_end_date": "2027-05-31", "unit_price": "10.08"}
USAGE = {"term_and_billing_cycle": "", "subscription_description": "Azure plan", "unit_type": "1 Hour", "product_id": "DZH318Z0BPS6",
         "sku_id": "00DD"}  # fmt: skip


def small_month(books: OpenBooks) -> Books:
    """Three clients: Alder with seats that grew on 11 October, Birch with Azure and an archive, Cedar with a few seats; all in order.

    Alder: 100.80 - 68.28 + 81.94 = 114.46 of cost. At 25 % a seat is 12.60, and RD(6.8285) x 1.25 = 8.525, half-up 8.53:
    126.00 - 85.30 + 102.36 = 143.06. Birch: usage of 20.00 at 25 % = 25.00; two archives at 4.00 = 8.00. Cedar: 5 x 12.60 = 63.00.
    """
    month = books("2026-10")
    for name in ("Alder", "Birch", "Cedar"):
        month.customer(name)
    month.product(SEATS, "markup").product(AZURE, "markup", product_id="DZH318Z0BPS6", sku_id="00DD")
    month.product(ARCHIVE, product_id="ARCHIVE", sku_id="0001").agreement("Birch", ARCHIVE, "4.00")
    month.add("Price Rules", {"Level": "product", "Markup": "25"})
    september = [("cycleCharge", "2026-09-01", "2026-09-30", "10.08", "10", "100.80")]
    month.seats("Alder", september, period="2026-09", invoice_number="G000", reference_id="r0", **TERM)
    month.cycle("Alder", "10", "10.08", "100.80", total="100.80", reference_id="r1", **TERM)
    wipe = [("addQuantity", "2026-10-11", "2026-10-31", "-6.8285", "10", "-68.28")]
    recreate = [("addQuantity", "2026-10-11", "2026-10-31", "6.8285", "12", "81.94")]
    month.seats("Alder", wipe, total="-68.28", reference_id="r2", **TERM)
    month.seats("Alder", recreate, total="81.94", reference_id="r2", **TERM)
    month.cycle("Birch", "10.5", "1.904761904761905", "20.00", total="20.00", subscription_id="plan", **USAGE)
    month.cycle(
        "Birch", "2", "2.50", "5.00", product_id="ARCHIVE", total="5.00", subscription_id="sub-b", reference_id="r3"
    )
    month.cycle("Cedar", "5", "10.08", "50.40", total="50.40", subscription_id="sub-c", reference_id="r4")
    month.bill("Alder", SEATS, "12", amount="143.06").bill("Birch", AZURE, "1", amount="25.00")
    month.bill("Birch", ARCHIVE, "2", "4.00", "8.00").bill("Cedar", SEATS, "5", "12.60", "63.00")
    return month.control_total("189.86")


OPENING, WIPE, RECREATE, BIRCH_USAGE, BIRCH_ARCHIVE, CEDAR = range(1, 7)
"""Rows of Vendor Lines of this month, counted from the one of September."""


def vendor(month: Books, row: int) -> Row:
    return month.tables["Vendor Lines"][row]


def control(month: Books, total: str) -> None:
    month.tables["Sources"][0]["Control Total"] = total


def dearer_seats(month: Books) -> None:
    """5.00 more on Alder's ten seats, in Subtotal, Total and the invoice."""
    vendor(month, OPENING).update({"Subtotal": "105.80", "Total": "105.80"})
    control(month, "194.86")


def dearer_usage(month: Books) -> None:
    """5.00 more on Birch's usage; the bill was made from the right figure."""
    vendor(month, BIRCH_USAGE).update({"Subtotal": "25.00", "Total": "25.00"})
    control(month, "194.86")


def dearer_on_the_line_only(month: Books) -> None:
    """5.00 more on the line, but not on the invoice."""
    vendor(month, OPENING).update({"Subtotal": "105.80", "Total": "105.80"})


def total_apart(month: Books) -> None:
    """3.00 more in Total and on the invoice."""
    vendor(month, CEDAR)["Total"] = "53.40"
    control(month, "192.86")


def half_an_event(month: Books) -> None:
    """The twelve seats are missing, on the line and on the invoice."""
    del month.tables["Vendor Lines"][RECREATE]
    control(month, "107.92")


def half_an_event_the_other_way(month: Books) -> None:
    """The refund of the ten is missing."""
    del month.tables["Vendor Lines"][WIPE]
    control(month, "258.14")


def new_type(month: Books) -> None:
    """Cedar's cycle charge has a name of its own."""
    vendor(month, CEDAR)["Charge Type"] = "transferIn"


def new_type_at_an_agreed_price(month: Books) -> None:
    """Half a month of the archive, with a name of its own: 1.25 of cost, billed in full."""
    vendor(month, BIRCH_ARCHIVE).update(
        {"Charge Type": "transferIn", "Charge Start Date": "2026-10-16", "Subtotal": "2.50", "Total": "2.50",
         "Effective Unit Price": "1.25"}
    )  # fmt: skip
    control(month, "187.36")


def adjustment(month: Books) -> None:
    """50.00 on the invoice that no line shows."""
    control(month, "239.86")


def price_raised(month: Books) -> None:
    """5 % more for Alder's seats of October, one line, billed on: 13.23 a seat instead of 12.60, the change as before."""
    line = {"Unit Price": "10.584", "Effective Unit Price": "10.584", "Subtotal": "105.84", "Total": "105.84"}
    vendor(month, OPENING).update(line)
    month.tables["Billed Lines"][0]["Amount"] = "149.36"  # 10 x HU(10.58 x 1.25) = 132.30, less 85.30, and 102.36
    control(month, "194.90")


def tenant_twice(month: Books) -> None:
    """A second row for Alder's tenant."""
    month.customer("Alder Dental", vendor_customer_ids="id of Alder")


def sku_twice(month: Books) -> None:
    """A second product on the archive's ids."""
    month.product("Archive, new", product_id="ARCHIVE", sku_id="0001")


def basis_twice(month: Books) -> None:
    """A second row of the archive, by list."""
    month.product(ARCHIVE, "list", product_id="ARCHIVE", sku_id="0001")


def contract_twice(month: Books) -> None:
    """An older contract of another price that nobody ended."""
    month.tables["Agreements"][0]["Start"] = "2026-05-01"
    month.agreement("Birch", ARCHIVE, "3.50", start="2025-05-01")


FAULTS: list[tuple[Callable[[Books], None], tuple[str, str, str, str]]] = [
    (dearer_seats, ("vendor-arithmetic", "Alder", "5.00", "vendor overcharged")),
    (dearer_usage, ("vendor-arithmetic", "Birch", "5.00", "vendor overcharged")),
    (dearer_on_the_line_only, ("vendor-arithmetic", "Alder", "5.00", "vendor overcharged")),
    (total_apart, ("vendor-total", "Cedar", "3.00", "vendor overcharged")),
    (half_an_event, ("broken-pair", "Alder", "68.28", "review")),
    (half_an_event_the_other_way, ("broken-pair", "Alder", "81.94", "review")),
    (new_type, ("unknown-charge-type", "Cedar", "50.40", "review")),
    (new_type_at_an_agreed_price, ("unknown-charge-type", "Birch", "2.50", "review")),
    (adjustment, ("invoice-control-difference", "", "50.00", "review")),
    (price_raised, ("vendor-price-mid-term", "Alder", "5.04", "vendor overcharged")),
    (tenant_twice, ("ambiguous-mapping", "Alder", "114.46", "we lose")),
    (sku_twice, ("ambiguous-mapping", "", "5.00", "we lose")),
    (basis_twice, ("mapping-conflict", "", "0", "review")),
    (contract_twice, ("mapping-conflict", "Birch", "0", "review")),
]
CASES = [pytest.param(plant, found, id=plant.__name__) for plant, found in FAULTS]


def test_the_month_is_in_order(books: OpenBooks) -> None:
    """Nothing is found, and the invoice ties out."""
    result = small_month(books).reconcile()
    assert result.findings == []
    assert "FAIL" not in {control.word for control in result.controls}


@pytest.mark.parametrize(("plant", "found"), CASES)
def test_one_fault_is_one_primary_finding(
    books: OpenBooks, plant: Callable[[Books], None], found: tuple[str, str, str, str]
) -> None:
    """Rule, client, money and direction; whatever else it brings about is its consequence."""
    month = small_month(books)
    plant(month)
    rule, customer, at_stake, direction = found
    assert exceptions(month.reconcile()) == [(rule, customer, Decimal(at_stake), direction)]


@pytest.mark.parametrize(("plant", "found"), CASES)
def test_a_gap_of_a_neighbour_stays_primary(
    books: OpenBooks, plant: Callable[[Books], None], found: tuple[str, str, str, str]
) -> None:
    """Dogwood, two seats short of four, has nothing to do with any of it."""
    month = small_month(books)
    plant(month)
    month.customer("Dogwood").bill("Dogwood", SEATS, "2", "12.60", "25.20")
    month.cycle("Dogwood", "4", "10.08", "40.32", subscription_id="sub-d", invoice_number="G002")
    rule, customer, at_stake, direction = found
    assert exceptions(month.reconcile()) == sorted(
        [(rule, customer, Decimal(at_stake), direction), ("underbilled", "Dogwood", Decimal("25.20"), "we lose")]
    )
