"""LibreOffice and the Open XML SDK open the template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from workbook.office import recalculated, sdk_errors

from recon_xl.contract import ALL_TABLES, layout
from recon_xl.contract.layout import START

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


@pytest.fixture(scope="module")
def filled(template_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A template with three tie-out controls, two client rows in one currency and two drafts in two, recalculated."""
    folder = tmp_path_factory.mktemp("filled")
    book = load_workbook(template_path)
    _fill(book, "Tie-out", [["a", "1", "USD", 5, 5, 0, "OK"], ["b", "1", "USD", 5, 4, -1, "FAIL"], ["c", "2", "USD"]])
    book["Tie-out"]["G8"] = "NOT CHECKED"
    client = ["x", "USD", 1, 2, 2, 10.25, 9.25, -1, 1, 1]
    _fill(book, "Client Summary", [client, ["y", *client[1:]]])
    draft = ["n", "Invoice", "x", "USD", None, None, None, "Draft", None, 1, 10, 1, 11]
    _fill(book, "Drafts", [draft, [*draft[:3], "EUR", *draft[4:]]])
    _fill(book, "Vendor Lines", [[None] * 5 + ["id"] + [None] * 16 + [12.34]])
    book["Start"][START.run_id] = "r1"
    book["Start"][START.input_total] = 99
    for row, name in enumerate(("Ana", "Ben")):
        book["Start"][START.sign_off.cell(row, 1)] = name
        book["Start"][START.sign_off.cell(row, 3)] = date(2025, 8, 1)
    book.save(folder / "filled.xlsx")
    return recalculated(folder / "filled.xlsx", folder)


def _fill(book: Workbook, name: str, rows: Sequence[Sequence[object]]) -> None:
    """Type rows into a table, with its totals row below them."""
    one = next(table for table in ALL_TABLES if table.name == name)
    sheet = book[name]
    totals = [cell.value for cell in sheet[layout.FIRST_ROW + 1]]
    for offset, row in enumerate(rows):
        for position in range(1, len(one.columns) + 1):
            value = row[position - 1] if position <= len(row) else None
            sheet.cell(layout.FIRST_ROW + offset, position).value = value
    last = layout.column_letter(len(one.columns))
    end = layout.FIRST_ROW + len(rows) - 1
    excel = sheet.tables[one.excel_name]
    excel.autoFilter.ref = excel.ref = f"A5:{last}{end}"
    if layout.has_totals(one):
        excel.ref = f"A5:{last}{end + 1}"
        for position, value in enumerate(totals, start=1):
            sheet.cell(end + 1, position).value = value


@pytest.mark.office
def test_every_formula_calculates(template: Workbook, template_path: Path, tmp_path: Path) -> None:
    """No formula of the blank template is an error in LibreOffice, and each equals its cached value."""
    cached = load_workbook(template_path, data_only=True)
    live = recalculated(template_path, tmp_path)
    for sheet in template:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    expected = cached[sheet.title][cell.coordinate].value or None
                    actual = live[sheet.title][cell.coordinate].value or None
                    assert expected == actual, f"{sheet.title}!{cell.coordinate}"


@pytest.mark.office
def test_the_master_check_counts_controls(filled: Workbook) -> None:
    """One failing control, and one that is not checked, show on Start and at the head of every tab."""
    assert filled["Start"][START.master_check].value == "1 FAIL, 1 NOT CHECKED"
    assert {filled[one.sheet][layout.CHECK_CELL].value for one in ALL_TABLES} == {"1 FAIL, 1 NOT CHECKED"}


@pytest.mark.office
def test_totals_add_one_currency_only(filled: Workbook) -> None:
    """A table in one currency is added up; a table in two says so instead."""
    assert [filled["Client Summary"][cell].value for cell in ("A8", "B8", "F8", "H8")] == ["Total", 2, 20.5, -2]
    assert [filled["Drafts"][cell].value for cell in ("B8", "K8", "M8")] == [2, "by currency", "by currency"]
    assert filled["Tie-out"]["B9"].value == 3


@pytest.mark.office
def test_the_banner_notices_changed_inputs(filled: Workbook) -> None:
    """Inputs that differ from the last run raise the banner."""
    assert filled["Start"][START.input_total_now].value == 13.34
    assert filled["Start"][START.banner].value.startswith("INPUTS CHANGED SINCE THE LAST RUN")


@pytest.mark.office
def test_a_change_suspends_the_sign_off(filled: Workbook) -> None:
    """Two signatures do not hold once the inputs differ."""
    assert filled["Start"][START.sign_off_status].value == "SUSPENDED: changed since it was signed"


@pytest.mark.node
def test_the_open_xml_sdk_finds_no_error(template_path: Path) -> None:
    """Microsoft's validator accepts the template."""
    assert sdk_errors(template_path) == []
