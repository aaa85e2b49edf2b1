"""The hidden Layout sheet: one row a table, formulas that say where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recon_xl.contract import places
from recon_xl.contract.catalogue import EVERY_TABLE
from recon_xl.scaffold import page

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

WORDS = "Where every table stands. recon-xl reads this sheet when the workbook is open in Excel; leave it as it is."
WIDTHS: dict[str, float] = {"A": 22, "B": 12, "C": 14, "D": 10, "E": 11, "F": 12, "G": 9, "H": 22, "I": 10}


def add_layout_sheet(workbook: Workbook) -> None:
    """Add the sheet, so hidden that only a program shows it."""
    sheet = workbook.create_sheet(places.LAYOUT_SHEET)
    sheet.sheet_state = "veryHidden"
    page.widths(sheet, WIDTHS)
    page.put(sheet, "A1", WORDS, "Note")
    for row, label, formula in (
        (2, "Sheets", places.SHEET_COUNT_FORMULA),
        (3, "1904 dates", places.DATE1904_FORMULA),
    ):
        page.put(sheet, f"A{row}", label, "Label")
        page.put(sheet, f"B{row}", f"={formula}", "Body")
    for letter, title in zip(WIDTHS, places.LAYOUT_HEADERS, strict=True):
        page.put(sheet, f"{letter}{places.LAYOUT_HEADER_ROW}", title, "Block Header")
    for row, table in enumerate(EVERY_TABLE, places.FIRST_PLACE_ROW):
        page.put(sheet, f"A{row}", table.name, "Body")
        for letter, formula in zip("BCDEFGHI", places.place_formulas(table), strict=True):
            page.put(sheet, f"{letter}{row}", f"={formula}", "Body")
