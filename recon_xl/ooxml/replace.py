"""All rows of a table written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from recon_xl.core.cells import Value
from recon_xl.ooxml.anchors import linked_rows
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows
from recon_xl.ooxml.carrying import Carrying
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.cellxml import CellWriter
from recon_xl.ooxml.following import data_area, follow_rows
from recon_xl.ooxml.growingsheet import GrowingSheet, Rows
from recon_xl.ooxml.newrows import NewRows
from recon_xl.ooxml.sheettext import SheetText
from recon_xl.ooxml.tablerows import TableRows
from recon_xl.ooxml.tableview import TableView

__all__ = ["NewRows", "Replaced", "replace_rows"]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The sheet and table with the new rows, and what else must know.

    `orphans` are the keys of rows that took the user's content with them; `moves` has the new number of each row that
    something of the user's hangs on; a sort or filter that cannot be done over again is to be taken off the table.
    """

    sheet: GrowingSheet
    table: TableInfo
    orphans: list[str]
    moves: Mapping[int, int] = field(default_factory=dict)
    drops_sort: bool = False
    drops_filter: bool = False


def replace_rows(
    sheet: SheetText, table: TableInfo, new: NewRows, reader: CellReader, writer: CellWriter,
    commented: Collection[int] = (), view: TableView | None = None,
) -> Replaced:  # fmt: skip
    """Write these rows; what the user added goes with its row. `commented` are the rows that a comment hangs on."""
    cut = TableRows.cut(sheet, table, len(new.rows), writer)
    own = {cut.column(name): place for place, name in enumerate(new.columns)}
    if len(own) != len(new.columns) or any(len(values) != len(new.columns) for values in new.rows):
        raise ValueError(f"rows for table {table.name} that do not fit its {len(new.columns)} columns")
    anchored = {*commented, *linked_rows(sheet.tail, data_area(table))}
    carrying = Carrying.of(cut, own, new, reader, anchored, view)
    if carrying is not None:
        new = carrying.new
    data = _data_rows(cut, own, new, carrying)
    last_data_row = table.first_data_row + max(len(new.rows), 1) - 1
    totals = []
    if table.totals_row_count:
        totals = [cut.row_xml(last_data_row + 1, "", cut.totals_xml(last_data_row + 1, new.totals))]
    grown, resized = cut.put_back(data, totals, last_data_row)
    moves = carrying.moves(resized) if carrying else {}
    grown = follow_rows(grown, table, resized, moves)
    if carrying is None:
        return Replaced(grown, resized, [])
    return Replaced(grown, resized, carrying.orphans(), moves, carrying.drops_sort, carrying.drops_filter)


def _data_rows(cut: TableRows, own: dict[int, int], new: NewRows, carrying: Carrying | None) -> Iterator[Rows]:
    first = cut.table.first_data_row
    # A table without rows keeps one empty row: Excel repairs a table that has none.
    rows = new.rows or [[None] * len(new.columns)]
    runs = _runs(own, carrying.styles if carrying else cut.styles())
    if carrying is None and len(runs) == 1 and cut.stands_alone(first, len(rows)):
        return BulkRows(runs[0], cut.writer.rules).rows(
            first, rows, [new.row_attributes(n) for n in range(len(new.rows))]
        )
    return _one_by_one(cut, runs, rows, new, carrying)


def _one_by_one(
    cut: TableRows, runs: Sequence[Sequence[BulkColumn]], rows: Sequence[Sequence[Value]], new: NewRows,
    carrying: Carrying | None,
) -> Iterator[str]:  # fmt: skip
    """The rows with what is the user's, in them and beside them."""
    first = cut.table.first_data_row
    written = [BulkRows(run, cut.writer.rules).cells(first, rows) for run in runs]
    starts = [run[0].column for run in runs]
    for number, values, cells in zip(count(first), rows, zip(*written, strict=True), strict=False):
        pieces = dict(zip(starts, cells, strict=True))
        attrs = new.row_attributes(number - first)
        if carrying:
            pieces = carrying.with_users(number, values, pieces)
            attrs = carrying.attributes(number, attrs)
        yield cut.row_xml(number, attrs, "".join(pieces[start] for start in sorted(pieces)))


def _runs(own: dict[int, int], styles: dict[int, str]) -> list[list[BulkColumn]]:
    """Neighbouring columns of the table that are ours, each run as columns of new rows."""
    runs: list[list[BulkColumn]] = []
    for column in sorted(own):
        if not runs or runs[-1][-1].column != column - 1:
            runs.append([])
        runs[-1].append(BulkColumn(column, styles.get(column), own[column]))
    return runs
