"""Rule tax-evidence-missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import OpenBooks, rules_of, the_draft, the_exception
from scenarios.plain import plain_month

REVERSED = {"Tax Region": "RC", "Product Class": "*", "Tax Code": "RC0", "Rate": "0", "Reverse Charge": "Yes"}


@pytest.mark.parametrize(
    ("customer", "words"),
    [({"exempt": "Yes"}, "Certificate on Customers is blank"), ({"tax_region": "RC"}, "Tax Id on Customers is blank")],
)
def test_fires_without_evidence(books: OpenBooks, customer: dict[str, str], words: str) -> None:
    """One finding a client; nothing is at stake, and the draft goes out without tax."""
    month = plain_month(books, **customer).add("Tax", REVERSED)
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == ("tax-evidence-missing", Decimal(0), "review")
    assert words in finding.hit.why
    assert (the_draft(result).tax, the_draft(result).status) == (Decimal(0), "Draft")


@pytest.mark.parametrize(
    "customer",
    [
        {},
        {"exempt": "Yes", "certificate": "C-1"},
        {"exempt": "Yes", "certificate_expiry": "2026-09-30"},
        {"exempt": "No"},
        {"tax_region": "RC", "tax_id": "DE123"},
    ],
)
def test_quiet_with_evidence_or_with_tax(books: OpenBooks, customer: dict[str, str]) -> None:
    """An exemption that has expired makes tax due, so nothing needs evidence."""
    assert rules_of(plain_month(books, **customer).add("Tax", REVERSED).reconcile()) == []


def test_quiet_about_clients_without_business(books: OpenBooks) -> None:
    """A school that has bought nothing this month can wait."""
    assert rules_of(plain_month(books).customer("Birch School", exempt="Yes").reconcile()) == []
