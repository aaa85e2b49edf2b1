"""Single rows of an input table added, changed and deleted; every other cell stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from recon_xl.core.changeset import EditRows
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.live import blocks
from recon_xl.hosts.live.cells import entry_of, is_blank
from recon_xl.hosts.live.port import Block, area
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.live.tables import LiveTable, Step
from recon_xl.hosts.stored import stored
from recon_xl.ooxml.address import cell_ref


class TableEdit:
    """One `EditRows` made ready."""

    def __init__(self, reading: Reading, live: LiveTable, change: EditRows) -> None:
        self.live = live
        self._seen = reading.table(change.table)
        self._date1904 = reading.places.date1904
        self._own = live.declared.match_headers(list(self._seen.headers))
        self._change = change
        self._rows = self._seen.rows
        needs_formulas = bool(change.update or change.delete)
        written = reading.formulas(change.table) if needs_formulas else self._rows
        self.before = blocks.typed_back(self._rows, written, reading.cell)
        self._check()

    def step(self) -> Step:
        """Deletions from below, then changes column by column, then the new rows in blocks."""
        is_blank_table = len(self._rows) == 1 and all(is_blank(value) for value in self._rows[0])
        self._first_new = 0 if is_blank_table else len(self._rows) - len(self._change.delete)
        self._wanted = self._first_new + len(self._change.append)
        self.live.check_room(max(self._wanted, 1))
        return Step(self._act, self._undo)

    def _act(self) -> None:
        for column, entries in self._updates().items():
            for first, _, last, _ in blocks.rectangles((row, column) for row in entries):
                self._write(first, last, column, [[entries[row]] for row in range(first, last + 1)])
        for first, last in reversed(self._deleted_runs()):
            self.live.delete(first, last)
        if self._change.append:
            self.live.resize(self._wanted)
            for left, right, block in self._new_blocks():
                self._write_block(self._first_new, left, right, block)

    def _undo(self) -> None:
        self.live.resize(len(self.before))
        if self._change.update or self._change.delete or self._first_new == 0:
            self.live.write(self.before)

    def _updates(self) -> dict[int, dict[int, object]]:
        """Column -> row -> entry, both counted from 0 within the table."""
        found: defaultdict[int, dict[int, object]] = defaultdict(dict)
        for number, cells in self._change.update.items():
            values = stored(self.live.declared, list(cells), [list(cells.values())])[0]
            for name, value in zip(cells, values, strict=True):
                row = number - self.live.place.first_data_row
                found[self._own[name]][row] = entry_of(value, date1904=self._date1904)
        return found

    def _new_blocks(self) -> list[tuple[int, int, Block]]:
        """The new rows, one block for each run of neighbouring columns that are written."""
        change = self._change
        rows = stored(self.live.declared, change.columns, change.append)
        position = {self._own[name]: place for place, name in enumerate(change.columns)}
        runs = blocks.rectangles((1, column) for column in position)
        return [
            (left, right, self._entries(rows, [position[c] for c in range(left, right + 1)]))
            for _, left, _, right in runs
        ]

    def _entries(self, rows: Sequence[Sequence[object]], places: Sequence[int]) -> Block:
        return [[entry_of(row[place], date1904=self._date1904) for place in places] for row in rows]  # type: ignore[arg-type]

    def _write(self, first: int, last: int, column: int, block: Block) -> None:
        self._write_block(first, column, column, block[: last - first + 1])

    def _write_block(self, first: int, left: int, right: int, block: Block) -> None:
        place = self.live.place
        top, start = place.first_data_row + first, place.first_column
        self.live.port.write(place.sheet, area(top, start + left, top + len(block) - 1, start + right), block)

    def _deleted_runs(self) -> list[tuple[int, int]]:
        rows = [(number - self.live.place.first_data_row, 1) for number in self._change.delete]
        return [(first, last) for first, _, last, _ in blocks.rectangles(rows)]

    def _check(self) -> None:
        """The rows are the table's, and no deleted one has something of the user's in it."""
        place = self.live.place
        inside = range(place.first_data_row, place.last_data_row + 1)
        for number in (*self._change.update, *self._change.delete):
            if number not in inside:
                raise WorkbookError(
                    where=f"{place.sheet} > row {number}", found="a row that is not (or no longer) one of the table's",
                    expected=f"rows {inside.start} to {inside.stop - 1} of table {self.live.declared.excel_name}",
                    todo="Press the button again.",
                )  # fmt: skip
        theirs = [column for column in range(len(self._seen.headers)) if column not in self._own.values()]
        for number in sorted(self._change.delete):
            row = self._rows[number - inside.start]
            full = [cell_ref(number, place.first_column + column) for column in theirs if not is_blank(row[column])]
            if full:
                raise WorkbookError(
                    where=f"{place.sheet} > {', '.join(full[:5])}",
                    found=f"your own notes in row {number}, which shall be deleted",
                    expected="nothing of yours in the deleted rows", todo="Move or clear these cells, then run again.",
                )  # fmt: skip
