"""Rule vendor-total. More stories: scenarios/test_vendor_faults.py."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, the_exception


def ten_seats(books: OpenBooks, tax: str, total: str) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
    month.cycle("Alder", "10", "10.08", "100.80", tax_total=tax, total=total)
    return month.bill("Alder", "Seats", "10", "14.00", "140.00")


@pytest.mark.parametrize(
    ("total", "at_stake", "direction"), [("122.96", "3.00", "vendor overcharged"), ("116.96", "3.00", "review")]
)
def test_fires_with_the_difference(books: OpenBooks, total: str, at_stake: str, direction: str) -> None:
    """100.80 + 19.16 = 119.96."""
    finding = the_exception(ten_seats(books, "19.16", total).reconcile())
    assert (finding.rule, finding.hit.at_stake) == ("vendor-total", Decimal(at_stake))
    assert (finding.hit.direction, finding.hit.customer) == (direction, "Alder")
    assert finding.hit.why == f"Total {total} USD, but Subtotal 100.80 USD and tax 19.16 USD are 119.96 USD."


@pytest.mark.parametrize(("tax", "total"), [("19.16", "119.97"), ("19.16", "119.96"), ("19.16", ""), ("", "119.96")])
def test_quiet_within_a_cent_or_where_a_figure_is_blank(books: OpenBooks, tax: str, total: str) -> None:
    """A cent is rounding, and a blank is not checked."""
    month = ten_seats(books, tax, total)
    for name in ("Tax Total", "Total"):
        month.tables["Vendor Lines"][0] = {k: v for k, v in month.tables["Vendor Lines"][0].items() if v or k != name}
    assert month.reconcile().findings == []


def test_quiet_for_a_copy(books: OpenBooks) -> None:
    """The original is told once, the copy is a copy."""
    month = ten_seats(books, "19.16", "122.96")
    month.cycle("Alder", "10", "10.08", "100.80", tax_total="19.16", total="122.96")
    assert [told.rule for told in exceptions(month.reconcile())] == ["duplicate-vendor-line", "vendor-total"]


def test_a_control_total_that_differs_by_just_that_is_its_consequence(books: OpenBooks) -> None:
    """The invoice says 119.96, the line 122.96; another difference is another fault."""
    assert [
        told.rule for told in exceptions(ten_seats(books, "19.16", "122.96").control_total("119.96").reconcile())
    ] == ["vendor-total"]
    assert [
        told.rule for told in exceptions(ten_seats(books, "19.16", "122.96").control_total("119.00").reconcile())
    ] == [
        "invoice-control-difference",
        "vendor-total",
    ]


def test_an_unrelated_gap_stays_primary(books: OpenBooks) -> None:
    """The bill is a seat short, and that has nothing to do with the vendor's total."""
    month = ten_seats(books, "19.16", "122.96")
    month.tables["Billed Lines"][0] |= {"Quantity": "9", "Amount": "126.00"}
    assert [told.rule for told in exceptions(month.reconcile())] == ["underbilled", "vendor-total"]
