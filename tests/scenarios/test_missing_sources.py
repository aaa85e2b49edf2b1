"""A source that is missing or stale is said to be, and is never taken for clean (RECKONING 2)."""

from __future__ import annotations

import pytest

from recon_xl.commands.model import Clock
from recon_xl.commands.reconcile import run
from recon_xl.core.errors import ContractError
from scenarios.harness import NOW, Books, OpenBooks, exceptions, the_match

CLIENT, SEATS, DEVICES = "Alder Legal", "Business Standard", "Managed Workstation"


def both_kinds(books: OpenBooks) -> Books:
    """Seats by the vendor, workstations by count; 10 seats charged and billed, 5 workstations billed."""
    month = books("2026-10").customer(CLIENT).product(SEATS).product(DEVICES, "fixed", "count")
    month.agreement(CLIENT, SEATS, "14.00").agreement(CLIENT, DEVICES, "8.50")
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "14.00", "140.00")
    return month.bill(CLIENT, DEVICES, "5", "8.50", "42.50")


def statuses(month: Books) -> dict[str, str]:
    return {match["product"]: match["status"] for match in month.reconcile().matches}


def test_no_counts_at_all_is_not_checked(books: OpenBooks) -> None:
    """The workstations are not compared, and coverage says so; the seats are checked."""
    result = both_kinds(books).reconcile()
    assert result.findings == []
    assert {m["product"]: m["status"] for m in result.matches} == {SEATS: "compared", DEVICES: "not checked"}
    unchecked = [(row.area, row.item) for row in result.coverage if row.status == "NOT CHECKED"]
    assert ("Checks", "counted products against the bill") in unchecked
    assert (result.checked_keys, result.keys) == (1, 2)
    assert result.coverage_sentence == "1 of 2 client and product pairs checked against their bill."


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2026-09-30", "compared"),  # 31 days before 31 October: just fresh
        ("2026-09-29", "not checked"),  # 32 days: older than 31
        ("2026-11-01", "not checked"),  # after period end
    ],
)
def test_a_stale_or_later_count_is_not_checked(books: OpenBooks, as_of: str, status: str) -> None:
    """Stale after 31 days at period end, by default."""
    assert statuses(both_kinds(books).count(CLIENT, DEVICES, "5", as_of))[DEVICES] == status


def test_a_stale_count_never_mutes_a_vendor_gap(books: OpenBooks) -> None:
    """The workstations are not checked, which is a finding of its own; two seats too few on the bill are still found."""
    month = both_kinds(books).count(CLIENT, DEVICES, "5", "2026-08-01")
    month.tables["Billed Lines"][0] |= {"Quantity": "8", "Amount": "112.00"}
    assert [told.rule for told in exceptions(month.reconcile())] == ["stale-source", "underbilled"]


def test_a_longer_patience_can_be_set(books: OpenBooks) -> None:
    """Stale After = 90 days takes August's count."""
    month = books("2026-10", stale_after="90").customer(CLIENT).product(DEVICES, "fixed", "count")
    month.agreement(CLIENT, DEVICES, "8.50").count(CLIENT, DEVICES, "5", "2026-08-15")
    assert month.bill(CLIENT, DEVICES, "5", "8.50", "42.50").reconcile().findings == []


def test_without_billed_lines_nothing_is_reconcilable(books: OpenBooks) -> None:
    """Exit 1, one statement, and no finding a key; the draft of what should be billed is still there."""
    month = both_kinds(books).count(CLIENT, DEVICES, "5")
    month.tables["Billed Lines"].clear()
    result = month.reconcile()
    assert result.findings == []
    assert (result.status, result.exit_code) == ("NOT RECONCILABLE", 1)
    assert result.coverage_sentence == "NOT RECONCILABLE: no billed lines for the period."
    assert result.checked_keys == 0


def test_billed_lines_of_another_month_are_no_billed_lines(books: OpenBooks) -> None:
    """All of them are September's."""
    month = both_kinds(books).count(CLIENT, DEVICES, "5")
    for row in month.tables["Billed Lines"]:
        row["Billing Month"] = "2026-09"
    result = month.reconcile()
    assert (result.findings, result.status, result.exit_code) == ([], "NOT RECONCILABLE", 1)


def test_with_neither_vendor_lines_nor_counts_nothing_is_reconcilable(books: OpenBooks) -> None:
    """Two billed lines, nothing to hold against them: exit 1, no finding a key."""
    month = both_kinds(books)
    month.tables["Vendor Lines"].clear()
    result = month.reconcile()
    assert (result.findings, result.status, result.exit_code) == ([], "NOT RECONCILABLE", 1)


def test_stale_counts_alone_are_no_source(books: OpenBooks) -> None:
    """No vendor lines, and a count of spring."""
    month = both_kinds(books).count(CLIENT, DEVICES, "5", "2026-04-30")
    month.tables["Vendor Lines"].clear()
    result = month.reconcile()
    assert [finding.rule for finding in result.findings] == ["stale-source"]
    assert (result.status, result.exit_code) == ("NOT RECONCILABLE", 1)


def test_counts_without_vendor_lines_check_the_counted_products(books: OpenBooks) -> None:
    """The seats are not checked, and that is no finding; the workstations are."""
    month = both_kinds(books).count(CLIENT, DEVICES, "4")
    month.tables["Vendor Lines"].clear()
    result = month.reconcile()
    assert [told.rule for told in exceptions(result)] == ["overbilled"]
    assert {m["product"]: m["status"] for m in result.matches} == {SEATS: "not checked", DEVICES: "compared"}


def test_vendor_lines_of_a_later_period_wait(books: OpenBooks) -> None:
    """November's invoice, pasted early, is neither expected nor in the tie-out of October."""
    month = both_kinds(books).count(CLIENT, DEVICES, "5")
    month.seats(CLIENT, [("cycleCharge", "2026-11-01", "2026-11-30", "10.08", "99", "997.92")], period="2026-11",
                invoice_number="G002")  # fmt: skip
    result = month.reconcile()
    assert result.findings == []
    assert {c.invoice for c in result.controls if c.invoice} == {"G001"}


def test_an_absent_table_cannot_run(books: OpenBooks) -> None:
    """Exit 2 by ContractError, which names the table and what to do."""
    snapshot = both_kinds(books).snapshot()
    without = {name: raw for name, raw in snapshot.tables.items() if name != "Counts"}
    with pytest.raises(ContractError, match="Counts") as refused:
        run(type(snapshot)(snapshot.book, without, snapshot.sheets), Clock(NOW, "tester"))
    assert set(refused.value.as_dict()) == {"where", "found", "expected", "todo"}


def test_a_blank_period_cannot_run(books: OpenBooks) -> None:
    """Settings must say which month is closed."""
    with pytest.raises(ContractError, match="Period"):
        books("").reconcile()


def test_the_match_of_a_month_without_any_line_is_empty(books: OpenBooks) -> None:
    """A blank book is not reconcilable, and has no drafts."""
    result = books("2026-10").reconcile()
    assert (result.matches, result.drafts, result.status) == ([], [], "NOT RECONCILABLE")


def test_a_client_without_a_currency_is_billed_in_the_base_currency(books: OpenBooks) -> None:
    """Customers leaves it blank, Settings say EUR."""
    month = books("2026-10", base_currency="EUR").customer(CLIENT, currency="").product(SEATS)
    month.agreement(CLIENT, SEATS, "14.00").cycle(CLIENT, "1", "10.08", "10.08", currency="EUR")
    assert the_match(month.bill(CLIENT, SEATS, "1", "14.00").reconcile())["currency"] == "EUR"
