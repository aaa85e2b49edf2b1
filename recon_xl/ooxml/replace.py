"""All rows of a table written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from recon_xl.core.cells import Value
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.foreign import ForeignCells, key_text
from recon_xl.ooxml.sheettext import GrowingSheet, SheetText
from recon_xl.ooxml.tablerows import TableRows


@dataclass(frozen=True, slots=True)
class NewRows:
    """What a table shall hold: one sequence of values a row, in the order of `columns`; heights in points or none."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    key: str | None
    totals: Mapping[str, Value]
    heights: Sequence[float | None] = ()

    def row_attributes(self, place: int) -> str:
        """The height of a row as Excel stores it; not custom, so that Excel goes on fitting the row."""
        height = self.heights[place] if self.heights else None
        return "" if height is None else f' ht="{height:g}"'


def replace_rows(
    sheet: SheetText, table: TableInfo, new: NewRows, reader: CellReader, writer: CellWriter
) -> tuple[GrowingSheet, TableInfo, list[str]]:
    """Return the sheet and table with these rows, and the keys of rows that took the user's content with them."""
    cut = TableRows.cut(sheet, table, len(new.rows), writer)
    own = {cut.column(name): place for place, name in enumerate(new.columns)}
    key_column = cut.column(new.key) if new.key else None
    if len(own) != len(new.columns) or any(len(values) != len(new.columns) for values in new.rows):
        raise ValueError(f"rows for table {table.name} that do not fit its {len(new.columns)} columns")
    foreign_columns = set(range(table.first_col, table.last_col + 1)) - own.keys()
    foreign = ForeignCells(cut, foreign_columns, key_column, reader)
    last_data_row = table.first_data_row + max(len(new.rows), 1) - 1
    data: Iterable[str] = _data_rows(cut, own, new, foreign)
    if foreign.columns:
        data = list(data)  # which of the user's cells find no row is known when all are written
    totals = []
    if table.totals_row_count:
        number = last_data_row + 1
        totals = [cut.row_xml(number, "", cut.totals_xml(number, new.totals))]
    grown, table = cut.put_back(data, totals, last_data_row)
    return grown, table, foreign.orphans()


def _data_rows(cut: TableRows, own: dict[int, int], new: NewRows, foreign: ForeignCells) -> Iterator[str]:
    styles = cut.styles()
    first = cut.table.first_data_row
    key_place = new.columns.index(new.key) if new.key else None
    # A table without rows keeps one empty row: Excel repairs a table that has none.
    rows = new.rows or [[None] * len(new.columns)]
    runs = _runs(own, styles)
    written = [BulkRows(run, cut.writer.rules).cells(first, rows) for run in runs]
    starts = [run[0].column for run in runs]
    for number, values, cells in zip(count(first), rows, zip(*written, strict=True), strict=False):
        pieces = dict(zip(starts, cells, strict=True))
        if foreign.columns:
            key = key_text(values[key_place]) if key_place is not None else str(number)
            # The empty row that stands for "no rows" is nobody's, so nothing may attach to it.
            pieces |= foreign.take(key if new.rows else "\0", number, styles)
        yield cut.row_xml(
            number, new.row_attributes(number - first), "".join(pieces[start] for start in sorted(pieces))
        )


def _runs(own: dict[int, int], styles: dict[int, str]) -> list[list[BulkColumn]]:
    """Neighbouring columns of the table that are ours, each run as columns of new rows."""
    runs: list[list[BulkColumn]] = []
    for column in sorted(own):
        if not runs or runs[-1][-1].column != column - 1:
            runs.append([])
        runs[-1].append(BulkColumn(column, styles.get(column), own[column]))
    return runs
