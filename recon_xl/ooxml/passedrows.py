"""Which rows of a sheet were there already, so that a row stored twice is refused and not counted twice."""

from __future__ import annotations

from recon_xl.ooxml.address import MAX_ROW


class PassedRows:
    """Which row numbers were there already; nothing is kept of rows in order, which is all of them but in odd files."""

    def __init__(self) -> None:
        self._last = 0
        self._skipped: list[tuple[int, int]] = []
        self._free: bytearray | None = None

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
