"""Which rows of a sheet were there already, so that a row stored twice is refused and not counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recon_xl.ooxml.address import MAX_ROW
from recon_xl.ooxml.container import damaged
from recon_xl.ooxml.quickrows import Row


def wanted_rows(
    pieces: Iterable[list[Row]], where: str, min_row: int = 1, max_row: int | None = None
) -> Iterator[list[Row]]:
    """Of the rows of a sheet, as they come some at a time, those from `min_row` on, up to the first beyond `max_row`.

    Raises `WorkbookError` where a row is stored twice, after what came before it.
    """
    passed = PassedRows()
    for rows in pieces:
        if max_row is None and passed.follow_on(rows, min_row):
            yield rows
            continue
        wanted: list[Row] = []
        for row in rows:
            number = row[0]
            if not passed.is_new(number):
                yield wanted
                raise damaged(where, f"row {number} stored twice")
            if max_row is not None and number > max_row:
                yield wanted
                return
            # An impossible number is not skipped here, so that the row is refused and not lost.
            if not 0 < number < min_row:
                wanted.append(row)
        yield wanted


class PassedRows:
    """Which row numbers were there already; nothing is kept of rows in order, which is all of them but in odd files."""

    def __init__(self) -> None:
        self._last = 0
        self._skipped: list[tuple[int, int]] = []
        self._free: bytearray | None = None

    def follow_on(self, rows: list[Row], min_row: int) -> bool:
        """True, and they are taken as passed, where rows that are all wanted stand in order behind the last one without a gap."""
        first, last = self._last + 1, self._last + len(rows)
        if first < min_row or last > MAX_ROW or [number for number, _ in rows] != [*range(first, last + 1)]:
            return False
        self._last = last
        return True

    def is_new(self, number: int) -> bool:
        """False for a number that was there before."""
        if number == self._last + 1:
            self._last = number
            return True
        if number > self._last:
            self._skipped.append((self._last + 1, number))
            self._last = number
            return True
        return self._take(number)

    def _take(self, number: int) -> bool:
        if self._free is None:
            self._free = bytearray(MAX_ROW + 1)
        for first, end in self._skipped:
            self._free[first:end] = b"\1" * (min(end, MAX_ROW + 1) - min(first, MAX_ROW + 1))
        self._skipped.clear()
        # An impossible number is told by whoever reads the row.
        free = not 0 < number <= MAX_ROW or bool(self._free[number])
        if 0 < number <= MAX_ROW:
            self._free[number] = 0
        return free
