"""The Tie-out tab: every control with live formulas where its totals trace to rows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.control import Control
from recon_xl.engine.inputs import Inputs
from recon_xl.report.result import Result
from recon_xl.report.values import money, ref, rows_change, this_row
from recon_xl.tieout.controls import COUNTED, INDEX, VENDOR_TOTAL

NAME = "Tie-out"

_DIFFERENCE = f'IF({this_row(NAME, "Expected")}="","",ROUND({this_row(NAME, "Actual")}-{this_row(NAME, "Expected")},4))'
_CHECK = f'IF({this_row(NAME, "Expected")}="","NOT CHECKED",IF({this_row(NAME, "Difference")}=0,"OK","FAIL"))'
_BY_CURRENCY = this_row(NAME, "Currency")


def tie_out(result: Result, inputs: Inputs) -> ReplaceRows:
    """One row a control."""
    live = _LiveTotals(inputs)
    records: list[dict[str, Value]] = []
    for control in result.controls:
        expected, actual = live.formulas(control)
        records.append(
            {
                "Control": control.name,
                "Invoice": control.invoice or None,
                "Currency": control.currency,
                "Expected": _amount(expected, control.expected, control.currency),
                "Actual": _amount(actual, control.actual, control.currency),
                "Difference": Formula(
                    _DIFFERENCE, "" if control.difference is None else money(control.difference, control.currency)
                ),
                "Check": Formula(_check(control), control.word),
                "Note": control.note,
            }
        )
    return rows_change(NAME, records)


def _check(control: Control) -> str:
    """The live word; the vendor's own rounding is allowed where a control says how much."""
    if not control.tolerance:
        return _CHECK
    difference = this_row(NAME, "Difference")
    return _CHECK.replace(f"{difference}=0", f"ABS({difference})<={control.tolerance:f}")


def _amount(formula: str | None, amount: Decimal | None, currency: str) -> Value:
    value = money(amount, currency)
    return value if formula is None or value is None else Formula(formula, value)


class _LiveTotals:
    """Formulas for controls whose totals a SUMIFS over the workbook gives; only where it does give them."""

    def __init__(self, inputs: Inputs) -> None:
        self._read = _sums(inputs, "Vendor Lines", "Invoice Number", "Total")
        self._typed = _sums(inputs, "Sources", "Invoice", "Control Total")

    def formulas(self, control: Control) -> tuple[str | None, str | None]:
        """Formulas of expected and actual; None where the value is written as it is."""
        if control.name == VENDOR_TOTAL:
            key = (control.invoice, control.currency)
            expected = (
                _by_invoice("Sources", "Control Total", "Invoice") if self._typed.get(key) == control.expected else None
            )
            actual = (
                _by_invoice("Vendor Lines", "Total", "Invoice Number")
                if self._read.get(key) == control.actual
                else None
            )
            return expected, actual
        if control.name == INDEX:
            return _by_currency("Drafts", "Net"), _by_currency("Draft Lines", "Net", _DRAFTED)
        if control.name == COUNTED:
            return None, _by_currency("Draft Lines", "Net", f'{_DRAFTED},{ref("Draft Lines", "Kind")},"count"')
        return None, None


_DRAFTED = f',{ref("Draft Lines", "Status")},"Drafted"'


def _by_currency(table: str, amount: str, more: str = "") -> str:
    return f"SUMIFS({ref(table, amount)},{ref(table, 'Currency')},{_BY_CURRENCY}{more})"


def _by_invoice(table: str, amount: str, invoice: str) -> str:
    by = f"{ref(table, invoice)},{this_row(NAME, 'Invoice')},{ref(table, 'Currency')},{_BY_CURRENCY}"
    return f"SUMIFS({ref(table, amount)},{by})"


def _sums(inputs: Inputs, table: str, invoice: str, amount: str) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    columns = (inputs.column(table, invoice), inputs.column(table, "Currency"), inputs.column(table, amount))
    for number, currency, value in zip(*columns, strict=True):
        if value is not None:
            sums[number or "", currency or ""] += value
    return sums
