"""Counts in full: bases, snapshots, several sources, and the three kinds of silence (RECKONING 2)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recon_xl.core.control import CoverageRow
from recon_xl.report.result import Result
from scenarios.harness import Books, OpenBooks, exceptions, the_exception, the_line, the_match

CLIENT, OTHER, DEVICES = "Harbour Dental", "Elm Foods", "Managed Workstation"


def workstations(books: OpenBooks, billed: str, amount: str, **product: str) -> Books:
    """Workstations at 8.50, so many of them billed."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count", **product)
    return month.agreement(CLIENT, DEVICES, "8.50").bill(CLIENT, DEVICES, billed, "8.50", amount)


def told_of(result: Result, area: str) -> dict[str, CoverageRow]:
    """Rows of Coverage of one area, by item."""
    return {row.item: row for row in result.coverage if row.area == area}


@pytest.mark.parametrize(("basis", "units"), [("", "12"), ("total", "12"), ("assigned", "10"), ("active", "9")])
def test_the_product_says_which_basis_decides(books: OpenBooks, basis: str, units: str) -> None:
    """12 owned, 10 assigned, 9 active; a blank basis is the total, on both sides."""
    net = {"12": "102.00", "10": "85.00", "9": "76.50"}[units]  # x 8.50
    month = workstations(books, units, net, **({"count_basis": basis} if basis else {}))
    month.count(CLIENT, DEVICES, "12").count(CLIENT, DEVICES, "10", basis="assigned")
    month.count(CLIENT, DEVICES, "9", basis="active")
    result = month.reconcile()
    assert exceptions(result) == []
    line = the_line(result)
    assert (line.quantity, line.net) == (Decimal(units), Decimal(net))
    assert f"{units} counted by RMM on 2026-10-31 ({basis or 'total'})" in line.why


def test_no_other_basis_is_taken_in_silence(books: OpenBooks) -> None:
    """Active is asked for, only the total is counted: not checked, and Coverage says what there is."""
    result = workstations(books, "9", "76.50", count_basis="active").count(CLIENT, DEVICES, "12").reconcile()
    assert exceptions(result) == []
    assert the_match(result)["status"] == "not checked"
    row = told_of(result, "Counted products")["no count on the basis asked for"]
    assert (row.status, row.rows, row.amount, row.currency) == ("NOT CHECKED", 1, Decimal("76.50"), "USD")
    assert row.reason == (
        "Harbour Dental / Managed Workstation: asks for active, counted total. No other basis is taken instead."
    )
    assert told_of(result, "Counts")["on another basis than the product asks for"].rows == 1


def test_a_gap_names_source_basis_and_date(books: OpenBooks) -> None:
    """9 active, 12 billed at 8.50: 25.50 too much, and the reader is told whose 9 that is."""
    month = workstations(books, "12", "102.00", count_basis="active")
    hit = the_exception(month.count(CLIENT, DEVICES, "9", "2026-10-28", basis="active").reconcile()).hit
    assert hit.at_stake == Decimal("25.50")
    assert "9 counted by RMM on 2026-10-28 (active)" in hit.why


def test_each_basis_keeps_its_own_latest_snapshot(books: OpenBooks) -> None:
    """The active count of the 20th is older than the total of the 31st, and still the latest active one."""
    month = workstations(books, "9", "76.50", count_basis="active").count(CLIENT, DEVICES, "14", "2026-10-31")
    month.count(CLIENT, DEVICES, "8", "2026-10-10", basis="active").count(
        CLIENT, DEVICES, "9", "2026-10-20", basis="active"
    )
    assert exceptions(month.reconcile()) == []


def test_without_a_declared_source_the_latest_decides(books: OpenBooks) -> None:
    """The backup tool counted a day later: 12, so 9 billed are 25.50 short; that the tools disagree is said as well."""
    month = workstations(books, "9", "76.50").count(CLIENT, DEVICES, "9", "2026-10-30")
    month.count(CLIENT, DEVICES, "12", "2026-10-31", count_source="Backup")
    assert exceptions(month.reconcile()) == [
        ("quantity-between-sources", CLIENT, Decimal(0), "review"),
        ("underbilled", CLIENT, Decimal("25.50"), "we lose"),
    ]


def test_fractional_counts_are_exact(books: OpenBooks) -> None:
    """2.375 TB at 8.50 are 20.1875, billed as 20.19."""
    month = workstations(books, "2.375", "20.19").count(CLIENT, DEVICES, "2.375")
    result = month.reconcile()
    assert exceptions(result) == []
    assert the_line(result).net == Decimal("20.19")


def test_a_count_of_zero_is_a_count(books: OpenBooks) -> None:
    """None left, two billed: 17.00 too much, and Coverage tells the 0 from silence."""
    result = workstations(books, "2", "17.00").count(CLIENT, DEVICES, "0").reconcile()
    assert exceptions(result) == [("overbilled", CLIENT, Decimal("17.00"), "customer overcharged")]
    assert list(told_of(result, "Counted products")) == ["counted as 0"]


def test_no_count_received_differs_from_no_source_at_all(books: OpenBooks) -> None:
    """The RMM counts Elm Foods but not Harbour Dental: a bill without a source. Nobody counts backups: not checked."""
    month = workstations(books, "2", "17.00").customer(OTHER).agreement(OTHER, DEVICES, "8.50")
    month.bill(OTHER, DEVICES, "3", "8.50", "25.50").count(OTHER, DEVICES, "3")
    month.product("Backup", "fixed", "count").agreement(OTHER, "Backup", "20.00").bill(OTHER, "Backup", "1", "20.00")
    result = month.reconcile()
    assert exceptions(result) == [("billed-without-source", CLIENT, Decimal("17.00"), "customer overcharged")]
    told = {item: (row.status, row.amount) for item, row in told_of(result, "Counted products").items()}
    assert told == {
        "counted": ("CHECKED", Decimal("25.50")),
        "no count received": ("CHECKED", Decimal("17.00")),
        "no source counts the product": ("NOT CHECKED", Decimal("20.00")),
    }


def test_a_count_after_period_end_is_ignored(books: OpenBooks) -> None:
    """Nine on 31 October decide, fourteen on 2 November are November's."""
    month = workstations(books, "9", "76.50").count(CLIENT, DEVICES, "9").count(CLIENT, DEVICES, "14", "2026-11-02")
    result = month.reconcile()
    assert exceptions(result) == []
    assert told_of(result, "Counts")["counted after period end"].status == "EXCLUDED"
