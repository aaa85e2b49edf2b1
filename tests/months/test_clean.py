"""A clean month is quiet: no exceptions, no rounding, everything ties out; however hard the month is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from recon_xl.report.result import Result
from recon_xl.sample import Month, generate_month

Run = Callable[[Month], Result]
PERIODS = ("2026-10", "2027-02", "2027-03", "2026-12", "2028-02")


def assert_quiet(result: Result) -> None:
    loud = [
        (finding.rule, finding.hit.customer, finding.hit.product, finding.hit.expected, finding.hit.billed)
        for finding in result.findings
        if finding.rule != "timing"
    ]
    assert loud == []
    assert not result.remarks
    assert [
        control for control in result.controls if not control.ok and not (control.ok is None and control.tolerance)
    ] == []


@pytest.mark.parametrize("seed", range(20))
def test_a_clean_month_gives_no_exception(reconciled: Run, seed: int) -> None:
    """Straddling cycles, prepaid years, credits, free trials, cents: lawful, so not a word but timing."""
    result = reconciled(generate_month(seed, period=PERIODS[seed % len(PERIODS)]))
    assert_quiet(result)
    assert any(finding.rule == "timing" for finding in result.findings)


@pytest.mark.parametrize("currencies", [("USD",), ("EUR",), ("EUR", "USD"), ("GBP", "USD"), ("USD", "EUR", "GBP")])
def test_a_clean_month_in_other_currencies(reconciled: Run, currencies: tuple[str, ...]) -> None:
    """One vendor currency or three; clients billed in yen and dinar; rates known only the other way round."""
    assert_quiet(reconciled(generate_month(31, 400, currencies=currencies)))


def test_blank_amount_and_currency_mean_the_clients_own(reconciled: Run) -> None:
    """Quantity x unit price in the client's currency, to its own minor unit: dinar have three digits, yen none."""
    month = generate_month(1, currencies=("USD",))
    assert {"JPY", "KWD"} <= {row["Currency"] for row in month.mapping["Customers"]}
    assert_quiet(reconciled(replace(month, billed=[_without_amount(row) for row in month.billed])))


def _without_amount(row: dict[str, str]) -> dict[str, str]:
    if not row["Unit Price"] or not row["Amount"]:
        return row | {"Currency": ""}
    same = Decimal(row["Quantity"]) * Decimal(row["Unit Price"]) == Decimal(row["Amount"])
    return row | {"Currency": "", "Amount": "" if same else row["Amount"]}


def test_a_clean_month_of_ten_thousand_lines(reconciled: Run) -> None:
    """Some eight hundred clients, without one false alarm."""
    month = generate_month(7, 10_000)
    assert month.vendor_line_count >= 10_000
    assert_quiet(reconciled(month))
