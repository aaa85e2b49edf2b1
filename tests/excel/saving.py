"""A workbook of the model into a file, through openpyxl."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.dimensions import ColumnDimension, DimensionHolder, RowDimension
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet

from excel.sheet import RowLook, Ruled, Sheet
from excel.values import Content, ErrorValue, Formula
from excel.workbook_model import Book
from excel.xlsx import PRINT_AREA, PRINT_TITLES


def save(book: Book, path: Path) -> Path:
    """Write a workbook, to look at it with other eyes. Results of formulas are not in the file."""
    carrier = book.carrier
    for sheet in book.sheets:
        sheet.carrier._WorkbookChild__title = sheet.name
        sheet.carrier.sheet_state = sheet.visible
        _write_cells(sheet)
        _write_looks(sheet)
        _write_parts(sheet)
    carrier._sheets = [sheet.carrier for sheet in book.sheets]
    carrier.active = book.sheets.index(book.active)
    for worksheet in carrier.worksheets:
        worksheet.sheet_view.tabSelected = worksheet is book.active.carrier
    carrier.defined_names.clear()
    for name, text in book.names.items():
        carrier.defined_names[name] = DefinedName(name, attr_text=text)
    carrier.save(path)
    return path


def _write_cells(sheet: Sheet) -> None:
    worksheet, known = sheet.carrier, sheet.book.carrier._cell_styles
    worksheet._cells = {}
    for row, column, content, style in sheet.grid.cells():
        cell = Cell(worksheet, row, column)
        cell._value, cell.data_type = _stored(content)
        cell._style = copy(known[sheet.grid.style(row, column) if style is None else style])
        worksheet._cells[row, column] = cell
    for mark in sheet.marks:
        cell = worksheet._cells.get((mark.area.top, mark.area.left))
        if cell is None:
            continue
        part = copy(mark.part)
        if hasattr(part, "ref"):
            part.ref = mark.area.plain
            cell._hyperlink = part
        else:
            cell.comment = part


def _stored(content: Content) -> tuple[Any, str]:
    if isinstance(content, Formula):
        return content.text, "f"
    if isinstance(content, ErrorValue):
        return content.text, "e"
    if isinstance(content, bool):
        return content, "b"
    return content, "s" if isinstance(content, str) else "n"


def _write_looks(sheet: Sheet) -> None:
    worksheet = sheet.carrier
    worksheet.row_dimensions = DimensionHolder(worksheet, default_factory=lambda: RowDimension(worksheet))
    for row in sheet.rows.keys() | sheet.grid.row_styles.keys():
        look = sheet.rows.get(row, RowLook())
        style = sheet.grid.row_styles.get(row)
        worksheet.row_dimensions[row] = RowDimension(
            worksheet, row, ht=look.height, hidden=look.hidden, outlineLevel=look.outline, s=style
        )
    for number, style in sheet.grid.column_styles.items():
        _dimension(worksheet, number)._style = copy(sheet.book.carrier._cell_styles[style])


def _dimension(worksheet: Worksheet, number: int) -> ColumnDimension:
    """The dimension that covers a column; one may cover several."""
    for dimension in worksheet.column_dimensions.values():
        if (dimension.min or 0) <= number <= (dimension.max or 0):
            return dimension
    new = ColumnDimension(worksheet, get_column_letter(number), min=number, max=number)
    dict.__setitem__(worksheet.column_dimensions, new.index, new)
    return new


def _write_parts(sheet: Sheet) -> None:
    worksheet = sheet.carrier
    worksheet.conditional_formatting = ConditionalFormattingList()
    for ruled in sheet.rules:
        for rule in ruled.parts:
            worksheet.conditional_formatting.add(_sqref(ruled), rule)
    worksheet.data_validations = DataValidationList()
    for ruled in sheet.validations:
        validation = copy(ruled.parts[0])
        validation.sqref = MultiCellRange(_sqref(ruled))
        worksheet.data_validations.append(validation)
    worksheet._tables = TableList()
    for table in sheet.tables:
        numbers = range(table.area.left, table.area.right + 1)
        worksheet._tables.add(table.written([str(sheet.grid.content(table.area.top, number)) for number in numbers]))
    worksheet.merged_cells.ranges = {MergedCellRange(worksheet, area.plain) for area in sheet.merged}
    worksheet.defined_names.clear()
    for name, text in sheet.names.items():
        if name not in (PRINT_AREA, PRINT_TITLES):
            worksheet.defined_names[name] = DefinedName(name, attr_text=text)
    _write_printed(sheet)


def _write_printed(sheet: Sheet) -> None:
    worksheet = sheet.carrier
    parts = [part.rpartition("!")[2] for part in sheet.names.get(PRINT_AREA, "").split(",")]
    worksheet.print_area = [part for part in parts if part and "#" not in part]
    for part in sheet.names.get(PRINT_TITLES, "").split(","):
        where = part.rpartition("!")[2].replace("$", "")
        if where and where[0].isdigit():
            worksheet.print_title_rows = where
        elif where:
            worksheet.print_title_cols = where


def _sqref(ruled: Ruled) -> str:
    return " ".join(area.plain for area in ruled.areas)
