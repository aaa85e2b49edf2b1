"""Small workbooks for the tests: one with a table like ours among the user's own things, and raw packages."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo

from recon_xl.ooxml import WorkbookEditor, open_workbook, save

SHEET = "Exceptions"
TABLE = "Exceptions"
COLUMNS = ("Key", "Amount", "Why", "Note")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def month_end(path: Path, rows: list[list[object]] | None = None, *, totals: bool = False) -> Path:
    """Write a workbook with our table in A5:D…, the user's sheet with a chart, and a hidden draft template."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"] = "Exceptions"
    sheet["B3"] = "not run"
    sheet["B3"].font = Font(bold=True)
    data = rows or [[None, None, None, None]]
    for column, header in enumerate(COLUMNS, 1):
        sheet.cell(5, column, header)
        for number, row in enumerate(data, 6):
            cell = sheet.cell(number, column, row[column - 1])
            cell.number_format = "#,##0.00" if header == "Amount" else "@"
    last = 5 + len(data) + totals
    table = Table(displayName=TABLE, ref=f"A5:D{last}", tableStyleInfo=TableStyleInfo(name="TableStyleMedium2"))
    if totals:
        _add_totals(sheet, table, last)
    sheet.add_table(table)
    validation = DataValidation(type="list", formula1='"Open,Fixed"', sqref="D6:D5000")
    sheet.add_data_validation(validation)
    _add_user_sheet(book)
    _add_template(book)
    book.defined_names["Total"] = DefinedName("Total", attr_text=f"{SHEET}!$B$3")
    book.save(path)
    return path


def _add_totals(sheet, table: Table, last: int) -> None:
    table._initialise_columns()
    for column, header in zip(table.tableColumns, COLUMNS, strict=True):
        column.name = header
    table.totalsRowCount = 1
    table.autoFilter.ref = f"A5:D{last - 1}"
    table.tableColumns[0].totalsRowLabel = "Total"
    table.tableColumns[1].totalsRowFunction = "sum"
    sheet.cell(last, 1, "Total").font = Font(bold=True)
    sheet.cell(last, 2, f"=SUBTOTAL(109,{TABLE}[Amount])").number_format = "0.0"


def _add_user_sheet(book: Workbook) -> None:
    mine = book.create_sheet("My sheet")
    for number in range(1, 6):
        mine.append([f"row {number}", number * 1.5])
    mine["D1"] = f"={SHEET}!B3"
    chart = BarChart()
    chart.add_data(Reference(mine, min_col=2, min_row=1, max_row=5))
    mine.add_chart(chart, "F2")


def _add_template(book: Workbook) -> None:
    template = book.create_sheet("Draft Template")
    template["A1"] = "DRAFT INVOICE"
    template["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    template["A4"] = "Product"
    template.cell(5, 1).number_format = "@"
    template.cell(5, 2).number_format = "#,##0.00"
    template["C5"] = "=A5&B5"
    template.row_dimensions[5].height = 22
    template["A6"] = "Total"
    template.sheet_state = "hidden"


def add_user_column(path: Path, header: str, values: list[object], *, formula: str | None = None) -> None:
    """Widen our table by a column of the user's, in column E."""
    book = load_workbook(path)
    sheet = book[SHEET]
    table = sheet.tables[TABLE]
    sheet.cell(5, 5, header)
    for number, value in enumerate(values, 6):
        sheet.cell(number, 5, value)
    table.ref = table.ref.replace(":D", ":E")
    table.autoFilter.ref = table.autoFilter.ref.replace(":D", ":E")
    column = TableColumn(id=5, name=header)
    if formula:
        column.calculatedColumnFormula = TableFormula(attr_text=formula)
    table.tableColumns.append(column)
    book.save(path)


def edit_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of one part of a package, whatever that breaks."""
    edit_package(path, {part: change(read_parts(path)[part].decode("utf-8")).encode()})


def edit_package(path: Path, parts: Mapping[str, bytes | None]) -> None:
    """Replace, add or (None) drop parts of a package."""
    old = read_parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in {**old, **parts}.items():
            if data is not None:
                out.writestr(name, data)


def read_parts(path: Path) -> dict[str, bytes]:
    """All parts of a package by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet_xml(rows: str) -> bytes:
    """Return a worksheet part around the XML of its rows."""
    document = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


def book_of(path: Path, rows: str, strings: str | None = None) -> Path:
    """Write a workbook whose only sheet, "S", has these rows, and optionally a part of shared strings."""
    book = Workbook()
    book.active.title = "S"
    book.save(path)
    edit_package(path, {"xl/worksheets/sheet1.xml": sheet_xml(rows)})
    if strings is not None:
        add_shared_strings(path, strings)
    return path


def add_shared_strings(path: Path, strings: str) -> None:
    """Give a workbook the part of shared strings that Excel always writes."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    edit_package(path, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()})
    edit_part(
        path,
        "[Content_Types].xml",
        lambda text: text.replace(
            "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        ),
    )
    edit_part(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda text: text.replace(
            "</Relationships>", f'<Relationship Id="rIdS" Type="{link}" Target="sharedStrings.xml"/></Relationships>'
        ),
    )


def saved(editor: WorkbookEditor, path: Path) -> Path:
    """Save an edited workbook over its own file."""
    save(editor, path, expected_hash=editor.source_hash, source=path)
    return path


def table_values(path: Path, table: str = TABLE) -> list[list[object]]:
    """Return the cells of a table's data rows."""
    with open_workbook(path) as book:
        return [cells for _number, cells in book.table_rows(table)]


def cell(path: Path, sheet: str, ref: str) -> object:
    """One cell of a saved workbook, None when it is empty."""
    letters = ref.rstrip("0123456789")
    row = int(ref[len(letters) :])
    column = next(number for number in range(1, 100) if get_column_letter(number) == letters)
    with open_workbook(path) as book:
        for _number, cells in book.rows(sheet, row, row):
            return cells[column - 1] if column <= len(cells) else None
    return None
