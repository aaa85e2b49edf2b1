"""The cells of many rows: read together where rows are alike, else cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recon_xl.core.cells import Cell
from recon_xl.core.rows import ColumnRows, NumberedRow
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.quickrows import QuickRows, Row


def one_by_one(rows: Sequence[Row], quick: QuickRows, cells: CellReader) -> Iterator[NumberedRow]:
    """Number and cells, from column A on, of each of some rows that has cells."""
    for (number, inner), found in zip(rows, quick.read(rows), strict=True):
        if row := found or cells.row(number, inner):
            yield number, row


def by_column(pieces: Iterable[Sequence[Row]], table: TableInfo, quick: QuickRows, cells: CellReader) -> ColumnRows:
    """Of the rows of a sheet, which come some at a time, the data rows of a table that are not blank."""
    first, width = table.first_col - 1, len(table.columns)
    numbers: list[int] = []
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for piece in pieces:
        rows = [row for row in piece if row[0] <= table.last_data_row]
        found = quick.columns(rows)
        held = None if found is None else found[first : first + width]
        # A column with something in every row shows that none of the rows is blank.
        if held is not None and len(held) == width and any(map(all, held)):
            some = ColumnRows([number for number, _ in rows], held)
        else:
            some = ColumnRows.of(_inside(one_by_one(rows, quick, cells), first, width), width)
        numbers += some.numbers
        for column, more in zip(columns, some.columns, strict=True):
            column.extend(more)
    return ColumnRows(numbers, columns)


def _inside(rows: Iterable[NumberedRow], first: int, width: int) -> Iterator[NumberedRow]:
    for number, row in rows:
        found = row[first : first + width]
        if any(cell is not None for cell in found):
            yield number, found + [None] * (width - len(found))
