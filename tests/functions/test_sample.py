"""The functions on the sample workbook, on its ranges as Excel would hand them over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from functions.formulas import column, serial
from recon_xl.contract.layout import START
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call

SAMPLE = Path(__file__).parents[2] / "workbook_templates" / "month_end_sample.xlsx"
Cells = tuple[tuple[object, ...], ...]


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The sample month, with the values that its run cached."""
    return load_workbook(SAMPLE, data_only=True)


def whole(book: Workbook, name: str) -> Cells:
    """A table with header and totals: `Exceptions[#All]`."""
    sheet = next(sheet for sheet in book.worksheets if name in sheet.tables)
    return tuple(tuple(_arrives(cell.value) for cell in row) for row in sheet[sheet.tables[name].ref])


def records(cells: Cells) -> Iterator[dict[object, object]]:
    """The rows of a table between header and totals."""
    return (dict(zip(cells[0], row, strict=True)) for row in cells[1:] if row[0] not in (None, "Total"))


def _arrives(value: object) -> object:
    """A cell as `Value2` gives it: every number a float, a day its number."""
    if isinstance(value, datetime | date):
        return serial(value.date() if isinstance(value, datetime) else value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return ErrorText(value) if isinstance(value, str) and value.startswith("#") else value


def test_the_master_check_is_the_one_on_start(book: Workbook) -> None:
    """One formula over Tie-out, and one function."""
    assert book["Start"][START.master_check].value == call("RECON_TIEOUT", [whole(book, "TieOut")])


def test_each_invoice_is_out_by_what_its_controls_say(book: Workbook) -> None:
    """0 where all hold, the difference where one fails, #N/A where one was not checked."""
    tie_out = whole(book, "TieOut")
    invoices = sorted({str(row["Invoice"]) for row in records(tie_out) if row["Invoice"]})
    answers = call("RECON_TIEOUT", [tie_out, column(*invoices)])
    assert isinstance(answers, tuple)
    for invoice, (answer,) in zip(invoices, answers, strict=True):
        words = {row["Check"]: row["Difference"] for row in records(tie_out) if row["Invoice"] == invoice}
        assert answer == words.get("FAIL", "#N/A" if "NOT CHECKED" in words else 0.0)


def test_coverage_is_the_sentence_on_start(book: Workbook) -> None:
    """`48 of 50 client and product pairs checked` is 0.96."""
    sentence = str(book["Start"][START.coverage].value)
    checked, every = (int(word) for word in sentence.split() if word.isdigit())
    assert checked / every == call("RECON_COVERAGE", [whole(book, "Coverage")])


def test_every_finding_explains_itself(book: Workbook) -> None:
    """Reason, disposition and variance of each key are those of its row."""
    exceptions = whole(book, "Exceptions")
    rows = list(records(exceptions))
    keys = column(*(row["Key"] for row in rows))
    assert column(*(row["Why"] for row in rows)) == call("RECON_EXPLAIN", [keys, exceptions])
    assert column(*(row["Disposition"] for row in rows)) == call("RECON_STATUS", [keys, exceptions])
    variances = column(*("#N/A" if row["Variance"] is None else row["Variance"] for row in rows))
    assert variances == call("RECON_VARIANCE", [keys, exceptions])


def test_margins_are_those_of_the_tab(book: Workbook) -> None:
    """What a percent cell of Margin holds, where a cost is known."""
    rows = [row for row in records(whole(book, "Margin")) if row["Cost"] and row["Revenue"]]
    revenues, costs = (column(*(row[name] for row in rows)) for name in ("Revenue", "Cost"))
    for name, header in (("RECON_MARGIN", "Margin %"), ("RECON_MARKUP", "Markup %")):
        answers = call(name, [revenues, costs])
        assert isinstance(answers, tuple)
        assert [row[header] for row in rows] == pytest.approx([answer for (answer,) in answers], abs=0.00005)


def test_draft_lines_are_taxed_alike(book: Workbook) -> None:
    """Net, rate and currency of each line give its tax."""
    rows = [row for row in records(whole(book, "DraftLines")) if row["Tax"] is not None]
    nets, rates, codes = (column(*(row[name] for row in rows)) for name in ("Net", "Tax Rate", "Currency"))
    assert column(*(row["Tax"] for row in rows)) == call("RECON_TAX", [nets, rates, codes])


def test_customers_are_found_by_their_tenants(book: Workbook) -> None:
    """Every id on Customers leads to its client, as a run maps it."""
    customers = whole(book, "Customers")
    for row in records(customers):
        for tenant in str(row["Vendor Customer Ids"] or "").split(";"):
            if tenant.strip():
                found = call("RECON_MAP", [tenant.strip(), customers, "Vendor Customer Ids", "Customer"])
                assert row["Customer"] == found


def test_seats_are_those_of_the_lines(book: Workbook) -> None:
    """Every subscription of the sample has seats, or has only usage and one-time charges."""
    rows = list(records(whole(book, "VendorLines")))
    headers = ("Subscription Id", "Billable Quantity", "Subtotal", "Charge Type", "Charge End Date", "Order Date")
    columns = [column(*(row[header] for row in rows)) for header in (*headers, "Effective Unit Price")]
    answers = call("RECON_SEATS", [columns[0], *columns])
    assert isinstance(answers, tuple)
    assert not [cell for (cell,) in answers if isinstance(cell, str) and cell]
