"""Purchase orders: which one a draft quotes, and what happens where there is none, an ended one, or too small a one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import OpenBooks, Told, exceptions, the_draft
from scenarios.plain import CLIENT, plain_month


@pytest.mark.parametrize(
    ("orders", "told", "quoted"),
    [
        ([], ("po-missing", "140.00"), ""),
        ([{"PO": "P-1", "End": "2026-09-30"}], ("po-expired", "140.00"), ""),
        ([{"PO": "P-1", "End": "2026-09-30"}, {"PO": "P-2", "Start": "2026-11-01"}], ("po-expired", "140.00"), ""),
        ([{"PO": "P-1", "End": "2026-10-15"}], ("po-expired", "140.00"), ""),
        ([{"PO": "P-1", "Amount": "139.99"}], ("po-exceeded", "0.01"), "P-1"),
        (
            [{"PO": "P-1", "Amount": "50"}, {"PO": "P-2", "Amount": "100", "Start": "2026-10-01"}],
            ("po-exceeded", "40.00"),
            "P-2",
        ),
    ],
)
def test_each_fault_alone_is_one_finding(
    books: OpenBooks, orders: list[dict[str, str]], told: tuple[str, str], quoted: str
) -> None:
    """For review, on 140.00 net expected; the draft goes out, and quotes no order that has ended."""
    month = plain_month(books, po_required="Yes")
    result = month.add("Purchase Orders", *({"Customer": CLIENT, **row} for row in orders)).reconcile()
    assert exceptions(result) == [Told(told[0], CLIENT, Decimal(told[1]), "review")]
    assert len(result.findings) == 1
    assert (the_draft(result).po, the_draft(result).status) == (quoted, "Draft")


def test_what_is_expected_counts_not_what_is_planned(books: OpenBooks) -> None:
    """Nine of ten seats are planned, 126.00; the draft of 140.00 is 10.00 above the order."""
    month = plain_month(books).add("Purchase Orders", {"Customer": CLIENT, "PO": "P-1", "Amount": "130.00"})
    month.tables["Billed Lines"][0] |= {"Quantity": "9", "Amount": "126.00"}
    assert [(told.rule, told.at_stake) for told in exceptions(month.reconcile())] == [
        ("po-exceeded", Decimal("10.00")), ("underbilled", Decimal("14.00")),
    ]  # fmt: skip


def test_a_month_of_free_seats_needs_no_order(books: OpenBooks) -> None:
    """Nothing goes out that could quote one."""
    month = plain_month(books, po_required="Yes")
    month.tables["Sell Prices"][0]["Price"] = "0"
    month.tables["Billed Lines"][0] |= {"Unit Price": "0", "Amount": "0"}
    month.tables["Vendor Lines"][0] |= {"Effective Unit Price": "0", "Subtotal": "0"}
    assert exceptions(month.reconcile()) == []
