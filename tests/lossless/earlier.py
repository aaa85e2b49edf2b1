"""A workbook as an earlier version made it: without a tab, columns, settings and a drop-down; and a user has worked in it."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"
LACKS = {"Draft Lines": 2, "Counts": 1}
"""Table -> how many of its last columns this version did not have."""
SETTINGS_LACKING = 3


def earlier_book(path: Path) -> Path:
    """The workbook; a customer, a column and a note of the user's are in it."""
    book = load_workbook(TEMPLATE)
    book.remove(book["Usage"])
    book.remove(book["Layout"])
    for tab, columns in LACKS.items():
        _narrow(book, tab, columns)
    _shorten_settings(book)
    _work(book)
    book.save(path)
    return path


def _narrow(book: Workbook, tab: str, columns: int) -> None:
    sheet = book[tab]
    table = next(iter(sheet.tables.values()))
    first, last = table.ref.split(":")
    rows = int("".join(filter(str.isdigit, last)))
    width = len(table.tableColumns) - columns
    table.tableColumns = table.tableColumns[:width]
    table.ref = f"{first}:{get_column_letter(width)}{rows}"
    table.autoFilter.ref = f"{first}:{get_column_letter(width)}{rows - (table.totalsRowCount or 0)}"
    gone = {get_column_letter(place) for place in range(width + 1, width + columns + 1)}
    for row in sheet.iter_rows(min_row=4, max_row=rows, min_col=width + 1, max_col=width + columns):
        for cell in row:
            cell.value = None
    rules = sheet.data_validations.dataValidation
    kept = [rule for rule in rules if re.match("[A-Z]+", str(rule.sqref))[0] not in gone]
    sheet.data_validations.dataValidation = kept


def _shorten_settings(book: Workbook) -> None:
    sheet = book["Settings"]
    table = sheet.tables["Settings"]
    last = sheet.max_row
    for row in range(last - SETTINGS_LACKING + 1, last + 1):
        for cell in sheet[row]:
            cell.value = None
    table.ref = table.autoFilter.ref = f"A5:E{last - SETTINGS_LACKING}"
    rules = sheet.data_validations.dataValidation
    gone = {f"B{row}" for row in range(last - SETTINGS_LACKING + 1, last + 1)}
    sheet.data_validations.dataValidation = [rule for rule in rules if str(rule.sqref) not in gone]


def _work(book: Workbook) -> None:
    start = book["Start"]
    place = next(
        cell for row in start.iter_rows(min_col=1, max_col=1, min_row=60) for cell in row if cell.value == "Usage"
    )
    place.value = "Run Log"  # the list of tabs was shorter
    start["B17"], start["B7"] = "A. Preparer", "2026-09"
    customers = book["Customers"]
    customers["A6"], customers["B6"] = "Contoso", "CON"
    customers["V9"] = "beside the table"
    book["Settings"]["B7"] = "2026-10"
    own = book.create_sheet("Our notes", 0)
    own["A1"], own["A2"] = "=COUNTA(Customers[Customer])", "keep this"
