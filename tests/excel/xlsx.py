"""Workbooks from files and into files, through openpyxl."""

from __future__ import annotations

import datetime as dt
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.dimensions import DimensionHolder, RowDimension
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.table import TableList
from openpyxl.worksheet.worksheet import Worksheet

from excel.areas import Area, area_of
from excel.sheet import Mark, RowLook, Ruled, Sheet
from excel.table import Table
from excel.values import Content, ErrorValue, Formula, Plain
from excel.workbook_model import App, Book

PRINT_AREA, PRINT_TITLES = "Print_Area", "Print_Titles"


def load(path: Path, app: App | None = None) -> Book:
    """Open a workbook: formulas with the results that the file holds."""
    carrier = load_workbook(path)
    cached = load_workbook(path, data_only=True)
    book = Book(app or App(), path, carrier)
    for worksheet in carrier.worksheets:
        sheet = Sheet(book, worksheet.title, worksheet, visible=worksheet.sheet_state)
        book.sheets.append(sheet)
        _read_cells(sheet, cached[worksheet.title])
        _read_parts(sheet)
    book.names = {name: defined.attr_text for name, defined in carrier.defined_names.items()}
    book.active = book.sheet(carrier.active.title)
    return book


def blank(path: Path, *sheets: str) -> Book:
    """An empty workbook, not on disk."""
    carrier = Workbook()
    carrier.remove(carrier.active)
    book = Book(App(), path, carrier)
    for name in sheets or ("Sheet1",):
        book.add_sheet(len(book.sheets), name)
    book.active = book.sheets[0]
    return book


def _read_cells(sheet: Sheet, cached: Worksheet) -> None:
    epoch = sheet.book.carrier.epoch
    for (row, column), cell in sheet.carrier._cells.items():
        content = _content(cell, cached._cells.get((row, column)), epoch)
        if content is not None:
            sheet.grid.put(row, column, content)
        sheet.grid.put_style(row, column, cell.style_id)
        area = Area(row, column, row, column)
        sheet.marks += [Mark(area, part) for part in (cell._hyperlink, cell._comment) if part]


def _content(cell: Cell, cached: Cell | None, epoch: dt.datetime) -> Content:
    if cell.data_type != "f":
        return _plain(cell, epoch)
    text = cell.value.text if isinstance(cell.value, ArrayFormula) else str(cell.value)
    return Formula(text, _plain(cached, epoch) if cached else None)


def _plain(cell: Cell, epoch: dt.datetime) -> Plain:
    value = cell.value
    if cell.data_type == "e":
        return ErrorValue(str(value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return float(to_excel(value, epoch))
    return str(value)


def _read_parts(sheet: Sheet) -> None:
    worksheet = sheet.carrier
    for dimension in worksheet.column_dimensions.values():
        if dimension.style_id:
            for number in range(dimension.min or 1, (dimension.max or 1) + 1):
                sheet.grid.column_styles[number] = dimension.style_id
    for row, look in worksheet.row_dimensions.items():
        sheet.rows[row] = RowLook(look.height, bool(look.hidden), look.outlineLevel or 0)
        if look.style_id:
            sheet.grid.row_styles[row] = look.style_id
    for formatting in worksheet.conditional_formatting:
        sheet.rules.append(Ruled(_areas(formatting.sqref), deepcopy(list(formatting.rules))))
    for validation in worksheet.data_validations.dataValidation:
        sheet.validations.append(Ruled(_areas(validation.sqref), [copy(validation)]))
    for part in worksheet.tables.values():
        area = area_of(part.ref)
        sheet.tables.append(Table(part.displayName, area, part, bool(part.totalsRowCount), bool(part.insertRow)))
    sheet.merged = _areas(worksheet.merged_cells)
    sheet.names = {name: defined.attr_text for name, defined in worksheet.defined_names.items()}
    printed = {PRINT_AREA: worksheet.print_area, PRINT_TITLES: worksheet.print_titles}
    sheet.names |= {name: text for name, text in printed.items() if text}


def _areas(ranges: MultiCellRange) -> list[Area]:
    return [Area(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges.ranges]


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
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        dimension._style = copy(sheet.book.carrier._cell_styles[style])


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
