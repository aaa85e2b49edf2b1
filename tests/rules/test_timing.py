"""Rule timing."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, control, rules_of

YEAR = [("new", "2026-10-05", "2027-10-04", "120.96", "10", "1209.60")]


def bought(books: OpenBooks, billed: str) -> Books:
    month = books("2026-10").customer("Alder").product("Seats").agreement("Alder", "Seats", "168.00")
    return month.seats("Alder", YEAR, billing_frequency="Annual").bill("Alder", "Seats", "10", amount=billed)


def test_fires_as_information_without_money(books: OpenBooks) -> None:
    """A twelfth of 1,680.00 is billed: nothing is at stake, and Tie-out totals it."""
    result = bought(books, "140.00").reconcile()
    (finding,) = result.findings
    assert (finding.rule, finding.severity, finding.hit.at_stake) == ("timing", "Information", Decimal(0))
    assert control(result, "Information: Annual charge billed monthly").actual == 0
    assert result.exit_code == 0


def test_quiet_where_the_year_is_billed_at_once(books: OpenBooks) -> None:
    """1,680.00 against 1,680.00 is a plain comparison."""
    assert rules_of(bought(books, "1680.00").reconcile()) == []


def test_quiet_where_the_instalment_is_wrong(books: OpenBooks) -> None:
    """126.00 for nine seats is no timing difference: 14.00 are lost."""
    result = bought(books, "126.00").reconcile()
    assert rules_of(result) == ["underbilled"]
    assert result.exceptions[0].hit.at_stake == 14
