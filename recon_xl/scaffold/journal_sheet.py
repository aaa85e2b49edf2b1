"""The hidden Journal sheet: headers and one blank row; each step appends its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recon_xl.contract.journal import JOURNAL
from recon_xl.contract.layout import FIRST_ROW, column_letter
from recon_xl.contract.model import HEADER_ROW
from recon_xl.scaffold import page
from recon_xl.scaffold.tables import excel_table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def add_journal_sheet(workbook: Workbook, number: int) -> None:
    """Add the sheet, so hidden that only a program shows it; `number` is its table's id."""
    sheet = workbook.create_sheet(JOURNAL.sheet)
    sheet.sheet_state = "veryHidden"
    letters = [column_letter(place) for place in range(1, len(JOURNAL.columns) + 1)]
    page.widths(sheet, {letter: float(one.width) for letter, one in zip(letters, JOURNAL.columns, strict=True)})
    page.put(sheet, "A1", JOURNAL.purpose, "Note")
    for letter, one in zip(letters, JOURNAL.columns, strict=True):
        page.put(sheet, f"{letter}{HEADER_ROW}", one.name, "Block Header")
        page.put(sheet, f"{letter}{FIRST_ROW}", None, "Body")
    excel_table(sheet, JOURNAL, number)
