"""Copies: of a range to another place, and of a whole sheet."""

from __future__ import annotations

from copy import copy, deepcopy
from typing import TYPE_CHECKING

from excel.areas import Area
from excel.references import after_rename, copied
from excel.sheet import VERY_HIDDEN, VISIBLE, Mark, Ruled, Sheet
from excel.values import Content, ExcelError, Formula

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CARRIED = ("sheet_format", "sheet_properties", "page_margins", "page_setup", "print_options", "views", "HeaderFooter")
CARRIED += ("protection", "row_breaks", "col_breaks", "legacy_drawing", "auto_filter")


def copy_range(source: Sheet, area: Area, target: Sheet, onto: Area) -> None:
    """Copy values, formulas, looks, formats, validations and links; repeated where the target is a multiple in size."""
    target.check_open()
    down = onto.height // area.height if onto.height % area.height == 0 else 1
    across = onto.width // area.width if onto.width % area.width == 0 else 1
    block = _lifted(source, area)
    for row in range(down):
        for column in range(across):
            place = Area(onto.top + row * area.height, onto.left + column * area.width, 0, 0)
            _lay(block, source, area, target, (place.top, place.left))


Block = list[tuple[list[Content], list[int]]]


def _lifted(source: Sheet, area: Area) -> Block:
    columns = enumerate(source.grid.contents_of(area), start=area.left)
    return [(contents, source.grid.styles_of(area, number)) for number, contents in columns]


def _lay(block: Block, source: Sheet, area: Area, target: Sheet, place: tuple[int, int]) -> None:
    rows, columns = place[0] - area.top, place[1] - area.left
    for number, (contents, styles) in enumerate(block, start=place[1]):
        cells = target.grid.column(number)
        cells.reach(place[0] + len(contents) - 1)
        moved = [_moved(target, content, rows, columns) for content in contents]
        cells.contents[place[0] - 1 : place[0] - 1 + len(contents)] = moved
        cells.styles[place[0] - 1 : place[0] - 1 + len(styles)] = styles
    for name in ("rules", "validations"):
        _spread(getattr(source, name), area, getattr(target, name), (rows, columns), same=source is target)
    links = [mark for mark in source.marks if area.contains(mark.area)]
    target.marks += [Mark(mark.area.offset(rows, columns), copy(mark.part)) for mark in links]
    if area.whole_rows:
        _copy_looks(source, area, target, rows)


def _moved(target: Sheet, content: Content, rows: int, columns: int) -> Content:
    if type(content) is not Formula:
        return content
    return target.book.formula(target, copied(content.text, rows, columns), content.value)


def _spread(source: list[Ruled], area: Area, target: list[Ruled], by: tuple[int, int], *, same: bool) -> None:
    """A format that already covers the target is left as it is."""
    for ruled in list(source):
        for part in [piece for one in ruled.areas if (piece := one.intersect(area))]:
            moved = part.offset(*by)
            if same and any(one.contains(moved) for one in ruled.areas):
                continue
            if same:
                ruled.areas.append(moved)
            else:
                target.append(Ruled([moved], deepcopy(ruled.parts)))


def _copy_looks(source: Sheet, area: Area, target: Sheet, rows: int) -> None:
    for row in range(area.top, area.bottom + 1):
        if row in source.rows:
            target.rows[row + rows] = copy(source.rows[row])
        else:
            target.rows.pop(row + rows, None)


def copy_sheet(source: Sheet, position: int) -> Sheet:
    """Copy a sheet with everything on it. The copy of a hidden sheet is hidden too; a very hidden one can't be copied."""
    if source.visible == VERY_HIDDEN:
        raise ExcelError("Copy method of Worksheet class failed")
    book = source.book
    book.check_open()
    name = _free_name(source)
    new = Sheet(book, name, book.carrier_sheet(name), visible=source.visible, selection=source.selection)
    carry(source.carrier, new.carrier)
    _copy_cells(source, new)
    new.rows = {row: copy(look) for row, look in source.rows.items()}
    for ruled in source.rules:
        new.rules.append(Ruled(list(ruled.areas), deepcopy(ruled.parts)))
    for ruled in source.validations:
        new.validations.append(Ruled(list(ruled.areas), deepcopy(ruled.parts)))
    new.marks = [Mark(mark.area, copy(mark.part)) for mark in source.marks]
    new.merged = list(source.merged)
    _copy_names(source, new)
    book.sheets.insert(position, new)
    for table in source.tables:
        new.tables.append(table.copied(*book.free_table(table.name)))
    if new.visible == VISIBLE:
        book.active = new
    return new


def _free_name(source: Sheet) -> str:
    number = 2
    while True:
        end = f" ({number})"
        name = source.name[: 31 - len(end)] + end
        if source.book.find(name) is None:
            return name
        number += 1


def _copy_cells(source: Sheet, new: Sheet) -> None:
    grid = new.grid
    grid.column_styles, grid.row_styles = dict(source.grid.column_styles), dict(source.grid.row_styles)
    for number, cells in source.grid.columns.items():
        column = grid.column(number)
        column.styles = list(cells.styles)
        column.contents = [_own(source, new, content) for content in cells.contents]


def _own(source: Sheet, new: Sheet, content: Content) -> Content:
    """A formula that names its own sheet names the copy afterwards."""
    if type(content) is not Formula:
        return content
    return Formula(after_rename(content.text, source.name, new.name), content.value)


def _copy_names(source: Sheet, new: Sheet) -> None:
    """Names of the workbook that point at the sheet get a twin on the copy, as in Excel."""
    twins = {
        name: text for name, text in source.book.names.items() if after_rename(text, source.name, new.name) != text
    }
    names = twins | source.names
    new.names = {name: after_rename(text, source.name, new.name) for name, text in names.items()}


def carry(source: Worksheet, target: Worksheet) -> None:
    """Copy what the model does not look at: page set-up, view with frozen panes, widths."""
    for name in CARRIED:
        if hasattr(source, name):
            setattr(target, name, deepcopy(getattr(source, name)))
    for letter, dimension in source.column_dimensions.items():
        target.column_dimensions[letter] = copy(dimension)
        target.column_dimensions[letter].worksheet = target
    for view in target.views.sheetView:
        view.tabSelected = False
