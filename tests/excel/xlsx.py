"""Workbooks from files and into files, through openpyxl."""

from __future__ import annotations

import datetime as dt
import hashlib
import pickle
from copy import copy, deepcopy
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from excel.areas import Area, area_of
from excel.sheet import Mark, RowLook, Ruled, Sheet
from excel.table import Table
from excel.values import Content, ErrorValue, Formula, Plain
from excel.workbook_model import App, Book

PRINT_AREA, PRINT_TITLES = "Print_Area", "Print_Titles"


def load(path: Path, app: App | None = None) -> Book:
    """Open a workbook: formulas with the results that the file holds. One of the same bytes opened before opens at once."""
    book: Book = pickle.loads(_packed(path))  # noqa: S301
    book.path = path
    if app:
        book.app, app.active = app, book
        app.books.append(book)
    return book


def _packed(path: Path) -> bytes:
    """The book as it was read when a file of these bytes was opened first, wherever it lay."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    packed = _opened.pop(digest, None) or pickle.dumps(_read(path))
    _opened[digest] = packed
    while len(_opened) > _KEPT:
        del _opened[next(iter(_opened))]
    return packed


_KEPT = 12
_opened: dict[bytes, bytes] = {}


def _read(path: Path) -> Book:
    carrier = load_workbook(path)
    cached = load_workbook(path, data_only=True)
    book = Book(App(), path, carrier)
    for worksheet in carrier.worksheets:
        sheet = Sheet(book, worksheet.title, worksheet, visible=worksheet.sheet_state)
        book.sheets.append(sheet)
        _read_cells(sheet, cached[worksheet.title])
        _read_parts(sheet)
        worksheet._cells = {}
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
