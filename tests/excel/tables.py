"""What changes a table: making one, resizing it, its totals row, its headers."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as TablePart
from openpyxl.worksheet.table import TableColumn, TableStyleInfo

from excel.areas import Area, Shift
from excel.sheet import Sheet
from excel.table import Table, fill_calculated
from excel.values import Content, ExcelError, formula_text


def add_table(sheet: Sheet, area: Area, name: str | None = None) -> Table:
    """Make a table of cells with a header row."""
    free, number = sheet.book.free_table("Table")
    part = TablePart(id=number, displayName=name or free, name=name or free, ref=area.plain)
    part.autoFilter, part.tableStyleInfo = AutoFilter(ref=area.plain), TableStyleInfo(name="TableStyleMedium2")
    table = Table(name or free, area, part)
    sheet.tables.append(table)
    name_headers(sheet, table)
    headers = (str(column[0]) for column in sheet.grid.contents_of(table.header))
    part.tableColumns = [TableColumn(id=number, name=header) for number, header in enumerate(headers, start=1)]
    return table


def resize(sheet: Sheet, table: Table, area: Area) -> None:
    """Give a table another range: the header stays where it is, the totals row moves along."""
    sheet.check_open()
    if (area.top, area.left) != (table.area.top, table.area.left) or area.height < 2 + table.totals:
        raise ExcelError("The header row must remain in the same row, and the table needs a row of data.")
    others = (other for other in sheet.tables if other is not table)
    if any(area.intersect(other.area) for other in others):
        raise ExcelError("A table can't overlap another table.")
    old = table.area
    if table.totals and area.bottom != old.bottom:
        _move_totals(sheet, table, area)
    table.area = area
    table.blank = False
    if area.bottom > old.bottom:
        fill_calculated(sheet, table, old.bottom + 1 - table.totals, area.bottom - table.totals)
    name_headers(sheet, table)


def _move_totals(sheet: Sheet, table: Table, area: Area) -> None:
    old, grid = table.area, sheet.grid
    for number in range(old.left, old.right + 1):
        content, style = grid.content(old.bottom, number), grid.style(old.bottom, number)
        grid.put(old.bottom, number, None)
        grid.put_style(old.bottom, number, grid.style(old.bottom - 1, number))
        grid.put(area.bottom, number, content)
        grid.put_style(area.bottom, number, style)


def show_totals(sheet: Sheet, table: Table, *, shown: bool) -> None:
    """Add or drop the totals row; cells below make room."""
    sheet.check_open()
    area = table.area
    if shown and not table.totals:
        sheet.shift(Shift(area.bottom + 1, area.left, area.right, 1))
        table.area, table.totals = Area(area.top, area.left, area.bottom + 1, area.right), True
    elif table.totals and not shown:
        table.area, table.totals = Area(area.top, area.left, area.bottom - 1, area.right), False
        for number in range(area.left, area.right + 1):
            sheet.grid.put(area.bottom, number, None)


def name_headers(sheet: Sheet, table: Table) -> None:
    """Headers are texts, never empty, and no two alike."""
    known: set[str] = set()
    for number in range(table.area.left, table.area.right + 1):
        text = formula_text(sheet.grid.content(table.area.top, number)) or f"Column{number - table.area.left + 1}"
        tail = 2
        free = text
        while free.casefold() in known:
            free, tail = f"{text}{tail}", tail + 1
        known.add(free.casefold())
        sheet.grid.put(table.area.top, number, free)


def fill(sheet: Sheet, table: Table, rows: Sequence[Sequence[Content]]) -> None:
    """Give a table these rows as they are, without what Excel makes of an input: the fast way to a big table."""
    area, missing = table.rows, len(rows) - table.rows.height
    if table.totals and missing > 0:
        sheet.insert(Area(area.bottom + 1, area.left, area.bottom + missing, area.right))
    elif missing > 0:
        table.area = Area(table.area.top, area.left, area.bottom + missing, area.right)
    sheet.grid.fill(area.top, area.left, rows)
    table.blank = False
