"""What replacing and editing the rows of a table share: the rows at stake, their styles, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from recon_xl.core.cells import Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import COLUMN_LETTERS, MAX_ROW, Range, cell_ref
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows
from recon_xl.ooxml.cellxml import CellWriter, escape_text
from recon_xl.ooxml.formulas import has_relative_reference
from recon_xl.ooxml.growingsheet import GrowingSheet, Rows
from recon_xl.ooxml.sheettext import RawCell, RawRow, SheetText

_LETTERS = re.compile(r'<c\s[^>]*?\br="([A-Z]+)[0-9]+"')


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table cut out of its sheet: its data and totals rows by number, and the text around them."""

    sheet: SheetText
    table: TableInfo
    before: str
    rows: dict[int, RawRow]
    after: str
    writer: CellWriter

    @classmethod
    def cut(
        cls, sheet: SheetText, table: TableInfo, data_rows: int, writer: CellWriter, first_row: int = 0
    ) -> TableRows:
        """Cut out all rows that the table covers now or will cover with so many data rows; from `first_row` on, if given.

        Raises `WorkbookError` when the table would run off the grid or into cells that hold something.
        """
        last_row = table.first_data_row + max(data_rows, 1) - 1 + table.totals_row_count
        if last_row > MAX_ROW:
            raise _no_room(sheet, table, f"{data_rows:,} rows", f"at most {MAX_ROW:,} rows on a sheet")
        before, rows, after = sheet.split(first_row or table.first_data_row, max(table.last_row, last_row))
        cut = cls(sheet, table, before, {row.number: row for row in rows}, after, writer)
        blocked = [
            cell_ref(row.number, cell.column)
            for row in rows
            if row.number > table.last_row
            for cell in sheet.cells(row)
            if cut.covers(cell.column) and not cell.is_empty
        ]
        if blocked:
            found = f"cells with content below it: {', '.join(blocked[:5])}"
            raise _no_room(sheet, table, found, f"room for {data_rows:,} rows")
        return cut

    def covers(self, column: int) -> bool:
        """Return True for a column of the table."""
        return self.table.first_col <= column <= self.table.last_col

    def column(self, name: str) -> int:
        """Return the sheet column of a table column; raises `WorkbookError` when the table has none of that name."""
        try:
            return self.table.first_col + self.table.columns.index(name)
        except ValueError:
            raise WorkbookError(
                where=f"{self.sheet.where} > table {self.table.name}",
                found=f"no column {name!r}",
                expected=f"the columns of the template; there are: {', '.join(self.table.columns)}",
                todo="Put the column back: rename its header, or add it again. If it is of a newer version, recon-xl upgrade adds it.",
            ) from None

    def styles(self) -> dict[int, str]:
        """Return the style id of new cells by column: the column's own, else that of the first data row."""
        number = self.table.first_data_row
        first = self.rows.get(number) or next(iter(self.sheet.split(number, number)[1]), None)
        found = {cell.column: cell.style for cell in self.sheet.cells(first) if cell.style} if first else {}
        styles = {column: self.writer.styles.plain(style) for column, style in found.items()}
        styles.update(self.sheet.column_styles())
        return {column: style for column, style in styles.items() if style}

    def outside(self, row: RawRow) -> tuple[list[RawCell], list[RawCell]]:
        """Return the cells left and right of the table in a row; none is looked at when all belong to the table."""
        if self._within(row):
            return [], []
        cells = [cell for cell in self.sheet.cells(row) if not self.covers(cell.column)]
        left = [cell for cell in cells if cell.column < self.table.first_col]
        return left, cells[len(left) :]

    def stands_alone(self, first_row: int, rows: int) -> bool:
        """Return True where nothing stands beside the table in any of so many rows."""
        here = range(first_row, first_row + rows)
        return all(self._within(row) for number, row in self.rows.items() if number in here)

    def inside(self, row: RawRow | None) -> dict[int, RawCell]:
        """Return the cells of a row that belong to the table, by column."""
        return {cell.column: cell for cell in self.sheet.cells(row) if self.covers(cell.column)} if row else {}

    def row_xml(self, number: int, attrs: str, table_cells: str) -> str:
        """Return a row with these cells in the table; the cells beside the table stay as they are at that address."""
        old = self.rows.get(number)
        if old is not None:
            left, right = self.outside(old)
            table_cells = "".join(
                (*(cell.xml(number) for cell in left), table_cells, *(cell.xml(number) for cell in right))
            )
        return f'<row r="{number}"{attrs}>{table_cells}</row>' if table_cells or attrs else ""

    def column_formula(self, column: int) -> str:
        """Return the formula that Excel fills into new rows of a column; empty for most columns."""
        return self.table.formulas[column - self.table.first_col]

    def fresh(self, row: int, column: int, style: str | None) -> str:
        """Return a cell of a new row that gets no value: its formatting, and the formula that its column has."""
        (cell,) = BulkRows([self.bulk_column(column, style, None)], self.writer.rules).cells(row, [()])
        return cell

    def bulk_column(self, column: int, style: str | None, place: int | None) -> BulkColumn:
        """Return a column of new rows, with the formula that Excel fills into it where no row has its own."""
        formula = self.column_formula(column)
        if formula and not has_relative_reference(formula):
            formula = escape_text(cell_ref(self.table.first_row, column), formula)
        else:
            formula = ""
        return BulkColumn(column, self.writer.styles.plain(style), place, formula)

    def totals_xml(self, number: int, totals: Mapping[str, Value]) -> str:
        """Return the cells of the totals row, moved to a row number; `totals` replaces the values of some columns."""
        cells = self.inside(self.rows.get(self.table.last_row))
        given = {self.column(name): value for name, value in totals.items()}
        out = []
        for column in range(self.table.first_col, self.table.last_col + 1):
            old = cells.get(column)
            if column in given:
                out.append(self.writer.cell(number, column, old.style if old else None, given[column]))
            elif old:
                out.append(old.xml(number))
        return "".join(out)

    def put_back(
        self, data: Iterable[Rows], totals: Iterable[str], last_data_row: int
    ) -> tuple[GrowingSheet, TableInfo]:
        """Return the sheet with new rows, cells of the table below them removed, and the table's new extent."""
        table = replace(self.table, last_row=last_data_row + self.table.totals_row_count)
        leftover = (self.row_xml(number, "", "") for number in sorted(self.rows) if number > table.last_row)
        after = "".join((*totals, *leftover, self.after))
        used = Range(table.first_row, table.first_col, table.last_row, table.last_col)
        above = replace(self.sheet, body=self.before).with_dimension(used, after)
        return GrowingSheet(above, data, after), table

    def _within(self, row: RawRow) -> bool:
        letters = COLUMN_LETTERS[self.table.first_col : self.table.last_col + 1]
        found = _LETTERS.findall(row.inner)
        return len(found) == row.inner.count("<c") and set(letters).issuperset(found)


def _no_room(sheet: SheetText, table: TableInfo, found: str, expected: str) -> WorkbookError:
    return WorkbookError(
        where=f"{sheet.where} > table {table.name}",
        found=found,
        expected=expected,
        todo="Move what stands below the table to another place, then run again.",
    )
