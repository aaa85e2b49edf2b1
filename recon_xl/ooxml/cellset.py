"""Single cells of a sheet set to a value, with the formatting that they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from recon_xl.core.cells import Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import Range, cell_ref, parse_cell
from recon_xl.ooxml.cellmove import formula_attributes
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.sheettext import RawCell, RawRow, SheetText


def set_cells(sheet: SheetText, cells: Mapping[str, Value], writer: CellWriter) -> SheetText:
    """Return the sheet with these cells by address set; rows below the last of them are not even looked at."""
    wanted: defaultdict[int, dict[int, Value]] = defaultdict(dict)
    for ref, value in cells.items():
        place = parse_cell(ref)
        if place is None:
            raise ValueError(f"{ref!r} is not the address of a cell")
        wanted[place[0]][place[1]] = value
    if not wanted:
        return sheet
    first, last = min(wanted), max(wanted)
    before, rows, after = sheet.split(first, last)
    old = {row.number: row for row in rows}
    columns = sheet.column_styles()
    out = []
    for number in sorted(old.keys() | wanted.keys()):
        row = old.get(number) or RawRow(number, "", "")
        out.append(with_values(sheet, row, wanted[number], columns, writer) if number in wanted else row.xml())
    used = [column for values in wanted.values() for column in values]
    return sheet.with_rows(before, out, after).with_dimension(Range(first, min(used), last, max(used)))


def with_values(
    sheet: SheetText, row: RawRow, values: Mapping[int, Value], column_styles: Mapping[int, str], writer: CellWriter
) -> str:
    """Return a row with some cells set; their style is the cell's own, else the row's, else the column's."""
    cells = {cell.column: cell for cell in sheet.cells(row)}
    out = []
    for column in sorted(cells.keys() | values.keys()):
        cell = cells.get(column)
        if column not in values:
            out.append(cells[column].xml(row.number))
            continue
        style = cell.style if cell else row.style or column_styles.get(column)
        if cell:
            _check_replaceable(sheet, cell_ref(row.number, column), cell)
        out.append(writer.cell(row.number, column, style, values[column]))
    return row._replace(inner="".join(out)).xml()


def _check_replaceable(sheet: SheetText, ref: str, cell: RawCell) -> None:
    """Refuse to overwrite a cell that other cells take their formula from."""
    if formula_attributes(cell).get("ref", ref) != ref:
        raise WorkbookError(
            where=f"{sheet.where} > {ref}",
            found="a formula that other cells share",
            expected="a cell of its own, because recon-xl writes here",
            todo="Clear this cell and the ones that were filled from it, then run again.",
        )
