"""Tables of the open workbook: all rows anew, or single rows added, changed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from recon_xl.contract import Table
from recon_xl.contract import table as contract_table
from recon_xl.contract.places import Place
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.live import blocks
from recon_xl.hosts.live.cells import is_blank
from recon_xl.hosts.live.port import Block, Port, area
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.stored import stored
from recon_xl.ooxml.address import COLUMN_LETTERS, cell_ref

MAX_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Step:
    """One change made ready: `act` writes it, `undo` writes back what was there, both in blocks."""

    act: Callable[[], None]
    undo: Callable[[], None]


class LiveTable:
    """One table as it stands now: its place follows every change of its size."""

    def __init__(self, reading: Reading, name: str) -> None:
        self.declared: Table = contract_table(name)
        self.place: Place = reading.place(name)
        self.port: Port = reading.port
        self._reading = reading
        self.rows = self.place.data_rows

    def address(self, first: int, last: int) -> str:
        """The block of data rows number `first` to `last`, counted from 0, over all columns of the table."""
        top = self.place.first_data_row
        return area(top + first, self.place.first_column, top + last, self.place.last_column)

    def resize(self, rows: int) -> None:
        """Give the table so many data rows (at least one), its totals row following."""
        rows = max(rows, 1)
        added = rows - self.rows
        if added < 0:
            self._remove(rows, self.rows - 1)
        elif added and self.place.totals_rows:
            self._insert(added)
        elif added:
            self._extend(rows)
        self.rows = rows

    def delete(self, first: int, last: int) -> None:
        """Delete data rows number `first` to `last`; of all rows one stays, emptied."""
        if last - first + 1 == self.rows:
            self.write([["" for _ in range(self.place.columns)]])
            first += 1
        if first <= last:
            self._remove(first, last)

    def write(self, block: Block, first: int = 0) -> None:
        """Type a block over data rows from number `first` on."""
        self.port.write(self.place.sheet, self.address(first, first + len(block) - 1), block)

    def check_room(self, rows: int) -> None:
        """WorkbookError where the table would grow over the grid's end or over cells with content."""
        last = self.place.last_data_row + rows - self.rows
        if last + self.place.totals_rows > MAX_ROW:
            raise _no_room(self.place.sheet, f"{rows:,} rows", f"at most {MAX_ROW:,} rows on a sheet")
        if rows <= self.rows or self.place.totals_rows:
            return  # rows are inserted, and what stands below moves down
        below = area(self.place.last_data_row + 1, self.place.first_column, last, self.place.last_column)
        block = self.port.values(self.place.sheet, below)
        full = [
            (row, column) for row, cells in enumerate(block) for column, cell in enumerate(cells) if not is_blank(cell)
        ]
        if full:
            first = self.place.last_data_row + 1
            names = ", ".join(cell_ref(first + row, self.place.first_column + column) for row, column in full[:5])
            raise _no_room(self.place.sheet, f"cells with content below it: {names}", f"room for {rows:,} rows")

    def _remove(self, first: int, last: int) -> None:
        """Rows out of the table. What stands below comes up, as it went down when they came in.

        As many blank rows come in at the sheet's end: Excel would shorten the rules that reach down to there each time.
        """
        self._range(self.address(first, last), "delete", "up")
        count = last - first + 1
        self.rows -= count
        end = area(MAX_ROW - 2 * count, self.place.first_column, MAX_ROW - count - 1, self.place.last_column)
        self._range(end, "insert", "down")

    def _insert(self, added: int) -> None:
        """Rows above the totals row: inside the table, which grows, and looking like the row above them."""
        self._range(self.address(self.rows, self.rows + added - 1), "insert", "down")

    def _extend(self, rows: int) -> None:
        sheet = self.port.sheet(self.place.sheet)
        whole = area(
            self.place.header_row, self.place.first_column, self.place.header_row + rows, self.place.last_column
        )
        target = self.port.cells(self.place.sheet, whole)
        found = self._list_object(sheet)
        self.port.change(lambda: found.resize(target))

    def _list_object(self, sheet: Any) -> Any:
        """The table by its contract name, else the one of the sheet that begins here: users may rename tables."""
        try:
            return self.port.patiently(lambda: sheet.tables[self.declared.excel_name])
        except WorkbookError:
            raise
        except Exception:
            corner = f"${COLUMN_LETTERS[self.place.first_column]}${self.place.header_row}:"
            return next(one for one in sheet.tables if one.range.address.startswith(corner))

    def _range(self, address: str, member: str, shift: str) -> None:
        cells = self.port.cells(self.place.sheet, address)
        self.port.change(lambda: getattr(cells, member)(shift))


def replacement(reading: Reading, tables: dict[str, LiveTable], change: ReplaceRows) -> Step | None:
    """All rows of a result table anew; None where the workbook holds them already."""
    name = change.table
    live = tables.setdefault(name, LiveTable(reading, name))
    rows = stored(live.declared, change.columns, change.rows)
    before: Block = [["" for _ in live.declared.columns]]
    headers, old = live.declared.column_names, None
    if not reading.is_untouched(name):
        seen = reading.table(name)
        headers = seen.headers
        before = blocks.typed_back(seen.rows, reading.formulas(name), reading.cell)
        old = blocks.UserCells(headers, change, seen.rows, before, live.place.first_data_row)
    _check_headers(live, headers, change.columns)
    block = blocks.result_block(headers, change, rows, old, reading.places.date1904)
    if not blocks.differs(block, before):
        return None
    live.check_room(len(block))
    return Step(lambda: _rewrite(live, block), lambda: _rewrite(live, before))


def _rewrite(live: LiveTable, block: Block) -> None:
    live.resize(len(block))
    live.write(block)


def _check_headers(live: LiveTable, headers: Sequence[str], wanted: Sequence[str]) -> None:
    missing = [name for name in wanted if name not in headers]
    if missing:
        raise WorkbookError(
            where=f"{live.place.sheet} > table {live.declared.excel_name}", found=f"no column {missing[0]!r}",
            expected=f"the columns of the template; there are: {', '.join(headers)}",
            todo="Put the column back: rename its header, or add it again. If it is of a newer version, recon-xl upgrade adds it.",
        )  # fmt: skip


def _no_room(sheet: str, found: str, expected: str) -> WorkbookError:
    return WorkbookError(
        where=sheet, found=found, expected=expected,
        todo="Move what stands below the table to another place, and run again.",
    )  # fmt: skip
