"""Single rows of a table appended, updated or deleted; all other rows keep their cells as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from recon_xl.core.cells import Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import cell_ref
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.bulkrows import BulkRows
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.foreign import ForeignCells
from recon_xl.ooxml.growingsheet import GrowingSheet, OldRows, Rows
from recon_xl.ooxml.sheettext import RawRow, SheetText
from recon_xl.ooxml.tablerows import TableRows


@dataclass(frozen=True, slots=True)
class RowEdits:
    """Changes by sheet row number; `owned` are the columns that a deletion may take along (None: all).

    The appended rows have their values in the order of `columns`.
    """

    columns: Sequence[str] = ()
    append: Sequence[Sequence[Value]] = ()
    update: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    delete: Collection[int] = ()
    owned: Collection[str] | None = None


def edit_rows(
    sheet: SheetText, table: TableInfo, edits: RowEdits, writer: CellWriter
) -> tuple[GrowingSheet, TableInfo]:
    """Return the sheet and table after the edits; raises `WorkbookError` when one of them is not possible."""
    _check_numbers(sheet, table, edits)
    kept = [number for number in range(table.first_data_row, table.last_data_row + 1) if number not in edits.delete]
    reused = bool(edits.append) and not edits.update and _is_blank(sheet, table, kept, writer)
    if reused:
        kept = []
    if edits.update or edits.delete or not kept:
        cut, rows = _rewritten(sheet, table, kept, edits, writer, reused=reused)
    else:
        cut, rows = _appended(sheet, table, edits, writer)
    last_data_row = table.first_data_row + max(len(kept) + len(edits.append), 1) - 1
    totals = []
    if table.totals_row_count:
        totals = [cut.row_xml(last_data_row + 1, "", cut.totals_xml(last_data_row + 1, {}))]
    return cut.put_back(rows, totals, last_data_row)


def _appended(
    sheet: SheetText, table: TableInfo, edits: RowEdits, writer: CellWriter
) -> tuple[TableRows, Iterable[Rows]]:
    """The rows as they are, to the last byte, then the new ones; what is cut out lies below the old data."""
    below = table.last_data_row + 1
    rows = below - table.first_data_row + len(edits.append)
    cut = TableRows.cut(sheet, table, rows, writer, below)
    above, _first, _rest = sheet.split(table.first_data_row, table.first_data_row)
    old = OldRows(cut.before, len(above), len(cut.before), table.last_data_row)
    new_rows = _Rewrite(cut, cut.styles(), ForeignCells(cut, set())).new_rows(below, edits, or_blank=False)
    return replace(cut, before=above), chain((old,), new_rows)


def _rewritten(
    sheet: SheetText, table: TableInfo, kept: Sequence[int], edits: RowEdits, writer: CellWriter, *, reused: bool
) -> tuple[TableRows, Iterable[Rows]]:
    """The rows that are kept, each looked at, then the new ones."""
    cut = TableRows.cut(sheet, table, len(kept) + len(edits.append), writer)
    _check_deleted(cut, edits)
    rewrite = _Rewrite(cut, cut.styles(), ForeignCells(cut, set()))
    old_rows = rewrite.old_rows(kept, edits.update)
    # Cells beside the table went along with its data rows; only below the data, and beside a blank row, they stay.
    stay = {n: row for n, row in cut.rows.items() if n > table.last_data_row or reused}
    cut = replace(cut, rows=stay)
    new_rows = replace(rewrite, cut=cut).new_rows(table.first_data_row + len(kept), edits, or_blank=not kept)
    return cut, chain(old_rows, new_rows)


def _is_blank(sheet: SheetText, table: TableInfo, kept: Sequence[int], writer: CellWriter) -> bool:
    """Return True for the one empty row that a table without rows must have."""
    if kept != [table.first_data_row]:
        return False
    cut = TableRows.cut(sheet, table, 1, writer)
    return all(cell.is_empty for cell in cut.inside(cut.rows.get(kept[0])).values())


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """Writes the rows of a table after its edits."""

    cut: TableRows
    styles: dict[int, str]
    mover: ForeignCells

    def old_rows(self, kept: Sequence[int], update: Mapping[int, Mapping[str, Value]]) -> Iterator[str]:
        for number, old_number in enumerate(kept, self.cut.table.first_data_row):
            row = self.cut.rows.get(old_number) or RawRow(old_number, "", "")
            changes = update.get(old_number, {})
            if not changes and old_number == number and 't="shared"' not in row.inner:
                yield row.xml()
            elif not changes and "<f" not in row.inner:
                yield row.at(number).xml()
            else:
                yield self._changed(row, number, changes)

    def new_rows(self, first_row: int, edits: RowEdits, *, or_blank: bool) -> Iterator[Rows]:
        """Yield the appended rows; one without values where there are none and the table would have no row at all."""
        table = self.cut.table
        places = {self.cut.column(name): place for place, name in enumerate(edits.columns)}
        columns = [
            self.cut.bulk_column(column, self.styles.get(column), places.get(column))
            for column in range(table.first_col, table.last_col + 1)
        ]
        blank: Sequence[Sequence[Value]] = [[None] * len(edits.columns)] if or_blank else ()
        rows, written = edits.append or blank, BulkRows(columns, self.cut.writer.rules)
        if self.cut.stands_alone(first_row, len(rows)):
            return written.rows(first_row, rows)
        cells = enumerate(written.cells(first_row, rows), first_row)
        return (self.cut.row_xml(number, "", cells_of_row) for number, cells_of_row in cells)

    def _changed(self, row: RawRow, number: int, changes: Mapping[str, Value]) -> str:
        """Return an old row at its new number: some cells written anew, the others moved, those beside it too."""
        given = {self.cut.column(name): value for name, value in changes.items()}
        cells = {cell.column: cell for cell in self.cut.sheet.cells(row)}
        out = []
        for column in sorted(cells.keys() | given.keys()):
            old = cells.get(column)
            if column in given:
                style = old.style if old and old.style else self.styles.get(column)
                out.append(self.cut.writer.cell(number, column, style, given[column]))
            elif old:
                stays = row.number == number and not self.mover.is_shared(old)
                out.append(old.xml(number) if stays else self.mover.move(old, row.number, number))
        return row._replace(number=number, inner="".join(out)).xml()


def _check_numbers(sheet: SheetText, table: TableInfo, edits: RowEdits) -> None:
    inside = range(table.first_data_row, table.last_data_row + 1)
    for number in (*edits.update, *edits.delete):
        if number not in inside or (number in edits.update and number in edits.delete):
            raise WorkbookError(
                where=f"{sheet.where} > row {number}",
                found="a row that is not (or no longer) one of the table's",
                expected=f"rows {inside.start} to {inside.stop - 1} of table {table.name}",
                todo="Read the workbook again and repeat the command.",
            )


def _check_deleted(cut: TableRows, edits: RowEdits) -> None:
    """Refuse to delete a row beside which the user has written something."""
    owned = cut.table.columns if edits.owned is None else edits.owned
    ours = {cut.column(name) for name in owned if name in cut.table.columns}
    for number in sorted(edits.delete):
        row = cut.rows.get(number)
        cells = cut.sheet.cells(row) if row else []
        found = [cell_ref(number, cell.column) for cell in cells if cell.column not in ours and not cell.is_empty]
        if found:
            raise WorkbookError(
                where=f"{cut.sheet.where} > {', '.join(found[:5])}",
                found=f"your own notes in row {number}, which shall be deleted",
                expected=f"nothing of yours in the deleted rows of table {cut.table.name}",
                todo="Move or clear these cells, then run again.",
            )
