"""Rule po-missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, rules_of, the_draft, the_exception
from scenarios.plain import CLIENT, plain_month


@pytest.mark.parametrize("rows", [[], [{"PO": "P-1", "Start": "2026-11-01"}], [{"PO": "P-1", "Currency": "EUR"}]])
def test_fires_without_an_order_in_force(books: OpenBooks, rows: list[dict[str, str]]) -> None:
    """140.00 net would go out without one; an order still to come or in another currency does not help."""
    month = plain_month(books, po_required="Yes", bill={"PO": "P-1"})
    result = month.add("Purchase Orders", *({"Customer": CLIENT, **row} for row in rows)).reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("po-missing", Decimal("140.00"), "review")
    assert (the_draft(result).po, the_draft(result).status) == ("", "Draft")


@pytest.mark.parametrize("flag", ["", "No"])
def test_quiet_where_none_is_required(books: OpenBooks, flag: str) -> None:
    """Most clients pay without."""
    assert rules_of(plain_month(books, po_required=flag).reconcile()) == []


def test_quiet_with_an_order_in_force(books: OpenBooks) -> None:
    """The draft quotes it."""
    month = plain_month(books, po_required="Yes")
    result = month.add("Purchase Orders", {"Customer": CLIENT, "PO": "P-1", "Amount": "140.00"}).reconcile()
    assert (rules_of(result), the_draft(result).po) == ([], "P-1")


def test_quiet_about_clients_without_business(books: OpenBooks) -> None:
    """Nothing would go out."""
    assert rules_of(plain_month(books).customer("Birch", po_required="Yes").reconcile()) == []
