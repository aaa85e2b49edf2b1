"""A small workbook for the stories of the model."""

from __future__ import annotations

from pathlib import Path

from openpyxl.worksheet.table import TableFormula

from excel.areas import area_of
from excel.tables import add_table
from excel.workbook_model import Book
from excel.writing import write
from excel.xlsx import blank

STOCK = [["Pear", 2.0, 10.0], ["Plum", 3.0, 20.0], ["Fig", 4.0, 30.0]]


def book_with_table() -> Book:
    """`Stock` holds a table of three rows and a totals row in A5:C9, the third column calculated; `Other` is empty."""
    book = blank(Path("stock.xlsx"), "Stock", "Other")
    sheet = book.sheets[0]
    write(sheet, area_of("A5:C5"), [["Fruit", "Boxes", "Worth"]])
    write(sheet, area_of("A6:C8"), STOCK)
    write(sheet, area_of("A9:C9"), [["Total", "=SUBTOTAL(109,Stock[Boxes])", "=SUBTOTAL(109,Stock[Worth])"]])
    table = add_table(sheet, area_of("A5:C9"), "Stock")
    table.totals = True
    table.part.tableColumns[2].calculatedColumnFormula = TableFormula(attr_text="Stock[[#This Row],[Boxes]]*10")
    return book
