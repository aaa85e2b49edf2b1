"""Rule po-expired."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, rules_of, the_draft, the_exception
from scenarios.plain import CLIENT, plain_month

ENDED = {"Customer": CLIENT, "PO": "P-1", "End": "2026-10-30"}


@pytest.mark.parametrize("customer", [{}, {"po_required": "Yes"}])
@pytest.mark.parametrize("bill", [{}, {"PO": "P-1"}])
def test_fires_where_the_only_order_has_ended(books: OpenBooks, customer: dict[str, str], bill: dict[str, str]) -> None:
    """A day before the period end: 140.00 net, one finding, and the draft does not quote it."""
    result = plain_month(books, bill=bill, **customer).add("Purchase Orders", ENDED).reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("po-expired", Decimal("140.00"), "review")
    assert "P-1, ended on 2026-10-30" in finding.hit.why
    assert the_draft(result).po == ""


def test_fires_where_the_bill_quotes_an_ended_one(books: OpenBooks) -> None:
    """The draft quotes the next order, the planned bill the old one."""
    month = plain_month(books, bill={"PO": "p-1"}).add("Purchase Orders", ENDED, {"Customer": CLIENT, "PO": "P-2"})
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake) == ("po-expired", Decimal("140.00"))
    assert finding.hit.why == "1 billed line quotes P-1, which ended on 2026-10-30: 140.00 USD net."
    assert (the_draft(result).po, finding.source_rows) == ("P-2", ("Billed Lines row 6",))


@pytest.mark.parametrize(
    ("orders", "bill"),
    [
        ([], {"PO": "P-9"}),
        ([{"PO": "P-1", "End": "2026-10-31"}], {"PO": "P-1"}),
        ([{"PO": "P-1", "End": "2026-09-30"}, {"PO": "P-2"}], {"PO": "P-2"}),
        ([{"PO": "P-1", "End": "2026-09-30"}, {"PO": "P-1", "Start": "2026-10-01"}], {"PO": "P-1"}),
    ],
)
def test_quiet_with_an_order_in_force(books: OpenBooks, orders: list[dict[str, str]], bill: dict[str, str]) -> None:
    """Also where one that has ended is continued under its number."""
    month = plain_month(books, bill=bill, po_required="Yes" if orders else "")
    assert rules_of(month.add("Purchase Orders", *({"Customer": CLIENT, **row} for row in orders)).reconcile()) == []


def test_quiet_where_orders_are_not_required_any_more(books: OpenBooks) -> None:
    """PO Required says No, and the bill quotes none."""
    assert rules_of(plain_month(books, po_required="No").add("Purchase Orders", ENDED).reconcile()) == []
