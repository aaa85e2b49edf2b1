"""What stands around the cells of a sheet and follows the rows of a table: links, and rules over whole columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.address import Range
from recon_xl.ooxml.anchors import move_links
from recon_xl.ooxml.book import TableInfo
from recon_xl.ooxml.growingsheet import GrowingSheet
from recon_xl.ooxml.sqrefs import follow_table


def data_area(table: TableInfo) -> Range:
    """The data and totals rows of a table."""
    return Range(table.first_data_row, table.first_col, table.last_row, table.last_col)


def follow_rows(sheet: GrowingSheet, old: TableInfo, new: TableInfo, moves: Mapping[int, int]) -> GrowingSheet:
    """The sheet with its links and rules at the new places of the table's rows; `moves` is old row -> new row."""
    tail = follow_table(move_links(sheet.above.tail, data_area(old), moves), old, new)
    return replace(sheet, above=replace(sheet.above, tail=tail))


def closed_up(table: TableInfo, resized: TableInfo, deleted: Collection[int]) -> dict[int, int]:
    """Old row -> new row after these rows were deleted, the totals row among them, where a row has moved."""
    moves = {}
    if deleted:
        kept = (number for number in range(table.first_data_row, table.last_data_row + 1) if number not in deleted)
        moves = {old: new for new, old in enumerate(kept, table.first_data_row) if old != new}
    if table.totals_row_count and table.last_row != resized.last_row:
        moves[table.last_row] = resized.last_row
    return moves


def check_uncommented(where: str, deleted: Collection[int], commented: Collection[int]) -> None:
    """Refuse to delete a row that a comment of the user's hangs on."""
    found = sorted(set(deleted) & set(commented))
    if found:
        raise WorkbookError(
            where=f"{where} > row {found[0]}",
            found=f"your comment in row {', '.join(map(str, found[:5]))}, which shall be deleted",
            expected="no comments of yours in the deleted rows",
            todo="Delete the comment or move it to another row, then run again.",
        )
